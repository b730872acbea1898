"""A message that may belong elsewhere: the case of its own it becomes, and the case it leaves."""

import re
import uuid
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted, require
from workflow.models import Staff
from workflow.services import clock
from workflow.services._moving import moving, tell
from workflow.states import EventKind, Role

_WORKS_ON_CASES = (Role.OFFICER, Role.MANAGER)
_PLAIN_ADDRESS = re.compile(r"(?=.{3,254}\Z)[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]+\.[^@\s<>,;\".]+")


def keep_apart(case_id: int, *, by: Actor) -> None:
    """This message belongs to no other case: a request of its own, acknowledged at once."""
    require(by, *_WORKS_ON_CASES)
    with moving(case_id, by=by) as (case, now):
        if not case.to_be_linked or not case.is_open:
            raise CannotDo(_("This case is not waiting to be linked any more. Reload the page to see what was done."))
        case.to_be_linked = False
        clock.wind(case)
        tell(case, EventKind.CASE_KEPT_APART, by=by, at=now)


def identify_writer(
    case_id: int, *, email: str, name: str, received_at: datetime, colleague: str = "", by: Actor
) -> None:
    """Who wrote what reached us through ``colleague`` ("" for the colleague's own), and when it first did.

    The time limit is counted anew from ``received_at`` (aware): a message that lay with one of us had been received.
    """
    require(by, *_WORKS_ON_CASES)
    email = email.strip().lower()
    if not _PLAIN_ADDRESS.fullmatch(email):
        raise CannotDo(_("Write the person’s address like name@example.org."))
    if Staff.objects.filter(code=by.code, email__iexact=email).exists():
        raise NotPermitted(_("This case is about you: a colleague has to handle it."))
    with moving(case_id, by=by) as (case, now):
        if case.person_email:
            raise CannotDo(_("The person of this case is known already."))
        if received_at > now:
            raise CannotDo(_("It cannot have arrived in the future."))
        case.person_email, case.person_name, case.received_at = email, name.strip()[:200], received_at
        clock.wind(case)
        tell(
            case,
            EventKind.WRITER_IDENTIFIED,
            by=by,
            at=now,
            data={"received_at": received_at, "case_due": case.case_due},
            payload={"person": email, "name": case.person_name, "colleague": colleague},
        )


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
