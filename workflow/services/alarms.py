"""What more than the officer has to hear of: letters of authorities, courts and the police."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow import deadlines
from workflow.actors import Actor
from workflow.guards import CannotDo, require, says_something
from workflow.models import Case
from workflow.permissions import Act
from workflow.services import clock
from workflow.services._moving import moving, tell
from workflow.states import CaseState, EventKind


def recognise_authority(case_id: int, *, words: str = "", by: Actor) -> None:
    """The writer is, or says to be, an authority: nothing automatic leaves, manager and DPO are told.

    ``words`` showed it: a title, a command, the sender's domain. Nothing of the case is erased any more and it is not
    closed until a manager lifts the hold (T24); taking the mark back lifts it not.
    """
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        if case.state == CaseState.MERGED.value:
            raise CannotDo(_("This case goes on in the one it was merged into: mark the letter there."))
        if case.authority:
            return
        case.authority = case.legal_hold = True
        said = {"text": words} if words else None
        tell(case, EventKind.AUTHORITY_RECOGNISED, by=by, at=now, data={"hold": True}, payload=said)


def record_call_back(case_id: int, *, text: str, by: Actor) -> None:
    """The authority was called on a contact from a register, never one from its letter; what came of it."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(text):
        raise CannotDo(_("Write whom you called, on which registered number, and what came of it."))
    with moving(case_id, by=by) as (case, now):
        _is_of_an_authority(case)
        tell(case, EventKind.AUTHORITY_CALLED_BACK, by=by, at=now, payload={"text": text.strip()})


def set_authority_due(case_id: int, *, due: date, by: Actor) -> None:
    """The date an authority's letter sets, a Brussels date: written by hand, beside the person's own time limit."""
    require(by, Act.WORK_ON_CASE)
    if due < deadlines.brussels_date(timezone.now()):
        raise CannotDo(_("This date is past: write the day by which the authority wants an answer."))
    with moving(case_id, by=by) as (case, now):
        _is_of_an_authority(case)
        case.authority_due = due
        clock.wind(case)
        tell(case, EventKind.AUTHORITY_DUE_SET, by=by, at=now, data={"authority_due": due})


def deny_authority(case_id: int, *, reason: str, by: Actor) -> None:
    """No authority wrote this: an ordinary message, acknowledged like any other."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(reason):
        raise CannotDo(_("Write how you know that no authority wrote this."))
    with moving(case_id, by=by) as (case, now):
        _is_of_an_authority(case)
        case.authority, case.authority_due = False, None
        clock.wind(case)
        tell(case, EventKind.AUTHORITY_DENIED, by=by, at=now, payload={"text": reason.strip()})


def _is_of_an_authority(case: Case) -> None:
    if not case.authority:
        raise CannotDo(_("This case is not marked as an authority’s letter: mark it first, under “Other actions”."))
