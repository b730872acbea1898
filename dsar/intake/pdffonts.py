"""How the bytes shown in a PDF's fonts become letters: each table is read once, and so many letters in all. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dsar.intake.pdfstreams import unpacked
from dsar.intake.room import Room

__all__ = ["Font", "Fonts"]

_TABLE_LIMIT = 1_000_000
_READ = 200_000
_RANGE_LIMIT = 1000
_BEGIN, _END = b"beginbf", b"endbf"
_CODE = rb"<([0-9A-Fa-f]{2,64})>"
_ONE_LETTER = re.compile(_CODE + rb"\s*" + _CODE)
_LETTER_RANGE = re.compile(_CODE + rb"\s*" + _CODE + rb"\s*" + _CODE)


@dataclass(frozen=True, slots=True)
class Font:
    """How the bytes shown in a font become letters; without a table they are plain Windows letters."""

    width: int = 1
    table: dict[int, str] | None = None

    def decoded(self, raw: bytes) -> str:
        """What the bytes say."""
        if self.table is None:
            return raw.decode("cp1252", "replace")
        codes = (int.from_bytes(raw[i : i + self.width], "big") for i in range(0, len(raw), self.width))
        return "".join(self.table.get(code, "") for code in codes)


class Fonts:
    """The fonts of one file, under whatever names its pages give them."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._read: dict[tuple[int, int], Font] = {}

    def of(self, resources: Any, name: str) -> Font:
        """The font of a name; plain letters where there is none. Raises Overdrawn."""
        font = resources.get("/Font", {}).get(name)
        if font is None:
            return Font()
        key = font.objgen
        if key == (0, 0):  # it stands in the page itself
            return self._made(font)
        if key not in self._read:
            self._read[key] = self._made(font)
        return self._read[key]

    def _made(self, font: Any) -> Font:
        width = 2 if font.get("/Subtype") == "/Type0" else 1
        stream = font.get("/ToUnicode")
        if stream is None:
            return Font(width, {} if width == 2 else None)
        self._room.take(letters=1)
        said = unpacked(stream, _TABLE_LIMIT, self._room)[:_READ]
        table: dict[int, str] = {}
        for code, shown in _letters(said):
            self._room.take(letters=1)
            table[code] = shown
        return Font(width, table)


def _letters(said: bytes) -> Iterator[tuple[int, str]]:
    """Each code of a table with its letters."""
    for kind, block in _blocks(said):
        if kind == b"char":
            for found in _ONE_LETTER.finditer(block):
                yield int(found[1], 16), bytes.fromhex(_even(found[2])).decode("utf-16-be", "replace")
        else:
            for found in _LETTER_RANGE.finditer(block):
                low, high, first = int(found[1], 16), int(found[2], 16), int(found[3][:8], 16)
                for step in range(min(high - low + 1, _RANGE_LIMIT)):
                    yield low + step, chr(min(first + step, 0x10FFFF))


def _even(digits: bytes) -> str:
    return digits.decode() + "0" * (len(digits) % 2)


def _blocks(said: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The lists of a table, of single letters ("char") or of ranges, each up to its end."""
    start = said.find(_BEGIN)
    while start >= 0 and (end := said.find(_END, start)) >= 0:
        begun = start + len(_BEGIN)
        kind = b"char" if said.startswith(b"char", begun) else b"range"
        yield kind, said[begun + len(kind) : end]
        start = said.find(_BEGIN, end)
