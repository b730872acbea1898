"""Why the person has no acknowledgement yet, in words, and whether somebody may send it now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from notifications import acknowledging
from notifications.acknowledging import Held
from workflow.models import Case


@dataclass(frozen=True, slots=True)
class Waiting:
    """``at``: when it leaves by itself, where that is known; ``to_link``: the proposals decide."""

    sentence: str
    may_be_ordered: bool
    at: datetime | None
    to_link: bool


def of(case: Case) -> Waiting | None:
    """None when it has left, when it leaves within the minute, or when the case is over."""
    why = acknowledging.held(case, timezone.now())
    if why is None or why is Held.LEAVING:
        return None
    return Waiting(
        sentence=str(acknowledging.SENTENCES[why]),
        may_be_ordered=why in acknowledging.MAY_BE_ORDERED,
        at=acknowledging.leaves_at(case) if why is Held.PACED else None,
        to_link=why is Held.TO_BE_LINKED,
    )
