"""The ladder: levels from the settings, facts on top of another proof, documents looked at twice, contacts guarded."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.workflow.test_codes import ADDRESS, on_file, sent
from workflow import events, queries, services
from workflow.actors import PERSON
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, IdentityCheck
from workflow.policy import Policy
from workflow.services import decisions
from workflow.states import (
    CaseState,
    Compared,
    ContactKind,
    ContactOrigin,
    EventKind,
    IdentityLevel,
    IdentityMethod,
    Outcome,
    Right,
)

pytestmark = pytest.mark.django_db
ASKED = ["The amount of the last invoice", "The month of the first order"]


def verify(case: Case, method: IdentityMethod, by: str = "officer", **more: object) -> bool:
    if method is IdentityMethod.DOCUMENT_SEEN:
        more = {"note": "Identity card, shown at the counter.", **more}
    return services.verify_identity(case.pk, method=method, by=factories.actor(by), **more)  # type: ignore[arg-type]


def announce(case: Case, value: str = "ada.new@example.net") -> None:
    services.announce_contact(case.pk, kind=ContactKind.EMAIL, value=value, by=factories.actor("officer"))


def last(case: Case) -> tuple[str, dict[str, object]]:
    event = queries.history(case).last()
    assert event is not None
    return event.kind, events.fields(event)["data"]


# -- levels -------------------------------------------------------------------------------------


def test_the_settings_say_how_sure_we_must_be() -> None:
    factories.with_levels(access=IdentityLevel.L1, restriction=IdentityLevel.L0)

    case, none_needed = factories.confirmed(), factories.confirmed((Right.RESTRICTION,))
    verify(case, IdentityMethod.MAIL_AUTHENTICATED)

    assert factories.again(case).identity_level == IdentityLevel.L1.value
    assert none_needed.state == CaseState.IDENTITY_VERIFIED.value
    assert not none_needed.identity_needed


def test_a_case_keeps_the_levels_it_was_opened_under() -> None:
    case = factories.confirmed()
    factories.with_levels(access=IdentityLevel.L4)

    verify(case, IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.")

    assert factories.again(case).verified_at is not None
    with pytest.raises(CannotDo, match="these rights need L4"):
        verify(factories.confirmed(person_email="bob@example.org"), IdentityMethod.LINK_KNOWN_CONTACT)


def test_what_keeps_a_decision_back_follows_the_settings() -> None:
    factories.with_levels(information=IdentityLevel.L1)
    case = factories.confirmed((Right.INFORMATION,))

    claim = factories.claim(case, Right.INFORMATION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, facts="See the notice.", by=factories.actor("officer"))

    assert "Verify identity" in " ".join(map(str, decisions.blockers(case, factories.claim(case, Right.INFORMATION))))


# -- facts --------------------------------------------------------------------------------------


def test_facts_count_on_top_of_another_proof() -> None:
    factories.with_levels(access=IdentityLevel.L3)
    case = factories.confirmed()

    verify(case, IdentityMethod.KNOWLEDGE, channel=IdentityMethod.LINK_KNOWN_CONTACT, facts=[*ASKED, ""])

    assert factories.again(case).identity_level == IdentityLevel.L3.value
    assert last(case)[1] == {"method": "knowledge", "level": "L3", "channel": "link_known_contact"}


@pytest.mark.parametrize(
    ("channel", "facts", "sentence"),
    [
        (None, ASKED, "never suffice alone"),
        (IdentityMethod.KNOWLEDGE, ASKED, "never suffice alone"),
        (IdentityMethod.LINK_KNOWN_CONTACT, ASKED[:1] * 2, "at least two facts"),
    ],
)
def test_facts_alone_or_too_few_prove_nothing(channel: IdentityMethod | None, facts: list[str], sentence: str) -> None:
    with pytest.raises(CannotDo, match=sentence):
        verify(factories.confirmed(), IdentityMethod.KNOWLEDGE, channel=channel, facts=facts)


def test_the_database_keeps_the_rules_of_a_check() -> None:
    case = factories.confirmed()
    verify(case, IdentityMethod.DOCUMENT_SEEN, compared=[Compared.NAME], high_risk="New bank account.")
    rows = IdentityCheck.objects.filter(case=case)

    for wrong in ({"compared": ""}, {"channel": "call_known_number"}, {"second_by": rows.get().checked_by}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


# -- documents ----------------------------------------------------------------------------------


def test_what_was_compared_is_kept_and_nothing_else() -> None:
    case = factories.confirmed()

    assert verify(case, IdentityMethod.DOCUMENT_SEEN, compared=[Compared.NAME, Compared.BIRTH_DATE])

    assert last(case) == (
        EventKind.IDENTITY_VERIFIED.value,
        {"method": "document_seen", "level": "L4", "compared": "name,birth_date"},
    )
    with pytest.raises(CannotDo, match="Tick what you compared"):
        verify(factories.confirmed(person_email="bob@example.org"), IdentityMethod.DOCUMENT_SEEN)


def test_a_risky_document_waits_for_somebody_else() -> None:
    case = factories.confirmed()

    assert not verify(case, IdentityMethod.DOCUMENT_SEEN, compared=[Compared.NAME], high_risk="A new bank account.")

    check = case.identity_checks.get()
    assert factories.again(case).verified_at is None
    assert last(case)[0] == EventKind.DOCUMENT_COMPARED.value
    with pytest.raises(CannotDo, match="compared this document yourself"):
        services.confirm_document(case.pk, check=check.uuid, by=factories.actor("officer"))
    with pytest.raises(NotPermitted):
        services.confirm_document(case.pk, check=check.uuid, by=factories.actor("auditor"))
    services.confirm_document(case.pk, check=check.uuid, by=factories.actor("reviewer"))
    assert factories.again(case).identity_level == IdentityLevel.L4.value
    with pytest.raises(CannotDo, match="No document waits"):
        services.confirm_document(case.pk, check=check.uuid, by=factories.actor("reviewer"))


def test_a_solo_office_has_nobody_else_and_says_so() -> None:
    services.set_policy(Policy(solo_review=True), controller=factories.installation(), by=factories.actor("manager"))
    plain, risky = factories.confirmed(), factories.confirmed(person_email="bob@example.org")

    assert verify(plain, IdentityMethod.DOCUMENT_SEEN, compared=[Compared.NAME])
    assert verify(risky, IdentityMethod.DOCUMENT_SEEN, compared=[Compared.NAME], high_risk="A new bank account.")

    assert [case.identity_checks.get().alone for case in (plain, risky)] == [False, True]
    assert last(risky)[1]["alone"] is True
    with pytest.raises(IntegrityError), transaction.atomic():
        risky.identity_checks.update(needs_second_look=True)


def test_a_case_that_warns_of_a_takeover_is_risky_by_itself() -> None:
    denied, changing = factories.confirmed(), factories.confirmed(person_email="bob@example.org")
    services.deny_contact(denied.pk, contact=on_file(denied), text="It was not me.", by=factories.actor("officer"))
    announce(changing)

    for case in (denied, changing):
        assert not verify(case, IdentityMethod.DOCUMENT_SEEN, compared=[Compared.NAME])


# -- change of contact ----------------------------------------------------------------------------


def test_a_new_contact_proves_nothing_in_the_open_case() -> None:
    case = factories.confirmed()
    on_file(case)
    announce(case)

    with pytest.raises(CannotDo, match="proves nothing here"):
        on_file(case, "ada.new@example.net")
    with pytest.raises(CannotDo, match="stands in the case already"):
        announce(case, ADDRESS)


def test_a_change_of_contact_asks_for_the_old_one_whatever_was_reached() -> None:
    case = factories.confirmed((Right.RECTIFICATION,))
    verify(case, IdentityMethod.MAIL_AUTHENTICATED)
    services.take(case.pk, by=factories.actor("officer"))
    claim = factories.claim(case, Right.RECTIFICATION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, facts="", by=factories.actor("officer"))
    announce(case)

    before = decisions.blockers(factories.again(case), factories.claim(case, Right.RECTIFICATION))
    services.return_code(case.pk, text=sent(case), by=PERSON)

    after = decisions.blockers(factories.again(case), factories.claim(case, Right.RECTIFICATION))
    assert any("needs identity level L2" in str(sentence) for sentence in before)
    assert not any("identity" in str(sentence) for sentence in after)
    assert factories.again(case).state == CaseState.IN_PROGRESS.value


def test_marketing_stops_without_proof_even_with_a_new_contact() -> None:
    case = factories.confirmed((Right.OBJECTION_DM,))

    announce(case)

    assert not services.identity_is_wanting(factories.again(case))


def test_contacts_are_recorded_with_what_sources_supply_through_the_same_door() -> None:
    case = factories.confirmed()

    services.record_contact(
        case.pk,
        kind=ContactKind.EMAIL,
        value=ADDRESS.upper(),
        origin=ContactOrigin.SOURCE,
        known_since=date(2019, 1, 1),
        by=factories.actor("manager"),
    )

    assert case.known_contacts.get().value == ADDRESS


@pytest.mark.parametrize("spelled", ["0470 12 34 56", "0032470123456", "+32 (0)470 12 34 56", "+32470123456"])
def test_a_new_number_in_another_spelling_is_the_same_new_number(spelled: str) -> None:
    case = factories.confirmed((Right.RECTIFICATION,))
    by = factories.actor("officer")
    services.announce_contact(case.pk, kind=ContactKind.PHONE, value="+32 470 12 34 56", by=by)

    with pytest.raises(CannotDo, match="proves nothing here"):
        on_file(case, spelled, kind=ContactKind.PHONE)


def test_a_new_address_with_a_tag_is_the_same_mailbox() -> None:
    case = factories.confirmed()
    announce(case)

    with pytest.raises(CannotDo, match="proves nothing here"):
        on_file(case, "ada.new+old@example.net")


def test_facts_below_the_new_address_prove_nothing_and_no_unrecorded_contact_does() -> None:
    case = factories.confirmed((Right.RECTIFICATION,))
    announce(case, "ada@example.com")

    with pytest.raises(CannotDo, match="facts count only on top"):
        verify(case, IdentityMethod.KNOWLEDGE, channel=IdentityMethod.MAIL_AUTHENTICATED, facts=ASKED)
    with pytest.raises(CannotDo, match="record the one that was on file"):
        verify(case, IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.")
    on_file(case)
    verify(case, IdentityMethod.KNOWLEDGE, channel=IdentityMethod.LINK_KNOWN_CONTACT, facts=ASKED)

    assert factories.again(case).identity_level == IdentityLevel.L3.value


@pytest.mark.parametrize(
    "doubt",
    [
        "Niveau 2 requis pour ce droit",
        "Le droit d’accès exige une preuve d’identité",
        "Standard procedure for all requests",
        "We always check identity",
        "required by policy",
        "Voor inzage is niveau twee nodig",
        "Für dieses Recht ist ein Nachweis nötig",
    ],
)
def test_what_would_fit_any_request_is_no_doubt(doubt: str) -> None:
    case = factories.confirmed()

    with pytest.raises(CannotDo, match="what does not fit in this case"):
        services.ask_identity(case.pk, doubt=doubt, by=factories.actor("officer"))
    services.ask_identity(case.pk, doubt="Une autre adresse que celle du compte", by=factories.actor("officer"))
