"""The page of settings: read by all, changed by few, a departure only with its reason."""

import html

import pytest

from tests import factories
from tests.dsar.web.conftest import As
from workflow.models import PolicyVersion
from workflow.policy import Policy, settings_of


def _form(section_prefix: str, **changes: str) -> dict[str, str]:
    shown = {
        one.path: str(one.told)
        for one in settings_of(Policy())
        if one.path.startswith(section_prefix) and one.value is not False
    }
    return {"base": "1", **shown, **changes}


@pytest.mark.parametrize("username", ["officer", "reviewer", "manager", "auditor", "administrator"])
def test_everybody_reads_the_settings(as_: As, username: str) -> None:
    page = as_(username).get("/settings/")

    assert page.status_code == 200
    assert ("change-settings" in page.content.decode() or "/settings/clock/" in page.content.decode()) == (
        username in {"manager", "administrator"}
    )


def test_a_change_becomes_a_version_that_says_who_and_what(as_: As) -> None:
    client = as_("administrator")

    done = client.post("/settings/retention/", _form("retention.", **{"retention.case_years": "3"}))
    page = html.unescape(client.get("/settings/").content.decode())

    assert done.status_code == 302
    assert PolicyVersion.objects.latest("number").policy.retention.case_years == 3
    assert "Années de conservation d’un dossier clos : 5 → 3" in page.replace("\xa0", " ")


def test_a_departure_shows_the_red_warning_and_asks_for_the_reason(as_: As) -> None:
    client = as_("manager")
    form = {"base": "1", "formalities": "strict", "rectification_proof": "when_doubt"}

    refused = client.post("/settings/request/", form)
    sentence = html.unescape(refused.content.decode())
    done = client.post("/settings/request/", {**form, "reason": "Avis du conseil."})

    assert (refused.status_code, done.status_code) == (409, 302)
    assert "S’écarte de la loi." in sentence
    assert "Avis du conseil" not in client.get("/settings/").content.decode()
    assert PolicyVersion.objects.count() == 2


def test_a_wrong_value_is_named_and_nothing_is_saved(as_: As) -> None:
    refused = as_("manager").post("/settings/retention/", _form("retention.", **{"retention.id_days": "400"}))

    assert refused.status_code == 409
    assert PolicyVersion.objects.count() == 1


def test_others_change_nothing(as_: As) -> None:
    for username in ("officer", "reviewer", "auditor"):
        assert as_(username).post("/settings/retention/", _form("retention.")).status_code == 403
    assert as_("manager").post("/settings/nothing/", {}).status_code == 404


def test_the_page_shows_how_many_cases_stood_still(as_: As) -> None:
    factories.received()

    page = as_("officer").get("/settings/").content.decode()

    assert "Demandé et suspendu ces douze derniers mois" in page
    assert "0 (0\u00a0%)" in page
