"""A mail server of our own on loopback, and an outbox folder per test."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from notifications.accounts import Account
from tests.services import free_port


@dataclass
class MailServer:
    """A real SMTP server that answers as it is told and keeps what it accepted.

    The three replies are lines ("250 Ok", "451 try later"); ``silent`` makes it accept the
    bytes and never say so.
    """

    port: int = 0
    mail: str = "250 Ok"
    rcpt: str = "250 Ok"
    data: str = "250 2.0.0 Ok: queued as 4TqW1s0x"
    silent: float = 0
    accepted: list[Envelope] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mail.startswith("250"):
            envelope.mail_from = address
        return self.mail

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.received.append(bytes(envelope.content or b""))
        if self.silent:
            time.sleep(self.silent)
        if self.data.startswith("250"):
            self.accepted.append(envelope)
        return self.data


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """The product sends to this server."""
    server = MailServer(port=free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    settings.OUTGOING_IS_FOLDER = False
    settings.OUTGOING = [Account(host="127.0.0.1", port=server.port, tls="none")]
    settings.EMAIL_TIMEOUT = 5
    yield server
    controller.stop()


@pytest.fixture
def outbox(settings: Any, tmp_path: Path) -> Path:
    """Letters are written here and nothing is sent."""
    settings.OUTGOING_IS_FOLDER = True
    settings.OUTBOX_DIR = tmp_path / "outbox"
    return tmp_path / "outbox"


def together(*acts: Any) -> None:
    """Run these at the same moment, each in a thread of its own, and wait for all."""
    gate = threading.Barrier(len(acts))

    def start(act: Any) -> None:
        gate.wait()
        act()

    threads = [threading.Thread(target=start, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
