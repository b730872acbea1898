"""Several people in one mail: who asks for themself in it, and which words are whose. Pure.

A couple that signs together, a lawyer who lists clients, a numbered list of people with their own wishes, a parent
for two children. People told of (who answered the phone, a judge, a colleague) are never found: a name counts only
where a form of words makes its bearer one who asks (``naming``). What is not plain is left to an officer (``sure``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dsar.intake import doubts, naming
from dsar.intake.besides import Besides, besides
from dsar.intake.doubts import GENITIVE, PARTICLES, Told
from dsar.intake.folding import fold_plain
from dsar.intake.naming import Found
from dsar.intake.quoting import FOOTER, OWN, SIGNATURE, sentences, sort_lines

__all__ = [
    "EVERYBODY",
    "Passage",
    "Person",
    "Several",
    "Standing",
    "find",
    "part_of",
    "passages",
    "plain_subject",
    "subject_of",
]

EVERYBODY = 0
MOST_PASSAGES = 200
# More people than a person splits in one go; a list of hundreds is a matter for an officer and the writer.
MOST_PEOPLE = 20
_SURE_PASSAGES = 120
_LONGEST = 50_000
HIDDEN = "[…]"
_NUMBERED = re.compile(r"(?m)^[ \t]*[0-9a-zA-Z]{1,2}\)")
# Numbers that are the law's, not a person's.
_LAW = re.compile(r"(?i)\b(?:articles?|artt?\.?|artikel(?:en|s)?|§+)[ ]?[\d ,.()/et-]+|\b(?:EU[ )]*)?2016/679\b")
# A number, an address, or a word for a single third person; "il y a" and the German polite form are none.
_OF_ONE = re.compile(
    r"\d|@|\b(?:[Ii]l(?! (?:y a|faut|s['’]agit))|[Ee]lle|[Ll]ui|[Ss](?:on|a|es)(?= \w)|[Hh]ij|[Hh]aar|[Hh]em|[Ee]r|sie"
    r"|ihre?[nmrs]?|ihm|ihn|seine?[nmrs]?|[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im)\b"
)
_KIN_OF_ONE = re.compile(
    r"(?i)\b(?:maman|papa|mama|mum|mom|dad|mami|papi|grand-?m[eè]re|grand-?p[eè]re|oma|opa|grandma|grandpa)\b"
    rf"|{naming.RELATION.pattern.removesuffix(chr(92) + 'b')}\b(?!\s+(?:et|en|und|and|&))"
)


class Standing(StrEnum):
    """How a person comes to stand in the mail: from their own address, with their signature, or through another."""

    WRITES = "writes"
    SIGNS = "signs"
    REPRESENTED = "represented"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text; ``whose`` is EVERYBODY or the number of a person, from 1."""

    start: int
    end: int
    whose: int = EVERYBODY


@dataclass(frozen=True, slots=True)
class Several:
    """The people of one mail. ``passages`` hold every word of it, in order; ``sure``: no person has to look first."""

    people: tuple[Person, ...]
    passages: tuple[Passage, ...]
    sure: bool
    sign: str


def passages(text: str) -> list[Passage]:
    """The text cut into what can be somebody's: the writer's sentences, and runs of quoted or appended lines."""
    lines = sort_lines(text)
    pieces = [(one.start, one.end) for one in sentences(text, lines, (OWN, SIGNATURE))]
    run: tuple[int, int] | None = None
    for line in lines:
        other = line.kind not in (OWN, SIGNATURE)
        if other:
            run = (run[0] if run else line.start, line.end)
        elif run:
            pieces.append(run)
            run = None
    found = [_trimmed(text, start, end) for start, end in sorted([*pieces, *([run] if run else [])])]
    kept = [Passage(start, end) for start, end in found if start < end]
    if len(kept) > MOST_PASSAGES:
        kept[MOST_PASSAGES - 1 :] = [Passage(kept[MOST_PASSAGES - 1].start, kept[-1].end)]
    return kept


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def find(text: str, *, sender_name: str = "", subject: str = "") -> Several | None:
    """The people who ask in this mail when there are several of them, else None. Never raises; time is bounded."""
    if len(text) > _LONGEST:
        return None
    found = naming.people(text, sender_name)
    if found is None or not 2 <= len(found.names) <= MOST_PEOPLE:
        seen = besides(text, sender_name=sender_name, subject=subject)
        return left_to_an_officer(text, seen, sender_name) if seen else None
    signed = {fold_plain(name) for name in naming.signatures(text)}
    people = tuple(Person(name, _standing(n, name, found, signed)) for n, name in enumerate(found.names))
    cut = _given(text, passages(text), found)
    sure = found.plain and len(cut) <= _SURE_PASSAGES and _all_own(text) and _distinct(found.names)
    sure = sure and not _mixed(text, cut, found) and not any(_tells(text, one, found) for one in cut)
    sure = sure and not doubts.doubtful(_told(text, cut, found), found)
    return Several(people, tuple(cut), sure, found.sign)


