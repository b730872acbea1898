"""Dates follow from events: recomputed after every act that may move one, rung for once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from workflow import deadlines
from workflow.actors import CLOCK, Actor
from workflow.models import Case, Milestone, Pause
from workflow.services._moving import moving, tell
from workflow.states import FAST_LANE, OPEN_CASE_STATES, ClaimState, EventKind, PauseKind

# Officer reminders, working from the last day; the manager is told from 3 days on (domain §2.5).
REMINDER_DAYS = (14, 7, 3, 1)


def deadlines_of(case: Case) -> deadlines.Deadlines:
    """Every date of the case with its derivation, from what is recorded (Brussels dates)."""
    pauses = [
        deadlines.Pause(asked=pause.asked_on, answered=pause.answered_on, kind=PauseKind(pause.kind))
        for pause in (case.pauses.all() if case.pk else ())
        if pause.asked_on is not None
    ]
    extension = getattr(case, "extension", None)
    return deadlines.compute(
        case.received_at,
        pauses=pauses,
        extension=deadlines.Extension(months=extension.months, promised=extension.promised) if extension else None,
        policy=case.policy_version.policy.clock,
    )


def wind(case: Case) -> None:
    """Write the dates into the columns; the caller holds the lock and saves."""
    dates = deadlines_of(case)
    policy = case.policy_version.policy
    case.receipt_date = dates.receipt_date
    case.policy_due = dates.policy_30d_rolled if policy.clock.roll == "next_working" else dates.policy_30d
    case.month_due = dates.month_due
    case.case_due = dates.case_due
    case.send_by = dates.send_by
    case.never_paused_due = dates.month_due_if_never_paused
    if case.case_due and deadlines.brussels_date(timezone.now()) <= case.case_due:
        case.overdue = False
    fast_lane = (
        bool(case.pk)
        and case.claims.filter(
            state__in=[ClaimState.OPEN.value, ClaimState.APPROVED.value],
            right__in=[right.value for right in FAST_LANE],
            confirmed=True,
        ).exists()
    )
    case.next_due = deadlines.next_due(
        dates,
        triage_by=_days_after(dates, policy.triage_days) if _unsorted(case) else None,
        fast_lane_by=_days_after(dates, policy.fast_lane_days) if fast_lane else None,
        extension_notice_by=None if getattr(case, "extension", None) else dates.extension_notice_by,
    )
    if case.authority_due:
        case.next_due = min(case.next_due, case.authority_due)


def _unsorted(case: Case) -> bool:
    """Somebody still has to say what the person wants."""
    if case.confirmed_at is None or not case.pk:
        return True
    return case.claims.filter(confirmed=False).exclude(state=ClaimState.WITHDRAWN.value).exists()


def _days_after(dates: deadlines.Deadlines, count: int) -> date:
    return deadlines.add_working_days(dates.receipt_date, count)


def begin_pause(case_id: int, *, kind: PauseKind, asked_at: datetime, by: Actor) -> None:
    """The question left: the clock stops from this Brussels date, if it was asked in time.

    ``asked_at`` is the instant the person's mail server accepted the letter (domain §2.4).
    """
    with moving(case_id, by=by) as (case, now):
        pause = case.pauses.filter(kind=kind.value, answered_on__isnull=True, asked_on__isnull=True).first()
        if pause is None:
            return
        pause.asked_on = deadlines.brussels_date(asked_at)
        pause.save(update_fields=["asked_on"])
        wind(case)
        tell(
            case,
            EventKind.CLOCK_PAUSED,
            by=by,
            at=now,
            data={"pause": kind.value, "asked_on": pause.asked_on, "accepted": case.suspended},
        )


def end_pause(case: Case, *, kind: PauseKind, arrived_on: date, by: Actor, at: datetime) -> None:
    """The reply arrived on this Brussels date; the caller holds the lock."""
    for pause in Pause.objects.filter(case=case, kind=kind.value, answered_on__isnull=True):
        pause.answered_on = max(arrived_on, pause.asked_on) if pause.asked_on else arrived_on
        pause.save(update_fields=["answered_on"])
        if pause.asked_on is None:
            continue  # the question never left, so the clock never stopped
        wind(case)
        tell(
            case,
            EventKind.CLOCK_RESUMED,
            by=by,
            at=at,
            data={
                "pause": kind.value,
                "asked_on": pause.asked_on,
                "answered_on": pause.answered_on,
                "case_due": case.case_due,
            },
        )


def ring(now: datetime | None = None) -> int:
    """Record every milestone that time has reached and that was not rung yet; how many were.

    Time is one more actor: a reached milestone is an event, and letters follow from it.
    """
    now = now or timezone.now()
    today = deadlines.brussels_date(now)
    horizon = today + timedelta(days=max(REMINDER_DAYS))
    rung = 0
    open_states = [state.value for state in OPEN_CASE_STATES]
    due = Case.objects.filter(state__in=open_states, send_by__isnull=False, send_by__lte=horizon).order_by(
        "send_by", "id"
    )
    for case_id in list(due.values_list("pk", flat=True)):
        rung += _ring_one(case_id, today)
    return rung


def _ring_one(case_id: int, today: date) -> int:
    case = Case.objects.get(pk=case_id)
    code, about = _milestone(case, today)
    if not code or Milestone.objects.filter(case=case, code=code, due=about).exists():
        return 0
    with transaction.atomic(), moving(case_id, by=CLOCK) as (locked, now):
        if (code, about) != _milestone(locked, today):
            return 0
        _row, created = Milestone.objects.get_or_create(case=locked, code=code, due=about, defaults={"reached_at": now})
        if not created:
            return 0
        if code == "A03" and not locked.overdue:
            locked.overdue = True
            tell(locked, EventKind.CASE_OVERDUE, by=CLOCK, at=now, data={"case_due": locked.case_due})
        days = (locked.send_by - today).days if locked.send_by else 0
        tell(
            locked,
            EventKind.MILESTONE_REACHED,
            by=CLOCK,
            at=now,
            data={"milestone": code, "about": about, "days_left": days},
        )
    return 1


def _milestone(case: Case, today: date) -> tuple[str, date]:
    """The one milestone that holds today: only the nearest is rung after an outage."""
    if not case.is_open or case.send_by is None or case.case_due is None:
        return "", today
    if today > case.case_due:
        return "A03", today  # the alarm repeats daily
    left = (case.send_by - today).days
    reached = [days for days in REMINDER_DAYS if left <= days]
    return (f"A01-{min(reached)}", case.send_by) if reached else ("", today)
