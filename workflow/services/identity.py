"""Is the writer the person? Least intrusive first; every right says how sure we must be."""

import uuid
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from workflow import deadlines
from workflow.actors import Actor
from workflow.guards import CannotDo, level_needed, require
from workflow.models import Case, IdentityCheck, Pause
from workflow.permissions import Act
from workflow.services import admissibility, clock, silence
from workflow.services._moving import moving, sealed, tell
from workflow.services.cases import rights_of
from workflow.states import (
    LEVEL_OF_METHOD,
    CaseState,
    EventKind,
    IdentityLevel,
    IdentityMethod,
    PauseEnd,
    PauseKind,
)


def ask_identity(case_id: int, *, doubt: str, by: Actor) -> None:
    """T05: the officer doubts, says why, and asks (Art. 12(6)). The doubt is written for this case.

    The clock stops only when the question has left (see ``clock.begin_pause``).
    """
    require(by, Act.WORK_ON_CASE)
    if not doubt.strip():
        raise CannotDo(_("Write the doubt you have in this case: without one, identity may not be asked."))
    with moving(case_id, by=by) as (case, now):
        if not case.identity_needed:
            raise CannotDo(_("None of these rights needs proof of identity."))
        if case.pauses.filter(kind=PauseKind.IDENTITY.value, answered_on__isnull=True, ended="").exists():
            raise CannotDo(_("Proof was asked for already: record the reply first, even one that is not enough."))
        silence.set_aside(case, by=by, at=now)
        case.ask_identity()
        Pause.objects.create(case=case, kind=PauseKind.IDENTITY.value, raised_at=now)
        tell(
            case,
            EventKind.IDENTITY_ASKED,
            by=by,
            at=now,
            data={"level": needed_of(case).value},
            payload={"doubt": doubt.strip()},
        )


def verify_identity(
    case_id: int,
    *,
    method: IdentityMethod,
    note: str = "",
    arrived_at: datetime | None = None,
    by: Actor,
) -> None:
    """T06/T08: identity is established; raises CannotDo when the method is too weak for the rights.

    ``arrived_at`` is when the proof reached us (the pause ends on that Brussels date, not
    when it was looked at); now when not given. Only method, level, checker and instant are
    kept, never the document (EDPB 01/2022 §79).
    """
    require(by, Act.WORK_ON_CASE)
    level = LEVEL_OF_METHOD[method]
    with moving(case_id, by=by) as (case, now):
        needed = needed_of(case)
        if level < needed:
            raise CannotDo(
                _("This method reaches level %(reached)s; these rights need %(needed)s. Choose a stronger method.")
                % {"reached": level.value, "needed": needed.value}
            )
        if method is IdentityMethod.KNOWLEDGE:
            raise CannotDo(_("Facts only the person knows never suffice alone: choose the channel they came through."))
        if arrived_at is not None and not case.received_at <= arrived_at <= now:
            raise CannotDo(_("The proof cannot have arrived before the request or in the future."))
        check = _keep(case, method, level, note=note, by=by, at=now)
        _establish(case, check, note=note, arrived_at=arrived_at or now, by=by, at=now)


def reach(case: Case, method: IdentityMethod, *, arrived_at: datetime, by: Actor, at: datetime) -> None:
    """A step of the ladder was taken; identity is verified with it where it suffices. The caller holds the lock.

    Where it does not, the step is kept: stronger proof may stand on it.
    """
    check = _keep(case, method, LEVEL_OF_METHOD[method], by=by, at=at)
    waits = case.state in {CaseState.RECEIVED.value, CaseState.AWAITING_IDENTITY.value}
    if waits and is_wanting(case) and IdentityLevel(check.level) >= needed_of(case):
        _establish(case, check, arrived_at=arrived_at, by=by, at=at)


def needed_of(case: Case) -> IdentityLevel:
    """The level the rights of the case ask for."""
    return level_needed(case, rights_of(case))


def is_wanting(case: Case) -> bool:
    """These rights need proof of identity, and less was reached."""
    return bool(case.identity_needed) and (
        case.verified_at is None or IdentityLevel(case.identity_level) < needed_of(case)
    )


def _keep(
    case: Case, method: IdentityMethod, level: IdentityLevel, *, note: str = "", by: Actor, at: datetime
) -> IdentityCheck:
    identity = uuid.uuid4()
    row: IdentityCheck = IdentityCheck.objects.create(
        case=case,
        uuid=identity,
        method=method.value,
        level=level.value,
        note=sealed(case, note, what=f"identity-note:{identity}"),
        checked_by=by.code,
        checked_at=at,
    )
    return row


def _establish(
    case: Case, check: IdentityCheck, *, note: str = "", arrived_at: datetime, by: Actor, at: datetime
) -> None:
    """T06/T08; the wait for a proof ends on the Brussels date it arrived."""
    silence.set_aside(case, by=by, at=at)
    case.verify_identity(at=at, level=IdentityLevel(check.level))
    admissibility.refresh(case, at=at)
    clock.end_pause(
        case,
        kinds=(PauseKind.IDENTITY,),
        how=PauseEnd.REPLY,
        arrived_on=deadlines.brussels_date(arrived_at),
        by=by,
        at=at,
    )
    tell(
        case,
        EventKind.IDENTITY_VERIFIED,
        by=by,
        at=at,
        data={"method": check.method, "level": check.level},
        payload={"note": note.strip()} if note.strip() else None,
    )
