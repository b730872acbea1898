"""What the person is to the company; who is near us may ask for a case that few colleagues see."""

from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.permissions import Act
from workflow.services._moving import moving, tell
from workflow.states import NEAR_US, EventKind, Relation


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
