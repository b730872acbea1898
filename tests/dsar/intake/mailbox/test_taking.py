"""From a real mailbox to the tables: committed first, moved second, each message once."""

import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine as clock
from django.db import DatabaseError
from django.utils import timezone

from dsar.intake import services
from dsar.intake.mailbox import taking
from dsar.intake.mailbox.client import ImapServer, connect
from dsar.intake.mailbox.models import CopyState, MailAccount, ServerCopy
from dsar.intake.mailbox.port import CommandRefused, MailboxTrouble, Trouble
from dsar.intake.models import InboundMessage
from dsar.vault import services as vault
from tests.dovecot import append
from tests.dsar.intake.mailbox.conftest import Box
from tests.dsar.intake.post import mail
from workflow.models import Case, Mailbox

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)


def request(number: int, extra: str = "") -> bytes:
    return mail(
        f"Bonjour,\n\nJe souhaite une copie de mes données.\n{extra}\nPersonne {number}",
        sender=f"person{number}@example.org",
        message_id=f"<{number}@example.org>",
    )


def copies() -> Counter[str]:
    return Counter(ServerCopy.objects.values_list("state", flat=True))


def states() -> Counter[str]:
    return Counter(InboundMessage.objects.values_list("state", flat=True))


@pytest.fixture(autouse=True)
def _began(installed: object) -> None:
    Mailbox.objects.update(begins_at=BEGAN)


def test_mail_is_taken_in_byte_for_byte_marked_and_moved(box: Box) -> None:
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)
    box.append(request(1), at=at)

    assert box.visit() == 1

    message = InboundMessage.objects.get()
    assert vault.read(message.raw) == request(1)
    assert (message.source, message.received_at, message.state) == ("imap", at, "opened")
    assert (box.uids(), len(box.uids("Processed", f"KEYWORD {taking.KEYWORD}"))) == ([], 1)
    assert box.uids("Processed", "SEEN") == []
    assert box.visit() == 0
    assert Case.objects.count() == 1


def test_what_a_mail_server_delivers_is_taken_in_too(box: Box) -> None:
    box.server.deliver(box.user, request(1))

    assert box.visit() == 1
    assert states() == {"opened": 1}


def test_mail_that_was_read_on_a_phone_is_new_to_us(box: Box) -> None:
    box.append(request(1))
    with box.server.client(box.user) as phone:
        phone.select("INBOX")
        phone.uid("STORE", "1", "+FLAGS", "(\\Seen \\Flagged \\Answered)")

    assert box.visit() == 1


