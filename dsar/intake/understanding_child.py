"""The sentence model in a process of its own, with limits: no mail can take a worker's time or memory with it."""

import json
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import structlog

from dsar.intake.child import Gone, Limits, Pool
from dsar.intake.labels import LABELS, LEAK, MAIL_LABELS, TUNED, NoModel, Understood, model_folder

log = structlog.get_logger(__name__)

_PROGRAM = str(Path(__file__).with_name("understanding_process.py"))
_LIMITS = Limits(cpu=8, memory_mb=1024, wall=60)


class Understanding:
    """Asks the process with the model; see ``dsar.intake.meaning.Model``."""

    def __init__(self, folder: Path) -> None:
        self._pool = Pool(_PROGRAM, lambda: [str(folder), _numpy()])

    def understand(self, sentences: Sequence[str]) -> Understood | None:
        """What the sentences of one mail ask; None when the process gave up: the rules then read alone."""
        try:
            code, answer, _cost = self._pool.ask(json.dumps(list(sentences)).encode(), _LIMITS)
        except (Gone, TimeoutError):
            code, answer = 1, b""
        if found := None if code else _checked(answer, len(sentences)):
            return found
        log.warning("the sentence model gave no answer; this mail is read by rules alone")
        return None


def _numpy() -> str:
    """The folder that numpy is in."""
    found = find_spec("numpy")
    return str(Path(found.origin).parents[1]) if found and found.origin else ""


def _checked(answer: bytes, count: int) -> Understood | None:
    try:
        rows, whole, leaks = json.loads(answer)
        found = Understood(
            tuple(tuple(map(float, row)) for row in rows), tuple(map(float, whole)), tuple(map(float, leaks))
        )
    except (ValueError, TypeError):
        return None
    fits = len(found.sentences) == len(found.leaks) == count and len(found.whole) == len(MAIL_LABELS)
    return found if fits and all(len(row) == len(LABELS) for row in found.sentences) else None


@cache
def model() -> Understanding | None:
    """The model of this installation; None, said once, where it is not installed."""
    try:
        folder = model_folder()
        for file in (TUNED, LEAK):
            if not file.is_file():
                raise NoModel(f"{file.name} is missing")
    except NoModel as why:
        log.warning("mails are read by rules alone, which is weaker", why=str(why))
        return None
    return Understanding(folder)
