"""One database as a stream of bytes, consistent and exact, and back into an empty one.

Only the drivers are needed: tools of the server's own version are rarely at hand. SQLite gives its file,
PostgreSQL each table as COPY writes it, in one snapshot, as frames: a line of JSON that names the
table, then pieces with their length before them, the last of length nothing.
"""

import contextlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, transaction
from psycopg import sql

from dsar.vault.format import pieces_of

_LENGTH = 4
_MIGRATIONS = "django_migrations"
# A database in which one of these has a row is in use.
_IN_USE = {"default": "workflow_event", "keys": "workflow_holderkey"}
_MESSAGES, _FILES = "dsar_inboundmessage", "dsar_blob"
_HELD = """SELECT message.uuid, blob.uuid, blob.kind, blob.name, blob.sha256
    FROM dsar_blob blob LEFT JOIN dsar_inboundmessage message ON message.raw_id = blob.id
    WHERE blob.destroyed_at IS NULL"""


class DumpUnusable(Exception):
    """A dump cannot be made, read or loaded; the text is the cure."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A sealed file that a dump knows; ``message`` is the mail of which it is the original, if it is one."""

    uuid: UUID
    kind: str
    name: str
    sha256: str
    message: UUID | None


def engine(alias: str) -> str:
    return str(connections[alias].vendor)


def dump(alias: str) -> Iterator[bytes]:
    """The whole database as it was at one instant; nobody who works in it waits."""
    return _dump_sqlite(alias) if engine(alias) == "sqlite" else _dump_postgresql(alias)


def load(alias: str, source: BinaryIO) -> None:
    """Fill a database that was brought to this version and never used. Raises DumpUnusable."""
    table = _IN_USE[alias]
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  our own constant
        if cursor.fetchone()[0]:
            raise DumpUnusable(f"The database {alias!r} is in use: restore into an empty one.")
    if engine(alias) == "sqlite":
        _load_sqlite(alias, source)
    else:
        _load_postgresql(alias, source)
    if alias == "default":
        with connections[alias].cursor() as cursor:
            cursor.execute("DELETE FROM django_session")  # who was signed in then is not now


def held_files(source: BinaryIO, of: str) -> list[HeldFile]:
    """The sealed files that a dump made on engine ``of`` knows and that were not destroyed then."""
    rows = _held_sqlite(source) if of == "sqlite" else _held_postgresql(source)
    return [
        HeldFile(UUID(str(blob)), kind, name, sha256, UUID(str(message)) if message else None)
        for message, blob, kind, name, sha256 in rows
    ]


# -- SQLite ----------------------------------------------------------------------------------------


@contextlib.contextmanager
def _own_file() -> Iterator[Path]:
    """A file of this account only beside the database, gone afterwards."""
    handle, name = tempfile.mkstemp(dir=settings.DATA_DIR, prefix=".backup-")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for path in (Path(name), Path(f"{name}-wal"), Path(f"{name}-shm"), Path(f"{name}-journal")):
            path.unlink(missing_ok=True)


def _dump_sqlite(alias: str) -> Iterator[bytes]:
    with _own_file() as path:
        connections[alias].ensure_connection()
        with contextlib.closing(sqlite3.connect(path)) as target:
            connections[alias].connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        with path.open("rb") as file:
            yield from pieces_of(file)


@contextlib.contextmanager
def _unpacked(source: BinaryIO) -> Iterator[sqlite3.Connection]:
    with _own_file() as path:
        with path.open("wb") as file:
            file.writelines(pieces_of(source))
        with contextlib.closing(sqlite3.connect(path)) as database:
            try:
                [found] = database.execute("PRAGMA integrity_check").fetchone()
            except sqlite3.DatabaseError as error:
                raise DumpUnusable("The dump is no SQLite database: use an earlier backup.") from error
            if found != "ok":
                raise DumpUnusable("The database inside the dump is damaged: use an earlier backup.")
            yield database


def _load_sqlite(alias: str, source: BinaryIO) -> None:
    with _unpacked(source) as database:
        theirs = set(database.execute(f"SELECT app, name FROM {_MIGRATIONS}"))  # noqa: S608  our own constant
        _same_version(alias, theirs)
        database.backup(connections[alias].connection)
    connections[alias].close()


