"""Kill whatever carries letters and let the mail server at the other end fail by script: none lost, none doubled.

    python -m tests.flows.post_campaign --mails 500 --kills 200 --flushes 50 --seed 7

The peer's mailbox is the judge. A letter may arrive twice, as the same bytes, only where the server's 250 and our
commit did not meet: the connection broke after the last byte, or the carrier was killed then.
"""

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import redis

from tests.fakes.mail_peer import CUT, STALL, MailPeer, serving
from tests.flows import frame
from tests.flows.audit import look
from tests.flows.frame import Report
from tests.flows.post_writer import address
from tests.flows.processes import find
from tests.installation import ROOT, wait_until

POINTS = (
    "letter-made-before-commit",
    "letter-made",
    "letter-marked-sending",
    "letter-before-the-dialogue",
    "letter-sent-before-250",
    "letter-accepted-before-commit",
    "letter-finished-before-commit",
)
FAULTS = (
    ("mail", "421 4.3.2 shutting down"),
    ("rcpt", "450 4.2.0 greylisted, come back"),
    ("data", "452 4.3.1 insufficient storage"),
    ("data", STALL),
    ("data", CUT),
    ("done", STALL),
    ("done", CUT),
)
GONE = ("rcpt", "550 5.1.1 no such user")
# Seconds from our last byte to our commit; the peer may read that byte after its sender has died.
_WINDOW = 10.0
_UNCERTAIN = re.compile(r"letter_id\D*(\d+).*state\W*(?:\[\d*m)*uncertain")
_VICTIMS = ("worker child", "worker child", "worker child", "worker parent", "beat")


@dataclass(frozen=True, kw_only=True)
class Plan(frame.Plan):
    """How much of what; every ``one_in``-th letter meets a fault of the peer, one in fifty a refusal for good."""

    kills: int
    flushes: int
    points: tuple[str, ...] = POINTS
    one_in: int = 3
    lease_seconds: int | None = 6  # longer than two waits of the shortened EMAIL_TIMEOUT
    quiet_seconds: float = 240


