"""The frame of a campaign: one installation, faults until each of them has struck, a quiet end, a report.

How mail comes in and what is killed is the campaign's own. What struck is counted; a kind of fault that
never struck makes the run invalid, whatever else it shows.
"""

import argparse
import contextlib
import json
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tests.flows.audit import look
from tests.flows.mails import written_by
from tests.flows.peer import Peer
from tests.installation import Installation, installation

SITE = Path(__file__).with_name("crashsite")
STRAGGLERS_SECONDS = 300  # how long more mail comes in for faults that have not struck yet
_STRAGGLER_PAUSE = 2
_WAITING = ("unread", "unsettled", "pending", "letters_waiting")

Report = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much of what; ``seconds`` is the time over which mails and faults are spread."""

    seed: int
    mails: int
    seconds: float
    points: tuple[str, ...]
    lease_seconds: int | None = None  # None: the real one
    quiet_seconds: float = 900  # without anything being done: then the run is over, done or not


PlanT = TypeVar("PlanT", bound=Plan)


class Run:
    """One run of one installation in ``folder``, which must be empty and its path short."""

    points_share = 0.75  # of the time, in which the points are armed one after the other

    def __init__(self, plan: Plan, folder: Path, theirs: Peer, **variables: str) -> None:
        self.plan, self.theirs = plan, theirs
        self.random = random.Random(plan.seed)
        self.crashes = folder / "crashes"
        for name in ("armed", "struck"):
            (self.crashes / name).mkdir(parents=True)
        if plan.lease_seconds:
            variables["DSAR_TEST_LEASE"] = str(plan.lease_seconds)
        self.ours: Installation = installation(
            folder / "data",
            OUTGOING_URL=theirs.url,
            PYTHONPATH=str(SITE),
            DSAR_TEST_CRASHES=str(self.crashes),
            **variables,
        )
        self.mails = plan.mails  # more, when a fault still waits for a mail to strike at
        self.over = threading.Event()
        self.begun = time.monotonic()

    def carry_out(self) -> Report:
        """Everything, to the report."""
        try:
            self.start()
            self.begun = time.monotonic()
            self.strike()
            self.let_stragglers_strike()
            quiet = self.be_quiet()
            self.over.set()
            return self.counted(quiet) | self.figures()
        finally:
            self.over.set()
            with contextlib.suppress(Exception):
                self.ours.stop()
            self.ours.kill()

    # -- what a campaign fills in ----------------------------------------------------------------

    def start(self) -> None:
        """Start the installation, to where mail may come in."""
        raise NotImplementedError

    def strike(self) -> None:
        """Mail and faults, to the last of both."""
        raise NotImplementedError

    def deliver(self, number: int) -> None:
        """Mail ``number``, whatever it takes."""
        raise NotImplementedError

    def figures(self) -> Report:
        """What only this campaign counts; ``never_struck`` is among it."""
        raise NotImplementedError

    def outstanding(self) -> bool:
        """Does a fault still wait for something to strike at?"""
        return bool(self.armed())

    def idle(self, held: Report) -> bool:
        """Is nothing left to do?"""
        return not any(held[what] for what in _WAITING)

    # -- named points ----------------------------------------------------------------------------

    def arm_points(self) -> None:
        """One named point after the other, in any order; it stays armed until something dies there."""
        points = self.random.sample(self.plan.points, len(self.plan.points))
        for number, name in enumerate(points):
            self.sleep_until(self.plan.seconds * (0.05 + self.points_share * number / len(points)))
            (self.crashes / "armed" / name).touch()

    def armed(self) -> list[str]:
        return [file.name for file in (self.crashes / "armed").iterdir()]

    def points_struck(self) -> dict[str, str]:
        """By name, and the command line of what died there."""
        return {file.name.rpartition(".")[0]: file.read_text() for file in (self.crashes / "struck").iterdir()}

    def let_stragglers_strike(self) -> None:
        """A point strikes only where work comes by: after the last planned mail others come, until none is armed."""
        end = time.monotonic() + STRAGGLERS_SECONDS
        while self.outstanding() and time.monotonic() < end:
            self.deliver(self.mails)
            self.mails += 1
            self.over.wait(_STRAGGLER_PAUSE)

    # -- time ------------------------------------------------------------------------------------

    def elapsed(self) -> float:
        return time.monotonic() - self.begun

    def sleep_until(self, moment: float) -> None:
        self.over.wait(max(0.0, moment - self.elapsed()))

    def wait(self, happened: Callable[[], bool], seconds: float, every: float = 0.2) -> None:
        """Until it happened or the time is up: the report tells which."""
        end = time.monotonic() + seconds
        while not happened() and time.monotonic() < end:
            time.sleep(every)

    def be_quiet(self) -> float:
        """No faults: the seconds until nothing was left to do."""
        begun = time.monotonic()
        for name in self.armed():
            (self.crashes / "armed" / name).unlink(missing_ok=True)
        moved_at, before = begun, {}
        while not self.idle(held := look(self.ours)) and time.monotonic() - moved_at < self.plan.quiet_seconds:
            if held != before:  # a busy machine is slow, and slow is not lost
                moved_at, before = time.monotonic(), held
            time.sleep(4)
        return time.monotonic() - begun

    # -- the figures -----------------------------------------------------------------------------

    def counted(self, quiet: float) -> Report:
        """What every campaign counts."""
        held = look(self.ours, sweep=True)
        asked = {written_by(number, self.plan.seed)[0] for number in range(self.mails)}
        persons, identities = held["persons"], held["acknowledgements"]
        arrived = self.theirs.by_message_id(asked)  # letters to staff are no acknowledgements
        return {
            "seed": self.plan.seed,
            "seconds": round(self.elapsed()),
            "quiet_seconds": round(quiet),
            "mails": self.mails,
            "lost": sorted(asked - set(persons)),
            "unexpected": sorted(set(persons) - asked),
            "duplicated": sorted(person for person, number in persons.items() if number > 1),
            "acknowledgement_identities": len(identities),
            "acknowledged_persons": len(Counter(identities.values())),
            "never_arrived": sorted(set(identities) - set(arrived)),
            "second_identity": sorted(set(arrived) - set(identities)),
            "physical_repeats": sum(number - 1 for number in arrived.values()),
            "orphans_left": held["files"] - held["blobs"] + held["keys"] - held["blobs"],
            **{name: value for name, value in held.items() if name not in {"persons", "acknowledgements"}},
        }


_NONE = (
    *("lost", "unexpected", "duplicated", "never_arrived", "second_identity", "broken_chains", "orphans_left"),
    *("cases_without_history", *_WAITING, "without_file", "without_key"),
)


def common_failures(report: Report) -> list[str]:
    """What is wrong in any campaign, one sentence each; nothing when all held."""
    wrong = [f"{name}: {report[name]}" for name in _NONE if report[name]]
    if report["never_struck"]:
        wrong.append(f"the run is invalid, these never struck: {report['never_struck']}")
    for name in ("cases", "acknowledgement_identities", "acknowledged_persons"):
        if report[name] != report["mails"]:
            wrong.append(f"{name} is {report[name]}, not {report['mails']}")
    return wrong


def campaign(make: Callable[[Path], Run], failures: Callable[[Report], list[str]]) -> Report:
    """Run one in a folder of its own; its report. The output stays beside it when something failed."""
    folder = Path(tempfile.mkdtemp(prefix="dsar-c-"))
    run, report = make(folder), None
    try:
        report = run.carry_out()
        return report
    finally:
        if report is None or failures(report):
            (folder / "output.log").write_text(run.ours.output)
            print(f"Kept for a look: {folder}")
        else:
            shutil.rmtree(folder)


def main(
    about: str,
    plan: type[PlanT],
    run: Callable[[PlanT], Report],
    failures: Callable[[Report], list[str]],
    **sizes: float,
) -> int:
    """A campaign from the command line; ``sizes`` are its numbers and what they are when not given."""
    options = argparse.ArgumentParser(description=about)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    for name, usual in sizes.items():
        options.add_argument(f"--{name.replace('_', '-')}", type=type(usual), default=usual)
    report = run(plan(**vars(options.parse_args())))
    print(json.dumps(report, indent=2))
    wrong = failures(report)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return bool(wrong)
