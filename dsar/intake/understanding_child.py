"""The sentence model in a process of its own: no mail can take a worker with it through the engine's C code."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import structlog

from dsar.intake.child import Gone, Limits, Pool
from dsar.intake.understanding import LABELS, TUNED, NoModel, engine_folder

log = structlog.get_logger(__name__)

_PROGRAM = str(Path(__file__).with_name("understanding_process.py"))
_LIMITS = Limits(cpu=4, memory_mb=512, wall=30)


class Understanding:
    """Asks the process with the model; see ``dsar.intake.meaning.Model``."""

    def __init__(self, folder: Path) -> None:
        self._pool = Pool(_PROGRAM, lambda: [str(folder)])

    def probabilities(self, sentences: Sequence[str]) -> list[list[float]] | None:
        """How likely each of LABELS is, for each sentence; None when the process gave up: the rules then read alone."""
        for _ in range(2):  # a server may have been killed while it waited
            server = self._pool.take()
            try:
                code, answer, _cost = server.ask(json.dumps(list(sentences)).encode(), _LIMITS)
            except Gone:
                server.kill()
                continue
            except BaseException as error:
                server.kill()
                if not isinstance(error, TimeoutError):
                    raise
                break
            self._pool.give_back(server)
            if code:
                break
            return _checked(answer, len(sentences))
        log.warning("the sentence model gave no answer; this mail is read by rules alone")
        return None


def _checked(answer: bytes, count: int) -> list[list[float]] | None:
    try:
        rows = json.loads(answer)
        found = [[float(value) for value in row] for row in rows]
    except (ValueError, TypeError):
        return None
    return found if len(found) == count and all(len(row) == len(LABELS) for row in found) else None


@cache
def model() -> Understanding | None:
    """The model of this installation; None, said once, where it is not installed."""
    try:
        folder = engine_folder()
        if not TUNED.is_file():
            raise NoModel("tuned.bin is missing")
    except NoModel as why:
        log.warning("mails are read by rules alone, which is weaker", why=str(why))
        return None
    return Understanding(folder)
