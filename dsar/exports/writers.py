"""The portability export (GDPR Art. 20): a ZIP with data.json, one CSV per table and manifest.json.

Pure and streaming: files of records in, bytes out, in constant memory. Same input, same
bytes: nothing here reads a clock, draws a number or depends on the order of its input.

Each file is read through once to learn tables, columns and counts; then data.json is
written (records exactly as they stand in the files, never through a float), then the CSV
files, then the manifest with the digests of all of them.
"""

import csv
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from dsar.exports import cells
from dsar.exports.columns import Column, Columns, unused
from dsar.exports.explanations import ABOUT
from dsar.exports.members import Archive, Member
from dsar.exports.rows import Layout
from dsar.sources.base import BadRecords, RecordFile, gettext_noop
from dsar.sources.json_text import Record
from dsar.sources.records import Reading, json_of, read_through, records_of

SCHEMA = "dsar-portability-1"
_ROWS = 1_000
# Changed cells remembered for the manifest, in characters, and what one costs beside its text.
_MAX_KEPT = 4_000_000
_COST_OF_CHANGE = 100
_UNSAFE = re.compile(r"[^\w.\- ]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SOURCE = "_source"


@dataclass(frozen=True, slots=True)
class About:
    """What the manifest says of the case. ``generated_at`` is an instant of the data (UTC), not of the build.

    ``since`` None: no lower limit, everything held up to and including ``until``.
    """

    reference: str
    controller: str
    language: str
    since: date | None
    until: date
    generated_at: datetime


@dataclass(slots=True)
class _Source:
    """A file and the one label it has in the manifest and in the CSV column ``_source``."""

    label: str
    reading: Reading


@dataclass(slots=True)
class _Table:
    name: str
    learnt: Columns
    member: Member
    sources: list[_Source]
    columns: list[Column] = field(default_factory=list)
    source_column: str = _SOURCE
    neutralised: int = 0
    changes: list[tuple[int, int, str]] | None = field(default_factory=list)
    lone_surrogates: int = 0

    @property
    def records(self) -> int:
        return sum(source.reading.tables()[self.name] for source in self.sources)


class Export:
    """One export; ``chunks()`` gives the bytes of the ZIP, once, and fills in the figures.

    ``pulse`` is called every now and then while working, so that a caller can keep a lease.
    """

    def __init__(self, files: Sequence[RecordFile], about: About, *, pulse: Callable[[], None] = lambda: None) -> None:
        if not files:
            raise BadRecords(gettext_noop("There are no records to export. Attach the person's data first."))
        self._files = list(files)
        self._about = about
        self._pulse = pulse
        self._sources: list[_Source] = []
        self._tables: list[_Table] = []
        self._kept = 0
        self.size = 0

    @property
    def records(self) -> int:
        return sum(table.records for table in self._tables)

    @property
    def tables(self) -> int:
        return len(self._tables)

    @property
    def digests(self) -> list[str]:
        """SHA-256 of the files as they were read."""
        return [source.reading.survey.sha256 for source in self._sources]

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the ZIP. Raises BadRecords, before the first of them when a file cannot be read."""
        self._read()
        archive = Archive(input_size=sum(source.reading.survey.size for source in self._sources))
        data = Member("data.json")
        for piece in self._through(archive, data):
            self.size += len(piece)
            self._pulse()
            yield piece

    def _through(self, archive: Archive, data: Member) -> Iterator[bytes]:
        yield from archive.add(data, self._data_json())
        for table in self._tables:
            yield from archive.add(table.member, self._csv(table))
        yield from archive.add(Member("manifest.json"), self._manifest(data))
        yield from archive.close()

    # -- first reading -----------------------------------------------------------------

    def _read(self) -> None:
        learnt: dict[str, Columns] = {}
        readings = []
        for file in sorted(self._files, key=lambda file: (file.source, file.name)):
            own: dict[str, Columns] = {}
            readings.append((read_through(file, self._observer(own)), own))
        # files of one name are told apart by their digest; columns come in the order of the files
        readings.sort(key=lambda pair: (pair[0].file.source, pair[0].file.name, pair[0].survey.sha256))
        labels: set[str] = set()
        for reading, own in readings:
            label = unused(f"{reading.file.source}:{reading.file.name}", labels)
            labels.add(label)
            self._sources.append(_Source(label, reading))
            for name in reading.tables():
                learnt.setdefault(name, Columns(name)).join(own.get(name, Columns(name)))
        self._lay_tables(learnt)

    def _observer(self, own: dict[str, Columns]) -> Callable[[str, Record], None]:
        observed = 0

        def observe(table: str, record: Record) -> None:
            nonlocal observed
            columns = own.get(table)
            if columns is None:
                columns = own[table] = Columns(table)
            columns.observe(record)
            observed += 1
            if observed % 10_000 == 0:
                self._pulse()

        return observe

    def _lay_tables(self, learnt: dict[str, Columns]) -> None:
        taken: set[str] = set()
        for name in sorted(learnt):
            sources = [source for source in self._sources if name in source.reading.tables()]
            table = _Table(name, learnt[name], Member(_file_name(name, taken)), sources)
            while table.learnt.has(table.source_column):
                table.source_column = "_" + table.source_column
            table.columns = table.learnt.columns(reserved=table.source_column)
            self._tables.append(table)

    # -- data.json ---------------------------------------------------------------------

    def _data_json(self) -> Iterator[bytes]:
        opening = b"{\n"
        for table in self._tables:
            yield opening + _json_bytes(table.name) + b": [\n"
            comma = b""
            for source in table.sources:
                if source.reading.tables()[table.name]:
                    yield comma
                    yield from json_of(source.reading, table.name)
                    comma = b",\n"
            yield b"\n]"
            opening = b",\n"
        yield (b"{" if not self._tables else b"") + b"\n}\n"

    # -- CSV ---------------------------------------------------------------------------

    def _csv(self, table: _Table) -> Iterator[bytes]:
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        batch: list[list[str]] = []
        for number, row in enumerate(_rows(table), start=1):
            if not cells.SUSPECTS.isdisjoint([text[:1] for text in row]):
                for place, text in enumerate(row):
                    row[place] = written = cells.neutralised(text)
                    if written is not text:
                        table.neutralised += 1
                        self._keep(table, number, place, text)
            batch.append(row)
            if len(batch) == _ROWS:
                yield self._block(table, writer, buffer, batch)
        if batch:
            yield self._block(table, writer, buffer, batch)

    def _block(self, table: _Table, writer: Any, buffer: io.StringIO, batch: list[list[str]]) -> bytes:
        writer.writerows(batch)
        batch.clear()
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        try:
            return text.encode()
        except UnicodeEncodeError:
            # JSON may hold half a character ("\ud83d"), UTF-8 may not: it is written as JSON would
            table.lone_surrogates += len(_LONE_SURROGATE.findall(text))
            return text.encode("utf-8", "backslashreplace")

    # -- manifest ----------------------------------------------------------------------

    def _manifest(self, data: Member) -> Iterator[bytes]:
        about = self._about
        document = {
            "schema": SCHEMA,
            "case": about.reference,
            "controller": about.controller,
            "language": about.language,
            "generated_at": about.generated_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "period": {"since": about.since and about.since.isoformat(), "until": about.until.isoformat()},
            "about": list(ABOUT.get(about.language, ABOUT["en"])),
            "records": self.records,
            "members": [
                {**asdict(data), "records": self.records},
                *({**asdict(table.member), "table": table.name, "records": table.records} for table in self._tables),
            ],
            "tables": [_table_entry(table) for table in self._tables],
            "sources": [_source_entry(source) for source in self._sources],
            "csv": {
                "encoding": "utf-8",
                "delimiter": ",",
                "quote": '"',
                "line_end": "\r\n",
                "header": True,
                "rows_count_from": 1,
                "neutralised_with": "'",
                "plain_number": f"^{cells.NUMBER}$",
                "reverse": cells.REVERSE,
            },
        }
        head = json.dumps(document, ensure_ascii=False, indent=2).removesuffix("\n}")
        yield _encoded(head + ',\n  "neutralised_cells": [')
        comma = "\n    "
        for entry in self._changes():
            yield _encoded(comma + json.dumps(entry, ensure_ascii=False))
            comma = ",\n    "
        yield b"]\n}\n" if comma == "\n    " else b"\n  ]\n}\n"

    def _keep(self, table: _Table, row: int, place: int, text: str) -> None:
        """Remember a changed cell; a table with so many that they would not fit is read once more instead."""
        if table.changes is None:
            return
        self._kept += len(text) + _COST_OF_CHANGE
        if self._kept < _MAX_KEPT:
            table.changes.append((row, place, text))
        else:
            self._kept -= sum(len(text) + _COST_OF_CHANGE for _, _, text in table.changes)
            table.changes = None

    def _changes(self) -> Iterator[dict[str, object]]:
        for table in self._tables:
            names = [table.source_column, *(column.name for column in table.columns)]
            for row, place, text in _changes_again(table) if table.changes is None else table.changes:
                yield {
                    "file": table.member.name,
                    "row": row,
                    "column": names[place],
                    "original": text,
                    "rule": "apostrophe",
                }


def _rows(table: _Table) -> Iterator[list[str]]:
    """Header and rows of a table as text, before any cell is neutralised."""
    yield [table.source_column, *(column.name for column in table.columns)]
    layout = Layout(table.learnt)
    for source in table.sources:
        label = source.label
        for record in records_of(source.reading, table.name):
            yield layout.row(record, label)


def _changes_again(table: _Table) -> Iterator[tuple[int, int, str]]:
    for number, row in enumerate(_rows(table), start=1):
        for place, text in enumerate(row):
            if text[:1] in cells.SUSPECTS and cells.neutralised(text) != text:
                yield number, place, text


def _table_entry(table: _Table) -> dict[str, object]:
    ranges, first = [], 1
    for source in table.sources:
        count = source.reading.tables()[table.name]
        ranges.append({"source": source.label, "first_record": first if count else None, "records": count})
        first += count
    entry: dict[str, object] = {
        "table": table.name,
        "file": table.member.name,
        "records": table.records,
        "source_column": table.source_column,
        "fields": [
            {"name": table.source_column, "types": ["string"], "path": None},
            *({"name": c.name, "types": list(c.types), "path": list(c.path)} for c in table.columns),
        ],
        "sources": ranges,
        "neutralised_cells": table.neutralised,
    }
    if table.learnt.duplicate_keys:
        entry["records_with_duplicate_keys"] = table.learnt.duplicate_keys
    if table.lone_surrogates:
        entry["unpaired_surrogates_escaped"] = table.lone_surrogates
    return entry


def _source_entry(source: _Source) -> dict[str, object]:
    reading = source.reading
    entry: dict[str, object] = {
        "source": source.label,
        "origin": reading.file.source,
        "file": reading.file.name,
        "format": reading.file.format,
        "form": reading.form,
        "encoding": "windows-1252" if reading.survey.encoding == "cp1252" else reading.survey.encoding,
        "size": reading.survey.size,
        "sha256": reading.survey.sha256,
        "records": reading.records,
        "tables": reading.tables(),
    }
    if reading.header:
        entry["delimiter"] = reading.header.delimiter
        entry["ragged_rows"] = reading.ragged_rows
        entry["renamed_columns"] = [{"written": was, "used": used} for was, used in reading.header.renamed]
    return entry


def _file_name(table: str, taken: set[str]) -> str:
    """A name for the table's CSV that every file system takes, different from all others."""
    stem = _UNSAFE.sub("_", unicodedata.normalize("NFC", table)).strip(". ")[:80] or "table"
    if _RESERVED.match(stem):
        stem = "_" + stem
    chosen = unused(stem.casefold(), taken)
    taken.add(chosen)
    return stem + chosen[len(stem.casefold()) :] + ".csv"


def _json_bytes(text: str) -> bytes:
    return _encoded(json.dumps(text, ensure_ascii=False))


def _encoded(text: str) -> bytes:
    """UTF-8; half a character becomes its JSON escape."""
    return text.encode("utf-8", "backslashreplace")


def digest_of_inputs(digests: Sequence[str]) -> str:
    """One SHA-256 for a set of files: the same whatever their order."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()
