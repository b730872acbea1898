"""Files of records, whatever their form: what is in them, and the records one by one.

Forms of JSON: an array of records; an object whose every value is an array of objects
(one table each); one object or several one after the other (JSON Lines). Forms of CSV:
see ``csv_text``. A table without a name of its own is called after the file.
Nothing here holds more than one record or 1 MiB of text at a time.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import orjson

from dsar.sources import csv_text, encodings
from dsar.sources.base import BadRecords, RecordFile, gettext_noop
from dsar.sources.encodings import Survey
from dsar.sources.json_text import MAX_RECORD, JsonText, Record, Value, object_on

Observer = Callable[[str, Record], None]
_BATCH = 256 * 1024
_LAST_SUFFIX = re.compile(r"\.[^.]*$")


@dataclass(frozen=True, slots=True)
class Segment:
    """Records of one table that stand together in a file; ``start`` and ``end`` are byte offsets."""

    table: str
    records: int
    start: int
    end: int


@dataclass(slots=True)
class Reading:
    """What one reading of a whole file found out."""

    file: RecordFile
    survey: Survey
    form: str = "csv"
    segments: list[Segment] = field(default_factory=list)
    header: csv_text.Header | None = None
    ragged_rows: int = 0
    one_per_line: bool = False

    @property
    def records(self) -> int:
        return sum(segment.records for segment in self.segments)

    def tables(self) -> dict[str, int]:
        """Table names, in the order of the file, and how many records each has here."""
        counts: dict[str, int] = {}
        for segment in self.segments:
            counts[segment.table] = counts.get(segment.table, 0) + segment.records
        return counts


def read_through(file: RecordFile, observe: Observer = lambda table, record: None) -> Reading:
    """Read the whole file, show ``observe`` its records, and say what is in it.

    Of a CSV file one row of each width is shown: all its values are text.
    Raises BadRecords, with a sentence that names file, line and column.
    """
    reading = Reading(file, encodings.survey(file))
    if file.format == "csv":
        _read_csv(reading, observe)
    else:
        _read_json(reading, observe)
    return reading


def records_of(reading: Reading, table: str) -> Iterator[Record]:
    """The records of one table of the file, in its order."""
    if reading.file.format == "csv":
        for names, row in _csv_rows(reading):
            yield tuple(zip(names, row, strict=False))
        return
    for segment in reading.segments:
        if segment.table != table:
            continue
        if reading.one_per_line:
            lines = _lines(_text_of(reading, segment.start))
            yield from cast(Iterator[Record], map(object_on, lines))  # read_through saw every line to be one
        elif reading.form == "records":
            yield from _cursor(reading, segment.start, segment.end).spaced()
        elif segment.records:
            yield from map(as_record, _cursor(reading, segment.start, segment.end).listed())


def json_of(reading: Reading, table: str) -> Iterator[bytes]:
    """The records of one table as JSON, with commas between them, in blocks.

    Those of a JSON file exactly as they are written there, those of a CSV file as objects
    of text.
    """
    if reading.file.format == "csv":
        yield from _in_blocks(orjson.dumps(dict(record)) for record in records_of(reading, table))
        return
    comma = b""
    for segment in reading.segments:
        if segment.table == table and segment.records:
            yield comma
            yield from _segment_json(reading, segment)
            comma = b",\n"


def as_record(item: Value) -> Record:
    """A record is an object; anything else in a list of records becomes its only field ``value``."""
    return item if type(item) is tuple else (("value", item),)


def table_of(name: str) -> str:
    """The name of the table in a file: its own name without folders and ending."""
    own = name.replace("\\", "/").rsplit("/", 1)[-1]
    return _LAST_SUFFIX.sub("", own).strip() or "records"


# -- JSON ---------------------------------------------------------------------------------


def _cursor(reading: Reading, start: int, end: int | None = None) -> JsonText:
    pieces = _text_of(reading, start, end)
    return JsonText(pieces, name=reading.file.name, encoding=reading.survey.encoding, offset=start)


def _text_of(reading: Reading, start: int, end: int | None = None) -> Iterator[str]:
    return encodings.decoded(encodings.chunks(reading.file, start, end), reading.survey.encoding)


def _read_json(reading: Reading, observe: Observer) -> None:
    mark = reading.survey.mark
    first = _cursor(reading, mark).peek()
    if first not in {"[", "{"}:
        raise BadRecords(
            gettext_noop("%(file)s holds no records: a JSON file begins with [ or {."), file=reading.file.name
        )
    text = _cursor(reading, mark)
    if first == "[":
        reading.form = "list"
        _take_array(reading, text, table_of(reading.file.name), observe)
        _expect_end(reading, text)
    elif _is_tables(_cursor(reading, mark)):
        reading.form = "tables"
        text.skip("{")
        while True:
            text.peek()
            table = text.value()
            text.skip(":")
            _take_array(reading, text, table, observe)
            if text.peek() != ",":
                break
            text.skip(",")
    else:
        reading.form = "records"
        _take_objects(reading, text, observe)


def _is_tables(text: JsonText) -> bool:
    """Is this one object, and every value in it an array of nothing but objects?"""
    text.skip("{")
    if text.peek() == "}":
        return False
    while True:
        if text.peek() != '"':
            return False
        text.value()
        text.skip(":")
        if text.peek() != "[" or any(type(item) is not tuple for item in text.array()):
            return False
        if text.peek() != ",":
            text.skip("}")
            return text.peek() == ""
        text.skip(",")


def _take_array(reading: Reading, text: JsonText, table: str, observe: Observer) -> None:
    text.peek()
    bracket = len("[".encode(reading.survey.encoding))
    start, count = text.offset() + bracket, 0
    for item in text.array():
        observe(table, as_record(item))
        count += 1
    reading.segments.append(Segment(table, count, start, text.offset() - bracket))


def _take_objects(reading: Reading, text: JsonText, observe: Observer) -> None:
    table, count = table_of(reading.file.name), 0
    mark = reading.survey.mark
    for line in _lines(_text_of(reading, mark)):
        record = object_on(line)
        if record is None:
            break
        observe(table, record)
        count += 1
    else:
        reading.one_per_line = True
    if not reading.one_per_line:
        # objects over several lines: from the beginning, past those that were seen already
        for number, record in enumerate(_objects(text)):
            if number >= count:
                observe(table, record)
                count += 1
    reading.segments.append(Segment(table, count, mark, reading.survey.size))


def _objects(text: JsonText) -> Iterator[Record]:
    for value in text.spaced():
        if type(value) is not tuple:
            text.fail(gettext_noop("%(file)s, line %(line)s, column %(column)s: before this an object is expected."))
        yield value


def _expect_end(reading: Reading, text: JsonText) -> None:
    if text.peek():
        text.fail(
            gettext_noop("%(file)s, line %(line)s, column %(column)s: there is more text after the end of the records.")
        )


def _segment_json(reading: Reading, segment: Segment) -> Iterator[bytes]:
    pieces = encodings.chunks(reading.file, segment.start, segment.end)
    if reading.form != "records":
        # already JSON with commas between: the bytes themselves are the most faithful copy
        yield from _as_utf8(pieces, reading.survey.encoding)
    elif reading.one_per_line:
        yield from _in_blocks(line.encode() for line in _lines(_text_of(reading, segment.start)))
    else:
        text = _cursor(reading, segment.start, segment.end)
        yield from _in_blocks(raw.encode() for raw in _raw_objects(text))


def _raw_objects(text: JsonText) -> Iterator[str]:
    while text.peek():
        yield text.raw()


def _as_utf8(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding == "utf-8":
        return pieces
    return (text.encode() for text in encodings.decoded(pieces, encoding))


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    """Lines without the white space around them, empty ones left out; an endless one is cut."""
    rest = ""
    for piece in pieces:
        *whole, rest = (rest + piece).split("\n")
        yield from filter(None, map(str.strip, whole))
        if len(rest) > MAX_RECORD:
            yield rest
            rest = ""
    if rest := rest.strip():
        yield rest


def _in_blocks(records: Iterator[bytes]) -> Iterator[bytes]:
    """Records joined by commas, in blocks that are worth a write."""
    block: list[bytes] = []
    size, comma = 0, b""
    for record in records:
        block.append(record)
        size += len(record)
        if size > _BATCH:
            yield comma + b",\n".join(block)
            block, size, comma = [], 0, b",\n"
    if block:
        yield comma + b",\n".join(block)


# -- CSV ----------------------------------------------------------------------------------


def _read_csv(reading: Reading, observe: Observer) -> None:
    file = reading.file
    delimiter = csv_text.delimiter_of(reading.survey.sample)
    table, count = table_of(file.name), 0
    with _lines_of(reading) as lines:
        rows = csv_text.rows(lines, delimiter=delimiter, name=file.name)
        first = next(rows, None)
        if first is None:
            raise BadRecords(
                gettext_noop("%(file)s has no header. The first row of a CSV file names its columns."), file=file.name
            )
        reading.header = csv_text.header(first, delimiter=delimiter, name=file.name)
        names = reading.header.names
        # the whole header, so that a file without rows still has its columns
        observe(table, tuple((name, "") for name in names))
        width, seen = len(names), {len(names)}
        for row in rows:
            count += 1
            if len(row) != width:
                reading.ragged_rows += 1
                if len(row) not in seen and len(row) <= csv_text.MAX_COLUMNS:
                    seen.add(len(row))
                    observe(table, tuple(zip(csv_text.extended(names, len(row)), row, strict=False)))
    reading.segments.append(Segment(table, count, 0, reading.survey.size))


def _csv_rows(reading: Reading) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    header = reading.header
    assert header is not None  # noqa: S101  read_through always leaves one for CSV
    with _lines_of(reading) as lines:
        rows = csv_text.rows(lines, delimiter=header.delimiter, name=reading.file.name)
        next(rows)
        for row in rows:
            names = header.names
            yield (names if len(row) <= len(names) else csv_text.extended(names, len(row))), row


def _lines_of(reading: Reading) -> Any:
    stream = reading.file.open()
    stream.read(reading.survey.mark)
    return io.TextIOWrapper(stream, encoding=reading.survey.encoding, newline="")
