"""The text layer and the pictures of a PDF letter, as far as reading a request needs. Pure; bounded.

Not a PDF reader for people: the words in the order of the file, enough pages for a letter, nothing drawn. A file that
is locked or broken gives an empty page, one that would swell is refused, and the officer opens the original.
"""

import io
from itertools import islice
from typing import Any

import pikepdf

from dsar.intake.measures import Inside, Picture, Sheet, member
from dsar.intake.pdffonts import Font, Fonts
from dsar.intake.pdfstreams import require_modest, unpacked
from dsar.intake.room import Overdrawn, Room

__all__ = ["Picture", "Sheet", "read_pdf"]

FILE_LIMIT = 8_000_000
PAGES_LIMIT = 6
TEXT_LIMIT = 20_000
_PAGE_LIMIT = 1_000_000  # what a page says of how it is drawn, unpacked
_OPERATIONS_LIMIT = 20_000
_PICTURES_LIMIT = 200
_PIECES_LIMIT = 2000
_FILES_LIMIT = 20
_FILE_INSIDE_LIMIT = 16_000_000
_SHOWN = {"Tj", "TJ", "'", '"'}
_MOVED = {"Td", "TD", "T*", "'", '"', "ET"}


def read_pdf(data: bytes, room: Room | None = None) -> Sheet:
    """Text and pictures of the first pages of a PDF, as far as the room of its mail goes.

    Raises MemoryError and nothing else, whatever the file.
    """
    if data[:1024].find(b"%PDF") < 0 or len(data) > FILE_LIMIT:
        return Sheet()
    room = room or Room()
    try:
        require_modest(data, room)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _Reader(pdf, room).sheet()
    except Overdrawn:
        return Sheet(refused=True)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a stranger's file: the library has many ways to refuse it, all mean "not read"
        return Sheet()


class _Reader:
    """One file that is being read."""

    def __init__(self, pdf: pikepdf.Pdf, room: Room) -> None:
        self._pdf, self._room, self._fonts = pdf, room, Fonts(room)
        self._left = TEXT_LIMIT
        self._operations = _OPERATIONS_LIMIT

    def sheet(self) -> Sheet:
        """What it says, shows and holds; what was read until something was refused."""
        pieces: list[str] = []
        pictures: list[Picture] = []
        inside: tuple[Inside, ...] = ()
        try:
            for page in islice(self._pdf.pages, PAGES_LIMIT):
                resources: Any = page.obj.get("/Resources", {})
                pictures += _shown_on(resources, _PICTURES_LIMIT - len(pictures))
                pieces.append(self._words(page, resources))
            inside = tuple(self._inside())
            refused = False
        except Overdrawn:
            refused = True
        text = "\n".join(pieces)[:TEXT_LIMIT].strip()
        return Sheet(text.encode("utf-8", "replace").decode(), tuple(pictures), inside, refused)

    def _inside(self) -> list[Inside]:
        """The pictures and PDFs that are attached to it, as in a portfolio."""
        found = []
        for name in islice(self._pdf.attachments, _FILES_LIMIT):
            stream = self._pdf.attachments[name].get_file().obj
            data = unpacked(stream, _FILE_INSIDE_LIMIT, self._room)
            found.append(member(name, data, len(data)))
        return [one for one in found if one is not None]

    def _words(self, page: pikepdf.Page, resources: Any) -> str:
        pieces: list[str] = []
        font = Font()
        drawn = pikepdf.Stream(self._pdf, self._drawn(page))
        for instruction in pikepdf.parse_content_stream(drawn, "Tf Tj TJ ' \" Td TD T* Tm ET"):
            if self._operations <= 0 or self._left <= 0:
                break
            self._operations -= 1
            operands, operator = list(instruction.operands), str(instruction.operator)
            if operator == "Tf":
                font = self._fonts.of(resources, str(operands[0]))
            if operator in _MOVED and not (operator in {"Td", "TD"} and not float(operands[1])):
                pieces.append("\n")
            elif operator in {"Td", "TD", "Tm"}:
                pieces.append(" " if operator != "Tm" else "\n")
            if operator in _SHOWN:
                pieces += self._counted(_shown(operands[-1], font))
        return "\n".join(line.strip(" ") for line in "".join(pieces).split("\n"))

    def _counted(self, pieces: list[str]) -> list[str]:
        self._left -= sum(map(len, pieces))
        return pieces

    def _drawn(self, page: pikepdf.Page) -> bytes:
        """How the page is drawn: one stream, or several that are one."""
        contents: Any = page.obj.get("/Contents", [])
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        whole, most = [], _PAGE_LIMIT
        for stream in streams[:_PIECES_LIMIT]:
            whole.append(unpacked(stream, most, self._room))
            self._room.take(written=len(whole[-1]))
            most -= len(whole[-1])
        return b"\n".join(whole)


def _shown_on(resources: Any, most: int) -> list[Picture]:
    """The pictures of a page, so many at most."""
    shapes = islice(dict(resources.get("/XObject", {})).values(), max(most, 0))
    shown = [shape for shape in shapes if shape.get("/Subtype") == "/Image"]
    return [Picture(int(shape.get("/Width", 0)), int(shape.get("/Height", 0))) for shape in shown]


def _shown(operand: pikepdf.Object, font: Font) -> list[str]:
    if not isinstance(operand, pikepdf.Array):
        return [font.decoded(bytes(operand))]
    pieces = []
    for item in islice(operand, _PIECES_LIMIT):  # type: ignore[call-overload]
        if isinstance(item, pikepdf.String):
            pieces.append(font.decoded(bytes(item)))
        elif float(item) < -180:  # the pen moves on by a blank's width
            pieces.append(" ")
    return pieces
