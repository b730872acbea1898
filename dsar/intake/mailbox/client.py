"""An IMAP server as fetching needs it, by imap-tools.

Its ``fetch`` holds whole messages, and its ``flag`` and ``delete`` expunge what other clients have
marked as deleted, so UID commands are given one by one. Reads use BODY.PEEK and mark nothing.
"""

import contextlib
import imaplib
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import Any, cast

import imap_tools
from imap_tools.errors import ImapToolsError
from imap_tools.utils import encode_folder

from dsar.intake.mailbox.accounts import Account, Tls
from dsar.intake.mailbox.port import (
    CommandRefused,
    Head,
    Listed,
    MailboxTrouble,
    MessageVanished,
    Moved,
    Opened,
    Trouble,
)

CONNECT_SECONDS = 45
COMMAND_SECONDS = 60
PIECE_SECONDS = 90
SIGN_OUT_SECONDS = 5
AT_ONCE = 100  # messages in one command
_UID = re.compile(rb"\bUID (\d+)")
_EMPTY = re.compile(rb"BODY\[\](<\d+>)? \"\"", re.IGNORECASE)
_HEAD = re.compile(rb"UID (?P<uid>\d+)|RFC822\.SIZE (?P<size>\d+)|INTERNALDATE \"(?P<date>[^\"]+)\"", re.IGNORECASE)


