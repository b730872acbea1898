"""Questions to the person: which stop the clock, when the reply came, and a late one let in with a reason."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, events
from workflow.actors import Actor
from workflow.guards import CannotDo, is_a_sentence, require, says_nothing, says_something
from workflow.models import Case, Event, Pause, Staff
from workflow.permissions import Act
from workflow.services import admissibility, clock, rejudging, setting_aside
from workflow.services._moving import in_open_case, moving, tell
from workflow.services.admissibility import Condition
from workflow.states import (
    FAST_LANE,
    CaseState,
    ClaimState,
    EventKind,
    Evidence,
    PauseEnd,
    PauseKind,
    RequirementCode,
    Right,
)

CLARIFIES = (PauseKind.SCOPE, PauseKind.DETAIL)


def ask_clarification(
    case_id: int, *, question: str, choices: Sequence[str], stops_clock: bool = False, volume: str = "", by: Actor
) -> None:
    """T09: what is asked for is not clear. A concrete question with choices; "everything" is always one more.

    ``stops_clock`` only for access to a large volume of data (recital 63), which ``volume`` tells. Any
    other question is recorded too, and the clock runs on.
    """
    require(by, Act.WORK_ON_CASE)
    choices = [choice.strip() for choice in choices if not says_nothing(choice)]
    if not says_something(question) or not choices:
        raise CannotDo(_("Write one concrete question and at least one answer to choose from."))
    if stops_clock and not says_something(volume):
        raise CannotDo(_("Write why the volume is so large that the question is needed: only then may the clock stop."))
    with moving(case_id, by=by) as (case, now):
        case.ask_clarification()
        for sentence in scope_blockers(case) if stops_clock else []:
            raise CannotDo(sentence)
        if case.assignee is None:
            case.assignee = Staff.objects.filter(code=by.code).first()
        kind = PauseKind.SCOPE if stops_clock else PauseKind.DETAIL
        Pause.objects.create(case=case, kind=kind.value, raised_at=now)
        said = {"question": question.strip(), "choices": "\n".join(choices), "text": volume.strip()}
        tell(
            case,
            EventKind.CLARIFICATION_ASKED,
            by=by,
            at=now,
            data={"pause": kind.value},
            payload={key: text for key, text in said.items() if text},
        )


def scope_blockers(case: Case) -> list[str | Promise]:
    """Why a question about the scope may not stop the clock of this case (domain §2.4)."""
    waiting = case.claims.exclude(state__in=[ClaimState.ANSWERED.value, ClaimState.WITHDRAWN.value])
    rights = {Right(claim.right) for claim in waiting} - FAST_LANE
    if Right.ACCESS not in rights:
        return [_("Only a question about access may stop the clock. Ask it without stopping the clock.")]
    if rights != {Right.ACCESS}:
        return [
            _("Other rights of this case would wait with access: ask without stopping the clock, or answer them first.")
        ]
    return []


def ask_mandate(case_id: int, *, question: str, by: Actor) -> None:
    """Somebody writes for another person: ask for the mandate that names the person and the rights (M22)."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(question):
        raise CannotDo(_("Write what is missing: who gave the mandate, for which rights."))
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        if not admissibility.is_represented(case):
            _say_that_it_is(case, question, at=now)
        if not case.claims.filter(state__in=[ClaimState.OPEN.value, ClaimState.IN_REVIEW.value]).exists():
            raise CannotDo(_("Every right of this case is decided: the mandate can no longer be asked for."))
        if _is_waiting(case, PauseKind.MANDATE):
            raise CannotDo(_("The mandate was asked for already: record the reply first."))
        if admissibility.has_mandate(case):
            raise CannotDo(_("The mandate was shown already, see the admissibility sheet."))
        setting_aside.want_of_identity(case, by=by, at=now)
        Pause.objects.create(case=case, kind=PauseKind.MANDATE.value, raised_at=now)
        tell(
            case,
            EventKind.MANDATE_ASKED,
            by=by,
            at=now,
            data={"pause": PauseKind.MANDATE.value},
            payload={"question": question.strip()},
        )


def record_reply(
    case_id: int,
    *,
    kind: PauseKind,
    arrived_at: datetime | None = None,
    everything: bool = False,
    note: str = "",
    by: Actor,
) -> None:
    """The reply to a question arrived; the pause ends on that Brussels date, not when somebody read it.

    T10 for a clarification. A reply that is not enough is one all the same: ask again, it is a new question.
    ``arrived_at`` is the first message of the person since the question when not given, else now; a later day needs
    ``note``, why that message was no reply, and is shown to auditors. So does a reply about identity that no message
    of the case brought: what reached us, and how, since a refusal may stand on it (T07).
    """
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        row = case.pauses.filter(kind=kind.value, answered_on__isnull=True, ended="").first()
        if row is None:
            raise CannotDo(
                _("No question of this kind waits for a reply: ask it first. The history tells which ones were asked.")
            )
        first = first_reply(case, kind)
        at = arrived_at or first or now
        if not row.raised_at.replace(second=0, microsecond=0) <= at <= now:
            raise CannotDo(_("The reply cannot have arrived before the question was asked, or in the future."))
        passed_over = later_than_a_message(first, at, note)
        if first is None and kind is PauseKind.IDENTITY and not is_a_sentence(note):
            raise CannotDo(_("No message of theirs came since the question: write what reached us, and how."))
        how = PauseEnd.EVERYTHING if everything and kind in CLARIFIES else PauseEnd.REPLY
        tell_reply(case, (kind,), note, passed_over, by=by, at=now)
        _replied(case, (kind,), at, how, by=by, now=now)


