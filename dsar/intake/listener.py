"""The SMTP and LMTP listener: takes a mail for our mailbox, answers 250 once it is committed.

It speaks to mail servers and hands bytes on; what a mail means is for other rooms. It never
relays, knows no passwords and writes no address into a log.
"""

import asyncio
import contextlib
import io
import re
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax
from django.db import close_old_connections

log = structlog.get_logger(__name__)

MAX_CONNECTIONS = 100
MAX_BUFFERED_BYTES = 512 * 1024 * 1024  # over all sessions: a burst of large mails waits at the sender
DATA_SECONDS = 3600  # a sender may be slow, but not for ever
STOP_SECONDS = 3  # what is being committed may finish; the supervisor grants five

TRY_LATER = "451 4.3.0 Your mail could not be stored just now. Nothing is lost: please send it again later."
BUSY = "421 4.3.2 Too many connections at once: please try again in a minute."
NO_PASSWORDS = "502 5.5.1 This mailbox takes mail without a password: send without AUTH."


class Accept(Protocol):
    """Commit one mail. Returns when it is on disk; any exception means that it is not."""

    def __call__(
        self,
        raw: bytes,
        *,
        source: str,
        received_at: datetime,
        envelope_from: str,
        envelope_to: Sequence[str],
        mailbox: str,
    ) -> object: ...


class Listener:
    """Listens on one address for one mailbox.

    ``accept`` runs in a thread of its own, so it may use the database. ``received_at`` is the end
    of DATA, aware, UTC: from there the statutory clock runs (design, receipt instant).
    """

    def __init__(
        self,
        accept: Accept,
        *,
        mailbox: str,
        aliases: Sequence[str] = (),
        max_bytes: int,
        protocol: Literal["smtp", "lmtp"] = "smtp",
    ) -> None:
        self.accept = accept
        self.mailbox = mailbox
        self.ours = frozenset(address.lower() for address in (mailbox, *aliases))
        self.max_bytes = max_bytes
        self.protocol = protocol
        self.sessions: set[_Session] = set()
        self.buffered = 0
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="accept")
        self._server: asyncio.Server | None = None
        self._committing: set[asyncio.Future[object]] = set()

    def is_ours(self, address: str) -> bool:
        """Our mailbox, an alias, or a plus-address of either (replies come back to those)."""
        local, _, domain = address.lower().rpartition("@")
        return f"{local.partition('+')[0]}@{domain}" in self.ours

    async def start(self, host: str, port: int) -> int:
        """Begin to listen; the port taken (useful when 0 was asked). Raises OSError when it is busy."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Session(self, loop), host, port)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Take no new mail, let what is being committed finish, hang up."""
        if self._server is not None:
            self._server.close()
        if self._committing:
            await asyncio.wait(self._committing, timeout=STOP_SECONDS)
            await asyncio.sleep(0)  # the sessions that waited for it write their 250
        for session in list(self.sessions):
            session.hang_up()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def commit(self, raw: bytes, received_at: datetime, sender: str, recipients: Sequence[str]) -> None:
        """Returns when ``accept`` has committed; raises what it raised."""

        def work() -> None:
            close_old_connections()
            try:
                self.accept(
                    raw,
                    source=self.protocol,
                    received_at=received_at,
                    envelope_from=sender,
                    envelope_to=tuple(recipients),
                    mailbox=self.mailbox,
                )
            finally:
                close_old_connections()

        future: asyncio.Future[object] = asyncio.get_running_loop().run_in_executor(self._pool, work)
        self._committing.add(future)
        future.add_done_callback(self._committing.discard)
        # Shielded: a sender who hangs up must not undo a commit that has begun.
        await asyncio.shield(future)


