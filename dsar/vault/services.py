"""The only door to sealed files: put, open, rewrap, destroy.

Putting streams and may take long, so ``prepare`` (file and key durable) happens outside
a transaction and ``Prepared.save`` (the row) inside it. A crash between the two leaves a
file without a row, which the sweep removes after a day.
"""

import io
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files import File
from django.core.files.storage import storages
from django.utils import timezone

from dsar.vault import format as sealed_file
from dsar.vault.models import Blob
from dsar.vault.storage import DurableBucket, DurableFolder, random_name
from workflow.models.key import DataKey, HolderKey


class BlobMissing(Exception):
    """The row and the key are there, the file is not."""


def storage() -> DurableFolder | DurableBucket:
    """Where sealed files lie (settings.STORAGES["sealed"])."""
    return cast("DurableFolder | DurableBucket", storages["sealed"])


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that is sealed and durable, its key too, and has no row yet."""

    uuid: UUID
    kind: str
    holder: UUID
    size: int
    sha256: str
    name: str

    def save(self) -> Blob:
        """The row; within a day of preparing, else the sweep has taken the file for an orphan."""
        return Blob.objects.create(
            uuid=self.uuid,
            kind=self.kind,
            holder=self.holder,
            size=self.size,
            sha256=self.sha256,
            name=self.name,
            created_at=timezone.now(),
        )

    def discard(self) -> None:
        """Give up: key and file go at once instead of waiting for the sweep."""
        DataKey.objects.shred(self.uuid)
        storage().delete(self.name)


def prepare(source: bytes | BinaryIO | Iterable[bytes], *, kind: str, holder: UUID) -> Prepared:
    """Seal and store what ``source`` yields, in constant memory; call it outside atomic().

    ``source`` is bytes, a readable or a generator of bytes; ``kind`` is a lower-case word
    such as "mail-raw". Raises ValueError for another kind, KeyGone when the holder was
    shredded, and whatever the source or the storage raises: then nothing stays behind.
    """
    blob = uuid.uuid4()
    sealed_file.header(blob, kind)  # a wrong kind is refused before a key is made
    key = DataKey.objects.make(blob, holder=holder)
    tally = sealed_file.Tally()
    pieces = tally.passing(sealed_file.pieces_of(source))
    try:
        reader = sealed_file.readable(sealed_file.sealed(pieces, key, blob=blob, kind=kind))
        name = storage().save(random_name(), File(reader))
    except BaseException:
        DataKey.objects.shred(blob)
        raise
    return Prepared(uuid=blob, kind=kind, holder=holder, size=tally.size, sha256=tally.sha256, name=name)


def put(source: bytes | BinaryIO | Iterable[bytes], *, kind: str, holder: UUID) -> Blob:
    """``prepare`` and ``save`` in one, for callers that are in no transaction or hold a few bytes."""
    return prepare(source, kind=kind, holder=holder).save()


def open_blob(blob: Blob) -> io.BufferedReader:
    """A readable of the plaintext, of which every byte was verified; close it.

    Raises KeyGone when destroyed or shredded and BlobMissing when the file is not there;
    reading raises SealBroken where the file is not as it was written. Read to the end
    before trusting that it is whole.
    """
    return _unsealed(blob, DataKey.objects.key_of(blob.uuid))


def _unsealed(blob: Blob, key: bytes) -> io.BufferedReader:
    try:
        source = cast("BinaryIO", storage().open(blob.name))
    except FileNotFoundError:
        raise BlobMissing(
            f"The sealed file {blob.uuid} ({blob.kind}) is not in storage: restore it from a backup."
        ) from None
    return io.BufferedReader(sealed_file.UnsealedReader(source, key, blob=blob.uuid, kind=blob.kind))


def read(blob: Blob) -> bytes:
    """The whole plaintext at once, for what is known to be small; raises as ``open_blob`` and reading do."""
    with open_blob(blob) as plaintext:
        return plaintext.read()


def read_many(blobs: Iterable[Blob]) -> dict[UUID, bytes]:
    """The plaintext of several small files by uuid, their keys in two queries; without those that were destroyed.

    Raises BlobMissing and SealBroken as ``open_blob`` and reading do.
    """
    blobs = list(blobs)
    keys = DataKey.objects.keys_of(blob.uuid for blob in blobs)
    found = {}
    for blob in blobs:
        if blob.uuid in keys:
            with _unsealed(blob, keys[blob.uuid]) as plaintext:
                found[blob.uuid] = plaintext.read()
    return found


def rewrap(blob: Blob, *, holder: UUID) -> None:
    """Put the file under another holder's key (a message linked to a case, a split, a merge).

    The key moves first and by itself. When the caller's transaction is then rolled back,
    the row still names the earlier holder, who counts: the sweep moves the key back.
    """
    DataKey.objects.rewrap(blob.uuid, to=holder)
    Blob.objects.filter(pk=blob.pk).update(holder=holder)
    blob.holder = holder


def destroy(blob: Blob) -> None:
    """Destroy one file: its key, then its bytes; the row stays and keeps kind, size and digest.

    Cannot be undone, so call it outside atomic(). May be repeated after a crash.
    """
    DataKey.objects.shred(blob.uuid)
    storage().delete(blob.name)
    Blob.objects.filter(pk=blob.pk, destroyed_at=None).update(destroyed_at=timezone.now())
    blob.refresh_from_db(fields=["destroyed_at"])


def shred_holder(holder: UUID) -> int:
    """Destroy everything of a holder: its small values and all its files; returns how many files.

    The key goes first: from then on no copy of the data, backups included, can be read.
    Cannot be undone, so call it outside atomic(). May be repeated after a crash.
    """
    settle(DataKey.objects.filter(holder=holder).values_list("blob", flat=True))
    HolderKey.objects.shred(holder)
    files = list(Blob.objects.filter(holder=holder, destroyed_at=None))
    for blob in files:
        destroy(blob)
    return len(files)


def settle(blobs: Iterable[UUID]) -> int:
    """Put each file's key where its row says it belongs; returns how many had strayed.

    They stray when a ``rewrap`` was rolled back after its key had moved. A file whose own
    holder was shredded is left alone: the sweep finishes destroying it.
    """
    holder_of = dict(DataKey.objects.filter(blob__in=list(blobs)).values_list("blob", "holder"))
    rows = [
        blob
        for blob in Blob.objects.filter(uuid__in=list(holder_of), destroyed_at=None)
        if blob.holder != holder_of[blob.uuid]
    ]
    shredded = HolderKey.objects.shredded_among(blob.holder for blob in rows)
    strayed = [blob for blob in rows if blob.holder not in shredded]
    for blob in strayed:
        DataKey.objects.rewrap(blob.uuid, to=blob.holder)
    return len(strayed)