def left_to_an_officer(text: str, seen: Besides, sender_name: str) -> Several:
    """Several people ask, and no rule can say who and whose the words are: everything is everybody's, never sure."""
    writer = [Person(sender_name, Standing.WRITES)] if sender_name else []
    others = [Person(name, Standing.REPRESENTED) for name in seen.names if name != sender_name]
    return Several((*writer, *others[:MOST_PEOPLE]), tuple(passages(text)), sure=False, sign="besides")


def _standing(number: int, name: str, found: Found, signed: set[str]) -> Standing:
    if number == found.writer:
        return Standing.WRITES
    return Standing.SIGNS if found.together and fold_plain(name) in signed else Standing.REPRESENTED


def _all_own(text: str) -> bool:
    """Nothing quoted or forwarded: whose that is, no rule can say."""
    return all(
        line.kind in (OWN, SIGNATURE, FOOTER) or not text[line.start : line.end].strip() for line in sort_lines(text)
    )


def _distinct(names: Sequence[str]) -> bool:
    """Each has a first and a last name, and none could be another one of them."""
    words = [frozenset(fold_plain(name).split()) for name in names]
    return all(len(name.split()) >= 2 for name in names) and not any(
        one <= other for n, one in enumerate(words) for m, other in enumerate(words) if n != m
    )


def _told(text: str, cut: Sequence[Passage], found: Found) -> list[Told]:
    """The passages as the doubts look at them."""
    footers = [(line.start, line.end) for line in sort_lines(text) if line.kind == FOOTER]
    told: list[Told] = []
    for n, one in enumerate(cut):
        begun, ended = max(one.start, found.said_at[0]), min(one.end, found.said_at[1])
        told.append(
            Told(
                text[one.start : one.end],
                one.whose,
                item=any(start <= one.start < end for _number, start, end in found.items),
                opens=not n or "\n\n" in text[cut[n - 1].end : one.start].replace("\r", ""),
                said=text[begun:ended] if begun < ended else "",
                footer=any(start <= one.start < end for start, end in footers),
            )
        )
    return told


# -- which words are whose ---------------------------------------------------------------------------------


def _given(text: str, cut: Sequence[Passage], found: Found) -> list[Passage]:
    """Each passage to the one person it names or speaks for; what names several or nobody is everybody's."""
    marks = [_marks(name, found.names) for name in found.names]
    given: list[Passage] = []
    last = EVERYBODY
    for n, passage in enumerate(cut):
        gap = text[cut[n - 1].end : passage.start] if n else "\n\n"
        said = text[passage.start : passage.end]
        item = next((number for number, start, end in found.items if start <= passage.start < end), EVERYBODY)
        last = item or _whose(said, marks, found, last if "\n\n" not in gap.replace("\r", "") else EVERYBODY)
        given.append(Passage(passage.start, passage.end, last))
    return given


def _whose(said: str, marks: Sequence[re.Pattern[str]], found: Found, before: int) -> int:
    """Of one sentence; ``before`` is whose the sentence before it in its paragraph was."""
    named = [number for number, mark in enumerate(marks, 1) if mark.search(said)]
    named += [number for number, word in found.relations if number not in named and word.search(said)]
    if len(named) > 1 or naming.PLURAL.search(said) or naming.GREETING.match(said) or doubts.of_two(said):
        return EVERYBODY
    alone = naming.FIRST_PERSON.search(naming.RELATION.sub(" ", said)) is not None
    if named:
        own = found.writer is not None and named[0] == found.writer + 1
        return EVERYBODY if alone and not own else named[0]
    if alone:
        return found.writer + 1 if found.writer is not None else EVERYBODY
    return before


