"""Whoever changes by what a person is reached or paid is known through the contact on file (domain §1.6)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor, utc
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Claim
from workflow.reach import says_how_to_reach
from workflow.states import (
    ClaimState,
    Compared,
    ContactKind,
    ContactOrigin,
    IdentityLevel,
    IdentityMethod,
    Outcome,
    Right,
)

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)


@pytest.fixture(autouse=True)
def tuesday(time_machine):
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)


def by_mail() -> Claim:
    """A correction whose writer is known by an authenticated mail alone."""
    case = factories.confirmed((Right.RECTIFICATION,), received_at=TUESDAY)
    services.verify_identity(case.pk, method=IdentityMethod.MAIL_AUTHENTICATED, by=actor("officer"))
    services.take(case.pk, by=actor("officer"))
    return factories.claim(case, Right.RECTIFICATION)


def draft(claim: Claim, *, changes_reach: bool) -> None:
    values = {"outcome": Outcome.GRANTED, "facts": "Le nom est corrigé.", "changes_reach": changes_reach}
    services.draft(claim.pk, **values, by=actor("officer"))


def on_file(claim: Claim) -> None:
    services.record_contact(
        claim.case_id,
        kind=ContactKind.EMAIL,
        value="ada.home@example.org",
        origin=ContactOrigin.CONTRACT,
        known_since=date(2024, 1, 1),
        by=actor("officer"),
    )


def test_a_new_bank_account_needs_more_than_a_mail_from_the_address():
    claim = by_mail()
    draft(claim, changes_reach=True)
    assert services.needed_of(factories.again(claim.case)) == IdentityLevel.L2

    with pytest.raises(CannotDo, match="level L2"):
        factories.submit(claim.pk, by=actor("officer"))
    with pytest.raises(IntegrityError, match="contact on file"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(state="in_review")
    on_file(claim)
    services.verify_identity(claim.case_id, method=IdentityMethod.LINK_KNOWN_CONTACT, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))

    assert factories.claim(claim.case, Right.RECTIFICATION).state == ClaimState.IN_REVIEW


def test_facts_that_came_in_the_same_mail_do_not_prove_it():
    case = factories.confirmed((Right.RECTIFICATION,), received_at=TUESDAY)
    facts = {"facts": ["last invoice", "month of sign-up"], "channel": IdentityMethod.MAIL_AUTHENTICATED}
    services.verify_identity(case.pk, method=IdentityMethod.KNOWLEDGE, **facts, by=actor("officer"))
    services.take(case.pk, by=actor("officer"))
    claim = factories.claim(case, Right.RECTIFICATION)
    draft(claim, changes_reach=True)

    with pytest.raises(CannotDo, match="through a contact that was on file before"):
        factories.submit(claim.pk, by=actor("officer"))


def test_a_plain_correction_needs_no_more_than_before():
    claim = by_mail()
    draft(claim, changes_reach=False)

    factories.submit(claim.pk, by=actor("officer"))

    assert factories.claim(claim.case, Right.RECTIFICATION).state == ClaimState.IN_REVIEW


def test_what_was_approved_as_a_plain_correction_is_not_done_as_a_change_of_account():
    plain, account = by_mail(), by_mail()
    said = "New e-mail address eve@evil.example and new bank account BE00 recorded."
    draft(plain, changes_reach=False)
    services.draft(account.pk, outcome=Outcome.GRANTED, facts=said, changes_reach=False, by=actor("officer"))
    for claim in (plain, account):
        factories.submit(claim.pk, by=actor("officer"))
        services.approve(claim.pk, version=1, by=actor("reviewer"))

    with pytest.raises(CannotDo, match="say so in its draft"):
        factories.carry_out(account.pk)
    factories.carry_out(plain.pk)

    assert factories.claim(plain.case, Right.RECTIFICATION).verified_at is not None


@pytest.mark.parametrize(
    "text",
    [
        "eve@evil.example enregistrée",
        "Nouveau compte BE68 5390 0754 7034",
        "IBAN NL91ABNA0417164300",
        "+32 470 12 34 56 remplacé",
        "0470/12.34.56",
        "Le numéro de téléphone est corrigé.",
        "Nieuw rekeningnummer ingevoerd",
        "Die neue Bankverbindung ist erfasst.",
        "Het e-mailadres is aangepast.",
        "Die Telefonnummer wurde geändert.",
    ],
)
def test_it_is_seen_in_the_words(text: str):
    assert says_how_to_reach(text)


@pytest.mark.parametrize(
    "text",
    [
        "Date de naissance corrigée en 10/12/1985.",
        "Geboortedatum op 8 maart verbeterd in 08-03-1985.",
        "Der Vorname ist berichtigt (Kundennummer 4711).",
        "Adresse corrigée : rue de la Loi 16, 1000 Bruxelles.",
        "Le 2027-03-02 à 10:15, l'orthographe du nom.",
    ],
)
def test_other_corrections_are_none(text: str):
    assert not says_how_to_reach(text)


# -- a document is seen by somebody, somewhere ----------------------------------------------------------


@pytest.mark.parametrize("note", ["", "ok", "card"])
def test_a_document_counts_for_what_was_seen_of_it_and_where(note: str):
    case = factories.confirmed(received_at=TUESDAY)
    looked = {"method": IdentityMethod.DOCUMENT_SEEN, "compared": [Compared.NAME], "by": actor("officer")}

    with pytest.raises(CannotDo, match="Write which document was seen, by whom and where"):
        services.verify_identity(case.pk, note=note, **looked)
    assert services.verify_identity(case.pk, note="Identity card, shown to me at the counter.", **looked)
