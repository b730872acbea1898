"""What became of letters, told by the post office: part of the case's history."""

import uuid

from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.permissions import Act
from workflow.services._moving import moving, tell
from workflow.states import EventKind


def record_late_acknowledgement(case_id: int, *, waiting: int, by: Actor) -> None:
    """An acknowledgement has been waiting for more than an hour, with ``waiting`` of them in all."""
    require(by, Act.CARRY_POST)
    with moving(case_id, by=by) as (case, now):
        tell(case, EventKind.ACKNOWLEDGEMENT_LATE, by=by, at=now, data={"waiting": waiting})


def order_acknowledgement(case_id: int, *, held: str, by: Actor) -> None:
    """Somebody wants the person acknowledged now, whatever kept the letter back until then (``held``, a code)."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        if not case.is_open:
            raise CannotDo(_("This case is no longer open: nobody waits for an acknowledgement any more."))
        tell(case, EventKind.ACKNOWLEDGEMENT_ORDERED, by=by, at=now, data={"held": held})


def record_letter(
    case_id: int,
    kind: EventKind,
    *,
    letter: str,
    message_id: str,
    digest: str = "",
    language: str = "",
    claim: uuid.UUID | None = None,
    reply: str = "",
    by: Actor,
) -> None:
    """A letter was sent, written, withheld or could not be delivered.

    ``digest`` is the SHA-256 of the bytes that left, ``reply`` the mail server's own words
    (sealed: they may hold an address).
    """
    require(by, Act.CARRY_POST)
    with moving(case_id, by=by) as (case, now):
        tell(
            case,
            kind,
            by=by,
            at=now,
            claim=case.claims.get(uuid=claim) if claim else None,
            data={"letter": letter, "message_id": message_id, "sha256": digest, "language": language},
            payload={"reply": reply} if reply else None,
        )
