"""One lease for every job table: a conditional UPDATE, 120 s, a heartbeat, a count of attempts."""

import uuid
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from workflow.models import Controller, Leased

SECONDS = 120
# 15 s, 30 s, 1 min, 2 min … never more than an hour between two tries.
FIRST_RETRY = 15
LONGEST_RETRY = 3600

Job = TypeVar("Job", bound=Leased)
_ahead = timedelta(0)  # of the database's clock, as this process last measured it


def go_by_the_database() -> timedelta:
    """Measure how far this process's clock is ahead of the one clock all workers share; leases go by that one.

    Called where a worker begins. Two workers whose clocks differ by more than a lease would both hold it otherwise.
    """
    global _ahead
    shared = Controller.objects.annotate(shared=Now()).values_list("shared", flat=True).first()
    _ahead = timezone.now() - shared if shared is not None else timedelta(0)
    return _ahead


def now() -> datetime:
    """The instant leases are counted from."""
    return timezone.now() - _ahead


def available(jobs: "QuerySet[Job]", *, now: datetime) -> "QuerySet[Job]":
    """Jobs nobody holds and whose time to try has come."""
    return jobs.filter(Q(leased_until__isnull=True) | Q(leased_until__lt=now)).filter(
        Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    )


def take(jobs: "QuerySet[Job]", pk: int, *, seconds: int = SECONDS, **changes: Any) -> uuid.UUID | None:
    """Take the lease of one job, or nothing when somebody else was quicker.

    ``jobs`` says which states may be worked on; ``changes`` are written in the same UPDATE.
    Exactly one caller wins on both databases, without a lock held while working.
    """
    at = now()
    lease = Leased.new_lease()
    won = (
        available(jobs.filter(pk=pk), now=at)
        .order_by()
        .update(lease=lease, leased_until=at + timedelta(seconds=seconds), attempts=F("attempts") + 1, **changes)
    )
    return lease if won else None


def heartbeat(jobs: "QuerySet[Job]", pk: int, lease: uuid.UUID, *, seconds: int = SECONDS) -> bool:
    """Keep working: False when the lease was lost and the work must stop.

    A clock that was set back meanwhile makes no lease shorter than it was.
    """
    until = now() + timedelta(seconds=seconds)
    return bool(jobs.filter(pk=pk, lease=lease).update(leased_until=Greatest(F("leased_until"), until)))


def retry_after(attempts: int) -> timedelta:
    """How long to wait after this many attempts."""
    return timedelta(seconds=min(FIRST_RETRY * 2 ** max(attempts - 1, 0), LONGEST_RETRY))
