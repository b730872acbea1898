"""The sealed file, version 1: what stands on disk, byte by byte. Pure.

    magic "DSARSEAL" · version (1 byte) · frame size (4, big-endian) · blob id (16)
    · length of kind (1) · kind (ASCII)                                  = the header
    frame 0 · frame 1 · … · last frame

Each frame is ``frame size`` bytes of plaintext (the last one less or as many, none only
in an empty file) under AES-256-GCM with its 16-byte tag. The nonce is the frame's number
(11 bytes, big-endian) and a flag (1 byte, 1 on the last frame), the associated data is
the header. So a frame that was altered, moved, repeated or comes from another file does
not open, a file that was cut has no last frame, and nothing can follow the last frame.
The nonce never repeats because a data key seals exactly one file (the STREAM construction
of Hoang, Reyhanitabar, Rogaway and Vizár, 2015, with the key fresh per stream).
"""

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workflow.sealing import TAG_BYTES, SealBroken

MAGIC = b"DSARSEAL"
VERSION = 1
FRAME_BYTES = 1024 * 1024
KIND = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}", re.ASCII)
_FIXED_HEADER = len(MAGIC) + 1 + 4 + 16 + 1


def header(blob: UUID, kind: str, frame_bytes: int = FRAME_BYTES) -> bytes:
    """The header of a file; raises ValueError for a kind or frame size that the format cannot hold."""
    if not KIND.fullmatch(kind):
        raise ValueError(f"The kind {kind!r} cannot be stored: use up to 40 of a-z, 0-9, dot, dash, underscore.")
    if not 1 <= frame_bytes <= FRAME_BYTES:
        raise ValueError(f"A frame of {frame_bytes} bytes cannot be stored: use 1 to {FRAME_BYTES}.")
    name = kind.encode("ascii")
    return MAGIC + bytes([VERSION]) + frame_bytes.to_bytes(4) + blob.bytes + bytes([len(name)]) + name


def nonce(number: int, *, last: bool) -> bytes:
    """The nonce of frame ``number`` (0, 1, …)."""
    return number.to_bytes(11) + bytes([last])


class Tally:
    """Size and SHA-256 of everything that passed through."""

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def passing(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.size += len(piece)
            self._digest.update(piece)
            yield piece


def pieces_of(source: bytes | BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    """Whatever a caller holds (bytes, a readable, a generator of bytes) as pieces of bytes."""
    if isinstance(source, bytes | bytearray | memoryview):
        yield bytes(source)
    elif hasattr(source, "read"):
        while piece := source.read(FRAME_BYTES):
            yield piece
    else:
        yield from source


def sealed(
    pieces: Iterable[bytes], key: bytes, *, blob: UUID, kind: str, frame_bytes: int = FRAME_BYTES
) -> Iterator[bytes]:
    """The sealed file of a plaintext that arrives in pieces; holds about two frames at a time.

    ``key`` must be fresh: two files under one key would share their nonces.
    """
    head = header(blob, kind, frame_bytes)
    cipher = AESGCM(key)
    yield head
    number = 0
    waiting = bytearray()
    for piece in pieces:
        # A large piece is taken in steps, so that memory stays bounded whatever arrives.
        for start in range(0, len(piece), frame_bytes):
            waiting += piece[start : start + frame_bytes]
            # Strictly more than a frame: a frame that is exactly full may still be the last.
            while len(waiting) > frame_bytes:
                yield cipher.encrypt(nonce(number, last=False), bytes(waiting[:frame_bytes]), head)
                del waiting[:frame_bytes]
                number += 1
    yield cipher.encrypt(nonce(number, last=True), bytes(waiting), head)


def readable(pieces: Iterator[bytes]) -> io.BufferedReader:
    """Pieces of bytes as a file. Buffered, since an S3 client takes a short read for the end of a small file."""
    return io.BufferedReader(PiecesReader(pieces), FRAME_BYTES)


class PiecesReader(io.RawIOBase):
    """Pieces of bytes as a raw stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readall(self) -> bytes:
        return b"".join((bytes(self._rest), *self._pieces))

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed: Buffer
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def unsealed(source: BinaryIO, key: bytes, *, blob: UUID, kind: str) -> Iterator[bytes]:
    """The plaintext, frame by frame, each only after it was verified.

    Raises SealBroken at the first thing that is not as it was written; a file that was
    cut is known as such at its end, so what came before counts only when the end was reached.
    """
    head, frame_bytes = _read_header(source, blob=blob, kind=kind)
    cipher = AESGCM(key)
    frame = _exactly(source, frame_bytes + TAG_BYTES)
    number = 0
    while True:
        following = _exactly(source, frame_bytes + TAG_BYTES) if len(frame) == frame_bytes + TAG_BYTES else b""
        last = not following
        if len(frame) < TAG_BYTES or (number and len(frame) == TAG_BYTES):
            raise SealBroken(f"The sealed file {blob} was cut: restore it from a backup.")
        try:
            plaintext = cipher.decrypt(nonce(number, last=last), frame, head)
        except InvalidTag:
            raise SealBroken(f"The sealed file {blob} was altered or cut: restore it from a backup.") from None
        if plaintext:
            yield plaintext
        if last:
            return
        frame, number = following, number + 1


def _read_header(source: BinaryIO, *, blob: UUID, kind: str) -> tuple[bytes, int]:
    fixed = _exactly(source, _FIXED_HEADER)
    if len(fixed) < _FIXED_HEADER or not fixed.startswith(MAGIC):
        raise SealBroken(f"What is stored for {blob} is not a sealed file: restore it from a backup.")
    if fixed[len(MAGIC)] != VERSION:
        raise SealBroken(f"The sealed file {blob} has an unknown version: open it with the program that wrote it.")
    frame_bytes = int.from_bytes(fixed[len(MAGIC) + 1 : len(MAGIC) + 5])
    head = fixed + _exactly(source, fixed[-1])
    # Before anything is opened: a frame size is bounded here, and a file is the one that was asked for.
    if not 1 <= frame_bytes <= FRAME_BYTES or head != header(blob, kind, frame_bytes):
        raise SealBroken(f"What is stored for {blob} is another file or was altered: restore it from a backup.")
    return head, frame_bytes


def _exactly(source: BinaryIO, count: int) -> bytes:
    """``count`` bytes, fewer only at the end: a network stream may hand out less than asked."""
    parts = []
    while count and (part := source.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


class UnsealedReader(PiecesReader):
    """The verified plaintext as a file; closing it closes the sealed one."""

    def __init__(self, source: BinaryIO, key: bytes, *, blob: UUID, kind: str) -> None:
        super().__init__(unsealed(source, key, blob=blob, kind=kind))
        self._source = source

    def close(self) -> None:
        self._source.close()
        super().close()
