"""Keeps reading the mailboxes: at fixed times, and at once when the server rings (IDLE).

The look at fixed times is what counts; a bell that never rings costs at most one pause.
"""

import contextlib
import time
from collections.abc import Callable
from threading import Event, Thread

import structlog
from django.db import close_old_connections, connections

from dsar.intake.mailbox import taking
from dsar.intake.mailbox.accounts import Account
from dsar.intake.mailbox.client import connect
from dsar.intake.mailbox.oauth import Tokens
from dsar.intake.mailbox.port import MailboxTrouble, Server, Trouble

log = structlog.get_logger(__name__)

RECONNECT_SECONDS = 25 * 60  # under the 29 minutes after which servers hang up (RFC 2177)


class Watch:
    """One mailbox in one thread, until ``stop``. ``alive`` is called after each look."""

    def __init__(
        self, account: Account, stop: Event, *, pause: float, alive: Callable[[], None] = lambda: None
    ) -> None:
        self.account, self.stop, self.pause, self.alive = account, stop, pause, alive
        self.tokens = Tokens()
        self._server: Server | None = None
        self._since = 0.0

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                self.look()
                self._wait()
            self.hang_up()
        finally:
            connections.close_all()  # they belong to this thread

    def look(self) -> None:
        """One visit; whatever goes wrong in it is written down there and does not end the watch."""
        close_old_connections()
        try:
            taking.visit(self.account, self._connection)
        except MailboxTrouble as trouble:
            if trouble.trouble is Trouble.REFUSED:
                self.tokens.forget(self.account)
            log.warning("the mailbox was left", trouble=str(trouble))
            self.hang_up()
        except Exception:
            log.exception("the mailbox was left; it is looked into again")
            self.hang_up()
        finally:
            with contextlib.suppress(Exception):  # the database may be what failed
                self.alive()
            close_old_connections()

    def _connection(self) -> Server:
        if self._server is not None and time.monotonic() - self._since > RECONNECT_SECONDS:
            self.hang_up()
        if self._server is None:
            self._server = connect(self.account, self._secret)
            self._since = time.monotonic()
        return self._server

    def _secret(self) -> str:
        return self.tokens.of(self.account) if self.account.oauth else self.account.secret

    def _wait(self) -> None:
        if self._server is None:
            self.stop.wait(self.pause)
            return
        try:
            # The inbox is looked at last before waiting, so that its bell is the one that rings.
            self._server.open(self.account.bell)
            self._server.wait(self.pause, self.stop.is_set)
        except MailboxTrouble:
            self.hang_up()
            self.stop.wait(1)

    def hang_up(self) -> None:
        """Leave the connection, if there is one."""
        if self._server is not None:
            self._server.close()
            self._server = None


def watch_all(accounts: list[Account], stop: Event, *, pause: float, alive: Callable[[], None] = lambda: None) -> None:
    """Watch every mailbox until ``stop``: a server that hangs delays its own mailbox only."""
    threads = [
        Thread(target=Watch(account, stop, pause=pause, alive=alive).run, name=f"mailbox-{number}", daemon=True)
        for number, account in enumerate(accounts, start=1)
    ]
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join(3)
