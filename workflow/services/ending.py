"""How a case ends without an answer: out of scope, withdrawn by the person, forwarded to who is responsible."""

import re
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from workflow import deadlines, events
from workflow.actors import Actor
from workflow.guards import (
    CannotDo,
    is_a_sentence,
    level_needed,
    nothing_is_answered,
    nothing_is_decided,
    require,
    says_something,
)
from workflow.models import Case, Claim, Event, Fee
from workflow.permissions import Act
from workflow.services import admissibility, clock
from workflow.services._moving import deciding, in_open_case, moving, tell
from workflow.services.cases import carried_by_somebody, finish, go_on_unproven, identity_as_before, rights_of
from workflow.states import ClaimState, Consumer, EventKind, FeeState, IdentityLevel, OutOfScope, PauseEnd, PauseKind

UNDO_DAYS = 30
_ADDRESS = re.compile(r"(?=.{3,254}\Z)[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]+\.[^@\s<>,;\".]+")


def declare_out_of_scope(case_id: int, *, reason: OutOfScope, why: str, stop_for: str = "", by: Actor) -> None:
    """T04: the message uses no right of the GDPR; the person is told (M15), except for spam.

    ``stop_for``: the address of somebody who died; it goes on the list of those who get no advertising, and only then
    the letter says so. Raises CannotDo once a right was decided: the request was then taken for one.
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(why):
        raise CannotDo(_("Say what shows that no right is used: the sentence stays in the history."))
    stop = stop_for.strip().lower()
    if stop and reason is not OutOfScope.DECEASED:
        raise CannotDo(_("An address goes on the list here only where its person has died."))
    if stop and not is_an_address(stop):
        raise CannotDo(_("Write the person’s address like name@example.org."))
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        _is_undecided(case)
        _set_aside_drafts(case)
        _stop_waiting(case, by=by, at=now)
        case.leave_scope(at=now, reason=reason)
        case.reply_to_read = False
        said = {"text": why.strip(), **({"stop": stop} if stop else {})}
        data = {"scope": reason.value, **({"advertising_stops": True} if stop else {})}
        also = (Consumer.LISTS,) if stop else ()  # the list outlives the case
        tell(case, EventKind.CASE_OUT_OF_SCOPE, by=by, at=now, data=data, payload=said, also=also)


def record_freeze_of_advertising(case_id: int, *, listed: bool, by: Actor) -> None:
    """The address of somebody who died stands on the list; not ``listed``: it is none mail could go to."""
    require(by, Act.APPLY_RETENTION)
    with moving(case_id, by=by) as (case, now):
        tell(case, EventKind.ADDRESS_SUPPRESSED, by=by, at=now, data={"listed": listed})


def undo_out_of_scope(case_id: int, *, why: str, by: Actor) -> None:
    """T04 undone within 30 days: received again, with its first receipt date."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(why):
        raise CannotDo(_("Say why this is a request after all."))
    with moving(case_id, by=by) as (case, now):
        if case.ended_at is not None and now > case.ended_at + timedelta(days=UNDO_DAYS):
            raise CannotDo(_("The 30 days to undo this are over: open a new case from the person’s next message."))
        case.return_to_scope()
        identity_as_before(case)
        carried_by_somebody(case, by)
        clock.wind(case)
        data = {"receipt_date": case.receipt_date, "case_due": case.case_due}
        tell(case, EventKind.CASE_BACK_IN_SCOPE, by=by, at=now, data=data, payload={"text": why.strip()})


def withdraw_case(case_id: int, *, said: str, known_by: str = "", by: Actor) -> None:
    """T20: the person withdrew the whole request in writing; ``said`` are their words. Never by silence.

    ``known_by``: how the officer knows that it is the person, as long as identity is not verified.

    Raises CannotDo once something was answered: then single rights are withdrawn.
    """
    require(by, Act.WORK_ON_CASE)
    _in_writing(said)
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        _comes_from_the_person(case, known_by)
        if not nothing_is_answered(case):
            raise CannotDo(_("A right of this case was answered already: withdraw the other rights one by one."))
        for claim in Claim.objects.select_for_update().filter(case=case).exclude(state=ClaimState.WITHDRAWN.value):
            _is_not_done(case, claim)
            claim.withdraw()
            claim.save()
        _withdraw_all(case, said, known_by, by=by, at=now)


