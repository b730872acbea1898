"""A possible breach on the screens: raised in a case, on a letter or on a filed message, judged by a manager."""

import pytest
from django.test import Client

from notifications import services as post_office
from notifications.models import Notification
from tests import factories
from tests.dsar.web.conftest import As
from workflow.models import Breach, Case
from workflow.states import BreachSign


def post(client: Client, case: Case, act: str, **data: object):  # type: ignore[no-untyped-def]
    return client.post(f"/cases/{case.uuid}/{act}/", data)


def test_from_the_alarm_to_the_notice_by_forms(as_: As) -> None:
    case = factories.received()

    raised = post(as_("reviewer"), case, "breach/report", words="Vu le fichier d’un autre.")
    page = as_("officer").get(f"/cases/{case.uuid}/").content.decode()
    at = case.breaches.get().aware_at.astimezone().strftime("%Y-%m-%dT%H:%M")
    empty = post(as_("manager"), case, "breach", form="breach", verdict="notified", reason="x")
    judged = post(as_("manager"), case, "breach", verdict="none", reason="Le fichier était le sien.")

    assert [raised.status_code, empty.status_code, judged.status_code] == [302, 409, 302], at
    assert "Fin des 72 heures" in page
    assert 'name="authority_at"' not in page  # an officer does not judge
    assert not factories.again(case).possible_breach
    assert "pas de violation" in as_("officer").get(f"/cases/{case.uuid}/").content.decode()


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_may_not_raise_it(as_: As, role: str) -> None:
    case = factories.received()

    assert post(as_(role), case, "breach/report", words="x").status_code == 403
    assert not Breach.objects.exists()


def test_it_names_the_letter_that_went_astray(as_: As) -> None:
    case = factories.received()
    post_office.sweep_pending()
    letter = Notification.objects.get(case=case, letter="M01")
    other = factories.received(person_email="bob@example.org")

    wrong = post(as_("officer"), other, "breach/report", words="x", letter=str(letter.uuid))
    right = post(as_("officer"), case, "breach/report", words="Reçue par un autre.", letter=str(letter.uuid))

    row = case.breaches.get()
    assert (wrong.status_code, right.status_code) == (409, 302)
    assert (row.sign, row.letter) == (BreachSign.LETTER_ASTRAY, letter.uuid)
    assert "M01" in as_("officer").get(f"/cases/{case.uuid}/").content.decode()
