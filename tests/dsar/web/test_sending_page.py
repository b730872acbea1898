"""The page of sending: accounts, queue and reasons in words, no content; try again and take back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from dsar.web.desk import lacking
from dsar.web.desk.reasons import WORDS
from notifications import services as post_office
from notifications.kinds import Why
from notifications.letters import REGISTER
from notifications.models import Notification, SendingAccount, Unmade
from tests import factories
from tests.dsar.web.conftest import As
from workflow import services
from workflow.models import Case, Event
from workflow.states import EventKind


@pytest.fixture
def waiting(db: None) -> Notification:
    """An acknowledgement the mail server did not take."""
    factories.received(person_name="Canarina Zebrafinch", person_email="canary-bird@example.org", subject="secret song")
    post_office.sweep_pending()
    now = timezone.now()
    Notification.objects.update(state="failed", why="greylisted", attempts=2, next_try_at=now + timedelta(minutes=1))
    return Notification.objects.get()


def test_every_reason_has_its_words() -> None:
    assert set(WORDS) == set(Why)


def test_it_shows_what_waits_and_why_and_nothing_of_the_person(as_: As, waiting: Notification) -> None:
    assert waiting.case is not None
    for who in ("manager", "administrator"):
        page = as_(who).get("/sending/").content.decode()

        assert waiting.case.reference in page
        assert "ne laisse entrer personne au premier essai" in page
        assert "2 essais" in page
        for canary in ("Zebrafinch", "canary-bird", "secret song", "/p/"):
            assert canary not in page
    assert f"/cases/{waiting.case.uuid}/" not in page, "an administrator opens no case"


@pytest.mark.parametrize(
    ("username", "status"),
    [("manager", 200), ("administrator", 200), ("officer", 403), ("reviewer", 403), ("auditor", 403)],
)
def test_who_opens_it(as_: As, username: str, status: int) -> None:
    assert as_(username).get("/sending/").status_code == status


def test_the_banner_leads_everybody_who_can_do_something_to_the_reason(as_: As, waiting: Notification) -> None:
    assert "1 lettre n’a pas encore pu partir." in as_("officer").get("/").content.decode()
    assert 'href="/sending/"' in as_("manager").get("/").content.decode().split("<main")[1]
    assert "1 lettre n’a pas encore pu partir." in as_("administrator").get("/settings/").content.decode()
    outbox = as_("officer").get("/outbox/").content.decode()
    assert "ne laisse entrer personne au premier essai" in outbox
    case = as_("officer").get(f"/cases/{waiting.case.uuid}/").content.decode()  # type: ignore[union-attr]
    assert "ne laisse entrer personne au premier essai" in case

    Notification.objects.update(state="sent", why="", next_try_at=None, finished_at=timezone.now())
    assert "pas encore pu partir" not in as_("officer").get("/").content.decode()


def test_a_manager_tries_again_with_a_reason(as_: As, waiting: Notification) -> None:
    url = f"/sending/{waiting.uuid}/again/"

    assert as_("manager").post(url, {"reason": ""}).status_code == 409
    assert as_("manager").post(url, {"reason": "the server is back"}).status_code == 302

    waiting.refresh_from_db()
    assert (waiting.state, waiting.next_try_at, waiting.why) == ("queued", None, "")
    assert Event.objects.filter(kind=EventKind.LETTER_RETRIED.value).count() == 1


def test_an_administrator_takes_no_letter_of_a_case_back_a_manager_does(as_: As, waiting: Notification) -> None:
    url = f"/sending/{waiting.uuid}/cancel/"
    page = as_("administrator").get("/sending/").content.decode()
    assert "/cancel/" not in page

    assert as_("administrator").post(url, {"reason": "tidying"}).status_code == 403
    assert as_("officer").post(url, {"reason": "tidying"}).status_code == 403
    assert as_("manager").post(url, {"reason": "told by telephone"}).status_code == 302

    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    assert as_("manager").post(url, {"reason": "again"}).status_code == 409


def test_a_restricted_case_is_named_to_nobody_who_does_not_see_it(as_: As, waiting: Notification) -> None:
    case = Case.objects.get()
    named = [factories.staff("officer")]
    services.restrict_access(case.pk, named=named, reason="A colleague.", by=factories.actor("manager"))

    for who in ("manager", "administrator"):
        client = as_(who)
        page = client.get("/sending/").content.decode()
        assert case.reference not in page
        assert client.post(
            f"/sending/{waiting.uuid}/again/", {"reason": "Somebody asks for it again."}
        ).status_code in {403, 404}


def test_a_test_mail_is_ordered_and_its_fate_shown(as_: As, outbox: Any) -> None:
    administrator = as_("administrator")

    assert administrator.post("/sending/test/").status_code == 302
    post_office.sweep_pending()
    post_office.deliver_due()

    page = administrator.get("/sending/").content.decode()
    assert "Dernier message d’essai" in page
    assert Notification.objects.get().letter == "A00"
    assert as_("officer").post("/sending/test/").status_code == 403


def test_an_account_in_trouble_and_a_letter_that_cannot_be_made_are_told_in_words(
    as_: As, outbox: Any, waiting: Notification
) -> None:
    now = timezone.now()
    SendingAccount.objects.create(
        name="folder", why="store_full", failures=1, failed_since=now, words="No space left on device"
    )
    Unmade.objects.create(event_id=1, case=waiting.case, letter="M06", missing="facts, ground", since=now)

    page = as_("administrator").get("/sending/").content.decode()

    assert "Un disque est plein" in page
    assert "No space left on device" in page
    assert "Aucune lettre ne part depuis" in page
    assert "les faits, le motif du refus" in page


@pytest.fixture
def outbox(settings: Any, tmp_path: Any) -> Any:
    settings.OUTGOING_IS_FOLDER, settings.OUTBOX_DIR = True, tmp_path / "outbox"
    return tmp_path / "outbox"


def test_the_page_of_a_case_says_which_letter_cannot_be_made_and_why(as_: As, waiting: Notification) -> None:
    case = waiting.case
    assert case is not None
    Unmade.objects.create(event_id=1, case=case, letter="M05", missing="reason, due", since=timezone.now())
    Unmade.objects.create(event_id=2, case=case, letter="", missing="LookupError", since=timezone.now())

    page = as_("officer").get(f"/cases/{case.uuid}/").content.decode()

    assert "la raison, une date ou un chiffre" in page
    assert "LookupError" not in page


def test_whatever_a_letter_must_say_has_a_name_in_words() -> None:
    needed = {name for entry in REGISTER.values() for name in entry.variables}

    assert needed - set(lacking.WORDS) - lacking.OF_THE_CASE == set()
