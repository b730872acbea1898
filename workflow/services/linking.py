"""A message that may belong elsewhere: the case of its own it becomes, and the case it leaves."""

import uuid

from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.services import clock
from workflow.services._moving import moving, tell
from workflow.states import EventKind, Role

_WORKS_ON_CASES = (Role.OFFICER, Role.MANAGER)


def keep_apart(case_id: int, *, by: Actor) -> None:
    """This message belongs to no other case: a request of its own, acknowledged at once."""
    require(by, *_WORKS_ON_CASES)
    with moving(case_id, by=by) as (case, now):
        if not case.to_be_linked or not case.is_open:
            raise CannotDo(_("This case is not waiting to be linked any more. Reload the page to see what was done."))
        case.to_be_linked = False
        clock.wind(case)
        tell(case, EventKind.CASE_KEPT_APART, by=by, at=now)


def remove_message(
    case_id: int, *, message: uuid.UUID, digest: str, what: str, to: str, reason: str, by: Actor
) -> None:
    """A message or an attachment was in the wrong case and leaves it; the caller takes it out.

    ``what`` is "message" or "attachment", ``to`` the reference of the case it goes to. Both that
    reference and the reason are sealed: this history may reach the person, who is another one.
    """
    require(by, *_WORKS_ON_CASES)
    if not reason.strip():
        raise CannotDo(_("Say why it does not belong to this case."))
    with moving(case_id, by=by) as (case, now):
        tell(
            case,
            EventKind.MESSAGE_REMOVED,
            by=by,
            at=now,
            data={"what": what, "message": str(message), "sha256": digest},
            payload={"text": reason.strip(), "to": to},
        )
