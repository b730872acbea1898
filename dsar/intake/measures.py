"""Pictures by their first bytes: how large they are, and which ones lie in an archive. Pure, bounded, never raises.

Nothing is unpacked further than those bytes, and no archive inside an archive is looked into.
"""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

__all__ = ["IMAGE_NAME", "Inside", "Picture", "Sheet", "has_many_files", "inside", "measured", "member"]

IMAGE_NAME = re.compile(r"\.(?:jpe?g|png|gif|tiff?|bmp|webp|heic|heif)$")
_FIRST_BYTES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_NO_PICTURE = (".xml", ".rels", ".txt", ".html", ".css", ".json", ".csv")
_HEAD = 256 * 1024  # a photograph may begin with a small one of itself
_MEMBERS_LIMIT, _LIST_LIMIT, _LOOKED_AT = 2_000, 1_000_000, 20
# Those that unpack into as much memory as they say themselves are left shut.
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END = b"PK\x05\x06"
_REFUSALS = (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: width and height in pixels, 0 if unknown."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Inside:
    """A picture or PDF that a file holds: its name there, its bytes in number and its size in pixels, 0 if unknown."""

    name: str
    size: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an attachment says (``text``), shows (``pictures``) and holds (``inside``); all empty if it stays shut.

    ``refused``: it asked for more time or memory than reading a letter takes, so not all of it was read.
    """

    text: str = ""
    pictures: tuple[Picture, ...] = ()
    inside: tuple[Inside, ...] = ()
    refused: bool = False


def inside(data: bytes) -> tuple[Inside, ...]:
    """The pictures and PDFs in a ZIP archive or office file, the first of them; empty for any other file."""
    if not data.startswith(b"PK") or has_many_files(data):
        return ()
    found = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [one for one in archive.infolist() if one.file_size and not _is_text(one.filename)]
            files.sort(key=lambda one: not IMAGE_NAME.search(one.filename.lower()))
            for one in files[:_LOOKED_AT]:
                found.append(member(one.filename, _head(archive, one), one.file_size))
    except _REFUSALS:
        pass  # broken: what was seen until then counts
    return tuple(one for one in found if one is not None)


def member(name: str, head: bytes, size: int) -> Inside | None:
    """What a file inside another one is by its name and first bytes; None when it is neither picture nor PDF."""
    low = name.lower()
    heic = head[4:8] == b"ftyp"
    if not (low.endswith(".pdf") or IMAGE_NAME.search(low) or head.startswith(_FIRST_BYTES) or heic):
        return None
    picture = measured(head)
    return Inside(name.replace("\\", "/").rpartition("/")[2][:200], size, picture.width, picture.height)


def measured(data: bytes) -> Picture:
    """Width and height from the first bytes of a PNG, JPEG, GIF or BMP; zeros for any other."""
    try:
        if data.startswith(b"\x89PNG"):
            return Picture(*struct.unpack(">II", data[16:24]))
        if data.startswith(b"GIF8"):
            return Picture(*struct.unpack("<HH", data[6:10]))
        if data.startswith(b"BM"):
            return Picture(*struct.unpack("<II", data[18:26]))
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
    except struct.error:
        pass  # cut short: the size stays unknown
    return Picture(0, 0)


def _jpeg(data: bytes) -> Picture:
    position = 2
    for _ in range(200):
        if data[position : position + 1] != b"\xff":
            break
        mark, length = struct.unpack(">BH", data[position + 1 : position + 4])
        if 0xC0 <= mark <= 0xCF and mark not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return Picture(width, height)
        position += 2 + length
    return Picture(0, 0)


def has_many_files(data: bytes) -> bool:
    """An archive says it has more files than are looked at; reading its list would take as long as it is."""
    at = data.rfind(_END, -65_557 if len(data) > 65_557 else 0)
    count, size = (int.from_bytes(data[at + start : at + end], "little") for start, end in ((10, 12), (12, 16)))
    return at >= 0 and (count > _MEMBERS_LIMIT or size > _LIST_LIMIT)


def _is_text(name: str) -> bool:
    return name.lower().endswith(_NO_PICTURE)


def _head(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """The first bytes; none of what is locked, packed in a foreign way or broken: its name still says something."""
    if one.compress_type not in _PACKED:
        return b""
    try:
        with archive.open(one) as stream:
            return stream.read(_HEAD)
    except _REFUSALS:
        return b""
