"""The program that keeps reading: rung by the server, at fixed times anyway, and never ended by trouble."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from dsar.intake import tasks
from dsar.intake.mailbox import watching
from dsar.intake.mailbox.client import ImapServer
from dsar.intake.mailbox.models import MailAccount
from dsar.intake.mailbox.port import MailboxTrouble, Trouble
from dsar.intake.mailbox.watching import Watch
from dsar.intake.models import InboundMessage
from notifications import services as post_office
from notifications.kinds import NotificationState
from notifications.models import Notification
from notifications.tokens import bounce_address
from tests import factories
from tests.dovecot import Dovecot
from tests.dsar.intake.conftest import install
from tests.dsar.intake.mailbox.conftest import Box
from tests.dsar.intake.post import mail
from tests.installation import wait_until
from workflow.models import Mailbox


@pytest.fixture
def watched(box: Box, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Box, threading.Event]]:
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)  # the test's transaction lives on them
    Mailbox.objects.update(begins_at=datetime(2020, 1, 1, tzinfo=UTC))
    return box, threading.Event()


def test_the_bell_ends_a_long_pause(watched: tuple[Box, threading.Event]) -> None:
    box, stop = watched
    watch = Watch(box.account, stop, pause=120)
    watch.look()
    begun = time.monotonic()
    threading.Timer(0.5, box.append, [mail()]).start()

    watch._wait()
    watch.look()
    watch.hang_up()

    assert InboundMessage.objects.count() == 1
    assert time.monotonic() - begun < 60  # rung, not timed out: no bound on speed


def test_a_stop_ends_a_pause(watched: tuple[Box, threading.Event]) -> None:
    box, stop = watched
    watch = Watch(box.account, stop, pause=120)
    watch.look()
    threading.Timer(0.2, stop.set).start()

    watch._wait()
    watch.hang_up()

    assert stop.is_set()


def test_without_a_bell_the_pause_is_what_counts(
    watched: tuple[Box, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    box, stop = watched
    watch = Watch(box.account, stop, pause=0.2)
    watch.look()
    assert isinstance(watch._server, ImapServer)
    watch._server._client.capabilities = ("IMAP4REV1", "MOVE", "UIDPLUS")
    box.append(mail())

    watch._wait()
    watch.look()
    watch.hang_up()

    assert InboundMessage.objects.count() == 1


def test_trouble_of_any_kind_is_survived_and_the_connection_made_anew(
    watched: tuple[Box, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    box, stop = watched
    signs: list[int] = []
    watch = Watch(box.account, stop, pause=0, alive=lambda: signs.append(1))
    for trouble in (MailboxTrouble(Trouble.CUT), ValueError("a server that speaks nonsense")):

        def fail(server: ImapServer, error: Exception = trouble) -> set[int]:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(ImapServer, "uids", fail)
            watch.look()
        assert watch._server is None
        assert MailAccount.objects.get().failures > 0
        MailAccount.objects.update(next_try_at=None)
    box.append(mail())

    watch.look()
    watch.hang_up()

    assert (InboundMessage.objects.count(), len(signs)) == (1, 3)


def test_a_report_that_a_letter_did_not_arrive_is_known_by_the_address_it_came_to(box: Box) -> None:
    """Over IMAP there is no envelope; the address stands in Delivered-To."""
    Mailbox.objects.update(begins_at=datetime(2020, 1, 1, tzinfo=UTC))
    case = factories.received()
    post_office.sweep_pending()
    letter = Notification.objects.get(case=case)
    Notification.objects.filter(pk=letter.pk).update(state=NotificationState.SENT.value, finished_at=timezone.now())
    report = mail(
        "The address does not exist.",
        sender="mailer-daemon@example.org",
        subject="Undelivered Mail Returned to Sender",
        extra=[f"Delivered-To: {bounce_address(letter)}", "Auto-Submitted: auto-replied", "Return-Path: <>"],
    )
    box.append(report)

    box.visit()

    letter.refresh_from_db()
    assert InboundMessage.objects.get(source="imap").state == "filed"
    assert letter.state == NotificationState.UNDELIVERABLE


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_several_mailboxes_are_watched_side_by_side(
    dovecot: Dovecot, settings: object, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    from dsar.intake.mailbox.accounts import accounts

    install()
    monkeypatch.setattr(tasks.process, "delay", lambda pk: None)
    found = accounts(
        [dovecot.url("vieprivee98"), dovecot.url("vieprivee99", mailbox="mailvieprivee@assistool.com")],
        mailbox="vieprivee@assistool.com",
    )
    for name in ("vieprivee98", "vieprivee99"):
        dovecot.append(name, mail(message_id=f"<{name}@example.org>"))
    stop = threading.Event()
    running = threading.Thread(target=watching.watch_all, args=(found, stop), kwargs={"pause": 1})

    running.start()
    try:
        wait_until(lambda: InboundMessage.objects.count() == 2, 60, "both mails")
    finally:
        stop.set()
        running.join(30)

    addresses = InboundMessage.objects.values_list("mailbox__address", flat=True)
    assert sorted(addresses) == ["mailvieprivee@assistool.com", "vieprivee@assistool.com"]
