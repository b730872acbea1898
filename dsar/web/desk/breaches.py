"""What the case page shows of a possible data breach, and who may report or judge one."""

from typing import Any

from notifications.models import Notification
from workflow import services
from workflow.actors import Actor
from workflow.models import Breach, Case
from workflow.permissions import Act, may
from workflow.sealing import KeyGone
from workflow.states import BreachVerdict


def of(case: Case, actor: Actor) -> dict[str, Any]:
    """What the page shows of it: the last one, and who may report or judge."""
    row = case.breaches.order_by("-id").first()
    letter = Notification.objects.filter(uuid=row.letter).first() if row and row.letter else None
    return {
        "breach": row,
        "breach_letter": letter,
        "breach_reference": _reference(row) if row else "",
        "breach_verdicts": list(BreachVerdict),
        "reports_breach": may(actor, Act.WRITE_NOTE),
        "judges_breach": may(actor, Act.DECIDE_EXCEPTION),
    }


def _reference(row: Breach) -> str:
    try:
        return services.reference_of(row)
    except KeyGone:
        return ""
