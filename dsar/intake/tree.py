"""The tree of a mail as the standard library splits it (policy compat32), with caps on what a sender chooses.

Headers stay raw and are read by ``decoding``; attached messages are kept shut, because the library would take them
apart without keeping their bytes.
"""

import re
from collections.abc import Iterator
from email.feedparser import FeedParser
from email.message import Message
from typing import TYPE_CHECKING, Any

from dsar.intake.decoding import parameters

if TYPE_CHECKING:  # at run time its import costs the child more than a whole mail
    from email.policy import Compat32

PARTS_LIMIT = 500
DEPTH_LIMIT = 32
_CHUNK = 64 * 1024
# Lines of base64, possessively: no position is looked at twice.
_BASE64_LINES = re.compile(rb"^(?:[A-Za-z0-9+/]{40,}+={0,2}+\r?+\n)++", re.MULTILINE)
_LIFT_FROM = 16 * 1024
_MARK = "\ue000"  # no byte decodes to it, so no sender can write it
_LIFTED = re.compile(f"{_MARK}([0-9]+){_MARK}(\n?)")
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")


class TooManyParts(Exception):
    """The count of parts went over the cap; what was read until then stays in the tree."""


class Node(Message):
    """A part that counts the parts below the root and shows the parser as a container only what may be opened."""

    def __init__(self, **policy: "Compat32") -> None:
        super().__init__(**policy)  # compat32 is the parser's own default
        self.root: Node = self
        self.depth = 0
        self.count = 1
        self.too_deep = False
        self.whole = b""
        self.lifted: list[tuple[int, int]] = []
        self._type: tuple[str, dict[str, str]] | None = None

    def raw(self, name: str) -> str:
        """The first raw value of a header, "" without one."""
        return next((str(value) for key, value in self.raw_items() if key.lower() == name), "")

    def children(self) -> "list[Node]":
        """The parts of a multipart; none for a leaf."""
        return self._payload if isinstance(self._payload, list) else []

    def body(self) -> bytes:
        """The bytes of a leaf as they came. ``get_payload`` would replace those that its charset does not have."""
        return self._bytes(self._payload) if isinstance(self._payload, str) else b""

    def around(self) -> bytes:
        """What stands before the first and behind the last part of a multipart."""
        return b"\n".join(self._bytes(text) for text in (self.preamble, self.epilogue) if text)

    def _bytes(self, payload: str) -> bytes:
        whole = memoryview(self.root.whole)
        pieces: list[bytes | memoryview] = []
        position = 0
        for mark in _LIFTED.finditer(payload):
            pieces.append(payload[position : mark.start()].encode("utf-8", "surrogateescape"))
            start, end = self.root.lifted[int(mark[1])]
            if not mark[2]:
                # Without its line end the mark stood before a boundary, and the line end belongs to that.
                end -= 2 if whole[end - 2 : end] == b"\r\n" else 1
            pieces.append(whole[start:end])
            position = mark.end()
        pieces.append(payload[position:].encode("utf-8", "surrogateescape"))
        return b"".join(pieces)

    def kind(self) -> tuple[str, dict[str, str]]:
        """Declared content type and parameters; what is no type at all counts as the default, as RFC 2045 says."""
        if self._type is None:
            text, found = parameters(self.raw("content-type"))
            match = TYPE.match(text)
            self._type = (match.group() if match else self.get_default_type(), found)
        return self._type

    def attach(self, payload: "Node") -> None:  # type: ignore[override]  # the factory makes nothing else
        payload.root = self.root
        payload.depth = self.depth + 1
        super().attach(payload)
        self.root.count += 1
        if self.root.count > PARTS_LIMIT:
            raise TooManyParts

    def get_content_type(self) -> str:
        name = self.kind()[0]
        if not name.startswith(("multipart/", "message/")):
            return name
        if name.startswith("multipart/") and self.depth < DEPTH_LIMIT:
            return name
        self.too_deep = name.startswith("multipart/")
        return "application/octet-stream"

    def get_content_maintype(self) -> str:
        return self.get_content_type().partition("/")[0]

    def get_boundary(self, failobj: object = None) -> str | None:  # type: ignore[override]
        return self.kind()[1].get("boundary", "").rstrip() or None


def split(raw: bytes, *, depth: int = 0, count: int = 1) -> tuple[Node, set[str]]:
    """The tree of a message that lies ``depth`` deep in a mail of ``count`` parts so far, and what was wrong with it.

    Raises whatever the standard library raises on bytes it was not made for; the caller expects that.
    """
    made: list[Node] = []
    lifted: list[tuple[int, int]] = []

    def factory(**policy: Any) -> Node:
        node = Node(**policy)
        if not made:
            node.depth, node.count, node.whole, node.lifted = depth, count, raw, lifted
        made.append(node)
        return node

    parser = FeedParser(factory)
    made.clear()  # the parser tries its factory once
    defects: set[str] = set()
    try:
        for piece in _light(raw, lifted):
            parser.feed(piece)
        parser.close()
    except TooManyParts:
        defects.add("too_many_parts")
    for node in made:
        defects.update(
            _CAPITAL.sub("_", type(defect).__name__.removesuffix("Defect")).lower() for defect in node.defects
        )
        if node.too_deep:
            defects.add("too_deep")
    return made[0], defects


def _light(raw: bytes, lifted: list[tuple[int, int]]) -> Iterator[str]:
    """The message as the parser takes it, in pieces, with a mark in place of each long stretch of base64.

    ``lifted`` takes start and end of those.

    The parser makes an object of every line; a scanned document has half a million of them and no boundary can stand
    among them.
    """
    position = 0
    for run in _BASE64_LINES.finditer(raw):
        if run.end() - run.start() < _LIFT_FROM:
            continue
        yield from _chunks(raw, position, run.start())
        yield f"{_MARK}{len(lifted)}{_MARK}\n"
        lifted.append(run.span())
        position = run.end()
    yield from _chunks(raw, position, len(raw))


def _chunks(raw: bytes, start: int, end: int) -> Iterator[str]:
    for at in range(start, end, _CHUNK):
        yield raw[at : min(at + _CHUNK, end)].decode("ascii", "surrogateescape")
