"""Puts right what a crash left between storage, key store and rows; run daily, repeatable at will.

Removed: files and file keys that no row knows, after a day. Finished: files of a holder
who was shredded. Settled: keys that stand under another holder than the row says.
Only reported, for a person to look at: rows whose file or key is not there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dsar.vault import services
from dsar.vault.models import Blob
from dsar.vault.storage import INCOMING, SHARDS
from workflow.models.key import DataKey, HolderKey, leave_no_copy

ONE_DAY = timedelta(days=1)
_BATCH = 500
# Fewer orphans than this are removed whatever their share: a small installation has few files.
_ALWAYS = 100


class SweepRefused(Exception):
    """More would go than stays: rather a wrong setting than so many crashes."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one sweep did, and what it found and left."""

    files_removed: int
    keys_removed: int
    finished: int
    settled: int
    without_file: tuple[UUID, ...]
    without_key: tuple[UUID, ...]


def sweep_orphans(now: datetime, older_than: timedelta = ONE_DAY) -> Report:
    """Sweep everything; ``now`` is aware, in any zone.

    Raises SweepRefused, before anything is removed, when most of the files or keys seem to
    be orphans: that is what an empty or older data database looks like from here.
    """
    finished = settled = 0
    without_key: list[UUID] = []
    for batch in _living_rows():
        shredded = HolderKey.objects.shredded_among(blob.holder for blob in batch)
        for blob in batch:
            if blob.holder in shredded:
                services.destroy(blob)
                finished += 1
        rest = [blob.uuid for blob in batch if blob.holder not in shredded]
        settled += services.settle(rest)
        with_key = set(DataKey.objects.filter(blob__in=rest).values_list("blob", flat=True))
        without_key += [uuid for uuid in rest if uuid not in with_key]

    files, without_file = _compare_files(now - older_than)
    keys = _orphaned_keys(now - older_than)
    for name in files:
        services.storage().delete(name)
    for uuid in keys:
        DataKey.objects.shred(uuid)
    leave_no_copy()  # a shredding since the last sweep may have met a busy key store
    return Report(len(files), len(keys), finished, settled, tuple(without_file), _still_alive(without_key))


def _living_rows() -> Iterator[list[Blob]]:
    last = 0
    while batch := list(Blob.objects.filter(destroyed_at=None, pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk


def _compare_files(before: datetime) -> tuple[list[str], list[UUID]]:
    """Names of old files without a row, and rows without a file, one shard in memory at a time."""
    orphans: list[str] = []
    lost: list[UUID] = []
    seen = 0
    for shard in (INCOMING, *SHARDS):
        # Storage first, rows second: a file that gets its row in between is then known.
        changed = dict(services.storage().stored(shard))
        # A range and not a prefix search: both databases answer it from the index on the name.
        rows = Blob.objects.filter(name__gte=f"{shard}/", name__lte=f"{shard}/g", destroyed_at=None)
        row_of = dict(rows.values_list("name", "uuid"))
        seen += len(changed)
        orphans += [name for name, at in changed.items() if name not in row_of and at < before]
        lost += [uuid for name, uuid in row_of.items() if name not in changed and not services.storage().exists(name)]
    _refuse_most(len(orphans), seen, "stored files")
    return orphans, list(_still_alive(lost))


def _orphaned_keys(before: datetime) -> list[UUID]:
    orphans: list[UUID] = []
    old = DataKey.objects.filter(created_at__lt=before).order_by("blob")
    batch = list(old.values_list("blob", flat=True)[:_BATCH])
    while batch:
        known = set(Blob.objects.filter(uuid__in=batch).values_list("uuid", flat=True))
        orphans += [uuid for uuid in batch if uuid not in known]
        batch = list(old.filter(blob__gt=batch[-1]).values_list("blob", flat=True)[:_BATCH])
    _refuse_most(len(orphans), DataKey.objects.count(), "file keys")
    return orphans


def _refuse_most(orphans: int, all_of_them: int, what: str) -> None:
    if orphans > _ALWAYS and orphans * 2 > all_of_them:
        raise SweepRefused(
            f"{orphans} of {all_of_them} {what} have no row, so nothing was removed: "
            "check that DATABASE_URL, KEYS_DATABASE_URL and STORAGE_URL belong together."
        )


def _still_alive(uuids: list[UUID]) -> tuple[UUID, ...]:
    """Those that were not destroyed, in the ordinary way, while the sweep looked."""
    return tuple(
        uuid
        for start in range(0, len(uuids), _BATCH)
        for uuid in Blob.objects.filter(uuid__in=uuids[start : start + _BATCH], destroyed_at=None)
        .order_by("pk")
        .values_list("uuid", flat=True)
    )
