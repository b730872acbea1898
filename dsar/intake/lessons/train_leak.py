"""Fit the head that hears reports of a leak: ``python -m dsar.intake.lessons.train_leak``; writes ``leak.npz``.

One weight for each number of what the layers of ``tuned.npz`` make of a sentence; the layers stay as they are, so
nothing else that the model says changes. To be run again after each tuning. Numpy alone, fixed seed, some minutes.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from dsar.intake.labels import LEAK, model_folder
from dsar.intake.understanding import Engine

HERE = Path(__file__).parent
LANGUAGES = ("de", "en", "fr", "nl")
STEPS, RATE, DECAY = 500, 0.05, 1e-3
OTHERS = 0.4  # of the other lessons are read: nearly all of them report nothing
SUSPECT = 0.3  # what a first fit finds so likely in a complaint may be a leak that nobody labelled
_AROUND = {
    "de": (("Guten Tag,", "Hallo"), ("Mit freundlichen Grüßen, Jana Kern", "Danke")),
    "en": (("Hello,", "Dear Sir or Madam,"), ("Kind regards, Amy Cole", "Thanks")),
    "fr": (("Bonjour,", "Madame, Monsieur,"), ("Cordialement, Luc Denis", "merci")),
    "nl": (("Beste,", "Geachte,"), ("Met vriendelijke groet, Els Maes", "Dank u")),
}
Told = list[tuple[str, float]]  # a mail: each sentence, and 1 where it reports a leak


def lines(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())


def own(rng: random.Random) -> Iterator[Told]:
    """Each lesson alone, between greetings, and beside a sentence about something else."""
    for language in LANGUAGES:
        others = [item["text"] for item in lines(HERE / f"sentences-{language}.jsonl") if not item["labels"]]
        hello, bye = _AROUND[language]
        for item in lines(HERE / "leaks" / f"{language}.jsonl"):
            told = [(text, float(leaks)) for text, leaks in item["sentences"]]
            yield told
            yield [(rng.choice(hello), 0.0), *told, (rng.choice(bye), 0.0)]
            other = (rng.choice(others), 0.0)
            yield [other, *told] if rng.random() < 0.5 else [*told, other]


def others(rng: random.Random) -> Iterator[tuple[Told, bool]]:
    """Some of the other lessons, which report no leak; and whether one complains."""
    for path in sorted(HERE.glob("*.jsonl")):
        for item in lines(path):
            if rng.random() < OTHERS:
                told = [(item["text"], item["labels"])] if "text" in item else item["sentences"]
                complains = item.get("kind") == "complaint" or any("complaint" in (row or ()) for _text, row in told)
                yield [(text, 0.0) for text, _row in told if text not in {"¶", ""}], complains


def fit(x: Any, y: Any) -> tuple[Any, float]:
    """Logistic regression by Adam, on numbers of like size."""
    middle, width = x.mean(0), x.std(0) + 1e-6
    z = np.concatenate([(x - middle) / width, np.ones((len(x), 1), np.float32)], 1)
    w = m = v = np.zeros(z.shape[1], np.float32)
    for t in range(1, STEPS + 1):
        gradient = z.T @ (likely(z @ w) - y) / len(y) + DECAY * np.append(w[:-1], 0)
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w = w - RATE * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.99**t)) + 1e-8)
    head = w[:-1] / width
    return head, float(w[-1] - head @ middle)


def likely(values: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


def main() -> None:
    rng = random.Random(1)  # noqa: S311 - which lessons are read, no secret
    engine = Engine(model_folder(), leak=None)

    def numbers(told: Told) -> Any:
        return engine.numbers([text for text, _leaks in told])

    lessons = list(own(rng))
    x = np.concatenate([numbers(told) for told in lessons])
    y = np.array([leaks for told in lessons for _text, leaks in told], np.float32)
    head, bias = fit(x, y)
    read = [(numbers(told), complains) for told, complains in others(rng) if told]
    kept = [rows for rows, complains in read if not (complains and likely(rows @ head + bias).max() > SUSPECT)]
    quiet = np.concatenate(kept)
    head, bias = fit(np.concatenate([x, quiet]), np.concatenate([y, np.zeros(len(quiet), np.float32)]))
    np.savez_compressed(LEAK, head=head.astype(np.float32), bias=np.float32(bias))
    print(f"{LEAK.name}: from {len(lessons)} lessons and {len(kept)} others")


if __name__ == "__main__":
    main()
