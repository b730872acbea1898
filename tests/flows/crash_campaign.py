"""Kill whatever runs, again and again, while a mail server delivers: nothing may be lost, nothing taken twice.

    python -m tests.flows.crash_campaign --mails 200 --kills 20 --seed 7

Two sorts of faults: SIGKILL at random moments, and SIGKILL at named points of the code (crashsite).
The mail client behaves as a mail server: it keeps a mail until it was answered with 250.
"""

import contextlib
import os
import random
import signal
import smtplib
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import redis

from tests.flows import frame, peer
from tests.flows.crashsite.sitecustomize import POINTS
from tests.flows.frame import Report
from tests.flows.mails import written_by
from tests.flows.peer import Peer
from tests.flows.processes import find
from tests.installation import MAILBOX

PROCESSES = ("listener", "worker parent", "worker child", "beat", "web", "broker")


@dataclass(frozen=True, kw_only=True)
class Plan(frame.Plan):
    """How much of what; ``kills`` is of each process."""

    kills: int
    flushes: int
    supervisor_kills: int
    points: tuple[str, ...] = tuple(POINTS)


class CrashCampaign(frame.Run):
    """One run of one installation that receives by SMTP."""

    plan: Plan

    def __init__(self, plan: Plan, folder: Path, theirs: Peer) -> None:
        super().__init__(plan, folder, theirs)
        self.kills: Counter[str] = Counter()
        self.flushes = 0
        self.attempts: Counter[str] = Counter()
        self._starting = threading.Lock()

    def start(self) -> None:
        with self._starting:
            already = self.ours.output.count("Ready.")
            process = self.ours.start([sys.executable, "manage.py", "run"])
            self.wait(lambda: self.ours.output.count("Ready.") > already or process.poll() is not None, 120)
            if process.poll() is not None:
                raise RuntimeError(f"It did not start:\n{self.ours.output[-4000:]}")

    def strike(self) -> None:
        works: list[Callable[[], None]] = [self._post(mine) for mine in self._shares(4)]
        works += [self._killer(name) for name in PROCESSES]
        works += [self._flusher, self.arm_points]
        threads = [threading.Thread(target=work, daemon=True) for work in works]
        for thread in [*threads, threading.Thread(target=self._visitor, daemon=True)]:
            thread.start()
        self._kill_supervisor()
        for thread in threads:
            thread.join(self.plan.seconds * 4 + 300)

    # -- the mail server that writes to us ----------------------------------------------------

    def _shares(self, count: int) -> list[list[int]]:
        return [list(range(first, self.plan.mails, count)) for first in range(count)]

    def _post(self, mine: list[int]) -> Callable[[], None]:
        own = random.Random(f"{self.plan.seed}-{mine[:1]}")

        def work() -> None:
            for number in mine:
                self.sleep_until(self.plan.seconds * (number + own.random()) / self.plan.mails)
                self.deliver(number)

        return work

    def deliver(self, number: int) -> None:
        """As a mail server: the same mail until it was answered with 250."""
        own = random.Random(f"{self.plan.seed}-{number}-pauses")
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
        self.kills[name] += 1
        return True

    def _kill_supervisor(self) -> None:
        """The one that restarts the others; then somebody starts it again, as systemd would."""
        for moment in self._times(self.plan.supervisor_kills):
            self.sleep_until(moment)
            process = self.ours.processes.pop()
            process.kill()
            process.wait(30)
            self.kills["supervisor"] += 1
            self.start()

    def _flusher(self) -> None:
        for moment in self._times(self.plan.flushes):
            self.sleep_until(moment)
            while not self.over.is_set() and not self._flush():
                time.sleep(0.2)

    def _flush(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.ours.data_dir / "broker" / "broker.sock")) as client:
                client.flushall()
        except (redis.RedisError, OSError):
            return False
        self.flushes += 1
        return True

    def _visitor(self) -> None:
        """Somebody looks at the sign-in page now and then, so that the web process has work to die in."""
        while not self.over.is_set():
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.ours.web_port}/accounts/login/", timeout=10).close()
            time.sleep(1)

    # -- the figures -------------------------------------------------------------------------------

    def figures(self) -> Report:
        asked = self._asked()
        struck = self.points_struck()
        return {
            "faults_asked": asked | {"points": len(self.plan.points)},
            "faults_struck": dict(self._happened()) | {"points": len(struck)},
            "points_struck": {name: _role(command) for name, command in sorted(struck.items())},
            "never_struck": [name for name, number in asked.items() if self._happened()[name] < number]
            + sorted(set(self.plan.points) - set(struck)),
            "deliveries_tried": self.attempts.total(),
        }

    def _asked(self) -> dict[str, int]:
        others = {"supervisor": self.plan.supervisor_kills, "flush": self.plan.flushes}
        return dict.fromkeys(PROCESSES, self.plan.kills) | others

    def _happened(self) -> Counter[str]:
        return self.kills + Counter({"flush": self.flushes})


def _role(command: str) -> str:
    """Which program an argv belongs to."""
    return next((word for word in ("listen", "worker", "beat", "gunicorn") if word in command), command[:40])


def failures(report: Report) -> list[str]:
    """What the run shows to be wrong, one sentence each; nothing when all held."""
    wrong = frame.common_failures(report)
    if report["messages"]["opened"] + report["parts"] != report["cases"]:
        wrong.append(f"{report['messages']['opened']} messages opened {report['cases']} cases")
    if report["events"].get("letter_sent", 0) != report["mails"]:
        wrong.append(f"the histories know of {report['events'].get('letter_sent', 0)} letters sent")
    return wrong


def campaign(plan: Plan) -> Report:
    """One run; its report."""
    with peer.listening(slow=0.08) as theirs:
        return frame.campaign(lambda folder: CrashCampaign(plan, folder, theirs), failures)


if __name__ == "__main__":
    about = "Kill whatever runs while mail comes in."
    sizes = {"mails": 200, "kills": 20, "flushes": 5, "supervisor_kills": 3, "seconds": 720.0}
    sys.exit(frame.main(about, Plan, campaign, failures, **sizes))