def later_than_a_message(first: datetime | None, at: datetime, note: str) -> date | None:
    """The day of the message that was no reply, where a later one is taken for it. Raises CannotDo without a reason."""
    if first is None or deadlines.brussels_date(at) <= deadlines.brussels_date(first):
        return None
    if not is_a_sentence(note):
        raise CannotDo(
            _("A message of theirs came on %(day)s already: say why it was no reply, or leave the date empty.")
            % {"day": deadlines.brussels_date(first).strftime("%d/%m/%Y")}
        )
    return deadlines.brussels_date(first)


def tell_reply(
    case: Case, kinds: Sequence[PauseKind], note: str, passed_over: date | None, *, by: Actor, at: datetime
) -> None:
    """What an officer says of a reply, if anything: how it came, or why an earlier message was none."""
    if not says_something(note):
        return
    data: dict[str, events.Value] = {"pause": kinds[0].value}
    if passed_over is not None:
        data["message_on"] = passed_over
    kind = EventKind.LATER_REPLY_TAKEN if passed_over is not None else EventKind.REPLY_DESCRIBED
    tell(case, kind, by=by, at=at, data=data, payload={"text": note.strip()})


def first_reply(case: Case, kind: PauseKind) -> datetime | None:
    """When the first message of the person reached us since this question was put: in doubt the clock runs."""
    row = case.pauses.filter(kind=kind.value, answered_on__isnull=True, ended="").first()
    if row is None:
        return None
    came = []
    for event in Event.objects.filter(stream=case.stream, kind=EventKind.MESSAGE_ATTACHED.value):
        data = events.fields(event)["data"]
        at = datetime.fromisoformat(data["received_at"])
        if data.get("what", "message") == "message" and at >= row.raised_at:
            came.append(at)
    return min(came, default=None)


def _say_that_it_is(case: Case, question: str, *, at: datetime) -> None:
    """An officer saw what reading did not; from now on nothing is disclosed without the mandate."""
    if not is_a_sentence(question):
        raise CannotDo(_("Nothing in this case says that somebody writes for another: say who does, and for whom."))
    missing = Condition(RequirementCode.MANDATE_SHOWN, met=False, evidence=Evidence.NOT_FOUND)
    admissibility.set_out(case, [missing], at=at)


def reply_came(case: Case, received_at: datetime, *, by: Actor, at: datetime) -> None:
    """A message of the person reached us while a question waited (T10, domain §2.4); the caller holds the lock.

    What it says is for the officer to read; that it came ends the wait, since reading it is our time. One that is not
    enough is followed by a new question.
    """
    for row in case.pauses.filter(asked_on__isnull=False, answered_on__isnull=True, ended=""):
        kind = PauseKind(row.kind)
        if row.raised_at <= received_at and (kind not in CLARIFIES or _is_unclear(case)):
            _replied(case, (kind,), received_at, PauseEnd.REPLY, by=by, now=at)


def _is_unclear(case: Case) -> bool:
    return bool(case.state == CaseState.AWAITING_CLARIFICATION.value)


def reply_arrived_earlier(
    case_id: int, *, message: uuid.UUID, told_at: datetime, received_at: datetime, digest: str, by: Actor
) -> None:
    """A copy of a reply had reached us before (domain §2.4): the wait it ended was over on that day.

    ``told_at``: when the reply seemed to have arrived. Where something else may have ended the wait on the same day,
    the earlier one counts all the same: in doubt the clock runs.
    """
    require(by, Act.TAKE_IN_MAIL)
    with moving(case_id, by=by) as (case, now):
        arrived_on = deadlines.brussels_date(received_at)
        for row in case.pauses.filter(asked_on__isnull=False, answered_on__gt=arrived_on).order_by("id"):
            if _was_ended_by(row, deadlines.brussels_date(told_at)) or _would_have_ended_it(row, received_at):
                proof: dict[str, events.Value] = {
                    "message": str(message),
                    "sha256": digest,
                    "received_at": received_at,
                }
                clock.correct_end(case, row, arrived_on=arrived_on, proof=proof, by=by, at=now)
        rejudging.judge_anew(case, by=by, at=now)


