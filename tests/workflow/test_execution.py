"""T17: an answer says what was done, so it leaves after somebody saw that it is; a step that failed keeps it back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from notifications import services as post_office
from notifications.kinds import NotificationState
from notifications.models import Notification
from tests import factories
from tests.factories import actor
from workflow import events, services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Claim, Event, Execution
from workflow.states import ClaimState, ExecutionProof, Ground, Means, Outcome, Right

pytestmark = pytest.mark.django_db


def approved(right: Right = Right.ERASURE, facts: str = factories.SAID["facts"]) -> tuple[Case, Claim]:
    case = factories.in_progress((right,))
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    services.draft(factories.claim(case, right).pk, outcome=Outcome.GRANTED, facts=facts, by=actor("officer"))
    again(case, right)
    return case, factories.claim(case, right)


def again(case: Case, right: Right) -> None:
    claim = factories.claim(case, right)
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=factories.claim(case, right).version, by=actor("reviewer"))


def fail(claim: Claim) -> None:
    services.record_step_failed(claim.pk, source="mailchimp", why="The interface answered 500.", by=actor("officer"))


@pytest.mark.parametrize("right", [Right.ERASURE, Right.RECTIFICATION])
def test_a_failed_step_opens_the_right_again_and_says_what_makes_the_answer_possible(right):
    case, claim = approved(right)
    fail(claim)

    assert factories.claim(case, right).state == ClaimState.OPEN
    assert any("mailchimp" in str(one) for one in services.blockers(case, factories.claim(case, right)))
    with pytest.raises(CannotDo, match="try again there, or do it by hand"):
        factories.submit(claim.pk, by=actor("officer"))


def test_its_letter_does_not_leave():
    case, claim = approved()
    factories.carry_out(claim.pk)
    post_office.sweep_pending()
    letters = list(Notification.objects.filter(case=case, letter="M10"))

    fail(claim)

    assert letters
    assert {post_office.deliver(letter.pk) for letter in letters} == {NotificationState.CANCELLED}


@pytest.mark.parametrize(("by_hand", "state", "tries"), [(True, "by_hand", 1), (False, "done", 2)])
def test_tried_again_or_done_by_hand_with_a_reason_it_goes_on(by_hand, state, tries):
    case, claim = approved()
    fail(claim)
    with pytest.raises(CannotDo, match="how you saw"):
        services.settle_step(claim.pk, source="mailchimp", by_hand=by_hand, reason=" ", by=actor("officer"))

    services.settle_step(claim.pk, source="mailchimp", by_hand=by_hand, reason="Looked it up.", by=actor("officer"))
    again(case, Right.ERASURE)

    row = Execution.objects.get()
    kinds = Event.objects.filter(stream=case.stream).values_list("kind", flat=True)
    assert (row.state, row.tries) == (state, tries)
    assert factories.claim(case, Right.ERASURE).state == ClaimState.APPROVED
    assert {"execution_failed", "execution_settled"} <= set(kinds)


def test_the_name_of_a_source_may_name_a_person_so_it_is_sealed_and_one_source_is_one_step():
    case, claim = approved()
    for typed in ("Intercom, fiche d’Ada Lovelace", "intercom,  fiche d’ada lovelace"):
        services.record_step_failed(claim.pk, source=typed, why="500", by=actor("officer"))
    named = services.failed_steps(claim)
    services.settle_step(claim.pk, source="step-1", by_hand=True, reason="Looked it up.", by=actor("officer"))
    again(case, Right.ERASURE)
    services.record_step_failed(claim.pk, source="Stripe", why="500", by=actor("officer"))

    told = Event.objects.filter(stream=case.stream, kind__startswith="execution_")

    assert named == {"step-1": "intercom, fiche d’ada lovelace"}
    assert services.failed_steps(claim) == {"step-2": "Stripe"}
    assert list(Execution.objects.values_list("source", "tries")) == [("step-1", 2), ("step-2", 1)]
    assert not any("lovelace" in bytes(event.body).decode().casefold() for event in told)


def test_a_refusal_carries_nothing_out():
    case, claim = approved()
    fail(claim)

    values = {"outcome": Outcome.REFUSED, "ground": Ground.G_173B, "facts": "Seven years by law."}
    services.draft(claim.pk, by=actor("officer"), **values)

    assert services.blockers(case, factories.claim(case, Right.ERASURE)) == []


def test_the_database_knows_no_settled_step_without_a_name():
    _case, claim = approved()
    fail(claim)

    with pytest.raises(IntegrityError, match="execution_settled"), transaction.atomic():
        Execution.objects.update(state="done")


# -- seen to be done -----------------------------------------------------------------------------------------


DONE = {"done": factories.SAID["facts"], "where": "CRM, Mailchimp", "seen": "Searched by address: no record."}


def letters_of(case: Case) -> list[str]:
    post_office.sweep_pending()
    post_office.deliver_due()
    return list(Notification.objects.filter(case=case, letter__startswith="M1").values_list("letter", flat=True))


@pytest.mark.parametrize(
    ("right", "letter"),
    [(Right.ERASURE, "M10"), (Right.RESTRICTION, "M12"), (Right.OBJECTION_GENERAL, "M12O")],
)
def test_approval_sends_no_letter_what_was_seen_to_be_done_does(right, letter):
    case, claim = approved(right)

    assert letter not in letters_of(case)
    with pytest.raises(CannotDo, match="Record first what was done"):
        answer(claim)
    factories.carry_out(claim.pk)

    assert letter in letters_of(case)
    answer(claim)
    assert factories.again(case).state == "processed"


def answer(claim: Claim) -> None:
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))


def test_it_is_told_with_codes_in_the_event_and_words_under_seal():
    case, claim = approved()

    factories.carry_out(claim.pk, proof=ExecutionProof.CONFIRMED, **DONE)

    event = Event.objects.get(stream=case.stream, kind="execution_verified")
    told, row = events.fields(event), factories.claim(case, Right.ERASURE)
    assert told["data"]["proof"] == "confirmed"
    assert not any(words.encode() in bytes(event.body) for words in DONE.values())
    assert events.payload_of(event) == DONE
    assert (row.verified_by, row.proof, services.done_of(row)) == (actor("officer").code, "confirmed", "")
    assert services.facts_of(row) == DONE["done"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"done": "x"}, "write it in words"),
        ({"where": ""}, "Write in which systems"),
        ({"seen": "."}, "Write in which systems"),
        ({"proof": ExecutionProof.NOT_RECORDED}, "Choose how you saw"),
        ({"at": timedelta(hours=-1)}, "before it was approved"),
        ({"at": timedelta(hours=1)}, "in the future"),
    ],
)
def test_what_says_too_little_or_cannot_be_is_refused(wrong, sentence):
    _case, claim = approved()
    if "at" in wrong:
        wrong = {"at": timezone.now() + wrong["at"]}

    with pytest.raises(CannotDo, match=sentence):
        factories.carry_out(claim.pk, **wrong)

    claim.refresh_from_db()
    assert claim.verified_at is None


def test_nobody_carries_out_what_is_not_approved_or_already_done():
    case, claim = approved()
    factories.carry_out(claim.pk)
    with pytest.raises(CannotDo, match="recorded already"):
        factories.carry_out(claim.pk)
    other = factories.in_progress((Right.RECTIFICATION,))
    with pytest.raises(CannotDo, match="Have the decision approved first"):
        factories.carry_out(factories.claim(other, Right.RECTIFICATION).pk)
    with pytest.raises(NotPermitted):
        factories.carry_out(claim.pk, by=actor("auditor"))

    assert Event.objects.filter(stream=case.stream, kind="execution_verified").count() == 1


def test_erasing_before_the_access_answer_is_refused():
    case = factories.in_progress((Right.ACCESS, Right.ERASURE))
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    claim = factories.claim(case, Right.ERASURE)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    again(case, Right.ERASURE)

    with pytest.raises(CannotDo, match="Answer access and portability first"):
        factories.carry_out(claim.pk)


def test_a_step_that_fails_after_it_was_seen_needs_to_be_seen_again():
    case, claim = approved()
    factories.carry_out(claim.pk)
    post_office.sweep_pending()

    fail(claim)
    services.settle_step(claim.pk, source="mailchimp", by_hand=True, reason="Looked it up.", by=actor("officer"))
    again(case, Right.ERASURE)

    assert letters_of(case) == ["M10"]
    assert Notification.objects.get(case=case, letter="M10").state == NotificationState.CANCELLED
    erased_at = Event.objects.filter(stream=case.stream, kind="claim_approved").order_by("seq").first().utc
    factories.carry_out(claim.pk, at=erased_at)  # what the first approval permitted was done then
    assert letters_of(case) == ["M10", "M10"]


@pytest.mark.parametrize(
    ("right", "outcome", "more"),
    [
        (Right.ERASURE, Outcome.NOTHING_HELD, {}),
        (Right.RESTRICTION, Outcome.REFUSED, {"ground": Ground.G_NO18, "facts": "None of the four."}),
        (Right.AUTOMATED_DECISION, Outcome.GRANTED, {}),
    ],
)
def test_where_nothing_is_carried_out_the_letter_leaves_at_once(right, outcome, more):
    case = factories.in_progress((right,))
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    services.draft(factories.claim(case, right).pk, outcome=outcome, by=actor("officer"), **{**factories.SAID, **more})
    again(case, right)

    answer(factories.claim(case, right))

    assert factories.again(case).state == "processed"


@pytest.mark.parametrize("outcome", ["granted", "partly_granted"])
def test_the_database_knows_no_such_answer_that_nobody_saw_done(outcome):
    case, claim = approved()
    values = {"state": "answered", "answered_at": timezone.now(), "answered_by_means": "email"}
    reason = {"ground": "G-173b", "facts": b"x"} if outcome == "partly_granted" else {}

    with pytest.raises(IntegrityError, match="seen_to_be_done"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(outcome=outcome, **reason, **values)
    with pytest.raises(IntegrityError, match="who_saw_it_how"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(verified_at=timezone.now())
    factories.carry_out(claim.pk)
    before = factories.claim(case, Right.ERASURE).verified_at - timedelta(seconds=1)
    with pytest.raises(IntegrityError, match="seen_to_be_done"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**{**values, "answered_at": before})
