"""The order inside a case, and the question after a withdrawn consent (T18)."""

from unittest.mock import Mock

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from notifications import services as post
from notifications.models import Notification
from tests import factories
from tests.factories import actor
from workflow import services
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case, Claim
from workflow.states import AfterConsent, CaseState, Ground, Means, Outcome, PauseKind, Right

pytestmark = pytest.mark.django_db


def approved(case: Case, right: Right, outcome: Outcome = Outcome.GRANTED, **more) -> Claim:
    claim = factories.claim(case, right)
    services.draft(claim.pk, outcome=outcome, by=actor("officer"), **{**factories.SAID, **more})
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
    if first is Right.RESTRICTION:  # Art. 18(2)
        said = "Erase it all the same, please."
        services.erase_despite_restriction(erasure.pk, said=said, by=actor("officer"))
    factories.carry_out(erasure.pk)
    answer(erasure)

    assert not early
    assert factories.claim(case, Right.ERASURE).answered_at is not None


def test_a_refused_erasure_waits_for_nothing():
    case = factories.in_progress((Right.RESTRICTION, Right.ERASURE))
    refused = approved(case, Right.ERASURE, Outcome.REFUSED, ground=Ground.G_173B, facts="invoices are kept")

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


def test_an_erasure_that_was_refused_is_no_answer_to_a_withdrawn_consent():
    case = factories.in_progress((Right.CONSENT_WITHDRAWAL, Right.ERASURE))
    answer(approved(case, Right.ERASURE, Outcome.REFUSED, ground=Ground.G_173B, facts="invoices are kept"))
    consent = factories.claim(case, Right.CONSENT_WITHDRAWAL)

    with pytest.raises(CannotDo, match="reopen that decision first"):
        services.follow_consent(consent.pk, answer=AfterConsent.ERASE, by=actor("officer"))

    assert factories.claim(case, Right.CONSENT_WITHDRAWAL).follow_up == ""


def test_the_erasure_a_withdrawn_consent_was_answered_with_is_not_taken_away():
    case = consent_withdrawn()
    consent = factories.claim(case, Right.CONSENT_WITHDRAWAL)
    services.follow_consent(consent.pk, answer=AfterConsent.ERASE, by=actor("officer"))

    with pytest.raises(CannotDo, match="cannot be taken away"):
        services.confirm_claims(
            case.pk, rights=[Right.CONSENT_WITHDRAWAL], because="They never asked for it.", by=actor("officer")
        )

    assert factories.claim(case, Right.ERASURE).confirmed


def test_the_question_is_answered_once_with_a_basis_and_of_a_consent_only():
    case = factories.confirmed((Right.CONSENT_WITHDRAWAL, Right.OBJECTION_DM))
    consent, other = factories.claim(case, Right.CONSENT_WITHDRAWAL), factories.claim(case, Right.OBJECTION_DM)

    with pytest.raises(CannotDo, match="Name the data"):
        services.follow_consent(consent.pk, answer=AfterConsent.OTHER_BASIS, by=actor("officer"))
    with pytest.raises(CannotDo, match="once a withdrawal of consent is answered"):
        services.follow_consent(other.pk, answer=AfterConsent.ERASE, by=actor("officer"))
    services.follow_consent(consent.pk, answer=AfterConsent.OTHER_BASIS, basis="contract", by=actor("officer"))
    with pytest.raises(CannotDo, match="answered already"):
        services.follow_consent(consent.pk, answer=AfterConsent.ERASE, by=actor("officer"))

    for change in ({"follow_up": "perhaps"}, {"follow_up_basis": None}, {"right": "access"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=consent.pk).update(**change)


# -- T18 and T19 in every open state -----------------------------------------------------------------------


def asked_to_clarify() -> Case:
    case = factories.in_progress((Right.RECTIFICATION, Right.OBJECTION_DM))
    question = {"question": "Which date is right?", "choices": ["10/12/1985", "12/10/1985"]}
    services.ask_clarification(case.pk, by=actor("officer"), **question)
    services.begin_pause(case.pk, kind=PauseKind.DETAIL, asked_at=timezone.now(), by=POST_OFFICE)
    return case


def test_the_last_right_is_answered_while_another_was_asked_to_be_made_clear():
    case = asked_to_clarify()
    services.withdraw_claim(factories.claim(case, Right.RECTIFICATION).pk, said="Plus besoin.", by=actor("officer"))

    answer(approved(case, Right.OBJECTION_DM))

    pause = case.pauses.get()
    assert factories.again(case).state == "processed"
    assert (pause.ended, pause.answered_on is not None) == ("case_ended", True)
    assert services.differences(factories.again(case)) == []


def test_the_last_open_right_is_withdrawn_while_it_was_asked_to_be_made_clear():
    case = asked_to_clarify()
    answer(approved(case, Right.OBJECTION_DM))
    assert factories.again(case).state == "awaiting_clarification"

    services.withdraw_claim(factories.claim(case, Right.RECTIFICATION).pk, said="Plus besoin.", by=actor("officer"))

    assert factories.again(case).state == "processed"


@pytest.mark.parametrize("asked", ["received", "awaiting_identity", "identity_verified"])
def test_the_fast_lane_ends_the_case_wherever_the_other_right_stands_when_it_is_withdrawn(asked):
    rights = (Right.ACCESS, Right.OBJECTION_DM)
    case = factories.verified(rights) if asked == "identity_verified" else factories.confirmed(rights)
    if asked == "awaiting_identity":
        services.ask_identity(case.pk, doubt="Another address.", by=actor("officer"))
    assert factories.again(case).state == asked
    answer(approved(case, Right.OBJECTION_DM))

    said = {"said": "Plus besoin.", "known_by": "Answered our letter."}
    services.withdraw_claim(factories.claim(case, Right.ACCESS).pk, **said, by=actor("officer"))

    assert factories.again(case).state == "processed"


def test_a_refusal_says_of_the_case_what_is_the_case_s(monkeypatch):
    """The right is approved and may be answered; where its case could not follow, that is what is said."""
    case = factories.verified((Right.OBJECTION_DM,))
    claim = approved(case, Right.OBJECTION_DM)
    refused = TransitionNotAllowed("x", object=case, method=Case.process)
    monkeypatch.setattr(Case, "process", Mock(side_effect=refused))

    with pytest.raises(CannotDo, match="This case is “") as told:
        answer(claim)

    assert "answered" not in str(told.value)
