"""What a server may cost: seconds for each step, and memory that does not grow with a message."""

import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine as clock
from django.conf import settings as project
from django.utils import timezone

from dsar.intake import tasks
from dsar.intake.mailbox import client
from dsar.intake.mailbox.accounts import accounts
from dsar.intake.mailbox.client import connect
from dsar.intake.mailbox.port import MailboxTrouble, Trouble
from dsar.intake.models import InboundMessage
from tests.dsar.intake.mailbox.conftest import Box
from tests.dsar.intake.post import mail
from workflow.models import Mailbox

SLOW = 30  # seconds: far above any limit here, far below what the server would take


@pytest.fixture(autouse=True)
def _began(installed: object) -> None:
    Mailbox.objects.update(begins_at=datetime(2020, 1, 1, tzinfo=UTC))


@contextmanager
def tiring(port: int, after: int, *, drips: bool) -> Iterator[int]:
    """A way to a server that, after so many bytes, falls silent or goes on with ten bytes a second."""
    over = threading.Event()

    def back(near: socket.socket, far: socket.socket) -> None:
        left = after
        with suppress(OSError):
            while left > 0 and (data := far.recv(min(left, 65536))):
                near.sendall(data)
                left -= len(data)
            while not over.wait(0.1) and (not drips or (data := far.recv(1))):
                if drips:
                    near.sendall(data)

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def carry() -> None:
            near, _ = listening.accept()
            with near, socket.create_connection(("127.0.0.1", port)) as far, suppress(OSError):
                threading.Thread(target=back, args=(near, far), daemon=True).start()
                while data := near.recv(65536):
                    far.sendall(data)

        carrying = threading.Thread(target=carry, daemon=True)
        carrying.start()
        yield listening.getsockname()[1]
        over.set()
        carrying.join(10)


@pytest.mark.parametrize("after", [300, 2_500, 700_000], ids=["signing in", "looking", "reading"])
@pytest.mark.parametrize("drips", [False, True], ids=["silent", "dripping"])
def test_a_server_that_tires_ends_the_step_and_the_message_is_taken_later(
    box: Box, monkeypatch: pytest.MonkeyPatch, after: int, drips: bool
) -> None:
    box.append(mail("x" * 70 + "\n" + "données " * 180_000))
    for name in ("CONNECT_SECONDS", "COMMAND_SECONDS", "PIECE_SECONDS", "SIGN_OUT_SECONDS"):
        monkeypatch.setattr(client, name, 1.5)
    straight, begun = box.account, time.monotonic()
    with tiring(box.server.imap, after, drips=drips) as port:
        box.account = replace(straight, port=port)
        with pytest.raises(MailboxTrouble) as told:
            box.visit()
    box.account = straight

    assert told.value.trouble in {Trouble.CUT, Trouble.UNREACHABLE}
    assert time.monotonic() - begun < SLOW
    monkeypatch.undo()
    monkeypatch.setattr(tasks.process, "delay", lambda pk: None)
    with clock.travel(timezone.now() + timedelta(minutes=5), tick=True):
        box.visit()
    assert InboundMessage.objects.count() == 1


def test_sixty_megabytes_are_taken_in_with_a_few_in_memory(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.process, "delay", lambda pk: None)  # reading it is the worker's
    raw = mail(extra=["X-Long: yes"]) + b"0123456789abcdef" * 4 * 1024 * 1024
    assert len(raw) > 60 * 1024 * 1024
    box.append(raw)

    tracemalloc.start()
    try:
        assert box.visit() == 1
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert InboundMessage.objects.get().raw.size >= len(raw)
    assert peak < 16 * 1024 * 1024


@pytest.mark.parametrize(
    ("greeting", "answer"),
    [
        (b"* OK ready\r\n", b"NO no encryption today\r\n"),
        (b"* PREAUTH you are signed in already\r\n", b"OK begin\r\n"),  # where STARTTLS is no longer allowed
    ],
    ids=["refused", "skipped"],
)
def test_encryption_that_somebody_on_the_way_refuses_or_skips_is_not_done_without(
    greeting: bytes, answer: bytes, make_box: Callable[..., Box]
) -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def pose() -> None:
            near, _ = listening.accept()
            with near, near.makefile("rb") as lines, suppress(OSError):
                near.sendall(greeting)
                for line in lines:
                    heard.append(line)
                    tag, _, command = line.partition(b" ")
                    capable = b"* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\n" + tag + b" OK done\r\n"
                    near.sendall(capable if command.upper().startswith(b"CAPABILITY") else tag + b" " + answer)

        posing = threading.Thread(target=pose, daemon=True)
        posing.start()
        port = listening.getsockname()[1]
        [account] = accounts([f"imap://box:s3cret@127.0.0.1:{port}?tls=starttls"], mailbox=project.MAILBOX)
        with pytest.raises(MailboxTrouble) as told:
            connect(account, lambda: account.secret)
        posing.join(10)

    assert told.value.trouble is Trouble.NOT_SECURE
    assert b"s3cret" not in b"".join(heard)
