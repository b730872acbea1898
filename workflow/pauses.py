"""Questions to the person, and which of them stop the clock (domain §2.4, EDPB Guidelines 01/2022 §159)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workflow.policy import ClockPolicy
from workflow.states import PauseKind
from workflow.workdays import is_working_day


class Verdict(StrEnum):
    """What a question put to the person does to the clock (domain §2.4)."""

    COUNTED = "counted"
    OPEN = "open"
    SAME_DAY = "same_day"
    LATE = "late"
    WITHOUT_EFFECT = "without_effect"
    BESIDE = "beside"  # of a kind that never stops the clock


_STOPS = frozenset({Verdict.COUNTED, Verdict.OPEN, Verdict.SAME_DAY})


@dataclass(frozen=True, slots=True)
class Pause:
    """A question to the person. Brussels dates: our mail accepted, reply arrived (None: not yet).

    ``override`` is the officer's recorded decision that a late question stops the clock all the same.
    Raises ValueError when the reply comes before the question.
    """

    asked: date
    answered: date | None
    override: bool = False
    kind: PauseKind = PauseKind.IDENTITY

    def __post_init__(self) -> None:
        if self.answered is not None and self.answered < self.asked:
            raise ValueError(
                f"The pause runs backwards: answered {self.answered} before it was asked {self.asked}; swap the dates."
            )


@dataclass(frozen=True, slots=True)
class Question:
    """Step: one question, what it does to the clock and its own days.

    ``late``: asked after the ``allowed`` working days; late and counted all the same = overridden.
    """

    pause: Pause
    verdict: Verdict
    days: int
    late: bool
    allowed: int


def accepted(pauses: Iterable[Pause], d0: date, policy: ClockPolicy) -> tuple[Pause, ...]:
    """The pauses that stop the clock, in the order asked.

    A question counts when at most ``policy.max_ask_delay`` working days have run from D0 up to the day it
    was asked, days paused by an earlier question left out; ``override`` lets a later one in. Mode ``none``
    accepts nothing. Raises ValueError for a question asked before D0.
    """
    return tuple(q.pause for q in judged(pauses, d0, policy) if q.verdict in _STOPS)


def judged(pauses: Iterable[Pause], d0: date, policy: ClockPolicy) -> list[Question]:
    """Every question in the order asked, with its verdict; a late one leaves no mark on those after it."""
    questions: list[Question] = []
    stopped: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: (p.asked, p.answered or date.max)):
        if pause.asked < d0:
            raise ValueError(f"The question of {pause.asked} was asked before the receipt of {d0}; check both dates.")
        late = _asked_late(pause.asked, d0, stopped, policy.max_ask_delay)
        verdict = _verdict(pause, late=late, policy=policy)
        if verdict in _STOPS:
            stopped.append(pause)
        days = (pause.answered - pause.asked).days if pause.answered and verdict is Verdict.COUNTED else 0
        questions.append(Question(pause, verdict, days, late, policy.max_ask_delay))
    return questions


def _verdict(pause: Pause, *, late: bool, policy: ClockPolicy) -> Verdict:
    if pause.kind is PauseKind.DETAIL:
        return Verdict.BESIDE
    if policy.mode == "none":
        return Verdict.WITHOUT_EFFECT
    if late and not pause.override:
        return Verdict.LATE
    if pause.answered is None:
        return Verdict.OPEN
    return Verdict.SAME_DAY if pause.answered == pause.asked else Verdict.COUNTED


def _asked_late(asked: date, d0: date, stopped: list[Pause], allowed: int) -> bool:
    """Have more than ``allowed`` working days run from D0 to the question? Stops at the first excess day."""
    spans = list(_union((p.asked, p.answered or date.max) for p in stopped))
    run = 0
    day = d0
    while day < asked and run <= allowed:
        day += timedelta(1)
        end = next((end for start, end in spans if start < day <= end), None)
        if end is not None:
            day = end
        elif is_working_day(day):
            run += 1
    return run > allowed


def _union(spans: Iterable[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """Disjoint half-open spans (first, last], in order."""
    current: tuple[date, date] | None = None
    for start, end in sorted(spans):
        if current is None:
            current = start, end
        elif start <= current[1]:
            current = current[0], max(current[1], end)
        else:
            yield current
            current = start, end
    if current is not None:
        yield current


def paused_days(pauses: Iterable[Pause]) -> int:
    """Calendar days of the union of the answered pauses; the day of the question is not one of them."""
    return sum((end - start).days for start, end in _union((p.asked, p.answered) for p in pauses if p.answered))


def restart_day(pauses: Iterable[Pause], d0: date) -> date:
    """Where mode ``restart`` begins again: the last reply that ended a real pause, else D0."""
    return max((p.answered for p in pauses if p.answered and p.answered > p.asked), default=d0)