class _Handler:
    """What aiosmtpd asks us for; the session does the rest itself."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener

    async def handle_RCPT(
        self, session: "_Session", _state: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not self._listener.is_ours(address):
            return "550 5.1.1 There is no such mailbox here, and this server passes no mail on."
        if len(envelope.rcpt_tos) >= 100:
            return "452 4.5.3 Too many recipients in one mail."
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_EHLO(
        self, _session: "_Session", state: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        state.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_exception(self, error: Exception) -> str:
        log.error("the mail session failed", error=type(error).__name__)
        return TRY_LATER


class _Session(SMTP):
    """One connection. Replaces the parts of aiosmtpd that refuse long lines and hold a mail twice."""

    # Only the size of a read: a longer line of a mail is taken in pieces, a longer command is refused.
    line_length_limit = 64 * 1024

    def __init__(self, listener: Listener, loop: asyncio.AbstractEventLoop) -> None:
        self._listener = listener
        super().__init__(
            _Handler(listener),
            data_size_limit=listener.max_bytes,
            enable_SMTPUTF8=True,
            hostname="dsar-intake",
            ident="takes mail for one mailbox",
            timeout=300,
            loop=loop,
        )
        if listener.protocol == "lmtp":
            for greeting in ("HELO", "EHLO"):
                self._smtp_methods.pop(greeting)
        else:
            self._smtp_methods.pop("LHLO")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if len(self._listener.sessions) >= MAX_CONNECTIONS and isinstance(transport, asyncio.WriteTransport):
            transport.write(BUSY.encode() + b"\r\n")
            transport.close()
            return
        self._listener.sessions.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self in self._listener.sessions:
            self._listener.sessions.discard(self)
            super().connection_lost(error)

    def hang_up(self) -> None:
        if self.transport is not None:
            self.transport.close()

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, hostname: str) -> None:
        """The greeting of LMTP (RFC 2033), otherwise EHLO."""
        await super().smtp_EHLO(hostname)

    @syntax("MAIL FROM: <address>", extended=" [SP <mail-parameters>]")
    async def smtp_MAIL(self, arg: str | None) -> None:
        announced = re.search(r"\sSIZE=(\d{1,20})(?:\s|$)", arg or "", re.IGNORECASE)
        if announced and int(announced[1]) > self._listener.max_bytes:
            await self.push(self._too_large())
            return
        await super().smtp_MAIL(arg)

    @syntax("AUTH <mechanism>")
    async def smtp_AUTH(self, _arg: str) -> None:
        await self.push(NO_PASSWORDS)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        if await self.check_helo_needed():
            return
        recipients = list(self.envelope.rcpt_tos)
        if not recipients:
            await self.push("503 5.5.1 Name a recipient with RCPT before DATA.")
            return
        if arg:
            await self.push("501 5.5.4 DATA takes nothing behind it.")
            return
        await self.push("354 Send the mail, end with a dot on a line of its own.")
        buffer = io.BytesIO()
        try:
            async with asyncio.timeout(DATA_SECONDS):
                whole = await self._receive(buffer)
            received_at = datetime.now(UTC)
            reply = await self._hand_over(buffer, received_at, recipients) if whole else self._too_large()
        except TimeoutError:
            await self.push("421 4.4.2 The mail took more than an hour: please send it again.")
            self.hang_up()
            return
        finally:
            self._listener.buffered -= buffer.tell()
            buffer.close()
        self._set_post_data_state()
        # LMTP answers for each recipient (RFC 2033, 4.2), SMTP once.
        for _ in recipients if self._listener.protocol == "lmtp" else recipients[:1]:
            await self.push(reply)

    async def _receive(self, buffer: io.BytesIO) -> bool:
        """Read to the lone dot, undoing dot-stuffing (RFC 5321, 4.5.2); False when it grew too large."""
        fits, total, at_line_start = True, 0, True
        while True:
            try:
                piece = await self._reader.readuntil(b"\r\n")
            except asyncio.LimitOverrunError as overrun:
                piece = await self._reader.read(overrun.consumed)
            self._reset_timeout()
            if at_line_start and piece.startswith(b"."):
                if piece == b".\r\n":
                    return fits
                piece = piece[1:]
            at_line_start = piece.endswith(b"\r\n")
            total += len(piece)
            if fits and total <= self._listener.max_bytes:
                buffer.write(piece)
                self._listener.buffered += len(piece)
            elif fits:
                fits = False
                self._listener.buffered -= buffer.tell()
                buffer.seek(0)
                buffer.truncate()

    async def _hand_over(self, buffer: io.BytesIO, received_at: datetime, recipients: list[str]) -> str:
        if self._listener.buffered > MAX_BUFFERED_BYTES:
            return "452 4.3.1 Too much mail at once: please send this one again in a minute."
        sender = "" if self.envelope.mail_from == "<>" else _printable(self.envelope.mail_from or "")
        self._reset_timeout(600)
        try:
            await self._listener.commit(buffer.getvalue(), received_at, sender, [_printable(to) for to in recipients])
        except Exception:
            # Whatever it was, the sender keeps the mail and tries again: that is what loses nothing.
            log.exception("a mail was not stored, the sender was asked to try again")
            return TRY_LATER
        self._reset_timeout()
        log.info("mail stored", bytes=buffer.tell())
        return "250 2.0.0 Stored."

    def _too_large(self) -> str:
        megabytes = self._listener.max_bytes // (1024 * 1024)
        return f"552 5.3.4 This mail is larger than {megabytes} MB: please send it in parts or without attachments."


def _printable(address: str) -> str:
    """As text a database takes: no lone surrogates, no NUL."""
    return address.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\x00", "\ufffd")


async def serve(listener: Listener, host: str, port: int, *, ready: Callable[[int], Any] = lambda port: None) -> None:
    """Listen until SIGTERM or SIGINT, then stop in good order. Raises OSError when the port is busy."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(sign, stop.set)
    ready(await listener.start(host, port))
    await stop.wait()
    await listener.stop()
