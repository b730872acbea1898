"""A mailbox on a real server while everything goes wrong around it: count in = count of what became of it.

    python -m tests.flows.mailbox_campaign --mails 500 --kills 8 --cuts 20 --seed 7

Mail comes by APPEND and by LMTP, some of it twice. A colleague marks and moves it, the connection is
cut inside FETCH, the server begins new epochs, and the process that fetches is killed at random moments
and at every named point. A kind of fault that never struck makes the run invalid.
"""

import contextlib
import imaplib
import os
import random
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import dovecot
from tests.dovecot import PASSWORD, Dovecot
from tests.flows import frame, peer
from tests.flows.crashsite.sitecustomize import MAILBOX_POINTS
from tests.flows.frame import Report
from tests.flows.mails import written_by
from tests.flows.peer import Peer
from tests.flows.processes import find
from tests.installation import wait_until

USER = "vieprivee"
FOLDERS = ("INBOX", "Archive", "Junk")
POINTS = (*MAILBOX_POINTS, "mail-sealed-before-commit", "mail-committed-before-the-bell", "mail-rung-before-250")


@dataclass(frozen=True, kw_only=True)
class Plan(frame.Plan):
    """How much of what; one mail in ten comes twice."""

    kills: int
    cuts: int
    epochs: int
    points: tuple[str, ...] = POINTS
    lease_seconds: int | None = 5
    quiet_seconds: float = 600


