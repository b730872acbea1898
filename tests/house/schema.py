"""What a database made by the migrations consists of, as text: to compare one way of making it with another.

    python -m tests.house.schema files      every migration by itself, up to the one the squashed file ends with
    python -m tests.house.schema squashed   the squashed files, which stand for those

Makes both databases of the settings (they must be empty) and prints a list of lines, as JSON.
"""

import json
import sys
from collections.abc import Iterator

import django
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

LAST = {
    "workflow": "0028_breach_that_is_open",
    "notifications": "0022_thread_of_several_people",
    "dsar": "0024_register_numbers_in_mails",
}
SQUASHED = {app: f"0001_squashed_{last}" for app, last in LAST.items()}

POSTGRESQL = {
    "column": """
        SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable,
                         column_default, is_identity, identity_generation, collation_name)
        FROM information_schema.columns WHERE table_schema = 'public'
    """,
    "constraint": """
        SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "index": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "function": "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "sequence": "SELECT sequencename || ' ' || data_type FROM pg_sequences WHERE schemaname = 'public'",
}


def make(connection: BaseDatabaseWrapper, *, squashed: bool) -> None:
    """Run the migrations up to ``LAST``: the squashed ones, or each file by itself."""
    executor = MigrationExecutor(connection)
    if not squashed:
        executor.loader.replace_migrations = False
        executor.loader.build_graph()
    others = [key for key in executor.loader.graph.leaf_nodes() if key[0] not in LAST]
    executor.migrate([*others, *(SQUASHED if squashed else LAST).items()])


def described(connection: BaseDatabaseWrapper) -> list[str]:
    """Columns, constraints, indexes, triggers: one line each, sorted.

    Not the order of columns, which no statement relies on: SQLite's rebuilt tables have references to themselves last.
    """
    lines = _of_postgresql(connection) if connection.vendor == "postgresql" else _of_sqlite(connection)
    return sorted(f"{connection.alias} {line}" for line in lines)


def _of_postgresql(connection: BaseDatabaseWrapper) -> Iterator[str]:
    with connection.cursor() as cursor:
        for kind, question in POSTGRESQL.items():
            cursor.execute(question)
            yield from (f"{kind} {text}" for (text,) in cursor.fetchall())


def _of_sqlite(connection: BaseDatabaseWrapper) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
        for kind, name, table, sql in cursor.fetchall():
            if kind != "table":
                yield f"{kind} {table} {name} {' '.join(sql.split())}"
                continue
            yield from (f"table {table} {part}" for part in _parts(sql))


def _parts(create: str) -> list[str]:
    """What stands between the outer brackets of a CREATE TABLE, cut at the commas outside of any other."""
    parts, depth, quote, part = [], 0, "", ""
    for sign in create[create.index("(") + 1 : create.rindex(")")]:
        if quote or sign in "'\"":
            quote = "" if sign == quote else quote or sign
        else:
            depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth and not quote:
            parts.append(part.strip())
            part = ""
        else:
            part += sign
    return [*parts, part.strip()]


def main(way: str) -> None:
    django.setup()
    lines = []
    for alias in ("keys", "default"):
        make(connections[alias], squashed=way == "squashed")
        lines += described(connections[alias])
    json.dump(lines, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
