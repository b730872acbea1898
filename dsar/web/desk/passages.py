"""A text cut where its writer changes: the quoted part folded, marked words kept in place."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from dsar.intake.quoting import sort_lines

_OWN = frozenset({"own", "signature"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Words from ``start`` to ``end`` of the text that gave a right, named by ``label``."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``label`` is empty where nothing is marked."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of one writer; ``quoted`` ones are folded."""

    quoted: bool
    lines: int
    pieces: tuple[Piece, ...]


def passages(text: str, marks: Iterable[Mark]) -> tuple[Passage, ...]:
    """The text cut where the writer changes, each part with its marked words."""
    ordered = sorted(marks, key=lambda mark: mark.start)
    found = []
    for own, run in groupby(sort_lines(text), key=lambda line: line.kind in _OWN):
        lines = list(run)
        start, end = lines[0].start, lines[-1].end
        if text[start:end].strip():
            found.append(Passage(not own, len(lines), _pieces(text, start, end, ordered)))
    return tuple(found)


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> tuple[Piece, ...]:
    pieces = []
    at = start
    for mark in marks:
        if mark.start < at or mark.end > end:
            continue  # in another passage, or overlapping one that is marked already
        pieces += [Piece(text[at : mark.start]), Piece(text[mark.start : mark.end], mark.label)]
        at = mark.end
    pieces.append(Piece(text[at:end]))
    return tuple(piece for piece in pieces if piece.text)
