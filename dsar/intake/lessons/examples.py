"""The lessons as rows for the training: mails sentence by sentence, varied a little in each round. Needs numpy."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dsar.intake.labels import LABELS, MAIL_LABELS
from dsar.intake.transformer import Base

__all__ = ["Batch", "Mail", "batches", "lessons"]

HERE = Path(__file__).parent
LONGEST = 384  # tokens of a mail; longer ones lose their end
_LENGTHS = (32, 48, 64, 96, 128, 192, 256, LONGEST)
_TOKENS = 1536  # in a batch
_MUFFLED = 0.04  # of the tokens are made unknown, so that no single word is leaned on
_UNKNOWN = -1.0  # nobody said: not learned from


@dataclass(frozen=True, slots=True)
class Mail:
    """One lesson: sentences as tokens with their labels, and what holds of the whole mail (-1: not said)."""

    name: str
    sentences: tuple[tuple[tuple[int, ...], Any], ...]
    whole: Any
    has_subject: bool = False

    @property
    def is_single(self) -> bool:
        return len(self.sentences) == 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Mails of like length: tokens, whose sentence each token is (-1: none), labels of sentences and of mails."""

    numbers: Any
    sentence: Any
    wanted: Any
    counts: Any
    whole: Any

    def arrays(self) -> tuple[Any, ...]:
        return self.sentence, self.wanted, self.counts, self.whole


def lessons(base: Base, folder: Path = HERE) -> list[Mail]:
    """All mails and single sentences."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            item = json.loads(line)
            name = f"{path.name}:{number}"
            found.append(_single(base, name, item) if "text" in item else _mail(base, name, item))
    return found


def _labels(names: Sequence[str] | None) -> Any:
    """Ones for the labels; all -1 where nobody said which sentence carries them."""
    row = np.full(len(LABELS), 0 if names is not None else _UNKNOWN, np.float32)
    row[[LABELS.index(name) for name in names or ()]] = 1
    return row


def _single(base: Base, name: str, item: dict[str, Any]) -> Mail:
    row = _labels(item["labels"])
    whole = np.full(len(MAIL_LABELS), _UNKNOWN, np.float32)
    whole[: len(LABELS)] = row
    return Mail(name, ((tuple(base.tokens(item["text"])), row),), whole)


def _mail(base: Base, name: str, item: dict[str, Any]) -> Mail:
    told = [(text, labels) for text, labels in item["sentences"] if text != "¶"]
    told = [(item["subject"], item["subject_labels"]), *told]
    rows = [(tuple(base.tokens(text)), _labels(labels)) for text, labels in told if text.strip()]
    whole = np.full(len(MAIL_LABELS), _UNKNOWN, np.float32)
    whole[: len(LABELS)] = _labels(item["rights"]) if "rights" in item else np.max([row for _tokens, row in rows], 0)
    for label in ("chaser", "complaint"):
        whole[LABELS.index(label)] = item["kind"] == label or whole[LABELS.index(label)]
    for label in ("out_of_scope", "spam"):
        whole[MAIL_LABELS.index(label)] = item["kind"] == label
    for label in ("reasons_given", "representative"):
        if label in item:
            whole[MAIL_LABELS.index(label)] = item[label]
    return Mail(name, tuple(rows), whole, has_subject=bool(item["subject"].strip()))


def varied(mail: Mail, rng: np.random.Generator) -> Mail:
    """The same mail without its subject at times, or without some of what asks nothing."""
    if mail.is_single:
        return mail
    kept = [
        (tokens, row)
        for place, (tokens, row) in enumerate(mail.sentences)
        if row.any() or rng.random() > (0.25 if place == 0 and mail.has_subject else 0.08)
    ]
    return Mail(mail.name, tuple(kept) or mail.sentences, mail.whole)


def joined(singles: list[Mail], rng: np.random.Generator) -> Iterator[Mail]:
    """Single sentences, some alone and some after one another as if of one mail."""
    order = [singles[place] for place in rng.permutation(len(singles))]
    while order:
        count = int(rng.choice([1, 1, 1, 2, 3, 5]))
        group, order = order[:count], order[count:]
        whole = np.full(len(MAIL_LABELS), _UNKNOWN, np.float32)
        whole[: len(LABELS)] = np.max([mail.whole[: len(LABELS)] for mail in group], 0)
        yield Mail(group[0].name, tuple(sentence for mail in group for sentence in mail.sentences), whole)


def batches(base: Base, mails: Sequence[Mail], rng: np.random.Generator) -> list[Batch]:
    """One round through the lessons, in random order."""
    by_language: dict[str, list[Mail]] = {}
    rows = []
    for mail in mails:
        if mail.is_single:
            by_language.setdefault(mail.name.partition(":")[0], []).append(mail)
        else:
            rows.append(varied(mail, rng))
    for singles in by_language.values():
        rows += joined(singles, rng)
    return batched(base, rows, rng)


def batched(base: Base, rows: Sequence[Mail], rng: np.random.Generator) -> list[Batch]:
    found: list[Batch] = []
    sized: dict[int, list[Mail]] = {}
    for mail in rows:
        length = len(base.opening) + sum(len(tokens) + 1 for tokens, _row in mail.sentences)
        sized.setdefault(next((size for size in _LENGTHS if length <= size), LONGEST), []).append(mail)
    for size, group in sized.items():
        group = [group[place] for place in rng.permutation(len(group))]
        count = max(4, _TOKENS // size)
        for start in range(0, len(group), count):
            found.append(_batch(base, group[start : start + count], size, count, rng))
    return [found[place] for place in rng.permutation(len(found))]


def _batch(base: Base, mails: Sequence[Mail], size: int, count: int, rng: np.random.Generator) -> Batch:
    most = min(64, size // 4)
    numbers = np.full((count, size), base.padding)
    sentence = np.full((count, size), -2)  # -2: nothing there, -1: the opening
    wanted = np.zeros((count, most, len(LABELS)), np.float32)
    counts = np.zeros((count, most), np.float32)
    whole = np.full((count, len(MAIL_LABELS)), _UNKNOWN, np.float32)
    sentence[:, 0] = -1
    for row, mail in enumerate(mails):
        at = len(base.opening)
        numbers[row, :at], sentence[row, :at] = base.opening, -1
        for place, (tokens, labels) in enumerate(mail.sentences[:most]):
            end = at + len(tokens) + 1
            if end > size:
                break
            numbers[row, at:end], sentence[row, at:end] = [*tokens, base.between], place
            wanted[row, place], counts[row, place] = np.maximum(labels, 0), labels[0] != _UNKNOWN
            at = end
        whole[row] = mail.whole
    numbers[(sentence >= 0) & (rng.random(numbers.shape) < _MUFFLED)] = base.unknown
    return Batch(numbers, sentence, wanted, counts, whole)