def test_the_mailbox_is_touched_after_the_commit_only(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.append(request(1))
    seen = []

    def mark(server: ImapServer, uids: list[int], keyword: str) -> None:
        seen.append(InboundMessage.objects.count())
        raise MailboxTrouble(Trouble.CUT)

    with monkeypatch.context() as patch:
        patch.setattr(ImapServer, "mark", mark)
        with pytest.raises(MailboxTrouble):
            box.visit()
    assert (seen, len(box.uids())) == ([1], 1)
    MailAccount.objects.update(next_try_at=None)

    assert box.visit() == 0

    assert (box.uids(), len(box.uids("Processed")), states()) == ([], 1, {"opened": 1})


def test_when_the_row_cannot_be_written_nothing_is_moved(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.append(request(1))

    def refuse(**values: Any) -> None:
        raise DatabaseError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(InboundMessage.objects, "create", refuse)
        with pytest.raises(MailboxTrouble) as told:
            box.visit()
    assert (told.value.trouble, len(box.uids()), copies()) == (Trouble.STORE, 1, {"failing": 1})

    with clock.travel(timezone.now() + timedelta(minutes=3), tick=True):
        assert box.visit() == 1
    assert (states(), copies()) == ({"opened": 1}, {"there": 1})


# -- the server begins a new epoch -------------------------------------------------------------


def rebuilt(box: Box, kept: list[bytes], folder: str = "INBOX") -> None:
    """The folder deleted and made anew with the same messages: other UIDs, other UIDVALIDITY."""
    with box.server.client(box.user) as client:
        client.select("Processed")
        if folder != "INBOX":
            client.close()
            assert client.delete(folder)[0] == "OK"
            assert client.create(folder)[0] == "OK"
        for raw in kept:
            append(client, raw, folder=folder)


def test_after_a_new_uidvalidity_everything_is_looked_at_and_nothing_taken_twice(
    box: Box, make_box: Callable[..., Box]
) -> None:
    box = make_box(folders="Requests")
    with box.server.client(box.user) as client:
        client.create("Requests")
    box.append(request(1), folder="Requests")
    box.append(request(2), folder="Requests")
    assert box.visit() == 2
    rebuilt(box, [request(2), request(3), request(1)], "Requests")
    rebuilt(box, [], "Processed")

    assert box.visit() == 1

    assert (states(), Case.objects.count()) == ({"opened": 3}, 3)
    assert (box.uids("Requests"), len(box.uids("Processed"))) == ([], 3)
    assert copies() == {"there": 3}


def test_without_message_id_a_rebuilt_folder_is_known_by_its_bytes(make_box: Callable[..., Box]) -> None:
    """Weeks later the same bytes would count as a new wish; a rebuilt folder is none."""
    box = make_box(folders="Requests")
    with box.server.client(box.user) as client:
        client.create("Requests")
    raw = mail(message_id="")
    box.append(raw, folder="Requests", at=datetime.now(UTC) - timedelta(days=40))
    box.visit()
    rebuilt(box, [raw], "Processed")  # with today's date

    with clock.travel(timezone.now() + timedelta(hours=2), tick=True):
        box.visit()

    assert (states(), copies()) == ({"opened": 1}, {"there": 1})


# -- other people work in the mailbox -------------------------------------------------------------


def test_a_message_moved_back_by_a_colleague_is_the_same_message(box: Box) -> None:
    box.append(request(1))
    box.visit()
    with box.server.client(box.user) as colleague:
        colleague.select("Processed")
        colleague.uid("MOVE", "1", "INBOX")

    with clock.travel(timezone.now() + timedelta(hours=2), tick=True):
        box.visit()
        box.visit()

    assert (states(), box.uids(), len(box.uids("Processed"))) == ({"opened": 1}, [], 1)


def test_a_message_a_colleague_moved_to_processed_before_it_was_read_is_taken_in_there(box: Box) -> None:
    box.visit()
    box.append(request(1))
    with box.server.client(box.user) as colleague:
        colleague.select("INBOX")
        colleague.uid("MOVE", "1", "Processed")

    with clock.travel(timezone.now() + timedelta(hours=2), tick=True):
        assert box.visit() == 1

    assert (states(), box.uids("Processed", "ALL")) == ({"opened": 1}, [1])


def test_with_all_folders_watched_nobody_can_file_a_message_away_from_us(make_box: Callable[..., Box]) -> None:
    box = make_box(folders="*")
    box.visit()
    for number, folder in enumerate(["Archive", "Junk"]):
        box.append(request(number))
        with box.server.client(box.user) as colleague:
            colleague.create(folder)
            colleague.select("INBOX")
            colleague.uid("MOVE", "1:*", folder)

    assert box.visit() == 2
    assert (states(), len(box.uids("Processed"))) == ({"opened": 2}, 2)
    assert MailAccount.objects.get().missed == 0


def test_a_message_deleted_before_it_was_read_is_counted_as_missed(box: Box) -> None:
    box.visit()
    for number in range(2):
        box.append(request(number))
    with box.server.client(box.user) as colleague:
        colleague.select("INBOX")
        colleague.uid("STORE", "1", "+FLAGS", "(\\Deleted)")
        colleague.expunge()

    assert box.visit() == 1
    assert MailAccount.objects.get().missed == 1


@pytest.mark.parametrize("before_piece", [1, 2])
def test_of_a_message_taken_away_while_it_is_read_nothing_is_kept(
    box: Box, monkeypatch: pytest.MonkeyPatch, before_piece: int
) -> None:
    """A server then answers as if the message were empty, or ended there."""
    box.visit()
    box.append(request(1, "x" * 2_000_000))
    box.append(request(2))
    piece, calls = ImapServer.piece, []

    def disturbed(server: ImapServer, uid: int, start: int, length: int) -> bytes:
        calls.append(uid)
        if len(calls) == before_piece:
            with box.server.client(box.user) as colleague:
                colleague.select("INBOX")
                colleague.uid("MOVE", "1", "Junk")
        return piece(server, uid, start, length)

    monkeypatch.setattr(ImapServer, "piece", disturbed)

    assert box.visit() == 1
    assert [vault.read(message.raw) for message in InboundMessage.objects.select_related("raw")] == [request(2)]
    assert (MailAccount.objects.get().missed, len(box.uids("Junk"))) == (1, 1)


def test_with_all_folders_watched_one_taken_away_while_it_is_read_is_found_where_it_went(
    make_box: Callable[..., Box], monkeypatch: pytest.MonkeyPatch
) -> None:
    box = make_box(folders="*")
    box.visit()
    box.append(request(1))
    piece, calls = ImapServer.piece, []

    def disturbed(server: ImapServer, uid: int, start: int, length: int) -> bytes:
        calls.append(uid)
        if len(calls) == 1:
            with box.server.client(box.user) as colleague:
                colleague.select("INBOX")
                colleague.uid("MOVE", "1", "Junk")
        return piece(server, uid, start, length)

    monkeypatch.setattr(ImapServer, "piece", disturbed)
    box.visit()
    box.visit()

    assert (states(), MailAccount.objects.get().missed) == ({"opened": 1}, 0)


def test_what_others_marked_as_deleted_is_not_removed_by_us(box: Box) -> None:
    box.append(request(1))
    box.append(request(2), folder="Junk")
    with box.server.client(box.user) as colleague:
        colleague.select("Junk")
        colleague.uid("STORE", "1", "+FLAGS", "(\\Deleted)")

    box.visit()

    assert box.uids("Junk") == [1]


def test_a_copy_of_a_message_is_a_duplicate_without_a_case(box: Box) -> None:
    box.append(request(1))
    box.append(request(1))

    assert box.visit() == 2
    assert (states(), Case.objects.count(), copies()) == ({"opened": 1, "duplicate": 1}, 1, {"there": 2})


# -- the connection fails ------------------------------------------------------------------------


@contextmanager
def cutting(port: int, after: int) -> Iterator[int]:
    """A way to the server that is cut after so many bytes came back; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def carry() -> None:
            near, _ = listening.accept()
            far = socket.create_connection(("127.0.0.1", port))

            def back() -> None:
                left = after
                while left > 0 and (data := far.recv(min(left, 65536))):
                    near.sendall(data)
                    left -= len(data)
                near.shutdown(socket.SHUT_RDWR)

            returning = threading.Thread(target=back)
            returning.start()
            with near, far:
                try:
                    while data := near.recv(65536):
                        far.sendall(data)
                except OSError:
                    return
                finally:
                    far.shutdown(socket.SHUT_RDWR)
                    returning.join(5)

        carrying = threading.Thread(target=carry)
        carrying.start()
        yield listening.getsockname()[1]
        carrying.join(10)


@pytest.mark.parametrize("after", [400, 900, 1_500, 30_000, 300_000, 1_200_000, 2_000_000])
def test_cut_at_any_byte_it_is_taken_once_at_the_next_look(box: Box, after: int) -> None:
    box.append(request(1, "x" * 70 + "\n" + "données " * 180_000))  # 1.6 MB: two pieces
    box.append(request(2))
    straight = box.account
    with cutting(box.server.imap, after) as port:
        box.account = replace(straight, port=port)
        with suppress(MailboxTrouble):
            box.visit()
    box.account = straight

    with clock.travel(timezone.now() + timedelta(minutes=5), tick=True):
        box.visit()

    assert (states(), copies()) == ({"opened": 2}, {"there": 2})
    assert (box.uids(), len(box.uids("Processed"))) == ([], 2)


def test_one_message_that_cannot_be_fetched_does_not_hold_up_the_others(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        box.append(request(number))
    piece = ImapServer.piece

    def refusing(server: ImapServer, uid: int, start: int, length: int) -> bytes:
        if uid == 2:
            raise CommandRefused
        return piece(server, uid, start, length)

    with monkeypatch.context() as patch:
        patch.setattr(ImapServer, "piece", refusing)
        assert box.visit() == 2
    assert (copies(), box.uids(), MailAccount.objects.get().difference) == ({"there": 2, "failing": 1}, [2], 1)

    with clock.travel(timezone.now() + timedelta(minutes=2), tick=True):
        assert box.visit() == 1
    assert (copies(), MailAccount.objects.get().difference) == ({"there": 3}, 0)


def test_a_mailbox_that_cannot_be_read_is_left_alone_ever_longer(box: Box) -> None:
    def nobody() -> ImapServer:
        raise MailboxTrouble(Trouble.UNREACHABLE)

    waits = []
    with clock.travel(timezone.now(), tick=False) as now:
        for _ in range(4):
            with pytest.raises(MailboxTrouble):
                taking.visit(box.account, nobody)
            row = MailAccount.objects.get()
            assert row.next_try_at is not None
            waits.append(row.next_try_at - timezone.now())
            assert taking.visit(box.account, nobody) is None  # not yet
            now.move_to(row.next_try_at)
        box.visit()

    assert waits == [timedelta(minutes=number) for number in (1, 2, 4, 8)]
    row = MailAccount.objects.get()
    assert (row.failures, row.trouble, row.failed_since) == (0, "", None)


def test_two_workers_on_one_mailbox_do_not_collide(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        box.append(request(number))
    second = []
    accept = services.accept

    def while_the_other_works(*args: Any, **values: Any) -> InboundMessage:
        second.append(box.visit())
        return accept(*args, **values)

    monkeypatch.setattr(services, "accept", while_the_other_works)

    assert box.visit() == 3
    assert (second, states()) == ([None, None, None], {"opened": 3})


def test_who_lost_the_lease_commits_nothing(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that slept too long wakes up while another has the mailbox."""
    for number in range(2):
        box.append(request(number))
    accept = services.accept

    def overtaken(*args: Any, **values: Any) -> InboundMessage:
        MailAccount.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
        monkeypatch.setattr(services, "accept", accept)
        assert box.visit() == 2
        return accept(*args, **values)

    monkeypatch.setattr(services, "accept", overtaken)

    assert box.visit() is None
    assert (states(), copies()) == ({"opened": 2}, {"there": 2})


# -- size ------------------------------------------------------------------------------------------


def test_a_huge_message_is_read_in_pieces(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = request(1, "\n".join(["0123456789" * 7] * 80_000))  # 5.7 MB
    box.append(raw)
    lengths: list[int] = []
    piece = ImapServer.piece

    def watched(server: ImapServer, uid: int, start: int, length: int) -> bytes:
        lengths.append(len(got := piece(server, uid, start, length)))
        return got

    monkeypatch.setattr(ImapServer, "piece", watched)
    box.visit()

    assert vault.read(InboundMessage.objects.get().raw) == raw
    assert (max(lengths), sum(lengths)) == (taking.PIECE, len(raw))


@pytest.mark.parametrize("size", [0, 1, taking.PIECE - 1, taking.PIECE, taking.PIECE + 1])
def test_pieces_make_up_the_whole_at_every_edge(box: Box, size: int) -> None:
    raw = (b"Subject: x\r\n\r\n" + b"y" * size)[:size] if size < 30 else b"Subject: x\r\n\r\n" + b"y" * (size - 14)
    if not raw:
        raw = b"\r\n"
    box.append(raw)

    connection = connect(box.account, lambda: box.account.secret)
    try:
        taking.visit(box.account, lambda: connection)
    finally:
        connection.close()

    assert vault.read(InboundMessage.objects.get().raw) == raw
    assert ServerCopy.objects.get().state == CopyState.THERE.value
