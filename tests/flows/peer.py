"""A mail server at the other end: takes every letter and remembers it."""

import asyncio
import contextlib
import email
import socket
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass(frozen=True)
class Letter:
    """One letter as it arrived, with its envelope and the moment (time.monotonic)."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    at: float

    @property
    def message(self) -> EmailMessage:
        # Letters are ours: well-formed, so the convenient reader may be used on them.
        return email.message_from_bytes(self.raw, policy=policy.default)  # type: ignore[return-value]


@dataclass
class Peer:
    """``slow``: seconds between the last byte of a letter and the 250."""

    slow: float = 0.0
    letters: list[Letter] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?tls=none"

    def to(self, address: str) -> list[Letter]:
        return [letter for letter in list(self.letters) if address in letter.recipients]

    def by_message_id(self, addresses: Collection[str]) -> Counter[str]:
        """How often each identity arrived at one of these."""
        wanted = [letter for letter in list(self.letters) if letter.recipients[0] in addresses]
        return Counter(letter.message["Message-ID"] for letter in wanted)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        # Remembered before the answer: a sender that dies now has delivered.
        content = envelope.original_content
        self.letters.append(Letter(envelope.mail_from, tuple(envelope.rcpt_tos), content, time.monotonic()))
        if self.slow:
            await asyncio.sleep(self.slow)
        return "250 2.0.0 Thank you"


@contextlib.contextmanager
def listening(slow: float = 0.0) -> Iterator[Peer]:
    """A peer on a free port of loopback."""
    peer = Peer(slow)
    with socket.create_server(("127.0.0.1", 0)) as free:
        peer.port = free.getsockname()[1]
    controller = Controller(peer, hostname="127.0.0.1", port=peer.port, decode_data=False)
    controller.start()
    try:
        yield peer
    finally:
        controller.stop()
