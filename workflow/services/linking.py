"""A message that may belong elsewhere: the case of its own it becomes, and the case it leaves."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from workflow import queries
from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted, nothing_is_decided, require, says_something
from workflow.models import Staff
from workflow.permissions import Act
from workflow.services import admissibility, clock, rejudging, sight
from workflow.services._moving import in_open_case, moving, tell
from workflow.services.dividing import know_the_person
from workflow.services.ending import is_an_address
from workflow.states import EventKind


def keep_apart(case_id: int, *, by: Actor) -> None:
    """This message belongs to no other case: a request of its own, acknowledged at once."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        if not case.to_be_linked or not case.is_open:
            raise CannotDo(
                _("It was said already whether this message belongs to another case: the history tells what.")
            )
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
    if not is_an_address(email):
        raise CannotDo(_("Write the person’s address like name@example.org."))
    if Staff.objects.filter(code=by.code, email__iexact=email).exists():
        raise NotPermitted(_("This case is about you: a colleague has to handle it."))
    with moving(case_id, by=by) as (case, now):
        if case.person_email:
            raise CannotDo(_("The person of this case is known already: there is nothing to fill in."))
        if received_at > now:
            raise CannotDo(_("It cannot have arrived in the future."))
        if received_at > case.received_at:
            raise CannotDo(
                _("It had reached us when the colleague passed it on: the instant is that one or an earlier.")
            )
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
        rejudging.judge_anew(case, by=by, at=now)
        sight.inherit_restriction(case, by=by, at=now)


def write_for_another(case_id: int, *, email: str, by: Actor) -> None:
    """The message is about another person's address, ``email``: that one is the person of the case from now on.

    What asked for no proof for the writer's own address needs a little now (T18), and it is that address which gets
    no more advertising. Raises CannotDo once something was decided, or identity verified for the one who wrote.
    """
    require(by, Act.WORK_ON_CASE)
    email = email.strip().lower()
    if not is_an_address(email):
        raise CannotDo(_("Write the person’s address like name@example.org."))
    if Staff.objects.filter(code=by.code, email__iexact=email).exists():
        raise NotPermitted(_("This case is about you: a colleague has to handle it."))
    with moving(case_id, by=by) as (case, now):
        writer = case.written_by or case.person_email
        if not case.is_open or not nothing_is_decided(case):
            raise CannotDo(_("A right of this case is decided already: its person can no longer be changed."))
        if case.verified_at is not None:
            raise CannotDo(_("Identity was verified for the one who wrote: this case has to stay that person’s."))
        if queries.mailbox_of(email) in {queries.mailbox_of(writer), queries.mailbox_of(case.person_email)}:
            raise CannotDo(_("This is the address the case has already."))
        case.written_by, case.person_email = writer, email
        if case.confirmed_at is not None:
            know_the_person(case)
        admissibility.refresh(case, at=now)
        clock.wind(case)
        tell(case, EventKind.PERSON_NAMED, by=by, at=now, payload={"person": email, "written_by": writer})
        sight.inherit_restriction(case, by=by, at=now)


def name_processor(case_id: int, *, processor: str, received_at: datetime, by: Actor) -> None:
    """A processor of ours passed the request on and says when it reached them (aware).

    Day 0 stays that of our receipt, unless the settings of this case count from theirs (``processor_d0``).
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(processor):
        raise CannotDo(_("Write which processor passed the request on."))
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        if received_at > case.received_at:
            raise CannotDo(_("The processor passed it on to us, so it had it before: write an earlier day and time."))
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
        rejudging.judge_anew(case, by=by, at=now)
