"""Ways of asking in a text, sentence by sentence, and the words that show them. Pure rules over dsar.intake.lexicon.

What is negated, done already, withdrawn, only asked about or only told of is left out here; dsar.intake.weighing then
compares what was found over the whole mail.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dsar.intake.asides import Aside, asides
from dsar.intake.folding import Folded, fold, mend
from dsar.intake.lexicon import Lexicon, lexicon
from dsar.intake.quoting import Sentence

__all__ = ["Heard", "Hit", "as_told", "find", "left_of", "listen"]

_TICKED = re.compile(r"^\s*(?:[-*•]\s*)?(?:\[\s*[xX✓✔]\s*\]|\(\s*[xX]\s*\)|[☑☒✓✔])")
_UNTICKED = re.compile(r"^\s*(?:[-*•]\s*)?(?:\[\s*\]|\(\s*\)|[☐□❏])")
_CLAUSE = re.compile(r"[,;:(]")
_TURNABLE = {"access", "bare", "rectification", "erasure", "portability", "consent_withdrawal", "automated_decision"}
_DONE_ALREADY = {"erasure", "rectification", "restriction"}
_CITABLE = _TURNABLE | {"restriction", "objection", "objection_dm", "objection_general", "nouse"}
_HITS_PER_PATTERN = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence made ready: folded, and with what its neighbours tell about it."""

    number: int
    place: str
    original: str
    folded: Folded
    lexicon: Lexicon
    asked: bool  # it asks, or is an item of a list that asks
    exercised: bool  # it, or the line above its list, says that rights are used
    ticked: bool | None
    asides: tuple[Aside, ...] = ()  # where it takes a wish back or tells of another's

    @property
    def text(self) -> str:
        return self.folded.text

    @property
    def withdraws(self) -> bool:
        return any(aside.withdrawn for aside in self.asides)

    def is_aside(self, name: str) -> bool:
        """Whether what this sentence says of the right called so is no wish of the writer, and nothing beside it is."""
        if not any(aside.covers(name) for aside in self.asides):
            return False
        return not any(hit.finds == name and hit.strength in "SCL" for hit in find(self))


@dataclass(frozen=True, slots=True)
class Hit:
    """What a pattern found, and where in the original text of ``place``."""

    finds: str
    strength: str
    heard: Heard
    start: int
    end: int
    verb: int = -1

    @property
    def matched(self) -> str:
        return self.heard.text[self.start : self.end]

    @property
    def span(self) -> tuple[int, int]:
        return self.heard.folded.span(self.start, self.end)


def listen(
    sentences: Iterable[Sentence], place: str, language: str, *, others: Sequence[str] = (), number: int = 0
) -> list[Heard]:
    """Fold the sentences and note which ask. ``others``: further languages the mail is partly written in."""
    heard: list[Heard] = []
    above_asked = above_exercised = False
    for sentence in sentences:
        words = _lexicon_for(sentence.text, language, others)
        folded = mend(fold(sentence.text, offset=sentence.start), words.spelling)
        asks = bool(words.gates["ask"].search(folded.text))
        exercises = bool(words.exercise.search(folded.text))
        ticked = True if _TICKED.match(sentence.text) else False if _UNTICKED.match(sentence.text) else None
        item = sentence.bullet or ticked is not None
        heard.append(
            Heard(
                number=number + len(heard),
                place=place,
                original=" ".join(sentence.text.split()),
                folded=folded,
                lexicon=words,
                asked=asks or ticked is True or (item and above_asked),
                exercised=exercises or ticked is True or (item and above_exercised),
                ticked=ticked,
                asides=asides(folded.text, words),
            )
        )
        if not item:
            above_asked, above_exercised = asks or folded.text.endswith(":"), exercises
    return heard


def as_told(heard: Sequence[Heard]) -> list[Heard]:
    """The same; what another person asked is heard as a wish where the writer speaks for them, or asks the same."""
    joins = any(item.lexicon.gates["likewise"].search(item.text) for item in heard)
    speaks_for = any(not item.asides and item.lexicon.cues["representative"].search(item.text) for item in heard)
    if not (joins or speaks_for):
        return list(heard)
    return [replace(item, asides=tuple(aside for aside in item.asides if not aside.anothers)) for item in heard]


def _lexicon_for(text: str, language: str, others: Sequence[str]) -> Lexicon:
    if others:
        from_here = dict.fromkeys((language, *others), 0)
        for word in fold(text).text.split():
            for code in from_here:
                from_here[code] += word.strip('.,;:!?()"') in lexicon(code).stopwords
        best = max(from_here, key=lambda code: (from_here[code], code == language))
        if from_here[best] >= from_here[language] + 2:
            return lexicon(best)
    return lexicon(language)


