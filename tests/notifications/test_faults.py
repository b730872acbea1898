"""A mail server that fails in every way it can: each letter waits or ends, with a reason a person can read."""

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from notifications import delivery, services
from notifications.models import Notification, SendingAccount
from tests import factories
from tests.fakes.mail_peer import CUT, DONE, STALL, MailPeer, certificate, serving
from tests.notifications.test_carrying import decided, happened, made
from workflow.states import EventKind, Right

pytestmark = pytest.mark.django_db


@pytest.fixture
def peer(settings: Any) -> Iterator[MailPeer]:
    settings.OUTGOING_IS_FOLDER, settings.EMAIL_TIMEOUT = False, 0.5
    with serving() as one:
        settings.OUTGOING = [one.account]
        yield one


def strike(step: str, reply: str) -> Any:
    return lambda at, _address: reply if at == step else ""


def tried(**values: Any) -> Notification:
    letter = made(factories.received(**values))
    services.deliver(letter.pk)
    return Notification.objects.get(pk=letter.pk)


def later(time_machine: Any, letter: Notification) -> Notification:
    time_machine.move_to(Notification.objects.get(pk=letter.pk).next_try_at + timedelta(seconds=1))
    services.deliver_due()
    return Notification.objects.get(pk=letter.pk)


@pytest.mark.parametrize(
    ("step", "reply", "state", "why"),
    [
        ("mail", "421 4.3.2 shutting down", "failed", "busy"),
        ("mail", "550 5.7.1 relaying denied", "failed", "sender_refused"),
        ("rcpt", "450 4.2.0 Greylisted, try in 5 minutes", "failed", "greylisted"),
        ("rcpt", "450 4.2.0 mailbox busy", "failed", "busy"),
        ("rcpt", "530 5.7.0 sign in first", "failed", "sign_in"),
        ("data", "452 4.3.1 insufficient storage", "failed", "store_full"),
        ("data", STALL, "uncertain", "silent"),
        ("done", CUT, "uncertain", "silent"),
        ("rcpt", "550 5.1.1 no such user", "undeliverable", "no_mailbox"),
        ("rcpt", "550 no such user", "undeliverable", "no_mailbox"),
        ("rcpt", "552 5.2.2 over quota", "undeliverable", "mailbox_full"),
        ("data", "554 5.7.1 looks like spam", "undeliverable", "rejected"),
        ("data", "554 no", "undeliverable", "refused"),
    ],
)
def test_each_refusal_has_its_reason(peer: MailPeer, step: str, reply: str, state: str, why: str) -> None:
    peer.fault = strike(step, reply)

    letter = tried()

    assert (letter.state, letter.why) == (state, why)
    assert peer.struck == [(step, reply)]


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_after_a_fault_before_the_last_byte_the_letter_arrives_once(
    peer: MailPeer, step: str, time_machine: Any
) -> None:
    peer.fault = strike(step, "421 4.3.2 shutting down")
    letter = tried()
    peer.fault = strike("", "")

    letter = later(time_machine, letter)

    assert (letter.state, letter.why, services.reply_of(letter)) == ("sent", "", DONE)
    assert len(peer.accepted) == 1


def test_cut_before_the_250_the_same_letter_goes_again_and_nothing_else(peer: MailPeer, time_machine: Any) -> None:
    peer.fault = strike("done", CUT)
    letter = tried()
    peer.fault = strike("", "")

    letter = later(time_machine, letter)

    first, second = peer.accepted
    assert letter.state == "sent"
    assert first.raw == second.raw
    assert happened(letter).count(EventKind.LETTER_SENT) == 1


# -- encryption ------------------------------------------------------------------------------------


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "implicit"])
def test_a_wrong_certificate_keeps_the_letter_here_and_says_so(settings: Any, implicit: bool) -> None:
    settings.OUTGOING_IS_FOLDER = False
    with certificate() as (context, _), serving(tls=context, implicit=implicit) as peer:
        settings.OUTGOING = [replace(peer.account, tls="implicit" if implicit else "starttls")]
        letter = tried()

    assert (letter.state, letter.why, peer.accepted) == ("failed", "not_secure", [])
    assert "CERTIFICATE_VERIFY_FAILED" in services.reply_of(letter)
    row = SendingAccount.objects.get()
    assert (row.why, row.failures) == ("not_secure", 1)
    assert "CERTIFICATE_VERIFY_FAILED" in row.words


@pytest.mark.parametrize(("name", "days"), [("mail.example.org", 30), ("127.0.0.1", -1)], ids=["name", "expired"])
def test_a_certificate_of_another_name_or_time_is_wrong_though_its_issuer_is_trusted(
    settings: Any, name: str, days: int
) -> None:
    settings.OUTGOING_IS_FOLDER = False
    with certificate(name, days=days) as (context, cafile), serving(tls=context) as peer:
        settings.OUTGOING = [replace(peer.account, tls="starttls", cafile=cafile)]
        assert tried().why == "not_secure"

    assert peer.accepted == []


def test_an_authority_of_ones_own_is_trusted_when_named(settings: Any) -> None:
    settings.OUTGOING_IS_FOLDER = False
    with certificate() as (context, cafile), serving(tls=context) as peer:
        settings.OUTGOING = [replace(peer.account, tls="starttls", cafile=cafile)]
        assert tried().state == "sent"

    assert len(peer.accepted) == 1


# -- what an address or a server cannot ------------------------------------------------------------


