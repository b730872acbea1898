"""Two people act on one right at the same moment: one wins, the other is told, every time.

A handful of races each time, on both databases; 10,000 on PostgreSQL with ``make campaign`` (RACES=… for others).
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.utils import translation

from tests import factories
from tests.factories import actor
from tests.lives.machine import second_officer
from workflow import events, services
from workflow.actors import Actor
from workflow.checklists import checklist
from workflow.guards import CannotDo
from workflow.models import Case, Claim, Event
from workflow.states import Outcome, Right

Move = Callable[[Actor], None]
PATIENCE = 60
RIGHT = Right.RECTIFICATION
CYCLE = ("draft", "submit", "approve", "send_back")
TOLD = (
    "Reload the page to see what was done.",
    "Read the new version first.",
    "ask the reviewer to send it back first.",
    "who approves it or sends it back; you need do nothing now.",
    "ask the reviewer to send it back.",
    "the officer submits the draft first.",
    "nothing is left to approve.",
    "who changes it and submits it again.",
)
RIVALS = {
    "draft": ("officer", "examiner"),
    "submit": ("officer", "examiner"),
    "approve": ("reviewer", "manager"),
    "send_back": ("reviewer", "manager"),
}


class Rivals:
    """Two threads with a database connection each, let go at the same moment again and again."""

    def __init__(self) -> None:
        self.gate = threading.Barrier(3, timeout=PATIENCE)
        self.over = threading.Barrier(3, timeout=PATIENCE)
        self.moves: list[Callable[[], None]] | None = None
        self.fates = ["", ""]

    def race(self, first: Callable[[], None], second: Callable[[], None]) -> list[str]:
        """What became of each: "won", the sentence of a refusal, or the name of another error."""
        self.moves = [first, second]
        self.gate.wait()
        self.over.wait()
        return list(self.fates)

    def run(self, number: int) -> None:
        try:
            while True:
                self.gate.wait()
                if self.moves is None:
                    return
                self.fates[number] = self._fate(self.moves[number])
                self.over.wait()
        finally:
            connections.close_all()

    def _fate(self, move: Callable[[], None]) -> str:
        with translation.override("en"):
            try:
                move()
            except CannotDo as refused:
                return str(refused.sentence)
            except Exception as error:  # noqa: BLE001  whatever it is, the race tells it
                return f"{type(error).__name__}: {error}"
            return "won"


@contextmanager
def rivals() -> Iterator[Rivals]:
    two = Rivals()
    threads = [threading.Thread(target=two.run, args=(number,), daemon=True) for number in (0, 1)]
    for thread in threads:
        thread.start()
    try:
        yield two
    finally:
        two.moves = None
        two.gate.wait()
        for thread in threads:
            thread.join(PATIENCE)


def move_of(name: str, claim: Claim) -> Move:
    """The act as both see it on their screens, with the version that stood there."""
    pk, version = claim.pk, claim.version
    lines = checklist(RIGHT, Outcome.GRANTED)
    return {
        "draft": lambda by: services.draft(pk, outcome=Outcome.GRANTED, **factories.SAID, version=version, by=by),
        "submit": lambda by: services.submit(pk, version=version, checked=lines, by=by),
        "approve": lambda by: services.approve(pk, version=version, by=by),
        "send_back": lambda by: services.send_back(pk, comment="Once more.", by=by),
    }[name]


def run_races(many: int) -> None:
    case = factories.in_progress((RIGHT,))
    second_officer()
    actors = {name: actor(name) for pair in RIVALS.values() for name in pair}
    wins = dict.fromkeys(actors, 0)
    before = Event.objects.filter(stream=case.stream).count()
    with rivals() as two:
        for number in range(many):
            name = CYCLE[number % len(CYCLE)]
            pair = RIVALS[name]
            move = move_of(name, factories.claim(case, RIGHT))
            fates = two.race(*(lambda by=actors[one], move=move: move(by) for one in pair))
            assert fates.count("won") == 1, f"race {number}, {name}: {fates}"
            lost = fates[1 - fates.index("won")]
            assert lost.endswith(TOLD), lost
            wins[pair[fates.index("won")]] += 1
    same = Case.objects.select_related("policy_version", "controller").get(pk=case.pk)
    assert Event.objects.filter(stream=case.stream).count() == before + many, "one event for each race"
    assert events.verify(case.stream).intact
    assert services.differences(same) == []
    assert sum(wins.values()) == many


@pytest.fixture(autouse=True)
def _no_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody rings for letters: no broker is there, and waiting for one is no part of a race."""
    monkeypatch.setattr("notifications.tasks.ring", lambda task, row_id: None)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_wins() -> None:
    run_races(int(os.environ.get("RACES", "12")))


@pytest.mark.campaign
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("quarter", range(4))
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_wins_ten_thousand_times(quarter: int) -> None:
    """A race is two acts of a dozen queries each, one waiting for the other's lock: only more cores make it quicker."""
    if connection.vendor != "postgresql":
        pytest.skip("Ten thousand races are run on PostgreSQL.")
    run_races(int(os.environ.get("RACES", "10000")) // 4)
