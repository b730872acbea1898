"""Splitting a case in two at the desk: what will happen is said before, the person is told, messages show in both."""

from html import unescape

import pytest
from time_machine import TimeMachineFixture

from notifications import services as post_office
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.dsar.web.conftest import As
from tests.factories import actor, utc
from workflow import services
from workflow.models import Case
from workflow.states import IdentityMethod, Right

WHY = "L’effacement touche quatre systèmes, l’accès est prêt."


@pytest.fixture
def case(installed: None, time_machine: TimeMachineFixture) -> Case:
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)
    message = take_in(mail(), at=utc(2027, 3, 2, 8))
    assert message.case is not None
    rights = [Right.ACCESS, Right.ERASURE]
    services.confirm_claims(message.case.pk, rights=rights, by=actor("officer"))
    proof = {"method": IdentityMethod.LINK_KNOWN_CONTACT, "note": "A code to the account of 2024."}
    services.verify_identity(message.case.pk, **proof, by=actor("officer"))
    services.take(message.case.pk, by=actor("officer"))
    return factories.again(message.case)


@pytest.fixture
def installed(db: None) -> None:
    factories.installation()


def page_of(as_: As, case: Case) -> str:
    return unescape(as_("officer").get(f"/cases/{case.uuid}/").content.decode())


def test_the_form_says_what_will_happen_and_the_person_is_told_once(as_: As, case: Case) -> None:
    page = page_of(as_, case)
    assert "Scinder ce dossier en deux" in page
    assert "même réception" in page

    done = as_("officer").post(f"/cases/{case.uuid}/split/", {"rights": ["erasure"], "why": WHY}, follow=True)

    part = Case.objects.get(split_from=case)
    assert part.reference in done.content.decode()
    post_office.sweep_pending()
    letters = {row.letter: row for row in Notification.objects.filter(case=part)}
    assert set(letters) == {"M26"}
    text = post_office.content_of(letters["M26"]).text
    assert case.reference in text
    assert part.reference in text
    assert "effacer" in text.lower() or "effacement" in text.lower()


def test_the_messages_show_in_both_and_each_page_links_to_the_other(as_: As, case: Case) -> None:
    as_("officer").post(f"/cases/{case.uuid}/split/", {"rights": ["erasure"], "why": WHY})
    part = Case.objects.get(split_from=case)

    here, there = page_of(as_, case), page_of(as_, part)

    assert "Bonjour" in here
    assert "Bonjour" in there
    assert f"/cases/{part.uuid}/" in here
    assert f"/cases/{case.uuid}/" in there


def test_a_refused_split_says_why_beside_its_form(as_: As, case: Case) -> None:
    form = {"form": "split-case", "rights": ["access", "erasure"], "why": WHY}
    answer = as_("officer").post(f"/cases/{case.uuid}/split/", form)

    assert answer.status_code == 409
    assert "Au moins un droit reste dans ce dossier" in unescape(answer.content.decode())
    assert Case.objects.count() == 1
    assert as_("reviewer").post(f"/cases/{case.uuid}/split/", form).status_code == 403
