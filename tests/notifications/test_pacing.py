"""Caps delay acknowledgements and never drop one; whoever waits too long is told of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import pacing, services
from notifications.kinds import Letter, NotificationState
from notifications.models import Notification, Unmade
from tests import factories
from workflow import events
from workflow import services as law
from workflow.models import Event
from workflow.policy import Policy
from workflow.states import ComplaintKind, EventKind, OutOfScope

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday(time_machine) -> None:
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)


def policy(**caps: int) -> None:
    law.set_policy(Policy(**caps), controller=factories.installation(), by=factories.actor("manager"))


def planned() -> list[timedelta]:
    rows = Notification.objects.filter(letter="M01").order_by("id").values_list("next_try_at", flat=True)
    return [at - timezone.now() if at else timedelta() for at in rows]


def test_a_robot_that_changes_its_address_each_time_meets_the_cap_of_its_domain():
    policy(ack_per_domain_per_hour=3)
    for number in range(7):
        factories.received(person_email=f"bot{number}@loop.example")
    factories.received(person_email="ada@example.org")

    services.sweep_pending()

    assert planned() == [0 * HOUR, 0 * HOUR, 0 * HOUR, HOUR, HOUR, HOUR, 2 * HOUR, 0 * HOUR]


def test_a_domain_below_or_beside_another_is_another():
    policy(ack_per_domain_per_hour=1)
    for address in ("a@example.org", "a@notexample.org", "a@mail.example.org"):
        factories.received(person_email=address)

    services.sweep_pending()

    assert planned() == [0 * HOUR] * 3


def test_the_cap_over_all_of_them_delays_and_drops_nobody(time_machine):
    policy(ack_per_hour=2)
    for number in range(5):
        factories.received(person_email=f"person{number}@d{number}.example")

    services.sweep_pending()

    assert planned() == [0 * HOUR, 0 * HOUR, HOUR, HOUR, 2 * HOUR]
    time_machine.move_to(timezone.now() + 2 * HOUR, tick=False)
    assert len(services.due()) == 5


def test_what_staff_orders_leaves_at_once_whatever_the_caps():
    policy(ack_per_sender_per_hour=1)
    factories.received()
    held = factories.received(to_be_linked=True)
    services.sweep_pending()

    law.keep_apart(held.pk, by=factories.actor("officer"))
    services.sweep_pending()

    assert planned() == [0 * HOUR, 0 * HOUR]


def test_an_acknowledgement_that_waits_an_hour_alarms_once_an_hour(time_machine):
    policy(ack_per_sender_per_hour=1)
    for _ in range(3):
        factories.received()
    services.sweep_pending()
    start = timezone.now()

    time_machine.move_to(start + timedelta(minutes=59), tick=False)
    assert not pacing.alarm_late()
    time_machine.move_to(start + timedelta(minutes=61), tick=False)
    assert pacing.alarm_late()
    assert not pacing.alarm_late()
    time_machine.move_to(start + timedelta(minutes=122), tick=False)
    assert pacing.alarm_late()

    services.sweep_pending()
    assert Event.objects.filter(kind=EventKind.LETTER_LATE.value).count() == 2
    alarms = Notification.objects.filter(letter="A07").order_by("id")
    assert {letter.recipient for letter in alarms} == {"officer@assistool.com", "manager@assistool.com"}
    assert ": 3." in services.content_of(alarms[0]).text


def test_the_alarm_is_rung_by_the_sweep_and_says_nothing_when_all_is_well():
    factories.received()
    services.sweep_pending()
    services.deliver_due()

    assert not pacing.alarm_late(timezone.now() + timedelta(days=1))


def lateness():
    """What the alarms told: the letter that waits longest, and how many do."""
    told = Event.objects.filter(kind=EventKind.LETTER_LATE.value).order_by("pk")
    return [(events.fields(one)["data"].get("letter"), events.fields(one)["data"]["waiting"]) for one in told]


@pytest.mark.parametrize("state", [NotificationState.QUEUED, NotificationState.FAILED, NotificationState.UNCERTAIN])
def test_any_letter_to_a_person_that_has_not_left_for_an_hour_alarms_also_of_a_case_that_is_over(time_machine, state):
    case = factories.received()
    services.sweep_pending()
    services.deliver_due()
    law.declare_out_of_scope(case.pk, reason=OutOfScope.SUPPORT, why="Support.", by=factories.actor("officer"))
    services.sweep_pending()
    Notification.objects.filter(letter="M15").update(state=state.value)

    time_machine.move_to(timezone.now() + timedelta(minutes=61), tick=False)

    assert pacing.alarm_late()
    assert lateness() == [("M15", 1)]


def test_a_letter_that_cannot_be_made_alarms_after_an_hour_too(time_machine):
    case = factories.received()
    services.sweep_pending()
    services.deliver_due()
    Unmade.objects.create(event_id=10**6, case=case, letter="M05", missing="reason", since=timezone.now())
    Unmade.objects.create(event_id=10**6 + 1, case=case, letter="A01", missing="due", since=timezone.now())

    assert not pacing.alarm_late(timezone.now() + timedelta(minutes=59))
    assert pacing.alarm_late(timezone.now() + timedelta(minutes=61))

    assert lateness() == [("M05", 1)]


def test_mail_to_staff_and_drafts_that_wait_for_a_person_raise_no_alarm(time_machine):
    case = factories.received()
    services.sweep_pending()
    services.deliver_due()
    facts = {"identifier": "ada", "wanted": "Orders", "reply_by": "2027-03-20"}
    services.draft(case, Letter.M30, facts, to="partner@example.net", by=factories.actor("officer"))
    law.raise_complaint(case.pk, kind=ComplaintKind.DISAGREEMENT, words="No.", by=factories.actor("officer"))
    services.sweep_pending()
    assert Notification.objects.filter(audience="staff").exists()

    assert not pacing.alarm_late(timezone.now() + timedelta(days=1))


def test_a_draft_that_is_let_go_is_dated_that_day(time_machine):
    case = factories.received()
    facts = {"identifier": "ada", "wanted": "Orders", "reply_by": "2027-03-20"}
    named = services.draft(case, Letter.M30, facts, to="partner@example.net", by=factories.actor("officer"))
    time_machine.move_to(timezone.now() + timedelta(days=3), tick=False)

    law.release_letter(case.pk, draft=named, letter="M30", by=factories.actor("officer"))
    services.sweep_pending()

    assert Notification.objects.get(uuid=named).created_at == timezone.now()
    assert not pacing.alarm_late()
