"""A contact on file that denies the request proves nothing below facts either, and takes identity with it."""

import uuid

import pytest
from django.utils import timezone

from tests import factories
from tests.workflow.test_codes import ADDRESS, on_file
from workflow import queries, services
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.services.dividing import Part
from workflow.services.rederiving import differences
from workflow.states import (
    CaseState,
    ClaimState,
    Compared,
    EventKind,
    Ground,
    IdentityLevel,
    IdentityMethod,
    Means,
    Outcome,
    PauseEnd,
    PauseKind,
    Right,
)

pytestmark = pytest.mark.django_db
ASKED = ("The amount of the last invoice", "The month of the first order")


def deny(case: Case, contact: uuid.UUID) -> None:
    by = factories.actor("officer")
    services.deny_contact(case.pk, contact=contact, text="The holder phoned: asked for nothing.", by=by)


def kinds(case: Case) -> list[str]:
    return [event.kind for event in queries.history(case)]


@pytest.mark.parametrize(
    "through",
    [IdentityMethod.LINK_KNOWN_CONTACT, IdentityMethod.MAIL_AUTHENTICATED, IdentityMethod.ACCOUNT_LOGIN],
)
def test_facts_on_top_of_a_denied_contact_prove_nothing(through: IdentityMethod) -> None:
    case = factories.confirmed()
    deny(case, on_file(case))

    with pytest.raises(CannotDo, match="only a document or another contact"):
        services.verify_identity(
            case.pk, method=IdentityMethod.KNOWLEDGE, channel=through, facts=ASKED, by=factories.actor("officer")
        )

    assert factories.again(case).verified_at is None


def test_mail_from_a_denied_address_proves_nothing_though_another_contact_stands() -> None:
    case = factories.confirmed((Right.RECTIFICATION,))
    own = on_file(case, case.person_email)
    on_file(case)
    deny(case, own)
    officer = factories.actor("officer")

    with pytest.raises(CannotDo, match="only a document or another contact"):
        services.verify_identity(case.pk, method=IdentityMethod.MAIL_AUTHENTICATED, by=officer)
    services.verify_identity(
        case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note=f"A code to {ADDRESS} came back.", by=officer
    )

    assert factories.again(case).state == CaseState.IDENTITY_VERIFIED.value


def approved(case: Case) -> None:
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=factories.actor("officer"))
    row = factories.claim(case)
    services.draft(row.pk, outcome=Outcome.NOTHING_HELD, by=factories.actor("officer"))
    factories.submit(row.pk, by=factories.actor("officer"))
    services.approve(row.pk, version=1, by=factories.actor("reviewer"))


def test_identity_falls_with_a_denial_and_nothing_approved_leaves() -> None:
    case = factories.confirmed()
    contact = on_file(case)
    officer = factories.actor("officer")
    services.verify_identity(case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, by=officer)
    services.take(case.pk, by=officer)
    approved(case)

    deny(case, contact)

    now = factories.again(case)
    assert (now.state, now.verified_at, now.identity_level) == (CaseState.RECEIVED.value, None, IdentityLevel.L0.value)
    assert factories.claim(case).state == ClaimState.OPEN.value
    assert kinds(case)[-3:] == [
        EventKind.CONTACT_DENIED.value,
        EventKind.IDENTITY_FELL.value,
        EventKind.CLAIM_SENT_BACK.value,
    ]
    with pytest.raises(CannotDo, match="Verify identity"):
        factories.submit(factories.claim(case).pk, by=officer)
    with pytest.raises(CannotDo):
        services.answer(factories.claim(case).pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=officer)
    assert differences(now) == []


def test_a_document_brings_a_denied_case_back_after_a_second_look() -> None:
    case = factories.verified()
    deny(case, on_file(case))
    officer = factories.actor("officer")

    stands = services.verify_identity(
        case.pk,
        method=IdentityMethod.DOCUMENT_SEEN,
        compared=[Compared.NAME],
        note="Identity card, shown at the counter.",
        by=officer,
    )
    services.confirm_document(case.pk, check=case.identity_checks.last().uuid, by=factories.actor("reviewer"))
    services.take(case.pk, by=officer)
    approved(case)

    assert not stands
    assert factories.claim(case).state == ClaimState.APPROVED.value


def test_who_denied_is_asked_and_refused_for_want_of_identity_only_after_that() -> None:
    case = factories.in_progress()
    deny(case, on_file(case))
    officer = factories.actor("officer")

    services.ask_identity(case.pk, doubt="The holder of the account denies the request.", by=officer)
    services.draft(
        factories.claim(case).pk,
        outcome=Outcome.REFUSED,
        ground=Ground.G_ID,
        facts="The holder of the account denies it.",
        by=officer,
    )

    with pytest.raises(CannotDo, match="has not left yet"):
        factories.submit(factories.claim(case).pk, by=officer)


