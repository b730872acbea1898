"""Reminders of a question (M21): one that never left reminds nobody, and no silence is held against anybody for it."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from workflow import deadlines, events
from workflow.actors import Actor
from workflow.guards import CannotDo, require, says_something
from workflow.models import Case, Event, Milestone, Pause
from workflow.permissions import Act
from workflow.services import clock, silence
from workflow.services._moving import in_open_case, moving, tell
from workflow.states import EventKind, PauseKind


def reminder_left(event_id: int, *, at: datetime, by: Actor) -> None:
    """The reminder this event ordered was taken by the person's mail server. Does nothing where it counted already."""
    require(by, Act.CARRY_POST)
    event = Event.objects.get(pk=event_id)
    with moving(_case_of(event), by=by) as (case, now):
        row = _mark_of(case, event)
        if row is not None and row.left_on is None:
            _counts(case, row, at, by=by, now=now)


def reminder_lost(event_id: int, *, by: Actor) -> None:
    """The reminder came back, or was taken back before it left: it has to reach the person another way."""
    require(by, Act.CARRY_POST)
    event = Event.objects.get(pk=event_id)
    with moving(_case_of(event), by=by) as (case, now):
        row = _mark_of(case, event)
        if row is None or row.left_on is None:
            return
        row.left_on = None
        row.save(update_fields=["left_on"])
        tell(case, EventKind.REMINDER_LOST, by=by, at=now, data={"milestone": row.code, "about": row.due})


def record_reminder_posted(case_id: int, *, kind: PauseKind, at: datetime, evidence: str, by: Actor) -> None:
    """The reminder whose day came left on paper, or was handed over; ``evidence`` says how that can be proven."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(evidence):
        raise CannotDo(_("Say how it can be proven: the registered number, or who received it."))
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        question = case.pauses.filter(kind=kind.value, answered_on__isnull=True, ended="").first()
        waiting = silence.reminders_to_leave(case, question) if question is not None else []
        if not waiting:
            raise CannotDo(_("No reminder of this question waits to leave: each has its day after the question left."))
        row = waiting[0]
        if not row.reached_at.replace(second=0, microsecond=0) <= at <= now:
            raise CannotDo(_("The reminder cannot have left before its day, or in the future."))
        _counts(case, row, at, evidence=evidence, by=by, now=now)


def _counts(case: Case, row: Milestone, at: datetime, *, evidence: str = "", by: Actor, now: datetime) -> None:
    """It left: where it is the last one, the person has as many days from then as if it had come in time."""
    row.left_on = deadlines.brussels_date(at)
    row.save(update_fields=["left_on"])
    data: dict[str, events.Value] = {"milestone": row.code, "about": row.due, "left_on": row.left_on}
    question = _question(case, row)
    if question is not None and question.asked_on is not None and question.decide_from is not None:
        decide_from = silence.decide_from(case, question.asked_on, row.left_on)
        question.decide_from = max(question.decide_from, decide_from)
        question.save(update_fields=["decide_from"])
        data["decide_from"] = question.decide_from
        clock.wind(case)
    payload = {"evidence": evidence.strip()} if evidence.strip() else None
    tell(case, EventKind.REMINDER_LEFT, by=by, at=now, data=data, payload=payload)


def _question(case: Case, row: Milestone) -> Pause | None:
    """The question the last reminder is about, while it waits; an earlier reminder decides nothing."""
    kind = row.code.split("-")[-1]
    if row.code != silence.reminder_code(silence.reminders(case)[-1][0], kind):
        return None
    waiting = case.pauses.filter(kind=kind, asked_on=row.due, answered_on__isnull=True, ended="")
    found: Pause | None = waiting.first()
    return found


def _mark_of(case: Case, event: Event) -> Milestone | None:
    data = events.fields(event)["data"]
    rows = Milestone.objects.select_for_update().filter(case=case, code=str(data["milestone"]))
    return rows.filter(due=date.fromisoformat(data["about"])).first()


def _case_of(event: Event) -> int:
    return int(Case.objects.values_list("pk", flat=True).get(uuid=event.stream.partition(":")[2]))
