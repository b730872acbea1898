"""The words of a letter from a word processor (.docx, .odt). Pure; bounded."""

import io
import re
import zipfile
import zlib
from xml.sax.saxutils import unescape

from dsar.intake.measures import Sheet, has_many_files
from dsar.intake.room import Overdrawn, Room

__all__ = ["is_a_letter", "read_word"]

_LIMIT = 2_000_000
_TEXT_LIMIT = 400_000  # letters, as much as a hundred pages
_MEMBERS = ("word/document.xml", "content.xml")
# The others unpack into as much memory as they say themselves.
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BREAK = re.compile(r"</(?:w:p|text:p|text:h)>|<w:br/>")
_TAG = re.compile(r"<[^<>]{0,2000}>")  # never over another one's beginning: time in proportion to the text
_REFUSALS = (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)


def is_a_letter(name: str) -> bool:
    """By its name, as its sender wrote it."""
    return name.lower().endswith((".docx", ".odt"))


def read_word(data: bytes, room: Room | None = None) -> Sheet:
    """Its words, as far as the room of its mail goes; none when it is no such file. Raises MemoryError alone."""
    try:
        return Sheet(_words(data, room or Room()))
    except Overdrawn:
        return Sheet(refused=True)


def _words(data: bytes, room: Room) -> str:
    if has_many_files(data):
        raise Overdrawn
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            known = set(archive.namelist())
            name = next((name for name in _MEMBERS if name in known), "")
            markup = _first_of(archive, archive.getinfo(name), room) if name else ""
    except _REFUSALS:
        return ""
    return unescape(_TAG.sub("", _BREAK.sub("\n", markup)))[:_TEXT_LIMIT]


def _first_of(archive: zipfile.ZipFile, one: zipfile.ZipInfo, room: Room) -> str:
    if one.compress_type not in _PACKED:
        raise Overdrawn
    with archive.open(one) as stream:
        markup = stream.read(_LIMIT)
    room.take(written=len(markup))
    return markup.decode("utf-8", "replace")
