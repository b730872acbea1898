"""Each fetched mailbox has a start of its own, set before its first look or later; earlier mail writes to nobody."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from dsar.intake.mailbox import starting, taking
from dsar.intake.mailbox.accounts import Account, accounts
from dsar.intake.mailbox.models import MailAccount
from dsar.intake.models import InboundMessage
from notifications import services as post_office
from notifications.models import Notification
from tests.dsar.intake.mailbox.conftest import Box
from tests.dsar.intake.post import mail
from workflow import events
from workflow import services as workflow
from workflow.actors import INSTALLER, INTAKE, Actor
from workflow.deadlines import BRUSSELS
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event, Mailbox
from workflow.states import ActorKind, EventKind, Role

OFFICER = Actor(ActorKind.STAFF, "S-0001", frozenset({Role.OFFICER}))

pytestmark = pytest.mark.usefixtures("installed")


def request(number: int) -> bytes:
    return mail(sender=f"person{number}@example.org", message_id=f"<{number}@example.org>")


def ago(**time: float) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) - timedelta(**time)


def states() -> Counter[str]:
    return Counter(InboundMessage.objects.values_list("state", flat=True))


def letters() -> int:
    post_office.sweep_pending()
    return Notification.objects.count()


def configured(*names: str) -> list[Account]:
    return accounts([f"imap://{name}:a@imap.example.org" for name in names], mailbox="vieprivee@assistool.com")


def test_a_mailbox_connected_beside_one_in_use_writes_to_nobody_about_its_old_mail(
    make_box: Callable[..., Box],
) -> None:
    first, second = make_box(), make_box()
    workflow.begin_mailbox(
        Mailbox.objects.get(address=project.MAILBOX).pk, at=datetime(2020, 1, 1, tzinfo=UTC), by=INTAKE
    )
    first.append(request(1), at=ago(days=3))
    first.visit()
    assert (states(), letters()) == ({"opened": 1}, 1)
    second.append(request(2), at=ago(days=400))
    second.append(request(3), at=ago(hours=1))

    second.visit()

    assert (states(), letters()) == ({"opened": 1, "before": 2}, 1)


def test_what_comes_into_it_afterwards_is_new(make_box: Callable[..., Box]) -> None:
    first, second = make_box(), make_box()
    first.visit()
    second.visit()
    second.append(request(1))

    second.visit()

    assert (states(), letters()) == ({"opened": 1}, 1)


def test_a_start_set_before_the_first_look_counts_for_it(make_box: Callable[..., Box]) -> None:
    first, second = make_box(), make_box()
    first.visit()
    starting.start_unread(second.account, at=ago(days=5), by=INSTALLER)
    second.append(request(1), at=ago(days=6))
    second.append(request(2), at=ago(days=4))

    second.visit()

    assert states() == {"before": 1, "opened": 1}
    assert InboundMessage.objects.get(state="opened").sender == "person2@example.org"


def test_the_first_of_an_address_takes_the_start_of_the_address() -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC)
    workflow.begin_mailbox(Mailbox.objects.get(address=project.MAILBOX).pk, at=at, by=INTAKE)
    one, two = configured("one", "two")

    rows = [taking.account_row(account) for account in (one, two)]

    assert rows[0].begins_at == at
    assert rows[1].begins_at is not None
    assert timezone.now() - rows[1].begins_at < timedelta(minutes=1)
    assert Mailbox.objects.get(address=project.MAILBOX).begins_at == at


def test_each_start_is_an_event_that_names_the_account() -> None:
    [one] = configured("one")
    at = ago(days=5)

    starting.start_unread(one, at=at, by=INSTALLER)
    starting.start_unread(one, at=at, by=INSTALLER)

    told = [events.fields(event)["data"] for event in Event.objects.filter(kind=EventKind.MAILBOX_BEGINS)]
    row = MailAccount.objects.get()
    assert [(data["account"], data["begins_at"]) for data in told] == [(str(row.uuid), events.instant(at))]
    assert taking.account_row(one).begins_at == at


def test_no_start_lies_in_the_future_and_only_an_administrator_sets_it() -> None:
    [one] = configured("one")

    with pytest.raises(CannotDo):
        starting.start_unread(one, at=timezone.now() + timedelta(hours=1), by=INSTALLER)
    with pytest.raises(NotPermitted):
        starting.start_unread(one, at=ago(days=1), by=OFFICER)

    assert MailAccount.objects.count() == 0


# -- by command ------------------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("mailboxes", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_what_will_happen_and_sets_the_day(settings: Any) -> None:
    settings.IMAP_URLS = ["imap://one:secret@imap.example.org", "imap://two:secret@imap.example.org"]

    before = run()
    after = run("--account", "two@imap.example.org", "--starts", "2026-01-05")

    assert before.count("no start date is set: what lies in it at the first look will wait for an officer") == 2
    assert "two@imap.example.org: not looked into yet; mail from 2026-01-05 00:00+01:00 on becomes cases" in after
    assert "secret" not in before + after
    row = MailAccount.objects.get()
    assert row.begins_at == datetime.combine(date(2026, 1, 5), datetime.min.time(), BRUSSELS)
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--starts", "2026-01-05"], "Name one with --account"),
        (["--account", "three@imap.example.org", "--starts", "2026-01-05"], "There is no such mailbox"),
        (["--account", "one@imap.example.org", "--starts", "tomorrow"], "YYYY-MM-DD"),
        (["--account", "one@imap.example.org", "--starts", "2999-01-05"], "jour antérieur"),
    ],
)
def test_the_command_refuses_with_a_sentence(settings: Any, arguments: list[str], says: str) -> None:
    settings.IMAP_URLS = ["imap://one:secret@imap.example.org", "imap://two:secret@imap.example.org"]

    with pytest.raises(CommandError, match=says):
        run(*arguments)


def test_without_a_mailbox_the_command_says_how_to_get_one(settings: Any) -> None:
    settings.IMAP_URLS = []

    with pytest.raises(CommandError, match="IMAP_URLS"):
        run()
