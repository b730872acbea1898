"""Never two persons in one case, no data for a representative without a mandate, no right that vanishes in silence."""

import uuid
from datetime import date

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import actor
from workflow import events, services
from workflow.actors import INTAKE, POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case, Claim, Event
from workflow.services.admissibility import Condition
from workflow.states import (
    CaseState,
    ClaimState,
    EventKind,
    Evidence,
    Ground,
    IdentityMethod,
    Means,
    Outcome,
    PauseKind,
    RequirementCode,
    RequirementState,
    Right,
)

pytestmark = pytest.mark.django_db
UNSHOWN = Condition(RequirementCode.MANDATE_SHOWN, met=False, evidence=Evidence.NOT_FOUND)


def _rights(case: Case) -> dict[str, str]:
    return dict(case.claims.values_list("right", "state"))


# -- merging -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("Ada Lovelace", "Ada Lovelace", True),
        ("Ada Lovelace", "ADA", True),
        ("Zoé Müller", "Muller Zoe", True),
        ("Ada Lovelace", "", True),
        ("Jan Claes", "An Claes", False),
        ("Marie Dubois", "Paul Dubois", False),
    ],
)
def test_one_address_is_one_person_only_where_the_names_agree(first: str, second: str, one: bool) -> None:
    target, other = factories.received(person_name=first), factories.received(person_name=second)

    if one:
        services.merge(other.pk, into=target.pk, by=actor("officer"))
    else:
        with pytest.raises(CannotDo):
            services.merge(other.pk, into=target.pk, by=actor("officer"))

    other.refresh_from_db()
    assert (other.state == CaseState.MERGED.value) is one


def test_two_clients_of_one_lawyer_are_merged_only_with_a_reason_that_is_kept() -> None:
    target, other = (
        factories.received(person_name="", conditions=[UNSHOWN]),
        factories.received(person_name="", conditions=[UNSHOWN]),
    )

    with pytest.raises(CannotDo):
        services.merge(other.pk, into=target.pk, by=actor("officer"))
    services.merge(other.pk, into=target.pk, same_person="Both name the same client.", by=actor("officer"))

    told = Event.objects.get(stream=other.stream, kind=EventKind.CASE_MERGED.value)
    assert b"same client" in (events.salted_payload(told) or b"")


def test_a_request_for_what_was_answered_already_is_not_swallowed_by_a_merge() -> None:
    target = factories.in_progress((Right.INFORMATION, Right.RECTIFICATION))
    claim = target.claims.get(right=Right.INFORMATION.value)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=factories.claim(target, Right.INFORMATION).version, by=actor("reviewer"))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RR 123", by=actor("officer"))
    anew = factories.received((Right.INFORMATION,))

    with pytest.raises(CannotDo):
        services.merge(anew.pk, into=target.pk, by=actor("officer"))

    assert _rights(anew) == {Right.INFORMATION.value: ClaimState.OPEN.value}


# -- a right that is taken away ----------------------------------------------------------------------


def test_a_confirmed_right_is_taken_away_only_with_a_reason() -> None:
    case = factories.confirmed((Right.ACCESS, Right.PORTABILITY))

    with pytest.raises(CannotDo):
        services.confirm_claims(case.pk, rights=[Right.ACCESS], by=actor("officer"))
    services.confirm_claims(
        case.pk, rights=[Right.ACCESS], because="The mail asks for a copy only.", by=actor("officer")
    )

    assert _rights(case)[Right.PORTABILITY.value] == ClaimState.WITHDRAWN.value
    told = Event.objects.filter(stream=case.stream, kind=EventKind.CLAIMS_CONFIRMED.value).latest("seq")
    assert b"a copy only" in (events.salted_payload(told) or b"")


def test_a_right_whose_decision_has_begun_is_not_taken_away() -> None:
    case = factories.in_progress((Right.RECTIFICATION, Right.RESTRICTION))
    claim = case.claims.get(right=Right.RESTRICTION.value)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))

    with pytest.raises(CannotDo):
        services.confirm_claims(case.pk, rights=[Right.RECTIFICATION], because="Not asked for.", by=actor("officer"))

    assert _rights(case)[Right.RESTRICTION.value] == ClaimState.IN_REVIEW.value


def test_what_was_only_proposed_is_corrected_without_a_reason() -> None:
    case = factories.received((Right.ACCESS, Right.PORTABILITY))

    services.confirm_claims(case.pk, rights=[Right.ACCESS], by=actor("officer"))

    assert _rights(case)[Right.PORTABILITY.value] == ClaimState.WITHDRAWN.value


# -- representatives -------------------------------------------------------------------------------


def _granted(case: Case) -> Claim:
    claim = case.claims.get(right=Right.ACCESS.value)
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))
    claim.refresh_from_db()
    return claim


def test_nothing_is_disclosed_to_a_representative_whose_mandate_is_missing() -> None:
    case = factories.in_progress((Right.ACCESS,), conditions=[UNSHOWN])
    claim = _granted(case)

    why = [str(one) for one in services.blockers(case, claim)]
    services.meet_condition(
        case.pk, code=RequirementCode.MANDATE_SHOWN, reason="Signed on 1 March, names access.", by=actor("officer")
    )
    after = [str(one) for one in services.blockers(case, claim)]

    assert len(why) == len(after) + 1


# -- withdrawal ------------------------------------------------------------------------------------


def test_a_withdrawal_from_an_unverified_address_needs_how_the_officer_knows() -> None:
    case = factories.confirmed((Right.ACCESS,))

    with pytest.raises(CannotDo):
        services.withdraw_case(case.pk, said="Oubliez ma demande.", by=actor("officer"))
    services.withdraw_case(case.pk, said="Oubliez ma demande.", known_by="Answered our letter.", by=actor("officer"))

    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN.value


