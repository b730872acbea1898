"""G-ID is for us to prove: what is refused for want of it was asked for, for this right, and somebody had the time."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor, utc
from workflow import events, services
from workflow.actors import INTAKE, POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case, Claim, Event, Pause
from workflow.services import Condition
from workflow.states import (
    CaseState,
    ClaimState,
    EventKind,
    Evidence,
    Ground,
    IdentityLevel,
    IdentityMethod,
    Means,
    Outcome,
    OutOfScope,
    PauseEnd,
    PauseKind,
    RequirementCode,
    Right,
)

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)
NO_MANDATE = Condition(RequirementCode.MANDATE_SHOWN, met=False, evidence=Evidence.NOT_FOUND)
QUESTION = "Who gave you a mandate, and for which rights?"


@pytest.fixture(autouse=True)
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def refuse(case: Case, right: Right = Right.ACCESS) -> Claim:
    claim = factories.claim(case, right)
    facts = "Asked on 2 March, reminded twice."
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_ID, facts=facts, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    return factories.claim(case, right)


def answer_refused(case: Case, right: Right = Right.ACCESS) -> None:
    claim = factories.claim(case, right)
    services.approve(claim.pk, version=claim.version, by=actor("reviewer"))
    services.answer(claim.pk, at=utc(2027, 4, 12, 9), means=Means.EMAIL, by=POST_OFFICE)


def leaves(case: Case, kind: PauseKind, *day: int) -> None:
    services.begin_pause(case.pk, kind=kind, asked_at=utc(*day, 9), by=POST_OFFICE)


def wait_in_vain(case: Case, move, *days: tuple[int, int, int], letters: bool = True) -> None:
    for day in days:
        move(*day, 9)
        services.ring()
        if letters:
            factories.reminders_leave(case)


def corrected_then_asked_for_access() -> Case:
    """Verified at the level a correction needs; what was added needs more."""
    case = factories.confirmed((Right.RECTIFICATION,), received_at=TUESDAY)
    services.verify_identity(case.pk, method=IdentityMethod.MAIL_AUTHENTICATED, by=actor("officer"))
    services.take(case.pk, by=actor("officer"))
    services.confirm_claims(case.pk, rights=[Right.RECTIFICATION, Right.ACCESS], by=actor("officer"))
    return factories.again(case)


def represented(**values) -> Case:
    case = factories.received((Right.ACCESS,), received_at=TUESDAY, conditions=[NO_MANDATE], **values)
    services.confirm_claims(case.pk, rights=[Right.ACCESS], by=actor("officer"))
    return factories.again(case)


def proven(case: Case) -> Case:
    note = "A code to the account of 2024."
    services.verify_identity(case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note=note, by=actor("officer"))
    services.take(case.pk, by=actor("officer"))
    return factories.again(case)


# -- identity, at the level of this right ---------------------------------------------------------------


def test_a_right_added_to_a_verified_case_is_not_refused_for_proof_nobody_asked_for():
    case = corrected_then_asked_for_access()

    with pytest.raises(CannotDo, match="Ask for proof of identity first, for this right"):
        refuse(case)


def test_proof_at_a_lower_level_was_another_question(move):
    case = factories.confirmed((Right.RECTIFICATION,), received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="The name is spelled otherwise.", by=actor("officer"))
    leaves(case, PauseKind.IDENTITY, 2027, 3, 2)
    wait_in_vain(case, move, (2027, 3, 12), (2027, 3, 22), (2027, 4, 1))
    services.confirm_claims(case.pk, rights=[Right.RECTIFICATION, Right.ACCESS], by=actor("officer"))

    with pytest.raises(CannotDo, match="Ask for proof of identity first, for this right"):
        refuse(case)
    assert refuse(case, Right.RECTIFICATION).state == ClaimState.IN_REVIEW

    services.ask_identity(case.pk, doubt="The name is spelled otherwise.", by=actor("officer"))
    first, second = case.pauses.order_by("id")
    assert (first.ended, first.level, second.level) == (PauseEnd.NOT_NEEDED, IdentityLevel.L1, IdentityLevel.L2)
    with pytest.raises(CannotDo, match="has not left yet"):
        factories.submit(factories.claim(case).pk, by=actor("officer"))


def test_asked_in_vain_access_is_refused_while_the_correction_goes_on(move):
    case = corrected_then_asked_for_access()
    services.ask_identity(case.pk, doubt="The name is spelled otherwise.", by=actor("officer"))
    leaves(case, PauseKind.IDENTITY, 2027, 3, 2)
    right = factories.claim(case, Right.RECTIFICATION)
    services.draft(right.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(right.pk, by=actor("officer"))
    services.approve(right.pk, version=1, by=actor("reviewer"))
    factories.carry_out(right.pk)
    services.answer(right.pk, at=utc(2027, 3, 2, 9), means=Means.EMAIL, by=POST_OFFICE)
    wait_in_vain(case, move, (2027, 3, 12), (2027, 3, 22), (2027, 4, 12))

    refuse(case)
    answer_refused(case)

    after = factories.again(case)
    assert (after.state, after.unidentified) == (CaseState.PROCESSED, False)
    assert services.differences(after) == []


def test_proof_that_was_given_and_lost_is_asked_for_again(move):
    case = factories.confirmed(received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="The name is spelled otherwise.", by=actor("officer"))
    leaves(case, PauseKind.IDENTITY, 2027, 3, 2)
    proven(case)
    Case.objects.filter(pk=case.pk).update(verified_at=None, identity_level="L0", state=CaseState.AWAITING_IDENTITY)

    with pytest.raises(CannotDo, match="Ask for proof of identity first"):
        refuse(case)


def test_a_case_that_ended_over_an_open_question_asks_it_anew(move):
    case = factories.confirmed(received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="The name is spelled otherwise.", by=actor("officer"))
    leaves(case, PauseKind.IDENTITY, 2027, 3, 2)
    services.declare_out_of_scope(case.pk, reason=OutOfScope.SUPPORT, why="About an invoice.", by=actor("officer"))
    services.undo_out_of_scope(case.pk, why="It is a request.", by=actor("officer"))

    with pytest.raises(CannotDo, match="never got the question"):
        refuse(case)


def test_a_reply_to_a_question_that_never_left_is_no_failed_proof():
    case = factories.confirmed(received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="The name is spelled otherwise.", by=actor("officer"))
    services.record_reply(case.pk, kind=PauseKind.IDENTITY, note="They called the desk.", by=actor("officer"))

    with pytest.raises(CannotDo, match="never got the question"):
        refuse(case)


def test_nobody_is_refused_on_the_day_of_the_question(move):
    case = factories.confirmed(received_at=TUESDAY)
    move(2027, 4, 1, 9)  # the last day to send
    services.ask_identity(case.pk, doubt="The name is spelled otherwise.", by=actor("officer"))
    leaves(case, PauseKind.IDENTITY, 2027, 4, 1)

    with pytest.raises(CannotDo, match="has not been reminded"):
        refuse(case)


# -- the mandate ----------------------------------------------------------------------------------------


def test_a_representative_is_not_refused_for_a_mandate_nobody_asked_for():
    case = proven(represented())

    with pytest.raises(CannotDo, match="Ask for the mandate first"):
        refuse(case)


@pytest.mark.parametrize("left", [False, True])
def test_a_mandate_asked_for_a_minute_ago_is_no_silence(left: bool):
    case = proven(represented())
    services.ask_mandate(case.pk, question=QUESTION, by=actor("officer"))
    if left:
        leaves(case, PauseKind.MANDATE, 2027, 3, 2)

    with pytest.raises(CannotDo, match="reminded of the question about the mandate" if left else "has not left yet"):
        refuse(case)


def test_a_mandate_nobody_showed_ends_a_case_whose_identity_was_never_verified(move):
    case = represented()
    services.ask_mandate(case.pk, question=QUESTION, by=actor("officer"))
    leaves(case, PauseKind.MANDATE, 2027, 3, 2)
    assert factories.again(case).next_due.isoformat() == "2027-04-01"
    wait_in_vain(case, move, (2027, 3, 12), (2027, 3, 22), (2027, 4, 1))
    assert services.has_no_mandate(factories.again(case), utc(2027, 4, 1, 9).date())

    move(2027, 4, 12, 9)
    refuse(case)
    answer_refused(case)

    after = factories.again(case)
    assert (after.state, after.unidentified) == (CaseState.PROCESSED, True)
    assert after.pauses.get().ended == PauseEnd.SILENCE
    assert services.differences(after) == []


def test_a_mandate_shown_takes_the_refusal_back(move):
    case = proven(represented())
    services.ask_mandate(case.pk, question=QUESTION, by=actor("officer"))
    leaves(case, PauseKind.MANDATE, 2027, 3, 2)
    wait_in_vain(case, move, (2027, 3, 12), (2027, 3, 22), (2027, 4, 1))
    refuse(case)

    code, reason = RequirementCode.MANDATE_SHOWN, "Signed on 1 March, names access."
    services.meet_condition(case.pk, code=code, reason=reason, by=actor("officer"))

    assert factories.claim(case).state == ClaimState.OPEN


def test_a_mandate_that_says_nothing_of_this_right_is_refused_once_somebody_read_it(move):
    case = proven(represented())
    services.ask_mandate(case.pk, question=QUESTION, by=actor("officer"))
    leaves(case, PauseKind.MANDATE, 2027, 3, 2)
    move(2027, 3, 4, 9)
    came = utc(2027, 3, 4, 8)
    services.attach_message(case.pk, message=uuid.uuid4(), received_at=came, digest="0" * 64, by=INTAKE)

    with pytest.raises(CannotDo, match="Read the new message"):
        refuse(case)
    services.read_reply(case.pk, by=actor("officer"))
    factories.submit(factories.claim(case).pk, by=actor("officer"))

    assert factories.claim(case).state == ClaimState.IN_REVIEW


# -- reminders -----------------------------------------------------------------------------------------


def asked() -> Case:
    case = factories.confirmed(received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="The name is spelled otherwise.", by=actor("officer"))
    leaves(case, PauseKind.IDENTITY, 2027, 3, 2)
    return case


def test_a_reminder_that_never_left_reminded_nobody(move):
    case = asked()
    wait_in_vain(case, move, (2027, 3, 12), (2027, 3, 22), (2027, 4, 1), letters=False)

    with pytest.raises(CannotDo, match="have it sent, or record how it was posted"):
        refuse(case)


def test_one_that_left_late_gives_as_many_days(move):
    case = asked()
    wait_in_vain(case, move, (2027, 3, 12), (2027, 3, 22), (2027, 3, 25), letters=False)
    factories.reminders_leave(case)

    move(2027, 4, 3, 9)
    with pytest.raises(CannotDo, match="from 04/04/2027"):
        refuse(case)
    move(2027, 4, 4, 9)
    factories.submit(factories.claim(case).pk, by=actor("officer"))


def test_on_paper_each_reminder_is_recorded_with_its_proof(move):
    case = asked()
    post = {"kind": PauseKind.IDENTITY, "evidence": "RE 2 BE", "by": actor("officer")}
    with pytest.raises(CannotDo, match="No reminder of this question waits"):
        services.record_reminder_posted(case.pk, at=utc(2027, 3, 2, 9), **post)
    wait_in_vain(case, move, (2027, 3, 12), letters=False)
    with pytest.raises(CannotDo, match="how it can be proven"):
        services.record_reminder_posted(case.pk, at=utc(2027, 3, 12, 9), **{**post, "evidence": " "})
    with pytest.raises(CannotDo, match="before its day"):
        services.record_reminder_posted(case.pk, at=utc(2027, 3, 11, 9), **post)
    services.record_reminder_posted(case.pk, at=utc(2027, 3, 12, 9), **post)
    wait_in_vain(case, move, (2027, 3, 22), letters=False)
    services.record_reminder_posted(case.pk, at=utc(2027, 3, 22, 9), **post)
    move(2027, 4, 1, 9)

    assert refuse(case).state == ClaimState.IN_REVIEW
    told = Event.objects.filter(stream=case.stream, kind=EventKind.REMINDER_LEFT.value).order_by("seq")
    assert [events.fields(event)["data"]["milestone"] for event in told] == ["M21-1-identity", "M21-2-identity"]
    assert services.differences(factories.again(case)) == []


def test_one_that_came_back_counts_no_more(move):
    case = asked()
    wait_in_vain(case, move, (2027, 3, 12), (2027, 3, 22), (2027, 4, 1))
    rung = Event.objects.filter(stream=case.stream, kind=EventKind.MILESTONE_REACHED.value).order_by("seq")
    second = next(one for one in rung if events.fields(one)["data"]["milestone"] == "M21-2-identity")

    services.reminder_lost(second.pk, by=POST_OFFICE)

    with pytest.raises(CannotDo, match="record how it was posted"):
        refuse(case)


# -- and in the tables ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["in_review", "approved", "answered"])
def test_the_database_knows_no_refusal_for_what_was_never_asked(state: str):
    case = corrected_then_asked_for_access()
    claim = factories.claim(case)
    facts = "We cannot identify them."
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_ID, facts=facts, by=actor("officer"))
    rows = Claim.objects.filter(pk=claim.pk)

    with pytest.raises(IntegrityError, match="never asked for"), transaction.atomic():
        rows.update(state=state)
    services.ask_identity(case.pk, doubt="The name is spelled otherwise.", by=actor("officer"))
    with pytest.raises(IntegrityError, match="never asked for"), transaction.atomic():
        rows.update(state=state)


def test_nor_one_for_a_question_of_a_lower_level(move):
    case = asked()
    wait_in_vain(case, move, (2027, 3, 12), (2027, 3, 22), (2027, 4, 1))
    Case.objects.filter(pk=case.pk).update(verified_at=TUESDAY, identity_level="L1", state="in_progress")
    Pause.objects.filter(case=case).update(level="L1")
    claim = factories.claim(case)
    facts = "We cannot identify them."
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_ID, facts=facts, by=actor("officer"))

    with pytest.raises(IntegrityError, match="never asked for"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(state="in_review")


def test_a_question_about_identity_says_at_which_level(move):
    case = asked()

    with pytest.raises(IntegrityError, match="says_which_level"), transaction.atomic():
        case.pauses.update(level="")
