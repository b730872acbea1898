"""Staff are written to about a mailbox: once when an episode begins, each day it stands, once when it is over."""

import email
import email.policy
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine as clock
from django.conf import settings as project
from django.db import IntegrityError, transaction

from dsar.intake.mailbox import alarms, tasks
from dsar.intake.mailbox.models import AlarmCode, MailAccount, MailAlarm
from notifications import rendering, services
from notifications.kinds import NotificationState
from notifications.models import Notification
from notifications.tokens import bounce_address, case_of_reply
from tests import factories
from workflow import events
from workflow.models import Event, Mailbox, Staff
from workflow.states import Language

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
TOLD = ["administrator@assistool.com", "manager@assistool.com", "officer@assistool.com"]


@pytest.fixture(autouse=True)
def now() -> Iterator[clock.Traveller]:
    with clock.travel(NOW, tick=False) as held:
        yield held


@pytest.fixture
def account(installed: object, settings: Any, tmp_path: Any) -> MailAccount:
    settings.IMAP_URLS = ["imap://box:secret@imap.example.org"]
    settings.OUTGOING_IS_FOLDER, settings.OUTBOX_DIR = True, tmp_path / "outbox"
    return MailAccount.objects.create(
        name="box@imap.example.org",
        mailbox=Mailbox.objects.get(address=project.MAILBOX),
        created_at=NOW - timedelta(days=90),
        read_at=NOW + timedelta(days=9),
    )


def rung() -> list[tuple[str, str]]:
    """One ring of the clock and of the post; the letters that it made, by recipient and subject."""
    before = set(Notification.objects.values_list("pk", flat=True))
    tasks.watch()
    services.sweep_pending()
    made = Notification.objects.exclude(pk__in=before).order_by("recipient")
    return [(letter.recipient, services.content_of(letter).subject) for letter in made]


def subjects() -> list[str]:
    """Of the letters one ring made for the officer."""
    return [subject for reader, subject in rung() if reader == "officer@assistool.com"]


RAISED = f"Alarme : la boîte {project.MAILBOX} a besoin de quelqu'un"
STANDS = f"Alarme, toujours : la boîte {project.MAILBOX} a besoin de quelqu'un"
WELL = f"Tout va de nouveau bien : boîte {project.MAILBOX}"


def test_an_episode_is_told_once_then_daily_and_closed_with_all_well_again(
    account: MailAccount, now: clock.Traveller
) -> None:
    MailAccount.objects.update(cannot_expunge=True)
    assert rung() == [(reader, RAISED) for reader in TOLD]
    assert rung() == []
    now.shift(timedelta(hours=23, minutes=59))
    assert rung() == []
    now.shift(timedelta(minutes=1))
    assert rung() == [(reader, STANDS) for reader in TOLD]
    now.shift(timedelta(days=1))
    assert subjects() == [STANDS]

    MailAccount.objects.update(cannot_expunge=False)
    assert rung() == [(reader, WELL) for reader in TOLD]
    assert rung() == []

    kinds = Event.objects.filter(kind__startswith="mailbox_alarm").order_by("seq").values_list("kind", flat=True)
    raised, repeated, ended = "mailbox_alarm_raised", "mailbox_alarm_repeated", "mailbox_alarm_ended"
    assert list(kinds) == [raised, repeated, repeated, ended]
    assert events.verify("install").intact


def test_each_reads_it_in_their_own_language_and_it_leaves_through_the_one_outbox(account: MailAccount) -> None:
    for name, language in zip(("officer", "manager", "administrator"), ("nl", "de", "en"), strict=True):
        Staff.objects.filter(username=name).update(language=language)
    MailAccount.objects.update(trouble="refused")
    rung()

    assert services.deliver_due() == 3

    letters = list(Notification.objects.order_by("recipient"))
    assert [letter.language for letter in letters] == ["en", "de", "nl"]
    assert {letter.state for letter in letters} == {NotificationState.WRITTEN.value}
    texts = [mail_of(letter) for letter in letters]
    assert "requests that arrive there wait" in texts[0]
    assert "1. Februar 2027 um 10:00" in texts[1]
    assert "Deze mailbox wordt niet gelezen" in texts[2]
    assert all("http://localhost:8000/mailboxes/" in text for text in texts)
    assert len(list(project.OUTBOX_DIR.glob("*.eml"))) == 3


