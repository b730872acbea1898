"""What a mail server says of one recipient holds one letter, rings nobody at night, and stops no other letter."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from notifications import pacing, sending, services
from notifications.models import Notification, SendingAccount
from tests import factories
from tests.fakes.mail_peer import MailPeer, serving
from tests.notifications.test_carrying import made
from workflow.models import Event
from workflow.states import EventKind

pytestmark = pytest.mark.django_db
FULL = "452 4.2.2 The email account that you tried to reach is over quota"


@pytest.fixture
def peer(settings: Any, time_machine: Any) -> Iterator[MailPeer]:
    time_machine.move_to("2027-03-01T11:00:00+00:00", tick=False)
    settings.OUTGOING_IS_FOLDER, settings.EMAIL_TIMEOUT = False, 0.5
    with serving() as one:
        settings.OUTGOING = [one.account]
        yield one


def strike(reply: str, step: str = "rcpt", only: str = "") -> Any:
    return lambda at, address: reply if at == step and only in address else ""


def letter_to(address: str) -> Notification:
    return made(factories.received(person_email=address))


def carried(letter: Notification) -> Notification:
    services.deliver(letter.pk)
    letter.refresh_from_db()
    return letter


def again(time_machine: Any, letter: Notification) -> Notification:
    letter.refresh_from_db()
    time_machine.move_to(letter.next_try_at + timedelta(seconds=1), tick=False)
    return carried(letter)


def alarms() -> list[str]:
    return list(Event.objects.filter(kind__startswith="sending_alarm").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("reply", "state", "why"),
    [
        (FULL, "failed", "mailbox_full"),
        ("452 Mailbox full", "failed", "mailbox_full"),
        ("452 4.1.1 address not sure", "failed", "busy"),
        ("452 4.5.3 Too many recipients", "failed", "busy"),
        ("452 Requested action not taken", "failed", "busy"),
        ("422 4.2.2 over quota", "failed", "mailbox_full"),
        ("450 4.2.2 mailbox full", "failed", "mailbox_full"),
        ("450 4.2.1 mailbox busy", "failed", "busy"),
        ("451 4.7.1 Greylisting in action", "failed", "greylisted"),
        ("421 4.2.1 The user is receiving mail too quickly", "failed", "busy"),
        ("501 5.1.3 Bad recipient address syntax", "undeliverable", "no_mailbox"),
        ("501 Syntax error in parameters", "undeliverable", "no_mailbox"),
        ("550 5.1.1 no such user", "undeliverable", "no_mailbox"),
    ],
)
def test_what_it_says_of_one_recipient_leaves_the_account_well(
    peer: MailPeer, time_machine: Any, reply: str, state: str, why: str
) -> None:
    peer.fault = strike(reply, only="full")
    letter = carried(letter_to("full@example.org"))
    if state == "failed":
        letter = again(time_machine, again(time_machine, letter))

    other = carried(letter_to("fine@example.org"))
    sending.check()

    assert (letter.state, letter.why) == (state, why)
    assert other.state == "sent"
    assert (sending.standing(), alarms()) == (None, [])
    assert not SendingAccount.objects.filter(failures__gte=1).exists()


@pytest.mark.parametrize(
    "reply", ["452 4.3.1 Insufficient system storage", "452 insufficient system storage", "421 4.3.2 shutting down"]
)
def test_what_it_says_of_itself_alarms_once_a_second_recipient_meets_it(
    peer: MailPeer, time_machine: Any, reply: str
) -> None:
    peer.fault = strike(reply)
    first = again(time_machine, carried(letter_to("one@example.org")))
    time_machine.move_to(timezone.now() + timedelta(minutes=30), tick=False)
    sending.check()
    assert alarms() == [], "as yet it is one recipient's"

    carried(letter_to("two@example.org"))
    sending.check()

    assert first.state == "failed"
    assert alarms() == [EventKind.SENDING_ALARM_RAISED.value]


@pytest.mark.parametrize(
    ("step", "reply"),
    [("mail", "452 4.3.1 Insufficient system storage"), ("mail", "550 5.7.1 you may not send"), ("mail", "452 full")],
)
def test_before_anybody_is_named_it_is_the_server_at_once(peer: MailPeer, step: str, reply: str) -> None:
    peer.fault = strike(reply, step)

    carried(letter_to("one@example.org"))
    sending.check()

    assert alarms() == [EventKind.SENDING_ALARM_RAISED.value]


def test_when_one_letter_meets_it_the_next_is_tried_itself(peer: MailPeer, time_machine: Any) -> None:
    peer.fault = strike("421 4.3.2 too busy for this one", only="one")
    letter = carried(letter_to("one@example.org"))
    for _try in range(4):
        letter = again(time_machine, letter)

    assert carried(letter_to("two@example.org")).state == "sent"


# -- a mailbox that stays full ----------------------------------------------------------------------------------


def test_one_full_mailbox_rings_once_a_day_by_day_until_it_ends_with_a_task(peer: MailPeer, time_machine: Any) -> None:
    peer.fault = strike(FULL)
    letter = carried(letter_to("full@example.org"))

    for _hour in range(24 * 6):
        time_machine.move_to(timezone.now() + timedelta(minutes=61), tick=False)
        services.deliver(letter.pk)
        pacing.alarm_late()
    services.sweep_pending()

    letter.refresh_from_db()
    rung = [event.utc for event in Event.objects.filter(kind=EventKind.LETTER_LATE.value).order_by("pk")]
    assert (letter.state, letter.why) == ("undeliverable", "mailbox_full")
    assert letter.finished_at - letter.created_at < timedelta(days=4)
    assert 2 <= len(rung) <= 4
    assert all(7 <= moment.hour <= 18 for moment in rung)
    assert Notification.objects.filter(letter="A09").exists(), "the officer reaches the person another way"


def test_two_mailboxes_that_do_not_answer_ring_each_hour(peer: MailPeer, time_machine: Any) -> None:
    peer.fault = strike("451 4.4.1 try later")
    letters = [carried(letter_to(f"{name}@example.org")) for name in ("one", "two")]

    for _hour in range(5):
        time_machine.move_to(timezone.now() + timedelta(minutes=61), tick=False)
        for letter in letters:
            services.deliver(letter.pk)
        pacing.alarm_late()

    assert Event.objects.filter(kind=EventKind.LETTER_LATE.value).count() == 5
