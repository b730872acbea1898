"""How a case ends without an answer: out of scope, withdrawn by the person, forwarded to who is responsible."""

import re
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from workflow import deadlines
from workflow.actors import Actor
from workflow.guards import CannotDo, level_needed, nothing_is_answered, nothing_is_decided, require
from workflow.models import Case, Claim
from workflow.permissions import Act
from workflow.services import admissibility, clock
from workflow.services._moving import deciding, moving, tell
from workflow.services.cases import finish, identity_as_before, rights_of
from workflow.states import ClaimState, EventKind, IdentityLevel, OutOfScope, PauseEnd, PauseKind

UNDO_DAYS = 30
_ADDRESS = re.compile(r"(?=.{3,254}\Z)[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]+\.[^@\s<>,;\".]+")


def declare_out_of_scope(case_id: int, *, reason: OutOfScope, why: str, by: Actor) -> None:
    """T04: the message uses no right of the GDPR; the person is told (M15), except for spam.

    Raises CannotDo once a right was decided: the request was then taken for one.
    """
    require(by, Act.WORK_ON_CASE)
    if not why.strip():
        raise CannotDo(_("Say what shows that no right is used: the sentence stays in the history."))
    with moving(case_id, by=by) as (case, now):
        _is_open(case)
        _is_undecided(case)
        _set_aside_drafts(case)
        _stop_waiting(case, by=by, at=now)
        case.leave_scope(at=now, reason=reason)
        case.reply_to_read = False
        said = {"text": why.strip()}
        tell(case, EventKind.CASE_OUT_OF_SCOPE, by=by, at=now, data={"scope": reason.value}, payload=said)


def undo_out_of_scope(case_id: int, *, why: str, by: Actor) -> None:
    """T04 undone within 30 days: received again, with its first receipt date."""
    require(by, Act.WORK_ON_CASE)
    if not why.strip():
        raise CannotDo(_("Say why this is a request after all."))
    with moving(case_id, by=by) as (case, now):
        if case.ended_at is not None and now > case.ended_at + timedelta(days=UNDO_DAYS):
            raise CannotDo(_("The 30 days to undo this are over: open a new case from the person’s next message."))
        case.return_to_scope()
        identity_as_before(case)
        clock.wind(case)
        data = {"receipt_date": case.receipt_date, "case_due": case.case_due}
        tell(case, EventKind.CASE_BACK_IN_SCOPE, by=by, at=now, data=data, payload={"text": why.strip()})


def withdraw_case(case_id: int, *, said: str, by: Actor) -> None:
    """T20: the person withdrew the whole request in writing; ``said`` are their words. Never by silence.

    Raises CannotDo once something was answered: then single rights are withdrawn.
    """
    require(by, Act.WORK_ON_CASE)
    _in_writing(said)
    with moving(case_id, by=by) as (case, now):
        _is_open(case)
        _writes_from_known_channel(case)
        if not nothing_is_answered(case):
            raise CannotDo(_("A right of this case was answered already: withdraw the other rights one by one."))
        for claim in Claim.objects.select_for_update().filter(case=case).exclude(state=ClaimState.WITHDRAWN.value):
            claim.withdraw()
            claim.save()
        _withdraw_all(case, said, by=by, at=now)


def withdraw_claim(claim_id: int, *, said: str, by: Actor) -> None:
    """T20: the person withdrew one right in writing; with the last one the case ends too."""
    require(by, Act.WORK_ON_CASE)
    _in_writing(said)
    with deciding(claim_id, by=by) as (case, claim, now):
        _is_open(case)
        _writes_from_known_channel(case)
        claim.withdraw()
        claim.save()
        rights = rights_of(case)
        if not rights:
            _withdraw_all(case, said, by=by, at=now)
            return
        tell(case, EventKind.CLAIM_WITHDRAWN, by=by, at=now, claim=claim, payload={"text": said.strip()})
        case.identity_needed = case.identity_needed and level_needed(case, rights) is not IdentityLevel.L0
        admissibility.refresh(case, at=now)
        clock.wind(case)
        finish(case, by=by, at=now)


def forward(case_id: int, *, controller: str, address: str, why: str, by: Actor) -> None:
    """T21: we only process these data for ``controller``, who has to answer; both are told (M18, Art. 28(3)(e)).

    No clock of ours runs any more.
    """
    require(by, Act.WORK_ON_CASE)
    if not controller.strip():
        raise CannotDo(_("Name the company that is responsible for these data."))
    if not _ADDRESS.fullmatch(address.strip()):
        raise CannotDo(_("Write the address of that company like name@example.org."))
    if not why.strip():
        raise CannotDo(_("Say how you know that we only process these data for somebody else."))
    with moving(case_id, by=by) as (case, now):
        _is_open(case)
        _is_undecided(case)
        _set_aside_drafts(case)
        _stop_waiting(case, by=by, at=now)
        case.forward(at=now)
        case.reply_to_read = False
        told = {"text": why.strip(), "company": controller.strip()[:200], "address": address.strip().lower()}
        tell(case, EventKind.CASE_FORWARDED, by=by, at=now, payload=told)


def _withdraw_all(case: Case, said: str, *, by: Actor, at: datetime) -> None:
    _stop_waiting(case, by=by, at=at)
    case.withdraw(at=at)
    case.reply_to_read = False
    tell(case, EventKind.CASE_WITHDRAWN, by=by, at=at, payload={"text": said.strip()})


def _is_open(case: Case) -> None:
    if not case.is_open:
        raise CannotDo(_("This case is no longer open. Reload the page to see what was done."))


def _is_undecided(case: Case) -> None:
    if not nothing_is_decided(case):
        raise CannotDo(
            _("A right of this case was decided already: answer or refuse the others, each with its reasons.")
        )


def _in_writing(said: str) -> None:
    if not said.strip():
        raise CannotDo(_("Copy the words in which the person withdraws: silence is never a withdrawal."))


def _writes_from_known_channel(case: Case) -> None:
    """Whoever asked may withdraw: through the address of the case, or once identity was verified."""
    if not case.person_email and case.verified_at is None:
        raise CannotDo(_("Nobody knows yet who wrote this: verify identity before you record a withdrawal."))


def _set_aside_drafts(case: Case) -> None:
    """A draft that waits for its reviewer waits no more."""
    for claim in Claim.objects.select_for_update().filter(case=case, state=ClaimState.IN_REVIEW.value):
        claim.send_back()
        claim.save()


def _stop_waiting(case: Case, *, by: Actor, at: datetime) -> None:
    """An open question ends with the case, so that a return does not find the clock standing still."""
    today = deadlines.brussels_date(at)
    clock.end_pause(case, kinds=tuple(PauseKind), arrived_on=today, how=PauseEnd.CASE_ENDED, by=by, at=at)
