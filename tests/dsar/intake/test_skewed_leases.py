"""Workers whose clocks differ hold no lease twice: they go by the one clock of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from dsar.intake.models import InboundMessage
from tests.dsar.intake.post import mail, take_in
from workflow import leases

pytestmark = pytest.mark.usefixtures("installed")
SKEWS = [timedelta(0), timedelta(minutes=7), timedelta(hours=3), timedelta(minutes=-7), timedelta(hours=-3)]


@pytest.fixture(autouse=True)
def _forget_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "_ahead", timedelta(0))


@contextmanager
def worker(skew: timedelta, *, measures: bool = True) -> Iterator[None]:
    """A process whose clock is so far ahead of the database's."""
    with time_machine.travel(datetime.now(UTC) + skew, tick=True):
        if measures:
            leases.go_by_the_database()
        yield


def jobs():  # type: ignore[no-untyped-def]
    return InboundMessage.objects.all()


@pytest.fixture
def job(installed: object) -> int:
    message = take_in(mail())
    jobs().update(lease=None, leased_until=None, next_try_at=None)
    return message.pk


@pytest.mark.parametrize("second", SKEWS, ids=str)
@pytest.mark.parametrize("first", SKEWS, ids=str)
def test_a_held_lease_is_not_taken_by_another_clock(job: int, first: timedelta, second: timedelta) -> None:
    with worker(first):
        held = leases.take(jobs(), job)
    with worker(second):
        taken = leases.take(jobs(), job)
    with worker(first):
        kept = leases.heartbeat(jobs(), job, held) if held else False

    assert (held is not None, taken, kept) == (True, None, True)


def test_without_the_database_s_clock_two_would_hold_it(job: int) -> None:
    with worker(timedelta(0), measures=False):
        held = leases.take(jobs(), job)
    with worker(timedelta(minutes=7), measures=False):
        taken = leases.take(jobs(), job)

    assert held is not None
    assert taken is not None
    assert not leases.heartbeat(jobs(), job, held), "who lost it is told and stops"


def test_a_clock_set_back_makes_no_lease_shorter(job: int) -> None:
    held = leases.take(jobs(), job)
    until = jobs().get(pk=job).leased_until
    assert held is not None

    with worker(timedelta(hours=-1), measures=False):
        kept = leases.heartbeat(jobs(), job, held)

    assert (kept, jobs().get(pk=job).leased_until) == (True, until)


def test_leases_go_by_the_database_whatever_the_clock_says(job: int) -> None:
    with worker(timedelta(hours=5)):
        apart = abs(leases.now() - (timezone.now() - timedelta(hours=5)))

    assert apart < timedelta(minutes=1)
