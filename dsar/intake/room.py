"""What opening the attachments of one mail may take, counted as it is used. Pure.

The process that opens them has limits of its own; this keeps what is honest far below them, and says plainly what
was refused.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Overdrawn", "Room", "inflated", "swell"]

_FIRST_PIECE, _PIECE = 4 * 1024, 64 * 1024


class Overdrawn(Exception):
    """A file asks for more than reading a letter ever takes: it is refused, and a person opens it."""


@dataclass(slots=True)
class Room:
    """What is left for the attachments of a mail.

    Bytes unpacked, bytes of pages and texts taken apart, letters told of in tables, files opened.
    """

    unpacked: int = 96_000_000
    written: int = 4_000_000
    letters: int = 100_000
    files: int = 20

    def take(self, *, unpacked: int = 0, written: int = 0, letters: int = 0) -> None:
        """Count what was used. Raises Overdrawn when there is no more."""
        self.unpacked -= unpacked
        self.written -= written
        self.letters -= letters
        if min(self.unpacked, self.written, self.letters) < 0:
            raise Overdrawn


def inflated(data: bytes | memoryview, most: int, room: Room) -> bytes:
    """What zlib unpacks of it, up to the first damage. Raises Overdrawn beyond ``most`` bytes or the room."""
    kept = bytearray()
    for piece in _pieces(data, room):
        kept += piece
        if len(kept) > most:
            raise Overdrawn
    return bytes(kept)


def swell(data: bytes | memoryview, most: int, room: Room) -> int:
    """How many bytes zlib would unpack of it, none of them kept. Raises as ``inflated``."""
    size = 0
    for piece in _pieces(data, room):
        size += len(piece)
        if size > most:
            raise Overdrawn
    return size


def _pieces(data: bytes | memoryview, room: Room) -> Iterator[bytes]:
    """What zlib makes of it, piece by piece; what it was fed counts like what came out."""
    unpack = zlib.decompressobj()
    view, at, size = memoryview(data), 0, _FIRST_PIECE
    waiting: bytes | memoryview = b""
    # Handed over in pieces: zlib copies whatever of a piece it has not used.
    while not unpack.eof and (waiting or at < len(view)):
        if not waiting:
            waiting, at, size = view[at : at + size], at + size, _PIECE
            room.take(unpacked=len(waiting))
        try:
            piece = unpack.decompress(waiting, _PIECE)
        except zlib.error:
            return  # packed another way, or damaged: what came until here counts
        room.take(unpacked=len(piece))
        yield piece
        waiting = unpack.unconsumed_tail
