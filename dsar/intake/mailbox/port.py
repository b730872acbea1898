"""What fetching needs of a mail server, and how it may fail. Standard library only."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Trouble(StrEnum):
    """Why a mailbox cannot be read; stored, and told to staff in a sentence."""

    UNREACHABLE = "unreachable"
    NOT_SECURE = "not_secure"
    REFUSED = "refused"  # the password or the token
    TOKEN = "token"  # noqa: S105  the token server, not a token
    FOLDER = "folder"
    CUT = "cut"
    STORE = "store"  # ours: a message could not be made durable here


class MailboxTrouble(Exception):
    """The mailbox cannot be read now: drop the connection and come back later. Names no person."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble.value}: {detail}" if detail else trouble.value)
        self.trouble = trouble


class CommandRefused(Exception):
    """The server answered NO or BAD to one command; the connection still stands."""


class MessageVanished(Exception):
    """Somebody else took the message away between seeing and reading it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder that was selected: its epoch and the UID the next message will get."""

    uidvalidity: int
    uidnext: int


@dataclass(frozen=True, slots=True)
class Head:
    """What is asked before the body. ``received_at`` is INTERNALDATE, aware."""

    uid: int
    size: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """Where messages went: UIDs in the new folder by their old ones (RFC 4315, COPYUID)."""

    uidvalidity: int
    uids: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """A folder and its attributes in lower case, such as ``\\junk`` (RFC 6154)."""

    name: str
    attributes: frozenset[str]


class Server(Protocol):
    """One connection, signed in. Every method raises MailboxTrouble when the connection is lost."""

    def folders(self) -> list[Listed]: ...

    def make_folder(self, name: str) -> None:
        """Raises CommandRefused when it cannot be made."""

    def open(self, folder: str) -> Opened:
        """Raises MailboxTrouble(FOLDER) when there is no such folder."""

    def uids(self) -> set[int]:
        """All messages of the open folder."""

    def heads(self, uids: Collection[int]) -> dict[int, Head]:
        """Without those that are no longer there."""

    def piece(self, uid: int, start: int, length: int) -> bytes:
        """Bytes of a message from ``start``, fewer than ``length`` only at its end; marks nothing.

        Raises MessageVanished when it is not there, and CommandRefused.
        """

    def mark(self, uids: Sequence[int], keyword: str) -> None:
        """Raises CommandRefused."""

    def move(self, uids: Sequence[int], folder: str) -> Moved | None:
        """None when the server does not say where they went. Raises CommandRefused."""

    def expunge(self, uids: Sequence[int]) -> None:
        """Remove exactly these for good. Raises CommandRefused."""

    def wait(self, seconds: float, stopped: Callable[[], bool]) -> bool:
        """Until something arrives (True), ``stopped`` or the time is over (False)."""

    def close(self) -> None:
        """Sign out; never raises."""
