"""The order inside a case, and the question after a withdrawn consent (T18)."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from notifications import services as post
from notifications.models import Notification
from tests import factories
from tests.factories import actor
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case, Claim
from workflow.states import AfterConsent, CaseState, Ground, Means, Outcome, Right

pytestmark = pytest.mark.django_db


def approved(case: Case, right: Right, outcome: Outcome = Outcome.GRANTED, **more) -> Claim:
    claim = factories.claim(case, right)
    services.draft(claim.pk, outcome=outcome, by=actor("officer"), **more)
    factories.submit(claim.pk, by=actor("officer"))
    claim.refresh_from_db()
    if claim.state == "in_review":
        services.approve(claim.pk, version=claim.version, by=actor("reviewer"))
    return claim


def answer(claim: Claim) -> None:
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))


@pytest.mark.parametrize("first", [Right.RESTRICTION, Right.OBJECTION_GENERAL])
def test_erasure_waits_until_restriction_and_objection_are_decided(first):
    case = factories.in_progress((first, Right.ERASURE))
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    erasure = approved(case, Right.ERASURE)

    with pytest.raises(CannotDo, match="Decide restriction and objection first"):
        answer(erasure)
    post.sweep_pending()
    early = Notification.objects.filter(case=case, letter="M10").exists()
    approved(case, first)
    answer(erasure)

    assert not early
    assert factories.claim(case, Right.ERASURE).answered_at is not None


def test_a_refused_erasure_waits_for_nothing():
    case = factories.in_progress((Right.RESTRICTION, Right.ERASURE))
    refused = approved(case, Right.ERASURE, Outcome.REFUSED, ground=Ground.G_173B, facts="invoices")

    answer(refused)

    assert factories.claim(case, Right.ERASURE).state == "answered"


# -- T18 ---------------------------------------------------------------------------------------


def consent_withdrawn() -> Case:
    case = factories.confirmed((Right.CONSENT_WITHDRAWAL,))
    answer(approved(case, Right.CONSENT_WITHDRAWAL))
    return factories.again(case)


def test_a_withdrawn_consent_keeps_the_case_open_until_the_question_is_answered():
    case = consent_withdrawn()
    claim = factories.claim(case, Right.CONSENT_WITHDRAWAL)

    services.follow_consent(
        claim.pk, answer=AfterConsent.OTHER_BASIS, basis="invoices, tax law, 6(1)(c)", by=actor("officer")
    )

    after = factories.again(case)
    assert case.is_open
    assert (after.state, after.processed_at) == (CaseState.PROCESSED.value, claim.answered_at)


def test_to_erase_adds_the_right_and_the_identity_it_needs():
    case = consent_withdrawn()

    services.follow_consent(
        factories.claim(case, Right.CONSENT_WITHDRAWAL).pk, answer=AfterConsent.ERASE, by=actor("officer")
    )

    after = factories.again(case)
    assert factories.claim(case, Right.ERASURE).confirmed
    assert (after.state, after.identity_needed) == (CaseState.RECEIVED.value, True)


def test_the_question_is_answered_once_with_a_basis_and_of_a_consent_only():
    case = factories.confirmed((Right.CONSENT_WITHDRAWAL, Right.OBJECTION_DM))
    consent, other = factories.claim(case, Right.CONSENT_WITHDRAWAL), factories.claim(case, Right.OBJECTION_DM)

    with pytest.raises(CannotDo, match="Name the data"):
        services.follow_consent(consent.pk, answer=AfterConsent.OTHER_BASIS, by=actor("officer"))
    with pytest.raises(CannotDo, match="after a withdrawal of consent only"):
        services.follow_consent(other.pk, answer=AfterConsent.ERASE, by=actor("officer"))
    services.follow_consent(consent.pk, answer=AfterConsent.OTHER_BASIS, basis="contract", by=actor("officer"))
    with pytest.raises(CannotDo, match="answered already"):
        services.follow_consent(consent.pk, answer=AfterConsent.ERASE, by=actor("officer"))

    for change in ({"follow_up": "perhaps"}, {"follow_up_basis": None}, {"right": "access"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=consent.pk).update(**change)
