"""The person reads what a second pair of eyes has read, and never an answer that says nothing (T14, T16, T17)."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from tests.factories import actor
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case, Claim
from workflow.states import CARRIED_OUT, ClaimState, Means, Outcome, Right

pytestmark = pytest.mark.django_db
PLAN = "Votre compte est effacé. La facture de 2024 est gardée jusqu’en 2031 (loi comptable)."
OTHERWISE = "Nous n’avons rien effacé : cela coûte trop cher."
IN_WORDS = sorted(CARRIED_OUT | {Right.INFORMATION, Right.COMPLAINT, Right.AUTOMATED_DECISION})


def drafted(right: Right, **values) -> tuple[Case, Claim]:
    case = factories.in_progress((right,))
    services.record_nothing_held(case.pk, source="by_hand", how="by name and address", by=actor("officer"))
    claim = factories.claim(case, right)
    services.draft(claim.pk, by=actor("officer"), **{"outcome": Outcome.GRANTED, **values})
    return case, factories.claim(case, right)


def approved(right: Right = Right.ERASURE, facts: str = PLAN) -> tuple[Case, Claim]:
    case, claim = drafted(right, facts=facts)
    return case, again(case, claim)


def again(case: Case, claim: Claim) -> Claim:
    factories.submit(claim.pk, by=actor("officer"))
    version = factories.claim(case, Right(claim.right)).version
    services.approve(claim.pk, version=version, by=actor("reviewer"))
    return factories.claim(case, Right(claim.right))


# -- an answer that says nothing ---------------------------------------------------------------------


@pytest.mark.parametrize("right", IN_WORDS)
def test_what_is_granted_in_words_says_something(right: Right) -> None:
    _case, claim = drafted(right)

    with pytest.raises(CannotDo, match="Write what the person will read"):
        factories.submit(claim.pk, by=actor("officer"))
    now = timezone.now()
    by_hand = {"state": "in_review", "submitted_by": "S-0002", "submitted_at": now, "open_checks": 0}
    with pytest.raises(IntegrityError, match="says what"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**by_hand)
    services.draft(claim.pk, outcome=Outcome.GRANTED, facts=PLAN, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))


@pytest.mark.parametrize("text", ["x", ".", "ok"])
def test_a_sign_is_no_answer(text: str) -> None:
    with pytest.raises(CannotDo, match="write it in words"):
        drafted(Right.INFORMATION, facts=text)


@pytest.mark.parametrize("right", [Right.ACCESS, Right.PORTABILITY])
def test_no_copy_is_granted_of_data_nobody_attached(right: Right) -> None:
    case, claim = drafted(right)

    assert any("No record" in str(one) for one in services.blockers(case, claim))
    now = timezone.now()
    by_hand = {"state": "in_review", "submitted_by": "S-0002", "submitted_at": now, "open_checks": 0}
    with pytest.raises(IntegrityError, match="nobody attached"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**by_hand)


def test_nothing_held_is_the_answer_where_nothing_is() -> None:
    case, claim = drafted(Right.ACCESS, outcome=Outcome.NOTHING_HELD)

    assert services.blockers(case, claim) == []


# -- what was approved is what is told -----------------------------------------------------------------


def test_the_person_reads_the_text_that_was_approved() -> None:
    case, claim = approved()

    assert services.facts_of(claim) == PLAN
    factories.carry_out(claim.pk)
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))

    claim = factories.claim(case, Right.ERASURE)
    assert (claim.state, services.facts_of(claim), services.done_of(claim)) == (ClaimState.ANSWERED.value, PLAN, "")


def test_what_was_done_otherwise_is_read_again_before_it_is_told() -> None:
    case, claim = approved()

    assert factories.carry_out(claim.pk, done=OTHERWISE) is False

    claim = factories.claim(case, Right.ERASURE)
    assert (claim.state, claim.version, claim.verified_at) == (ClaimState.OPEN.value, 2, None)
    assert services.facts_of(claim) == OTHERWISE
    with pytest.raises(CannotDo, match="not approved yet"):
        services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    claim = again(case, claim)
    assert factories.carry_out(claim.pk) is True


def test_the_same_words_in_other_lines_are_the_same_text() -> None:
    _case, claim = approved()

    in_lines = PLAN.replace(". ", ".\n")

    assert factories.carry_out(claim.pk, done=f"  {in_lines} ") is True