class Way:
    """The way to the server, through which every byte passes; cut inside a FETCH when told to."""

    def __init__(self, port: int, rng: random.Random) -> None:
        self._far, self._random = port, rng
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.armed = 0
        self.cuts = 0
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._far)) as far:
            threading.Thread(target=self._back, args=(near, far), daemon=True).start()
            while data := near.recv(65536):
                far.sendall(data)

    def _back(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := far.recv(65536):
                at = data.find(b"BODY[]<")
                with self._lock:
                    cut = self.armed > 0 and at >= 0
                    if cut:
                        self.armed -= 1
                        self.cuts += 1
                if cut:
                    near.sendall(data[: self._random.randint(at, len(data))])
                    break
                near.sendall(data)
        for end in (near, far):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@dataclass
class Struck:
    """Faults that really happened."""

    kills: int = 0
    epochs: int = 0
    moved: int = 0
    marked: int = 0
    brought_back: int = 0


class MailboxCampaign(frame.Run):
    """One run of one installation against one mailbox."""

    plan: Plan
    points_share = 0.5  # so that most strike while mail still comes in

    def __init__(self, plan: Plan, folder: Path, server: Dovecot, theirs: Peer) -> None:
        self.server = server
        self.way = Way(server.imap, random.Random(plan.seed + 1))
        super().__init__(
            plan,
            folder,
            theirs,
            IMAP_URLS=f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.way.port}?tls=none&folders=*",
            IMAP_POLL_SECONDS="1",
        )
        self.struck = Struck()
        self.copies = 0

    def start(self) -> None:
        process = self.ours.start([sys.executable, "manage.py", "run"])
        wait_until(lambda: "Processed" in self._folders(), 300, "the first visit", lambda: self.ours.output)
        assert process.poll() is None, self.ours.output
        time.sleep(1.1)  # the mailbox begins with the second of the first visit

    def strike(self) -> None:
        works: list[Callable[[], None]] = [self._post, self._colleague, self._killer, self._cutter, self._epochs]
        threads = [threading.Thread(target=work, daemon=True) for work in [*works, self.arm_points]]
        for thread in threads:
            thread.start()
        threads[0].join()
        for thread in threads[1:]:
            thread.join(self.plan.seconds + 120)

    def outstanding(self) -> bool:
        return bool(self.armed()) or self.way.armed > 0 or not self._colleague_did_all()

    def idle(self, held: Report) -> bool:
        self.way.armed = 0
        box = held["mailboxes"][0]
        left = sum(len(self.server.uids(USER, name)) for name in FOLDERS)
        return super().idle(held) and not left and not box["difference"] and box["server"] == self._on_server()

    def _folders(self) -> str:
        with self.server.client(USER) as client:
            return str(client.list()[1])

    def _on_server(self) -> int:
        return sum(len(self.server.uids(USER, name)) for name in (*FOLDERS, "Processed"))

    # -- what comes in -----------------------------------------------------------------------

    def _post(self) -> None:
        for number in range(self.plan.mails):
            self.sleep_until(self.plan.seconds * number / self.plan.mails)
            self.deliver(number)

    def deliver(self, number: int) -> None:
        sender, raw = written_by(number, self.plan.seed)
        for _ in range(2 if number % 10 == 0 else 1):
            if number % 2:
                self.server.append(USER, raw)
            else:
                self.server.deliver(USER, raw, sender=sender)
        self.copies += number % 10 == 0

    # -- faults --------------------------------------------------------------------------------

    def _colleague(self) -> None:
        """Somebody with another mail program, who never deletes."""
        own = random.Random(self.plan.seed + 2)
        while not self.over.wait(own.uniform(0.1, 0.6)):
            if self.elapsed() > self.plan.seconds and self._colleague_did_all():
                return  # on a busy machine the time alone may end before each kind of act came up
            with contextlib.suppress(imaplib.IMAP4.error, OSError), self.server.client(USER) as client:
                self._works_in(client, own)

    def _colleague_did_all(self) -> bool:
        return all((self.struck.marked, self.struck.moved, self.struck.brought_back))

    def _works_in(self, client: imaplib.IMAP4, own: random.Random) -> None:
        source = own.choice(["INBOX", "INBOX", "INBOX", "Processed"])
        client.create("Archive")
        if client.select(source)[0] != "OK":
            return
        uids = client.uid("SEARCH", "ALL")[1][0].split()
        if not uids:
            return
        uid = own.choice(uids).decode()
        client.uid("STORE", uid, "+FLAGS", "(\\Seen)")
        self.struck.marked += 1
        if own.random() < 0.5:
            target = "INBOX" if source == "Processed" else own.choice(["Archive", "Junk"])
            if client.uid("MOVE", uid, target)[0] == "OK":
                self.struck.moved += 1
                self.struck.brought_back += source == "Processed"

    def _killer(self) -> None:
        own = random.Random(self.plan.seed + 3)
        for moment in sorted(own.uniform(0.03, 0.97) * self.plan.seconds for _ in range(self.plan.kills)):
            self.sleep_until(moment)
            while not self.over.is_set() and not self._kill(own):
                time.sleep(0.2)

    def _kill(self, own: random.Random) -> bool:
        victims = [pid for process in self.ours.processes for pid in find(process.pid, "fetch")]
        with contextlib.suppress(ProcessLookupError):
            if victims:
                os.kill(own.choice(victims), signal.SIGKILL)
                self.struck.kills += 1
                return True
        return False

    def _cutter(self) -> None:
        own = random.Random(self.plan.seed + 4)
        for moment in sorted(own.uniform(0.03, 0.95) * self.plan.seconds for _ in range(self.plan.cuts)):
            self.sleep_until(moment)
            self.way.armed += 1

    def _epochs(self) -> None:
        """The server begins a new UIDVALIDITY in one folder after the other."""
        folders = ["INBOX", "Processed", "Archive"]
        for number in range(self.plan.epochs):
            self.sleep_until(self.plan.seconds * (number + 0.5) / self.plan.epochs)
            while not self.over.is_set():  # again where the folder is not there yet, or locked
                if self.server.renumber(USER, folders[number % 3]):
                    self.struck.epochs += 1
                    break
                self.over.wait(1)

    # -- the figures ---------------------------------------------------------------------------------

    def figures(self) -> Report:
        return {
            "points": sorted(self.points_struck()),
            "cuts": self.way.cuts,
            **vars(self.struck),
            "never_struck": self._never_struck(),
            "copies": self.copies,
            # What the server holds, nobody having deleted anything. A MOVE that dies in between may leave a
            # message in both folders, so this is what came in; it is never less than what was delivered.
            "in": self._on_server(),
        }

    def _never_struck(self) -> list[str]:
        missing = sorted(set(self.plan.points) - set(self.points_struck()))
        asked = {"kills": self.plan.kills, "epochs": self.plan.epochs, "moved": 1, "marked": 1, "brought_back": 1}
        missing += [name for name, number in asked.items() if getattr(self.struck, name) < number]
        return [*missing, "cuts"] if self.way.cuts < self.plan.cuts else missing


def failures(report: Report) -> list[str]:
    """What the run shows to be wrong, one sentence each; nothing when all held."""
    wrong = frame.common_failures(report)
    states, delivered = report["messages"], report["mails"] + report["copies"]
    if report["in"] < delivered:
        wrong.append(f"{delivered} were delivered, the server holds {report['in']}")
    became = sum(states[how] for how in ("opened", "attached", "divided", "filed", "duplicate"))
    if became != report["in"]:
        wrong.append(f"{report['in']} messages came in, {became} became something: {states}")
    [box] = report["mailboxes"]
    if not report["in"] == box["server"] == box["there"] or box["difference"]:
        wrong.append(f"the server holds {report['in']} messages, the tables say {box}")
    return wrong


def campaign(plan: Plan) -> Report:
    """One run; its report. Raises Missing without Dovecot."""
    with dovecot.dovecot() as server, peer.listening() as theirs:
        return frame.campaign(lambda folder: MailboxCampaign(plan, folder, server, theirs), failures)


if __name__ == "__main__":
    about = "Read a mailbox while everything goes wrong around it."
    sys.exit(frame.main(about, Plan, campaign, failures, mails=500, kills=8, cuts=20, epochs=6, seconds=600.0))
