"""Keys: made once per holder, committed apart from the data, shredded for ever, moved and re-wrapped."""

import subprocess
import sys
import uuid
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from workflow import sealing
from workflow.models.key import DataKey, HolderKey, seal_for, unseal_for
from workflow.models.routing import KeyStoreRouter
from workflow.sealing import KeyGone, SealBroken

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

OLD_MASTER, NEW_MASTER = b"o" * 32, b"n" * 32


def key_tables(alias):
    tables = connections[alias].introspection.table_names()
    return {table for table in tables if table in {"workflow_holderkey", "workflow_datakey"}}


def test_the_key_tables_stand_only_in_the_key_store():
    assert key_tables("keys") == {"workflow_holderkey", "workflow_datakey"}
    assert key_tables("default") == set()
    assert set(connections["keys"].introspection.table_names()) == key_tables("keys") | {"django_migrations"}


@pytest.mark.parametrize(
    ("database", "app_label", "model_name", "hints", "allowed"),
    [
        ("keys", "workflow", "holderkey", {}, True),
        ("default", "workflow", "datakey", {}, False),
        ("keys", "workflow", "case", {}, False),
        ("keys", "auth", "permission", {}, False),
        ("default", "dsar", "blob", {}, True),
        ("default", "workflow", None, {}, True),
        ("keys", "workflow", None, {}, False),
        ("keys", "workflow", None, {"database": "keys"}, True),
        ("default", "workflow", None, {"database": "keys"}, False),
    ],
)
def test_a_migration_touches_only_the_database_a_model_lives_in(database, app_label, model_name, hints, allowed):
    assert KeyStoreRouter().allow_migrate(database, app_label, model_name, **hints) is allowed


def test_a_holder_keeps_its_key():
    holder = uuid.uuid4()

    key = HolderKey.objects.key_of(holder, create=True)

    assert HolderKey.objects.key_of(holder) == HolderKey.objects.key_of(holder, create=True) == key
    assert HolderKey.objects.key_of(uuid.uuid4(), create=True) != key


def test_a_holder_without_key_is_told_so():
    with pytest.raises(KeyGone, match="nothing was ever sealed for it"):
        HolderKey.objects.key_of(uuid.uuid4())
    assert not HolderKey.objects.exists()


def test_the_one_who_comes_second_uses_the_key_of_the_first(monkeypatch):
    holder = uuid.uuid4()
    wrap = sealing.wrap

    def wrap_while_another_is_quicker(kek, dek, aad):
        monkeypatch.setattr(sealing, "wrap", wrap)
        HolderKey.objects.key_of(holder, create=True)
        return wrap(kek, dek, aad)

    monkeypatch.setattr(sealing, "wrap", wrap_while_another_is_quicker)
    key = HolderKey.objects.key_of(holder, create=True)

    assert HolderKey.objects.key_of(holder) == key
    assert HolderKey.objects.count() == 1


def test_no_key_is_made_in_a_transaction_that_may_take_it_back():
    with transaction.atomic(using="keys"), pytest.raises(RuntimeError, match="durable"):
        HolderKey.objects.key_of(uuid.uuid4(), create=True)


def test_a_key_outlives_the_rollback_of_the_data_that_asked_for_it():
    holder = uuid.uuid4()

    with transaction.atomic():
        key = HolderKey.objects.key_of(holder, create=True)
        transaction.set_rollback(True)

    assert HolderKey.objects.key_of(holder) == key


def test_the_key_store_holds_no_key_in_the_clear():
    holder, blob = uuid.uuid4(), uuid.uuid4()
    holder_key = HolderKey.objects.key_of(holder, create=True)
    data_key = DataKey.objects.make(blob, holder=holder)

    stored = bytes(HolderKey.objects.get().wrapped) + bytes(DataKey.objects.get().wrapped)

    assert holder_key not in stored
    assert data_key not in stored


def test_a_file_has_one_key_for_ever():
    holder, blob = uuid.uuid4(), uuid.uuid4()
    key = DataKey.objects.make(blob, holder=holder)

    with pytest.raises(IntegrityError):
        DataKey.objects.make(blob, holder=holder)

    assert DataKey.objects.key_of(blob) == key


