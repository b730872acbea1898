"""CSV as people's tools write it: which delimiter, which header, which rows. Values are text."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dsar.sources.base import BadRecords, gettext_noop

DELIMITERS = (",", ";", "\t")
MAX_CELL = 16 * 1024 * 1024
MAX_NAME = 500
MAX_COLUMNS = 10_000
_SAMPLE_ROWS = 50
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)

# The limit of the csv module is one per process, and its default refuses a long note.
csv.field_size_limit(MAX_CELL)


@dataclass(frozen=True, slots=True)
class Header:
    """Names of the columns as used (unique, never empty) and which ones had to be given one."""

    delimiter: str
    names: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]


def delimiter_of(sample: str) -> str:
    """The delimiter of a text from its beginning: the one that cuts the most rows alike.

    A first line ``sep=;`` (a spreadsheet's own mark) decides alone. One column: a comma.
    """
    if mark := _SEPARATOR_LINE.match(sample):
        return mark[1]
    best, best_score = ",", (0.0, 1)
    # the last line of a sample may be cut in the middle
    lines = sample.splitlines(keepends=True)
    lines = lines[:-1] if len(lines) > 1 else lines
    for delimiter in DELIMITERS:
        widths: list[int] = []
        try:
            for row in csv.reader(lines, delimiter=delimiter):
                if row:
                    widths.append(len(row))
                if len(widths) == _SAMPLE_ROWS:
                    break
        except csv.Error:
            continue
        if widths and widths[0] > 1:
            score = (widths.count(widths[0]) / len(widths), widths[0])
            best, best_score = (delimiter, score) if score > best_score else (best, best_score)
    return best


def rows(lines: Iterable[str], *, delimiter: str, name: str) -> Iterator[list[str]]:
    """The rows of the file that are not empty, header first. Raises BadRecords."""
    reader = csv.reader(_without_mark(lines), delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise _refusal(error, name=name, line=reader.line_num) from None
        if row is None:
            return
        if row:
            yield row


def header(row: list[str], *, delimiter: str, name: str) -> Header:
    """Unique names for the columns: an empty one is called by its place, a second one numbered."""
    if len(row) > MAX_COLUMNS:
        raise BadRecords(
            gettext_noop("%(file)s has %(columns)s columns, more than %(limit)s; divide it into several files."),
            file=name,
            columns=len(row),
            limit=MAX_COLUMNS,
        )
    names: dict[str, None] = {}
    written_names = frozenset(row)
    renamed: list[tuple[str, str]] = []
    for place, written in enumerate(row, start=1):
        if len(written) > MAX_NAME:
            raise BadRecords(
                gettext_noop("%(file)s: the name of column %(column)s has more than %(limit)s characters; shorten it."),
                file=name,
                column=place,
                limit=MAX_NAME,
            )
        base = written or column_name(place)
        chosen, number = base, 2
        while chosen in names or (chosen != written and chosen in written_names):
            chosen, number = f"{base}_{number}", number + 1
        names[chosen] = None
        if chosen != written:
            renamed.append((written, chosen))
    return Header(delimiter, tuple(names), tuple(renamed))


def column_name(place: int) -> str:
    """What a column without a name is called; places count from 1."""
    return f"column_{place}"


def extended(names: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Names for a row that is longer than the header."""
    longer = list(names)
    for place in range(len(names) + 1, width + 1):
        name = column_name(place)
        while name in longer:
            name += "_"
        longer.append(name)
    return tuple(longer)


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    rest = iter(lines)
    first = next(rest, "")
    if not _SEPARATOR_LINE.fullmatch(first):
        yield first
    yield from rest


def _refusal(error: csv.Error, *, name: str, line: int) -> BadRecords:
    reason = str(error)
    if "field larger" in reason:
        sentence = gettext_noop(
            "%(file)s, line %(line)s: a cell is larger than %(limit)s MB; a quotation mark may never have been closed."
        )
    elif "unexpected end" in reason:
        sentence = gettext_noop(
            "%(file)s, line %(line)s: the file ends inside a quoted cell; it may have been cut off."
        )
    else:
        sentence = gettext_noop(
            "%(file)s, line %(line)s: after a closing quotation mark only the delimiter may follow; "
            "double the quotation marks inside a cell."
        )
    return BadRecords(sentence, file=name, line=line, limit=MAX_CELL // 1024**2)
