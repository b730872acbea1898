"""Time is one more actor: what it has reached is an event, rung for once, and letters follow from it."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from workflow import deadlines, events
from workflow.actors import CLOCK
from workflow.models import Case, Extension, Pause, PolicyVersion
from workflow.services import asking_sources, breaches, clock, releasing, silence, waiting
from workflow.services._moving import moving, tell
from workflow.services._rung import each, mark, rung_on, was_rung
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
    return (
        _ring_dates(now)
        + _ring_questions(now)
        + _ring_silence()
        + _ring_notices(now)
        + waiting.ring_waiting(now)
        + asking_sources.ring_sources(now)
        + releasing.ring_releases(now)
        + breaches.ring_breaches(now)
    )


# -- the date to answer ----------------------------------------------------------------------------

Mark = tuple[str, date]


def _ring_dates(now: datetime) -> int:
    """Reminders of the officer, the manager's, the alarm: domain §2.5."""
    horizon = deadlines.brussels_date(now) + timedelta(days=_longest_reminder())
    near = Case.objects.filter(state__in=_OPEN, send_by__isnull=False, send_by__lte=horizon).order_by("send_by", "id")
    cases = near.select_related("policy_version").prefetch_related("milestones")
    return each([case.pk for case in cases if _owed(case, now)], _ring_one)


def _longest_reminder() -> int:
    """The earliest reminder any version of the settings knows; a case keeps its own."""
    policies = [version.policy for version in PolicyVersion.objects.all()]
    return max((day for policy in policies for day in (*policy.reminder_days, policy.manager_days)), default=0)


def _ring_one(case_id: int) -> int:
    with moving(case_id, by=CLOCK) as (case, now):
        owed = _owed(case, now)
        for codes in owed:
            _tell_of(case, codes, now)
        return len(owed)


def _owed(case: Case, now: datetime) -> list[list[Mark]]:
    """What is to be told now, each with what an outage swallowed before it, the nearest last.

    Every reminder has its row, also one that was due while nothing ran; it is told with the nearest one, once,
    since three mails of one morning about the same date say nothing more. The alarm speaks for all of them.
    """
    reached = _reached(case, deadlines.brussels_date(now))
    if "A03" in reached:
        reached = {"A03": [mark for marks in reached.values() for mark in marks]}
    return [marks for marks in reached.values() if not was_rung(case, *marks[-1], now)]


def _reached(case: Case, today: date) -> dict[str, list[Mark]]:
    """Every milestone before the answer that this Brussels date has reached, by who is told, the nearest last."""
    if not case.is_open or case.send_by is None or case.case_due is None:
        return {}
    policy, left = case.policy_version.policy, (case.send_by - today).days
    days = {"A01": sorted(policy.reminder_days, reverse=True), "A02": [policy.manager_days]}
    reached = {
        who: [(f"{who}-{day}", case.send_by) for day in each_day if left <= day] for who, each_day in days.items()
    }
    if today >= case.case_due:
        reached["A03"] = [("A03", today)]  # from the first minute of the day it is due, and daily
    return {who: marks for who, marks in reached.items() if marks}


def _tell_of(case: Case, marks: list[Mark], now: datetime) -> None:
    code, about = marks[-1]
    swallowed = [one for one, due in marks[:-1] if mark(case, one, due, now)]
    mark(case, code, about, now)
    if code == "A03" and case.case_due and about > case.case_due and not case.overdue:
        case.overdue = True
        tell(case, EventKind.CASE_OVERDUE, by=CLOCK, at=now, data={"case_due": case.case_due})
    data: dict[str, events.Value] = {"milestone": code, "about": about, "days_left": waiting.days_left(case, now)}
    if swallowed:
        data["also"] = "+".join(swallowed)
    tell(case, EventKind.MILESTONE_REACHED, by=CLOCK, at=now, data=data)


# -- questions nobody answers -------------------------------------------------------------------------


def _ring_questions(now: datetime) -> int:
    """The person is reminded on day 10 and 20; then the officer decides (domain §2.4)."""
    today = deadlines.brussels_date(now)
    waits = Pause.objects.filter(
        Q(asked_on__lte=today - timedelta(days=min(silence.QUESTION_DAYS)))
        | Q(asked_on__lt=today, case__send_by__lte=today),
        case__state__in=_OPEN,
        kind__in=[kind.value for kind in _REMINDED],
        answered_on__isnull=True,
    )
    rows = waits.select_related("case__policy_version").prefetch_related("case__milestones").order_by("id")
    return each([row.pk for row in rows if _step(row, row.case, now)], _ring_question)


