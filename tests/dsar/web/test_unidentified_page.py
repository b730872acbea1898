"""T07 on the screens: what the officer is led to once the question about identity had its time."""

import re

import pytest

from tests import factories
from tests.dsar.web.conftest import As
from tests.factories import actor, utc
from workflow import services
from workflow.actors import POST_OFFICE
from workflow.models import Case
from workflow.states import CaseState, Means, PauseKind, Right

TUESDAY = utc(2027, 3, 2, 8)


@pytest.fixture
def silent(time_machine) -> Case:  # type: ignore[no-untyped-def]
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)
    case = factories.confirmed((Right.ACCESS, Right.COMPLAINT), received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="une autre adresse", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    for day in ((2027, 3, 12), (2027, 3, 22), (2027, 4, 1)):
        time_machine.move_to(utc(*day, 9), tick=False)
        services.ring()
        factories.reminders_leave(case)
    return factories.again(case)


def test_the_form_proposes_the_refusal_with_its_facts_and_saves_nothing_by_itself(as_: As, silent: Case) -> None:
    page = as_("officer").get(f"/cases/{silent.uuid}/").content.decode()

    claim = factories.claim(silent)
    form = page[page.index(f'id="claim-{claim.uuid}"') :].replace("\N{NO-BREAK SPACE}", " ")
    assert "Décider sans preuve d’identité" in page
    assert f'href="#claim-{claim.uuid}"' in page
    assert '<option value="refused" selected>' in form
    assert '<option value="G-ID" selected>' in form
    assert "Le mardi 2 mars 2027, nous vous avons demandé de confirmer qui vous êtes." in form
    assert "(vendredi 12 mars 2027; lundi 22 mars 2027)" in form
    assert claim.outcome == ""


def test_the_right_that_needs_no_identity_is_proposed_nothing(as_: As, silent: Case) -> None:
    page = as_("officer").get(f"/cases/{silent.uuid}/").content.decode()

    form = page[page.index(f'id="claim-{factories.claim(silent, Right.COMPLAINT).uuid}"') :]
    assert "selected" not in form[: form.index("</form>")]


def test_from_the_queue_to_the_answer_by_forms(as_: As, silent: Case) -> None:
    claim = factories.claim(silent)
    where = f"/cases/{silent.uuid}/claims/{claim.uuid}"
    queue = as_("officer").get("/").content.decode()
    assert "Décider sans preuve d’identité" in queue

    drafted = {"outcome": "refused", "ground": "G-ID", "facts": "Demandé, rappelé deux fois.", "version": 0}
    as_("officer").post(f"{where}/draft/", drafted)
    lines = {"checked": ["part_and_reason", "proven"], "version": 1}
    assert as_("officer").post(f"{where}/submit/", lines).status_code == 302
    assert as_("reviewer").post(f"{where}/approve/", {"version": 1}).status_code == 302
    services.answer(claim.pk, at=utc(2027, 4, 1, 9), means=Means.EMAIL, by=POST_OFFICE)
    other = factories.claim(silent, Right.COMPLAINT)
    services.withdraw_claim(
        other.pk, said="Je retire ma plainte.", known_by="They answered our letter.", by=actor("officer")
    )

    after = factories.again(silent)
    page = as_("officer").get(f"/cases/{silent.uuid}/").content.decode()
    assert (after.state, after.unidentified) == (CaseState.PROCESSED, True)
    assert re.search(r"non établie", page)


def test_a_reminder_on_paper_is_recorded_where_none_left(as_: As, time_machine) -> None:  # type: ignore[no-untyped-def]
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)
    case = factories.confirmed((Right.ACCESS,), received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="une autre adresse", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    time_machine.move_to(utc(2027, 3, 12, 9), tick=False)
    services.ring()
    client = as_("officer")
    url = f"/cases/{case.uuid}/questions/reminded/"

    assert url in client.get(f"/cases/{case.uuid}/").content.decode()
    form = {"kind": "identity", "at": "2027-03-12T10:30", "evidence": "RE 1 BE", "form": "reminded"}
    time_machine.move_to(utc(2027, 3, 12, 10), tick=False)
    client.post(url, form)

    assert case.milestones.get(code="M21-1-identity").left_on is not None
    assert url not in client.get(f"/cases/{case.uuid}/").content.decode()


def test_a_mandate_asked_for_in_vain_leads_to_the_decision(as_: As, time_machine) -> None:  # type: ignore[no-untyped-def]
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)
    case = factories.confirmed((Right.ACCESS,), received_at=TUESDAY)
    services.ask_mandate(case.pk, question="Le mandat de Mme Lovelace.", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.MANDATE, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    for day in ((2027, 3, 12), (2027, 3, 22), (2027, 4, 1)):
        time_machine.move_to(utc(*day, 9), tick=False)
        services.ring()
        factories.reminders_leave(case)

    page = as_("officer").get(f"/cases/{case.uuid}/").content.decode().replace("\N{NO-BREAK SPACE}", " ")

    form = page[page.index(f'id="claim-{factories.claim(case).uuid}"') :]
    assert "Décider sans le mandat" in page
    assert '<option value="G-ID" selected>' in form
    assert "Le mardi 2 mars 2027, nous avons demandé le mandat" in form
    assert "(vendredi 12 mars 2027; lundi 22 mars 2027)" in form
