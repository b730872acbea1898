"""Which milestones were rung: each once for its case, its code and the date it is about, whatever the clock does."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

import structlog

from workflow.deadlines import brussels_date
from workflow.models import Case, Milestone

log = structlog.get_logger(__name__)

# Clocks of two machines differ by seconds. A row further ahead was written by a clock that had run away.
_AHEAD = timedelta(days=1)


def was_rung(case: Case, code: str, about: date, now: datetime) -> bool:
    """Whether this was told; what a clock that ran ahead told too early does not count, and is told in its time."""
    rows = (row for row in case.milestones.all() if row.code == code and row.due == about)
    return any(row.reached_at <= now + _AHEAD for row in rows)


def rung_on(case: Case, code: str, about: date) -> date:
    """On which Brussels date this was told."""
    return next(brussels_date(row.reached_at) for row in case.milestones.all() if row.code == code and row.due == about)


def mark(case: Case, code: str, about: date, now: datetime) -> bool:
    """Write that it is rung now; False when it was. The caller holds the case's lock, so one of two sweeps wins."""
    fresh = Milestone.objects.filter(case=case, code=code, due=about, reached_at__lte=now + _AHEAD)
    if fresh.exists():
        return False
    Milestone.objects.update_or_create(case=case, code=code, due=about, defaults={"reached_at": now})
    return True


def each(ids: Iterable[int], ring: Callable[[int], int]) -> int:
    """Ring for one after the other, how many rang; one that cannot be rung is told in the log and holds up no other."""
    rung = 0
    for pk in ids:
        try:
            rung += ring(pk)
        except Exception as error:  # noqa: BLE001  one case must not keep the reminders of all others back
            log.error(
                "a milestone cannot be rung; it is tried again", row=pk, by=ring.__name__, why=type(error).__name__
            )
    return rung
