"""Is the writer the person? Least intrusive first; every right says how sure we must be."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from workflow import deadlines
from workflow.actors import Actor
from workflow.events import Value
from workflow.guards import CannotDo, changes_contact, level_needed, require
from workflow.models import Case, IdentityCheck, Pause
from workflow.models.identity import CHANNELS
from workflow.permissions import Act, may
from workflow.services import admissibility, clock, silence
from workflow.services._moving import moving, sealed, tell
from workflow.services.cases import rights_of
from workflow.states import (
    LEVEL_OF_METHOD,
    CaseState,
    Compared,
    EventKind,
    IdentityLevel,
    IdentityMethod,
    PauseEnd,
    PauseKind,
)

_FACTS_ENOUGH = 2


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
    channel: IdentityMethod | None = None,
    facts: Sequence[str] = (),
    compared: Sequence[Compared] = (),
    high_risk: str = "",
    by: Actor,
) -> bool:
    """T06/T08: identity is established; raises CannotDo when the method is too weak for the rights.

    ``arrived_at`` is when the proof reached us (the pause ends on that Brussels date, not
    when it was looked at); now when not given. Only method, level, checker and instant are
    kept, never the document (EDPB 01/2022 §79).

    ``facts``: what only the person knows was asked, two things at least, never their answers; ``channel``: the proof
    they came on top of. ``compared``: what of a document was compared. ``high_risk``: why somebody else has to look at
    it too; then, and where the case itself warns of a takeover, False is returned and identity waits for them.
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
        facts = _told_apart(method, channel, facts)
        if method is IdentityMethod.DOCUMENT_SEEN and Compared.NAME not in compared:
            raise CannotDo(_("Tick what you compared on the document; the name at least."))
        if arrived_at is not None and not case.received_at <= arrived_at <= now:
            raise CannotDo(_("The proof cannot have arrived before the request or in the future."))
        alone = case.policy_version.policy.solo_review
        check = IdentityCheck(
            method=method.value,
            level=level.value,
            channel=channel.value if channel and facts else "",
            compared=",".join(one.value for one in compared) if method is IdentityMethod.DOCUMENT_SEEN else "",
            needs_second_look=is_risky(case, method, high_risk) and not alone,
            arrived_at=arrived_at or now,
        )
        said = "\n".join(line for line in (note.strip(), *facts, high_risk.strip()) if line)
        _keep(case, check, note=said, by=by, at=now)
        if not check.needs_second_look:
            _establish(case, check, note=said, by=by, at=now)
            return True
        if not _waits(case):
            raise CannotDo(_("Identity cannot be verified now. Reload the page to see what was done."))
        tell(
            case,
            EventKind.DOCUMENT_COMPARED,
            by=by,
            at=now,
            data=_told(check),
            payload={"note": said} if said else None,
        )
        return False


def confirm_document(case_id: int, *, check: uuid.UUID, by: Actor) -> None:
    """Somebody else looked at the document of a risky case and agrees: identity stands on it now."""
    if not may(by, Act.REVIEW):
        require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        rows = case.identity_checks.select_for_update().filter(needs_second_look=True, second_by="")
        row = rows.filter(uuid=check).first()
        if row is None or not _waits(case):
            raise CannotDo(_("No document waits for a second look. Reload the page to see what was done."))
        if row.checked_by == by.code:
            raise CannotDo(_("You compared this document yourself: somebody else has to look at it too."))
        row.second_by, row.second_at = by.code, now
        row.save(update_fields=["second_by", "second_at"])
        _establish(case, row, by=by, at=now)


def is_risky(case: Case, method: IdentityMethod, because: str = "") -> bool:
    """A document on which somebody else has to look: an officer says why, or the case warns of a takeover."""
    if method is not IdentityMethod.DOCUMENT_SEEN:
        return False
    denied = case.known_contacts.filter(denied_at__isnull=False).exists()
    return bool(because.strip()) or denied or case.possible_breach or changes_contact(case)


def _told_apart(method: IdentityMethod, channel: IdentityMethod | None, facts: Sequence[str]) -> list[str]:
    """The facts that were asked, each once. Raises CannotDo where they are too few or stand alone."""
    if method is not IdentityMethod.KNOWLEDGE:
        return []
    if channel not in CHANNELS:
        raise CannotDo(_("Facts only the person knows never suffice alone: choose the channel they came through."))
    asked = list(dict.fromkeys(line.strip() for line in facts if line.strip()))
    if len(asked) < _FACTS_ENOUGH:
        raise CannotDo(_("Name at least two facts that were asked, one a line; never write the answers."))
    return asked


def _waits(case: Case) -> bool:
    return case.state in {CaseState.RECEIVED.value, CaseState.AWAITING_IDENTITY.value} and case.confirmed_at is not None


def reach(case: Case, method: IdentityMethod, *, arrived_at: datetime, by: Actor, at: datetime) -> None:
    """A step of the ladder was taken; identity is verified with it where it suffices. The caller holds the lock.

    Where it does not, the step is kept: stronger proof may stand on it.
    """
    check = IdentityCheck(method=method.value, level=LEVEL_OF_METHOD[method].value, arrived_at=arrived_at)
    _keep(case, check, by=by, at=at)
    suffices = IdentityLevel(check.level) >= needed_of(case)
    if is_wanting(case) and suffices and (_waits(case) or case.verified_at is not None):
        _establish(case, check, by=by, at=at)


def needed_of(case: Case) -> IdentityLevel:
    """The level the rights of the case ask for."""
    return level_needed(case, rights_of(case))


def is_wanting(case: Case) -> bool:
    """These rights need proof of identity, and less was reached."""
    return bool(case.identity_needed) and (
        case.verified_at is None or IdentityLevel(case.identity_level) < needed_of(case)
    )


def _keep(case: Case, check: IdentityCheck, *, note: str = "", by: Actor, at: datetime) -> None:
    check.case, check.checked_by, check.checked_at = case, by.code, at
    check.note = sealed(case, note, what=f"identity-note:{check.uuid}")
    check.save()


def _establish(case: Case, check: IdentityCheck, *, note: str = "", by: Actor, at: datetime) -> None:
    """T06/T08; the wait for a proof ends on the Brussels date it arrived."""
    silence.set_aside(case, by=by, at=at)
    level = IdentityLevel(check.level)
    if case.verified_at is not None and is_wanting(case) and not _waits(case):
        case.identity_level = level.value  # a further step: more was asked since
    else:
        case.verify_identity(at=at, level=level)
    admissibility.refresh(case, at=at)
    clock.end_pause(
        case,
        kinds=(PauseKind.IDENTITY,),
        how=PauseEnd.REPLY,
        arrived_on=deadlines.brussels_date(check.arrived_at or at),
        by=by,
        at=at,
    )
    tell(
        case,
        EventKind.IDENTITY_VERIFIED,
        by=by,
        at=at,
        data=_told(check),
        payload={"note": note.strip()} if note.strip() else None,
    )


def _told(check: IdentityCheck) -> dict[str, Value]:
    return {
        "method": check.method,
        "level": check.level,
        **({"channel": check.channel} if check.channel else {}),
        **({"compared": check.compared} if check.compared else {}),
        **({"checked_by": check.checked_by} if check.second_by else {}),
    }
