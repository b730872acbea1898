"""One's own work: what it still needs before one may approve it alone (solo office, domain §3)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from workflow import services
from workflow.models import Case
from workflow.states import SelfCheck


@dataclass(frozen=True, slots=True)
class OwnReading:
    """The reader wrote it: ``why_not`` says what stands against approving it; the list replaces a second person."""

    why_not: str
    checks: tuple[SelfCheck, ...] = tuple(SelfCheck)


def own_reading(case: Case, *, since: datetime, due: date | None) -> OwnReading:
    """What one's own work of ``since`` still needs before one may approve it (solo office, domain §3)."""
    solo = services.solo_from(case, since=since, due=due)
    return OwnReading(str(services.own_reading_blocker(solo, at=timezone.now())))
