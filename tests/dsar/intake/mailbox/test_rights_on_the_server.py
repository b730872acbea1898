"""Folders that others look after: read-only to us, or messages moved between them while we read."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine as clock
from django.utils import timezone

from dsar.intake.mailbox import alarms
from dsar.intake.mailbox.client import ImapServer, connect
from dsar.intake.mailbox.models import MailAccount
from dsar.intake.mailbox.port import CommandRefused, MessageVanished
from dsar.intake.models import InboundMessage
from tests.dsar.intake.mailbox.conftest import Box
from tests.dsar.intake.mailbox.test_taking import request, states
from workflow.models import Mailbox

LOOK = "lookup read"
INSERT = "lookup read insert"


@pytest.fixture(autouse=True)
def _began(installed: object) -> None:
    Mailbox.objects.update(begins_at=datetime(2020, 1, 1, tzinfo=UTC))


def later() -> clock.travel:
    return clock.travel(timezone.now() + timedelta(hours=2), tick=True)


def test_mail_of_a_folder_that_is_read_only_to_us_is_taken_in_once_and_staff_are_told(box: Box) -> None:
    box.visit()
    box.append(request(1))
    box.server.allow(box.user, "INBOX", LOOK)

    assert [box.visit(), box.visit()] == [1, 0]

    row = MailAccount.objects.get()
    assert (states(), row.trouble, row.failures, row.difference) == ({"opened": 1}, "", 0, 0)
    assert (row.cannot_move, alarms.standing(row, timezone.now())) == (True, {"cannot_move"})
    assert (box.uids("INBOX", "UNSEEN"), box.uids("Processed")) == ([1], [])


def test_when_the_right_is_given_what_waited_is_moved_and_the_alarm_ends(box: Box) -> None:
    box.visit()
    box.append(request(1))
    box.server.allow(box.user, "INBOX", LOOK)
    box.visit()
    box.server.allow(box.user, "INBOX", "lookup read write write-seen write-deleted insert expunge")

    assert box.visit() == 0

    assert (MailAccount.objects.get().cannot_move, box.uids(), len(box.uids("Processed"))) == (False, [], 1)


def test_without_the_command_move_nothing_is_copied_from_a_folder_we_may_only_read(box: Box) -> None:
    """Else each look would leave one more copy behind."""
    box.visit()
    box.append(request(1))
    box.server.allow(box.user, "INBOX", LOOK)
    server = connect(box.account, lambda: box.account.secret)
    server._client.capabilities = tuple(name for name in server._client.capabilities if name != "MOVE")
    server.open("INBOX")

    for command in (lambda: server.move([1], "Processed"), lambda: server.expunge([1]), lambda: server.mark([1], "x")):
        with pytest.raises(CommandRefused):
            command()
    server.close()

    assert box.uids("Processed") == []


@pytest.mark.parametrize("rights", [LOOK, INSERT])
def test_a_read_only_folder_for_processed_mail_does_not_stop_intake(box: Box, rights: str) -> None:
    box.visit()
    box.append(request(1))
    box.visit()
    box.server.allow(box.user, "Processed", rights)
    box.append(request(2))

    with later():
        assert [box.visit(), box.visit()] == [1, 0]

    row = MailAccount.objects.get()
    assert (states(), row.trouble, row.difference) == ({"opened": 2}, "", 0)
    assert row.cannot_move is (rights == LOOK)


def test_where_no_folder_for_processed_mail_can_be_made_mail_is_taken_in(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.append(request(1))

    def refuse(server: ImapServer, name: str) -> None:
        raise CommandRefused("NO")

    with monkeypatch.context() as patch:
        patch.setattr(ImapServer, "make_folder", refuse)
        assert [box.visit(), box.visit()] == [1, 0]
    row = MailAccount.objects.get()
    assert (states(), row.trouble, row.cannot_move, row.difference) == ({"opened": 1}, "", True, 0)

    box.visit()

    assert (MailAccount.objects.get().cannot_move, len(box.uids("Processed"))) == (False, 1)


def test_a_message_that_is_not_there_has_vanished_and_is_no_error(box: Box) -> None:
    box.append(request(1))
    server = connect(box.account, lambda: box.account.secret)
    server.open("INBOX")

    with pytest.raises(MessageVanished):
        server.piece(99, 0, 10)
    server.close()


# -- moved between two watched folders ----------------------------------------------------------


def carry(box: Box, source: str, target: str, uids: str = "1:*") -> None:
    """Another program moves messages."""
    with box.server.client(box.user) as colleague:
        colleague.select(source)
        colleague.uid("MOVE", uids, target)


@pytest.fixture
def two(make_box: Callable[..., Box]) -> Box:
    box = make_box(folders="INBOX|Junk")
    box.visit()
    return box


def test_what_was_moved_to_another_watched_folder_before_it_was_read_is_not_missed(two: Box) -> None:
    for number in range(3):
        two.append(request(number))
    carry(two, "INBOX", "Junk", "1:2")

    assert two.visit() == 3
    assert (states(), MailAccount.objects.get().missed) == ({"opened": 3}, 0)


def test_what_went_there_and_back_is_not_missed(two: Box) -> None:
    two.append(request(1))
    carry(two, "INBOX", "Junk")
    carry(two, "Junk", "INBOX")

    assert two.visit() == 1
    assert (states(), MailAccount.objects.get().missed) == ({"opened": 1}, 0)


@pytest.mark.parametrize("target", ["Junk", "Processed"])
def test_what_leaves_while_the_folder_is_read_is_found_in_the_same_visit(
    two: Box, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    for number in range(2):
        two.append(request(number))
    heads, calls = ImapServer.heads, []

    def disturbed(server: ImapServer, uids: list[int]) -> dict[int, object]:
        calls.append(uids)
        if len(calls) == 1:
            carry(two, "INBOX", target, "1")
        return heads(server, uids)  # type: ignore[return-value]

    monkeypatch.setattr(ImapServer, "heads", disturbed)

    assert two.visit() == 2
    assert (states(), MailAccount.objects.get().missed) == ({"opened": 2}, 0)


def test_what_is_deleted_is_missed_whatever_lies_in_the_other_folder_already(two: Box) -> None:
    two.append(request(1), folder="Junk")
    two.visit()
    two.append(request(2))
    with two.server.client(two.user) as colleague:
        colleague.create("Trash")
    carry(two, "INBOX", "Trash")

    assert two.visit() == 0
    assert (InboundMessage.objects.count(), MailAccount.objects.get().missed) == (1, 1)
