"""A mailbox of its own on a real server for each test, and visits to it."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as project

from dsar.intake import tasks
from dsar.intake.mailbox import taking
from dsar.intake.mailbox.accounts import Account, accounts
from dsar.intake.mailbox.client import connect
from tests.dovecot import Dovecot

_numbers = itertools.count()


@dataclass
class Box:
    """One user of the server, and our account on it."""

    server: Dovecot
    user: str
    account: Account

    def visit(self) -> int | None:
        """Read the mailbox once over a connection of its own."""
        connection = connect(self.account, lambda: self.account.secret)
        try:
            return taking.visit(self.account, lambda: connection)
        finally:
            connection.close()

    def append(self, raw: bytes, **where: Any) -> None:
        self.server.append(self.user, raw, **where)

    def uids(self, folder: str = "INBOX", criteria: str = "ALL") -> list[int]:
        return self.server.uids(self.user, folder, criteria)


@pytest.fixture
def make_box(dovecot: Dovecot, installed: object, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Box]:
    """Boxes on the server; the bell does the work at once."""
    monkeypatch.setattr(tasks.process, "delay", tasks.process)

    def make(**parameters: str) -> Box:
        user = f"box{next(_numbers)}"
        [account] = accounts([dovecot.url(user, **parameters)], mailbox=project.MAILBOX)
        return Box(dovecot, user, account)

    return make


@pytest.fixture
def box(make_box: Callable[..., Box]) -> Iterator[Box]:
    return make_box()
