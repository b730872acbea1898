"""T24: a complaint or a disagreement is looked at again by somebody who was neither author nor reviewer."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from workflow import deadlines
from workflow.actors import Actor
from workflow.guards import CannotDo, is_a_sentence, require, says_something
from workflow.models import Case, Reexamination
from workflow.permissions import Act, may
from workflow.services import clock
from workflow.services._moving import check_means, left_at, moving, sealed, tell, unsealed
from workflow.services.cases import carried_by_somebody, reopen_answered
from workflow.services.fresh_eyes import free_to_examine, involved
from workflow.states import ActorKind, ComplaintKind, EventKind, Means, Right, Role, SecondLook


def raise_complaint(case_id: int, *, kind: ComplaintKind = ComplaintKind.COMPLAINT, words: str = "", by: Actor) -> None:
    """T24: the person disagrees, an authority wrote or a court is involved; in any state of the case.

    Nothing of the case is erased any more, it cannot be closed, and a re-examination with a date of
    its own begins: the same rule as for a request, counted from today. On a merged case it is a complaint about the
    one that goes on.
    """
    require(by, Act.WORK_ON_CASE)
    with moving(_goes_on_in(case_id), by=by) as (case, now):
        if case.reexaminations.filter(answered_at__isnull=True).exists():
            raise CannotDo(_("The complaint is recorded already: its second look is under way."))
        case.complaint = case.legal_hold = True
        row = Reexamination.objects.create(
            case=case,
            kind=kind.value,
            opened_at=now,
            due=_due(case, now),
            involved=f",{','.join(sorted(involved(case)))},",
        )
        clock.wind(case)
        said = {"text": words.strip()} if words.strip() else None
        data = {"complaint": kind.value, "examined_by": row.due}
        tell(case, EventKind.COMPLAINT_RAISED, by=by, at=now, data=data, payload=said)


def _goes_on_in(case_id: int) -> int:
    while target := Case.objects.values_list("merged_into", flat=True).get(pk=case_id):
        case_id = target
    return case_id


def decide_reexamination(
    case_id: int,
    *,
    outcome: SecondLook,
    position: str,
    rights: list[Right] | None = None,
    outside: str = "",
    by: Actor,
) -> None:
    """The second look is done: the decision stands, or ``rights`` are looked at anew; M24 tells the person.

    By somebody who took no part in the decisions of this case. Where nobody is left, a manager records
    what a named person from ``outside`` concluded; as long as somebody is, nobody from outside takes their place.
    """
    require(by, Act.REEXAMINE)
    if not says_something(position):
        raise CannotDo(_("Write your position and its reasons, as the person will read them."))
    with moving(case_id, by=by) as (case, now):
        row = _open_row(case)
        if row.decided_at is not None:
            raise CannotDo(_("This second look is decided already; its letter is leaving."))
        _check_examiner(case, by, outside)
        again = (rights or []) if outcome is SecondLook.CHANGED else []
        if outcome is SecondLook.CHANGED:
            reopen_answered(case, again, at=now, by=by)
            carried_by_somebody(case, by)
        row.involved = f",{','.join(sorted(involved(case)))},"
        row.examiner = Reexamination.OUTSIDE if outside.strip() else by.code
        row.outcome, row.decided_at = outcome.value, now
        row.position = sealed(case, position, what=f"position:{row.uuid}")
        row.save()
        clock.wind(case)
        tell(
            case,
            EventKind.REEXAMINATION_DECIDED,
            by=by,
            at=now,
            data={"second_look": outcome.value, "reopened": ",".join(right.value for right in again)},
            payload={"text": position.strip(), **({"examiner": outside.strip()} if outside.strip() else {})},
        )
        clock.lift_scope(case, by=by, at=now)


def answer_reexamination(case_id: int, *, at: datetime, means: Means, evidence: str = "", by: Actor) -> None:
    """The answer to the complaint has left (M24): only this ends a re-examination."""
    require(by, Act.WORK_ON_CASE)
    check_means(means, evidence, by=by)
    if means is Means.OUTSIDE:
        raise CannotDo(_("Only its letter (M24) answers a complaint: have it sent, or record how it was posted."))
    with moving(case_id, by=by) as (case, now):
        row = _open_row(case)
        if row.decided_at is None:
            raise CannotDo(_("Nobody has looked at the complaint yet: its position has to be written first."))
        refusal = _("The answer cannot have left before it was decided, or in the future.")
        row.answered_at = left_at(at, since=row.decided_at, now=now, by=by, refusal=refusal)
        row.answered_by_means = means.value
        row.save()
        case.complaint = False
        clock.wind(case)
        tell(
            case,
            EventKind.REEXAMINATION_ANSWERED,
            by=by,
            at=now,
            data={
                "answered_at": row.answered_at,
                "means": means.value,
                "in_time": deadlines.brussels_date(row.answered_at) <= row.due,
            },
            payload={"evidence": evidence.strip()} if evidence.strip() else None,
        )


def reexamination_answer_lost(case_id: int, *, written_at: datetime, by: Actor) -> None:
    """The mail with the answer to the complaint (M24), written at this instant, came back: nobody was answered.

    The second look stands as it was decided; its answer has to reach the person another way. Does nothing where
    another answer ended it, or where a later complaint is looked at: that one answers both.
    """
    require(by, Act.CARRY_POST)
    with moving(case_id, by=by) as (case, now):
        rows = Reexamination.objects.select_for_update().filter(case=case)
        mailed = {"answered_by_means": Means.EMAIL.value, "decided_at__lte": written_at}
        row = None if rows.filter(answered_at=None).exists() else rows.filter(**mailed).last()
        if row is None:
            return
        row.answered_at, row.answered_by_means = None, ""
        row.save()
        case.complaint = case.legal_hold = True
        clock.wind(case)
        tell(case, EventKind.REEXAMINATION_ANSWER_LOST, by=by, at=now, data={"examined_by": row.due})


def release_hold(case_id: int, *, reason: str, by: Actor) -> None:
    """The dispute is over: the case may be closed, and later be erased."""
    require(by, Act.DECIDE_EXCEPTION)
    if not says_something(reason):
        raise CannotDo(_("Say how the dispute ended: the reason stays in the history."))
    with moving(case_id, by=by) as (case, now):
        if not case.legal_hold:
            raise CannotDo(_("No legal hold keeps this case, so there is none to lift."))
        if case.complaint:
            raise CannotDo(_("Answer the complaint first: the hold protects what the second look needs."))
        case.legal_hold = False
        tell(case, EventKind.HOLD_RELEASED, by=by, at=now, payload={"text": reason.strip()})


def may_examine(case: Case, by: Actor) -> bool:
    """Whether this person took no part in the decisions of the case and may look at it a second time."""
    return by.has(Role.OFFICER, Role.REVIEWER, Role.MANAGER) and by.code not in involved(case)


def may_name_outside(case: Case, to: Actor) -> bool:
    """Whether nobody here is left, so that this manager records what somebody from outside concluded."""
    return may(to, Act.DECIDE_EXCEPTION) and not free_to_examine(case)


def position_of(row: Reexamination) -> str:
    """The position in clear. Raises KeyGone when the case was shredded."""
    return unsealed(row.case, row.position, what=f"position:{row.uuid}")


def _check_examiner(case: Case, by: Actor, outside: str) -> None:
    if outside.strip():
        require(by, Act.DECIDE_EXCEPTION)
        if free_to_examine(case):
            raise CannotDo(_("A colleague who took no part in these decisions is free: they look at it a second time."))
        if not is_a_sentence(outside, least=2):
            raise CannotDo(_("Name the person from outside: first name and surname, or title and name."))
    elif by.kind is not ActorKind.STAFF or not may_examine(case, by):
        raise CannotDo(
            _(
                "You wrote or approved a decision of this case: somebody else has to look at it. "
                "If nobody is left, a manager names a person from outside."
            )
        )


def _open_row(case: Case) -> Reexamination:
    row = Reexamination.objects.select_for_update().filter(case=case, answered_at__isnull=True).first()
    if row is None:
        raise CannotDo(_("No complaint waits for an answer in this case: record it first, under “Other actions”."))
    return row


def _due(case: Case, now: datetime) -> date:
    """30 days, or one month where that is shorter (domain §2.5); a setting may ask for fewer days."""
    policy = case.policy_version.policy
    promised = deadlines.brussels_date(now) + timedelta(days=policy.complaint_days)
    return min(promised, deadlines.compute(now, policy=policy.clock).case_due or promised)
