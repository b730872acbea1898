"""When a mailbox needs somebody, one alarm stands until it no longer does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine as clock
from django.conf import settings as project

from dsar.intake.mailbox import alarms, tasks
from dsar.intake.mailbox.models import MailAccount, MailAlarm
from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Event, Mailbox
from workflow.states import ActorKind, EventKind, Role

OFFICER = Actor(ActorKind.STAFF, "S-0001", frozenset({Role.OFFICER}))
AUDITOR = Actor(ActorKind.STAFF, "S-0004", frozenset({Role.AUDITOR}))
NOW = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.travel(NOW, tick=False):
        yield


@pytest.fixture
def account(installed: object, settings: Any) -> MailAccount:
    """Read a minute ago, everything in order."""
    settings.IMAP_URLS = ["imap://box:secret@imap.example.org"]
    return MailAccount.objects.create(
        name="box@imap.example.org",
        mailbox=Mailbox.objects.get(address=project.MAILBOX),
        created_at=NOW - timedelta(days=90),
        read_at=NOW - timedelta(minutes=1),
    )


def standing() -> list[str]:
    tasks.watch()
    return list(alarms.raised().values_list("code", flat=True))


def test_a_mailbox_in_order_raises_nothing(account: MailAccount) -> None:
    assert standing() == []


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("read_at", NOW - timedelta(minutes=16), "unreadable"),  # also when the program that fetches is dead
        ("trouble", "refused", "unreadable"),
        ("trouble", "token", "unreadable"),
        ("difference", 1, "counts_differ"),
        ("missed", 2, "missed"),
        ("cannot_move", True, "cannot_move"),
        ("cannot_expunge", True, "cannot_expunge"),
    ],
)
def test_each_trouble_stands_once_and_is_cleared_when_it_is_over(
    account: MailAccount, column: str, value: Any, code: str
) -> None:
    well = getattr(account, column)
    MailAccount.objects.update(**{column: value})

    assert (standing(), standing()) == ([code], [code])
    MailAccount.objects.update(**{column: well})
    assert standing() == []

    [row] = MailAlarm.objects.all()
    assert (row.raised_at, row.cleared_at) == (NOW, NOW)


def test_a_short_outage_of_the_server_wakes_nobody(account: MailAccount) -> None:
    MailAccount.objects.update(read_at=NOW - timedelta(minutes=14), trouble="unreachable")

    assert standing() == []


def test_a_mailbox_that_was_never_read_is_an_alarm_too(account: MailAccount) -> None:
    MailAccount.objects.update(read_at=None, created_at=NOW - timedelta(minutes=20))

    assert standing() == ["unreadable"]


def test_a_mailbox_taken_out_of_the_configuration_is_silent(account: MailAccount, settings: Any) -> None:
    MailAccount.objects.update(difference=1)
    assert standing() == ["counts_differ"]

    settings.IMAP_URLS = []

    assert standing() == []


def test_who_looked_for_missed_messages_says_so(account: MailAccount) -> None:
    MailAccount.objects.update(missed=2)
    with pytest.raises(NotPermitted):
        alarms.missed_seen(account.pk, 2, by=AUDITOR)
    MailAccount.objects.update(missed=3)  # one more while the officer looked

    alarms.missed_seen(account.pk, 2, by=OFFICER)

    event = Event.objects.filter(stream="install").latest("seq")
    assert (event.kind, event.actor) == (EventKind.MESSAGES_MISSED_SEEN, OFFICER.code)
    assert (MailAccount.objects.get().missed, standing()) == (1, ["missed"])
    with pytest.raises(CannotDo):
        alarms.missed_seen(account.pk, 2, by=OFFICER)


def test_the_log_names_no_address(account: MailAccount, capsys: pytest.CaptureFixture[str]) -> None:
    MailAccount.objects.update(missed=1)

    standing()

    told = capsys.readouterr()
    assert "box@" not in told.out + told.err
