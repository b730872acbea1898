"""The text layer and the pictures of a PDF letter, as far as reading a request needs. Pure; bounded; never raises.

Not a PDF reader for people: the words in the order of the file, enough pages for a letter, nothing drawn. A file that
would swell, is locked or broken gives an empty page, and the officer opens the original.
"""

import io
import re
import zlib
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from dsar.intake.measures import Inside, Picture, Sheet, member

__all__ = ["Picture", "Sheet", "read_pdf"]

FILE_LIMIT = 8_000_000
SWELL_LIMIT = 48_000_000
PAGES_LIMIT = 6
TEXT_LIMIT = 20_000
_OPERATIONS_LIMIT = 20_000
_FILES_LIMIT = 20
_NAMES_LIMIT = 200  # fonts or pictures of a page
_LETTERS_LIMIT = 65_536  # of all fonts of a file: a range of a few bytes names a thousand
_RANGE_LIMIT = 1000
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_CODE = rb"<([0-9A-Fa-f]{2,64})>"
_ONE_LETTER = re.compile(_CODE + rb"\s*" + _CODE)
_LETTER_RANGE = re.compile(_CODE + rb"\s*" + _CODE + rb"\s*" + _CODE)
_BLOCK = re.compile(rb"beginbf(char|range)((?:(?!beginbf).)*?)endbf", re.DOTALL)
_SHOWN = {"Tj", "TJ", "'", '"'}
_MOVED = {"Td", "TD", "T*", "'", '"', "ET"}


def read_pdf(data: bytes) -> Sheet:
    """Text and pictures of the first pages of a PDF."""
    start = data[:1024].find(b"%PDF")
    if start < 0 or len(data) > FILE_LIMIT or _swells(data):
        return Sheet()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _read(pdf)
    except Exception:  # noqa: BLE001  a stranger's file: the library has many ways to refuse it, all mean "not read"
        return Sheet()


def _swells(data: bytes) -> bool:
    """True when unpacking the streams would take more room than a letter ever needs."""
    room = SWELL_LIMIT
    view = memoryview(data)
    for mark in _STREAM.finditer(data):
        unpack = zlib.decompressobj()
        try:
            room -= len(unpack.decompress(view[mark.end() :], room))
        except zlib.error:
            continue  # not packed this way, or damaged: nothing swells
        if room <= 0:
            return True
    return bool(re.search(rb"/Filter\s*\[[^\]]{0,60}(?:FlateDecode|LZW\w*)[^\]]{0,60}FlateDecode", data))


def _read(pdf: pikepdf.Pdf) -> Sheet:
    pieces: list[str] = []
    pictures: list[Picture] = []
    known = _Fonts()
    for page in list(pdf.pages)[:PAGES_LIMIT]:
        resources: Any = page.obj.get("/Resources", {})
        named = list(dict(resources.get("/Font", {})).items())[:_NAMES_LIMIT]
        fonts = {str(name): known.of(font) for name, font in named}
        pieces.append(_words(page, fonts))
        for shape in list(dict(resources.get("/XObject", {})).values())[:_NAMES_LIMIT]:
            if shape.get("/Subtype") == "/Image":
                pictures.append(Picture(int(shape.get("/Width", 0)), int(shape.get("/Height", 0))))
    return Sheet("\n".join(pieces)[:TEXT_LIMIT].strip(), tuple(pictures), _inside(pdf))


def _inside(pdf: pikepdf.Pdf) -> tuple[Inside, ...]:
    """The pictures and PDFs that are attached to it, as in a portfolio; what unpacking them takes was counted."""
    found = []
    for name in list(pdf.attachments)[:_FILES_LIMIT]:
        data = pdf.attachments[name].get_file().read_bytes()
        found.append(member(name, data, len(data)))
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class _Font:
    """How the bytes shown in a font become letters; without a table they are plain Windows letters."""

    width: int = 1
    table: dict[int, str] | None = None


@dataclass(slots=True)
class _Fonts:
    """The fonts of one file, each read once whatever it is called on a page, and all of them to a limit."""

    read: dict[tuple[int, int], _Font] = field(default_factory=dict)
    left: int = _LETTERS_LIMIT

    def of(self, font: pikepdf.Object) -> _Font:
        number = font.objgen  # (0, 0) of one that stands in its page
        if number in self.read:
            return self.read[number]
        found, read = _font(font, self.left)
        self.left -= read
        if number != (0, 0):
            self.read[number] = found
        return found


def _font(font: pikepdf.Object, most: int) -> tuple[_Font, int]:
    """The font, and how much of ``most`` letters its table took."""
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    stream = font.get("/ToUnicode")
    if stream is None:
        return _Font(width, {} if width == 2 else None), 0
    table: dict[int, str] = {}
    left = most
    for block in _BLOCK.finditer(stream.read_bytes()[:200_000]):
        ranges = block.group(1) == b"range"
        for entry in (_LETTER_RANGE if ranges else _ONE_LETTER).finditer(block.group(2)):
            if left <= 0:
                return _Font(width, table), most
            left -= _enter(table, entry.groups(), left)
    return _Font(width, table), most - left


def _enter(table: dict[int, str], codes: tuple[bytes, ...], most: int) -> int:
    """One line of a table: a code and its letters, or the first and last of codes that follow one another."""
    if len(codes) == 2:
        table[int(codes[0], 16)] = bytes.fromhex(codes[1].decode()).decode("utf-16-be", "replace")
        return 1
    low, first = int(codes[0], 16), int(codes[2][:8], 16)
    letters = min(int(codes[1], 16) - low + 1, _RANGE_LIMIT, most)
    for step in range(letters):
        table[low + step] = chr(min(first + step, 0x10FFFF))
    return max(letters, 1)


def _words(page: pikepdf.Page, fonts: dict[str, _Font]) -> str:
    pieces: list[str] = []
    font = _Font()
    for count, instruction in enumerate(pikepdf.parse_content_stream(page, "Tf Tj TJ ' \" Td TD T* Tm ET")):
        if count > _OPERATIONS_LIMIT:
            break
        operands, operator = list(instruction.operands), str(instruction.operator)
        if operator == "Tf":
            font = fonts.get(str(operands[0]), _Font())
        if operator in _MOVED and not (operator in {"Td", "TD"} and not float(operands[1])):
            pieces.append("\n")
        elif operator in {"Td", "TD", "Tm"}:
            pieces.append(" " if operator != "Tm" else "\n")
        if operator in _SHOWN:
            pieces += _shown(operands[-1], font)
    return re.sub(r" *\n *", "\n", "".join(pieces))


def _shown(operand: pikepdf.Object, font: _Font) -> list[str]:
    if not isinstance(operand, pikepdf.Array):
        return [_decoded(bytes(operand), font)]
    pieces = []
    for item in list(operand)[:2000]:
        if isinstance(item, pikepdf.String):
            pieces.append(_decoded(bytes(item), font))
        elif float(item) < -180:  # the pen moves on by a blank's width
            pieces.append(" ")
    return pieces


def _decoded(raw: bytes, font: _Font) -> str:
    if font.table is None:
        return raw.decode("cp1252", "replace")
    codes = (int.from_bytes(raw[i : i + font.width], "big") for i in range(0, len(raw), font.width))
    return "".join(font.table.get(code, "") for code in codes)
