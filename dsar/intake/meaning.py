"""What the sentence model and the rules say together about one mail. Pure; the model is an argument.

A rule knows words, the model knows what a sentence means beside the others; each is wrong alone where the other is
not. A right is proposed where the model finds it likely, or where a rule found it and the model does not contradict.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from dsar.intake.labels import LABELS, MAIL_LABELS, Understood
from dsar.intake.rights import Heard, Hit
from dsar.intake.unasked import unasked
from dsar.intake.weighing import Weighed
from workflow.states import Right

__all__ = [
    "DENIED",
    "ELSEWHERE",
    "GIVEN",
    "LIKELY",
    "MEANT",
    "PERHAPS",
    "WITH_A_RULE",
    "Meaning",
    "Model",
    "in_order",
    "means",
    "together",
]

_RIGHTS = tuple(label for label in LABELS if label not in {"complaint", "chaser"})
# Chosen with the development mails and those of another hand in sight: ``make bench-reading`` flatters them a little.
LIKELY = 0.64
WITH_A_RULE = 0.61  # what a rule adds to how likely the model finds it: only a firm no is believed against it
PERHAPS = 0.25
MEANT = 0.55  # a reminder or a complaint
DENIED = 0.05  # less, and a rule that heard one is not believed
GIVEN = 0.5  # a reason
ELSEWHERE = 0.5  # a mail about something else
_OF_WHOLE = 0.8  # how much the whole mail counts beside its plainest sentence
_SENTENCES = 120


class Model(Protocol):
    """Says what the sentences of a mail ask; ``None`` when it could not."""

    def understand(self, sentences: Sequence[str]) -> Understood | None:
        """How likely each label is for each sentence and for the whole."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """For each label the sentence that says it most plainly, and how likely it is; the same for the whole mail.

    ``leak``: the sentence that most likely reports a leak of data.
    """

    best: Mapping[str, tuple[float, Heard]]
    whole: Mapping[str, float]
    judged: frozenset[int] = frozenset()
    leak: tuple[float, Heard] | None = None

    def of(self, label: str) -> float:
        """How likely this label is: a sentence says it, and the whole mail makes it plausible."""
        whole = self.whole.get(label, 0.0)
        return _OF_WHOLE * whole + (1 - _OF_WHOLE) * self.best[label][0] if label in self.best else whole

    def is_likely(self, label: str) -> bool:
        """Likely enough to be proposed without a rule."""
        return label in self.best and self.of(label) >= LIKELY


def means(
    heard: Sequence[Heard], model: Model | None, *, subject_counts: bool, letters_count: bool = True
) -> Meaning | None:
    """Ask the model about the sentences of a mail, and of each letter in it if they count; None without its answer."""
    if model is None:
        return None
    best: dict[str, tuple[float, Heard]] = {}
    whole: dict[str, float] = {}
    leak: tuple[float, Heard] | None = None
    aside: set[str] = set()
    told = [
        item for item in heard if item.place == "body" or (subject_counts if item.place == "subject" else letters_count)
    ]
    told = told[:_SENTENCES]
    beside = unasked(told)
    for items in _texts(told):
        understood = model.understand([item.original for item in items])
        if understood is None:
            return None
        for label, value in zip(MAIL_LABELS, understood.whole, strict=True):
            whole[label] = max(value, whole.get(label, 0.0))
        for item, row in zip(items, understood.sentences, strict=True):
            for label, value in zip(LABELS, row, strict=True):
                named = label in beside.get(item.number, ())
                if named:
                    value = min(value, GIVEN) if label == Right.RECTIFICATION.value else 0.0
                if item.is_aside(label) or named:
                    aside.add(label)
                if not item.is_aside(label) and value > best.get(label, (0.0, item))[0]:
                    best[label] = (value, item)
        for item, value in zip(items, understood.leaks, strict=False):  # none where nobody was asked
            leak = max(leak or (0.0, item), (value, item), key=lambda one: one[0])
    for label in aside:  # what the rest of the mail says of it is all that is said
        whole[label] = min(whole[label], best[label][0] if label in best else 0.0)
    return Meaning(best, whole, frozenset(item.number for item in told), leak)


def _texts(heard: Sequence[Heard]) -> Iterator[list[Heard]]:
    """The subject and the body are one text, each attached letter is another."""
    for _place, items in groupby(heard, key=lambda item: "body" if item.place == "subject" else item.place):
        yield list(items)


def together(weighed: Weighed, meaning: Meaning | None) -> Weighed:
    """The rights that rules and model propose together, and those that a person should think of."""
    if meaning is None:
        return weighed
    rights: dict[Right, list[Hit]] = {}
    unsure: dict[Right, list[Hit]] = {}
    for label in _RIGHTS:
        right = Right(label)
        likely, by_rule = meaning.of(label), weighed.rights.get(right, [])
        unheard = any(_past_the_model(hit, meaning) for hit in by_rule)
        if right is Right.RESTRICTION and not by_rule and Right.ERASURE in rights and _kept_no_more(weighed, meaning):
            continue
        if likely + (WITH_A_RULE if by_rule else 0) >= LIKELY or unheard:
            rights[right] = by_rule or [_sentence(label, meaning)]
        elif by_rule or right in weighed.unsure:
            unsure[right] = by_rule or weighed.unsure[right]
        elif likely >= PERHAPS:
            unsure[right] = [_sentence(label, meaning)]
    if Right.ACCESS in rights and _asked_barely(weighed):  # "send me my data": to know them, or to take them along
        rights[Right.PORTABILITY] = weighed.rights[Right.PORTABILITY]
        unsure.pop(Right.PORTABILITY, None)
    return Weighed(in_order(rights), in_order(unsure))


def _past_the_model(hit: Hit, meaning: Meaning) -> bool:
    """Beyond what it looks at, in a word that it takes for another, or beside a threat which is all that it hears."""
    heard, gates = hit.heard, hit.heard.lexicon.gates
    if heard.number not in meaning.judged or gates["unless"].search(heard.text):
        return True
    if heard.asides and gates["unmet"].search(heard.text):
        return True
    return hit.finds == Right.ERASURE.value and gates["plain"].search(heard.text) is not None


def _kept_no_more(weighed: Weighed, meaning: Meaning) -> bool:
    """The one sentence that sounds like a restriction asks, in words a rule knows, that nothing be kept."""
    best = meaning.best.get(Right.RESTRICTION.value)
    erased = {hit.heard.number for hit in weighed.rights.get(Right.ERASURE, []) if hit.strength == "S"}
    return best is not None and best[1].number in erased


def _asked_barely(weighed: Weighed) -> bool:
    """The same words gave access and portability."""
    to_know, to_take = (
        {(hit.heard.number, hit.start) for hit in weighed.rights.get(right, [])}
        for right in (Right.ACCESS, Right.PORTABILITY)
    )
    return bool(to_know & to_take)


def _sentence(label: str, meaning: Meaning) -> Hit:
    """The whole sentence is what shows it."""
    heard = meaning.best[label][1]
    return Hit(label, "M", heard, 0, len(heard.text))


def in_order(found: Mapping[Right, list[Hit]]) -> dict[Right, list[Hit]]:
    """The same in the order of the law, which is that of every list of rights."""
    return {right: found[right] for right in Right if right in found}
