"""Which leaf of a mail is the writer's text, which are attachments; attached messages and winmail.dat are opened.

``tree`` splits the bytes; common caps on parts, depth and bytes hold for all that is opened.
"""

import re
from dataclasses import dataclass, field
from itertools import islice

from dsar.intake import cms, heads, winmail
from dsar.intake.decoding import codec, decode_text, decode_transfer, decode_words, header_text, one_line, parameters
from dsar.intake.enclosures import MailHead, head_of
from dsar.intake.plaintext import HTML_LIMIT, from_html
from dsar.intake.tree import DEPTH_LIMIT, PARTS_LIMIT, TYPE, Node, split

_ATTACHED = {"message/rfc822", "message/global", "message/news"}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)

_DRAWN = re.compile(
    r"data:(image/[a-z0-9.+-]{1,20})(?:;[a-z0-9=-]{1,40}){0,4};base64,\s*([A-Za-z0-9+/=\s]{40,}+)", re.I
)
_DRAWN_LIMIT = 20
_PLACEHOLDER = 300
_A_TEXT = 4
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(eq=False, slots=True)
class Leaf:
    """One part without children: its bytes as the sender had them, and what its headers say of it."""

    order: int
    path: str
    kind: str
    charset: str
    filename: str
    disposition: str
    content_id: str
    data: bytes
    text: str = ""
    below: "Content | None" = None  # what an attached message holds
    head: MailHead | None = None  # what its headers say


@dataclass(slots=True)
class Slot:
    """One stretch of the writer's text: as plain text, as HTML, or as both (multipart/alternative)."""

    plain: list[Leaf] = field(default_factory=list)
    html: list[Leaf] = field(default_factory=list)


@dataclass(slots=True)
class Content:
    """The body and the other leaves of one message; ``text`` and ``html`` are those of the body."""

    slots: list[Slot] = field(default_factory=list)
    others: list[Leaf] = field(default_factory=list)
    signed: bool = False
    encrypted: bool = False
    text: str = ""
    html: str = ""


