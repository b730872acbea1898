"""JSON read from a stream value by value, in constant memory, with nothing lost.

Numbers keep their exact text, objects keep every pair in order (duplicate keys too).
The C scanner of the standard library does the parsing; this module feeds it windows
of the text and knows where in the file it stands.
"""

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Any, Never

from dsar.sources.base import BadRecords, gettext_noop

# One record is parsed whole: this is what bounds memory.
MAX_RECORD = 16 * 1024 * 1024
_SPACE = re.compile(r"[ \t\n\r]*")
_COMMA = re.compile(r"[ \t\n\r]*,[ \t\n\r]*")
# A number cut at the window's edge leaves at most two characters unread ("1e+").
_SLACK = 3
# The longest token that may look wrong when cut: an escaped surrogate pair.
_SIGHT = 16


class Integer(str):
    """A JSON number without fraction or exponent, as written."""

    __slots__ = ()


class Decimal(str):
    """A JSON number with a fraction or an exponent, as written."""

    __slots__ = ()


# An object is a tuple of pairs, an array a list: two shapes that cannot be confused.
Value = Any
Record = tuple[tuple[str, Value], ...]


class _NotJson(ValueError):
    """NaN and Infinity: JavaScript, not JSON."""


def _refuse_constant(word: str) -> Never:
    raise _NotJson(word)


_decode = JSONDecoder(
    object_pairs_hook=tuple, parse_int=Integer, parse_float=Decimal, parse_constant=_refuse_constant
).raw_decode


def object_on(line: str) -> Record | None:
    """The object a line consists of, or None when it is anything else."""
    try:
        value, end = _decode(line)
    except (ValueError, RecursionError):
        return None
    return value if type(value) is tuple and end == len(line) else None


class JsonText:
    """A cursor over JSON text. ``encoding`` is only used to say byte offsets."""

    def __init__(self, chunks: Iterator[str], *, name: str, encoding: str, offset: int = 0) -> None:
        self._chunks = chunks
        self._name = name
        self._encoding = encoding
        self._text = ""
        self._position = 0
        self._ended = False
        self._bytes, self._line, self._column = offset, 1, 1

    def offset(self) -> int:
        """Bytes from the beginning of the file to the cursor."""
        return self._bytes + len(self._text[: self._position].encode(self._encoding))

    def peek(self) -> str:
        """The next character that is not white space, the cursor before it; "" at the end."""
        while True:
            self._position = _SPACE.match(self._text, self._position).end()  # type: ignore[union-attr]  # matches ""
            if self._position < len(self._text):
                return self._text[self._position]
            if not self._more():
                return ""

    def skip(self, expected: str) -> None:
        """Step over one expected character; BadRecords when something else stands there."""
        if self.peek() != expected:
            self.fail(
                gettext_noop("%(file)s, line %(line)s, column %(column)s: “%(expected)s” is missing."),
                expected=expected,
            )
        self._position += 1

    def value(self) -> Value:
        """The value at the cursor, which moves behind it. Raises BadRecords."""
        return self._value()[0]

    def raw(self) -> str:
        """The same as text, exactly as it stands in the file."""
        start = self._value()[1]
        return self._text[start : self._position]

    def array(self) -> Iterator[Value]:
        """The items of the array at the cursor, one by one. Raises BadRecords."""
        self.skip("[")
        if self.peek() != "]":
            yield from self.listed()
        self.skip("]")

    def listed(self) -> Iterator[Value]:
        """Values with commas between them, from the cursor on; it stops behind the last. Raises BadRecords."""
        while True:
            yield from self._within_window(_COMMA)
            self.peek()
            yield self.value()
            if self.peek() != ",":
                return
            self._position += 1
            self.peek()

    def spaced(self) -> Iterator[Value]:
        """Values with only white space between them, up to the end of the text. Raises BadRecords."""
        while self.peek():
            yield from self._within_window(_SPACE)
            self.peek()
            yield self.value()

    def _within_window(self, between: re.Pattern[str]) -> Iterator[Value]:
        """Those values of which this window surely holds all, and the beginning of the next: the quick way."""
        text, limit = self._text, len(self._text) - _SIGHT
        while True:
            try:
                value, end = _decode(text, self._position)
            except (ValueError, RecursionError):
                return  # cut off or wrong: the slow way finds out
            gap = between.match(text, end)
            if gap is None or gap.end() > limit:
                return
            self._position = gap.end()
            yield value

    def _value(self) -> tuple[Value, int]:
        """The value and where in the window its text begins."""
        reach = 1
        while True:
            try:
                value, end = _decode(self._text, self._position)
            except _NotJson as error:
                self.fail(
                    gettext_noop("%(file)s, line %(line)s, column %(column)s: %(word)s in here is not a JSON value."),
                    word=error,
                )
            except RecursionError:
                self.fail(gettext_noop("%(file)s, line %(line)s, column %(column)s: the values are nested too deeply."))
            except JSONDecodeError as error:
                # A window may end inside a value; a complaint well before its end is a real one.
                # (An unterminated string is complained about where it begins.)
                certain = error.pos + _SIGHT <= len(self._text) and not error.msg.startswith("Unterminated")
                if self._ended or certain:
                    self._position = error.pos
                    self.fail(gettext_noop("%(file)s, line %(line)s, column %(column)s: this is not JSON."))
            else:
                if self._ended or end + _SLACK <= len(self._text):
                    start, self._position = self._position, end
                    return value, start
            if len(self._text) - self._position > MAX_RECORD:
                self.fail(
                    gettext_noop(
                        "%(file)s, line %(line)s, column %(column)s: this record is larger than %(limit)s MB. "
                        "Divide it into several records."
                    ),
                    limit=MAX_RECORD // 1024**2,
                )
            self._more(reach)
            reach *= 2

    def _more(self, chunks: int = 1) -> bool:
        """Drop what was read and take in more text; False at the end of the file."""
        if self._ended:
            return False
        read = self._text[: self._position]
        self._bytes += len(read.encode(self._encoding))
        self._line, self._column = self._place(self._position)
        fresh = [chunk for _, chunk in zip(range(chunks), self._chunks, strict=False)]
        self._ended = len(fresh) < chunks
        self._text = self._text[self._position :] + "".join(fresh)
        self._position = 0
        return bool(fresh)

    def _place(self, position: int) -> tuple[int, int]:
        breaks = self._text.count("\n", 0, position)
        if not breaks:
            return self._line, self._column + position
        return self._line + breaks, position - self._text.rfind("\n", 0, position)

    def fail(self, sentence: str, **values: object) -> Never:
        """Refuse the file because of what stands at the cursor."""
        line, column = self._place(self._position)
        raise BadRecords(sentence, file=self._name, line=line, column=column, **values) from None
