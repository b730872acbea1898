"""What the case page shows of ends, and second looks."""

from datetime import date
from typing import Any

from django.utils import timezone

from dsar.lists import services as lists
from dsar.web.desk.access import WORKS_ON_CASES
from workflow import services
from workflow.actors import Actor
from workflow.models import Case
from workflow.permissions import Act, may
from workflow.sealing import KeyGone
from workflow.states import CaseState, ComplaintKind, OutOfScope, ReopenReason, SecondLook


def of(case: Case, actor: Actor) -> dict[str, Any]:
    """How the case may end, why it cannot be closed yet (None: it is not at that point), and its second look."""
    over = case.state in services.OVER and actor.has(*WORKS_ON_CASES)
    look = case.reexaminations.order_by("-id").first()
    return {
        "scopes": list(OutOfScope),
        "complaint_kinds": list(ComplaintKind),
        "second_looks": list(SecondLook),
        "reopen_reasons": [ReopenReason.INCOMPLETE, ReopenReason.BOUNCE],
        "closing_blockers": [str(one) for one in services.closing_blockers(case, now=timezone.now())] if over else None,
        "second_look": look,
        "second_look_position": _position(look) if look and look.position else "",
        "can_examine": look is not None and services.may_examine(case, actor),
        "can_name_outside": look is not None and services.may_name_outside(case, actor),
        "can_take_off": may(actor, Act.DECIDE_EXCEPTION) and lists.is_listed(case),
        "can_hold": may(actor, Act.PLACE_HOLD) and case.state != CaseState.MERGED.value,
        "kept_until": _kept_until(case),
    }


def _kept_until(case: Case) -> date | None:
    if case.closed_at is None or case.anonymised_at is not None:
        return None
    return services.kept_until(case, services.retention_of(case.controller))


def _position(look: Any) -> str:
    try:
        return services.position_of(look)
    except KeyGone:
        return ""
