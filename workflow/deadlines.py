"""The statutory clock: every due date of a case, and the steps that led to it.

Pure arithmetic on Brussels calendar dates (GDPR Art. 12(3), Regulation 1182/71 Art. 3, the
30 days of the published policy). Only the receipt is an instant; summer time can therefore
not move a result. The calendar itself is in ``workdays``, what stops the clock in ``pauses``.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from workflow.pauses import Pause, Question, Verdict, accepted, judged, paused_days, restart_day
from workflow.policy import ClockPolicy
from workflow.workdays import (
    BRUSSELS,
    Holiday,
    Obstacle,
    Skipped,
    add_months,
    add_working_days,
    brussels_date,
    end_of,
    holidays_of,
    in_brussels,
    is_working_day,
    last_working_on_or_before,
    next_working,
    roll_on,
    step_back,
)

__all__ = [
    "BRUSSELS",
    "Basis",
    "Deadlines",
    "Due",
    "Extension",
    "Holiday",
    "Notice",
    "Obstacle",
    "Pause",
    "Period",
    "Question",
    "Received",
    "Restarted",
    "SendBy",
    "Skipped",
    "Span",
    "Step",
    "Suspended",
    "Together",
    "Verdict",
    "accepted",
    "add_months",
    "add_working_days",
    "brussels_date",
    "compute",
    "end_of",
    "holidays_of",
    "is_working_day",
    "last_working_on_or_before",
    "next_due",
    "next_working",
]

POLICY_DAYS = 30
LONGEST_EXTENSION = 2
_DEFAULTS = ClockPolicy()


class Span(StrEnum):
    """The periods a case is measured by; the last four only compare settings."""

    POLICY = "policy"
    MONTH = "month"
    EXTENSION = "extension"
    POLICY_ROLLED = "policy_rolled"
    EXTENSION_FROM_RECEIPT = "extension_from_receipt"
    EXTENSION_CHAINED = "extension_chained"
    MONTH_RESTARTED = "month_restarted"
    MONTH_NEVER_PAUSED = "month_never_paused"


_IN_DAYS = frozenset({Span.POLICY, Span.POLICY_ROLLED})


class Basis(StrEnum):
    """Which of the dates became the due date."""

    POLICY = "policy"
    MONTH = "month"
    BOTH = "both"
    MONTH_ONLY = "month_only"
    EXTENSION = "extension"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Extension:
    """One or two more months (Art. 12(3)); ``promised`` is the date the letter names, if it names one."""

    months: int
    promised: date | None = None

    def __post_init__(self) -> None:
        if self.months not in range(1, LONGEST_EXTENSION + 1):
            raise ValueError(f"An extension of {self.months} months is not lawful: choose 1 or 2 (GDPR Art. 12(3)).")


@dataclass(frozen=True, slots=True)
class Received:
    """Step: the instant of receipt in Brussels and the day it makes day 0."""

    at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Together:
    """Step: days of several pauses, common days once."""

    days: int


@dataclass(frozen=True, slots=True)
class Restarted:
    """Step: the clock starts anew on the day of the last reply (mode ``restart``)."""

    day: date


@dataclass(frozen=True, slots=True)
class Suspended:
    """Step: an open question, hence no due date; the date to aim at all the same."""

    since: date
    if_never_paused: date


@dataclass(frozen=True, slots=True)
class Period:
    """Step: start + count = nominal, + paused days = landed, then over skipped days = due.

    ``count`` is in days for the policy and in months elsewhere; ``clamped``: the month has no such day.
    """

    span: Span
    start: date
    count: int
    nominal: date
    clamped: bool
    paused: int
    landed: date
    skipped: tuple[Skipped, ...]
    due: date


@dataclass(frozen=True, slots=True)
class Due:
    """Step: the date that binds, why, and its last second (UTC)."""

    day: date
    basis: Basis
    end: datetime


@dataclass(frozen=True, slots=True)
class SendBy:
    """Step: the last day somebody works on or before the due date."""

    day: date
    due: date
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Step: the last day to announce an extension without any doubt: one month from D0, pauses left out."""

    day: date


