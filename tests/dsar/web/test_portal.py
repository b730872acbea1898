"""The person's page: their language, no sign-in, nothing for a wrong link."""

from datetime import timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from notifications import tokens
from tests import factories
from workflow import services
from workflow.models import Case, Event
from workflow.states import Ground, Language, Means, Outcome, Right


def _page(case: Case, lang: str = ""):  # type: ignore[no-untyped-def]
    return Client().get(f"/p/{tokens.portal_token(case)}/", {"lang": lang} if lang else {})


def test_page_is_in_the_language_of_the_case(db: None) -> None:
    case = factories.received(language=Language.NL)

    page = _page(case)

    assert page.status_code == 200
    assert '<html lang="nl">' in page.content.decode()
    assert '<html lang="de">' in _page(case, "de").content.decode()
    assert case.reference in page.content.decode()


def test_page_is_kept_by_no_cache_and_found_by_no_search_engine(db: None) -> None:
    page = _page(factories.received())

    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "no-referrer"


def test_wrong_link_opens_nothing_and_does_not_say_why(db: None) -> None:
    case = factories.received()
    token = tokens.portal_token(case)
    wrong = token[:-1] + ("a" if token[-1] != "a" else "b")

    answers = [Client().get(f"/p/{text}/") for text in (wrong, "x", "a" * 300)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.content for answer in answers}) == 1
    assert case.reference not in answers[0].content.decode()


def test_opening_the_page_writes_nothing(db: None) -> None:
    case = factories.in_progress()
    before = Event.objects.count()

    _page(case)

    assert Event.objects.count() == before


def test_refusal_is_told_once_it_has_left(db: None) -> None:
    case = factories.in_progress((Right.ERASURE,))
    claim = factories.claim(case, Right.ERASURE)
    officer, reviewer = factories.actor("officer"), factories.actor("reviewer")
    facts = "Vos factures de 2021 à 2026."
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_173B, facts=facts, by=officer)
    factories.submit(claim.pk, by=officer)
    services.approve(claim.pk, version=1, by=reviewer)
    before = _page(case).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RR1", by=officer)

    after = _page(case).content.decode()

    assert facts not in before
    assert facts in after
    assert "contact@apd-gba.be" in after
