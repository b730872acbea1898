"""Data that wait for the person, as the desk sees them."""

from dataclasses import dataclass
from typing import Any

from dsar.web import words
from dsar.web.desk.access import WORKS_ON_CASES
from workflow import services
from workflow.actors import Actor
from workflow.models import Case, Release


@dataclass(frozen=True, slots=True)
class Waiting:
    """``overdue``: so long untouched that somebody has to offer another way."""

    row: Release
    over: bool
    overdue: bool
    works: bool


def of(case: Case, actor: Actor) -> dict[str, Any]:
    """What the case page says of it; nothing while nothing waits."""
    row = services.open_release(case)
    if row is None:
        return {"release": None}
    overdue = services.wants_another_way(case, today=words.today())
    return {"release": Waiting(row, words.today() > row.last_day, overdue, actor.has(*WORKS_ON_CASES))}