def find(heard: Heard) -> list[Hit]:
    """Ways of asking in one sentence that are meant: not negated, not done, not told of, not withdrawn."""
    words = heard.lexicon
    text = heard.text
    if heard.ticked is False:
        return []
    if words.cues["thanks"].search(text) and not heard.asked:
        return []
    hits = [
        Hit(
            _wanted(heard, pattern.finds, match),
            pattern.strength,
            heard,
            match.start(),
            match.end(),
            _verb_of(match)[0],
        )
        for pattern in words.rights
        for match in _matches(pattern.regex, text)
        if not _set_aside(heard, pattern.finds, match)
    ]
    hits += _named(heard)
    hits = [hit for hit in hits if not _is_aside(hit)]
    told_of = words.gates["cited"].search(text) and not heard.asked
    asked_about = words.gates["about"].search(text)
    kept = []
    for hit in hits:
        if told_of and hit.finds in _CITABLE:
            continue
        if asked_about and (hit.finds not in {"access", "objection_dm"} or hit.strength == "N"):
            kept.append(replace(hit, strength="W"))
        else:
            kept.append(hit)
    return kept


# "Wie mijn gegevens gekregen heeft": who has them is asked, and nobody asks for them.
_WHO_HAS = {
    "fr": re.compile(r"\b(?:savoir|demande\w*|dire|dites moi|ignore) (?:\w+ ){0,2}(?:a )?qui\b"),
    "nl": re.compile(r"\bwie\b"),
    "de": re.compile(r"\bwe[rmn]\b"),
    "en": re.compile(r"\bwhom?\b"),
}


def _wanted(heard: Heard, finds: str, match: re.Match[str]) -> str:
    """What the words ask: data to have, or who has had them."""
    if finds == "bare" and _WHO_HAS[heard.lexicon.language].search(left_of(heard.text, match.start(), heard.lexicon)):
        return "access"
    return finds


def _is_aside(hit: Hit) -> bool:
    """It stands where a wish is taken back or another's is told, or repeats what was taken back."""
    return any(
        (aside.holds(max(hit.start, hit.verb)) and (aside.withdrawn or aside.anothers or hit.finds in aside.names))
        or (aside.withdrawn and (hit.start < aside.end or hit.finds in aside.names or hit.finds == "erasure"))
        for aside in hit.heard.asides
    )


def _matches(regex: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The first matches; each search begins behind the verb, so that one request does not swallow the next."""
    found: list[re.Match[str]] = []
    position = 0
    while len(found) < _HITS_PER_PATTERN and (match := regex.search(text, position)):
        found.append(match)
        position = max(_verb_of(match)[1], match.start() + 1)
    return found


def _verb_of(match: re.Match[str]) -> tuple[int, int]:
    """Where the verb stands that a negation would turn; the whole match if the pattern marks none."""
    return match.span("v") if match.re.groupindex and match.group("v") else match.span()


def _named(heard: Heard) -> list[Hit]:
    """Bare names of rights count where rights are said to be used: ticked boxes, lists, "I use my rights of ..."."""
    if not heard.exercised and heard.place != "subject":
        return []
    strength = "S" if heard.exercised else "N"
    return [
        Hit(finds, strength, heard, match.start(), match.end())
        for finds, regex in heard.lexicon.nouns.items()
        if (match := regex.search(heard.text)) and not _set_aside(heard, finds, match)
    ]


def _set_aside(heard: Heard, finds: str, match: re.Match[str]) -> bool:
    """True when the words stand there but turn the request round or do not concern it."""
    gates = heard.lexicon.gates
    text = heard.text
    start, end = _verb_of(match)
    left = left_of(text, start, heard.lexicon)
    if finds == "rectification" and gates["notdata"].search(text, end, match.end()):
        return True
    if finds == "objection_dm" and gates["notdm"].search(text, max(0, match.start() - 10), match.end() + 25):
        return True
    if finds in {"objection", "objection_general"} and gates["notobjection"].search(text):
        return True
    if finds == "nouse" and not any(heard.lexicon.macros[name].search(text) for name in ("DATA", "FIELD")):
        return True
    failed = bool(gates["fail"].search(text))
    done = finds in _DONE_ALREADY and not failed and gates["past_token"].fullmatch(text, start, end)
    if done and gates["past"].search(left):
        return True
    turnable = finds in _TURNABLE or (finds == "restriction" and "v" in match.re.groupindex)
    return turnable and _negated(heard, left, start, end, failed=failed)


def left_of(text: str, start: int, words: Lexicon) -> str:
    """What stands before ``start`` in the same clause."""
    left = text[max(0, start - 90) : start]
    clause = max((mark.end() for mark in _CLAUSE.finditer(left)), default=0)
    breaker = max((mark.end() for mark in words.gates["breakers"].finditer(left)), default=0)
    return left[max(clause, breaker) :]


def _negated(heard: Heard, left: str, start: int, end: int, *, failed: bool) -> bool:
    gates = heard.lexicon.gates
    if gates["not_only"].search(heard.text):
        return False
    right = heard.text[end : end + 80]
    right = right[: min((mark.start() for mark in _CLAUSE.finditer(right)), default=len(right))]
    before, after = gates["neg_before"].search(left), gates["neg_after"].match(right)
    return bool(before or after) and not failed