class Reader:
    """Takes one mail apart, attached messages included, under common caps on parts, depth and bytes opened."""

    def __init__(self, size: int) -> None:
        self.defects: set[str] = set()
        self.leaves = 0
        self.count = 0
        self.bytes_left = 4 * size + 1024 * 1024  # each level of attached messages reads its bytes again

    def read(self, raw: bytes, *, depth: int = 0, path: str = "") -> tuple[Node, Content]:
        self.bytes_left -= len(raw)
        root, defects = split(raw, depth=depth, count=self.count + 1)
        self.count = root.count
        self.defects |= defects
        content = self._content(root, path)
        for leaf in list(content.others):
            if _is_a_mail(leaf):
                leaf.kind = "message/rfc822"
            if leaf.kind in _ATTACHED:
                self._open(leaf, depth + 1)
            elif leaf.kind in winmail.KINDS or leaf.filename.lower() == "winmail.dat":
                self._unpack(leaf, content)
        return root, content

    def _content(self, root: Node, path: str) -> Content:
        if root.children():
            content = self._walk(root, path)
            if not content.others and not any(_said(leaf) for slot in content.slots for leaf in slot.plain + slot.html):
                self._look_around(root, content, path)
        else:
            leaf = self._leaf(root, f"{path}.1" if path else "1")
            content = self._enveloped(leaf, root.depth)
            if leaf.kind == "text/html":
                content.slots.append(Slot(html=[leaf]))
            elif leaf.kind.startswith("text/"):
                content.slots.append(Slot(plain=[leaf]))
            else:
                content.others.insert(0, leaf)
        if not content.slots:
            _promote(content)
        content.others.sort(key=lambda leaf: leaf.order)
        pages = [leaf for slot in content.slots for leaf in slot.html]
        pages += [leaf for leaf in content.others if leaf.kind == "text/html"]
        content.others += [picture for page in pages for picture in self._drawn(page)]
        content.text, content.html = _body(content.slots)
        if len(content.html) > HTML_LIMIT:
            self.defects.add("html_cut")
        return content

    def _look_around(self, root: Node, content: Content, path: str) -> None:
        """A mail whose boundaries are wrong may say all outside its parts."""
        data = root.around()
        if data.strip():
            self.defects.add("outside_parts")
            self.leaves += 1
            leaf = Leaf(self.leaves, f"{path}.0" if path else "0", "text/plain", "", "", "", "", data)
            leaf.text = decode_text(data).text
            content.slots.append(Slot(plain=[leaf]))

    def _walk(self, node: Node, path: str) -> Content:
        name, found = node.kind()
        children = [
            self._child(child, f"{path}.{number}" if path else str(number))
            for number, child in enumerate(node.children(), start=1)
        ]
        whole = Content(
            signed=name == "multipart/signed" or any(child.signed for child in children),
            encrypted=name == "multipart/encrypted" or any(child.encrypted for child in children),
            others=[leaf for child in children for leaf in child.others],
        )
        if name == "multipart/alternative":
            _choose(children, whole)
        elif name in {"multipart/related", "multipart/signed"}:
            root = _root_of(node, found.get("start", "")) if name == "multipart/related" else 0
            for number, child in enumerate(children):
                if number == root:
                    whole.slots += child.slots
                else:
                    _set_aside(child.slots, whole)
        else:
            whole.slots = [slot for child in children for slot in child.slots]
        return whole

    def _child(self, node: Node, path: str) -> Content:
        if node.children():
            return self._walk(node, path)
        leaf = self._leaf(node, path)
        content = self._enveloped(leaf, node.depth)
        content.signed |= "pkcs7-signature" in leaf.kind or leaf.kind == "application/pgp-signature"
        content.encrypted |= leaf.kind == "application/pgp-encrypted"
        body = leaf.kind in {"text/plain", "text/html"} and not leaf.filename and leaf.disposition != "attachment"
        if not body:
            content.others.insert(0, leaf)
        elif leaf.kind == "text/html":
            content.slots.append(Slot(html=[leaf]))
        else:
            content.slots.append(Slot(plain=[leaf]))
        return content

    def _enveloped(self, leaf: Leaf, depth: int) -> Content:
        """What a PKCS #7 envelope holds that is only signed, as if it stood there; empty for any other leaf."""
        if "pkcs7-mime" not in leaf.kind:
            return Content()
        inner = cms.enclosed(leaf.data)
        if inner is None:
            # Encrypted, or nothing anybody knows: only signatures sign.
            return Content(signed=cms.is_signed(leaf.data), encrypted=True)
        if depth + 1 >= DEPTH_LIMIT or self.count >= PARTS_LIMIT or self.bytes_left < len(inner):
            self.defects.add("too_deep")
            return Content(signed=True)
        _root, found = self.read(inner, depth=depth + 1, path=leaf.path)
        return Content(slots=found.slots, others=found.others, signed=True, encrypted=found.encrypted)

    def _leaf(self, node: Node, path: str) -> Leaf:
        name, found = node.kind()
        disposition, more = parameters(node.raw("content-disposition"))
        data, defects = decode_transfer(node.body(), header_text(node.raw("content-transfer-encoding")).split(";")[0])
        self.defects |= defects
        if name.startswith("multipart/") and not node.too_deep:
            name = "text/plain"  # says it has parts and has none: what stands there may be a request
        charset = found.get("charset", "")
        if name == "text/html" and not charset and (meta := _META_CHARSET.search(data, 0, 2048)):
            charset = meta.group(1).decode("ascii")
        self.leaves += 1
        leaf = Leaf(
            order=self.leaves,
            path=path,
            kind=name,
            charset=codec(charset) or charset[:40],
            filename=(more.get("filename") or found.get("name") or "")[:1000],
            disposition=re.split(r"[^a-z-]", disposition)[0][:40],
            content_id=header_text(node.raw("content-id")[:500]).strip("<> "),
            data=data,
        )
        if name.startswith(("text/", "message/")) and name not in _ATTACHED:
            decoded = decode_text(data, charset)
            self.defects |= decoded.defects
            leaf.text = decoded.text
        return leaf

    def _open(self, leaf: Leaf, depth: int) -> None:
        """Read an attached message: its text becomes the leaf's, its own attachments stand below it."""
        if depth >= DEPTH_LIMIT or self.bytes_left < len(leaf.data):
            self.defects.add("too_deep")
            return
        if self.count >= PARTS_LIMIT:
            self.defects.add("too_many_parts")
            return
        root, leaf.below = self.read(leaf.data, depth=depth, path=leaf.path)
        leaf.text = leaf.below.text
        leaf.head = head_of([(name, str(value)) for name, value in root.raw_items()])
        if not leaf.filename and (subject := decode_words(header_text(root.raw("subject"))).text):
            leaf.filename = f"{subject[:200]}.eml"

    def _drawn(self, page: Leaf) -> list[Leaf]:
        """The pictures that a page carries in itself, as parts below it."""
        found = []
        for number, said in enumerate(islice(_DRAWN.finditer(page.text), _DRAWN_LIMIT), start=1):
            data = decode_transfer(said[2].encode("ascii"), "base64")[0]
            if self.count >= PARTS_LIMIT or self.bytes_left < len(data):
                self.defects.add("too_many_parts")
                break
            self.count += 1
            self.leaves += 1
            self.bytes_left -= len(data)
            found.append(Leaf(self.leaves, f"{page.path}.{number}", said[1].lower(), "", "", "inline", "", data))
        return found

    def _unpack(self, leaf: Leaf, content: Content) -> None:
        """Put what a winmail.dat holds in its place; one that cannot be opened stays an attachment."""
        found = winmail.opened(leaf.data)
        if found is None or self.count + len(found.files) > PARTS_LIMIT:
            self.defects.add("bad_winmail" if found is None else "too_many_parts")
            return
        self.count += len(found.files)
        files = [self._file(file, f"{leaf.path}.{number}") for number, file in enumerate(found.files, start=1)]
        at = content.others.index(leaf)
        if not content.text.strip():
            content.text = (found.text or from_html(found.html)).strip("\n")
            content.html = content.html or found.html
        # Words that could not be read are in the file still.
        keep = [] if content.text.strip() or files else [leaf]
        content.others[at : at + 1] = [*keep, *files]

    def _file(self, file: winmail.File, path: str) -> Leaf:
        self.leaves += 1
        kind = file.kind if TYPE.fullmatch(file.kind) else "application/octet-stream"
        leaf = Leaf(
            order=self.leaves,
            path=path,
            kind=kind,
            charset="",
            filename=one_line(file.name)[:1000],
            disposition="",
            content_id=one_line(file.content_id)[:500],
            data=file.data,
        )
        if kind.startswith("text/"):
            leaf.text = decode_text(file.data).text
        return leaf