def test_the_clock_does_not_stand_still_for_a_question_to_somebody_denied() -> None:
    case = factories.in_progress()
    officer = factories.actor("officer")
    words = {"question": "Which year?", "choices": ["2025"], "volume": "Ten years of logs."}
    services.ask_clarification(case.pk, stops_clock=True, by=officer, **words)  # type: ignore[arg-type]
    services.begin_pause(case.pk, kind=PauseKind.SCOPE, asked_at=timezone.now(), by=POST_OFFICE)
    stood = factories.again(case).case_due

    deny(case, on_file(case))

    now = factories.again(case)
    assert (stood, now.pauses.get().ended) == (None, PauseEnd.NOT_NEEDED.value)
    assert now.case_due is not None
    assert differences(now) == []


def test_a_denial_after_the_answer_has_the_proof_asked_anew_when_the_case_reopens(time_machine) -> None:  # type: ignore[no-untyped-def]
    time_machine.move_to(factories.utc(2027, 3, 2, 9), tick=False)
    case = factories.in_progress()
    contact = on_file(case)
    approved(case)
    row, officer = factories.claim(case), factories.actor("officer")
    services.answer(row.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=officer)
    time_machine.shift(60)

    deny(case, contact)
    services.reopen(case.pk, reason="A page was missing.", rights=(Right.ACCESS,), by=officer)

    now = factories.again(case)
    assert (now.state, now.verified_at) == (CaseState.AWAITING_IDENTITY.value, None)


def test_data_handed_over_before_the_denial_may_be_a_breach() -> None:
    case = factories.in_progress((Right.ACCESS, Right.ERASURE))
    contact, officer = on_file(case), factories.actor("officer")
    services.record_collection(case.pk, source="crm", records=3, digest="a" * 64, by=officer)
    row = factories.claim(case)
    services.draft(row.pk, outcome=Outcome.GRANTED, **factories.SAID, by=officer)
    factories.submit(row.pk, by=officer)
    services.approve(row.pk, version=1, by=factories.actor("reviewer"))
    services.answer(row.pk, at=timezone.now(), means=Means.HANDED_OVER, evidence="at the counter", by=officer)

    deny(case, contact)
    services.withdraw_claim(
        factories.claim(case, Right.ERASURE).pk, said="Leave it.", known_by="They came by.", by=officer
    )

    now = factories.again(case)
    assert now.breach_open
    assert (now.state, now.unidentified) == (CaseState.PROCESSED.value, True)


# -- the fast lane, where somebody else wrote (T18) -------------------------------------------------


def test_stopping_mail_to_another_persons_address_needs_a_little_proof() -> None:
    part = Part(people=2, digest="a" * 64, written_by="neighbour@example.net")
    case = factories.confirmed((Right.OBJECTION_DM,), part=part)
    row, officer = factories.claim(case, Right.OBJECTION_DM), factories.actor("officer")
    services.draft(row.pk, outcome=Outcome.GRANTED, **factories.SAID, by=officer)

    with pytest.raises(CannotDo, match="wrote this for another person"):
        factories.submit(row.pk, by=officer)
    services.verify_identity(case.pk, method=IdentityMethod.MAIL_AUTHENTICATED, by=officer)
    factories.submit(row.pk, by=officer)

    assert factories.claim(case, Right.OBJECTION_DM).state == ClaimState.APPROVED.value


def test_a_word_suffices_for_the_writers_own_address() -> None:
    case = factories.confirmed((Right.OBJECTION_DM,))

    assert (case.identity_needed, case.state) == (False, CaseState.IDENTITY_VERIFIED.value)


def test_the_address_another_person_is_written_for_is_said_by_an_officer() -> None:
    case = factories.confirmed((Right.OBJECTION_DM,))
    officer = factories.actor("officer")

    services.write_for_another(case.pk, email="Marie.Dupont@example.com", by=officer)

    now = factories.again(case)
    assert (now.person_email, now.written_by) == ("marie.dupont@example.com", "ada@example.org")
    assert (now.identity_needed, now.state) == (True, CaseState.RECEIVED.value)
    bodies = [bytes(event.body).decode() for event in queries.history(case)]
    assert not any("marie" in body for body in bodies)
    with pytest.raises(CannotDo, match="the address the case has already"):
        services.write_for_another(case.pk, email="ada+list@example.org", by=officer)
    services.verify_identity(case.pk, method=IdentityMethod.MAIL_AUTHENTICATED, by=officer)
    with pytest.raises(CannotDo, match="Identity was verified"):
        services.write_for_another(case.pk, email="bob@example.com", by=officer)
