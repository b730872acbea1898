"""The streams of a stranger's PDF, unpacked here and counted, never by the library: it knows no limit. Pure."""

import base64
import re
from typing import Any

import pikepdf

from dsar.intake.room import Overdrawn, Room, inflated, swell

__all__ = ["require_modest", "unpacked"]

SWELL_LIMIT = 48_000_000
_STREAMS_LIMIT = 20_000
_LETTERED_LIMIT = 500_000  # ASCII85 is decoded letter by letter
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
# What the library unpacks by itself as it opens a file: the lists of its objects.
_LIST = re.compile(rb"/(?:XRef|ObjStm)\b")
_PACKED = re.compile(rb"/Filter\s*(\[[^\]]{0,200}\]|/?[^\s/<>\[\]()]{0,40})")
_FLATE = b"/FlateDecode"
_A_DICTIONARY = 2_000


def require_modest(data: bytes, room: Room) -> None:
    """Raises Overdrawn for a file whose streams unpack into more than ``SWELL_LIMIT`` or the room.

    And for one that packs the lists of its objects otherwise than once with Flate.
    """
    view, left = memoryview(data), SWELL_LIMIT
    for count, mark in enumerate(_STREAM.finditer(data)):
        if count >= _STREAMS_LIMIT:
            raise Overdrawn
        left -= swell(view[mark.end() :], left, room)
        start = max(data.rfind(b"obj", max(mark.start() - _A_DICTIONARY, 0), mark.start()), 0)
        said = data[start : mark.start()]
        if _LIST.search(said) and not _is_plain(said):
            raise Overdrawn


def _is_plain(said: bytes) -> bool:
    found = _PACKED.search(said)
    return found is None or found.group(1).strip(b"[ \t\r\n]") == _FLATE


def unpacked(stream: Any, most: int, room: Room) -> bytes:
    """The bytes of a stream that is not packed, packed with Flate, or that as letters (ASCII85).

    Raises Overdrawn for one packed otherwise, and for one of more than ``most`` bytes or the room.
    """
    filters = _filters(stream)
    raw = stream.read_raw_bytes()
    if filters[:1] == ["/ASCII85Decode"]:
        raw, filters = _from_letters(raw), filters[1:]
    room.take(unpacked=len(raw))
    if filters == ["/FlateDecode"] and not _is_predicted(stream):
        return inflated(raw, most, room)
    if filters or len(raw) > most:
        raise Overdrawn
    return bytes(raw)


def _filters(stream: Any) -> list[str]:
    named = stream.get("/Filter", [])
    return [str(named)] if isinstance(named, pikepdf.Name) else [str(one) for one in list(named)[:4]]


def _is_predicted(stream: Any) -> bool:
    """Its bytes are differences, as those of pictures are: no text is kept so."""
    said = stream.get("/DecodeParms", [])
    ways = list(said)[:4] if isinstance(said, pikepdf.Array | list) else [said]
    return any(isinstance(way, pikepdf.Dictionary) and int(way.get("/Predictor", 1)) > 1 for way in ways)


def _from_letters(raw: bytes) -> bytes:
    if len(raw) > _LETTERED_LIMIT:
        raise Overdrawn
    return base64.a85decode(raw.strip().removeprefix(b"<~").partition(b"~>")[0])
