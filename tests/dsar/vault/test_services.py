"""Sealed files from putting to shredding, the same over a folder and over a bucket."""

import hashlib
import io
import os
import tracemalloc
import uuid
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dsar.vault import services as vault
from dsar.vault.format import FRAME_BYTES
from dsar.vault.models import Blob
from workflow.models.key import DataKey, HolderKey, seal_for, unseal_for
from workflow.sealing import KeyGone, SealBroken

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MIB = 1024 * 1024


@pytest.fixture
def holder():
    return uuid.uuid4()


def stored_names():
    """Every name in the store, seen without the code under test."""
    store = storages["sealed"]
    if hasattr(store, "bucket"):
        return {found.key.removeprefix("dsar/") for found in store.bucket.objects.all()}
    folder = Path(store.location)
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def bytes_stored(blob):
    with storages["sealed"].open(blob.name) as file:
        return file.read()


@pytest.mark.parametrize("size", [0, 1, FRAME_BYTES - 1, FRAME_BYTES, 2 * FRAME_BYTES + 1])
def test_what_is_put_is_read_back_and_described(sealed_store, holder, size, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    content = os.urandom(size)

    blob = vault.put(io.BytesIO(content), kind="mail-raw", holder=holder)

    assert vault.read(blob) == content
    row = Blob.objects.get()
    assert (row.uuid, row.kind, row.holder, row.size) == (blob.uuid, "mail-raw", holder, size)
    assert (row.sha256, row.created_at, row.destroyed_at) == (hashlib.sha256(content).hexdigest(), timezone.now(), None)


def test_nothing_readable_lies_in_storage(sealed_store, holder):
    blob = vault.put(b"Ada Lovelace, 12 rue Haute" * 100, kind="mail-raw", holder=holder)

    stored = bytes_stored(blob)

    assert b"Ada" not in stored
    assert DataKey.objects.key_of(blob.uuid) not in stored
    assert blob.uuid.hex not in blob.name
    assert len(stored) < 2600 + 100


def test_two_puts_of_the_same_bytes_share_nothing(sealed_store, holder):
    one = vault.put(b"same", kind="mail-raw", holder=holder)
    two = vault.put(b"same", kind="mail-raw", holder=holder)

    assert one.name != two.name
    assert DataKey.objects.key_of(one.uuid) != DataKey.objects.key_of(two.uuid)
    assert bytes_stored(one)[-20:] != bytes_stored(two)[-20:]


def test_a_long_stream_takes_no_more_memory_than_a_few_frames(sealed_store, holder):
    # A bucket takes parts of 8 MiB, copied on their way; the stream is eight times as long.
    count, bound = 64, (40 if hasattr(sealed_store, "bucket") else 12) * MIB
    tracemalloc.start()
    try:
        blob = vault.put((bytes([number]) * MIB for number in range(count)), kind="export", holder=holder)
        digest = hashlib.sha256()
        with vault.open_blob(blob) as plaintext:
            for piece in iter(lambda: plaintext.read(MIB), b""):
                digest.update(piece)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert blob.size == count * MIB
    assert digest.hexdigest() == blob.sha256
    assert peak < bound


def test_a_wrong_kind_is_refused_before_anything_is_made(sealed_store, holder):
    with pytest.raises(ValueError, match="cannot be stored"):
        vault.put(b"x", kind="Mail raw", holder=holder)

    assert not HolderKey.objects.exists()
    assert stored_names() == set()


def test_a_source_that_breaks_leaves_neither_file_nor_key_nor_row(sealed_store, holder):
    def breaking():
        yield b"x" * MIB
        raise OSError("the source broke")

    with pytest.raises(OSError, match="the source broke"):
        vault.put(breaking(), kind="mail-raw", holder=holder)

    assert stored_names() == set()
    assert not DataKey.objects.exists()
    assert not Blob.objects.exists()


def test_a_prepared_file_gets_its_row_in_the_callers_transaction(sealed_store, holder):
    prepared = vault.prepare(b"mail", kind="mail-raw", holder=holder)
    assert not Blob.objects.exists()

    with transaction.atomic():
        blob = prepared.save()
        transaction.set_rollback(True)
    assert not Blob.objects.exists()
    with transaction.atomic():
        blob = prepared.save()

    assert vault.read(blob) == b"mail"
    with pytest.raises(IntegrityError), transaction.atomic():
        prepared.save()


def test_a_prepared_file_may_be_given_up(sealed_store, holder):
    vault.prepare(b"mail", kind="mail-raw", holder=holder).discard()

    assert stored_names() == set()
    assert not DataKey.objects.exists()


def test_the_file_and_its_key_are_there_before_the_row(sealed_folder, holder, monkeypatch):
    seen = []

    def looking(**fields):
        seen.append((len(stored_names()), DataKey.objects.filter(blob=fields["uuid"]).count()))

    monkeypatch.setattr(Blob.objects, "create", looking)
    vault.put(b"mail", kind="mail-raw", holder=holder)

    assert seen == [(1, 1)]


def test_a_destroyed_file_is_gone_and_its_row_tells_what_it_was(sealed_store, holder, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    blob = vault.put(b"a scan", kind="mail-part", holder=holder)
    beside = vault.put(b"the request", kind="mail-raw", holder=holder)

    vault.destroy(blob)
    vault.destroy(blob)

    with pytest.raises(KeyGone):
        vault.read(blob)
    row = Blob.objects.get(uuid=blob.uuid)
    assert (row.destroyed_at, row.size, row.sha256) == (timezone.now(), 6, hashlib.sha256(b"a scan").hexdigest())
    assert blob.destroyed_at == timezone.now()
    assert stored_names() == {beside.name}
    assert vault.read(beside) == b"the request"


def test_the_key_goes_before_the_file(sealed_folder, holder, monkeypatch):
    blob = vault.put(b"a scan", kind="mail-part", holder=holder)

    def failing(name):
        raise OSError("the disk is read-only")

    monkeypatch.setattr(storages["sealed"], "delete", failing)
    with pytest.raises(OSError, match="read-only"):
        vault.destroy(blob)

    with pytest.raises(KeyGone):
        vault.read(blob)
    monkeypatch.undo()
    assert Blob.objects.get().destroyed_at is None


def test_backups_of_file_and_data_do_not_bring_back_what_was_shredded(sealed_store, holder):
    blob = vault.put(b"the request", kind="mail-raw", holder=holder)
    note = seal_for(holder, b"a note", aad=b"note:1")
    backup = bytes_stored(blob), Blob.objects.values().get()

    assert vault.shred_holder(holder) == 1
    assert vault.shred_holder(holder) == 0
    assert stored_names() == set()
    Blob.objects.all().delete()
    restored = Blob.objects.create(**backup[1])
    sealed_store.save(restored.name, ContentFile(backup[0]))

    assert restored.destroyed_at is None
    with pytest.raises(KeyGone):
        vault.read(restored)
    with pytest.raises(KeyGone):
        unseal_for(holder, note, aad=b"note:1")


def test_a_file_linked_to_a_case_survives_its_message(sealed_store, holder):
    case = uuid.uuid4()
    blob = vault.put(b"the request", kind="mail-raw", holder=holder)
    left = vault.put(b"left behind", kind="mail-raw", holder=holder)
    before = bytes_stored(blob)

    vault.rewrap(blob, holder=case)
    assert vault.shred_holder(holder) == 1

    assert vault.read(Blob.objects.get(uuid=blob.uuid)) == b"the request"
    assert (blob.holder, bytes_stored(blob)) == (case, before)
    with pytest.raises(KeyGone):
        vault.read(left)


def test_a_link_that_was_rolled_back_loses_no_file_to_the_case_it_never_joined(sealed_folder, holder):
    case = uuid.uuid4()
    blob = vault.put(b"the request", kind="mail-raw", holder=holder)
    with transaction.atomic():
        vault.rewrap(blob, holder=case)
        transaction.set_rollback(True)

    assert vault.shred_holder(case) == 0

    assert vault.read(Blob.objects.get()) == b"the request"


def test_a_link_that_was_rolled_back_hides_no_file_from_the_shredding_of_its_message(sealed_folder, holder):
    blob = vault.put(b"the request", kind="mail-raw", holder=holder)
    with transaction.atomic():
        vault.rewrap(blob, holder=uuid.uuid4())
        transaction.set_rollback(True)

    assert vault.shred_holder(holder) == 1

    with pytest.raises(KeyGone):
        vault.read(blob)


def test_a_missing_file_is_told_from_a_shredded_one(sealed_store, holder):
    blob = vault.put(b"the request", kind="mail-raw", holder=holder)
    sealed_store.delete(blob.name)

    with pytest.raises(vault.BlobMissing, match=r"mail-raw\) is not in storage: restore it from a backup"):
        vault.read(blob)


def test_two_files_exchanged_in_storage_do_not_open(sealed_folder, holder):
    one = vault.put(b"one", kind="mail-raw", holder=holder)
    two = vault.put(b"two", kind="mail-raw", holder=holder)
    first, second = sealed_folder / one.name, sealed_folder / two.name
    aside = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(aside)

    for blob in (one, two):
        with pytest.raises(SealBroken, match="another file"):
            vault.read(blob)


def test_a_row_that_lies_about_the_kind_opens_nothing(sealed_folder, holder):
    blob = vault.put(b"an identity card", kind="mail-part", holder=holder)
    blob.kind = "export"

    with pytest.raises(SealBroken):
        vault.read(blob)


@given(data=st.data())
# The fixture is only a folder, and each example puts a file of its own into it.
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_changed_on_disk_never_yields_other_bytes(sealed_folder, data):
    content = bytes(range(256)) * 10
    blob = vault.put(content, kind="mail-raw", holder=uuid.UUID(int=1))
    path: Path = sealed_folder / blob.name
    stored = bytearray(path.read_bytes())
    match data.draw(st.sampled_from(["flip", "cut", "append"])):
        case "flip":
            stored[data.draw(st.integers(0, len(stored) - 1))] ^= data.draw(st.integers(1, 255))
        case "cut":
            del stored[data.draw(st.integers(0, len(stored) - 1)) :]
        case "append":
            stored += data.draw(st.binary(min_size=1, max_size=50))
    path.write_bytes(stored)

    with pytest.raises(SealBroken):
        vault.read(blob)