def test_a_letter_needs_no_8bitmime(peer: MailPeer) -> None:
    peer.without = frozenset({"8BITMIME", "SMTPUTF8"})

    assert tried().state == "sent"

    assert peer.accepted[0].raw.isascii()


def test_an_address_with_other_letters_is_written_to_where_the_server_can(peer: MailPeer) -> None:
    letter = tried(person_email="jürgen@exämple.org")

    assert letter.state == "sent"
    (arrived,) = peer.accepted
    assert arrived.recipient == "jürgen@xn--exmple-cua.org"
    assert "To: jürgen@xn--exmple-cua.org\r\n".encode() in arrived.raw


def test_a_server_that_cannot_carry_such_an_address_ends_the_letter_with_words_and_a_task(peer: MailPeer) -> None:
    peer.without = frozenset({"SMTPUTF8"})

    letter = tried(person_email="jürgen@example.org")

    assert (letter.state, letter.why) == ("undeliverable", "address_unsupported")
    assert made(letter.case, "A09").recipient == "officer@assistool.com"


@pytest.mark.parametrize("address", ["ada@@example.org", "ada example@x", "x@\r\nRCPT TO:<eve@example.org>"])
def test_what_is_no_address_never_reaches_the_server(peer: MailPeer, address: str) -> None:
    letter = made(factories.received())
    Notification.objects.filter(pk=letter.pk).update(recipient=address)

    services.deliver(letter.pk)

    letter.refresh_from_db()
    assert (letter.state, letter.why, peer.accepted) in (
        ("undeliverable", "not_an_address", []),
        ("failed", "not_made", []),
    )


# -- the folder -------------------------------------------------------------------------------------


def test_a_full_disk_keeps_the_letter_and_says_so(outbox: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(delivery.os, "fsync", full)
        letter = tried()

    assert (letter.state, letter.why) == ("failed", "store_full")
    assert SendingAccount.objects.get(name="folder").why == "store_full"
    assert list(outbox.iterdir()) == [], "no half letter"


# -- several accounts ---------------------------------------------------------------------------------


def test_the_second_account_carries_what_the_first_cannot(peer: MailPeer, settings: Any) -> None:
    with serving() as reserve:
        settings.OUTGOING = [peer.account, reserve.account]
        peer.fault = strike("mail", "421 4.3.2 shutting down")
        letter = tried()

    assert (letter.state, letter.account, len(peer.accepted)) == ("sent", reserve.account.name, 0)
    assert len(reserve.accepted) == 1
    assert set(SendingAccount.objects.values_list("name", "why")) == {
        (peer.account.name, "busy"),
        (reserve.account.name, ""),
    }


@pytest.mark.parametrize(("step", "reply"), [("done", CUT), ("rcpt", "450 greylisted"), ("rcpt", "550 5.1.1 nobody")])
def test_what_may_have_arrived_or_concerns_the_recipient_is_not_tried_elsewhere(
    peer: MailPeer, settings: Any, step: str, reply: str
) -> None:
    with serving() as reserve:
        settings.OUTGOING = [peer.account, reserve.account]
        peer.fault = strike(step, reply)
        tried()

    assert reserve.accepted == []


def test_a_server_that_is_down_costs_one_letter_the_wait_and_not_each(
    peer: MailPeer, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    asked = []
    by_smtp = delivery.by_smtp
    monkeypatch.setattr(delivery, "by_smtp", lambda *a, **k: asked.append(1) or by_smtp(*a, **k))
    peer.fault = strike("mail", "421 4.3.2 shutting down")
    letters = [tried(person_email=f"p{number}@example.org") for number in range(6)]

    assert len(asked) == 2, "twice in a row, then it rests"
    assert {letter.why for letter in letters} == {"busy"}
    peer.fault = strike("", "")
    time_machine.shift(timedelta(minutes=6))
    services.deliver_due()
    assert len(peer.accepted) == 6
    assert SendingAccount.objects.get().failures == 0


# -- pace -----------------------------------------------------------------------------------------------


def test_letters_beyond_the_pace_wait_for_their_minute_and_none_is_dropped(
    peer: MailPeer, settings: Any, time_machine: Any
) -> None:
    settings.OUTGOING_PER_MINUTE = 2
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    letters = [tried(person_email=f"p{number}@d{number}.example") for number in range(5)]

    assert [(letter.state, letter.why) for letter in letters[2:]] == [("queued", "paced")] * 3
    assert letters[2].attempts == 0, "waiting is no attempt"
    for _ in range(3):
        time_machine.shift(timedelta(seconds=61))
        services.deliver_due()
    assert len(peer.accepted) == 5


def test_one_address_gets_so_many_letters_an_hour_and_the_rest_afterwards(
    peer: MailPeer, settings: Any, time_machine: Any
) -> None:
    settings.OUTGOING_PER_RECIPIENT = 1
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    tried()
    second = decided(Right.OBJECTION_DM)
    services.deliver(second.pk)
    second.refresh_from_db()

    assert (second.why, second.next_try_at) == ("paced", timezone.now() + timedelta(hours=1))
    time_machine.shift(timedelta(minutes=61))
    services.deliver_due()
    assert len(peer.accepted) == 2


def test_a_sign_in_that_is_refused_is_the_accounts_trouble(peer: MailPeer, settings: Any) -> None:
    settings.OUTGOING = [replace(peer.account, user="ada", password="wrong")]

    letter = tried()

    assert (letter.state, letter.why) == ("failed", "not_secure"), "this server offers no sign-in: nothing is sent"