def _ring_question(pause_id: int) -> int:
    with moving(Pause.objects.values_list("case_id", flat=True).get(pk=pause_id), by=CLOCK) as (case, now):
        row = Pause.objects.get(pk=pause_id)
        code = _step(row, case, now)
        if not code or row.asked_on is None:
            return 0
        mark(case, code, row.asked_on, now)
        if code == silence.reminder_code(silence.reminders(case)[-1][0], row.kind):
            row.decide_from = silence.decide_from(case, row.asked_on, deadlines.brussels_date(now))
            row.save(update_fields=["decide_from"])
            clock.wind(case)
        data: dict[str, events.Value] = {"milestone": code, "about": row.asked_on, "days_left": 0, "pause": row.kind}
        tell(case, EventKind.MILESTONE_REACHED, by=CLOCK, at=now, data=data)
        return 1


def _step(row: Pause, case: Case, now: datetime) -> str:
    """What this question has reached and nobody was told: M21-1, M21-2, or the officer's turn (A11).

    No refusal before both reminders (T07). One that an outage delayed leaves the person as many days before the
    next one as if it had come in time.
    """
    if row.asked_on is None or row.answered_on is not None or not case.is_open:
        return ""
    today = deadlines.brussels_date(now)
    if row.asked_on < today and silence.ran_out(case, row, today):
        code = f"A11-{row.kind}"
        return "" if was_rung(case, code, row.asked_on, now) else code
    first_day, reminded_on = 0, row.asked_on
    for number, day in silence.reminders(case):
        code = silence.reminder_code(number, row.kind)
        if not was_rung(case, code, row.asked_on, now):
            return code if (today - reminded_on).days >= day - first_day else ""
        first_day, reminded_on = day, max(reminded_on, rung_on(case, code, row.asked_on))
    return ""


def _ring_silence() -> int:
    """T10: two weeks without a word on a question of scope, and the request is answered in full."""
    asked = Case.objects.filter(
        state=CaseState.AWAITING_CLARIFICATION.value,
        pauses__kind__in=[kind.value for kind in CLARIFIES],
        pauses__answered_on__isnull=True,
    ).distinct()
    return each(list(asked.order_by("id").values_list("pk", flat=True)), _end_silence)


def _end_silence(case_id: int) -> int:
    with moving(case_id, by=CLOCK) as (case, now):
        row = case.pauses.filter(kind__in=[kind.value for kind in CLARIFIES], answered_on__isnull=True).first()
        if case.state != CaseState.AWAITING_CLARIFICATION.value or row is None:
            return 0
        since = row.asked_on or deadlines.brussels_date(row.raised_at)
        last = since + timedelta(days=case.policy_version.policy.scope_silence_days)
        if deadlines.brussels_date(now) <= last:
            return 0  # the last day is the person's, to its end
        clock.end_pause(case, kinds=CLARIFIES, arrived_on=last, how=PauseEnd.SILENCE, by=CLOCK, at=now)
        case.clarify()
        tell(case, EventKind.CASE_CLARIFIED, by=CLOCK, at=now, data={"how": PauseEnd.SILENCE.value})
    return 1


# -- extensions nobody was told of in time ---------------------------------------------------------------


def _ring_notices(now: datetime) -> int:
    unannounced = Extension.objects.filter(
        case__state__in=_OPEN,
        case__month_due__lt=deadlines.brussels_date(now),
        state__in=[ExtensionState.ASKED.value, ExtensionState.APPROVED.value],
    )
    return each(list(unannounced.order_by("id").values_list("case_id", flat=True)), _lapse)


def _lapse(case_id: int) -> int:
    with moving(case_id, by=CLOCK) as (case, now):
        row = case.extension
        waits = row.state in {ExtensionState.ASKED.value, ExtensionState.APPROVED.value}
        if not waits or case.month_due is None or deadlines.brussels_date(now) <= case.month_due:
            return 0
        row.state = ExtensionState.LAPSED.value
        row.save(update_fields=["state"])
        tell(case, EventKind.EXTENSION_LAPSED, by=CLOCK, at=now, data={"notice_by": case.month_due})
    return 1
