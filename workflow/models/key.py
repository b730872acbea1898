"""The key store: one key per holder (a message, a case, the installation), one per sealed file.

These two tables live in the database "keys", which no data backup contains. A key is
committed there before the row that needs it is written, so it is never made inside a
transaction of the key store. Shredding a key is how text and files are erased
everywhere, backups included (GDPR Art. 17 and 5(1)(e)).
"""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import connections, models, transaction
from django.db.models import Q
from django.utils import timezone

from workflow import sealing
from workflow.models.routing import KEYS
from workflow.sealing import KeyGone

_BATCH = 500  # rows read at once by passes over the whole store


def _place_of_holder(holder: UUID) -> bytes:
    return b"holder:" + holder.bytes


def _place_of_blob(blob: UUID) -> bytes:
    return b"blob:" + blob.bytes


def leave_no_copy() -> bool:
    """Clear what SQLite's write-ahead log still holds of shredded keys; false when readers kept it busy.

    secure_delete zeroes the row in the database file, but the log keeps earlier images of
    the page until it is started anew. PostgreSQL does this by vacuum, in its own time.
    """
    connection = connections[KEYS]
    # In a transaction only under tests that roll everything back: shredding refuses any other.
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _, _ = cursor.fetchone()
    return not busy


class HolderKeyManager(models.Manager["HolderKey"]):
    def key_of(self, holder: UUID, *, create: bool = False) -> bytes:
        """The holder's key in the clear; made first when ``create`` and there is none.

        Two processes that create at once get the same key. Raises KeyGone when the key
        was shredded (it is never made a second time) or does not exist, SealBroken when
        no master key opens it.
        """
        row = self.filter(holder=holder).first()
        if row is None:
            if not create:
                raise KeyGone(f"There is no key of {holder}: nothing was ever sealed for it, or the key store is lost.")
            wrapped = sealing.wrap(settings.MASTER_KEYS[0], sealing.new_key(), _place_of_holder(holder))
            # durable: a key rolled back with its caller would leave a row that nobody can open.
            with transaction.atomic(using=KEYS, durable=True):
                row, _ = self.get_or_create(holder=holder, defaults={"wrapped": wrapped})
        return row.key()

    def keys_of(self, holders: Iterable[UUID]) -> dict[UUID, bytes]:
        """The keys of several holders in one query; a holder whose key is gone is not among them."""
        rows = self.filter(holder__in=set(holders), shredded_at=None)
        return {row.holder: row.key() for row in rows}

    def shred(self, holder: UUID) -> None:
        """Destroy the holder's key and the keys of all its files, for ever; again does nothing.

        A row without key stays behind: it proves the shredding and keeps a late worker
        from giving the holder a second life.
        """
        with transaction.atomic(using=KEYS, durable=True):
            # A holder without key gets its tombstone too: a late writer must not be the first to make one.
            self.get_or_create(holder=holder, defaults={"wrapped": None, "shredded_at": timezone.now()})
            self.filter(holder=holder, shredded_at=None).update(wrapped=None, shredded_at=timezone.now())
            DataKey.objects.filter(holder=holder).delete()
        leave_no_copy()

    def shredded_among(self, holders: Iterable[UUID]) -> set[UUID]:
        """Those of ``holders`` whose key was shredded; one that never had a key is not among them."""
        shredded = self.filter(holder__in=set(holders), shredded_at__isnull=False)
        return set(shredded.values_list("holder", flat=True))

    def check_master_key(self) -> None:
        """The master key is that of this store: raises SealBroken when it opens nothing here.

        Sealing under a wrong key would succeed, and nobody could read it afterwards.
        """
        first = self.filter(shredded_at=None).order_by("created_at").first()
        if first is not None:
            first.key()

    def rewrap(self) -> int:
        """Wrap every key that is not under the current master key anew; returns how many.

        Row by row, each in its own transaction: it may be stopped, repeated, and run
        while the system works. Raises SealBroken when a master key is missing.
        """
        done = 0
        batch = list(self.filter(shredded_at=None).order_by("holder")[:_BATCH])
        while batch:
            done += sum(self._rewrap_one(row) for row in batch)
            batch = list(self.filter(shredded_at=None, holder__gt=batch[-1].holder).order_by("holder")[:_BATCH])
        return done

    def _rewrap_one(self, row: "HolderKey") -> bool:
        current = settings.MASTER_KEYS[0]
        if row.wrapped is None or sealing.wrapped_under(bytes(row.wrapped)) == sealing.key_id(current):
            return False
        with transaction.atomic(using=KEYS, durable=True):
            row = self.select_for_update().get(holder=row.holder)
            if row.wrapped is None:
                return False
            row.wrapped = sealing.wrap(current, row.key(), _place_of_holder(row.holder))
            row.save(update_fields=["wrapped"])
        return True