def flattened(content: Content) -> list[Leaf]:
    """All leaves that are not body, each attached message followed by its own."""
    leaves: list[Leaf] = []
    for leaf in content.others:
        leaves.append(leaf)
        if leaf.below is not None:
            leaves += flattened(leaf.below)
    return leaves


def _is_a_mail(leaf: Leaf) -> bool:
    """A mail saved as a file, whatever its sender calls it."""
    named = leaf.filename.lower().endswith(".eml")
    nameless = leaf.kind == "application/octet-stream" and b"\0" not in leaf.data[:1024]
    begins = heads.FIELD.match(leaf.data.lstrip()[:200]) is not None
    return (named or nameless) and leaf.kind not in _ATTACHED and begins and heads.looks_like_mail(leaf.data)


def _choose(children: list[Content], whole: Content) -> None:
    """Of the versions of one text, the first in plain text with something in it and the last in HTML."""
    written = [c for c in children if any(slot.plain for slot in c.slots)]
    plain = next((c for c in written if any(_said(leaf) for slot in c.slots for leaf in slot.plain)), None)
    plain = plain or next(iter(written), None)
    html = next((c for c in reversed(children) if any(slot.html for slot in c.slots)), None)
    chosen = Slot()
    for child in children:
        for slot in child.slots:
            (chosen.plain if child is plain else whole.others).extend(slot.plain)
            (chosen.html if child is html else whole.others).extend(slot.html)
    if not chosen.plain and not chosen.html:
        return
    whole.slots.append(chosen)


def _said(leaf: Leaf) -> bool:
    return bool(leaf.text.strip())


def _root_of(node: Node, start: str) -> int:
    wanted = start.strip("<> ")
    ids = [child.raw("content-id").strip().strip("<> ") for child in node.children()]
    return ids.index(wanted) if wanted and wanted in ids else 0


def _set_aside(slots: list[Slot], whole: Content) -> None:
    for slot in slots:
        whole.others += slot.plain + slot.html


def _promote(content: Content) -> None:
    """A mail whose only text has a file name still says something: the first such text is the body."""
    for leaf in content.others:
        if leaf.kind in {"text/plain", "text/html"} and leaf.disposition != "attachment":
            content.others.remove(leaf)
            content.slots.append(Slot(html=[leaf]) if leaf.kind == "text/html" else Slot(plain=[leaf]))
            return


def _stands_in_for(plain: str, page: str) -> bool:
    """A line for programs that show no HTML, and not what the writer wrote: hardly a word of it stands in the page."""
    if not page.strip() or len(plain) > _PLACEHOLDER:
        return False
    words = set(_LONG_WORD.findall(plain.lower()))
    shown = _LONG_WORD.findall(from_html(page).lower())
    return len(shown) >= _A_TEXT and len(words & set(shown)) * 4 < len(words)


def _body(slots: list[Slot]) -> tuple[str, str]:
    texts: list[str] = []
    pages: list[str] = []
    for slot in slots:
        page = "\n".join(leaf.text for leaf in slot.html)
        plain = "\n".join(leaf.text for leaf in slot.plain)
        texts.append(from_html(page) if not plain.strip() or _stands_in_for(plain, page) else plain)
        pages.append(page)
    kept = [text.strip("\n") for text in texts if text.strip()]
    return "\n\n".join(kept), "\n".join(page for page in pages if page)
