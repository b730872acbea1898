"""The forms of a step that failed in a source: said on the page, refused without words, done with a reason."""

from typing import Any

import pytest

from tests import factories
from tests.dsar.web.conftest import As
from tests.workflow.test_execution import approved
from workflow import services
from workflow.models import Case, Claim, Execution
from workflow.states import ClaimState, Right

WHY = "L’interface a répondu 500."


@pytest.fixture
def erasure(db: None) -> tuple[Case, Claim]:
    return approved(Right.ERASURE)


def post(as_: As, case: Case, claim: Claim, act: str, who: str = "officer", **form: str) -> Any:
    return as_(who).post(f"/cases/{case.uuid}/claims/{claim.uuid}/{act}/", form)


def steps(claim: Claim) -> list[tuple[str, str]]:
    return list(Execution.objects.filter(claim=claim).values_list("source", "state"))


def shown(as_: As, case: Case, who: str = "officer") -> str:
    return as_(who).get(f"/cases/{case.uuid}/").content.decode()


def test_a_failure_opens_the_right_and_its_form_gives_way_to_the_one_that_settles_it(
    as_: As, erasure: tuple[Case, Claim]
) -> None:
    case, claim = erasure
    before = shown(as_, case)

    done = post(as_, case, claim, "step-failed", source="Mail Chimp", why=WHY)

    after = shown(as_, case)
    assert done.status_code == 302
    assert steps(claim) == [("step-1", "failed")]
    assert factories.claim(case, Right.ERASURE).state == ClaimState.OPEN
    assert ("step-failed/" in before, "step-settled/" in before) == (True, False)
    assert "step-settled/" in after
    assert "Mail Chimp" in after


@pytest.mark.parametrize("form", [{"source": "", "why": WHY}, {"source": "mailchimp", "why": " "}], ids=str)
def test_a_failure_names_its_source_and_what_happened(
    as_: As, erasure: tuple[Case, Claim], form: dict[str, str]
) -> None:
    case, claim = erasure

    answer = post(as_, case, claim, "step-failed", form=f"fail:claim-{claim.uuid}", **form)

    assert answer.status_code == 409
    assert "Nommez la source" in answer.content.decode()
    assert steps(claim) == []


@pytest.mark.parametrize(("how", "state"), [("by_hand", "by_hand"), ("again", "done")])
def test_it_is_settled_with_how_that_was_seen(as_: As, erasure: tuple[Case, Claim], how: str, state: str) -> None:
    case, claim = erasure
    post(as_, case, claim, "step-failed", source="mailchimp", why=WHY)

    silent = post(as_, case, claim, "step-settled", source="mailchimp", how=how, reason=" ")
    unknown = post(as_, case, claim, "step-settled", source="stripe", how=how, reason="Vu dans la liste.")
    done = post(as_, case, claim, "step-settled", source="mailchimp", how=how, reason="Vu dans la liste.")
    twice = post(as_, case, claim, "step-settled", source="mailchimp", how=how, reason="Vu dans la liste.")

    assert [answer.status_code for answer in (silent, unknown, done, twice)] == [409, 409, 302, 409]
    assert steps(claim) == [("step-1", state)]
    assert "step-settled/" not in shown(as_, case)


@pytest.mark.parametrize("act", ["step-failed", "step-settled"])
@pytest.mark.parametrize("who", ["reviewer", "auditor", "administrator"])
def test_only_who_works_on_the_case_says_so(as_: As, erasure: tuple[Case, Claim], act: str, who: str) -> None:
    case, claim = erasure
    services.record_step_failed(claim.pk, source="mailchimp", why=WHY, by=factories.actor("officer"))

    answer = post(as_, case, claim, act, who, source="mailchimp", why=WHY, how="again", reason="Vu.")

    assert answer.status_code == 403
    assert steps(claim) == [("step-1", "failed")]
    assert f"{act}/" not in (shown(as_, case, who) if who != "administrator" else "")


def test_a_right_of_another_case_is_not_reached_through_this_one(as_: As, erasure: tuple[Case, Claim]) -> None:
    _case, claim = erasure
    other = factories.in_progress(person_email="bob@example.org")

    assert post(as_, other, claim, "step-failed", source="mailchimp", why=WHY).status_code in {404, 409}
    assert steps(claim) == []
