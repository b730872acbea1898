"""The history's triggers come back after whatever a migration does to the table."""

from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models
from django.db.migrations import RunPython
from django.db.migrations.state import ProjectState

from dsar.operations import health
from tests import factories
from workflow import triggers
from workflow.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def build_the_table_anew() -> None:
    """A later AlterField, there and back: on SQLite each way makes a new table and drops the old one."""
    old = Event._meta.get_field("actor")
    new = models.CharField(max_length=500)
    new.set_attributes_from_name("actor")
    new.model = Event
    for before, after in ((old, new), (new, old)):
        with connection.schema_editor() as editor:
            editor.alter_field(Event, before, after)


def refused() -> None:
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM workflow_event")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite builds tables anew.")
def test_a_migration_that_builds_the_table_anew_is_seen_and_repaired() -> None:
    case = factories.received()
    count = Event.objects.count()

    build_the_table_anew()
    lost, told = triggers.present(connection), health.check("database")
    call_command("migrate", verbosity=0)

    assert not lost
    assert "append-only are missing" in told
    assert triggers.present(connection)
    assert health.check("database") == ""
    refused()
    assert Event.objects.count() == count
    assert Event.objects.filter(stream=case.stream).exists()


def test_triggers_that_were_dropped_come_back_with_the_next_migrate() -> None:
    factories.received()

    triggers.remove(connection)
    lost = triggers.present(connection)
    call_command("migrate", verbosity=0)

    assert not lost
    assert triggers.present(connection)
    refused()


def test_a_migrate_of_the_key_store_leaves_the_data_alone() -> None:
    triggers.remove(connection)

    call_command("migrate", database="keys", verbosity=0)

    assert not triggers.present(connection)


def test_installing_twice_is_installing_once() -> None:
    factories.received()

    triggers.install(connection)
    triggers.install(connection)

    assert triggers.present(connection)
    refused()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL can switch a trigger off.")
def test_a_trigger_that_is_switched_off_is_not_present() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE workflow_event DISABLE TRIGGER workflow_event_no_change")

    assert not triggers.present(connection)


@pytest.mark.parametrize("name", ["0002_history_is_append_only", "0001_squashed_0028_breach_that_is_open"])
def test_the_migration_itself_runs_over_triggers_that_stand_already(name: str) -> None:
    factories.received()
    [operation] = (
        operation
        for operation in import_module(f"workflow.migrations.{name}").Migration.operations
        if isinstance(operation, RunPython)
    )
    state = ProjectState()

    stood = triggers.present(connection)
    with connection.schema_editor() as editor:
        operation.database_forwards("workflow", editor, state, state)

    assert stood
    assert triggers.present(connection)
    refused()


def test_the_migration_taken_back_leaves_no_trigger_and_makes_them_again() -> None:
    factories.received()
    [operation] = import_module("workflow.migrations.0002_history_is_append_only").Migration.operations
    state = ProjectState()

    with connection.schema_editor() as editor:
        operation.database_backwards("workflow", editor, state, state)
    gone = not triggers.present(connection)
    with connection.schema_editor() as editor:
        operation.database_forwards("workflow", editor, state, state)

    assert gone
    assert triggers.present(connection)
    refused()
