"""Contacts on file on the case page, and the code on the person's page."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from notifications import tokens
from tests import factories
from tests.dsar.web.conftest import As
from workflow import services
from workflow.models import Case, ContactCode, Event
from workflow.states import CaseState, Language

pytestmark = pytest.mark.django_db
CONTACT = {"kind": "email", "value": "ada.old@example.org", "origin": "contract", "known_since": "2020-05-04"}


def post(client: Client, case: Case, act: str, **data: object) -> Any:
    return client.post(f"/cases/{case.uuid}/{act}/", data)


def with_code(as_: As) -> tuple[Case, str]:
    case = factories.confirmed(language=Language.EN)
    post(as_("officer"), case, "contacts/record", **CONTACT)
    post(as_("officer"), case, f"contacts/{case.known_contacts.get().uuid}/code")
    row = ContactCode.objects.get(case=case)
    return case, services.code_for_letter(row.event_id, at=timezone.now())


def give(case: Case, code: str, lang: str = "en") -> Any:
    return Client(enforce_csrf_checks=True).post(f"/p/{tokens.portal_token(case)}/code/?lang={lang}", {"code": code})


def test_an_officer_records_a_contact_sends_a_code_and_the_person_gives_it_back(as_: As) -> None:
    case, code = with_code(as_)
    page = Client().get(f"/p/{tokens.portal_token(case)}/?lang=en").content.decode()

    answer = give(case, code)

    assert "Confirm that it is you" in page
    assert code not in page
    assert answer.status_code == 302
    assert factories.again(case).state == CaseState.IDENTITY_VERIFIED.value
    after = Client().get(answer["Location"]).content.decode()
    assert "Confirm that it is you" not in after
    assert "Identity verified" in after


def test_a_wrong_code_is_told_and_sets_no_cookie(as_: As) -> None:
    case, _code = with_code(as_)

    answer = give(case, "B2B-B2B-B2B")

    assert answer.status_code == 422
    assert "This is not the code" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"
    assert not answer.cookies


def test_the_page_does_not_tell_whether_a_code_went_to_somebody(as_: As) -> None:
    """Whoever claims to be somebody must not learn from their page that we know that person."""
    known, _code = with_code(as_)
    unknown = factories.confirmed(language=Language.EN)

    seen = [_without_its_own(page_of(case), case) for case in (known, unknown)]
    told = [_without_its_own(give(case, "B2B-B2B-B2B").content.decode(), case) for case in (known, unknown)]

    assert seen[0] == seen[1]
    assert "If you received a code from us" in seen[0]
    assert told[0] == told[1]
    assert "or it is no longer valid" in told[0]


def test_the_page_asks_for_no_code_where_no_proof_is_needed(as_: As) -> None:
    case = factories.verified(language=Language.EN)

    answer = give(case, "B2B-B2B-B2B")

    assert "Confirm that it is you" not in page_of(case)
    assert answer.status_code == 422
    assert "no longer valid" in answer.content.decode()


def page_of(case: Case) -> str:
    return Client().get(f"/p/{tokens.portal_token(case)}/?lang=en").content.decode()


def _without_its_own(page: str, case: Case) -> str:
    return page.replace(case.reference, "REF").replace(tokens.portal_token(case), "TOKEN")


def test_a_wrong_link_takes_no_code(db: None) -> None:
    before = Event.objects.count()

    assert Client().post("/p/aaaa/code/", {"code": "B2B-B2B-B2B"}).status_code == 404
    assert Event.objects.count() == before


def test_the_case_page_shows_contact_and_code_but_not_the_code_itself(as_: As) -> None:
    case, code = with_code(as_)

    page = as_("officer").get(f"/cases/{case.uuid}/", headers={"accept-language": "en"}).content.decode()

    assert "ada.old@example.org" in page
    assert code not in page


def test_an_officer_types_the_code_and_a_wrong_one_is_refused(as_: As) -> None:
    case, code = with_code(as_)

    wrong = post(as_("officer"), case, "code", form="code", code="B2B-B2B-B2B", arrived_at="")
    right = post(as_("officer"), case, "code", form="code", code=code, arrived_at="")

    assert (wrong.status_code, right.status_code) == (409, 302)
    assert ContactCode.objects.get(case=case).wrong == 1
    assert factories.again(case).verified_at is not None


def test_a_denial_is_recorded(as_: As) -> None:
    case, _code = with_code(as_)
    contact = case.known_contacts.get()

    empty = post(as_("officer"), case, f"contacts/{contact.uuid}/deny", form=f"deny:{contact.uuid}", said="")
    done = post(as_("officer"), case, f"contacts/{contact.uuid}/deny", said="She called us.")

    assert (empty.status_code, done.status_code) == (409, 302)
    contact.refresh_from_db()
    assert contact.denied_at is not None


def test_a_date_that_is_none_is_refused_with_a_sentence(as_: As) -> None:
    case = factories.confirmed()

    answer = post(as_("officer"), case, "contacts/record", **{**CONTACT, "form": "contact", "known_since": "hier"})

    assert answer.status_code == 409


def test_a_risky_document_is_looked_at_by_two(as_: As) -> None:
    case = factories.confirmed()
    data = {
        "method": "document_seen",
        "compared": ["name", "validity"],
        "high_risk": "new bank account",
        "note": "Identity card, shown at the counter.",
        "arrived_at": "",
    }

    first = post(as_("officer"), case, "verify-identity", form="verify", **data)
    check = case.identity_checks.get()
    waits = as_("reviewer").get(f"/cases/{case.uuid}/").content.decode()
    second = post(as_("reviewer"), case, f"documents/{check.uuid}/confirm")

    assert (first.status_code, second.status_code) == (302, 302)
    assert f"documents/{check.uuid}/confirm" in waits
    assert factories.again(case).identity_level == "L4"


def test_a_new_contact_is_recorded_and_shown(as_: As) -> None:
    case = factories.confirmed()

    answer = post(as_("officer"), case, "contacts/announce", kind="phone", value="+32 470 00 00 00")

    assert answer.status_code == 302
    assert "+32470000000" in as_("officer").get(f"/cases/{case.uuid}/").content.decode()
