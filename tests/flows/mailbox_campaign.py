"""A mailbox on a real server while everything goes wrong around it: count in = count of what became of it.

    python -m tests.flows.mailbox_campaign --mails 500 --kills 8 --cuts 20 --seed 7

Mail comes by APPEND and by LMTP, some of it twice. A colleague marks and moves it, the connection is
cut inside FETCH, the server begins new epochs, and the process that fetches is killed at random moments
and at every named point. A kind of fault that never struck makes the run invalid.
"""

import argparse
import contextlib
import imaplib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import dovecot
from tests.dovecot import PASSWORD, Dovecot
from tests.flows import peer
from tests.flows.audit import look
from tests.flows.crashsite.sitecustomize import MAILBOX_POINTS
from tests.flows.mails import written_by
from tests.flows.peer import Peer
from tests.flows.processes import find
from tests.installation import Installation, installation, wait_until

SITE = Path(__file__).with_name("crashsite")
USER = "vieprivee"
POINTS = (*MAILBOX_POINTS, "mail-sealed-before-commit", "mail-committed-before-the-bell", "mail-rung-before-250")


@dataclass(frozen=True)
class Plan:
    """How much of what, spread over ``seconds``; one mail in ten comes twice."""

    seed: int
    mails: int
    kills: int
    cuts: int
    epochs: int
    seconds: float
    points: tuple[str, ...] = POINTS
    lease_seconds: int = 5
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
    moves: int = 0
    marks: int = 0
    brought_back: int = 0
    points: set[str] = field(default_factory=set)


