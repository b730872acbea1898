"""The words that gave a right, where they stand, for whoever has to judge the proposal. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from dsar.intake.parsing import ParsedMessage
from dsar.intake.rights import Hit
from workflow.states import Right

__all__ = ["LONGEST", "Because", "told_by"]

_PER_RIGHT = 3
LONGEST = 400  # letters: a "sentence" may be a file without a full stop


@dataclass(frozen=True, slots=True)
class Because:
    """Which words gave a right. ``place``: "subject", "body" or "attachment <name>".

    ``start`` and ``end``: where they stand in ParsedMessage.text when the place is "body", else both -1.
    """

    right: str
    words: str
    place: str
    start: int = -1
    end: int = -1


def told_by(parsed: ParsedMessage, rights: Mapping[Right, Sequence[Hit]]) -> tuple[Because, ...]:
    """The words of each right, the plainest first, a few for each."""
    return tuple(chain.from_iterable(_because(parsed, right, hits) for right, hits in rights.items()))


def _because(parsed: ParsedMessage, right: Right, hits: Sequence[Hit]) -> list[Because]:
    ranked = sorted(hits, key=lambda hit: ("SCLMNAW".index(hit.strength), hit.heard.number, hit.start))
    found: list[Because] = []
    seen: set[int] = set()
    for hit in ranked:
        if hit.heard.number in seen:
            continue
        seen.add(hit.heard.number)
        start = hit.span[0]
        end = min(hit.span[1], start + LONGEST)
        place = hit.heard.place
        if place == "body":
            found.append(Because(right.value, _shown(parsed.text[start:end]), place, start, end))
        elif place == "subject":
            found.append(Because(right.value, _shown(parsed.subject[start:end]), place))
        else:
            found.append(Because(right.value, hit.matched.strip()[:LONGEST], place))
        if len(found) == _PER_RIGHT:
            break
    return found


def _shown(words: str) -> str:
    return " ".join(words.split())
