"""T07: the person was asked who they are, reminded, and silent; or the proof was not enough."""

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor, utc
from workflow import events, services
from workflow.actors import INTAKE, POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case, Event
from workflow.services import silence
from workflow.states import CaseState, ClaimState, EventKind, Ground, IdentityMethod, Means, Outcome, PauseKind, Right

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)
REFUSAL = {"outcome": Outcome.REFUSED, "ground": Ground.G_ID, "facts": "Asked on 2 March, reminded twice."}


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def asked(*rights: Right) -> Case:
    case = factories.confirmed(rights or (Right.ACCESS,), received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="another address", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    return factories.again(case)


def silent(move, *rights: Right) -> Case:
    case = asked(*rights)
    for day in ((2027, 3, 12), (2027, 3, 22), (2027, 4, 1)):
        move(*day, 9)
        services.ring()
        factories.reminders_leave(case)
    return factories.again(case)


def refuse(case: Case, right: Right = Right.ACCESS) -> None:
    claim = factories.claim(case, right)
    services.draft(claim.pk, by=actor("officer"), **REFUSAL)
    factories.submit(claim.pk, by=actor("officer"))


def approve(case: Case, right: Right = Right.ACCESS) -> None:
    claim = factories.claim(case, right)
    services.approve(claim.pk, version=claim.version, by=actor("reviewer"))


def test_after_thirty_days_of_silence_the_refusal_is_drafted_approved_and_answered(move):
    case = silent(move)

    refuse(case)
    approve(case)
    services.answer(factories.claim(case).pk, at=utc(2027, 4, 1, 9), means=Means.EMAIL, by=POST_OFFICE)

    after = factories.again(case)
    kinds = list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True))
    assert (after.state, after.unidentified, after.verified_at) == (CaseState.PROCESSED, True, None)
    assert kinds[-3:] == ["claim_answered", "clock_resumed", "case_processed"]
    assert (after.pauses.get().ended, after.suspended) == ("silence", False)
    assert not services.differences(after)
    assert not factories.claim(case).late_refusal


def test_it_is_not_refused_before_the_silence_lasted(move):
    case = asked()
    claim = factories.claim(case)
    services.draft(claim.pk, by=actor("officer"), **REFUSAL)

    with pytest.raises(CannotDo, match="has not been reminded"):
        factories.submit(claim.pk, by=actor("officer"))
    for day in ((2027, 3, 12), (2027, 3, 22), (2027, 3, 31)):
        move(*day, 9)
        services.ring()
        factories.reminders_leave(case)
    with pytest.raises(CannotDo, match="from 01/04/2027"):
        factories.submit(claim.pk, by=actor("officer"))


def test_after_an_outage_both_reminders_still_come_first_with_as_many_days_between_them(move):
    case = asked()
    rung = []
    for month, day in [(4, 5), (4, 14), (4, 15), (4, 24)]:  # nothing ran for a month
        move(2027, month, day, 9)
        services.ring()
        services.ring()
        factories.reminders_leave(case)
        rung.append([row.code for row in case.milestones.order_by("id")])
        assert not silence.is_unanswered(factories.again(case), utc(2027, month, day, 9).date())
    with pytest.raises(CannotDo, match="from 25/04/2027"):
        refuse(case)
    move(2027, 4, 25, 9)
    services.ring()

    factories.submit(factories.claim(case).pk, by=actor("officer"))
    first, second = ["M21-1-identity"], ["M21-1-identity", "M21-2-identity"]
    assert rung == [first, first, second, second]
    assert [row.code for row in case.milestones.order_by("id")] == [*second, "A11-identity"]


def test_proof_that_is_not_enough_lets_the_officer_refuse_at_once(move):
    case = asked()
    move(2027, 3, 9, 9)
    services.record_reply(case.pk, kind=PauseKind.IDENTITY, note="A copy came by post.", by=actor("officer"))

    refuse(case)

    assert factories.claim(case).state == ClaimState.IN_REVIEW


def test_where_the_clock_runs_on_the_refusal_leaves_by_its_own_date(move):
    case = factories.confirmed(received_at=TUESDAY)
    move(2027, 3, 20, 9)
    services.ask_identity(case.pk, doubt="another address", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 20, 9), by=POST_OFFICE)

    move(2027, 4, 1, 9)  # the last day to send
    refuse(case)
    approve(case)

    assert factories.claim(case).state == ClaimState.APPROVED


def test_a_question_that_came_back_is_no_silence(move):
    case = asked()
    services.question_lost(case.pk, kinds=(PauseKind.IDENTITY,), by=POST_OFFICE)
    move(2027, 4, 9, 9)

    with pytest.raises(CannotDo, match="never got the question"):
        refuse(case)


@pytest.mark.parametrize("ground", [Ground.G_EXC, Ground.G_OTHERS])
def test_only_for_want_of_identity_and_only_whole(move, ground):
    case = silent(move)
    claim = factories.claim(case)
    outcome = Outcome.PARTLY_GRANTED if ground is Ground.G_OTHERS else Outcome.REFUSED
    services.draft(claim.pk, outcome=outcome, ground=ground, facts="Nothing came.", by=actor("officer"))

    with pytest.raises(CannotDo, match="Verify identity"):
        factories.submit(claim.pk, by=actor("officer"))