def test_shredding_a_holder_ends_its_values_and_its_files_and_nobody_elses():
    holder, other, blob, other_blob = (uuid.uuid4() for _ in range(4))
    note = seal_for(holder, b"note", aad=b"")
    other_note = seal_for(other, b"other note", aad=b"")
    DataKey.objects.make(blob, holder=holder)
    other_key = DataKey.objects.make(other_blob, holder=other)

    HolderKey.objects.shred(holder)
    HolderKey.objects.shred(holder)

    with pytest.raises(KeyGone, match="was shredded"):
        unseal_for(holder, note, aad=b"")
    with pytest.raises(KeyGone, match="was shredded"):
        DataKey.objects.key_of(blob)
    assert unseal_for(other, other_note, aad=b"") == b"other note"
    assert DataKey.objects.key_of(other_blob) == other_key


def test_nothing_of_a_shredded_key_stays_in_its_row(time_machine):
    time_machine.move_to("2026-03-02T09:00+00:00", tick=False)
    holder = uuid.uuid4()
    HolderKey.objects.key_of(holder, create=True)
    DataKey.objects.make(uuid.uuid4(), holder=holder)

    HolderKey.objects.shred(holder)

    row = HolderKey.objects.get()
    assert (row.holder, row.wrapped, row.shredded_at) == (holder, None, timezone.now())
    assert not DataKey.objects.exists()


@pytest.mark.parametrize("had_a_key", [True, False])
def test_a_late_worker_cannot_give_a_shredded_holder_a_second_life(had_a_key):
    holder = uuid.uuid4()
    if had_a_key:
        HolderKey.objects.key_of(holder, create=True)

    HolderKey.objects.shred(holder)

    with pytest.raises(KeyGone, match="was shredded"):
        seal_for(holder, b"a late note", aad=b"")
    with pytest.raises(KeyGone, match="was shredded"):
        DataKey.objects.make(uuid.uuid4(), holder=holder)
    assert not DataKey.objects.exists()


def test_the_database_refuses_a_row_that_is_neither_key_nor_tombstone():
    with pytest.raises(IntegrityError), transaction.atomic(using="keys"):
        HolderKey.objects.create(holder=uuid.uuid4(), wrapped=None)
    with pytest.raises(IntegrityError), transaction.atomic(using="keys"):
        HolderKey.objects.create(holder=uuid.uuid4(), wrapped=b"key", shredded_at=timezone.now())


def test_the_shredded_are_told_from_the_unknown():
    shredded, alive, unknown = (uuid.uuid4() for _ in range(3))
    HolderKey.objects.key_of(alive, create=True)
    HolderKey.objects.shred(shredded)

    assert HolderKey.objects.shredded_among([shredded, alive, unknown]) == {shredded}


def test_a_file_moved_to_a_case_stays_readable_when_its_message_is_shredded():
    message, case, blob = (uuid.uuid4() for _ in range(3))
    key = DataKey.objects.make(blob, holder=message)

    DataKey.objects.rewrap(blob, to=case)
    DataKey.objects.rewrap(blob, to=case)
    HolderKey.objects.shred(message)

    assert DataKey.objects.key_of(blob) == key
    HolderKey.objects.shred(case)
    with pytest.raises(KeyGone):
        DataKey.objects.key_of(blob)


def test_a_shredded_file_cannot_be_moved_and_no_file_moves_to_the_shredded():
    case, gone, blob = (uuid.uuid4() for _ in range(3))
    HolderKey.objects.shred(gone)
    key = DataKey.objects.make(blob, holder=case)

    with pytest.raises(KeyGone):
        DataKey.objects.rewrap(blob, to=gone)
    assert DataKey.objects.key_of(blob) == key

    DataKey.objects.shred(blob)
    with pytest.raises(KeyGone, match="cannot be moved"):
        DataKey.objects.rewrap(blob, to=case)


def test_a_wrapped_key_copied_to_another_holder_or_file_does_not_open():
    one, other, blob = (uuid.uuid4() for _ in range(3))
    HolderKey.objects.key_of(one, create=True)
    DataKey.objects.make(blob, holder=one)
    HolderKey.objects.create(holder=other, wrapped=HolderKey.objects.get(holder=one).wrapped)
    forged = DataKey.objects.create(blob=uuid.uuid4(), holder=one, wrapped=DataKey.objects.get(blob=blob).wrapped)

    with pytest.raises(SealBroken):
        HolderKey.objects.key_of(other)
    with pytest.raises(SealBroken):
        DataKey.objects.key_of(forged.blob)


