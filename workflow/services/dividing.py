"""One message of several people: each case holds its own person's part of it."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, identity_was_skipped, level_needed, nothing_is_decided, require
from workflow.models import Case, Claim
from workflow.permissions import Act
from workflow.services import admissibility, clock
from workflow.services._moving import moving, nothing_came, tell
from workflow.services.admissibility import Condition
from workflow.states import ClaimState, EventKind, IdentityLevel, Right


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part of a message: ``people`` write in it, ``digest`` is the SHA-256 of the part's text.

    ``written_by`` is the address of whoever wrote for the person, "" when it is the person's own.
    """

    people: int
    digest: str
    written_by: str = ""

    def told(self) -> dict[str, str | int]:
        """As the event says it, without the address."""
        return {"people": self.people, "part_sha256": self.digest}


def divide_message(
    case_id: int,
    *,
    message: uuid.UUID,
    digest: str,
    part: Part,
    name: str,
    proposed: Collection[Right],
    conditions: Sequence[Condition] = (),
    seen: int | None = None,
    by: Actor,
) -> None:
    """The case goes on with its own person alone, ``name``; the caller opens the cases of the others.

    Where another person wrote (``part.written_by``), the address is no longer the person's own and answers keep going
    to it. Rights nobody has confirmed and this part does not ask for (``proposed``) are withdrawn. Raises CannotDo
    with a sentence after a decision, or when identity was verified for the one who wrote and this is somebody else.
    """
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        if not case.is_open:
            raise CannotDo(_("This case is over: its message is no longer divided. Open a new case for a new wish."))
        nothing_came(case, since=seen, kinds=[EventKind.MESSAGE_REREAD, EventKind.CLAIMS_CONFIRMED])
        if not nothing_is_decided(case):
            raise CannotDo(_("A decision was already taken in this case, so its message can no longer be divided."))
        if part.written_by:
            if case.verified_at is not None:
                raise CannotDo(_("Identity was verified for the one who wrote: this case has to stay that person’s."))
            case.written_by, case.person_email = part.written_by.lower(), ""
            if case.confirmed_at is not None:
                know_the_person(case)
        case.person_name = name.strip()[:200]
        if case.confirmed_at is None:
            idle = Claim.objects.select_for_update().filter(case=case, confirmed=False, state=ClaimState.OPEN.value)
            for claim in idle.exclude(right__in=[right.value for right in proposed]):
                claim.withdraw()
                claim.save()
            known = set(case.claims.exclude(state=ClaimState.WITHDRAWN.value).values_list("right", flat=True))
            added = [right for right in Right if right in proposed and right.value not in known]
            Claim.objects.bulk_create([Claim(case=case, right=right.value) for right in added])
        admissibility.add(case, conditions, at=now)
        clock.wind(case)
        tell(
            case,
            EventKind.MESSAGE_DIVIDED,
            by=by,
            at=now,
            data={"message": str(message), "sha256": digest, **part.told()},
            payload={"name": case.person_name, "person": case.person_email, "written_by": case.written_by},
        )


def know_the_person(case: Case) -> None:
    """Somebody else wrote it: what needed no proof for the writer's own address needs a little now (T18)."""
    live = case.claims.exclude(state=ClaimState.WITHDRAWN.value).values_list("right", flat=True)
    case.identity_needed = level_needed(case, [Right(right) for right in live]) is not IdentityLevel.L0
    if identity_was_skipped(case):
        case.need_identity()


def find_one_persons(case_id: int, *, message: uuid.UUID, digest: str, by: Actor) -> None:
    """A message that seemed to be several people's is one person's: an officer read it."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        data = {"message": str(message), "sha256": digest}
        tell(case, EventKind.MESSAGE_FOUND_ONE_PERSONS, by=by, at=now, data=data)
