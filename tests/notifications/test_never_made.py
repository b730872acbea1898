"""Letters no mail will ever be made of: they end, an officer is told once, the case lives and has the paper way."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from notifications import acknowledging, letters, pacing, rendering, services
from notifications.acknowledging import Held
from notifications.kinds import Letter
from notifications.models import Notification, Thread, Unmade
from tests import factories
from tests.notifications.test_carrying import happened, made
from workflow import services as law
from workflow.guards import CannotDo
from workflow.models import Event
from workflow.states import CaseState, ContactKind, ContactOrigin, EventKind, Language

pytestmark = pytest.mark.django_db

WILD = [
    "=?utf-8?q?a=0D=0ABcc=3A_s=40e.example?=@example.org",
    "=?utf-8?b?YQ0KQmNjOiBzQGUuZXhhbXBsZQ==?=@example.org",
    "ada=?utf-8?q?=40evil.example?=@example.org",
    "=?@example.org",
]


@pytest.fixture
def at_night(time_machine: Any) -> Any:
    time_machine.move_to("2027-03-01T22:30:00+00:00", tick=False)
    return time_machine


def alarms() -> int:
    return Notification.objects.filter(letter="A07").count()


def round_the_clock(time_machine: Any, hours: int) -> None:
    for _hour in range(hours):
        time_machine.move_to(timezone.now() + timedelta(minutes=61), tick=False)
        pacing.alarm_late()
        services.sweep_pending()
        services.deliver_due()


@pytest.mark.parametrize("address", WILD)
def test_an_address_that_hides_another_one_gets_no_mail_and_its_case_lives_on_paper(
    mail_server: Any, at_night: Any, address: str
) -> None:
    case = factories.confirmed(person_email=address)

    services.sweep_pending()
    round_the_clock(at_night, 30)

    assert letters.address_of(case) == ""
    assert acknowledging.held(factories.again(case), timezone.now()) is Held.TO_PRINT
    assert factories.again(case).state == CaseState.RECEIVED.value
    assert factories.again(case).case_due is not None
    assert all("a07" not in envelope.content.decode().lower()[:2000] for envelope in mail_server.accepted)
    assert alarms() == 0
    assert {(row.recipient, row.state) for row in Notification.objects.filter(audience="person")} == {("", "drafted")}


@pytest.mark.parametrize("address", WILD)
def test_a_letter_of_before_to_such_an_address_ends_with_a_task_and_rings_no_night(
    mail_server: Any, at_night: Any, address: str
) -> None:
    letter = made(factories.received())
    Notification.objects.filter(pk=letter.pk).update(recipient=address)

    services.deliver_due()
    round_the_clock(at_night, 30)

    letter.refresh_from_db()
    assert (letter.state, letter.why, letter.attempts) == ("undeliverable", "not_an_address", 1)
    assert EventKind.LETTER_UNDELIVERABLE.value in happened(letter)
    assert Notification.objects.filter(letter="A09").count() == 1, "whoever carries the case is told, in the morning"
    assert alarms() == 0
    assert acknowledging.held(letter.case, timezone.now()) is Held.CAME_BACK


def test_what_can_never_be_put_together_ends_with_the_same_task(mail_server: Any, monkeypatch: Any) -> None:
    letter = made(factories.received())

    def broken(*_words: Any, **_more: Any) -> None:
        raise UnicodeEncodeError("ascii", "é", 0, 1, "not in range")

    monkeypatch.setattr(rendering.markup, "page", broken)
    services.deliver(letter.pk)
    services.sweep_pending()

    letter.refresh_from_db()
    assert (letter.state, letter.why) == ("undeliverable", "never_made")
    assert Notification.objects.filter(letter="A09").exists()


def test_a_question_that_cannot_be_put_stops_no_clock(mail_server: Any) -> None:
    case = factories.confirmed()
    Thread.objects.create(case=case, address=case.person_email)
    law.ask_identity(case.pk, doubt="The address is not that of the account.", by=factories.actor("officer"))
    services.sweep_pending()
    Notification.objects.filter(letter="M02").update(recipient=WILD[0])

    services.deliver_due()

    assert Notification.objects.get(letter="M02").state == "undeliverable"
    assert not factories.again(case).suspended


def test_what_may_be_mended_by_waiting_is_tried_again(mail_server: Any, monkeypatch: Any) -> None:
    letter = made(factories.received())

    def away(*_rest: Any) -> None:
        raise OSError("the key store does not answer")

    monkeypatch.setattr(services, "content_of", away)
    services.deliver(letter.pk)

    letter.refresh_from_db()
    assert (letter.state, letter.why) == ("failed", "not_made")


# -- letters that lack something ------------------------------------------------------------------------------


def test_a_letter_that_lacks_something_rings_once_a_day_and_not_at_night(time_machine: Any) -> None:
    time_machine.move_to("2027-03-01T11:00:00+00:00", tick=False)
    case = factories.received()
    services.sweep_pending()
    services.deliver_due()
    Unmade.objects.create(event_id=10**6, case=case, letter="M05", missing="reason", since=timezone.now())

    round_the_clock(time_machine, 72)

    rung = [event.utc for event in Event.objects.filter(kind=EventKind.LETTER_LATE.value).order_by("pk")]
    assert len(rung) == 3
    assert all(7 <= moment.hour <= 18 for moment in rung)


def test_another_one_that_lacks_something_rings_at_once(time_machine: Any) -> None:
    time_machine.move_to("2027-03-01T11:00:00+00:00", tick=False)
    case = factories.received()
    services.sweep_pending()
    services.deliver_due()
    Unmade.objects.create(event_id=10**6, case=case, letter="M05", missing="reason", since=timezone.now())
    round_the_clock(time_machine, 10)
    Unmade.objects.create(event_id=10**6 + 1, case=case, letter="M06", missing="officer", since=timezone.now())

    round_the_clock(time_machine, 2)

    assert Event.objects.filter(kind=EventKind.LETTER_LATE.value).count() == 2


# -- at the door ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", WILD)
def test_staff_cannot_type_such_an_address(address: str) -> None:
    case, officer = factories.confirmed(), factories.actor("officer")

    with pytest.raises(CannotDo):
        law.record_contact(
            case.pk,
            kind=ContactKind.EMAIL,
            value=address,
            origin=ContactOrigin.CONTRACT,
            known_since=date(2020, 1, 2),
            by=officer,
        )
    with pytest.raises(CannotDo):
        law.forward(case.pk, controller="Other SRL", address=address, why="We only process it.", by=officer)
    with pytest.raises(CannotDo):
        law.write_for_another(case.pk, email=address, by=officer)
    with pytest.raises(CannotDo):
        services.draft(case, Letter.M30, {"identifier": "a", "wanted": "b", "reply_by": "c"}, to=address, by=officer)


# -- words nobody sees ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nothing", ["\u200b", "\x01", "\u2060\u200d", "\u3164", "\u2800", "\ufe0f", "\u202e", "\u00ad "]
)
def test_words_nobody_sees_make_no_letter(nothing: str) -> None:
    case = factories.confirmed()
    order = letters.Order(
        Letter.M26, case, "ada@example.org", Language.FR,
        {"ref": "R", "controller": "C", "mailbox": "m@x.y", "status_link": letters.STATUS_LINK, "text": nothing},
    )  # fmt: skip

    with pytest.raises(rendering.EmptyVariable, match="fill text first"):
        rendering.compose(order)