def _held_sqlite(source: BinaryIO) -> list[tuple[Any, ...]]:
    with _unpacked(source) as database:
        return database.execute(_HELD).fetchall()


# -- PostgreSQL ------------------------------------------------------------------------------------


def _dump_postgresql(alias: str) -> Iterator[bytes]:
    connection = connections.create_connection(alias)  # the snapshot is chosen before the first question
    connection.ensure_connection()
    try:
        with connection.connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for table, columns in _tables(cursor, {*connection.introspection.django_table_names(), _MIGRATIONS}):
                yield json.dumps({"table": table, "columns": columns}).encode() + b"\n"
                with cursor.copy(_copy(table, columns, "TO STDOUT")) as out:
                    for piece in out:
                        yield len(piece).to_bytes(_LENGTH) + bytes(piece)
                yield bytes(_LENGTH)
    finally:
        connection.close()


def _tables(cursor: Any, ours: set[str]) -> list[tuple[str, list[str]]]:
    """Those of our models with their columns; the cache is none and made anew."""
    cursor.execute(
        "SELECT c.table_name, array_agg(c.column_name::text ORDER BY c.ordinal_position) "
        "FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) "
        "WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' GROUP BY 1 ORDER BY 1"
    )
    return [(table, columns) for table, columns in cursor.fetchall() if table in ours]


def _copy(table: str, columns: list[str], direction: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) " + direction).format(sql.Identifier(table), names)


def _frames(source: BinaryIO) -> Iterator[tuple[str, list[str], Iterator[bytes]]]:
    while line := source.readline():
        head = json.loads(line)
        pieces = _pieces(source)
        yield head["table"], head["columns"], pieces
        for _ in pieces:  # what the reader left
            pass


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    while length := int.from_bytes(source.read(_LENGTH)):
        yield source.read(length)


def _rows(columns: list[str], pieces: Iterable[bytes]) -> Iterator[dict[str, str]]:
    """Rows as COPY writes them, for columns without escapes; NULL is ``\\N``."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield dict(zip(columns, line.decode().split("\t"), strict=True))


def _load_postgresql(alias: str, source: BinaryIO) -> None:
    connection = connections[alias]
    known = set(connection.introspection.table_names())
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        for table, columns, pieces in _frames(source):
            if table == _MIGRATIONS:
                _same_version(alias, {(row["app"], row["name"]) for row in _rows(columns, pieces)})
                continue
            if table not in known:
                raise DumpUnusable(f"This version knows no table {table}: restore with the version that made the dump.")
            if table != _IN_USE["default"]:  # empty, and refuses to be emptied
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            try:
                with cursor.copy(_copy(table, columns, "FROM STDIN")) as into:
                    for piece in pieces:
                        into.write(piece)
            except psycopg.Error as error:
                raise DumpUnusable(f"The table {table} cannot be filled ({type(error).__name__}).") from error
        here = [model for model in apps.get_models() if model._meta.db_table in known]
        for statement in connection.ops.sequence_reset_sql(no_style(), here):
            cursor.execute(statement)


def _held_postgresql(source: BinaryIO) -> list[tuple[Any, ...]]:
    raw: dict[str, str] = {}
    files: list[dict[str, str]] = []
    for table, columns, pieces in _frames(source):
        if table == _FILES:
            files = [row for row in _rows(columns, pieces) if row["destroyed_at"] == "\\N"]
        elif table == _MESSAGES:
            raw = {row["raw_id"]: row["uuid"] for row in _rows(columns, pieces)}
    return [(raw.get(row["id"]), row["uuid"], row["kind"], row["name"], row["sha256"]) for row in files]


def _same_version(alias: str, theirs: set[tuple[str, str]]) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT app, name FROM {_MIGRATIONS}")  # noqa: S608  our own constant
        ours = set(cursor.fetchall())
    if ours != theirs:
        raise DumpUnusable("The dump is of another version: restore with the version that made it, then upgrade.")