def test_a_small_value_is_bound_to_its_holder_and_its_place():
    holder, other = uuid.uuid4(), uuid.uuid4()
    HolderKey.objects.key_of(other, create=True)
    sealed = seal_for(holder, "Grüße".encode(), aad=b"note:1")

    assert unseal_for(holder, memoryview(sealed), aad=b"note:1") == "Grüße".encode()
    for wrong in [(other, b"note:1"), (holder, b"note:2")]:
        with pytest.raises(SealBroken):
            unseal_for(wrong[0], sealed, aad=wrong[1])


def test_a_new_master_key_takes_over_and_the_old_one_may_go(settings):
    settings.MASTER_KEYS = [OLD_MASTER]
    holders = [uuid.uuid4() for _ in range(5)]
    sealed = {holder: seal_for(holder, holder.bytes, aad=b"") for holder in holders}
    shredded = uuid.uuid4()
    HolderKey.objects.shred(shredded)

    settings.MASTER_KEYS = [NEW_MASTER, OLD_MASTER]
    assert {unseal_for(holder, sealed[holder], aad=b"") == holder.bytes for holder in holders} == {True}
    out = StringIO()
    call_command("rewrap_keys", stdout=out)

    settings.MASTER_KEYS = [NEW_MASTER]
    assert {unseal_for(holder, sealed[holder], aad=b"") == holder.bytes for holder in holders} == {True}
    assert out.getvalue().startswith(f"5 keys were put under the master key {sealing.key_id(NEW_MASTER).hex()};")
    with pytest.raises(KeyGone):
        HolderKey.objects.key_of(shredded)


def test_rewrapping_goes_on_where_it_was_stopped(settings, monkeypatch):
    settings.MASTER_KEYS = [OLD_MASTER]
    for _ in range(5):
        HolderKey.objects.key_of(uuid.uuid4(), create=True)
    settings.MASTER_KEYS = [NEW_MASTER, OLD_MASTER]
    monkeypatch.setattr("workflow.models.key._BATCH", 2)
    wrap, calls = sealing.wrap, []

    def wrap_three_and_die(kek, dek, aad):
        calls.append(aad)
        if len(calls) > 3:
            raise KeyboardInterrupt
        return wrap(kek, dek, aad)

    monkeypatch.setattr(sealing, "wrap", wrap_three_and_die)
    with pytest.raises(KeyboardInterrupt):
        HolderKey.objects.rewrap()
    monkeypatch.setattr(sealing, "wrap", wrap)

    assert HolderKey.objects.rewrap() == 2
    assert HolderKey.objects.rewrap() == 0


def test_rewrapping_without_the_old_master_key_says_which_is_missing_and_harms_nothing(settings):
    settings.MASTER_KEYS = [OLD_MASTER]
    holder = uuid.uuid4()
    key = HolderKey.objects.key_of(holder, create=True)

    settings.MASTER_KEYS = [NEW_MASTER]
    with pytest.raises(CommandError, match="put the earlier one into OLD_MASTER_KEYS"):
        call_command("rewrap_keys")

    settings.MASTER_KEYS = [OLD_MASTER]
    assert HolderKey.objects.key_of(holder) == key


ON_DISK = """
import threading, uuid
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from workflow.models.key import DataKey, HolderKey

call_command("migrate", database="keys", verbosity=0)
holder, blob, keys = uuid.uuid4(), uuid.uuid4(), []

def create():
    keys.append(HolderKey.objects.key_of(holder, create=True))
    connections.close_all()

threads = [threading.Thread(target=create) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print("keys made:", len(keys), "different:", len(set(keys)))

DataKey.objects.make(blob, holder=holder)
wrapped = [bytes(HolderKey.objects.get(holder=holder).wrapped), bytes(DataKey.objects.get(blob=blob).wrapped)]

def copies():
    files = [file.read_bytes() for file in Path(settings.DATA_DIR).iterdir() if file.name.startswith("keys")]
    return [sum(one in content for content in files) for one in wrapped]

print("on disk before:", all(copies()))
HolderKey.objects.shred(holder)
print("on disk after:", copies())
"""


def test_on_a_real_disk_eight_threads_make_one_key_and_shredding_leaves_no_copy(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", ON_DISK],
        env={"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "keys made: 8 different: 1",
        "on disk before: True",
        "on disk after: [0, 0]",
    ]