# -- abuse -----------------------------------------------------------------------------------------


def test_asking_again_what_nobody_answered_is_no_repetition() -> None:
    factories.confirmed((Right.ACCESS,), received_at=factories.utc(2027, 1, 10, 9))
    case = factories.in_progress((Right.ACCESS,), received_at=factories.utc(2027, 3, 1, 9))
    claim = case.claims.get()

    services.draft(
        claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_EXC, facts="Twice in two months.", by=actor("officer")
    )
    claim.refresh_from_db()

    assert any(
        "12(5)" in str(one) or "année" in str(one) or "year" in str(one) for one in services.blockers(case, claim)
    )


@pytest.mark.parametrize("text", ["x", ".", "abus", "a b c"])
def test_evidence_of_abuse_is_a_sentence(text: str) -> None:
    claim = factories.in_progress((Right.ACCESS,)).claims.get()

    with pytest.raises(CannotDo):
        services.evidence_abuse(claim.pk, text=text, by=actor("officer"))


# -- one's own case ----------------------------------------------------------------------------------


def test_a_plus_sign_does_not_hide_whose_case_it_is() -> None:
    own = factories.staff("officer").email.replace("@", "+prive@")
    case = factories.received(person_email=own)

    with pytest.raises(CannotDo):
        services.add_note(case.pk, text="Je m’en occupe.", by=actor("officer"))


# -- identity that is proven, and questions that stop the clock -----------------------------------------


def test_a_person_whose_identity_is_proven_is_not_refused_for_want_of_it() -> None:
    claim = factories.in_progress((Right.ACCESS,)).claims.get()

    with pytest.raises(CannotDo):
        services.draft(
            claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_ID, facts="We are not sure.", by=actor("officer")
        )


def test_proven_identity_is_not_asked_again() -> None:
    case = factories.in_progress((Right.ACCESS,))

    with pytest.raises(CannotDo):
        services.ask_identity(case.pk, doubt="The mail came from another country.", by=actor("officer"))

    assert factories.again(case).case_due is not None


@pytest.mark.parametrize("doubt", ["x", ".", "Access needs level L2", "routine confirmation", "Niveau requis"])
def test_the_level_a_right_needs_is_no_doubt(doubt: str) -> None:
    case = factories.confirmed((Right.ACCESS,))

    with pytest.raises(CannotDo):
        services.ask_identity(case.pk, doubt=doubt, by=actor("officer"))


@pytest.mark.parametrize("method", [IdentityMethod.LINK_KNOWN_CONTACT, IdentityMethod.CALL_KNOWN_NUMBER])
def test_a_contact_on_file_is_named_before_it_proves_anything(method: IdentityMethod) -> None:
    case = factories.confirmed((Right.ACCESS,))

    with pytest.raises(CannotDo):
        services.verify_identity(case.pk, method=method, by=actor("officer"))
    services.verify_identity(case.pk, method=method, note="The number on the contract of 2024.", by=actor("officer"))

    assert factories.again(case).verified_at is not None


def test_a_mandate_asked_for_by_an_officer_makes_the_case_one_of_a_representative() -> None:
    case = factories.confirmed((Right.ACCESS,))

    with pytest.raises(CannotDo):
        services.ask_mandate(case.pk, question="Please confirm.", by=actor("officer"))
    services.ask_mandate(case.pk, question="Me Claes writes for Ada: the mandate is missing.", by=actor("officer"))

    shown = case.requirements.get(code=RequirementCode.MANDATE_SHOWN.value)
    assert shown.state == RequirementState.MISSING.value


def test_a_pause_ends_when_the_reply_arrived_not_when_somebody_looked(time_machine) -> None:  # type: ignore[no-untyped-def]
    time_machine.move_to(factories.utc(2027, 3, 2, 9), tick=False)
    case = factories.confirmed((Right.ACCESS,), received_at=factories.utc(2027, 3, 2, 8))
    services.ask_identity(case.pk, doubt="another address", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=factories.utc(2027, 3, 2, 9), by=POST_OFFICE)
    time_machine.move_to(factories.utc(2027, 3, 9, 9), tick=False)
    services.attach_message(
        case.pk, message=uuid.uuid4(), received_at=factories.utc(2027, 3, 9, 8), digest="0" * 64, by=INTAKE
    )
    time_machine.move_to(factories.utc(2027, 3, 22, 9), tick=False)

    services.verify_identity(
        case.pk, method=IdentityMethod.CALL_KNOWN_NUMBER, note="The number on the contract.", by=actor("officer")
    )

    assert factories.again(case).case_due == date(2027, 4, 8)


def test_a_case_that_is_over_waits_for_nothing() -> None:
    case = factories.in_progress((Right.INFORMATION,))
    services.ask_mandate(case.pk, question="Me Claes writes for Ada: the mandate is missing.", by=actor("officer"))
    claim = case.claims.get()
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=factories.claim(case, Right.INFORMATION).version, by=actor("reviewer"))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RR 123", by=actor("officer"))

    assert not case.pauses.filter(ended="").exists()


def test_records_that_are_attached_are_not_nothing() -> None:
    case = factories.in_progress((Right.ACCESS,))
    services.record_collection(case.pk, source="by_hand", records=12, digest="0" * 64, by=actor("officer"))
    claim = case.claims.get()
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))

    with pytest.raises(CannotDo):
        factories.submit(claim.pk, by=actor("officer"))
