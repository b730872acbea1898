"""The machine-readable lines of passports and cards (ICAO 9303), accepted only with right check digits. Pure."""

import re
from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[A-Z0-9<]{30,44}")
_SPACES = re.compile(r"[ \t]+")
_WEIGHTS = (7, 3, 1)
_LINES_LIMIT = 400
Span = tuple[int, int]
# Kind of document: lines, their length, and (line, digits, place of the check digit) for each check.
_KINDS: tuple[tuple[int, int, tuple[tuple[int, Span, int], ...]], ...] = (
    (3, 30, ((1, (0, 6), 6), (1, (8, 14), 14))),
    (2, 36, ((1, (0, 9), 9), (1, (13, 19), 19), (1, (21, 27), 27))),
    (2, 44, ((1, (0, 9), 9), (1, (13, 19), 19), (1, (21, 27), 27))),
)


def has_mrz(text: str) -> bool:
    """True when the text holds the lines of an identity document whose check digits agree."""
    return any(True for _ in _found(text))


def _found(text: str) -> Iterator[Sequence[str]]:
    lines = [_SPACES.sub("", line).upper().replace("«", "<<") for line in text.splitlines()[:_LINES_LIMIT]]
    lines = [line for line in lines if line]
    for count, length, checks in _KINDS:
        for start in range(len(lines) - count + 1):
            block = lines[start : start + count]
            if all(len(line) == length and _LINE.fullmatch(line) for line in block) and _agree(block, checks):
                yield block


def _agree(block: Sequence[str], checks: tuple[tuple[int, Span, int], ...]) -> bool:
    right = all(_check(block[line][start:end]) == _digit(block[line][at]) for line, (start, end), at in checks)
    return right and (len(block) == 2 or _card_number_agrees(block[0]))


def _card_number_agrees(line: str) -> bool:
    """A number longer than nine signs, as on Belgian cards, goes on after a filler, its check digit last."""
    if line[14] != "<":
        return _check(line[5:14]) == _digit(line[14])
    more = line[15:].partition("<")[0]
    return bool(more) and _check(line[5:14] + more[:-1]) == _digit(more[-1])


def _check(field: str) -> int:
    return sum(_value(letter) * _WEIGHTS[place % 3] for place, letter in enumerate(field)) % 10


def _value(letter: str) -> int:
    return 0 if letter == "<" else int(letter, 36)


def _digit(letter: str) -> int:
    return 0 if letter == "<" else int(letter) if letter.isdigit() else -1
