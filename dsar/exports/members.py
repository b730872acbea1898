"""A ZIP written to nowhere in particular: bytes come out as they are made, the same every time."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dsar.sources.base import BadRecords, gettext_noop

LEVEL = 6
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DRAIN = 256 * 1024
# Without the 64-bit form a member ends at 2 GiB; small inputs do without it, for old readers.
_SMALL_INPUT = 64 * 1024 * 1024
_LIMIT_32 = 2**31 - 1
_LIMIT_64 = 64 * 1024**3


@dataclass(slots=True)
class Member:
    """A file in the ZIP: what it is called, and digest and size of its bytes once written."""

    name: str
    sha256: str = ""
    size: int = 0


class _Sink:
    """A file that is never read back: without ``tell`` zipfile writes as to a pipe."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.waiting = 0

    def write(self, data: bytes, /) -> int:
        self.pieces.append(bytes(data))
        self.waiting += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing to do: whoever drains the sink decides when."""

    def close(self) -> None:
        """Nothing is held open."""

    def drain(self) -> bytes:
        data = b"".join(self.pieces)
        self.pieces.clear()
        self.waiting = 0
        return data


class Archive:
    """Members one after the other; every method yields the bytes of the ZIP that are due.

    Time stamps, permissions and the deflate level are fixed, so that the same members give
    the same bytes (on the same zlib).
    """

    def __init__(self, *, input_size: int) -> None:
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._large = input_size > _SMALL_INPUT

    def add(self, member: Member, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Write one member; ``member`` has its digest and size when this is through.

        Raises BadRecords when it would become larger than a ZIP of this kind can hold.
        """
        info = zipfile.ZipInfo(member.name, _EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3  # the same bytes whatever system writes them
        info.external_attr = 0o600 << 16
        info._compresslevel = LEVEL  # type: ignore[attr-defined]  # public only from Python 3.13 on
        limit = _LIMIT_64 if self._large else _LIMIT_32
        digest = hashlib.sha256()
        with self._zip.open(info, "w", force_zip64=self._large) as file:
            for block in blocks:
                member.size += len(block)
                if member.size > limit:
                    raise BadRecords(
                        gettext_noop("%(member)s would become larger than %(limit)s GB; divide the files."),
                        member=member.name,
                        limit=limit // 1024**3 or 1,
                    )
                digest.update(block)
                file.write(block)
                if self._sink.waiting > _DRAIN:
                    yield self._sink.drain()
        member.sha256 = digest.hexdigest()

    def close(self) -> Iterator[bytes]:
        """The rest of the ZIP."""
        self._zip.close()
        yield self._sink.drain()
