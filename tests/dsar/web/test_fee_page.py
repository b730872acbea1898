"""The fee by forms alone: only the grounds the law knows, the sentence when it is blocked, the person's page."""

import re

from django.test import Client

from notifications import tokens
from tests import factories
from tests.dsar.web.conftest import As
from tests.workflow.test_fee import WORDS, ask, move, repeated, told  # noqa: F401  the fixture
from workflow.models import Case, Claim, Fee
from workflow.states import Right

FORM = {"amount": "25,00", "ground": "G-EXC", "facts": "Demandé cinq fois.", "calculation": "1 h à 25 €", "how": "BE00"}


def post(client: Client, claim: Claim, act: str, **data: object):  # type: ignore[no-untyped-def]
    return client.post(f"/cases/{claim.case.uuid}/claims/{claim.uuid}/fee/{act}/", data)


def page(client: Client, case: Case) -> str:
    return str(client.get(f"/cases/{case.uuid}/").content.decode())


def test_asked_approved_posted_and_paid_by_forms(as_: As, move) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    case = repeated()
    claim = factories.claim(case)

    asked = post(as_("officer"), claim, "ask", **FORM)
    assert "Attend un responsable" in page(as_("officer"), case)
    agreed = post(as_("manager"), claim, "approve", cents="2500")
    sent = post(as_("officer"), claim, "posted", at="2027-03-02T10:00", evidence="RE 1 BE")
    paid = post(as_("officer"), claim, "paid", evidence="extrait 12")

    assert [answer.status_code for answer in (asked, agreed, sent, paid)] == [302, 302, 302, 302]
    assert Fee.objects.get().cents == 2500
    assert "Payé" in page(as_("officer"), case)


def test_the_form_offers_abuse_alone_and_says_what_is_wrong(as_: As, move) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    case = factories.in_progress()
    shown = page(as_("officer"), case)
    offered = re.search(r'<select id="fee-ground-.*?</select>', shown, re.DOTALL)
    assert offered is not None
    assert re.findall(r'value="(G-\w+)"', offered[0]) == ["G-UNF", "G-EXC"]

    refused = post(as_("officer"), factories.claim(case), "ask", form=f"fee-ask:{factories.claim(case).uuid}", **FORM)

    assert refused.status_code == 409
    assert "Aucune demande antérieure" in refused.content.decode()
    assert "1 h à 25 €" in refused.content.decode(), "what was typed is kept"


def test_no_form_where_the_law_knows_no_fee(as_: As, move) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    case = factories.in_progress((Right.PORTABILITY,))

    assert "fee-ask:" not in page(as_("officer"), case)


def test_only_a_manager_sees_the_approval_and_nobody_else_may(as_: As, move) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    case = repeated()
    claim = ask(case)

    assert "fee-approve:" not in page(as_("officer"), case)
    assert "fee-approve:" in page(as_("manager"), case)
    assert post(as_("reviewer"), claim, "approve", cents="2500").status_code == 403


def test_the_person_reads_why_and_that_withdrawing_is_free(as_: As, move) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    case = repeated()
    told(case)

    shown = Client().get(f"/p/{tokens.portal_token(case)}/").content.decode()

    assert WORDS["facts"] in shown
    assert "25,00" in shown
    assert "gratuit" not in shown.split("<ol")[0], "no promise above that it costs nothing"
