"""The sweep removes what no row knows, finishes and settles what a crash left, and reports the rest."""

import os
import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from dsar.vault import services as vault
from dsar.vault import sweep
from dsar.vault.models import Blob
from dsar.vault.storage import INCOMING
from dsar.vault.sweep import Report, SweepRefused, sweep_orphans
from workflow.models.key import DataKey, HolderKey
from workflow.sealing import KeyGone

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

HOLDER = uuid.UUID(int=7)
NOTHING = Report(files_removed=0, keys_removed=0, finished=0, settled=0, without_file=(), without_key=())


def tomorrow():
    return timezone.now() + timedelta(days=1, minutes=1)


def test_a_store_in_order_is_left_alone(sealed_folder):
    kept = vault.put(b"kept", kind="mail-raw", holder=HOLDER)
    gone = vault.put(b"gone", kind="mail-raw", holder=HOLDER)
    vault.destroy(gone)

    assert sweep_orphans(tomorrow()) == NOTHING

    assert vault.read(kept) == b"kept"


def test_file_and_key_of_a_crash_before_the_row_go_after_a_day(sealed_store):
    kept = vault.put(b"kept", kind="mail-raw", holder=HOLDER)
    orphan = vault.prepare(b"orphan", kind="mail-raw", holder=HOLDER)

    assert sweep_orphans(timezone.now()) == NOTHING
    assert sealed_store.exists(orphan.name)
    assert sweep_orphans(tomorrow()) == Report(1, 1, 0, 0, (), ())

    assert not sealed_store.exists(orphan.name)
    assert list(DataKey.objects.values_list("blob", flat=True)) == [kept.uuid]
    assert sweep_orphans(tomorrow()) == NOTHING


def test_how_long_an_orphan_may_stay_is_the_callers_to_say(sealed_folder):
    vault.prepare(b"orphan", kind="mail-raw", holder=HOLDER)

    report = sweep_orphans(timezone.now() + timedelta(minutes=6), older_than=timedelta(minutes=5))

    assert (report.files_removed, report.keys_removed) == (1, 1)


def test_a_half_written_file_goes_too(sealed_folder):
    half = sealed_folder / INCOMING / "half"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    two_days_ago = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(half, (two_days_ago, two_days_ago))

    assert sweep_orphans(timezone.now()).files_removed == 1

    assert not half.exists()


def test_the_file_of_a_destroyed_row_goes_when_it_came_back(sealed_folder):
    blob = vault.put(b"gone", kind="mail-raw", holder=HOLDER)
    vault.destroy(blob)
    storages["sealed"].save(blob.name, ContentFile(b"restored by mistake"))

    assert sweep_orphans(tomorrow()).files_removed == 1

    assert not storages["sealed"].exists(blob.name)


def test_a_row_without_file_is_reported_and_kept(sealed_folder):
    blob = vault.put(b"lost", kind="mail-raw", holder=HOLDER)
    storages["sealed"].delete(blob.name)

    assert sweep_orphans(tomorrow()) == Report(0, 0, 0, 0, (blob.uuid,), ())

    blob.refresh_from_db()
    assert blob.destroyed_at is None


def test_a_row_without_key_is_reported_and_its_file_kept(sealed_folder):
    # A key store that was lost or mistaken looks like this: deleting now would make it final.
    blob = vault.put(b"locked", kind="mail-raw", holder=HOLDER)
    DataKey.objects.all().delete()
    HolderKey.objects.all().delete()

    assert sweep_orphans(tomorrow()) == Report(0, 0, 0, 0, (), (blob.uuid,))

    assert storages["sealed"].exists(blob.name)


def test_a_shredding_that_was_interrupted_is_finished(sealed_folder):
    blob = vault.put(b"shredded", kind="mail-raw", holder=HOLDER)
    HolderKey.objects.shred(HOLDER)

    assert sweep_orphans(timezone.now()) == Report(0, 0, 1, 0, (), ())

    blob.refresh_from_db()
    assert blob.destroyed_at is not None
    assert not storages["sealed"].exists(blob.name)


def test_a_key_that_strayed_returns_to_the_holder_its_row_names(sealed_folder):
    case = uuid.uuid4()
    blob = vault.put(b"the request", kind="mail-raw", holder=HOLDER)
    with transaction.atomic():
        vault.rewrap(blob, holder=case)
        transaction.set_rollback(True)

    assert sweep_orphans(timezone.now()) == Report(0, 0, 0, 1, (), ())

    HolderKey.objects.shred(case)
    assert vault.read(Blob.objects.get()) == b"the request"


def test_a_strayed_key_is_no_way_out_of_a_shredding(sealed_folder):
    blob = vault.put(b"the request", kind="mail-raw", holder=HOLDER)
    with transaction.atomic():
        vault.rewrap(blob, holder=uuid.uuid4())
        transaction.set_rollback(True)
    HolderKey.objects.shred(HOLDER)

    assert sweep_orphans(timezone.now()).finished == 1

    with pytest.raises(KeyGone):
        vault.read(blob)


def test_an_empty_database_does_not_empty_the_store(sealed_folder, monkeypatch):
    monkeypatch.setattr(sweep, "_ALWAYS", 2)
    blobs = [vault.put(b"kept", kind="mail-raw", holder=HOLDER) for _ in range(3)]
    Blob.objects.all().delete()

    with pytest.raises(SweepRefused, match=r"3 of 3 stored files have no row.*DATABASE_URL"):
        sweep_orphans(tomorrow())

    assert all(storages["sealed"].exists(blob.name) for blob in blobs)
    assert DataKey.objects.count() == 3


def test_many_rows_are_swept_in_batches(sealed_folder, monkeypatch):
    monkeypatch.setattr(sweep, "_BATCH", 2)
    kept = [vault.put(b"kept", kind="mail-raw", holder=HOLDER) for _ in range(5)]
    lost = [vault.put(b"lost", kind="mail-raw", holder=HOLDER) for _ in range(3)]
    orphans = [vault.prepare(b"orphan", kind="mail-raw", holder=HOLDER) for _ in range(3)]
    for blob in lost:
        storages["sealed"].delete(blob.name)

    report = sweep_orphans(tomorrow())

    assert (report.files_removed, report.keys_removed) == (len(orphans), len(orphans))
    assert set(report.without_file) == {blob.uuid for blob in lost}
    assert [vault.read(blob) for blob in kept] == [b"kept"] * 5
