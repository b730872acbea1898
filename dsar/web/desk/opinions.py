"""Opinions of the data protection officer on the case page, the latest first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workflow import services
from workflow.actors import Actor
from workflow.models import Case, Opinion
from workflow.permissions import Act, may
from workflow.sealing import KeyGone
from workflow.states import Advice


@dataclass(frozen=True, slots=True)
class Given:
    """``stands``: an objection that blocks an approval; ``text`` is empty when erased."""

    row: Opinion
    text: str
    departure: str
    stands: bool

    @property
    def form(self) -> str:
        return f"depart:{self.row.uuid}"


def of(case: Case, actor: Actor) -> dict[str, Any]:
    rows = case.opinions.select_related("claim", "case").order_by("-id")
    return {
        "opinions": [
            Given(row, _clear(services.text_of_opinion, row), _clear(services.reason_of_departure, row), stands)
            for row in rows
            for stands in [services.opinion_stands(row)]
        ],
        "gives_opinions": may(actor, Act.GIVE_OPINION),
        "departs": may(actor, Act.DECIDE_EXCEPTION),
        "advices": list(Advice),
    }


def _clear(read: Callable[[Opinion], str], row: Opinion) -> str:
    try:
        return read(row)
    except KeyGone:
        return ""