def test_a_message_that_came_meanwhile_is_read_first(move):
    case = silent(move)
    refuse(case)
    services.attach_message(case.pk, message=case.uuid, received_at=utc(2027, 4, 1, 8), digest="0" * 64, by=INTAKE)

    with pytest.raises(CannotDo, match="Read the new message"):
        approve(case)


def test_proof_that_arrives_after_all_takes_the_refusal_back(move):
    case = silent(move)
    refuse(case)
    approve(case)

    services.verify_identity(
        case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.", by=actor("officer")
    )

    back = Event.objects.filter(stream=case.stream, kind=EventKind.CLAIM_SENT_BACK.value).get()
    assert factories.claim(case).state == ClaimState.OPEN
    assert events.fields(back)["data"]["why"] == "identity"


def test_a_new_question_takes_the_refusal_back_too(move):
    case = asked()
    services.record_reply(case.pk, kind=PauseKind.IDENTITY, note="A copy came by post.", by=actor("officer"))
    refuse(case)

    services.ask_identity(case.pk, doubt="the copy shows another name", by=actor("officer"))

    assert factories.claim(case).state == ClaimState.OPEN


def test_the_rights_that_need_no_identity_are_answered_all_the_same(move):
    case = silent(move, Right.ACCESS, Right.OBJECTION_DM)
    claim = factories.claim(case, Right.OBJECTION_DM)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.answer(claim.pk, at=utc(2027, 4, 1, 9), means=Means.EMAIL, by=POST_OFFICE)
    assert factories.again(case).state == CaseState.AWAITING_IDENTITY

    refuse(case)
    approve(case)
    services.answer(factories.claim(case).pk, at=utc(2027, 4, 1, 9), means=Means.EMAIL, by=POST_OFFICE)

    assert factories.again(case).state == CaseState.PROCESSED


def test_a_person_who_comes_back_is_asked_again_in_the_same_case(move):
    case = silent(move)
    refuse(case)
    approve(case)
    services.answer(factories.claim(case).pk, at=utc(2027, 4, 1, 9), means=Means.EMAIL, by=POST_OFFICE)

    services.reopen(case.pk, reason="The proof came in May.", rights=[Right.ACCESS], by=actor("officer"))

    after = factories.again(case)
    assert (after.state, after.unidentified) == (CaseState.AWAITING_IDENTITY, False)


def test_the_queue_lists_the_case_on_the_day_somebody_has_to_decide(move):
    case = asked()

    assert factories.again(case).next_due.isoformat() == "2027-04-01"


def test_the_database_knows_no_processed_case_without_identity_or_the_mark(move):
    case = silent(move)

    with pytest.raises(IntegrityError, match="case_unidentified"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(unidentified=True)
    with pytest.raises(IntegrityError, match="only_after_it_left"), transaction.atomic():
        case.pauses.update(asked_on=None)
    refuse(case)
    approve(case)
    services.answer(factories.claim(case).pk, at=utc(2027, 4, 1, 9), means=Means.EMAIL, by=POST_OFFICE)
    with pytest.raises(IntegrityError, match="identity_unless_not_needed"), transaction.atomic():
        Case.objects.filter(pk=case.pk, state="processed").update(unidentified=False)


@pytest.mark.parametrize(
    ("right", "outcome", "ground"),
    [
        (Right.OBJECTION_GENERAL, Outcome.GRANTED, None),
        (Right.OBJECTION_GENERAL, Outcome.REFUSED, Ground.G_COMPELLING),
        (Right.AUTOMATED_DECISION, Outcome.GRANTED, None),
        (Right.AUTOMATED_DECISION, Outcome.REFUSED, Ground.G_NO22),
    ],
)
def test_a_right_that_knows_no_want_of_identity_is_decided_on_the_request_alone(move, right, outcome, ground):
    case = silent(move, right)
    claim = factories.claim(case, right)
    services.draft(claim.pk, outcome=outcome, ground=ground, facts="As asked.", by=actor("officer"))
    if right is Right.OBJECTION_GENERAL:
        services.decline_interim(case.pk, reason="Nothing is used meanwhile.", by=actor("officer"))

    factories.submit(claim.pk, by=actor("officer"))
    approve(case, right)
    if (right, outcome) == (Right.OBJECTION_GENERAL, Outcome.GRANTED):
        factories.carry_out(claim.pk)
    services.answer(claim.pk, at=utc(2027, 4, 1, 9), means=Means.EMAIL, by=POST_OFFICE)

    after = factories.again(case)
    assert (after.state, after.unidentified, after.suspended) == (CaseState.PROCESSED, True, False)
    assert not services.differences(after)


def test_before_the_silence_lasted_the_officer_is_led_to_that_end(move):
    case = asked(Right.OBJECTION_GENERAL)
    claim = factories.claim(case, Right.OBJECTION_GENERAL)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))

    sentences = [str(one) for one in services.blockers(case, claim)]

    assert any("decide this right on what the request says alone" in one for one in sentences)
    with pytest.raises(CannotDo, match="has not been reminded"):
        factories.submit(claim.pk, by=actor("officer"))


def test_beside_such_a_right_access_is_still_only_refused_for_want_of_identity(move):
    case = silent(move, Right.ACCESS, Right.OBJECTION_GENERAL)
    services.draft(factories.claim(case).pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))

    with pytest.raises(CannotDo, match="Verify identity"):
        factories.submit(factories.claim(case).pk, by=actor("officer"))
