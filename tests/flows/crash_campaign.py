"""Kill whatever runs, again and again, while a mail server delivers: nothing may be lost, nothing taken twice.

    python -m tests.flows.crash_campaign --mails 200 --kills 20 --seed 7

Two sorts of faults: SIGKILL at random moments, and SIGKILL at named points of the code (crashsite).
The mail client behaves as a mail server: it keeps a mail until it was answered with 250. What struck
is counted; a kind of fault that never struck makes the run invalid, whatever else it shows.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import smtplib
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import redis

from tests.flows import peer
from tests.flows.audit import look
from tests.flows.crashsite.sitecustomize import POINTS
from tests.flows.mails import written_by
from tests.flows.peer import Peer
from tests.flows.processes import find
from tests.installation import MAILBOX, Installation, installation

SITE = Path(__file__).with_name("crashsite")
PROCESSES = ("listener", "worker parent", "worker child", "beat", "web", "broker")


@dataclass(frozen=True)
class Plan:
    """How much of what; ``seconds`` is the time over which mails and faults are spread."""

    seed: int
    mails: int
    kills: int
    flushes: int
    supervisor_kills: int
    seconds: float
    points: tuple[str, ...] = tuple(POINTS)
    lease_seconds: int | None = None  # None: the real one
    quiet_seconds: float = 900


@dataclass
class Struck:
    """Faults that really happened."""

    kills: Counter[str] = field(default_factory=Counter)
    flushes: int = 0
    points: dict[str, str] = field(default_factory=dict)

    def missing(self, plan: Plan) -> list[str]:
        """What was asked and never struck."""
        asked = dict.fromkeys(PROCESSES, plan.kills) | {"supervisor": plan.supervisor_kills}
        missing = [name for name, number in asked.items() if self.kills[name] < number]
        missing += [name for name in plan.points if name not in self.points]
        return [*missing, "flush"] if self.flushes < plan.flushes else missing


class Campaign:
    """One run against one installation in ``folder``, which must be empty and its path short."""

    def __init__(self, plan: Plan, folder: Path, theirs: Peer) -> None:
        self.plan = plan
        self.random = random.Random(plan.seed)
        self.crashes = folder / "crashes"
        for name in ("armed", "struck"):
            (self.crashes / name).mkdir(parents=True)
        variables = {"DSAR_TEST_LEASE": str(plan.lease_seconds)} if plan.lease_seconds else {}
        self.ours: Installation = installation(
            folder / "data",
            OUTGOING_URL=theirs.url,
            PYTHONPATH=str(SITE),
            DSAR_TEST_CRASHES=str(self.crashes),
            **variables,
        )
        self.theirs = theirs
        self.struck = Struck()
        self.attempts: Counter[str] = Counter()
        self.over = threading.Event()
        self.begun = time.monotonic()
        self._starting = threading.Lock()

    # -- the run ---------------------------------------------------------------------------

    def run(self) -> dict[str, Any]:
        """Everything, to the report."""
        self._start()
        try:
            self.begun = time.monotonic()
            works: list[Callable[[], None]] = [self._post(mine) for mine in self._shares(4)]
            works += [self._killer(name) for name in PROCESSES]
            works += [self._flusher, self._armer, self._visitor]
            threads = [threading.Thread(target=work, daemon=True) for work in works]
            for thread in threads:
                thread.start()
            self._kill_supervisor()
            for thread in threads[:-1]:
                thread.join(self.plan.seconds * 4 + 300)
            self._wait(lambda: not list((self.crashes / "armed").iterdir()), 60)
            quiet = self._quiet()
            self.over.set()
            threads[-1].join(30)
            return self._report(quiet)
        finally:
            self.over.set()
            with contextlib.suppress(Exception):
                self.ours.stop()
            self.ours.kill()

    def _start(self) -> None:
        with self._starting:
            already = self.ours.output.count("Ready.")
            process = self.ours.start([sys.executable, "manage.py", "run"])
            self._wait(lambda: self.ours.output.count("Ready.") > already or process.poll() is not None, 120)
            if process.poll() is not None:
                raise RuntimeError(f"It did not start:\n{self.ours.output[-4000:]}")

    def _quiet(self) -> float:
        """No faults: the seconds until nothing was left to do."""
        begun = time.monotonic()
        for name in self.plan.points:
            (self.crashes / "armed" / name).unlink(missing_ok=True)
        self._wait(self._idle, self.plan.quiet_seconds, every=5)
        return time.monotonic() - begun

    def _idle(self) -> bool:
        found = look(self.ours)
        return not any(found[what] for what in ("unread", "unsettled", "pending", "letters_waiting"))

    # -- the mail server that writes to us ----------------------------------------------------

    def _shares(self, count: int) -> list[list[int]]:
        return [list(range(first, self.plan.mails, count)) for first in range(count)]

    def _post(self, mine: list[int]) -> Callable[[], None]:
        own = random.Random(f"{self.plan.seed}-{mine[:1]}")

        def work() -> None:
            for number in mine:
                self._sleep_until(self.plan.seconds * (number + own.random()) / self.plan.mails)
                self._deliver(number, own)

        return work

    def _deliver(self, number: int, own: random.Random) -> None:
        """As a mail server: the same mail until it was answered with 250."""
        sender, raw = written_by(number, self.plan.seed)
        while not self.over.is_set():
            self.attempts[sender] += 1
            with contextlib.suppress(OSError, smtplib.SMTPException):
                with smtplib.SMTP("127.0.0.1", self.ours.smtp_port, timeout=60) as client:
                    client.sendmail(sender, [MAILBOX], raw)
                return
            time.sleep(own.uniform(0.3, 1.5))

    # -- faults ----------------------------------------------------------------------------------

    def _times(self, count: int) -> list[float]:
        return sorted(self.random.uniform(0.03, 0.97) * self.plan.seconds for _ in range(count))

    def _killer(self, name: str) -> Callable[[], None]:
        """Each kill after a random life: a process killed whenever it appears could never do its work."""
        own = random.Random(f"{self.plan.seed}-{name}")
        longest = 1.2 * self.plan.seconds / self.plan.kills

        def work() -> None:
            for _ in range(self.plan.kills):
                while not self.over.is_set() and not self._victims(name):
                    time.sleep(0.2)
                self.over.wait(own.uniform(1, longest))
                while not self.over.is_set() and not self._kill(name, own):
                    time.sleep(0.2)  # it is being started again: a kill that hits nothing does not count

        return work

    def _victims(self, name: str) -> list[int]:
        supervisors = [process.pid for process in list(self.ours.processes)]  # none while it is being replaced
        return [pid for supervisor in supervisors for pid in find(supervisor, name)]

    def _kill(self, name: str, own: random.Random) -> bool:
        victims = self._victims(name)
        if not victims:
            return False
        try:
            os.kill(own.choice(victims), signal.SIGKILL)
        except ProcessLookupError:
            return False
        self.struck.kills[name] += 1
        return True

    def _kill_supervisor(self) -> None:
        """The one that restarts the others; then somebody starts it again, as systemd would."""
        for moment in self._times(self.plan.supervisor_kills):
            self._sleep_until(moment)
            process = self.ours.processes.pop()
            process.kill()
            process.wait(30)
            self.struck.kills["supervisor"] += 1
            self._start()

    def _flusher(self) -> None:
        for moment in self._times(self.plan.flushes):
            self._sleep_until(moment)
            while not self.over.is_set() and not self._flush():
                time.sleep(0.2)

    def _flush(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.ours.data_dir / "broker" / "broker.sock")) as client:
                client.flushall()
        except (redis.RedisError, OSError):
            return False
        self.struck.flushes += 1
        return True

    def _armer(self) -> None:
        """One named point after the other, in any order, well before the last mail."""
        points = self.random.sample(self.plan.points, len(self.plan.points))
        for number, name in enumerate(points):
            self._sleep_until(self.plan.seconds * (0.05 + 0.75 * number / len(points)))
            (self.crashes / "armed" / name).touch()

    def _visitor(self) -> None:
        """Somebody looks at the sign-in page now and then, so that the web process has work to die in."""
        while not self.over.is_set():
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.ours.web_port}/accounts/login/", timeout=10).close()
            time.sleep(1)

    # -- time ---------------------------------------------------------------------------------------

    def _sleep_until(self, moment: float) -> None:
        self.over.wait(max(0.0, self.begun + moment - time.monotonic()))

    def _wait(self, happened: Callable[[], bool], seconds: float, every: float = 0.2) -> None:
        """Until it happened or the time is up: the report tells which."""
        end = time.monotonic() + seconds
        while not happened() and time.monotonic() < end:
            time.sleep(every)

    # -- the figures -------------------------------------------------------------------------------

    def _report(self, quiet: float) -> dict[str, Any]:
        for file in (self.crashes / "struck").iterdir():
            self.struck.points[file.name.rpartition(".")[0]] = _role(file.read_text())
        held = look(self.ours, sweep=True)
        asked = {written_by(number, self.plan.seed)[0] for number in range(self.plan.mails)}
        arrived = self.theirs.by_message_id()
        identities = held["acknowledgements"]
        return {
            "seed": self.plan.seed,
            "seconds": round(time.monotonic() - self.begun),
            "quiet_seconds": round(quiet),
            "faults_asked": dict.fromkeys(PROCESSES, self.plan.kills)
            | {"supervisor": self.plan.supervisor_kills, "flush": self.plan.flushes, "points": len(self.plan.points)},
            "faults_struck": dict(self.struck.kills)
            | {"flush": self.struck.flushes, "points": len(self.struck.points)},
            "points_struck": self.struck.points,
            "never_struck": self.struck.missing(self.plan),
            "mails": self.plan.mails,
            "deliveries_tried": self.attempts.total(),
            "cases": held["cases"],
            "lost": sorted(asked - set(held["persons"])),
            "unexpected": sorted(set(held["persons"]) - asked),
            "duplicated": sorted(person for person, number in held["persons"].items() if number > 1),
            "acknowledgement_identities": len(identities),
            "acknowledgement_states": held["acknowledgement_states"],
            "never_arrived": sorted(set(identities) - set(arrived)),
            "second_identity": sorted(set(arrived) - set(identities)),
            "physical_repeats": sum(number - 1 for number in arrived.values()),
            **{name: held[name] for name in _HELD},
            "orphans_left": held["files"] - held["blobs"] + held["keys"] - held["blobs"],
        }


_HELD = (
    *("messages", "unread", "unreadable", "unsettled", "pending", "letters_waiting", "events", "broken_chains"),
    *("cases_without_history", "orphans_swept", "keys_swept", "without_file", "without_key"),
)


def _role(command: str) -> str:
    """Which program an argv belongs to."""
    return next((word for word in ("listen", "worker", "beat", "gunicorn") if word in command), command[:40])


def failures(report: dict[str, Any]) -> list[str]:
    """What the run shows to be wrong, one sentence each; nothing when all held."""
    none = ("lost", "unexpected", "duplicated", "never_arrived", "second_identity", "broken_chains")
    none += ("cases_without_history", "unread", "unsettled", "pending", "letters_waiting", "without_file")
    none += ("without_key", "orphans_left")
    wrong = [f"{name}: {report[name]}" for name in none if report[name]]
    if report["never_struck"]:
        wrong.append(f"the run is invalid, these never struck: {report['never_struck']}")
    for name in ("cases", "acknowledgement_identities"):
        if report[name] != report["mails"]:
            wrong.append(f"{name} is {report[name]}, not {report['mails']}")
    if report["messages"]["opened"] != report["cases"]:
        wrong.append(f"{report['messages']['opened']} messages opened {report['cases']} cases")
    if report["events"].get("letter_sent", 0) != report["mails"]:
        wrong.append(f"the histories know of {report['events'].get('letter_sent', 0)} letters sent")
    return wrong


def campaign(plan: Plan) -> dict[str, Any]:
    """Run one in a folder of its own; its report. The output stays beside it when something failed."""
    folder = Path(tempfile.mkdtemp(prefix="dsar-c-"))
    with peer.listening(slow=0.08) as theirs:
        run = Campaign(plan, folder, theirs)
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
    options = argparse.ArgumentParser(description="Kill whatever runs while mail comes in.")
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    options.add_argument("--mails", type=int, default=200)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--flushes", type=int, default=5)
    options.add_argument("--supervisor-kills", type=int, default=3)
    options.add_argument("--seconds", type=float, default=720)
    report = campaign(Plan(**vars(options.parse_args())))
    print(json.dumps(report, indent=2))
    for sentence in failures(report):
        print(sentence, file=sys.stderr)
    return bool(failures(report))


if __name__ == "__main__":
    sys.exit(main())