class MailboxCampaign:
    """One run of one installation against one mailbox."""

    def __init__(self, plan: Plan, folder: Path, server: Dovecot, theirs: Peer) -> None:
        self.plan, self.server, self.theirs = plan, server, theirs
        self.random = random.Random(plan.seed)
        self.way = Way(server.imap, random.Random(plan.seed + 1))
        self.crashes = folder / "crashes"
        for name in ("armed", "struck"):
            (self.crashes / name).mkdir(parents=True)
        self.ours: Installation = installation(
            folder / "data",
            OUTGOING_URL=theirs.url,
            IMAP_URLS=f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.way.port}?tls=none&folders=*",
            IMAP_POLL_SECONDS="1",
            PYTHONPATH=str(SITE),
            DSAR_TEST_CRASHES=str(self.crashes),
            DSAR_TEST_LEASE=str(plan.lease_seconds),
        )
        self.struck = Struck()
        self.copies = 0
        self.over = threading.Event()
        self.begun = time.monotonic()

    def run(self) -> dict[str, Any]:
        """Everything, to the report."""
        process = self.ours.start([sys.executable, "manage.py", "run"])
        try:
            wait_until(
                lambda: "Processed" in self._folders(),
                300,
                "the first visit",
                lambda: self.ours.output,
            )
            assert process.poll() is None, self.ours.output
            time.sleep(1.1)  # the mailbox begins with the second of the first visit
            self.begun = time.monotonic()
            works = [self._post, self._colleague, self._killer, self._cutter, self._epochs, self._armer]
            threads = [threading.Thread(target=work, daemon=True) for work in works]
            for thread in threads:
                thread.start()
            threads[0].join()
            for thread in threads[1:]:
                thread.join(self.plan.seconds + 120)
            end = time.monotonic() + 90  # a point armed late strikes at the next visit
            while list((self.crashes / "armed").iterdir()) and time.monotonic() < end:
                time.sleep(0.5)
            return self._report(self._quiet())
        finally:
            self.over.set()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.ours.stop()
            self.ours.kill()
            self.way.close()

    def _folders(self) -> str:
        with self.server.client(USER) as client:
            return str(client.list()[1])

    # -- what comes in -----------------------------------------------------------------------

    def _post(self) -> None:
        for number in range(self.plan.mails):
            self._sleep_until(self.plan.seconds * number / self.plan.mails)
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
        while not self.over.wait(own.uniform(0.1, 0.6)) and self._elapsed() < self.plan.seconds:
            with contextlib.suppress(imaplib.IMAP4.error, OSError), self.server.client(USER) as client:
                source = own.choice(["INBOX", "INBOX", "INBOX", "Processed"])
                client.create("Archive")
                if client.select(source)[0] != "OK":
                    continue
                uids = client.uid("SEARCH", "ALL")[1][0].split()
                if not uids:
                    continue
                uid = own.choice(uids).decode()
                client.uid("STORE", uid, "+FLAGS", "(\\Seen)")
                self.struck.marks += 1
                if own.random() < 0.5:
                    target = "INBOX" if source == "Processed" else own.choice(["Archive", "Junk"])
                    if client.uid("MOVE", uid, target)[0] == "OK":
                        self.struck.moves += 1
                        self.struck.brought_back += source == "Processed"

    def _killer(self) -> None:
        own = random.Random(self.plan.seed + 3)
        for moment in sorted(own.uniform(0.03, 0.97) * self.plan.seconds for _ in range(self.plan.kills)):
            self._sleep_until(moment)
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
            self._sleep_until(moment)
            self.way.armed += 1

    def _epochs(self) -> None:
        """The server begins a new UIDVALIDITY in one folder after the other."""
        folders = ["INBOX", "Processed", "Archive"]
        for number in range(self.plan.epochs):
            self._sleep_until(self.plan.seconds * (number + 0.5) / self.plan.epochs)
            self.struck.epochs += self.server.renumber(USER, folders[number % 3])

    def _armer(self) -> None:
        points = self.random.sample(self.plan.points, len(self.plan.points))
        for number, name in enumerate(points):
            self._sleep_until(self.plan.seconds * (0.05 + 0.5 * number / len(points)))
            (self.crashes / "armed" / name).touch()

    # -- time --------------------------------------------------------------------------------------

    def _elapsed(self) -> float:
        return time.monotonic() - self.begun

    def _sleep_until(self, moment: float) -> None:
        self.over.wait(max(0.0, moment - self._elapsed()))

    def _quiet(self) -> float:
        """No faults: the seconds until nothing was left to do and the counts agree."""
        begun = time.monotonic()
        self.way.armed = 0
        for name in self.plan.points:
            (self.crashes / "armed" / name).unlink(missing_ok=True)
        while not self._idle() and time.monotonic() - begun < self.plan.quiet_seconds:
            time.sleep(3)
        return time.monotonic() - begun

    def _idle(self) -> bool:
        found = look(self.ours)
        waiting = any(found[what] for what in ("unread", "unsettled", "pending", "letters_waiting"))
        box = found["mailboxes"][0]
        left = sum(len(self.server.uids(USER, name)) for name in ("INBOX", "Archive", "Junk"))
        return not waiting and not left and not box["difference"] and box["server"] == self._on_server()

    def _on_server(self) -> int:
        return sum(len(self.server.uids(USER, name)) for name in ("INBOX", "Archive", "Junk", "Processed"))

    # -- the figures ---------------------------------------------------------------------------------

    def _report(self, quiet: float) -> dict[str, Any]:
        self.struck.points = {file.name.rpartition(".")[0] for file in (self.crashes / "struck").iterdir()}
        held = look(self.ours, sweep=True)
        asked = {written_by(number, self.plan.seed)[0] for number in range(self.plan.mails)}
        arrived = self.theirs.by_message_id()
        identities = held["acknowledgements"]
        return {
            "seed": self.plan.seed,
            "seconds": round(self._elapsed()),
            "quiet_seconds": round(quiet),
            "kills": self.struck.kills,
            "points": sorted(self.struck.points),
            "cuts": self.way.cuts,
            "epochs": self.struck.epochs,
            "marked": self.struck.marks,
            "moved": self.struck.moves,
            "brought_back": self.struck.brought_back,
            "never_struck": self._never_struck(),
            "mails": self.plan.mails,
            "copies": self.copies,
            # What the server holds, nobody having deleted anything. A MOVE that dies in between may leave a
            # message in both folders, so this is what came in; it is never less than what was delivered.
            "in": self._on_server(),
            "lost": sorted(asked - set(held["persons"])),
            "unexpected": sorted(set(held["persons"]) - asked),
            "doubled": sorted(person for person, number in held["persons"].items() if number > 1),
            "acknowledgement_identities": len(identities),
            "acknowledged_persons": len(Counter(identities.values())),
            "never_arrived": sorted(set(identities) - set(arrived)),
            **{name: held[name] for name in ("cases", "messages", "mailboxes", "broken_chains", "unread", "unsettled")},
            **{name: held[name] for name in ("pending", "letters_waiting", "without_file", "without_key")},
        }

    def _never_struck(self) -> list[str]:
        missing = [name for name in self.plan.points if name not in self.struck.points]
        asked = {"kills": self.plan.kills, "epochs": self.plan.epochs}
        missing += [name for name, number in asked.items() if getattr(self.struck, name) < number]
        missing += [name for name in ("moves", "marks", "brought_back") if not getattr(self.struck, name)]
        return [*missing, "cuts"] if self.way.cuts < self.plan.cuts else missing