class ImapServer:
    """One connection, see ``port.Server``."""

    def __init__(self, box: imap_tools.BaseMailBox) -> None:
        self._box = box
        self._client = box.client
        self._read_only = False

    # -- folders ---------------------------------------------------------------------------

    def folders(self) -> list[Listed]:
        with self._step(COMMAND_SECONDS):
            found = self._box.folder.list()
        return [Listed(info.name, frozenset(flag.lower() for flag in info.flags)) for info in found]

    def make_folder(self, name: str) -> None:
        with self._step(COMMAND_SECONDS):
            self._box.folder.create(name)

    def open(self, folder: str) -> Opened:
        try:
            with self._step(COMMAND_SECONDS):
                self._read_only = self._select(folder)
                validity, following = (self._number(name) for name in ("UIDVALIDITY", "UIDNEXT"))
        except CommandRefused as refused:
            raise MailboxTrouble(Trouble.FOLDER, str(refused)) from refused
        return Opened(validity, following)

    def _select(self, folder: str) -> bool:
        """Whether the server lets us only look into it: what is there is read all the same (EXAMINE)."""
        try:
            self._box.folder.set(folder)
        except imaplib.IMAP4.readonly:  # for imaplib a kind of lost connection, which it is not
            self._box.folder.set(folder, readonly=True)
            return True
        return False

    def _number(self, name: str) -> int:
        _, values = self._client.response(name)
        found = [value for value in values if value]
        if not found:
            raise MailboxTrouble(Trouble.FOLDER, f"the server gives no {name}")
        return int(found[-1])

    # -- messages --------------------------------------------------------------------------

    def uids(self) -> set[int]:
        with self._step(COMMAND_SECONDS):
            # No CHARSET: some servers refuse it.
            return {int(uid) for uid in self._box.uids("ALL", charset=None)}

    def heads(self, uids: Collection[int]) -> dict[int, Head]:
        found = {}
        for some in _chunks(sorted(uids)):
            for line in self._uid("FETCH", some, "(UID INTERNALDATE RFC822.SIZE)"):
                head = _head(line)
                if head is not None:
                    found[head.uid] = head
        return found

    def piece(self, uid: int, start: int, length: int) -> bytes:
        answer = self._uid("FETCH", [uid], f"(UID BODY.PEEK[]<{start}.{length}>)", seconds=PIECE_SECONDS)
        for part, following in zip_longest(answer, answer[1:], fillvalue=b""):
            about, body = part if isinstance(part, tuple) else (part, None)
            said = _UID.search(about) or (_UID.search(following) if isinstance(following, bytes) else None)
            if said is None or int(said[1]) != uid:
                continue  # the server tells something of another message, or late of an earlier command
            if body is not None and b"BODY[" in about.upper():
                return cast("bytes", body)
            if _EMPTY.search(about):
                return b""  # the end; NIL instead says that the message is no longer there
        raise MessageVanished

    def mark(self, uids: Sequence[int], keyword: str) -> None:
        self._must_be_ours_to_change()
        for some in _chunks(uids):
            self._uid("STORE", some, "+FLAGS.SILENT", f"({keyword})")

    def move(self, uids: Sequence[int], folder: str) -> Moved | None:
        self._must_be_ours_to_change()
        validity = 0
        moved: dict[int, int] = {}
        for some in _chunks(uids):
            told = self._move(some, folder)
            if told is None:
                return None
            validity = told.uidvalidity
            moved.update(told.uids)
        return Moved(validity, moved)

    def _move(self, uids: Sequence[int], folder: str) -> Moved | None:
        self._client.untagged_responses.pop("COPYUID", None)
        if "MOVE" in self._client.capabilities:
            self._uid("MOVE", uids, encode_folder(folder))
            return _copyuid(self._client.response("COPYUID")[1])
        self._uid("COPY", uids, encode_folder(folder))
        told = _copyuid(self._client.response("COPYUID")[1])
        self.expunge(uids)
        return told

    def expunge(self, uids: Sequence[int]) -> None:
        self._must_be_ours_to_change()
        if "UIDPLUS" not in self._client.capabilities:
            # A plain EXPUNGE would also remove what other people have only marked as deleted.
            raise CommandRefused("the server has no UID EXPUNGE")
        for some in _chunks(uids):
            self._uid("STORE", some, "+FLAGS.SILENT", "(\\Deleted)")
            self._uid("EXPUNGE", some)

    def _must_be_ours_to_change(self) -> None:
        """Before any of it: a server may copy and only then refuse to remove, and each look would copy again."""
        if self._read_only:
            raise CommandRefused("the folder is open to us for reading only")

    # -- waiting and leaving ------------------------------------------------------------------

    def wait(self, seconds: float, stopped: Callable[[], bool]) -> bool:
        end = time.monotonic() + seconds
        idle = "IDLE" in self._client.capabilities
        if not idle:
            while time.monotonic() < end and not stopped():
                time.sleep(min(1, max(0.0, end - time.monotonic())))
            return False
        with self._step(COMMAND_SECONDS, waiting=seconds):
            self._box.idle.start()  # type: ignore[no-untyped-call]
            happened: list[bytes] = []
            while not happened and not stopped() and time.monotonic() < end:
                happened = self._box.idle.poll(timeout=1)
            self._box.idle.stop()  # type: ignore[no-untyped-call]
        return bool(happened)

    def close(self) -> None:
        with contextlib.suppress(MailboxTrouble, CommandRefused), self._step(SIGN_OUT_SECONDS):
            self._client.logout()
        _shut(self._client)

    # -- one command -----------------------------------------------------------------------------

    def _uid(self, command: str, uids: Iterable[int], *arguments: Any, seconds: float = COMMAND_SECONDS) -> list[Any]:
        with self._step(seconds):
            status, answer = self._client.uid(command, ",".join(map(str, uids)), *arguments)
            if status != "OK":
                raise CommandRefused(f"{command} was answered with {status}")
        return [part for part in answer if part is not None]

    @contextlib.contextmanager
    def _step(self, seconds: float, *, waiting: float = 0) -> Iterator[None]:
        """One step with its own time limit; what can go wrong in it gets one of our names."""
        try:
            with _within(self._client.sock, seconds, seconds + waiting):
                yield
        except (imaplib.IMAP4.abort, OSError, EOFError) as lost:
            raise MailboxTrouble(Trouble.CUT, type(lost).__name__) from lost
        except (imaplib.IMAP4.error, ImapToolsError) as refused:
            raise CommandRefused(type(refused).__name__) from refused


def connect(account: Account, secret: Callable[[], str]) -> ImapServer:
    """Connect and sign in; ``secret`` gives the password, or the access token where the account uses one.

    TLS is what the account says or nothing: a server that does not offer it is not spoken to, and a
    certificate that does not hold is refused. Raises MailboxTrouble.
    """
    box = _connected(account)
    try:
        word = secret()
        with _within(box.client.sock, COMMAND_SECONDS, COMMAND_SECONDS):
            _sign_in(box, account, word)
            _ask_capabilities(box.client)
    except (imaplib.IMAP4.abort, OSError, EOFError) as lost:
        _shut(box.client)
        raise MailboxTrouble(Trouble.CUT, type(lost).__name__) from lost
    except (imaplib.IMAP4.error, ImapToolsError) as refused:
        _shut(box.client)
        raise MailboxTrouble(Trouble.REFUSED, type(refused).__name__) from None  # its text may hold the password
    except MailboxTrouble:
        _shut(box.client)
        raise
    return ImapServer(box)


