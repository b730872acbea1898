"""Looking is recorded too, on a stream of its own: it must not change the file's head hash."""

import uuid

from django.db import transaction
from django.utils import timezone

from workflow import events
from workflow.actors import Actor
from workflow.models import Case
from workflow.states import EventKind


def record_access(
    kind: EventKind, *, case: Case | None = None, what: uuid.UUID | None = None, reason: str = "", by: Actor
) -> None:
    """A member of staff looked at or downloaded something of a case, or of the installation.

    ``reason`` is what they gave for it, sealed under the case's key; it needs a case.
    """
    with transaction.atomic():
        events.record(
            f"access:{case.uuid}" if case else "access:install",
            kind,
            by=by,
            at=timezone.now(),
            data={"what": str(what)} if what else None,
            payload={"reason": reason} if reason else None,
            holder=case.uuid if case else None,
        )
