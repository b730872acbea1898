"""A mail server at the other end that fails as it is told: real SMTP on loopback, faults by step of the dialogue."""

import asyncio
import contextlib
import datetime
import ipaddress
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from notifications.accounts import Account
from tests.services import free_port

CUT, STALL = "cut", "stall"
DONE = "250 2.0.0 Ok: queued as 4TqW1s0x"


@dataclass(frozen=True)
class Delivered:
    """One letter this server answers for, its envelope and the moment (time.monotonic)."""

    sender: str
    recipient: str
    raw: bytes
    at: float


def never(_step: str, _address: str) -> str:
    return ""


@dataclass
class MailPeer:
    """``fault`` is asked at connect, mail, rcpt, data and done with the address at hand: a reply, CUT, STALL or "".

    ``accepted`` holds what it has answered for, or would have but for a fault after the last byte (``in_doubt``).
    """

    port: int = 0
    fault: Callable[[str, str], str] = never
    stall: float = 1.5
    without: frozenset[str] = frozenset()  # extensions not offered
    accepted: list[Delivered] = field(default_factory=list)
    in_doubt: list[Delivered] = field(default_factory=list)
    struck: list[tuple[str, str]] = field(default_factory=list)

    @property
    def account(self) -> Account:
        return Account(host="127.0.0.1", port=self.port, tls="none")

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?tls=none"

    async def handle_EHLO(self, server: Any, session: Any, _envelope: Any, name: str, lines: list[str]) -> list[str]:
        session.host_name = name
        return [line for line in lines if line[4:].split(" ")[0] not in self.without]

    async def handle_MAIL(self, server: SMTP, _session: Any, envelope: Any, address: str, options: list[str]) -> str:
        reply = await self._reply("mail", address, server) or "250 Ok"
        if reply.startswith("250"):
            envelope.mail_from = address
        return reply

    async def handle_RCPT(self, server: SMTP, _session: Any, envelope: Any, address: str, options: list[str]) -> str:
        reply = await self._reply("rcpt", address, server) or "250 Ok"
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:
        recipient = envelope.rcpt_tos[0]
        letter = Delivered(envelope.mail_from, recipient, envelope.original_content, time.monotonic())
        if reply := await self._reply("data", recipient, server):
            return reply
        # Remembered before the answer: a sender that dies now has delivered.
        self.accepted.append(letter)
        if fault := self.fault("done", recipient):
            self.struck.append(("done", fault))
            self.in_doubt.append(letter)
            await self._break(fault, server)
        return DONE

    async def _reply(self, step: str, address: str, server: SMTP) -> str:
        fault = self.fault(step, address)
        if fault:
            self.struck.append((step, fault))
        if fault in {CUT, STALL}:
            await self._break(fault, server)
            return "421 4.3.2 too late"
        return fault

    async def _break(self, fault: str, server: SMTP) -> None:
        if fault == CUT and server.transport is not None:
            server.transport.abort()
        await asyncio.sleep(self.stall if fault == STALL else 0)


@contextlib.contextmanager
def serving(*, tls: ssl.SSLContext | None = None, implicit: bool = False, **values: Any) -> Iterator[MailPeer]:
    """A peer on a free port; ``tls`` offers STARTTLS with that certificate, or speaks TLS from the first byte."""
    peer = MailPeer(port=free_port(), **values)
    more: dict[str, Any] = {} if tls is None else ({"ssl_context": tls} if implicit else {"tls_context": tls})
    controller = Controller(peer, hostname="127.0.0.1", port=peer.port, decode_data=False, enable_SMTPUTF8=True, **more)
    controller.start()
    try:
        yield peer
    finally:
        controller.stop()


@contextlib.contextmanager
def certificate(name: str = "127.0.0.1", *, days: int = 30) -> Iterator[tuple[ssl.SSLContext, str]]:
    """A self-signed certificate for this host: the server's side of it, and the file that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    try:
        host: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        host = x509.DNSName(name)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=60))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([host]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    with tempfile.TemporaryDirectory(prefix="dsar-tls-") as folder:
        path, private = Path(folder) / "cert.pem", Path(folder) / "key.pem"
        path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        private.write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(path, private)
        yield context, str(path)
