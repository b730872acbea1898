"""Where a sentence takes a wish back, or tells of another person's: what is said there is no wish of the writer. Pure.

Both rules and the sentence model are told: the one knows words, the other what a sentence is about, and neither whether
somebody still wants it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dsar.intake.lexicon import Lexicon

__all__ = ["Aside", "asides"]

_DENIED = re.compile(r"\b(?:not|n t|never|niet|nicht|nie|pas|jamais) $")
_CLAUSE_END = re.compile(r"[,;:(.!?]")


@dataclass(frozen=True, slots=True)
class Aside:
    """From ``start`` to ``end`` of the folded text; ``names``: the rights spoken of, empty where none is named."""

    start: int
    end: int
    withdrawn: bool
    names: frozenset[str]
    anothers: bool = False

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end

    def covers(self, name: str) -> bool:
        """Whether this right is no longer, or was never, the writer's wish in this sentence.

        A wish taken back without its name may have been any of them.
        """
        return name in self.names or (self.withdrawn and not self.names)


def asides(text: str, words: Lexicon) -> tuple[Aside, ...]:
    """The asides of one folded sentence."""
    told = (_withdrawn, _of_others, _no_wishes, _identifiers, _later, _wiped)
    return tuple(aside for tell in told for aside in tell(text, words))


def _withdrawn(text: str, words: Lexicon) -> Iterator[Aside]:
    gates = words.gates
    for name, guard in (("withdrawn", "stands"), ("halted", "conditional")):
        found = gates[name].search(text)
        if found is None:
            continue
        if _DENIED.search(text[: found.start()]):
            continue
        begin = max((mark.end() for mark in _CLAUSE_END.finditer(text, 0, found.start())), default=0)
        end = _cut(text, found.end(), (_CLAUSE_END, gates["breakers"]))
        if gates[guard].search(text[begin : end if name == "withdrawn" else found.start()]):
            continue
        yield Aside(found.start(), end, withdrawn=True, names=_named(text[found.start() : end], words))


def _of_others(text: str, words: Lexicon) -> Iterator[Aside]:
    gates = words.gates
    if found := gates["anothers"].search(text):
        end = _cut(text, found.end(), (gates["turn"],))
        if not gates["mine"].search(text[found.end() : end]):
            yield Aside(
                found.start(), end, withdrawn=False, names=_named(text[found.start() : end], words), anothers=True
            )


_NO_WISHES = {"proof": frozenset({"erasure"}), "anyform": frozenset({"portability"})}


def _no_wishes(text: str, words: Lexicon) -> Iterator[Aside]:
    """Evidence of what was done already; a form that is left to us."""
    for name, rights in _NO_WISHES.items():
        if found := words.gates[name].search(text):
            yield Aside(found.start(), found.end(), withdrawn=False, names=rights)


def _identifiers(text: str, words: Lexicon) -> Iterator[Aside]:
    """By what somebody can be found is nothing to be corrected, unless the same sentence says what it should be."""
    if words.gates["placed"].search(text) and not words.gates["changes"].search(text):
        yield Aside(0, len(text), withdrawn=False, names=frozenset({"rectification"}))


_ASKED_BY_IT = frozenset({"access", "bare", "information", "complaint"})


def _later(text: str, words: Lexicon) -> Iterator[Aside]:
    """What the writer means to ask should we fail them, or may ask one day: a threat or a thought, no wish now."""
    gates = words.gates
    unmet = gates["unmet"].search(text)
    if unmet and not gates["grounds"].search(text, unmet.start(), _cut(text, unmet.end(), (_CLAUSE_END,))):
        if before := gates["wants"].search(text, 0, unmet.start()):
            yield _meant_later(text, before.start(), unmet.start(), words)
        if wants := gates["wants"].search(text, unmet.end()):
            yield _meant_later(text, wants.start(), len(text), words)
    if (other := gates["orelse"].search(text)) and (wants := gates["wants"].search(text, other.end())):
        yield _meant_later(text, wants.start(), len(text), words)
    if perhaps := gates["perhaps"].search(text):
        yield _meant_later(text, perhaps.start(), _cut(text, perhaps.end(), (_CLAUSE_END,)), words)


def _meant_later(text: str, start: int, end: int, words: Lexicon) -> Aside:
    return Aside(start, end, withdrawn=False, names=_named(text[start:end], words) - _ASKED_BY_IT)


def _wiped(text: str, words: Lexicon) -> Iterator[Aside]:
    """ "Wis alles wat jullie van mij hebben": to be wiped, not to be known."""
    if found := words.gates["plain"].search(text):
        end = _cut(text, found.end(), (re.compile(r"[,;:(.!?]| en (?!alles)"),))
        yield Aside(found.start(), end, withdrawn=False, names=frozenset({"access"}))


def _cut(text: str, start: int, marks: tuple[re.Pattern[str], ...]) -> int:
    return min((mark.start() for pattern in marks if (mark := pattern.search(text, start))), default=len(text))


def _named(text: str, words: Lexicon) -> frozenset[str]:
    found = {name for name, noun in words.nouns.items() if noun.search(text)}
    found |= {pattern.finds for pattern in words.rights if pattern.strength in "SC" and pattern.regex.search(text)}
    if words.macros["ERASEV"].search(text):
        found.add("erasure")
    if "objection" in found:
        found |= {"objection_dm", "objection_general"}
    if "bare" in found:
        found |= {"access", "portability"}
    return frozenset(found)