def withdraw_claim(claim_id: int, *, said: str, known_by: str = "", by: Actor) -> None:
    """T20: the person withdrew one right in writing; with the last one the case ends too."""
    require(by, Act.WORK_ON_CASE)
    _in_writing(said)
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        _comes_from_the_person(case, known_by)
        _is_not_done(case, claim)
        claim.withdraw()
        claim.save()
        rights = rights_of(case)
        if not rights:
            _withdraw_all(case, said, known_by, by=by, at=now)
            return
        tell(case, EventKind.CLAIM_WITHDRAWN, by=by, at=now, claim=claim, payload=_words(said, known_by))
        case.identity_needed = case.identity_needed and level_needed(case, rights) is not IdentityLevel.L0
        admissibility.refresh(case, at=now)
        clock.wind(case)
        go_on_unproven(case, by=by, at=now)
        finish(case, by=by, at=now)


def forward(case_id: int, *, controller: str, address: str, why: str, by: Actor) -> None:
    """T21: we only process these data for ``controller``, who has to answer; both are told (M18, Art. 28(3)(e)).

    No clock of ours runs any more.
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(controller):
        raise CannotDo(_("Name the company that is responsible for these data."))
    if not is_an_address(address.strip()):
        raise CannotDo(_("Write the address of that company like name@example.org."))
    if not says_something(why):
        raise CannotDo(_("Say how you know that we only process these data for somebody else."))
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        _is_undecided(case)
        _set_aside_drafts(case)
        _stop_waiting(case, by=by, at=now)
        case.forward(at=now)
        case.reply_to_read = False
        told = {"text": why.strip(), "company": controller.strip()[:200], "address": address.strip().lower()}
        tell(case, EventKind.CASE_FORWARDED, by=by, at=now, payload=told)


def is_an_address(text: str) -> bool:
    """Whether mail could go there, by its form; an encoded word (RFC 2047) would be read as another address."""
    return _ADDRESS.fullmatch(text) is not None and "=?" not in text


def _withdraw_all(case: Case, said: str, known_by: str, *, by: Actor, at: datetime) -> None:
    _stop_waiting(case, by=by, at=at)
    case.withdraw(at=at)
    case.reply_to_read = False
    tell(case, EventKind.CASE_WITHDRAWN, by=by, at=at, payload=_words(said, known_by))


def _words(said: str, known_by: str) -> dict[str, str]:
    return {"text": said.strip(), **({"how": known_by.strip()} if known_by.strip() else {})}


def _is_undecided(case: Case) -> None:
    if not nothing_is_decided(case):
        raise CannotDo(
            _("A right of this case was decided already: answer or refuse the others, each with its reasons.")
        )


def _in_writing(said: str) -> None:
    if not says_something(said):
        raise CannotDo(_("Copy the words in which the person withdraws: silence is never a withdrawal."))


def _comes_from_the_person(case: Case, known_by: str) -> None:
    """T20, "verified channel": anybody can write an address into a mail and make a request end."""
    if case.verified_at is None and not is_a_sentence(known_by, least=2):
        raise CannotDo(
            _(
                "Nobody knows yet who wrote this: verify identity first, or say how you know that the person withdraws "
                "(they answered our letter, or confirmed it by a contact on file)."
            )
        )


def _is_not_done(case: Case, claim: Claim) -> None:
    """What was carried out is not undone by a letter that says we stop: the answer says what was done."""
    seen = Event.objects.filter(stream=case.stream, kind=EventKind.EXECUTION_VERIFIED.value)
    if any(events.fields(event)["claim"] == str(claim.uuid) for event in seen):
        raise CannotDo(
            _(
                "What this right asks for was done already, so it can no longer be withdrawn: send its answer, which "
                "says what was done, and tell the person so."
            )
        )


def _set_aside_drafts(case: Case) -> None:
    """A draft that waits for its reviewer waits no more."""
    for claim in Claim.objects.select_for_update().filter(case=case, state=ClaimState.IN_REVIEW.value):
        claim.send_back()
        claim.save()
    for row in Fee.objects.filter(claim__case=case, claim__fee=FeeState.ASKED.value, approved_at=None):
        row.delete()  # the wish for a fee that waits for a manager too; one agreed to is a decision
        Claim.objects.filter(pk=row.claim_id).update(fee="")


def _stop_waiting(case: Case, *, by: Actor, at: datetime) -> None:
    """An open question ends with the case, so that a return does not find the clock standing still."""
    today = deadlines.brussels_date(at)
    clock.end_pause(case, kinds=tuple(PauseKind), arrived_on=today, how=PauseEnd.CASE_ENDED, by=by, at=at)
