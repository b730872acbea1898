"""Who may open which page: every route for every role, and nobody without signing in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import factories
from tests.dsar.web.conftest import As
from workflow.models import Event
from workflow.states import Right

ROLES = ("", "officer", "reviewer", "manager", "auditor", "administrator")
PAGES = {
    "/": (302, 200, 200, 200, 200, 200),
    "/?view=all": (302, 200, 200, 200, 200, 200),
    "/outbox/": (302, 200, 403, 200, 403, 403),
    "/messages/": (302, 200, 403, 200, 403, 403),
    "/messages/before/": (302, 200, 403, 200, 403, 403),
    "/mailboxes/": (302, 200, 403, 200, 403, 200),
    "/cases/{uuid}/": (302, 200, 200, 200, 200, 403),
    "/healthz": (200,) * 6,
    "/accounts/signup/": (404,) * 6,
    "/nowhere/": (404,) * 6,
}
ACTS = (
    "confirm",
    "read-reply",
    "condition-met",
    "condition-waived",
    "ask-identity",
    "verify-identity",
    "take",
    "assign",
    "attach",
    "nothing-held",
    "export",
    "merge",
    "keep-apart",
    "acknowledge",
    "complaint",
    "relation",
    "writer",
    "writer/colleague",
    "breach",
    "authority",
    "authority/call-back",
    "authority/due",
    "authority/deny",
    "reopen",
    "out-of-scope",
    "back-in-scope",
    "withdrawn",
    "forward",
    "second-look/answer",
    "claims/{claim}/after-consent",
    "claims/{claim}/abuse",
    "close",
    "claims/{claim}/draft",
    "claims/{claim}/submit",
    "claims/{claim}/answer",
)
REVIEWS = ("claims/{claim}/approve", "claims/{claim}/send-back")
FILLED = {
    "rights": "access",
    "relation": "customer",
    "condition": "signed",
    "doubt": "doute",
    "method": "link_known_contact",
    "how": "cherché",
    "reason": "motif",
    "outcome": "granted",
    "version": "1",
    "comment": "à revoir",
    "means": "posted",
    "at": "2026-01-01T10:00",
    "evidence": "RR1",
    "verdict": "breach",
    "due": "2027-03-26",
    "email": "lea@example.net",
    "text": "note",
    "scope": "support",
    "why": "motif",
    "said": "je retire",
    "answer": "erase",
    "company": "Acme",
    "address": "dpo@acme.example",
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_the_roles_that_may(as_: As, page: str) -> None:
    case = factories.received()

    answers = tuple(as_(role).get(page.format(uuid=case.uuid)).status_code for role in ROLES)

    assert answers == PAGES[page]


def _tried(as_: As, role: str, acts: tuple[str, ...]) -> dict[str, tuple[int, bool]]:
    """For each act the status, and whether anything was written to the case."""
    case = factories.confirmed((Right.ACCESS,))
    other = factories.received(person_email="ada@example.org")
    data = {**FILLED, "into": other.reference, "staff": factories.staff("officer").code}
    client, claim = as_(role), factories.claim(case).uuid
    answers = {}
    for act in acts:
        before = Event.objects.filter(stream=case.stream).count()
        file = SimpleUploadedFile("account.json", b'{"account": [{"id": 1}]}')
        status = client.post(f"/cases/{case.uuid}/{act.format(claim=claim)}/", {**data, "file": file}).status_code
        answers[act] = status, Event.objects.filter(stream=case.stream).count() != before
    return answers


@pytest.mark.parametrize(("role", "status"), [("", 302), ("administrator", 403)])
def test_no_act_without_signing_in_or_for_the_administrator(as_: As, role: str, status: int) -> None:
    acts = (*ACTS, *REVIEWS, "note")

    assert _tried(as_, role, acts) == dict.fromkeys(acts, (status, False))


@pytest.mark.parametrize("role", ["reviewer", "auditor"])
def test_only_officers_and_managers_work_on_a_case(as_: As, role: str) -> None:
    assert _tried(as_, role, ACTS) == dict.fromkeys(ACTS, (403, False))


@pytest.mark.parametrize("role", ["officer", "auditor"])
def test_only_reviewers_and_managers_review(as_: As, role: str) -> None:
    assert _tried(as_, role, REVIEWS) == dict.fromkeys(REVIEWS, (403, False))


def test_auditor_sees_the_case_without_the_message_and_without_forms(as_: As) -> None:
    case = factories.in_progress()

    page = as_("auditor").get(f"/cases/{case.uuid}/").content.decode()

    assert case.reference in page
    assert f"/cases/{case.uuid}/draft" not in page
    assert 'name="text"' not in page


def test_forged_session_is_nobody(db: None) -> None:
    factories.installation()
    client = Client()
    client.cookies["dsar-session"] = "a" * 32

    assert client.get("/").status_code == 302


def test_pages_are_kept_by_no_cache_and_carry_the_policy(as_: As) -> None:
    case = factories.received()

    answer = as_("officer").get(f"/cases/{case.uuid}/")

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert "style=" not in answer.content.decode()
    assert "<script" not in answer.content.decode()