class HolderKey(models.Model):
    """The key of one holder, wrapped under the master key; without key once shredded."""

    holder = models.UUIDField(primary_key=True, editable=False)
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    shredded_at = models.DateTimeField(null=True, editable=False)

    objects = HolderKeyManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="holder_key_is_wrapped_or_shredded",
                condition=Q(wrapped__isnull=True, shredded_at__isnull=False)
                | Q(wrapped__isnull=False, shredded_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.holder)

    def key(self) -> bytes:
        """The key in the clear; raises KeyGone when shredded, SealBroken when no master key opens it."""
        if self.wrapped is None:
            raise KeyGone(f"The key of {self.holder} was shredded: what it sealed is erased and cannot be read again.")
        return sealing.unwrap(settings.MASTER_KEYS, bytes(self.wrapped), _place_of_holder(self.holder))


class DataKeyManager(models.Manager["DataKey"]):
    def make(self, blob: UUID, *, holder: UUID) -> bytes:
        """A new key for a new file, in the clear, committed under the holder's key.

        Raises IntegrityError when the file has a key already (a key is used once), KeyGone
        when the holder was shredded.
        """
        kek = HolderKey.objects.key_of(holder, create=True)
        key = sealing.new_key()
        with transaction.atomic(using=KEYS, durable=True):
            self.create(blob=blob, holder=holder, wrapped=sealing.wrap(kek, key, _place_of_blob(blob)))
        return key

    def key_of(self, blob: UUID) -> bytes:
        """The file's key in the clear; raises KeyGone when it or its holder's key was shredded."""
        row = self.filter(blob=blob).first()
        if row is None:
            raise KeyGone(f"The key of file {blob} was shredded: the file is erased and cannot be read again.")
        return row.key()

    def keys_of(self, blobs: Iterable[UUID]) -> dict[UUID, bytes]:
        """The keys of several files in two queries; a file whose key is gone is not among them."""
        rows = list(self.filter(blob__in=set(blobs)))
        keks = HolderKey.objects.keys_of(row.holder for row in rows)
        return {row.blob: row.key(keks[row.holder]) for row in rows if row.holder in keks}

    def rewrap(self, blob: UUID, *, to: UUID) -> None:
        """Put the file's key under another holder's key (linking, splitting, merging); again does nothing.

        The file itself is not touched. Raises KeyGone when either key was shredded.
        """
        kek = HolderKey.objects.key_of(to, create=True)
        with transaction.atomic(using=KEYS, durable=True):
            row = self.select_for_update().filter(blob=blob).first()
            if row is None:
                raise KeyGone(f"The key of file {blob} was shredded: the file is erased and cannot be moved.")
            if row.holder != to:
                row.wrapped = sealing.wrap(kek, row.key(), _place_of_blob(blob))
                row.holder = to
                row.save(update_fields=["wrapped", "holder"])

    def shred(self, blob: UUID) -> None:
        """Destroy the file's key for ever; again does nothing."""
        with transaction.atomic(using=KEYS, durable=True):
            self.filter(blob=blob).delete()
        leave_no_copy()


class DataKey(models.Model):
    """The key of one sealed file, wrapped under its holder's key."""

    blob = models.UUIDField(primary_key=True, editable=False)
    holder = models.UUIDField(db_index=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DataKeyManager()

    def __str__(self) -> str:
        return str(self.blob)

    def key(self, kek: bytes | None = None) -> bytes:
        """The key in the clear; raises KeyGone when the holder was shredded. ``kek``: the holder's key, if at hand."""
        kek = kek or HolderKey.objects.key_of(self.holder)
        return sealing.unwrap([kek], bytes(self.wrapped), _place_of_blob(self.blob))


def seal_for(holder: UUID, plaintext: bytes, *, aad: bytes) -> bytes:
    """Seal a small value (fact, note, payload, letter) under its holder's key, made when needed.

    ``aad`` names the field and row it belongs to; the holder is bound to it here. Raises
    KeyGone when the holder was shredded.
    """
    return sealing.seal(HolderKey.objects.key_of(holder, create=True), plaintext, aad=holder.bytes + aad)


def unseal_for(holder: UUID, sealed: bytes, *, aad: bytes) -> bytes:
    """What ``seal_for`` sealed; raises KeyGone when shredded, SealBroken when altered or moved elsewhere."""
    return sealing.unseal(HolderKey.objects.key_of(holder), bytes(sealed), aad=holder.bytes + aad)
