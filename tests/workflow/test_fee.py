"""M06F: a reasonable fee instead of a refusal as abusive (Art. 12(5)): who agrees, what it stops, how it ends."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor, utc
from workflow import queries, services
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Claim, Event, Fee
from workflow.policy import Policy
from workflow.states import (
    Advice,
    CaseState,
    ClaimState,
    EventKind,
    FeeState,
    Ground,
    Outcome,
    OutOfScope,
    Right,
    SelfCheck,
)

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)  # due 2027-04-01, a Thursday
WORDS = {
    "facts": "La même copie a été remise le 20 février.",
    "calculation": "1 heure à 25 €",
    "how_to_pay": "BE00 0000 0000 0000, avec la référence du dossier",
}


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def repeated(**values: object) -> Case:
    """In progress, the second access request within a fortnight."""
    factories.answered(received_at=TUESDAY - timedelta(days=10))
    return factories.in_progress(received_at=TUESDAY, **values)


def ask(case: Case, *, by: str = "officer", ground: Ground = Ground.G_EXC, cents: int = 2500) -> Claim:
    claim = factories.claim(case)
    services.ask_fee(claim.pk, cents=cents, ground=ground, by=actor(by), **WORDS)
    return Claim.objects.get(pk=claim.pk)


def approved(case: Case) -> Claim:
    claim = ask(case)
    services.approve_fee(claim.pk, cents=2500, by=actor("manager"))
    return Claim.objects.get(pk=claim.pk)


def told(case: Case) -> Claim:
    claim = approved(case)
    services.announce_fee(claim.pk, at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    return Claim.objects.get(pk=claim.pk)


def again(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def kinds(case: Case) -> list[str]:
    return list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True))


def test_a_fee_keeps_the_right_open_and_moves_no_date(move):
    case = repeated()
    before = factories.again(case)

    claim = told(case)

    now = factories.again(case)
    assert (claim.state, claim.fee) == (ClaimState.OPEN, FeeState.ASKED)
    assert (now.case_due, now.month_due, now.send_by) == (before.case_due, before.month_due, before.send_by)
    assert not now.pauses.exists()
    assert kinds(case)[-3:] == ["fee_asked", "fee_approved", "fee_told"]
    assert services.differences(now) == []


def test_the_person_has_a_fortnight_and_the_queue_knows_the_day_after(move):
    case = repeated()

    claim = told(case)

    assert services.fee_of(claim).pay_by == date(2027, 3, 16)
    assert factories.again(case).next_due == date(2027, 3, 17)


def test_a_late_fee_leaves_a_working_day_to_decide_in_time(move):
    case = repeated()
    move(2027, 3, 22, 9)

    claim = approved(case)

    assert services.fee_of(claim).pay_by == date(2027, 3, 31)


def test_too_late_for_a_choice_no_fee_is_asked_or_approved(move):
    case = repeated()
    claim = ask(case)
    move(2027, 3, 29, 9)

    with pytest.raises(CannotDo, match="Too few days"):
        services.approve_fee(claim.pk, cents=2500, by=actor("manager"))
    services.drop_fee(claim.pk, reason="Too late.", by=actor("officer"))
    with pytest.raises(CannotDo, match="Too few days"):
        ask(case)

    assert kinds(case)[-1] == "fee_declined"
    assert again(claim).fee == ""


def test_only_a_manager_who_did_not_ask_agrees_not_even_by_sql(move):
    claim = ask(repeated(), by="manager")

    with pytest.raises(NotPermitted):
        services.approve_fee(claim.pk, cents=2500, by=actor("reviewer"))
    with pytest.raises(CannotDo, match="another person"):
        services.approve_fee(claim.pk, cents=2500, by=actor("manager"))
    with pytest.raises(IntegrityError, match="approved_by_another_person"), transaction.atomic():
        Fee.objects.update(approved_by=actor("manager").code, approved_at=TUESDAY, pay_by=date(2027, 3, 16))

    assert Fee.objects.get().approved_at is None


def test_a_solo_office_may_after_the_wait_and_it_is_flagged(move):
    services.set_policy(Policy(solo_review=True), controller=factories.installation(), by=actor("manager"))
    claim = ask(repeated(), by="manager")

    with pytest.raises(CannotDo, match="12 hours"):
        services.approve_fee(claim.pk, cents=2500, by=actor("manager"))
    move(2027, 3, 2, 22)
    services.approve_fee(claim.pk, cents=2500, checked=list(SelfCheck), by=actor("manager"))

    assert Fee.objects.get().alone
    with pytest.raises(IntegrityError, match="alone_after_the_wait"), transaction.atomic():
        Fee.objects.update(alone_from=None)


def test_the_amount_that_was_on_the_screen_is_the_one_approved(move):
    claim = ask(repeated())

    with pytest.raises(CannotDo, match="changed"):
        services.approve_fee(claim.pk, cents=2000, by=actor("manager"))

    assert Fee.objects.get().approved_at is None


def test_an_objection_of_the_data_protection_officer_stands_before_it(move):
    case = repeated()
    claim = ask(case)
    dpo = factories.colleague("dora", factories.Role.DPO).actor()
    services.give_opinion(case.pk, advice=Advice.OBJECTS, text="Answer it free.", claim=claim.uuid, by=dpo)

    with pytest.raises(CannotDo, match="objects"):
        services.approve_fee(claim.pk, cents=2500, by=actor("manager"))


def test_a_fee_needs_proof_of_abuse_like_a_refusal(move):
    case = factories.in_progress(received_at=TUESDAY)

    with pytest.raises(CannotDo, match="No request of this person"):
        ask(case)
    services.evidence_abuse(factories.claim(case).pk, text="offers to stop for money", by=actor("officer"))

    assert ask(case, ground=Ground.G_UNF).fee == FeeState.ASKED


@pytest.mark.parametrize("right", [Right.PORTABILITY, Right.OBJECTION_DM])
def test_a_right_the_law_knows_no_abuse_of_is_free_not_even_by_sql(move, right):
    factories.received((right,), received_at=TUESDAY - timedelta(days=10))
    claim = factories.claim(factories.in_progress((right,), received_at=TUESDAY), right)

    with pytest.raises(CannotDo, match="free of charge"):
        services.ask_fee(claim.pk, cents=2500, ground=Ground.G_EXC, by=actor("officer"), **WORDS)
    with pytest.raises(IntegrityError, match="where_the_law_knows_abuse"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(fee="asked")


def test_no_other_ground_carries_a_fee_not_even_by_sql(move):
    case = repeated()

    with pytest.raises(CannotDo, match="Choose a ground"):
        ask(case, ground=Ground.G_ID)
    with pytest.raises(IntegrityError, match="for_abuse_only"), transaction.atomic():
        Fee.objects.create(claim=factories.claim(case), ground="G-ID", cents=1, asked_by="x", created_at=TUESDAY)


@pytest.mark.parametrize("cents", [0, -100, 1_000_001])
def test_an_amount_that_is_none_is_refused(move, cents):
    with pytest.raises(CannotDo, match="amount"):
        ask(repeated(), cents=cents)


def test_before_identity_nobody_is_asked_for_money(move):
    factories.received(received_at=TUESDAY - timedelta(days=10))
    case = factories.confirmed(received_at=TUESDAY)

    with pytest.raises(CannotDo, match="Verify identity"):
        ask(case)


def test_nothing_is_decided_while_a_fee_is_asked_not_even_by_sql(move):
    claim = told(repeated())
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_EXC, facts="Asked again.", by=actor("officer"))

    with pytest.raises(CannotDo, match="A fee is asked for this right"):
        factories.submit(claim.pk, by=actor("officer"))
    with pytest.raises(IntegrityError, match="stays_open_while_a_fee"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(
            state="in_review", author="S-1", submitted_by="S-1", submitted_at=TUESDAY, open_checks=0
        )

    assert again(claim).state == ClaimState.OPEN


def test_paid_means_that_the_right_goes_on_and_is_not_refused_as_abusive(move):
    claim = told(repeated())

    services.record_fee_paid(claim.pk, evidence="statement of 8 March", by=actor("officer"))

    assert again(claim).fee == FeeState.PAID
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_EXC, facts="Asked again.", by=actor("officer"))
    with pytest.raises(CannotDo, match="paid the fee"):
        factories.submit(claim.pk, by=actor("officer"))
    with pytest.raises(IntegrityError, match="paid_for_is_never_refused"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(
            state="in_review", submitted_by="S-1", submitted_at=TUESDAY, open_checks=0
        )
    services.record_nothing_held(claim.case_id, source="by-hand", how="all systems", by=actor("officer"))
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    assert again(claim).state == ClaimState.IN_REVIEW


def test_silence_counts_from_the_day_after_and_words_at_once(move):
    claim = told(repeated())
    with pytest.raises(CannotDo, match="may still pay until 16/03/2027"):
        services.record_fee_unpaid(claim.pk, by=actor("officer"))
    move(2027, 3, 17, 9)

    services.record_fee_unpaid(claim.pk, by=actor("officer"))

    assert again(claim).fee == FeeState.UNPAID
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_EXC, facts="Asked again.", by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    assert again(claim).state == ClaimState.IN_REVIEW


def test_a_person_who_says_no_need_not_be_waited_for(move):
    claim = told(repeated())

    services.record_fee_unpaid(claim.pk, said="Je ne paierai pas.", by=actor("officer"))

    assert again(claim).fee == FeeState.UNPAID


def test_a_letter_that_has_not_left_is_nobodys_refusal(move):
    claim = approved(repeated())
    move(2027, 3, 20, 9)

    with pytest.raises(CannotDo, match="has not left"):
        services.record_fee_unpaid(claim.pk, by=actor("officer"))
    services.announce_fee(claim.pk, at=utc(2027, 3, 3, 9), evidence="RE 1 BE", by=actor("officer"))
    services.record_fee_unpaid(claim.pk, by=actor("officer"))

    assert again(claim).fee == FeeState.UNPAID


def test_withdrawing_ends_the_fee_and_here_the_case(move):
    case = repeated()
    claim = told(case)

    services.withdraw_claim(claim.pk, said="Alors je retire ma demande.", by=actor("officer"))

    assert (again(claim).state, again(claim).fee) == (ClaimState.WITHDRAWN, FeeState.WITHDRAWN)
    assert factories.again(case).state == "withdrawn"


def test_a_dropped_fee_leaves_the_answer_free_and_comes_once(move):
    claim = told(repeated())

    services.drop_fee(claim.pk, reason="Answered free of charge.", by=actor("officer"))

    assert again(claim).fee == FeeState.DROPPED
    with pytest.raises(CannotDo, match="dropped"):
        ask(claim.case)


def test_a_letter_left_after_the_first_month_is_flagged_like_a_late_refusal(move):
    claim = approved(repeated())
    move(2027, 4, 5, 9)

    services.announce_fee(claim.pk, at=utc(2027, 4, 5, 8), by=POST_OFFICE)

    event = Event.objects.filter(kind=EventKind.FEE_TOLD.value).get()
    assert b'"late_refusal":true' in bytes(event.body)


def test_who_asked_or_approved_a_fee_takes_no_second_look_at_it(move):
    case = repeated()
    told(case)
    services.raise_complaint(case.pk, words="Trop cher.", by=actor("officer"))

    assert not services.may_examine(case, by=actor("officer"))
    assert not services.may_examine(case, by=actor("manager"))
    assert services.may_examine(case, by=actor("reviewer"))


def test_the_list_of_what_waits_for_a_second_person_shows_it_until_a_manager_agreed(move):
    case = repeated()
    claim = ask(case)
    assert list(queries.awaiting_review(case.controller, to=actor("manager"))) == [case]

    services.approve_fee(claim.pk, cents=2500, by=actor("manager"))

    assert not queries.awaiting_review(case.controller, to=actor("manager")).exists()


def test_a_fee_the_person_may_have_read_of_is_a_decision_and_no_case_ends_as_none(move):
    case = repeated()
    claim = told(case)
    other = factories.received(received_at=TUESDAY)

    with pytest.raises(CannotDo, match="decided already"):
        services.declare_out_of_scope(case.pk, reason=OutOfScope.NO_REQUEST, why="A bill.", by=actor("officer"))
    with pytest.raises(CannotDo, match="decided already"):
        services.forward(
            case.pk, controller="Other SA", address="a@example.org", why="Their customer.", by=actor("officer")
        )
    with pytest.raises(CannotDo, match="A decision was already taken"):
        services.merge(case.pk, into=other.pk, by=actor("officer"))

    assert (factories.again(case).state, again(claim).fee) == (CaseState.IN_PROGRESS, FeeState.ASKED)


def test_the_wish_for_a_fee_that_waits_for_a_manager_ends_with_the_case(move):
    case = repeated()
    claim = ask(case)

    services.declare_out_of_scope(case.pk, reason=OutOfScope.NO_REQUEST, why="A bill.", by=actor("officer"))
    services.undo_out_of_scope(case.pk, why="It is a request.", by=actor("officer"))

    assert (again(claim).fee, Fee.objects.exists()) == ("", False)
    with pytest.raises(CannotDo, match="No fee waits"):
        services.approve_fee(claim.pk, cents=2500, by=actor("manager"))
