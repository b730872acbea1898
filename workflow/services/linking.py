"""A message that may belong elsewhere: the case of its own it becomes, and the case it leaves."""

import re
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted, require
from workflow.models import Staff
from workflow.permissions import Act
from workflow.services import clock, sight
from workflow.services._moving import moving, tell
from workflow.states import EventKind

_PLAIN_ADDRESS = re.compile(r"(?=.{3,254}\Z)[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]+\.[^@\s<>,;\".]+")


def keep_apart(case_id: int, *, by: Actor) -> None:
    """This message belongs to no other case: a request of its own, acknowledged at once."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        if not case.to_be_linked or not case.is_open:
            raise CannotDo(_("This case is not waiting to be linked any more. Reload the page to see what was done."))
        case.to_be_linked = False
        clock.wind(case)
        tell(case, EventKind.CASE_KEPT_APART, by=by, at=now)


def identify_writer(
    case_id: int,
    *,
    email: str,
    name: str,
    received_at: datetime,
    colleague: str = "",
    compared: bool = False,
    by: Actor,
) -> None:
    """Who wrote what reached us through ``colleague`` ("" for the colleague's own), and when it first did.

    The time limit is counted anew from ``received_at`` (aware): a message that lay with one of us had been received.
    ``compared`` with the original in the colleague's mailbox.
    """
    require(by, Act.WORK_ON_CASE)
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
            data={
                "received_at": received_at,
                "case_due": case.case_due,
                **({"compared": True} if compared else {}),
            },
            payload={"person": email, "name": case.person_name, "colleague": colleague},
        )
        sight.inherit_restriction(case, by=by, at=now)


def name_processor(case_id: int, *, processor: str, received_at: datetime, by: Actor) -> None:
    """A processor of ours passed the request on and says when it reached them (aware).

    Day 0 stays that of our receipt, unless the settings of this case count from theirs (``processor_d0``).
    """
    require(by, Act.WORK_ON_CASE)
    if not processor.strip():
        raise CannotDo(_("Write which processor passed the request on."))
    with moving(case_id, by=by) as (case, now):
        if not case.is_open:
            raise CannotDo(_("The receipt can be set only while the case is open."))
        if received_at > case.received_at:
            raise CannotDo(_("The processor cannot have received it after us."))
        if case.policy_version.policy.processor_d0 == "theirs":
            case.received_at = received_at
        clock.wind(case)
        tell(
            case,
            EventKind.PROCESSOR_NAMED,
            by=by,
            at=now,
            data={"theirs": received_at, "received_at": case.received_at, "case_due": case.case_due},
            payload={"text": processor.strip()},
        )