def _mixed(text: str, cut: Sequence[Passage], found: Found) -> bool:
    """One sentence says one thing of one and another of another: no rule can take it apart."""
    marks = [_marks(name, found.names) for name in found.names]
    for passage in cut:
        said = text[passage.start : passage.end]
        named = sum(mark.search(said) is not None for mark in marks)
        alone = naming.FIRST_PERSON.search(naming.RELATION.sub(" ", naming.AND_ME.sub(" ", said)))
        introduces = passage.start < found.said_at[1] and found.said_at[0] < passage.end
        if passage.whose != EVERYBODY:
            continue
        if named and alone and not introduces:
            return True
        if named > 1 and not (introduces or naming.PLURAL.search(said) or len(said.split()) <= 6):
            return True
    return False


def _tells(text: str, passage: Passage, found: Found) -> bool:
    """What would stand in everybody's case says something of one of them, or a cut went through a bracket."""
    said = text[passage.start : passage.end]
    bare = _NUMBERED.sub("", said)
    if bare.count("(") != bare.count(")"):
        return True
    if passage.whose != EVERYBODY:
        return False
    for name in found.names:
        said = re.sub(rf"(?:{naming.RELATION.pattern},?[ ]+)?{_whole(name)}{naming.MORE}", " ", said)
    return bool(_OF_ONE.search(_LAW.sub(" ", said)) or _KIN_OF_ONE.search(said))


def _marks(name: str, names: Sequence[str]) -> re.Pattern[str]:
    """What names this person and none of the others: the whole name, and words of it that only they have.

    With an “s” of possession (“Jörgs”, “Anna's”), unless that makes another one's name of it (“Peter”, “An Peters”).
    """
    others = {word for other in names if other != name for word in other.split()}
    words = [word for word in name.split() if len(word) >= 3 and word[0].isupper() and word not in others]
    spelled = [f"{_whole(name)}{GENITIVE}"]
    for word in words:
        if word.lower() not in PARTICLES:
            ending = "" if f"{word}s" in others else GENITIVE
            spelled += [f"{re.escape(one)}{ending}" for one in (word, word.upper())]
    return re.compile(r"(?<!\w)(?:" + "|".join(spelled) + r")(?!\w)")


def _whole(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))


# -- one person's part -------------------------------------------------------------------------------------


def part_of(text: str, cut: Sequence[Passage], names: Sequence[str], number: int) -> str:
    """What the case of person ``number`` shows: their passages and everybody's, the others' names hidden."""
    pieces: list[str] = []
    gap, end = "", 0
    for passage in cut:
        between = text[end : passage.start]
        gap = max(gap, _gap(between), key=len)
        end = passage.end
        if passage.whose in (EVERYBODY, number):
            pieces += [gap if pieces else "", text[passage.start : passage.end]]
            gap = ""
    return _without_others("".join(pieces), names, number)


def _gap(between: str) -> str:
    return "\n" * min(between.count("\n"), 2) or " "


def subject_of(subject: str, names: Sequence[str], number: int) -> str:
    """The subject line as the case of person ``number`` shows it."""
    return _without_others(subject, names, number)


def plain_subject(subject: str, names: Sequence[str]) -> bool:
    """Nothing in the subject line is one person's alone: no number, no address, no name without the others'."""
    return not re.search(r"\d|@", _LAW.sub(" ", subject)) and doubts.subject_is_common(subject, names)


def _without_others(text: str, names: Sequence[str], number: int) -> str:
    """Hide what names another person, with what a bracket says of them; a word of the person's own name stays."""
    for n, name in enumerate(names, 1):
        if n != number:
            text = re.sub(rf"(?<!\w){_whole(name)}{GENITIVE}{naming.MORE}(?!\w)", HIDDEN, text)
            text = _marks(name, [one for one in names if one != name]).sub(HIDDEN, text)
    return text