def _sign_in(box: imap_tools.BaseMailBox, account: Account, word: str) -> None:
    if account.oauth:
        _xoauth2(box, account.user, word)
    elif box.client.capabilities and "LOGINDISABLED" in box.client.capabilities:
        raise MailboxTrouble(Trouble.NOT_SECURE, "the server takes no password on this connection")
    elif account.user.isascii() and word.isascii():
        box.login(account.user, word, initial_folder=None)
    else:
        box.login_utf8(account.user, word, initial_folder=None)


@contextlib.contextmanager
def _within(sock: socket.socket, silent: float, whole: float) -> Iterator[None]:
    """At most ``silent`` seconds without a byte, and ``whole`` in all: a server that drips is cut off too."""
    sock.settimeout(silent)
    # Past the encryption, which is not to be taken apart while another thread reads.
    watchdog = threading.Timer(whole, _cut, [sock])
    watchdog.daemon = True
    watchdog.start()
    try:
        yield
    finally:
        watchdog.cancel()


def _cut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


class _Box(imap_tools.BaseMailBox):
    """imap-tools over a connection that was made here: its own leave sockets open when STARTTLS fails."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._made = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._made


def _connected(account: Account) -> _Box:
    try:
        context = ssl.create_default_context(cafile=account.cafile or None)
        if account.tls is Tls.IMPLICIT:
            client: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                account.host, account.port, ssl_context=context, timeout=CONNECT_SECONDS
            )
        else:
            client = imaplib.IMAP4(account.host, account.port, timeout=CONNECT_SECONDS)
    except ssl.SSLError as error:
        raise MailboxTrouble(Trouble.NOT_SECURE, error.reason or type(error).__name__) from error
    except (OSError, EOFError, imaplib.IMAP4.error) as error:
        raise MailboxTrouble(Trouble.UNREACHABLE, type(error).__name__) from error
    if account.tls is Tls.STARTTLS:
        try:
            client.starttls(context)
        except (OSError, EOFError, imaplib.IMAP4.error) as error:
            _shut(client)
            raise MailboxTrouble(Trouble.NOT_SECURE, type(error).__name__) from error
    return _Box(client)


def _shut(client: imaplib.IMAP4) -> None:
    with contextlib.suppress(OSError):
        client.shutdown()


def _xoauth2(box: imap_tools.BaseMailBox, user: str, token: str) -> None:
    """The second question, if any, holds the reason of a refusal and is answered with nothing."""
    answers = iter([f"user={user}\1auth=Bearer {token}\1\1".encode()])
    box.client.authenticate("XOAUTH2", lambda _question: next(answers, b""))


def _ask_capabilities(client: imaplib.IMAP4) -> None:
    """Many servers tell what they can do only after the sign-in."""
    _, lines = client.capability()
    client.capabilities = tuple(lines[-1].decode("ascii", "replace").upper().split())


def _chunks(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), AT_ONCE):
        yield uids[start : start + AT_ONCE]


def _head(line: Any) -> Head | None:
    text = line[0] if isinstance(line, tuple) else line
    values: dict[str, bytes] = {}
    for match in _HEAD.finditer(text):
        values.update({name: value for name, value in match.groupdict().items() if value is not None})
    if not {"uid", "size"} <= set(values):
        return None
    received = internal_date(values.get("date", b"").decode("ascii", "replace"))
    return Head(int(values["uid"]), int(values["size"]), received or datetime.now(UTC))


def internal_date(text: str) -> datetime | None:
    """INTERNALDATE (RFC 3501, 2.3.3) as an aware instant; None when it is none."""
    match = re.fullmatch(r" ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)", text.strip('"'))
    if match is None or match[2].title() not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(match[number]) for number in (1, 3, 4, 5, 6))
    offset = timedelta(hours=int(match[8]), minutes=int(match[9])) * (-1 if match[7] == "-" else 1)
    try:
        local = datetime(year, _MONTHS.index(match[2].title()) + 1, day, hour, minute, min(second, 59), tzinfo=UTC)
        return local - offset
    except (ValueError, OverflowError):
        return None


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _copyuid(values: Sequence[bytes | None]) -> Moved | None:
    """``1696 1,3:4 7:9`` (RFC 4315, 3); a server may tell it in several lines."""
    validity = 0
    uids: dict[int, int] = {}
    for value in values:
        if value is None:
            continue
        number, before, after = value.decode("ascii").split()
        validity = int(number)
        uids.update(zip(_numbers(before), _numbers(after), strict=True))
    return Moved(validity, uids) if uids else None


def _numbers(text: str) -> list[int]:
    found: list[int] = []
    for piece in text.split(","):
        first, _, last = piece.partition(":")
        low, high = sorted((int(first), int(last or first)))
        found += range(low, high + 1)
    return found
