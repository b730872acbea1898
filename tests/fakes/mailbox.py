"""A mailbox in memory that behaves as an IMAP server does: UIDs never come back, a new epoch renumbers."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

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


@dataclass
class Stored:
    raw: bytes
    received_at: datetime
    flags: set[str] = field(default_factory=set)


@dataclass
class Folder:
    """``uidvalidity`` grows with each epoch; ``uidnext`` only grows within one."""

    uidvalidity: int
    uidnext: int = 1
    messages: dict[int, Stored] = field(default_factory=dict)

    def add(self, message: Stored) -> int:
        uid = self.uidnext
        self.messages[uid] = message
        self.uidnext += 1
        return uid


class Mailbox:
    """The mailbox itself, as the server and everybody's mail programs see it."""

    def __init__(self) -> None:
        self._epoch = 1000
        self.folders: dict[str, Folder] = {}
        self.make("INBOX")

    def make(self, name: str) -> Folder:
        self._epoch += 1
        return self.folders.setdefault(name, Folder(self._epoch))

    def move(self, uid: int, source: str, target: str) -> int:
        message = self.folders[source].messages.pop(uid)
        return self.make(target).add(message)

    def copy(self, uid: int, source: str, target: str) -> int:
        message = self.folders[source].messages[uid]
        return self.make(target).add(Stored(message.raw, message.received_at, set(message.flags)))

    def renumber(self, name: str) -> None:
        """A new UIDVALIDITY: the same messages under other numbers."""
        self._epoch += 1
        old = self.folders[name]
        self.folders[name] = Folder(self._epoch)
        for uid in sorted(old.messages, reverse=True):
            self.folders[name].add(old.messages[uid])


class Connection:
    """One connection, see ``dsar.intake.mailbox.port.Server``.

    ``before`` and ``after`` are called around each command with its number, and may raise.
    """

    def __init__(
        self,
        box: Mailbox,
        before: Callable[[int], None] = lambda number: None,
        after: Callable[[int], None] = lambda number: None,
    ) -> None:
        self.box, self.before, self.after = box, before, after
        self.selected = ""
        self.commands = 0

    def _command(self) -> int:
        self.commands += 1
        self.before(self.commands)
        return self.commands

    @property
    def _folder(self) -> Folder:
        return self.box.folders[self.selected]

    def folders(self) -> list[Listed]:
        self._command()
        return [Listed(name, frozenset()) for name in self.box.folders]

    def make_folder(self, name: str) -> None:
        number = self._command()
        if name in self.box.folders:
            raise CommandRefused("it is there already")
        self.box.make(name)
        self.after(number)

    def open(self, folder: str) -> Opened:
        self._command()
        if folder not in self.box.folders:
            raise MailboxTrouble(Trouble.FOLDER)
        self.selected = folder
        return Opened(self._folder.uidvalidity, self._folder.uidnext)

    def uids(self) -> set[int]:
        self._command()
        return set(self._folder.messages)

    def heads(self, uids: Collection[int]) -> dict[int, Head]:
        self._command()
        there = self._folder.messages
        return {uid: Head(uid, len(there[uid].raw), there[uid].received_at) for uid in uids if uid in there}

    def piece(self, uid: int, start: int, length: int) -> bytes:
        self._command()
        if uid not in self._folder.messages:
            raise MessageVanished
        return self._folder.messages[uid].raw[start : start + length]

    def mark(self, uids: Sequence[int], keyword: str) -> None:
        number = self._command()
        for uid in uids:
            if uid in self._folder.messages:
                self._folder.messages[uid].flags.add(keyword)
        self.after(number)

    def move(self, uids: Sequence[int], folder: str) -> Moved | None:
        number = self._command()
        source = self.selected
        moved = {uid: self.box.move(uid, source, folder) for uid in uids if uid in self._folder.messages}
        self.after(number)
        return Moved(self.box.folders[folder].uidvalidity, moved)

    def expunge(self, uids: Sequence[int]) -> None:
        number = self._command()
        for uid in uids:
            self._folder.messages.pop(uid, None)
        self.after(number)

    def wait(self, seconds: float, stopped: Callable[[], bool]) -> bool:
        return False

    def close(self) -> None:
        return