def mail_of(letter: Notification) -> str:
    raw = rendering.build(letter, services.content_of(letter))
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Reply-To"] is None
    assert case_of_reply(mail["Message-ID"]) is None
    body = mail.get_body(("plain",))  # type: ignore[attr-defined]
    return str(body.get_content())


@pytest.mark.parametrize("language", Language)
def test_every_alarm_has_words_of_its_own(
    account: MailAccount, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    Staff.objects.update(language=language.value)
    row = MailAlarm(account=account, raised_at=NOW)
    sentences = []
    for code in AlarmCode:
        row.pk, row.code = None, code.value
        row.save()
    with clock.travel(NOW + timedelta(hours=1), tick=False):
        monkeypatch.setattr(alarms, "standing", lambda account, now: {code.value for code in AlarmCode})
        rung()
    for letter in Notification.objects.filter(recipient="officer@assistool.com"):
        sentences.append(services.content_of(letter).text.split("\n\n")[1])

    assert len(sentences) == len(AlarmCode)
    assert Counter(sentences).most_common(1)[0][1] == 1
    assert all(len(sentence) > 60 for sentence in sentences)


def test_what_comes_and_goes_is_told_once_an_hour(account: MailAccount, now: clock.Traveller) -> None:
    told: list[str] = []
    for minute in range(130):
        MailAccount.objects.update(trouble="refused" if minute % 4 < 2 else "")
        told += subjects()
        now.shift(timedelta(minutes=1))

    assert told == [RAISED, WELL] * 3


@pytest.mark.parametrize("number", ["difference", "missed"])
def test_what_the_same_visit_or_the_next_count_explains_is_told_to_nobody(
    account: MailAccount, now: clock.Traveller, number: str
) -> None:
    MailAccount.objects.update(**{number: 1})
    assert rung() == []
    MailAccount.objects.update(**{number: 0})
    assert rung() == []  # and nobody is told of the end of what they never heard of

    MailAccount.objects.update(**{number: 1})
    rung()
    now.shift(timedelta(minutes=5))
    assert subjects() == [RAISED]


def test_of_a_mailbox_taken_out_of_the_configuration_nobody_says_that_it_is_well(
    account: MailAccount, settings: Any
) -> None:
    MailAccount.objects.update(cannot_move=True)
    rung()

    settings.IMAP_URLS = []

    assert subjects() == [f"Alarme terminée : la boîte {project.MAILBOX} n'est plus relevée"]


def test_two_clocks_and_a_doubled_task_write_each_letter_once(account: MailAccount) -> None:
    MailAccount.objects.update(cannot_move=True)
    tasks.watch()
    event = Event.objects.get(kind="mailbox_alarm_raised")
    tasks.watch()

    assert len(services.consume(event.pk)) == 3
    assert services.consume(event.pk) == []
    assert Notification.objects.count() == 3


def test_one_that_comes_back_is_marked_and_belongs_to_no_case(account: MailAccount) -> None:
    MailAccount.objects.update(cannot_move=True)
    rung()
    letter = Notification.objects.order_by("id")[0]
    Notification.objects.filter(pk=letter.pk).update(state=NotificationState.SENT.value, finished_at=NOW)

    assert services.bounced(addresses=[bounce_address(letter)]) == 1

    letter.refresh_from_db()
    assert (letter.state, letter.case_id) == (NotificationState.UNDELIVERABLE.value, None)


def test_the_database_refuses_a_letter_of_nobody_and_one_of_two(account: MailAccount) -> None:
    MailAccount.objects.update(cannot_move=True)
    rung()
    letter = Notification.objects.filter(letter="A07B")[:1]
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.filter(pk__in=letter.values("pk")).update(controller=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.filter(pk__in=letter.values("pk")).update(case=factories.received())
