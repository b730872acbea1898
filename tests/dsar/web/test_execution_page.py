"""The page of a case asks for what was done before the answer leaves, and the person then reads it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from notifications import tokens
from tests import factories
from tests.dsar.web.conftest import As
from tests.workflow.test_execution import approved
from workflow import services
from workflow.checklists import carried_out
from workflow.deadlines import BRUSSELS
from workflow.models import Case, Claim
from workflow.states import Means, Outcome, Right

DONE = "Compte et newsletter effacés ; la facture 2024 reste jusqu’en 2031."


def now() -> str:
    return timezone.now().astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")


def post(client: Client, claim: Claim, **form: str) -> Any:
    words = {"done": "", "where": "CRM", "at": now(), "proof": "looked_up", "seen": "Plus rien."}
    values = {**words, "checked": [line.value for line in carried_out(Right(claim.right))], **form}
    return client.post(f"/cases/{claim.case.uuid}/claims/{claim.uuid}/carried-out/", values)


def shown(client: Client, case: Case) -> str:
    return client.get(f"/cases/{case.uuid}/").content.decode()


def test_the_next_act_is_to_carry_it_out_and_only_then_to_answer(as_: As, db: None) -> None:
    case, claim = approved(Right.ERASURE, DONE)
    officer = as_("officer")
    before = shown(officer, case)

    done = post(officer, claim)

    after = shown(officer, case)
    assert done.status_code == 302
    assert "Exécuter la décision, puis noter comment vous avez vérifié" in before
    assert ("carried-out/" in before, f"{claim.uuid}/answer/" in before) == (True, False)
    assert ("carried-out/" in after, f"{claim.uuid}/answer/" in after) == (False, True)
    assert DONE in after
    assert "cherché à nouveau là où étaient les données" in after


def test_the_page_says_what_comes_before_an_erasure(as_: As, db: None) -> None:
    case = factories.in_progress((Right.ACCESS, Right.ERASURE))
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=factories.actor("officer"))
    claim = factories.claim(case, Right.ERASURE)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=factories.actor("officer"))
    factories.submit(claim.pk, by=factories.actor("officer"))
    services.approve(claim.pk, version=1, by=factories.actor("reviewer"))
    officer = as_("officer")

    page, refused = shown(officer, case), post(officer, claim)

    assert page.count("Répondez d’abord à l’accès et à la portabilité") == 1
    assert refused.status_code == 409
    assert factories.claim(case, Right.ERASURE).verified_at is None


@pytest.mark.parametrize("form", [{"done": "x"}, {"where": ""}, {"seen": ""}, {"at": ""}, {"proof": "not_recorded"}])
def test_a_form_that_says_too_little_is_refused_and_keeps_what_was_typed(as_: As, db: None, form: Any) -> None:
    _case, claim = approved(Right.RECTIFICATION, DONE)

    answer = post(as_("officer"), claim, form=f"carried:{claim.uuid}", **form)

    assert answer.status_code == 409
    assert DONE in answer.content.decode()
    claim.refresh_from_db()
    assert claim.verified_at is None


@pytest.mark.parametrize("who", ["reviewer", "auditor"])
def test_only_who_works_on_the_case_says_so(as_: As, db: None, who: str) -> None:
    case, claim = approved(Right.ERASURE)

    assert post(as_(who), claim).status_code == 403
    assert "carried-out/" not in shown(as_(who), case)


def test_the_person_reads_what_was_done_once_it_is_answered(db: None, client: Client) -> None:
    case, claim = approved(Right.ERASURE, DONE)
    link = f"/p/{tokens.portal_token(case)}/"
    factories.carry_out(claim.pk)
    before = client.get(link, follow=True).content.decode()

    posted = {"at": timezone.now(), "means": Means.POSTED, "evidence": "RE 1"}
    services.answer(claim.pk, by=factories.actor("officer"), **posted)

    assert DONE not in before
    assert DONE in client.get(link, follow=True).content.decode()


def test_what_was_done_otherwise_goes_back_to_a_second_person(as_: As, db: None) -> None:
    case, claim = approved(Right.ERASURE, DONE)
    officer = as_("officer")

    answer = officer.post(
        f"/cases/{case.uuid}/claims/{claim.uuid}/carried-out/",
        {"done": "Rien n’est effacé.", "where": "CRM", "at": now(), "proof": "looked_up", "seen": "Plus rien."},
        follow=True,
    )

    page = answer.content.decode()
    assert "diffère de ce qui a été approuvé" in page
    assert "Rien n’est effacé." in page
    assert f"{claim.uuid}/answer/" not in page
