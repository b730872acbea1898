"""Records as rows of text, each value in its column."""

import json

from dsar.exports.columns import Columns, Path, distinct, spread_out
from dsar.sources.json_text import Decimal, Integer, Record, Value

_AS_WRITTEN = frozenset({str, Integer, Decimal})
_MAX_KNOWN = 4_096
_WORDS = {None: "", True: "true", False: "false"}
_string = json.JSONEncoder(ensure_ascii=False).encode


# Where the values of a record go (None: to every column, in order), and which of them are not text yet.
_Plan = tuple[tuple[int, ...] | None, tuple[int, ...]]


class Layout:
    """Puts the values of records where the columns of their table are. Place 0 is the source's."""

    def __init__(self, learnt: Columns) -> None:
        self._index: dict[Path, int] = learnt.index()
        self._spread = learnt.spread
        self._blank = [""] * (len(self._index) + 1)
        # Most records of a table have the same keys and kinds of values: thought about once.
        self._plans: dict[tuple[tuple[str, ...], tuple[type, ...]], _Plan] = {}

    def row(self, record: Record, source: str) -> list[str]:
        """The record as text: numbers as written, nothing for null, arrays and objects as JSON."""
        keys, values = zip(*record, strict=True) if record else ((), ())
        signature = keys, tuple(map(type, values))
        plan = self._plans.get(signature) or self._plan(signature, record)
        if plan is None:
            return self._laid_out(record, source)
        places, to_convert = plan
        if places is None:
            row = [source, *values]
        else:
            row = self._blank.copy()
            row[0] = source
            for place, value in zip(places, values, strict=True):
                row[place] = value
        for number in to_convert:
            row[number + 1 if places is None else places[number]] = cell(values[number])
        return row

    def _plan(self, signature: tuple[tuple[str, ...], tuple[type, ...]], record: Record) -> _Plan | None:
        keys, kinds = signature
        if distinct(record) is not record or (self._spread and tuple in kinds):
            return None
        if len(self._plans) >= _MAX_KNOWN:
            self._plans.clear()
        places = tuple([self._index[key] for key in keys])
        every = places == tuple(range(1, len(self._blank)))
        plan = None if every else places, tuple(n for n, kind in enumerate(kinds) if kind not in _AS_WRITTEN)
        self._plans[signature] = plan
        return plan

    def _laid_out(self, record: Record, source: str) -> list[str]:
        row = self._blank.copy()
        row[0] = source
        pairs = distinct(record)
        for path, value in spread_out(pairs) if self._spread else pairs:
            row[self._index[path]] = cell(value)
        return row


def cell(value: Value) -> str:
    """A value as text: numbers as written, nothing for null, arrays and objects as JSON."""
    if type(value) in _AS_WRITTEN:
        return value  # type: ignore[no-any-return]  # one of the three kinds of str
    return _WORDS[value] if value is None or type(value) is bool else _json(value)


def _json(value: Value) -> str:
    kind = type(value)
    if kind is str:
        return _string(value)
    if kind is Integer or kind is Decimal:
        return str(value)
    if kind is list:
        return "[" + ",".join([_json(item) for item in value]) + "]"
    if kind is tuple:
        return "{" + ",".join([f"{_string(key)}:{_json(item)}" for key, item in value]) + "}"
    return _WORDS[value] or "null"
