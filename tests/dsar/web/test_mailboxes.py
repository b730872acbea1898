"""The page of mailboxes and the tray of what lay there before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.utils import timezone

from dsar.intake.mailbox.models import MailAccount, MailAlarm, MailFolder, ServerCopy
from dsar.intake.models import InboundMessage, MessageState
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.dsar.web.conftest import As
from workflow import services
from workflow.actors import INTAKE
from workflow.models import Case, Event, Mailbox
from workflow.states import EventKind


@pytest.fixture
def account(db: None, settings: Any) -> MailAccount:
    """One configured mailbox that began yesterday and is being read."""
    factories.installation()
    settings.IMAP_URLS = ["imap://box:a-secret@imap.example.org"]
    box = Mailbox.objects.get(address=project.MAILBOX)
    services.begin_mailbox(box.pk, at=timezone.now() - timedelta(days=1), by=INTAKE)
    return MailAccount.objects.create(
        name="box@imap.example.org", mailbox=box, created_at=timezone.now(), read_at=timezone.now()
    )


def lying(number: int, **ago: float) -> InboundMessage:
    raw = mail(sender=f"person{number}@example.org", message_id=f"<{number}@example.org>", subject=f"Demande {number}")
    return take_in(raw, at=timezone.now() - timedelta(**ago), source="imap")


def test_without_a_configured_mailbox_the_page_says_how_to_get_one(as_: As) -> None:
    page = as_("officer").get("/mailboxes/").content.decode()

    assert "IMAP_URLS" in page


def test_the_counts_of_server_and_tables_stand_side_by_side(as_: As, account: MailAccount) -> None:
    MailAccount.objects.update(counted_at=timezone.now(), server_count=12, our_count=11, difference=1)

    page = as_("officer").get("/mailboxes/").content.decode()

    assert "12 sur le serveur, 11 d’entre eux ici" in page
    assert "1 d’écart" in page
    assert "a-secret" not in page


def test_an_alarm_stands_on_every_page_until_it_is_over(as_: As, account: MailAccount) -> None:
    MailAlarm.objects.create(account=account, code="unreadable", raised_at=timezone.now())
    MailAccount.objects.update(trouble="refused", failed_since=timezone.now(), next_try_at=timezone.now())

    assert "/mailboxes/" in as_("manager").get("/").content.decode().split("<main")[1]
    page = as_("manager").get("/mailboxes/").content.decode()
    assert "Cette boîte n’est pas lue." in page
    assert "La connexion est refusée" in page
    MailAlarm.objects.update(cleared_at=timezone.now())
    assert "/mailboxes/" not in as_("manager").get("/").content.decode().split("<main")[1]


def test_the_administrator_sets_the_start_date_at_midnight_in_brussels(as_: As, account: MailAccount) -> None:
    url = f"/mailboxes/{account.uuid}/begin/"

    assert as_("administrator").post(url, {"on": "2026-01-05"}).status_code == 302

    assert Mailbox.objects.get(pk=account.mailbox_id).begins_at == datetime(2026, 1, 4, 23, tzinfo=UTC)
    assert as_("administrator").post(url, {"on": "demain"}).status_code == 400
    assert as_("officer").post(url, {"on": "2026-02-05"}).status_code == 403
    assert as_("auditor").post(url, {"on": "2026-02-05"}).status_code == 403
    assert Event.objects.filter(kind=EventKind.MAILBOX_BEGINS).count() == 2


def test_the_start_of_a_mailbox_nobody_has_looked_into_can_be_set_and_the_page_says_what_happens(
    as_: As, account: MailAccount, settings: Any
) -> None:
    settings.IMAP_URLS = [*settings.IMAP_URLS, "imap://old:a-secret@imap.example.org"]
    page = as_("administrator").get("/mailboxes/").content.decode()
    assert "Aucune date de début n’est fixée" in page

    data = {"account": "old@imap.example.org", "on": "2026-01-05"}
    assert as_("officer").post("/mailboxes/begin/", data).status_code == 403
    assert as_("administrator").post("/mailboxes/begin/", {**data, "on": "2999-01-05"}).status_code == 409
    assert as_("administrator").post("/mailboxes/begin/", {**data, "account": "other@x"}).status_code == 404
    assert not MailAccount.objects.filter(name="old@imap.example.org").exists()
    assert as_("administrator").post("/mailboxes/begin/", data).status_code == 302

    row = MailAccount.objects.get(name="old@imap.example.org")
    assert (row.begins_at, row.read_at) == (datetime(2026, 1, 4, 23, tzinfo=UTC), None)
    assert Mailbox.objects.get(pk=account.mailbox_id).begins_at != row.begins_at
    assert "Aucune date de début n’est fixée" not in as_("administrator").get("/mailboxes/").content.decode()


def test_who_looked_for_missing_messages_says_so_once(as_: As, account: MailAccount) -> None:
    MailAccount.objects.update(missed=2)
    url = f"/mailboxes/{account.uuid}/missed-seen/"

    assert as_("officer").post(url, {"number": "2"}).status_code == 302
    assert as_("officer").post(url, {"number": "2"}).status_code == 409
    assert as_("officer").post(url, {"number": "many"}).status_code == 409
    assert MailAccount.objects.get().missed == 0


def test_an_identity_document_that_went_astray_is_shown_until_somebody_made_sure(as_: As, account: MailAccount) -> None:
    message = lying(1, hours=1)
    InboundMessage.objects.filter(pk=message.pk).update(holds_number=True)
    folder = MailFolder.objects.create(account=account, name="Processed", processed=True)
    ServerCopy.objects.create(
        folder=folder,
        uidvalidity=1,
        uid=7,
        state="gone",
        size=9,
        sha256="0" * 64,
        message=message,
        taken_at=timezone.now(),
    )
    url = f"/mailboxes/{account.uuid}/astray-seen/"

    assert url in as_("officer").get("/mailboxes/").content.decode()
    assert as_("officer").post(url, {"number": "2"}).status_code == 409
    assert as_("officer").post(url, {"number": "1"}).status_code == 302
    assert url not in as_("officer").get("/mailboxes/").content.decode()


def test_the_tray_shows_earlier_mail_the_newest_first(as_: As, account: MailAccount) -> None:
    lying(1, days=400)
    lying(2, days=30)
    lying(3, hours=1)

    page = as_("officer").get("/messages/before/").content.decode()

    assert page.index("Demande 2") < page.index("Demande 1")
    assert "Demande 3" not in page


def test_the_tray_goes_on_behind_its_last_line(as_: As, account: MailAccount) -> None:
    for number in range(52):
        lying(number, days=30 + number)

    first = as_("officer").get("/messages/before/")
    rest = as_("officer").get(f"/messages/before/?after={first.context['more']}")

    assert [len(page.context["rows"]) for page in (first, rest)] == [50, 2]
    assert as_("officer").get("/messages/before/?after=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("judgement", "state", "judged", "cases"),
    [("answered", "before", "answered", 0), ("no_request", "before", "no_request", 0), ("open", "opened", "", 2)],
)
def test_several_are_judged_at_once(
    as_: As, account: MailAccount, judgement: str, state: str, judged: str, cases: int
) -> None:
    rows = [lying(number, days=30) for number in range(3)]

    answer = as_("officer").post(
        "/messages/before/judge/", {"judgement": judgement, "message": [str(row.uuid) for row in rows[:2]]}
    )

    assert answer.status_code == 302
    found = set(InboundMessage.objects.order_by("id").values_list("state", "judged")[:2])
    assert (found, Case.objects.count()) == ({(state, judged)}, cases)
    assert InboundMessage.objects.filter(state=MessageState.BEFORE, judged="").count() == 1
    assert Notification.objects.count() == 0
    assert {case.received_at for case in Case.objects.all()} <= {row.received_at for row in rows}


def test_a_judgement_without_a_tick_or_without_a_meaning_changes_nothing(as_: As, account: MailAccount) -> None:
    row = lying(1, days=30)

    for data in ({"judgement": "open"}, {"judgement": "burn", "message": str(row.uuid)}, {"message": "nonsense"}):
        assert as_("officer").post("/messages/before/judge/", data).status_code == 400

    assert InboundMessage.objects.get().state == MessageState.BEFORE


def test_looking_at_one_of_them_is_recorded(as_: As, account: MailAccount) -> None:
    row = lying(1, days=30)

    page = as_("officer").get(f"/messages/before/{row.uuid}/")

    assert "personnelles.\n\nAda Lovelace" in page.content.decode()
    assert Event.objects.filter(kind=EventKind.MESSAGE_VIEWED).count() == 1
    assert as_("auditor").get(f"/messages/before/{row.uuid}/").status_code == 403


def test_a_late_case_says_why_its_acknowledgement_waits(as_: As, account: MailAccount) -> None:
    services.begin_mailbox(account.mailbox_id, at=datetime(2020, 1, 1, tzinfo=UTC), by=INTAKE)
    case = lying(1, days=9).case
    assert case is not None

    page = as_("officer").get(f"/cases/{case.uuid}/").content.decode()

    assert "L’accusé de réception part quand vous confirmez les droits, ou maintenant." in page


def test_earlier_mail_is_counted_under_the_account_it_lies_in(as_: As, account: MailAccount) -> None:
    """Not what waits in the tray from elsewhere."""
    lying(1, days=40)

    assert "à trier" not in as_("officer").get("/mailboxes/").content.decode().split("<main")[1]

    folder = MailFolder.objects.create(account=account, name="INBOX", uidvalidity=1)
    message = InboundMessage.objects.get()
    ServerCopy.objects.create(
        folder=folder, uidvalidity=1, uid=1, state="there", size=9, sha256="0" * 64, message=message
    )

    assert "1 message antérieur à trier" in as_("officer").get("/mailboxes/").content.decode()
