"""Whatever arrives is kept whole and becomes a case with a running clock; nothing holds up the others."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from dsar.intake import child, services, tasks
from dsar.intake.models import InboundMessage, MessageState
from dsar.vault import services as vault
from tests.dsar.intake.post import mail, take_in
from workflow import leases
from workflow.states import CaseState

MEGABYTE = 1024 * 1024

pytestmark = pytest.mark.usefixtures("installed")


def nested(depth: int) -> bytes:
    """A mail of ``depth`` multiparts, one inside the other."""
    lines = [
        "From: Ada <ada@example.org>",
        "Message-ID: <deep@example.org>",
        "Subject: matryoshka",
        "MIME-Version: 1.0",
    ]
    for level in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{level}"', "", f"--b{level}"]
    return "\r\n".join([*lines, "Content-Type: text/plain", "", "Je demande mes données.", ""]).encode()


BAD = {
    "not a mail": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20,
    "words only": b"just some words without any header\n" * 3,
    "3,000 nested parts": nested(3000),
    "NUL bytes": mail("Je demande\0 une copie de mes\0 données.", subject="acc\0es").replace(b"Ada <", b"A\0da <"),
    "unknown charset": mail().replace(b"charset=utf-8", b"charset=klingon-8"),
    "no sender": b"Subject: Mes donnees\r\nTo: vieprivee@assistool.com\r\n\r\nJe demande une copie de mes donnees.\r\n",
    "one byte": b"x",
    "long sender": mail(sender="a" * 5000 + "@example.org", subject="s" * 5000, message_id=f"<{'m' * 5000}@x>"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_a_case_with_a_running_clock_and_its_bytes(what: str) -> None:
    at = datetime(2027, 2, 1, 9, tzinfo=UTC)

    message = take_in(BAD[what], at=at)

    case = message.case
    assert case is not None
    assert (message.state, case.state, str(case.case_due)) == ("opened", CaseState.RECEIVED, "2027-03-01")
    assert case.unreadable == bool(message.unreadable)
    assert vault.read(message.raw) == BAD[what]


@pytest.mark.parametrize("what", ["not a mail", "3,000 nested parts", "one byte"])
def test_what_cannot_be_read_says_so(what: str) -> None:
    message = take_in(BAD[what])

    assert message.unreadable
    assert message.case is not None
    assert message.case.unreadable


def test_more_than_sixty_megabytes_are_kept_whole_and_marked() -> None:
    raw = mail() + b"x" * (61 * MEGABYTE)

    message, copy = take_in(raw, source="pipe"), take_in(raw, source="pipe")

    assert (message.state, message.unreadable, message.raw.size) == ("opened", "too_large", len(raw))
    assert message.case is not None
    assert (message.case.unreadable, message.sender) == (True, "ada@example.org")
    assert copy.same_as == message


def test_a_parser_that_fails_makes_an_unreadable_case(monkeypatch) -> None:
    monkeypatch.setattr(child, "_pool", child.Pool("/nonexistent/parser.py", list))

    message = take_in(mail())

    assert (message.state, message.unreadable, message.sender) == ("opened", "parser_failed", "ada@example.org")
    assert message.case is not None
    assert (message.case.unreadable, message.case.state) == (True, CaseState.RECEIVED)


def test_what_fails_every_time_is_asked_three_times_and_then_given_to_a_person(monkeypatch, time_machine) -> None:
    message = services.accept(mail(), source="smtp", received_at=timezone.now())

    def broken(raw: Any) -> None:
        raise OSError("no process can be started")

    monkeypatch.setattr(services, "parse_in_child", broken)
    for _ in range(3):
        with pytest.raises(OSError, match="no process"):
            services.process(message.pk)
        assert services.process(message.pk) is None, "it waits before the next try"
        time_machine.move_to(timezone.now() + timedelta(hours=2))

    assert services.process(message.pk) is MessageState.OPENED
    message.refresh_from_db()
    assert message.unreadable == "processing_failed"


def test_a_message_whose_readers_are_killed_is_still_read(time_machine) -> None:
    """Three restarts in a row do not make a mail unreadable; its lease runs out and somebody else reads it."""
    message = services.accept(mail(), source="smtp", received_at=timezone.now())
    for _ in range(5):
        assert leases.take(InboundMessage.objects.all(), message.pk)  # and whoever took it is killed
        time_machine.move_to(timezone.now() + timedelta(seconds=leases.SECONDS + 1))

    assert services.process(message.pk) is MessageState.OPENED
    message.refresh_from_db()
    assert message.unreadable == ""


def test_one_bad_message_does_not_hold_up_the_others(monkeypatch) -> None:
    bad = services.accept(mail("kaputt"), source="smtp", received_at=timezone.now())
    good = services.accept(mail(message_id="<two@example.org>"), source="smtp", received_at=timezone.now())
    read = services._read

    def broken(message: InboundMessage, **options: Any) -> services.Sealed:
        if message.pk == bad.pk:
            raise OSError("broken")
        return read(message, **options)

    monkeypatch.setattr(services, "_read", broken)
    tasks.sweep()

    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == ("opened", "received")
