"""What the person is to the company, and whether it is a child.

Who is near us may ask for a case that few colleagues see; where child and parent disagree a manager decides.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted, require
from workflow.models import Case, Claim
from workflow.permissions import Act
from workflow.services._moving import moving, tell
from workflow.states import FAST_LANE, NEAR_US, ClaimState, EventKind, Relation, Role


def record_relation(case_id: int, *, relation: Relation, by: Actor) -> None:
    """Customer, employee, applicant…: an officer says it, at any time and again when it was wrong.

    Of somebody near us the manager and the data protection officer are told: they may restrict the case.
    """
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        if case.relation == relation.value:
            raise CannotDo(_("This is recorded already."))
        before, case.relation = case.relation, relation.value
        tell(case, EventKind.RELATION_RECORDED, by=by, at=now, data={"relation": relation.value, "before": before})
        if relation not in NEAR_US:
            case.restriction_proposed = False
        elif not case.restricted_access and before not in {one.value for one in NEAR_US}:
            case.restriction_proposed = True
            tell(case, EventKind.ACCESS_RESTRICTION_PROPOSED, by=by, at=now)


def record_minor(case_id: int, *, minor: bool, conflict: bool = False, why: str, by: Actor) -> None:
    """The person is a child (or was taken for one), and whether child and parent disagree (domain §3.1).

    The letters then speak to a child. In a conflict a manager approves every decision: what others approved and is
    not carried out yet goes back, and only a manager says that the conflict is over.
    """
    require(by, Act.WORK_ON_CASE)
    if not why.strip():
        raise CannotDo(_("Say how you know: the age that was told, who wrote, what they disagree about."))
    if conflict and not minor:
        raise CannotDo(_("Child and parent can disagree only where the person is a child: tick that too."))
    with moving(case_id, by=by) as (case, now):
        if (case.minor, case.minor_conflict) == (minor, conflict):
            raise CannotDo(_("This is recorded already."))
        if case.minor_conflict and not conflict and not by.has(Role.MANAGER):
            raise NotPermitted(_("Only a manager says that child and parent agree again."))
        begins = conflict and not case.minor_conflict
        case.minor, case.minor_conflict = minor, conflict
        data = {"minor": minor, "minor_conflict": conflict}
        tell(case, EventKind.MINOR_RECORDED, by=by, at=now, data=data, payload={"text": why.strip()})
        if begins:
            _ask_a_manager(case, by=by, at=now)


def _ask_a_manager(case: Case, *, by: Actor, at: datetime) -> None:
    """An approval from before the conflict was nobody's decision about it; what is done already stays done."""
    fast = [right.value for right in FAST_LANE]
    rows = Claim.objects.select_for_update().filter(case=case, state=ClaimState.APPROVED.value, verified_at=None)
    for claim in rows.exclude(right__in=fast):
        claim.send_back()
        claim.save()
        data = {"version": claim.version, "minor_conflict": True}
        tell(case, EventKind.CLAIM_SENT_BACK, by=by, at=at, claim=claim, data=data)
