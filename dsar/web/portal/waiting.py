"""What the person's page says of data that wait to be downloaded."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from dsar.exports.services import size_of
from workflow.deadlines import brussels_date
from workflow.models import Case
from workflow.models.release import MOST_DOWNLOADS
from workflow.services import open_release
from workflow.states import CodeWay


@dataclass(frozen=True, slots=True)
class Waiting:
    """Data ready to be fetched; ``code_until`` is None while no code is out, ``way`` how it went."""

    size: int
    last_day: date
    over: bool
    desk_only: bool
    fetched: bool
    code_until: datetime | None
    way: str
    left: int

    @property
    def other_address(self) -> bool:
        return self.way == CodeWay.KNOWN_CONTACT.value

    @property
    def told(self) -> bool:
        return self.way == CodeWay.DESK.value


def of(case: Case) -> Waiting | None:
    """The download of this case, if there is one; nothing is consumed by asking."""
    row = open_release(case)
    if row is None:
        return None
    now = timezone.now()
    code = row.codes.filter(ended="", expires_at__gt=now).first()
    return Waiting(
        size=size_of(row.bundle),
        last_day=row.last_day,
        over=brussels_date(now) > row.last_day,
        desk_only=row.desk_only,
        fetched=row.first_taken_at is not None,
        code_until=code.expires_at if code else None,
        way=code.way if code else "",
        left=MOST_DOWNLOADS - code.taken if code else 0,
    )
