"""The words of a letter from a word processor (.docx, .odt). Pure; bounded; never raises."""

import io
import re
import zipfile
from xml.sax.saxutils import unescape

from dsar.intake.measures import Sheet

__all__ = ["is_a_letter", "read_word"]

_LIMIT = 2_000_000
_TEXT_LIMIT = 400_000  # letters, as much as a hundred pages
_MEMBERS = ("word/document.xml", "content.xml")
_BREAK = re.compile(r"</(?:w:p|text:p|text:h)>|<w:br/>")
_TAG = re.compile(r"<[^<>]{0,2000}>")


def is_a_letter(name: str) -> bool:
    """By its name, as its sender wrote it."""
    return name.lower().endswith((".docx", ".odt"))


def read_word(data: bytes) -> Sheet:
    """Its words; none when it is no such file."""
    return Sheet(_words(data))


def _words(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in _MEMBERS:
                if member in archive.namelist():
                    with archive.open(member) as stream:
                        markup = stream.read(_LIMIT).decode("utf-8", "replace")
                    return unescape(_TAG.sub("", _BREAK.sub("\n", markup)))[:_TEXT_LIMIT]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError, MemoryError):
        return ""
    return ""
