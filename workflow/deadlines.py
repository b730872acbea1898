"""The statutory clock: every due date of a case, and the steps that led to it.

Pure arithmetic on Brussels calendar dates (GDPR Art. 12(3), Regulation 1182/71 Art. 3, the
30 days of the published policy). Only the receipt is an instant; summer time can therefore
not move a result. The calendar itself is in ``workdays``, what stops the clock in ``pauses``.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflow.pauses import Pause, Question, Verdict, accepted, judged, paused_days, restart_day
from workflow.policy import ClockPolicy
from workflow.steps import (
    IN_DAYS,
    LONGEST_EXTENSION,
    Basis,
    Due,
    Extension,
    Notice,
    Period,
    Received,
    Restarted,
    SendBy,
    Span,
    Step,
    Suspended,
    Together,
)
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
    "solo_review_from",
]

POLICY_DAYS = 30
SOLO_WAIT = timedelta(hours=12)
_DEFAULTS = ClockPolicy()


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
    alone: bool = False,
) -> Deadlines:
    """All dates of a case received at an aware instant (any zone), with the steps that led to them.

    ``alone``: nobody else can review, so ``send_by`` leaves room for the wait before one reviews oneself.
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
        return _with_dates(local, asked, extension, policy, alone=alone)
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
    interim_by: date | None = None,
    refusal_by: date | None = None,
) -> date:
    """The earliest date by which somebody must act: what the queue sorts by.

    Give only what is still to be done. While the clock is suspended the never-paused date stands in
    for ``send_by``: an open question leaves no due date, yet the case must not sink out of sight.
    """
    answer_by = deadlines.send_by or deadlines.month_due_if_never_paused
    wanted = (answer_by, triage_by, fast_lane_by, extension_notice_by, interim_by, refusal_by)
    return min(day for day in wanted if day)


def solo_review_from(submitted_at: datetime, due: date | None) -> datetime:
    """From when on one may review one's own draft: 12 hours later, never after the last second of ``due``."""
    waited = submitted_at + SOLO_WAIT
    return waited if due is None else max(submitted_at, min(waited, end_of(due)))


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
    local: datetime, asked: tuple[Pause, ...], extension: Extension | None, policy: ClockPolicy, *, alone: bool
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
    send_by, not_open = _last_day_to_send(due, policy, d0, alone=alone)
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
            SendBy(send_by, due, not_open, alone),
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


def _last_day_to_send(due: date, policy: ClockPolicy, d0: date, *, alone: bool) -> tuple[date, tuple[Skipped, ...]]:
    """A draft handed in on this day, whatever the hour, still leaves in time."""
    day, skipped = step_back(due, policy.closed_days, d0)
    if not alone or day <= d0:
        return day, skipped
    earlier, more = step_back(day - timedelta(1), policy.closed_days, d0)
    return earlier, skipped + more


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
    clamped = span not in IN_DAYS and nominal.day != start.day
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