def failures(report: dict[str, Any]) -> list[str]:
    """What the run shows to be wrong, one sentence each; nothing when all held."""
    none = ("lost", "unexpected", "doubled", "never_arrived", "broken_chains", "unread", "unsettled", "pending")
    none += ("letters_waiting", "without_file", "without_key")
    wrong = [f"{name}: {report[name]}" for name in none if report[name]]
    if report["never_struck"]:
        wrong.append(f"the run is invalid, these never struck: {report['never_struck']}")
    states, mails = report["messages"], report["mails"]
    if report["in"] < mails + report["copies"]:
        wrong.append(f"{mails + report['copies']} were delivered, the server holds {report['in']}")
    became = states["opened"] + states["attached"] + states["filed"] + states["duplicate"]
    if became != report["in"]:
        wrong.append(f"{report['in']} messages came in, {became} became something: {states}")
    for name in ("cases", "acknowledgement_identities", "acknowledged_persons"):
        if report[name] != mails:
            wrong.append(f"{name} is {report[name]}, not {mails}")
    [box] = report["mailboxes"]
    if not report["in"] == box["server"] == box["there"] or box["difference"]:
        wrong.append(f"the server holds {report['in']} messages, the tables say {box}")
    return wrong


def campaign(plan: Plan) -> dict[str, Any]:
    """Run one in a folder of its own; its report. The output stays beside it when something failed. Raises Missing."""
    folder = Path(tempfile.mkdtemp(prefix="dsar-m-"))
    with dovecot.dovecot() as server, peer.listening() as theirs:
        run = MailboxCampaign(plan, folder, server, theirs)
        report = None
        try:
            report = run.run()
            return report
        finally:
            if report is None or failures(report):
                (folder / "output.log").write_text(run.ours.output)
                print(f"Kept for a look: {folder}")
            else:
                shutil.rmtree(folder)


def main() -> int:
    options = argparse.ArgumentParser(description="Read a mailbox while everything goes wrong around it.")
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    options.add_argument("--mails", type=int, default=500)
    options.add_argument("--kills", type=int, default=8)
    options.add_argument("--cuts", type=int, default=20)
    options.add_argument("--epochs", type=int, default=6)
    options.add_argument("--seconds", type=float, default=600)
    report = campaign(Plan(**vars(options.parse_args())))
    print(json.dumps(report, indent=2))
    for sentence in failures(report):
        print(sentence, file=sys.stderr)
    return bool(failures(report))


if __name__ == "__main__":
    sys.exit(main())
