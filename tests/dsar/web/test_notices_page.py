"""The page of notices: one's own list and choice, and the secret address of the calendar."""

import html
import re

import pytest
from django.test import Client

from notifications import services as post
from notifications.models import Notice, Notification, Preference
from tests import factories
from tests.dsar.web.conftest import As
from tests.factories import actor, utc
from workflow import services
from workflow.models import Case


@pytest.fixture
def reminded(time_machine, db: None) -> Case:
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)
    case = factories.received(received_at=utc(2027, 3, 2, 8), person_name="Zelda Quartz")
    time_machine.move_to(utc(2027, 3, 18, 9), tick=False)
    services.ring()
    post.sweep_pending()
    return case


def page(client: Client) -> str:
    return html.unescape(client.get("/notices/").content.decode())


def test_a_notice_is_listed_with_its_case_until_it_is_read(as_: As, reminded: Case) -> None:
    client = as_("officer")
    shown = page(client)
    assert reminded.reference in shown
    assert "Rappel : répondre au plus tard le 1er avril 2027" in shown
    assert "Quartz" not in shown
    assert "Nouveau" in shown
    last = Notice.objects.filter(staff__username="officer").latest("id")
    newer = Notice.objects.create(
        staff=last.staff, event_id=0, letter="A09", text="x", mailed=True, made_at=last.made_at
    )

    client.post("/notices/read/", {"last": str(last.pk)})

    last.refresh_from_db()
    newer.refresh_from_db()
    assert (last.read_at is not None, newer.read_at) == (True, None), "what came meanwhile was not on the screen"


@pytest.mark.parametrize("last", ["", "x", "-1", "9" * 40, "²"])
def test_marking_nothing_in_particular_changes_nothing(as_: As, reminded: Case, last: str) -> None:
    as_("officer").post("/notices/read/", {"last": last})

    assert not Notice.objects.filter(read_at__isnull=False).exists()


def test_nobody_reads_or_marks_the_notices_of_another(as_: As, reminded: Case) -> None:
    client = as_("reviewer")

    assert "Rappel :" not in page(client)
    client.post("/notices/read/", {"last": "99999"})
    assert not Notice.objects.filter(read_at__isnull=False).exists()


def test_a_restricted_case_leaves_the_list_of_who_no_longer_sees_it(as_: As, reminded: Case) -> None:
    services.restrict_access(
        reminded.pk, named=[factories.staff("manager")], reason="A colleague.", by=actor("manager")
    )

    assert reminded.reference not in page(as_("officer"))


@pytest.mark.parametrize("username", ["officer", "reviewer", "manager", "auditor", "administrator"])
def test_everybody_chooses_and_only_who_is_alarmed_is_told_why_some_mail_comes_always(as_: As, username: str) -> None:
    client = as_(username)
    shown = page(client)
    client.post("/notices/choose/", {"channel": "digest", "weekly": "1"})
    client.post("/notices/choose/", {"channel": "nothing"})

    chosen = Preference.objects.get(staff__username=username)
    assert (chosen.channel, chosen.weekly) == ("digest", True)
    assert ("personne n’est averti après vous" in shown) == (username == "manager")


def test_in_app_only_means_no_mail(as_: As, time_machine) -> None:
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)
    as_("officer").post("/notices/choose/", {"channel": "desk"})
    factories.received(received_at=utc(2027, 3, 2, 8))
    time_machine.move_to(utc(2027, 3, 18, 9), tick=False)

    services.ring()
    post.sweep_pending()

    assert not Notification.objects.filter(letter="A01").exists()
    assert Notice.objects.filter(letter="A01", mailed=False).count() == 1


def test_the_address_of_a_calendar_is_shown_once_and_can_be_closed(as_: As, reminded: Case) -> None:
    client = as_("officer")
    opened = html.unescape(client.post("/notices/calendar/").content.decode())
    (path,) = re.findall(r'value="http://localhost:8000(/calendar/[\w-]{43}\.ics)"', opened)
    assert Client().get(path).status_code == 200
    assert path not in page(client)

    client.post("/notices/calendar/close/")

    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("username", ["reviewer", "auditor", "administrator"])
def test_who_answers_nobody_has_no_calendar(as_: As, username: str) -> None:
    assert as_(username).post("/notices/calendar/").status_code == 403
    assert "agenda" not in page(as_(username))
