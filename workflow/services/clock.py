"""Dates follow from events: recomputed after every act that may move one."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from workflow import deadlines, events
from workflow.actors import CLOCK, Actor
from workflow.guards import require
from workflow.models import Case, Controller, Extension, Fee, Pause
from workflow.permissions import Act
from workflow.services import second_eyes
from workflow.services._moving import moving, tell
from workflow.states import (
    FAST_LANE,
    INTERIM_FIRST,
    OPEN_CASE_STATES,
    ClaimState,
    EventKind,
    ExtensionState,
    FeeState,
    Outcome,
    PauseEnd,
    PauseKind,
    Right,
)

_OPEN = [state.value for state in OPEN_CASE_STATES]
_UNANSWERED = [ClaimState.OPEN.value, ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value]


def deadlines_of(case: Case) -> deadlines.Deadlines:
    """Every date of the case with its derivation, from what is recorded (Brussels dates)."""
    extension = extension_in_force(case)
    policy = case.policy_version.policy
    return deadlines.compute(
        case.received_at,
        pauses=[asked for _row, asked in questions_of(case)],
        extension=deadlines.Extension(months=extension.months, promised=extension.promised) if extension else None,
        policy=policy.clock,
        alone=case.solo_wait,
    )


def questions_of(case: Case) -> list[tuple[Pause, deadlines.Pause]]:
    """The questions that left, each as its row and as the clock counts it."""
    return [
        (row, deadlines.Pause(row.asked_on, row.answered_on, override=row.override, kind=PauseKind(row.kind)))
        for row in (case.pauses.all() if case.pk else ())
        if row.asked_on is not None
    ]


def verdict_on(case: Case, row: Pause) -> deadlines.Question | None:
    """What the clock makes of one question; None while it has not left."""
    asked = next((asked for other, asked in questions_of(case) if other.pk == row.pk), None)
    steps = [step for step in deadlines_of(case).steps if isinstance(step, deadlines.Question)]
    return next((step for step in steps if step.pause == asked), None)


def extension_in_force(case: Case) -> Extension | None:
    """The extension, once the person was told of it in time."""
    row: Extension | None = getattr(case, "extension", None) if case.pk else None
    return row if row is not None and row.state == ExtensionState.IN_FORCE.value else None


def wind(case: Case) -> None:
    """Write the dates into the columns; the caller holds the lock and saves.

    Whether the office is one person's is about today, while the case is open; what is over keeps what it was.
    """
    if case.is_open:
        case.solo_wait = second_eyes.newest_policy(case).solo_review
    dates = deadlines_of(case)
    policy = case.policy_version.policy
    case.receipt_date = dates.receipt_date
    case.policy_due = dates.policy_30d_rolled if policy.clock.roll == "next_working" else dates.policy_30d
    case.month_due = dates.month_due
    case.case_due = dates.case_due
    case.send_by = dates.send_by
    case.never_paused_due = dates.month_due_if_never_paused
    judge_lateness(case)
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
        extension_notice_by=None if extension_in_force(case) else dates.extension_notice_by,
        interim_by=interim_by(case),
        refusal_by=_refusal_by(case, dates),
    )
    others = (case.authority_due, _second_look(case), _silence_ends(case), _fee_ends(case))
    case.next_due = min(day for day in (case.next_due, *others) if day)


def judge_lateness(case: Case) -> None:
    """Not overdue by today, or, of a case that was answered, by its last answer: what was posted in time was in time.

    The caller holds the lock and saves; when it becomes overdue is for time to say (T25).
    """
    reached = (None if case.is_open else case.processed_at) or timezone.now()
    if case.case_due and deadlines.brussels_date(reached) <= case.case_due:
        case.overdue = False


def wind_all(controller: Controller) -> None:
    """Every open case anew: whether the office is one person's has changed, and with it the day to send by.

    No date of the law moves. The caller's event, of the installation, tells it.
    """
    for pk in Case.objects.filter(controller=controller, state__in=_OPEN).order_by("id").values_list("pk", flat=True):
        with moving(pk, by=CLOCK) as (case, _now):
            wind(case)


def _second_look(case: Case) -> date | None:
    if not case.pk:
        return None
    return case.reexaminations.filter(answered_at=None).values_list("due", flat=True).first()


def _silence_ends(case: Case) -> date | None:
    """When a question about identity or mandate will have had its time and somebody has to decide (T07)."""
    days = timedelta(days=case.policy_version.policy.identity_silence_days)
    kinds = {PauseKind.IDENTITY.value, PauseKind.MANDATE.value}
    rows = [row for row, asked in questions_of(case) if row.kind in kinds and not asked.answered]
    ends = [row.decide_from or row.asked_on + days for row in rows if row.asked_on]
    return max(ends, default=None) if case.is_open else None


def _fee_ends(case: Case) -> date | None:
    """The day after the last one to pay: somebody then decides without the fee."""
    if not case.pk:
        return None
    asked = Fee.objects.filter(claim__case=case, claim__fee=FeeState.ASKED.value, pay_by__isnull=False)
    last = asked.order_by("pay_by").values_list("pay_by", flat=True).first()
    return last + timedelta(days=1) if last else None


def interim_by(case: Case) -> date | None:
    """Until when somebody says whether the data are frozen meanwhile (T13); None once decided, or not asked for."""
    rights = [right.value for right in INTERIM_FIRST]
    if not case.pk or case.interim_decided_at is not None:
        return None
    if not case.claims.filter(right__in=rights, confirmed=True, state__in=_UNANSWERED).exists():
        return None
    return deadlines.add_working_days(case.receipt_date, case.policy_version.policy.restriction_days)


def _refusal_by(case: Case, dates: deadlines.Deadlines) -> date | None:
    """A refusal, even of a part, leaves within the first month, extended or not (Art. 12(4))."""
    refused = [Outcome.REFUSED.value, Outcome.PARTLY_GRANTED.value]
    if dates.month_due is None or extension_in_force(case) is None:
        return None
    if not case.claims.filter(outcome__in=refused, state__in=_UNANSWERED).exists():
        return None
    return deadlines.last_working_on_or_before(dates.month_due, not_before=dates.receipt_date)


def _unsorted(case: Case) -> bool:
    """Somebody still has to say what the person wants."""
    if case.confirmed_at is None or not case.pk:
        return True
    return case.claims.filter(confirmed=False).exclude(state=ClaimState.WITHDRAWN.value).exists()


def _days_after(dates: deadlines.Deadlines, count: int) -> date:
    return deadlines.add_working_days(dates.receipt_date, count)


def begin_pause(case_id: int, *, kind: PauseKind, asked_at: datetime, by: Actor) -> None:
    """The question left: the clock stops from this Brussels date, if it was asked in time and may stop it.

    ``asked_at`` is the instant the person's mail server accepted the letter (domain §2.4). Does nothing
    when no question of this kind waits to leave.
    """
    require(by, Act.CARRY_POST)
    with moving(case_id, by=by) as (case, now):
        row = waiting_to_leave(case, kind)
        if row is not None:
            has_left(case, row, asked_at, by=by, at=now)


def waiting_to_leave(case: Case, kind: PauseKind) -> Pause | None:
    """The question of this kind that was written and has not left yet."""
    rows = Pause.objects.filter(case=case, kind=kind.value, answered_on__isnull=True, asked_on__isnull=True, ended="")
    return rows.first()


def has_left(case: Case, row: Pause, asked_at: datetime, *, evidence: str = "", by: Actor, at: datetime) -> None:
    """The question left, by mail or by post with its ``evidence``; the caller holds the lock."""
    row.asked_on = max(deadlines.brussels_date(asked_at), case.receipt_date)
    row.save(update_fields=["asked_on"])
    wind(case)
    judged = verdict_on(case, row)
    stops = judged is not None and judged.verdict is deadlines.Verdict.OPEN
    tell(
        case,
        EventKind.CLOCK_PAUSED if stops else EventKind.QUESTION_LEFT,
        by=by,
        at=at,
        data={"pause": row.kind, "asked_on": row.asked_on, "accepted": stops},
        payload={"evidence": evidence.strip()} if evidence.strip() else None,
    )


def end_pause(
    case: Case, *, kinds: Collection[PauseKind], arrived_on: date, how: PauseEnd, by: Actor, at: datetime
) -> bool:
    """The wait is over on this Brussels date; the caller holds the lock. True when a question was open.

    One that never left never stopped the clock: it is only marked as over.
    """
    rows = Pause.objects.filter(case=case, kind__in=[kind.value for kind in kinds], answered_on__isnull=True, ended="")
    found = list(rows)
    for row in found:
        judged = verdict_on(case, row)
        stood = judged is not None and judged.verdict is deadlines.Verdict.OPEN
        row.answered_on = max(arrived_on, row.asked_on) if row.asked_on else arrived_on
        row.ended = how.value
        row.save(update_fields=["answered_on", "ended"])
        wind(case)
        tell(
            case,
            EventKind.CLOCK_RESUMED if stood else EventKind.QUESTION_ANSWERED,
            by=by,
            at=at,
            data={
                "pause": row.kind,
                "asked_on": row.asked_on,
                "answered_on": row.answered_on,
                "how": how.value,
                **({"case_due": case.case_due} if stood else {}),
            },
        )
    return bool(found)


def lift_scope(case: Case, *, by: Actor, at: datetime) -> None:
    """Other rights than access are asked for: they wait for no question about its scope (domain §2.4).

    The questions stay, but stop the clock no more, from the day they were asked; those of an access that is answered
    already did so rightly. The caller holds the lock.
    """
    waiting = {Right(claim.right) for claim in case.claims.filter(state__in=_UNANSWERED, confirmed=True)} - FAST_LANE
    rows = case.pauses.filter(kind=PauseKind.SCOPE.value)
    for row in rows if case.is_open and waiting - {Right.ACCESS} else ():
        if row.answered_on is not None and Right.ACCESS not in waiting:
            continue
        if row.answered_on is None and case.pauses.filter(kind=PauseKind.DETAIL.value, answered_on=None).exists():
            on = row.asked_on or deadlines.brussels_date(at)
            end_pause(case, kinds=(PauseKind.SCOPE,), arrived_on=on, how=PauseEnd.NOT_NEEDED, by=by, at=at)
            row.refresh_from_db()
        row.kind, row.override, row.override_by = PauseKind.DETAIL.value, False, ""
        row.save(update_fields=["kind", "override", "override_by"])
        wind(case)
        data = {"pause": PauseKind.SCOPE.value, "asked_on": row.asked_on, "case_due": case.case_due}
        tell(case, EventKind.SCOPE_LIFTED, by=by, at=at, data=data)


def correct_end(
    case: Case, row: Pause, *, arrived_on: date, proof: Mapping[str, events.Value], by: Actor, at: datetime
) -> None:
    """A reply to a question that left had arrived before the wait was ended; the caller holds the lock."""
    was = row.answered_on
    row.answered_on = max(arrived_on, row.asked_on) if row.asked_on else arrived_on
    if row.answered_on == was:
        return
    if row.ended == PauseEnd.SILENCE.value:
        row.ended = PauseEnd.REPLY.value
    row.save(update_fields=["answered_on", "ended"])
    wind(case)
    tell(
        case,
        EventKind.REPLY_ARRIVED_EARLIER,
        by=by,
        at=at,
        data={
            **proof,
            "pause": row.kind,
            "asked_on": row.asked_on,
            "was_answered_on": was,
            "answered_on": row.answered_on,
            "how": row.ended,
            "case_due": case.case_due,
        },
    )