class Script:
    """Which fault which letter meets, from the seed alone, once or twice each; ``done`` ones only once."""

    def __init__(self, plan: Plan) -> None:
        self._left: dict[tuple[str, str], int] = {}
        self._reply: dict[tuple[str, str], str] = {}
        self.gone: set[str] = set()
        own = random.Random(f"{plan.seed}-faults")
        for number in range(plan.mails):
            person = address(number)
            if number % 50 == 49:
                self.gone.add(person)
            elif number % plan.one_in == 0:
                step, reply = FAULTS[number // plan.one_in % len(FAULTS)]
                self._reply[step, person] = reply
                self._left[step, person] = 1 if step == "done" else own.choice([1, 2])
        self._lock = threading.Lock()
        self._mail = [reply for (step, _), reply in self._reply.items() if step == "mail"]

    @property
    def met(self) -> set[str]:
        """Who is to meet a fault that passes."""
        return {person for _, person in self._reply}

    def __call__(self, step: str, person: str) -> str:
        with self._lock:
            if step == "mail":  # the envelope names no recipient yet: any letter may meet it
                return self._mail.pop() if self._mail and random.random() < 0.2 else ""
            if step == GONE[0] and person in self.gone:
                return GONE[1]
            if self._left.get((step, person), 0) == 0:
                return ""
            self._left[step, person] -= 1
            return self._reply[step, person]


class PostCampaign(frame.Run):
    """One run of one installation whose letters go to one peer."""

    plan: Plan

    def __init__(self, plan: Plan, folder: Path, theirs: MailPeer, script: Script) -> None:
        super().__init__(plan, folder, theirs, OUTGOING_PER_MINUTE="100000", DSAR_TEST_HASTE="yes")  # type: ignore[arg-type]
        self.peer, self.script = theirs, script
        self.kills: Counter[str] = Counter()
        self.killed_at: list[float] = []
        self.flushes = 0

    def start(self) -> None:
        process = self.ours.start([sys.executable, "manage.py", "run"])
        wait_until(lambda: "Ready." in self.ours.output or process.poll() is not None, 300, "the start")
        assert process.poll() is None, self.ours.output

    def strike(self) -> None:
        works: list[Callable[[], None]] = [self._write, self._killer, self._flusher, self._arm]
        threads = [threading.Thread(target=work, daemon=True) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(self.plan.seconds * 4 + 300)

    def deliver(self, number: int) -> None:
        self._open(number, 1, 0.0)

    # -- what is written -----------------------------------------------------------------------

    def _write(self) -> None:
        self._open(0, self.plan.mails, self.plan.seconds)

    def _open(self, first: int, count: int, seconds: float) -> None:
        arguments = ["--first", str(first), "--count", str(count), "--seconds", str(seconds)]
        without_points = {"DJANGO_SETTINGS_MODULE": "dsar.settings", "DSAR_TEST_CRASHES": "/nonexistent"}
        subprocess.run(
            [sys.executable, "-m", "tests.flows.post_writer", *arguments],
            cwd=ROOT,
            env={**self.ours.environment, **without_points},
            check=True,
            timeout=self.plan.seconds * 4 + 300,
        )

    # -- faults --------------------------------------------------------------------------------

    def _arm(self) -> None:
        self.arm_points()

    def _killer(self) -> None:
        own = random.Random(f"{self.plan.seed}-kills")
        for moment in sorted(own.uniform(0.02, 0.98) * self.plan.seconds for _ in range(self.plan.kills)):
            self.sleep_until(moment)
            while not self.over.is_set() and not self._kill(own.choice(_VICTIMS), own):
                time.sleep(0.1)

    def _kill(self, name: str, own: random.Random) -> bool:
        victims = [pid for process in list(self.ours.processes) for pid in find(process.pid, name)]
        with contextlib.suppress(ProcessLookupError):
            if victims:
                os.kill(own.choice(victims), signal.SIGKILL)
                self.kills[name] += 1
                self.killed_at.append(time.monotonic())
                return True
        return False

    def _flusher(self) -> None:
        own = random.Random(f"{self.plan.seed}-flushes")
        for moment in sorted(own.uniform(0.02, 0.98) * self.plan.seconds for _ in range(self.plan.flushes)):
            self.sleep_until(moment)
            while not self.over.is_set() and not self._flush():
                time.sleep(0.1)

    def _flush(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.ours.data_dir / "broker" / "broker.sock")) as client:
                client.flushall()
        except (redis.RedisError, OSError):
            return False
        self.flushes += 1
        return True

    # -- the figures, from the peer's mailbox -----------------------------------------------------

    def counted(self, quiet: float) -> Report:
        held = look(self.ours)
        asked = {address(number) for number in range(self.mails)}
        identities: dict[str, str] = held["acknowledgements"]
        arrived = self._arrived()
        doubts = self._doubts(held["letter_numbers"])
        repeats = {identity: moments for identity, moments in arrived.items() if len(moments) > 1}
        there = {identities[identity] for identity in arrived if identity in identities}
        return {
            "seed": self.plan.seed,
            "seconds": round(self.elapsed()),
            "quiet_seconds": round(quiet),
            "letters": self.mails,
            "arrived": len(there),
            "refused_for_good": len(self.script.gone),
            "lost": sorted(asked - there - self.script.gone),
            "unexpected": sorted((there | set(identities.values())) - asked),
            "doubled": sorted(name for name, count in Counter(identities.values()).items() if count > 1),
            "identity_unknown": sorted(set(arrived) - set(identities)),
            "physical_repeats": sum(len(moments) - 1 for moments in repeats.values()),
            "repeats_outside_the_window": sorted(
                name for name, moments in repeats.items() if name not in doubts and not self._meant(moments)
            ),
            "different_bytes": self._different(),
            "recovered": len(self.script.met & there),
            "states": held["acknowledgement_states"],
            "waiting": held["letters_waiting"] + held["pending"],
            "broken_chains": held["broken_chains"],
            "told_undeliverable": held["events"].get("letter_undeliverable", 0),
            "told_sent": held["events"].get("letter_sent", 0),
        }

    def figures(self) -> Report:
        struck = Counter(f"{step} {reply[:3] if reply[:1].isdigit() else reply}" for step, reply in self.peer.struck)
        missing = sorted(set(self.plan.points) - set(self.points_struck()))
        asked = {"kills": (self.kills.total(), self.plan.kills), "flushes": (self.flushes, self.plan.flushes)}
        missing += [name for name, (happened, planned) in asked.items() if happened < planned]
        return {
            "kills": dict(self.kills) | {"at named points": len(self.points_struck())},
            "flushes": self.flushes,
            "faults_struck": dict(sorted(struck.items())),
            "never_struck": missing,
        }

    def _arrived(self) -> dict[str, list[float]]:
        """By identity, when it arrived each time; letters to staff are not counted."""
        found: dict[str, list[float]] = {}
        for letter in list(self.peer.accepted):
            if letter.recipient.endswith(".example"):
                found.setdefault(_identity(letter.raw), []).append(letter.at)
        return found

    def _doubts(self, numbers: dict[str, int]) -> set[str]:
        """Identities whose 250 came too late or never, as the installation itself said when it tried them again."""
        said = {int(found) for found in _UNCERTAIN.findall(self.ours.output)}
        return {identity for identity, number in numbers.items() if number in said}

    def _meant(self, moments: list[float]) -> bool:
        """Was the answer to each arrival but the last lost: by the script, or with the carrier that died then?"""
        broken = {letter.at for letter in self.peer.in_doubt}
        died = [*self.killed_at, *self._points_at()]
        return all(at in broken or any(abs(moment - at) <= _WINDOW for moment in died) for at in sorted(moments)[:-1])

    def _points_at(self) -> list[float]:
        """When something died at a named point, on the clock of time.monotonic."""
        now, wall = time.monotonic(), time.time()
        return [now - (wall - file.stat().st_mtime) for file in (self.crashes / "struck").iterdir()]

    def _different(self) -> list[str]:
        """Identities that arrived with more than one content: never."""
        seen: dict[str, set[bytes]] = {}
        for letter in list(self.peer.accepted):
            seen.setdefault(_identity(letter.raw), set()).add(letter.raw)
        return sorted(identity for identity, contents in seen.items() if len(contents) > 1)


def _identity(raw: bytes) -> str:
    for line in raw.split(b"\r\n\r\n", 1)[0].replace(b"\r\n ", b" ").split(b"\r\n"):
        if line.lower().startswith(b"message-id:"):
            return line.partition(b":")[2].strip().decode()
    return ""


_NONE = (
    "lost",
    "unexpected",
    "doubled",
    "identity_unknown",
    "repeats_outside_the_window",
    "different_bytes",
    "waiting",
)


def failures(report: Report) -> list[str]:
    """What the run shows to be wrong, one sentence each; nothing when all held."""
    wrong = [f"{name}: {report[name]}" for name in (*_NONE, "broken_chains") if report[name]]
    if report["never_struck"]:
        wrong.append(f"the run is invalid, these never struck: {report['never_struck']}")
    if report["told_undeliverable"] != report["refused_for_good"]:
        wrong.append(f"{report['refused_for_good']} were refused for good, {report['told_undeliverable']} were told")
    if report["told_sent"] + report["told_undeliverable"] != report["letters"]:
        wrong.append(f"of {report['letters']} letters the histories tell the end of {report['told_sent']} as sent")
    return wrong


def campaign(plan: Plan) -> Report:
    """One run; its report."""
    script = Script(plan)
    with serving(fault=script, stall=3.0) as theirs:
        return frame.campaign(lambda folder: PostCampaign(plan, folder, theirs, script), failures)


if __name__ == "__main__":
    about = "Kill whatever carries letters while the mail server at the other end fails by script."
    sys.exit(frame.main(about, Plan, campaign, failures, mails=500, kills=200, flushes=50, seconds=600.0))
