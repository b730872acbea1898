"""Connecting a mailbox that has been in use for years writes to nobody."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dsar.intake import beginning, services
from dsar.intake.models import InboundMessage, Judgement, MessageState
from notifications import services as post_office
from notifications.models import Notification, Thread
from tests.dsar.intake.post import mail, take_in
from workflow import events, queries
from workflow import services as workflow
from workflow.actors import INTAKE, Actor
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event, Mailbox
from workflow.states import ActorKind, EventKind, Right, Role

OFFICER = Actor(ActorKind.STAFF, "S-0001", frozenset({Role.OFFICER}))
AUDITOR = Actor(ActorKind.STAFF, "S-0004", frozenset({Role.AUDITOR}))
ADMINISTRATOR = Actor(ActorKind.STAFF, "S-0005", frozenset({Role.ADMIN}))

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def begins(installed: object) -> datetime:
    """The mailbox began ten days ago."""
    at = timezone.now() - timedelta(days=10)
    workflow.begin_mailbox(Mailbox.objects.get(address="vieprivee@assistool.com").pk, at=at, by=ADMINISTRATOR)
    return at


def fetched(at: datetime, number: int = 1) -> InboundMessage:
    raw = mail(sender=f"person{number}@example.org", message_id=f"<{number}@example.org>")
    return take_in(raw, at=at, source="imap")


def letters() -> list[str]:
    post_office.sweep_pending()
    post_office.sweep_held()
    return list(Notification.objects.values_list("letter", flat=True))


def test_mail_from_before_waits_in_a_tray_and_nobody_is_written_to(begins: datetime) -> None:
    message = fetched(begins - timedelta(seconds=1))

    assert (message.state, message.case, message.sender) == (MessageState.BEFORE, None, "person1@example.org")
    assert (Case.objects.count(), letters()) == (0, [])


def test_mail_from_the_first_instant_on_is_a_case(begins: datetime) -> None:
    assert fetched(begins).state == MessageState.OPENED


def test_mail_that_came_by_itself_is_never_from_before(begins: datetime) -> None:
    message = take_in(mail(), at=begins - timedelta(days=1), source="smtp")

    assert message.state == MessageState.OPENED


def test_open_gives_a_case_with_the_true_receipt_date_and_no_letter_by_itself(begins: datetime) -> None:
    at = datetime(2026, 2, 3, 7, 2, tzinfo=UTC)
    message = fetched(at)

    case = services.promote(message.pk, by=OFFICER)

    assert (case.received_at, str(case.receipt_date)) == (at, "2026-02-03")
    assert [event.actor for event in queries.history(case)] == [OFFICER.code]
    assert (InboundMessage.objects.get().state, letters()) == (MessageState.OPENED, [])


def test_a_reminder_of_what_lies_in_the_tray_is_held_until_both_are_linked(begins: datetime) -> None:
    lying = fetched(begins - timedelta(days=20))
    chaser = mail(
        "Bonjour, je n'ai toujours aucune réponse à ma demande.\n\nAda",
        sender="person1@example.org",
        message_id="<reminder@example.org>",
        extra=["In-Reply-To: <1@example.org>"],
    )

    reminder = take_in(chaser, source="smtp").case
    first = services.promote(lying.pk, by=OFFICER)

    assert reminder is not None
    assert (reminder.to_be_linked, letters()) == (True, [])
    assert (first.to_be_linked, [row.candidate for row in first.suggestions.all()]) == (True, [reminder])


REMINDERS = [
    "Bonjour, je n'ai toujours aucune réponse à ma demande.\n\nAda",
    "Rappel : qu'en est-il ?\n\nAda",
    "Bonjour,\n\nJe souhaite recevoir une copie de toutes mes données, et leur effacement.\n\nAda",
]


@pytest.mark.parametrize("text", REMINDERS)
@pytest.mark.parametrize("reminder_first", [False, True])
def test_a_request_and_its_reminder_that_are_both_open_are_proposed_to_be_one_case(
    begins: datetime, text: str, reminder_first: bool
) -> None:
    request = fetched(begins - timedelta(days=20))
    again = mail(text, sender="person1@example.org", message_id="<again@example.org>", subject="Message")
    reminder = take_in(again, at=begins - timedelta(days=2), source="imap")
    assert [message.state for message in (request, reminder)] == [MessageState.BEFORE, MessageState.BEFORE]
    one, other = (reminder, request) if reminder_first else (request, reminder)

    first = services.promote(one.pk, by=OFFICER)
    second = services.promote(other.pk, by=OFFICER)

    assert (first.to_be_linked, second.to_be_linked) == (False, True)
    assert [row.candidate for row in second.suggestions.all()] == [first]
    assert letters() == []


def test_two_people_of_one_address_who_lie_there_are_two_cases(begins: datetime) -> None:
    found = []
    for number, name in enumerate(["Marie Dubois", "Paul Martin"]):
        text = f"Nom : {name}\n\nJe souhaite recevoir une copie de toutes mes données."
        raw = mail(text, sender="forms@platform.example", message_id=f"<{number}@platform.example>")
        found.append(services.promote(take_in(raw, at=begins - timedelta(days=2), source="imap").pk, by=OFFICER))

    assert [case.to_be_linked for case in found] == [False, False]


def test_an_answer_to_somebody_elses_message_in_the_tray_is_a_request_of_its_own(begins: datetime) -> None:
    fetched(begins - timedelta(days=20))
    answer = mail(sender="other@example.org", message_id="<x@example.org>", extra=["In-Reply-To: <1@example.org>"])

    case = take_in(answer, source="smtp").case

    assert case is not None
    assert not case.to_be_linked


@pytest.mark.parametrize(
    ("judgement", "kind"),
    [
        (Judgement.ANSWERED, EventKind.MESSAGE_ANSWERED_BEFORE),
        (Judgement.NO_REQUEST, EventKind.MESSAGE_NOT_A_REQUEST),
    ],
)
def test_answered_and_no_request_are_events_of_the_installation(
    begins: datetime, judgement: Judgement, kind: EventKind
) -> None:
    message = fetched(begins - timedelta(days=1))

    beginning.judge(message.pk, judgement, by=OFFICER)

    message.refresh_from_db()
    event = Event.objects.filter(stream="install").latest("seq")
    assert (message.state, message.judged) == (MessageState.BEFORE, judgement)
    assert (event.kind, event.actor) == (kind, OFFICER.code)
    assert events.fields(event)["data"]["message"] == str(message.uuid)
    assert events.verify("install").intact


def test_a_message_is_judged_once(begins: datetime) -> None:
    message = fetched(begins - timedelta(days=1))
    beginning.judge(message.pk, Judgement.ANSWERED, by=OFFICER)

    with pytest.raises(CannotDo):
        beginning.judge(message.pk, Judgement.NO_REQUEST, by=OFFICER)
    with pytest.raises(CannotDo):
        services.promote(message.pk, by=OFFICER)
    assert Case.objects.count() == 0


def test_only_who_works_on_cases_judges_and_only_an_administrator_sets_the_date(begins: datetime) -> None:
    message = fetched(begins - timedelta(days=1))

    with pytest.raises(NotPermitted):
        beginning.judge(message.pk, Judgement.ANSWERED, by=AUDITOR)
    with pytest.raises(NotPermitted):
        workflow.begin_mailbox(message.mailbox_id, at=timezone.now(), by=OFFICER)


def test_a_copy_that_also_came_by_itself_makes_what_lies_there_a_case(begins: datetime) -> None:
    lying = fetched(begins - timedelta(seconds=5))
    raw = mail(sender="person1@example.org", message_id="<1@example.org>")

    copy = take_in(raw, at=begins + timedelta(seconds=5), source="smtp")

    lying.refresh_from_db()
    assert (copy.state, lying.state, Case.objects.count()) == (MessageState.DUPLICATE, MessageState.OPENED, 1)
    assert services.unsettled() == [lying]


@pytest.mark.parametrize(("days", "source"), [(400, "smtp"), (1, "imap")])
def test_an_old_message_that_is_sent_on_or_lies_there_twice_stays_in_the_tray(
    begins: datetime, days: int, source: str
) -> None:
    lying = fetched(begins - timedelta(days=days))
    raw = mail(sender="person1@example.org", message_id="<1@example.org>")

    take_in(raw, at=begins - timedelta(minutes=1), source=source)

    lying.refresh_from_db()
    assert (lying.state, Case.objects.count()) == (MessageState.BEFORE, 0)


def test_the_start_date_is_an_event(begins: datetime) -> None:
    event = Event.objects.filter(stream="install").latest("seq")

    assert (event.kind, event.actor) == (EventKind.MAILBOX_BEGINS, ADMINISTRATOR.code)
    assert events.fields(event)["data"]["begins_at"] == events.instant(begins)


def test_every_message_is_in_one_place(begins: datetime) -> None:
    fetched(begins - timedelta(days=3), 1)
    fetched(begins - timedelta(days=3), 1)
    fetched(begins + timedelta(days=8), 2)

    counted = Counter(InboundMessage.objects.values_list("state", flat=True))

    assert counted == {"before": 1, "duplicate": 1, "opened": 1}


@pytest.mark.parametrize(
    "change",
    [
        {"state": "opened"},  # from before, yet with no case
        {"judged": "maybe"},
        {"state": "filed", "judged": "answered"},
    ],
)
def test_the_database_refuses_what_no_service_does(begins: datetime, change: dict[str, str]) -> None:
    message = fetched(begins - timedelta(days=1))

    with pytest.raises(IntegrityError), transaction.atomic():
        InboundMessage.objects.filter(pk=message.pk).update(**change)


# -- seen late ---------------------------------------------------------------------------------


def confirm(case: Case) -> None:
    workflow.confirm_claims(case.pk, rights=[Right.ACCESS], by=OFFICER)


@pytest.fixture
def began_long_ago(installed: object) -> None:
    workflow.begin_mailbox(
        Mailbox.objects.get(address="vieprivee@assistool.com").pk, at=datetime(2020, 1, 1, tzinfo=UTC), by=INTAKE
    )


@pytest.mark.usefixtures("began_long_ago")
def test_first_seen_after_more_than_seven_days_nothing_leaves_without_a_persons_yes(
    time_machine: Callable[..., None],
) -> None:
    message = fetched(timezone.now() - timedelta(days=7, minutes=1))
    case = message.case
    assert case is not None
    assert Thread.objects.get(case=case).waits_for_a_person
    assert letters() == []
    assert case.case_due is not None

    time_machine.move_to(timezone.now() + timedelta(days=12))
    assert "M01" not in letters()
    confirm(case)

    assert letters().count("M01") == 1


@pytest.mark.usefixtures("began_long_ago")
def test_seen_within_seven_days_it_is_acknowledged_at_once() -> None:
    fetched(timezone.now() - timedelta(days=6, hours=23))

    assert letters() == ["M01"]


@pytest.mark.usefixtures("began_long_ago")
def test_looked_at_late_but_seen_in_time_a_persons_yes_is_enough(time_machine: Callable[..., None]) -> None:
    robot = mail(extra=["Auto-Submitted: auto-replied"])
    message = take_in(robot, source="imap")
    assert message.state == MessageState.FILED

    time_machine.move_to(timezone.now() + timedelta(days=9))
    services.promote(message.pk, by=OFFICER)

    assert letters() == ["M01"]
