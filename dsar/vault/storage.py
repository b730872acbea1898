"""Where sealed files lie: a folder, or a bucket that speaks S3. Both only ever see sealed bytes.

What ``save`` returned is durable; a name is written once and never overwritten. Names are
``ab/abcd…``: the first two characters make 256 shards, so no folder grows without bound
and a sweep can hold one shard at a time.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from storages.backends.s3 import S3Storage

# Where a folder keeps what is still being written; swept like a shard, it never holds a finished file.
INCOMING = "incoming"
SHARDS = tuple(f"{number:02x}" for number in range(256))
_PIECE = 1024 * 1024
_MISSING = {"404", "NoSuchKey", "NotFound"}


def random_name() -> str:
    """A name that says nothing about what it names; 128 bits from the system's generator."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


class DurableFolder(FileSystemStorage):
    """Files readable by this account only, on disk before ``save`` returns.

    A file is written aside, fsynced and renamed into place, and its folder is fsynced: after
    a power cut a name is either absent or whole.
    """

    def __init__(self, location: str | Path) -> None:
        super().__init__(location=location, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def _save(self, name: str, content: File) -> str:
        aside = Path(self.path(f"{INCOMING}/{secrets.token_hex(16)}"))
        final = Path(self.path(name))
        _make_folder(aside.parent)
        _make_folder(final.parent)
        try:
            with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                shutil.copyfileobj(content, out, _PIECE)
                out.flush()
                os.fsync(out.fileno())
            aside.rename(final)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        _fsync_folder(final.parent)
        return name

    def delete(self, name: str) -> None:
        """Remove the file, durably; a file that is gone already is fine."""
        super().delete(name)
        folder = Path(self.path(name)).parent
        if folder.is_dir():
            _fsync_folder(folder)

    def stored(self, shard: str) -> Iterator[tuple[str, datetime]]:
        """Name and last change (UTC) of every file of one shard."""
        folder = Path(self.path(shard))
        if not folder.is_dir():
            return
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    changed = entry.stat(follow_symlinks=False).st_mtime
                except FileNotFoundError:
                    continue  # finished or removed since the listing began
                yield f"{shard}/{entry.name}", datetime.fromtimestamp(changed, UTC)


def _make_folder(folder: Path) -> None:
    """Create the folder and what is missing above it, each for this account only and durably."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _fsync_folder(folder.parent)


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class DurableBucket(S3Storage):
    """A bucket of any S3-compatible service, which answers once the object is durable."""

    def __init__(self, **settings: Any) -> None:
        if settings.get("endpoint_url"):
            # Services other than Amazon's rarely answer to bucket.host, all of them to host/bucket.
            settings.setdefault("addressing_style", "path")
        # Without threads: the bytes to store may come straight out of a database cursor, which
        # belongs to the thread that opened it, and one part at a time is all that memory holds.
        settings.setdefault("transfer_config", TransferConfig(use_threads=False))
        super().__init__(**settings)

    def _open(self, name: str, mode: str = "rb") -> File:
        """A stream from the network; the base class would fetch the whole object first."""
        if mode != "rb":
            raise ValueError("A sealed file is written once, through save(): open it for reading.")
        try:
            body: BinaryIO = self.bucket.Object(self._normalize_name(name)).get()["Body"]
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                raise FileNotFoundError(f"There is no object {name} in the bucket of sealed files.") from None
            raise
        return File(body, name)

    def stored(self, shard: str) -> Iterator[tuple[str, datetime]]:
        """Name and last change (UTC) of every object of one shard."""
        prefix = self._normalize_name(f"{shard}/x")[:-1]
        for summary in self.bucket.objects.filter(Prefix=prefix):
            yield f"{shard}/{summary.key.removeprefix(prefix)}", summary.last_modified
