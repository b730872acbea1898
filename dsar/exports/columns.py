"""From records to columns: nested objects spread out, everything as the text of a cell.

``customer: {"city": …}`` becomes the column ``customer.city``; arrays, and objects nested
deeper than ``MAX_DEPTH``, stay together as JSON text. Pure and without state between
files: the same records give the same columns in the same order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dsar.sources.base import BadRecords, gettext_noop
from dsar.sources.json_text import Decimal, Integer, Record, Value

# The way to a value: its key, or the keys to it when it lies in nested objects.
Path = str | tuple[str, ...]

MAX_DEPTH = 8
MAX_NESTING = 200
# Nested objects used as dictionaries (a key per day, per id) would give a column per key.
MAX_SPREAD = 1_000
MAX_COLUMNS = 10_000
_MAX_SIGNATURES = 4_096

_TYPE_NAMES: dict[type, str] = {
    str: "string",
    Integer: "integer",
    Decimal: "number",
    bool: "boolean",
    type(None): "null",
    list: "array",
    tuple: "object",
}


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` heads the CSV column, ``path`` is where the value lies in data.json."""

    name: str
    path: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(slots=True)
class Columns:
    """What columns a table needs, learnt by looking at all its records once."""

    table: str
    duplicate_keys: int = 0
    spread: bool = True
    _types: dict[Path, set[type]] = field(default_factory=dict)
    _whole: dict[str, set[type]] = field(default_factory=dict)
    _seen: set[tuple[object, ...]] = field(default_factory=set)

    def observe(self, record: Record) -> None:
        """Learn from a record. Raises BadRecords for more columns or deeper nesting than can be written."""
        keys, values = zip(*record, strict=True) if record else ((), ())
        signature = keys, tuple(map(type, values))
        if signature in self._seen:
            return
        nested = tuple in signature[1] or list in signature[1]
        if nested:
            self._check_depth(record)
        pairs = distinct(record)
        self.duplicate_keys += pairs is not record
        for key, value in pairs:
            self._whole.setdefault(key, set()).add(type(value))
        if self.spread:
            for path, leaf in spread_out(pairs):
                self._types.setdefault(path, set()).add(type(leaf))
            self.spread = len(self._types) <= max(MAX_SPREAD, len(self._whole))
        if len(self._whole) > MAX_COLUMNS:
            raise BadRecords(
                gettext_noop("The records of “%(table)s” have more than %(limit)s different fields; divide the table."),
                table=self.table,
                limit=MAX_COLUMNS,
            )
        if not nested and pairs is record:
            if len(self._seen) >= _MAX_SIGNATURES:
                self._seen.clear()
            self._seen.add(signature)

    def join(self, later: "Columns") -> None:
        """Take over what was learnt from another file of the same table; its new columns come last."""
        for key, types in later._whole.items():
            self._whole.setdefault(key, set()).update(types)
        for path, types in later._types.items():
            self._types.setdefault(path, set()).update(types)
        self.spread = self.spread and later.spread and len(self._types) <= max(MAX_SPREAD, len(self._whole))
        self.duplicate_keys += later.duplicate_keys

    def columns(self, *, reserved: str) -> list[Column]:
        """The columns in the order they were first met, their names all different."""
        learnt: Iterable[tuple[Path, set[type]]] = self._types.items() if self.spread else self._whole.items()
        used, columns = {reserved}, []
        for path, types in learnt:
            keys = (path,) if isinstance(path, str) else path
            name = unused(".".join(keys), used)
            used.add(name)
            columns.append(Column(name, keys, tuple(n for kind, n in _TYPE_NAMES.items() if kind in types)))
        return columns

    def index(self) -> dict[Path, int]:
        """Where in a row the value of each path goes, counted from 1: 0 is the source."""
        return {path: place for place, path in enumerate(self._types if self.spread else self._whole, start=1)}

    def has(self, key: str) -> bool:
        return key in self._whole

    def _check_depth(self, record: Record) -> None:
        level: list[Value] = [value for _, value in record]
        for _ in range(MAX_NESTING):
            level = [inner for value in level for inner in _inside(value)]
            if not level:
                return
        raise BadRecords(
            gettext_noop("A record of “%(table)s” is nested more than %(limit)s levels deep; flatten it."),
            table=self.table,
            limit=MAX_NESTING,
        )


def unused(name: str, used: set[str]) -> str:
    """The name, numbered when it is taken."""
    chosen, number = name, 2
    while chosen in used:
        chosen, number = f"{name}_{number}", number + 1
    return chosen


def distinct(record: Record) -> Record:
    """The record itself, or, when it says a key twice, one where the later ones are numbered (``name#2``)."""
    if len(dict(record)) == len(record):
        return record
    used = {key for key, _ in record}
    met: set[str] = set()
    pairs = []
    for key, value in record:
        chosen, number = key, 2
        while chosen in met or (chosen != key and chosen in used):
            chosen, number = f"{key}#{number}", number + 1
        met.add(chosen)
        pairs.append((chosen, value))
    return tuple(pairs)


def spread_out(record: Record) -> Sequence[tuple[Path, Value]]:
    """The record with its nested objects laid out; the record itself when there are none."""
    if tuple not in [type(value) for _, value in record]:
        return record
    return list(_leaves(record, ()))


def _leaves(record: Record, above: tuple[str, ...]) -> Iterator[tuple[Path, Value]]:
    for key, value in record:
        if type(value) is tuple and value and len(above) < MAX_DEPTH:
            yield from _leaves(distinct(value), (*above, key))
        else:
            yield ((*above, key) if above else key), value


def _inside(value: Value) -> Sequence[Value]:
    if type(value) is list:
        return value
    if type(value) is tuple:
        return [inner for _, inner in value]
    return ()
