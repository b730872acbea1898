"""What staff see and do when letters cannot leave; the alarm; clocks that stood wrong; clocks and carriers at once."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from notifications import contents, rendering, sending, services, tasks
from notifications.kinds import Letter
from notifications.models import Notification, SendingAccount, Unmade
from tests import factories
from tests.fakes.mail_peer import MailPeer, serving
from tests.notifications.conftest import together
from tests.notifications.test_carrying import asked, decided, happened, last_event, made
from tests.notifications.test_faults import strike
from workflow import events
from workflow import services as law
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Event, Pause, Pending
from workflow.states import ClaimState, EventKind, Right

pytestmark = pytest.mark.django_db
START = "2027-03-01T09:00:00+00:00"


@pytest.fixture
def peer(settings: Any, time_machine: Any) -> Iterator[MailPeer]:
    time_machine.move_to(START, tick=False)
    settings.OUTGOING_IS_FOLDER, settings.EMAIL_TIMEOUT = False, 0.5
    with serving() as one:
        settings.OUTGOING = [one.account]
        yield one


def failing(peer: MailPeer) -> Notification:
    peer.fault = strike("mail", "421 4.3.2 shutting down")
    letter = made(factories.received())
    services.deliver(letter.pk)
    letter.refresh_from_db()
    return letter


def alarms() -> list[str]:
    kinds = Event.objects.filter(kind__startswith="sending_alarm").order_by("pk")
    return list(kinds.values_list("kind", flat=True))


# -- by hand ------------------------------------------------------------------------------------------


def test_a_letter_is_tried_again_at_once_and_the_history_says_who_and_why(peer: MailPeer) -> None:
    letter = failing(peer)
    peer.fault = strike("", "")

    sending.try_again(letter.pk, reason="the server is back", by=factories.actor("administrator"))
    services.deliver_due()

    letter.refresh_from_db()
    assert letter.state == "sent"
    event = last_event(letter, EventKind.LETTER_RETRIED)
    assert events.payload_of(event) == {"text": "the server is back"}
    assert events.fields(event)["data"] == {"letter": "M01", "message_id": letter.message_id}
    with pytest.raises(CannotDo):
        sending.try_again(letter.pk, reason="once more", by=factories.actor("manager"))


def test_a_letter_that_was_given_up_may_be_tried_again_under_the_same_identity(peer: MailPeer) -> None:
    peer.fault = strike("rcpt", "552 5.2.2 mailbox full")
    letter = made(factories.received())
    services.deliver(letter.pk)
    peer.fault = strike("", "")

    sending.try_again(letter.pk, reason="they made room", by=factories.actor("manager"))
    services.deliver_due()

    letter.refresh_from_db()
    assert letter.state == "sent"
    assert letter.message_id.encode() in peer.accepted[0].raw


def test_a_letter_taken_back_never_leaves_and_its_question_was_never_put(
    mail_server: Any,
) -> None:
    letter = asked()

    sending.take_back(letter.pk, reason="asked by telephone", by=factories.actor("manager"))

    letter.refresh_from_db()
    assert (letter.state, letter.why) == ("cancelled", "by_hand")
    assert services.deliver(letter.pk) is None
    services.deliver_due()
    assert letter.message_id.encode() not in b"".join(mail_server.received)
    assert Pause.objects.get(case=letter.case).ended == "undeliverable"


def test_an_answer_taken_back_leaves_its_right_approved(mail_server: Any) -> None:
    letter = decided()

    sending.take_back(letter.pk, reason="by post instead", by=factories.actor("manager"))

    assert factories.claim(letter.case, Right.OBJECTION_DM).state == ClaimState.APPROVED.value


@pytest.mark.parametrize(
    ("act", "who"),
    [(sending.take_back, "administrator"), (sending.take_back, "auditor"), (sending.try_again, "officer")],
)
def test_who_may_not_changes_nothing(peer: MailPeer, act: Any, who: str) -> None:
    letter = failing(peer)

    with pytest.raises(NotPermitted):
        act(letter.pk, reason="because", by=factories.actor(who))

    assert Notification.objects.get(pk=letter.pk).state == "failed"


def test_without_a_reason_or_while_it_leaves_nothing_is_done(peer: MailPeer) -> None:
    letter = failing(peer)
    with pytest.raises(CannotDo):
        sending.take_back(letter.pk, reason="  ", by=factories.actor("manager"))

    Notification.objects.filter(pk=letter.pk).update(leased_until=timezone.now() + timedelta(seconds=60))
    with pytest.raises(CannotDo):
        sending.take_back(letter.pk, reason="because", by=factories.actor("manager"))


def test_a_test_mail_goes_to_whoever_asks_by_the_way_of_every_letter(mail_server: Any) -> None:
    administrator = factories.staff("administrator")

    law.order_test_mail(by=administrator.actor())
    tasks.sweep()

    (envelope,) = mail_server.accepted
    assert envelope.rcpt_tos == [administrator.email]
    letter = sending.last_test(administrator.code)
    assert letter is not None
    assert (letter.letter, letter.state, letter.case) == ("A00", "sent", None)
    with pytest.raises(NotPermitted):
        law.order_test_mail(by=factories.actor("officer"))


# -- the alarm ---------------------------------------------------------------------------------------


def test_a_server_that_refuses_for_long_is_told_once_daily_and_when_it_is_over(
    peer: MailPeer, time_machine: Any
) -> None:
    letter = failing(peer)
    sending.check()
    assert alarms() == [], "it may pass by itself"

    time_machine.shift(timedelta(minutes=11))
    for _ in range(3):
        services.deliver_due()
        sending.check()
    assert alarms() == ["sending_alarm_raised"]
    time_machine.shift(timedelta(days=1))
    services.deliver_due()
    sending.check()
    assert alarms() == ["sending_alarm_raised", "sending_alarm_repeated"]

    peer.fault = strike("", "")
    time_machine.shift(timedelta(minutes=6))
    services.deliver_due()
    sending.check()

    assert alarms()[-1] == "sending_alarm_ended"
    services.sweep_pending()
    services.deliver_due()
    letter.refresh_from_db()
    assert letter.state == "sent"
    staff = [one for one in peer.accepted if one.recipient != "ada@example.org"]
    assert {one.recipient for one in staff} >= {"officer@assistool.com", "administrator@assistool.com"}
    assert all(b"partent de nouveau" in one.raw or b"partent_de_nouveau" in one.raw for one in staff), (
        "the alarm that could not leave does not follow its end"
    )


def test_a_wrong_certificate_is_told_at_once(peer: MailPeer) -> None:
    failing(peer)
    SendingAccount.objects.update(why="not_secure")

    sending.check()

    assert alarms() == ["sending_alarm_raised"]


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_raise_one_alarm_and_send_each_letter_once(settings: Any) -> None:
    settings.OUTGOING_IS_FOLDER, settings.EMAIL_TIMEOUT = False, 2
    factories.installation()
    for number in range(4):
        factories.received(person_email=f"p{number}@example.org")
    services.sweep_pending()
    SendingAccount.objects.create(
        name="folder", why="folder", failures=2, failed_since=timezone.now() - timedelta(hours=1)
    )
    with serving() as peer:
        settings.OUTGOING = [peer.account]

        swept = threading.Barrier(2)

        def ring() -> None:
            try:
                tasks.sweep()
                swept.wait(60)  # else the quicker one would switch to the folder while the other still sends
                settings.OUTGOING_IS_FOLDER = True  # only the folder counts, and it is in trouble
                sending.check()
            finally:
                connections.close_all()

        together(ring, ring)

    assert len(peer.accepted) == len({letter.recipient for letter in peer.accepted}) == 4
    assert alarms() == ["sending_alarm_raised"]


# -- what cannot be made -----------------------------------------------------------------------------


def test_a_letter_that_lacks_a_variable_is_shown_with_its_name_until_it_can_be_made(
    peer: MailPeer, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = factories.received()

    whole = rendering.compose

    def empty(order: Any, *more: Any) -> Any:
        if order.letter is not Letter.M01:
            return whole(order, *more)
        raise rendering.EmptyVariable("M01 cannot be made: fill due first.", letter="M01", names=["due"])

    with monkeypatch.context() as patch:
        patch.setattr(rendering, "compose", empty)
        tasks.sweep()
        tasks.sweep()

    row = Unmade.objects.get()
    assert (row.case, row.letter, row.missing) == (case, "M01", "due")
    assert Pending.objects.filter(event_id=row.event_id).exists()
    told = events.fields(Event.objects.get(kind=EventKind.LETTER_BLOCKED.value))["data"]
    assert (told["letter"], told["missing"]) == ("M01", "due")
    alarms = Notification.objects.filter(case=case, letter="A05")
    text = contents.content_of(alarms[0]).text
    assert "« Accusé de réception »" in text
    assert case.person_email not in text
    once = alarms.count()
    tasks.sweep()
    assert Unmade.objects.count() == 0
    assert alarms.count() == once == len({one.recipient for one in alarms})
    assert [one.recipient for one in peer.accepted].count(case.person_email) == 1


# -- clocks that stood wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["queued", "failed", "sending"])
def test_a_clock_set_back_by_thirty_days_keeps_no_letter(peer: MailPeer, time_machine: Any, state: str) -> None:
    time_machine.shift(timedelta(days=30))
    letter = failing(peer) if state == "failed" else made(factories.received())
    if state == "sending":
        until = timezone.now() + timedelta(minutes=2)
        Notification.objects.update(state="sending", leased_until=until, next_try_at=until)
    if state == "queued":
        Notification.objects.update(next_try_at=timezone.now() + timedelta(hours=3))
    peer.fault = strike("", "")

    time_machine.move_to(START, tick=False)
    tasks.sweep()
    time_machine.shift(timedelta(minutes=1))
    tasks.sweep()

    letter.refresh_from_db()
    assert letter.state == "sent"
    assert len(peer.accepted) == 1


def test_a_clock_set_forward_by_thirty_days_sends_each_letter_once(peer: MailPeer, time_machine: Any) -> None:
    letter = failing(peer)
    peer.fault = strike("", "")

    time_machine.shift(timedelta(days=30))
    tasks.sweep()
    tasks.sweep()

    assert [one.recipient for one in peer.accepted].count("ada@example.org") == 1
    assert happened(letter).count(EventKind.LETTER_SENT) == 1


def test_a_turn_that_lies_hours_ahead_on_a_right_clock_stays(peer: MailPeer) -> None:
    letter = made(factories.received())
    turn = timezone.now() + timedelta(hours=5)
    Notification.objects.update(next_try_at=turn)

    assert sending.bring_back() == 0

    letter.refresh_from_db()
    assert letter.next_try_at == turn
