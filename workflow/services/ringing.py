"""Time is one more actor: what it has reached is an event, rung for once, and letters follow from it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from workflow import deadlines
from workflow.actors import CLOCK
from workflow.models import Case, Extension, Milestone, Pause, PolicyVersion
from workflow.services import breaches, clock, silence
from workflow.services._moving import moving, tell
from workflow.services.asking import CLARIFIES
from workflow.states import (
    OPEN_CASE_STATES,
    CaseState,
    EventKind,
    ExtensionState,
    PauseEnd,
    PauseKind,
)

_REMINDED = (PauseKind.IDENTITY, PauseKind.MANDATE)
_OPEN = [state.value for state in OPEN_CASE_STATES]


def ring(now: datetime | None = None) -> int:
    """Record every milestone that time has reached and that was not rung yet; how many were."""
    now = now or timezone.now()
    today = deadlines.brussels_date(now)
    return (
        _ring_dates(today)
        + _ring_questions(today)
        + _ring_silence(today)
        + _ring_notices(today)
        + breaches.ring_breaches(now)
    )


# -- the date to answer ----------------------------------------------------------------------------


def _ring_dates(today: date) -> int:
    horizon = today + timedelta(days=_longest_reminder())
    due = Case.objects.filter(state__in=_OPEN, send_by__isnull=False, send_by__lte=horizon).order_by("send_by", "id")
    return sum(_ring_one(case_id, today) for case_id in list(due.values_list("pk", flat=True)))


def _longest_reminder() -> int:
    """The earliest reminder any version of the settings knows; a case keeps its own."""
    return max((day for version in PolicyVersion.objects.all() for day in version.policy.reminder_days), default=0)


def _ring_one(case_id: int, today: date) -> int:
    case = Case.objects.select_related("policy_version").get(pk=case_id)
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
    reached = [days for days in case.policy_version.policy.reminder_days if left <= days]
    return (f"A01-{min(reached)}", case.send_by) if reached else ("", today)


# -- questions nobody answers -------------------------------------------------------------------------


def _ring_questions(today: date) -> int:
    """The person is reminded on day 10 and 20; then the officer decides (domain §2.4)."""
    waiting = Pause.objects.filter(
        case__state__in=_OPEN,
        kind__in=[kind.value for kind in _REMINDED],
        asked_on__isnull=False,
        asked_on__lte=today - timedelta(days=min(silence.QUESTION_DAYS)),
        answered_on__isnull=True,
    )
    return sum(_ring_question(pk, today) for pk in list(waiting.order_by("id").values_list("pk", flat=True)))


def _ring_question(pause_id: int, today: date) -> int:
    row = Pause.objects.select_related("case__policy_version").get(pk=pause_id)
    code, about = _step(row, today)
    if not code or Milestone.objects.filter(case=row.case, code=code, due=about).exists():
        return 0
    with transaction.atomic(), moving(row.case_id, by=CLOCK) as (case, now):
        row.refresh_from_db()
        if not case.is_open or row.answered_on is not None:
            return 0
        Milestone.objects.create(case=case, code=code, due=about, reached_at=now)
        if code == silence.reminder_code(silence.reminders(case)[-1][0], row.kind):
            row.decide_from = silence.decide_from(case, about, today)
            row.save(update_fields=["decide_from"])
            clock.wind(case)
        tell(
            case,
            EventKind.MILESTONE_REACHED,
            by=CLOCK,
            at=now,
            data={"milestone": code, "about": about, "days_left": 0, "pause": row.kind},
        )
    return 1


def _step(row: Pause, today: date) -> tuple[str, date]:
    """The nearest step this question has reached: M21-1, M21-2, or the officer's turn (A11)."""
    if row.asked_on is None:
        return "", today
    if silence.ran_out(row.case, row, today):
        return f"A11-{row.kind}", row.asked_on
    waited = (today - row.asked_on).days
    reached = [number for number, day in silence.reminders(row.case) if waited >= day]
    return (silence.reminder_code(max(reached), row.kind), row.asked_on) if reached else ("", today)


def _ring_silence(today: date) -> int:
    """T10: two weeks without a word on a question of scope, and the request is answered in full."""
    waiting = Case.objects.filter(
        state=CaseState.AWAITING_CLARIFICATION.value,
        pauses__kind__in=[kind.value for kind in CLARIFIES],
        pauses__answered_on__isnull=True,
    ).distinct()
    return sum(_end_silence(case_id, today) for case_id in list(waiting.order_by("id").values_list("pk", flat=True)))


def _end_silence(case_id: int, today: date) -> int:
    with moving(case_id, by=CLOCK) as (case, now):
        row = case.pauses.filter(kind__in=[kind.value for kind in CLARIFIES], answered_on__isnull=True).first()
        if case.state != CaseState.AWAITING_CLARIFICATION.value or row is None:
            return 0
        since = row.asked_on or deadlines.brussels_date(row.raised_at)
        last = since + timedelta(days=case.policy_version.policy.scope_silence_days)
        if today <= last:
            return 0  # the last day is the person's, to its end
        clock.end_pause(case, kinds=CLARIFIES, arrived_on=last, how=PauseEnd.SILENCE, by=CLOCK, at=now)
        case.clarify()
        tell(case, EventKind.CASE_CLARIFIED, by=CLOCK, at=now, data={"how": PauseEnd.SILENCE.value})
    return 1


# -- extensions nobody was told of in time ---------------------------------------------------------------


def _ring_notices(today: date) -> int:
    waiting = Extension.objects.filter(
        case__state__in=_OPEN,
        case__month_due__lt=today,
        state__in=[ExtensionState.ASKED.value, ExtensionState.APPROVED.value],
    )
    return sum(_lapse(case_id, today) for case_id in list(waiting.order_by("id").values_list("case_id", flat=True)))


def _lapse(case_id: int, today: date) -> int:
    with moving(case_id, by=CLOCK) as (case, now):
        row = case.extension
        waits = row.state in {ExtensionState.ASKED.value, ExtensionState.APPROVED.value}
        if not waits or case.month_due is None or today <= case.month_due:
            return 0
        row.state = ExtensionState.LAPSED.value
        row.save(update_fields=["state"])
        tell(case, EventKind.EXTENSION_LAPSED, by=CLOCK, at=now, data={"notice_by": case.month_due})
    return 1
