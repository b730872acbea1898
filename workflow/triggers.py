"""Append-only history, held by the database itself (design §4.8).

The same rule on both databases: a row of ``workflow_event`` is inserted once and never
updated, deleted, replaced or truncated. Triggers stop code and mistakes; what the owner of
the database could still do is shown by the hash chain.

SQLite changes a table by building it anew, and the triggers go with the old one. Therefore they
are put back after every ``migrate``, and the health check of the database asks for them.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "workflow_event"
MESSAGE = "The history is append-only: add an event that corrects it."

_SQLITE_INSTALL = (
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    # INSERT OR REPLACE deletes without firing delete triggers, so a clash is refused beforehand.
    f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} "  # noqa: S608  our own constant
    f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (stream = NEW.stream AND seq = NEW.seq)) "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
)
_SQLITE_REMOVE = (
    f"DROP TRIGGER IF EXISTS {TABLE}_no_update",
    f"DROP TRIGGER IF EXISTS {TABLE}_no_delete",
    f"DROP TRIGGER IF EXISTS {TABLE}_no_replace",
)
_POSTGRESQL_INSTALL = (
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$",
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
)
_POSTGRESQL_REMOVE = (
    f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}",
    f"DROP FUNCTION IF EXISTS {TABLE}_refuse()",
)
INSTALL = {"sqlite": _SQLITE_INSTALL, "postgresql": _POSTGRESQL_INSTALL}
REMOVE = {"sqlite": _SQLITE_REMOVE, "postgresql": _POSTGRESQL_REMOVE}
_PRESENT = {
    "sqlite": (
        f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}' "  # noqa: S608  ours
        f"AND name IN ('{TABLE}_no_update', '{TABLE}_no_delete', '{TABLE}_no_replace')",
        3,
    ),
    "postgresql": (
        f"SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass('{TABLE}') "  # noqa: S608  ours
        f"AND tgname IN ('{TABLE}_no_change', '{TABLE}_no_truncate') AND tgenabled IN ('O', 'A')",
        2,
    ),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, anew when they stand. Raises KeyError on a database we do not support.

    In one transaction: there is no moment in which another connection finds the table open.
    """
    with transaction.atomic(using=connection.alias):
        _run(connection, REMOVE[connection.vendor])
        _run(connection, INSTALL[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for the tests' flush, nowhere else."""
    _run(connection, REMOVE[connection.vendor])


def present(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger stands and is switched on; false too when the table does not exist."""
    question, expected = _PRESENT[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        return bool(cursor.fetchone() == (expected,))


def put_back(*, using: str, **_: Any) -> None:
    """After every ``migrate`` of the data: a migration may have built the table anew."""
    if using != DEFAULT_DB_ALIAS:
        return
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