def _was_ended_by(row: Pause, day: date) -> bool:
    """A reply of that day ended it; the day the question left, where it left only then."""
    replied = row.ended in {PauseEnd.REPLY.value, PauseEnd.EVERYTHING.value}
    return replied and row.asked_on is not None and row.answered_on == max(day, row.asked_on)


def _would_have_ended_it(row: Pause, received_at: datetime) -> bool:
    """Any message of the person ends the wait, see ``reply_came``; it was no silence then."""
    ends = {PauseEnd.REPLY.value, PauseEnd.EVERYTHING.value, PauseEnd.SILENCE.value}
    return row.ended in ends and row.raised_at <= received_at


def question_lost(case_id: int, *, kinds: Sequence[PauseKind], by: Actor) -> None:
    """The question came back undelivered: it was never put, so it stopped no clock."""
    require(by, Act.CARRY_POST)
    with moving(case_id, by=by) as (case, now):
        row = case.pauses.filter(kind__in=[kind.value for kind in kinds], answered_on__isnull=True, ended="").first()
        if row is None:
            return
        day = row.asked_on or deadlines.brussels_date(now)
        clock.end_pause(case, kinds=kinds, arrived_on=day, how=PauseEnd.UNDELIVERABLE, by=by, at=now)
        _go_on(case, PauseKind(row.kind), PauseEnd.UNDELIVERABLE, by=by, now=now)


def record_question_posted(case_id: int, *, kind: PauseKind, at: datetime, evidence: str, by: Actor) -> None:
    """The question left on paper: the clock stops from the recorded posting date, if it was asked in time."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(evidence):
        raise CannotDo(_("Say how it can be proven: the registered number, or who received it."))
    with moving(case_id, by=by) as (case, now):
        row = clock.waiting_to_leave(case, kind)
        if row is None or not case.is_open:
            raise CannotDo(
                _("No question of this kind waits to leave: ask it first. The history tells which ones have left.")
            )
        if not row.raised_at.replace(second=0, microsecond=0) <= at <= now:
            raise CannotDo(_("The question cannot have left before it was written, or in the future."))
        clock.has_left(case, row, at, evidence=evidence, by=by, at=now)


def admit_late_question(case_id: int, *, kind: PauseKind, reason: str, by: Actor) -> None:
    """A question asked too late stops the clock all the same; the reason is shown to auditors (domain §2.4)."""
    require(by, Act.WORK_ON_CASE)
    if not is_a_sentence(reason, least=2):
        raise CannotDo(_("Say in a sentence why the question could not be asked in time: auditors read the reason."))
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        late = [row for row in late_questions(case) if row.kind == kind.value]
        if not late:
            raise CannotDo(_("No question of this kind was asked too late: the time limit stands as it is."))
        if case.case_due is not None and deadlines.brussels_date(now) > case.case_due:
            raise CannotDo(_("The due date is over: nothing can stop the clock any more. Answer now, and apologise."))
        row = late[-1]
        row.override, row.override_by = True, by.code
        row.save(update_fields=["override", "override_by"])
        clock.wind(case)
        tell(
            case,
            EventKind.CLOCK_OVERRIDDEN,
            by=by,
            at=now,
            data={"pause": kind.value, "asked_on": row.asked_on, "case_due": case.case_due},
            payload={"text": reason.strip()},
        )


def late_questions(case: Case) -> list[Pause]:
    """Those that came too late to stop the clock and that nobody has let in, in the order asked."""
    late = {
        step.pause
        for step in clock.deadlines_of(case).steps
        if isinstance(step, deadlines.Question) and step.verdict is deadlines.Verdict.LATE
    }
    return [row for row, asked in clock.questions_of(case) if asked in late]


def open_questions(case: Case) -> list[Pause]:
    """What the person has not answered yet. Uses prefetched pauses."""
    return [row for row in case.pauses.all() if row.answered_on is None and not row.ended]


def _replied(
    case: Case, kinds: Sequence[PauseKind], arrived_at: datetime, how: PauseEnd, *, by: Actor, now: datetime
) -> None:
    arrived_on = deadlines.brussels_date(arrived_at)
    clock.end_pause(case, kinds=kinds, arrived_on=arrived_on, how=how, by=by, at=now)
    _go_on(case, kinds[0], how, by=by, now=now)


def _go_on(case: Case, kind: PauseKind, how: PauseEnd, *, by: Actor, now: datetime) -> None:
    if kind in CLARIFIES and case.state == CaseState.AWAITING_CLARIFICATION.value:
        case.clarify()
        tell(case, EventKind.CASE_CLARIFIED, by=by, at=now, data={"how": how.value})


def _is_waiting(case: Case, kind: PauseKind) -> bool:
    return case.pauses.filter(kind=kind.value, answered_on__isnull=True, ended="").exists()