Step = Received | Question | Together | Restarted | Suspended | Period | Due | SendBy | Notice


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Every date of a case. Dates are Brussels dates; None where an open question leaves no date.

    ``steps`` derive what binds under the policy given; ``alternatives`` what other settings would give.
    The ``ext_*`` dates are those of the extension granted, else of the longest one possible.
    """

    received_at: datetime
    receipt_date: date
    pauses: tuple[Pause, ...]
    suspended: bool
    paused_days: int | None
    policy_30d: date | None
    policy_30d_rolled: date | None
    month_nominal: date | None
    month_due: date | None
    month_roll_reason: str
    case_due: date | None
    case_due_end_utc: datetime | None
    send_by: date | None
    extension_notice_by: date
    ext_due_from_receipt: date | None
    ext_due_chained: date | None
    month_due_restart_mode: date | None
    month_due_if_never_paused: date
    steps: tuple[Step, ...]
    alternatives: tuple[Step, ...]


def compute(
    received_at: datetime,
    *,
    pauses: Iterable[Pause] = (),
    extension: Extension | None = None,
    policy: ClockPolicy = _DEFAULTS,
) -> Deadlines:
    """All dates of a case received at an aware instant (any zone), with the steps that led to them.

    Raises ValueError, a sentence, for an instant without zone, a question or a promise before the
    receipt, and dates that leave the calendar (years 1 to 9999).
    """
    local = in_brussels(received_at)
    d0 = local.date()
    if extension and extension.promised and extension.promised < d0:
        raise ValueError(f"The date promised, {extension.promised}, lies before the receipt of {d0}; correct it.")
    asked = tuple(pauses)
    try:
        if any(q.verdict is Verdict.OPEN for q in judged(asked, d0, policy)):
            return _without_date(local, asked, policy)
        return _with_dates(local, asked, extension, policy)
    except OverflowError:
        raise ValueError(
            f"The dates of a request received on {d0} leave the calendar (years 1 to 9999); "
            "check the receipt and the pauses."
        ) from None


def next_due(
    deadlines: Deadlines,
    *,
    triage_by: date | None = None,
    fast_lane_by: date | None = None,
    extension_notice_by: date | None = None,
) -> date:
    """The earliest date by which somebody must act: what the queue sorts by.

    Give only what is still to be done. While the clock is suspended the never-paused date stands in
    for ``send_by``: an open question leaves no due date, yet the case must not sink out of sight.
    """
    answer_by = deadlines.send_by or deadlines.month_due_if_never_paused
    return min(day for day in (answer_by, triage_by, fast_lane_by, extension_notice_by) if day)


def _without_date(local: datetime, asked: tuple[Pause, ...], policy: ClockPolicy) -> Deadlines:
    d0 = local.date()
    questions = judged(asked, d0, policy)
    never = _months(Span.MONTH_NEVER_PAUSED, d0, 1, 0)
    since = min(q.pause.asked for q in questions if q.verdict is Verdict.OPEN)
    notice = add_months(d0, 1)
    return Deadlines(
        received_at=local,
        receipt_date=d0,
        pauses=accepted(asked, d0, policy),
        suspended=True,
        paused_days=None,
        policy_30d=None,
        policy_30d_rolled=None,
        month_nominal=None,
        month_due=None,
        month_roll_reason="",
        case_due=None,
        case_due_end_utc=None,
        send_by=None,
        extension_notice_by=notice,
        ext_due_from_receipt=None,
        ext_due_chained=None,
        month_due_restart_mode=None,
        month_due_if_never_paused=never.due,
        steps=(Received(local, d0), *questions, Suspended(since, never.due), Notice(notice)),
        alternatives=(never,),
    )


def _with_dates(
    local: datetime, asked: tuple[Pause, ...], extension: Extension | None, policy: ClockPolicy
) -> Deadlines:
    d0 = local.date()
    stops = accepted(asked, d0, policy)
    total = paused_days(stops)
    restarts = policy.mode == "restart"
    start, added = (restart_day(stops, d0), 0) if restarts else (d0, total)

    thirty = _period(Span.POLICY, start, POLICY_DAYS, start + timedelta(POLICY_DAYS), added, rolls=False)
    rolled = _period(Span.POLICY_ROLLED, start, POLICY_DAYS, thirty.nominal, added)
    promise = dataclasses.replace(rolled, span=Span.POLICY) if policy.roll == "next_working" else thirty
    month = _months(Span.MONTH, start, 1, added)
    more = extension.months if extension else LONGEST_EXTENSION
    from_receipt = _months(Span.EXTENSION_FROM_RECEIPT, start, 1 + more, added)
    chained = _months(Span.EXTENSION_CHAINED, month.nominal, more, added)
    restarted = _restarted_month(asked, d0, policy)
    never = _months(Span.MONTH_NEVER_PAUSED, d0, 1, 0)
    notice = add_months(d0, 1)

    longer = dataclasses.replace(chained if policy.anchor == "chained" else from_receipt, span=Span.EXTENSION)
    due, basis = _binding(promise, month, longer, extension, policy)
    send_by, not_open = step_back(due, policy.closed_days, d0)
    return Deadlines(
        received_at=local,
        receipt_date=d0,
        pauses=stops,
        suspended=False,
        paused_days=total,
        policy_30d=thirty.due,
        policy_30d_rolled=rolled.due,
        month_nominal=month.landed,
        month_due=month.due,
        month_roll_reason="+".join(skipped.obstacle for skipped in month.skipped),
        case_due=due,
        case_due_end_utc=end_of(due),
        send_by=send_by,
        extension_notice_by=notice,
        ext_due_from_receipt=from_receipt.due,
        ext_due_chained=chained.due,
        month_due_restart_mode=restarted.due if restarted else None,
        month_due_if_never_paused=never.due,
        steps=(
            Received(local, d0),
            *judged(asked, d0, policy),
            *_summed(stops, total, start, restarts=restarts),
            promise,
            month,
            *([longer] if extension else []),
            Due(due, basis, end_of(due)),
            SendBy(send_by, due, not_open),
            *([] if extension else [Notice(notice)]),
        ),
        alternatives=(
            *([rolled] if promise is thirty else []),
            from_receipt,
            chained,
            *([restarted] if restarted else []),
            never,
        ),
    )


def _restarted_month(asked: tuple[Pause, ...], d0: date, policy: ClockPolicy) -> Period | None:
    """The month in mode ``restart``, whatever the mode in force; None while a question would be open."""
    stops = accepted(asked, d0, dataclasses.replace(policy, mode="restart"))
    if any(pause.answered is None for pause in stops):
        return None
    return _months(Span.MONTH_RESTARTED, restart_day(stops, d0), 1, 0)


def _summed(stops: tuple[Pause, ...], total: int, start: date, *, restarts: bool) -> tuple[Step, ...]:
    """The step from several pauses to one figure, where there is something to add up."""
    if not total:
        return ()
    if restarts:
        return (Restarted(start),)
    real = [pause for pause in stops if pause.answered != pause.asked]
    return (Together(total),) if len(real) > 1 else ()


def _months(span: Span, start: date, count: int, paused: int) -> Period:
    return _period(span, start, count, add_months(start, count), paused)


def _period(span: Span, start: date, count: int, nominal: date, paused: int, *, rolls: bool = True) -> Period:
    landed = nominal + timedelta(paused)
    due, skipped = roll_on(landed) if rolls else (landed, ())
    clamped = span not in _IN_DAYS and nominal.day != start.day
    return Period(span, start, count, nominal, clamped, paused, landed, skipped, due)


def _binding(
    promise: Period, month: Period, longer: Period, extension: Extension | None, policy: ClockPolicy
) -> tuple[date, Basis]:
    """The date that binds: the earlier one, as the policy promised no less than the law demands."""
    if extension:
        if extension.promised and extension.promised < longer.due:
            return extension.promised, Basis.PROMISE
        return longer.due, Basis.EXTENSION
    if policy.rule == "month":
        return month.due, Basis.MONTH_ONLY
    if promise.due == month.due:
        return month.due, Basis.BOTH
    return min((promise.due, Basis.POLICY), (month.due, Basis.MONTH))
