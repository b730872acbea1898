"""Which encoding a file of text is in, its digest and its size: one reading, nothing kept."""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dsar.sources.base import BadRecords, RecordFile, gettext_noop

CHUNK = 1024 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Survey:
    """``mark`` counts the bytes of a byte-order mark; ``sample`` is the beginning as text."""

    sha256: str
    size: int
    encoding: str
    mark: int
    sample: str


def survey(file: RecordFile) -> Survey:
    """Read the file once. JSON is UTF-8 (or UTF-16 with its mark), CSV may be windows-1252 too.

    Raises BadRecords for an empty file, a file that is not text, or one in no such encoding.
    """
    digest, size, head = hashlib.sha256(), 0, b""
    encoding, mark = "utf-8", 0
    checker: _Checker | None = None
    for chunk in chunks(file):
        if checker is None:
            mark, encoding = next(((len(m), name) for m, name in _MARKS if chunk.startswith(m)), (0, "utf-8"))
            checker = _Checker(file, encoding, marked=bool(mark))
        digest.update(chunk)
        size += len(chunk)
        if len(head) < _SAMPLE:
            head += chunk[: _SAMPLE - len(head)]
        checker.feed(chunk)
    if checker is None or size == mark:
        raise BadRecords(
            gettext_noop("%(file)s is empty. Attach a file with records, or record that nothing is held."),
            file=file.name,
        )
    encoding = checker.finish()
    sample = head[mark:].decode(encoding, "ignore")
    return Survey(digest.hexdigest(), size, encoding, mark, sample)


def chunks(file: RecordFile, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The bytes of the file from ``start`` up to ``end``, in pieces of at most 1 MiB."""
    with file.open() as stream:
        _advance(stream, start)
        left = end - start if end is not None else None
        while piece := stream.read(CHUNK if left is None else min(CHUNK, left)):
            yield piece
            if left is not None:
                left -= len(piece)


def decoded(pieces: Iterator[bytes], encoding: str) -> Iterator[str]:
    """The same as text; the encoding is known to fit."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for piece in pieces:
        yield decoder.decode(piece)
    if rest := decoder.decode(b"", final=True):
        yield rest


def _advance(stream: BinaryIO, count: int) -> None:
    if count and stream.seekable():
        stream.seek(count)
        return
    while count:
        count -= len(stream.read(min(count, CHUNK)))


class _Checker:
    """Tells UTF-8 from windows-1252 without keeping the text."""

    def __init__(self, file: RecordFile, encoding: str, *, marked: bool) -> None:
        self._file = file
        self._encoding = encoding
        self._sure = marked
        self._position = 0
        self._decoder = codecs.getincrementaldecoder(encoding)()

    def feed(self, chunk: bytes) -> None:
        if b"\0" in chunk and not self._encoding.startswith("utf-16"):
            raise BadRecords(
                gettext_noop("%(file)s is not text (byte %(byte)s is zero). Export it again as UTF-8."),
                file=self._file.name,
                byte=self._position + chunk.index(b"\0") + 1,
            )
        self._decode(chunk)
        self._position += len(chunk)

    def finish(self) -> str:
        self._decode(b"", final=True)
        return self._encoding

    def _decode(self, chunk: bytes, *, final: bool = False) -> None:
        try:
            # once there was a real multi-byte letter, a later mistake is damage, not another encoding
            self._sure = not self._decoder.decode(chunk, final).isascii() or self._sure
        except UnicodeDecodeError as error:
            begin = error.object[: error.start]
            self._sure = self._sure or not begin.isascii()
            if self._sure or self._encoding != "utf-8" or self._file.format != "csv":
                self._refuse(error, len(chunk))
            self._encoding = "cp1252"
            self._decoder = codecs.getincrementaldecoder("cp1252")()
            self._decode(bytes(error.object), final=final)

    def _refuse(self, error: UnicodeDecodeError, fed: int) -> None:
        held_back = len(error.object) - fed
        raise BadRecords(
            gettext_noop("%(file)s: byte %(byte)s does not fit the encoding (%(encoding)s). Export the file as UTF-8."),
            file=self._file.name,
            byte=self._position - held_back + error.start + 1,
            encoding=self._encoding,
        ) from None
