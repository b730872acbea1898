"""A colleague or a processor is asked for data from the page of a case, and the answer recorded there."""

from html import unescape

import pytest

from tests import factories
from tests.dsar.web.conftest import As
from tests.factories import utc
from workflow.models import SourceRequest
from workflow.states import Right


@pytest.fixture(autouse=True)
def _morning(time_machine) -> None:  # type: ignore[no-untyped-def]
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)


def test_asked_and_answered_by_forms(as_: As) -> None:
    case = factories.in_progress((Right.ACCESS,), received_at=utc(2027, 3, 2, 8))
    form = {
        "form": "ask-source",
        "recipient": "Hébergeur SA",
        "address": "privacy@host.example",
        "identifier": "client 4711",
        "wanted": "les journaux",
        "language": "fr",
    }
    officer = as_("officer")

    refused = officer.post(f"/cases/{case.uuid}/source/", {**form, "wanted": ""})
    asked = officer.post(f"/cases/{case.uuid}/source/", form)
    row = SourceRequest.objects.get(case=case)
    waiting = unescape(officer.get(f"/cases/{case.uuid}/").content.decode())
    answered = officer.post(
        f"/cases/{case.uuid}/source/{row.pk}/", {"answer": "nothing_held", "said": "Cherché par numéro de client."}
    )
    over = unescape(officer.get(f"/cases/{case.uuid}/").content.decode())

    assert (refused.status_code, asked.status_code, answered.status_code) == (409, 302, 302)
    assert "Hébergeur SA · les journaux" in waiting
    assert "réponse attendue pour le" in waiting
    assert "cherché, rien trouvé" in over
    assert as_("auditor").post(f"/cases/{case.uuid}/source/", form).status_code == 403
