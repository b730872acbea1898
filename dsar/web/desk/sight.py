"""Who of us sees the case, as its page shows it: named staff, colleagues it is about, what may be changed."""

from typing import Any

from dsar.web import words
from workflow import queries, services
from workflow.actors import Actor
from workflow.models import Case, Staff
from workflow.permissions import Act, may
from workflow.states import CaseState


def of(case: Case, actor: Actor) -> dict[str, Any]:
    may_restrict = may(actor, Act.RESTRICT_CASE) and case.state != CaseState.MERGED.value
    works = may(actor, Act.WORK_ON_CASE)
    about = [row.staff for row in case.about.select_related("staff").order_by("staff__name")]
    named = [row.staff for row in case.named.select_related("staff").order_by("staff__name")]
    away = queries.absences_on(words.today()).filter(staff=case.assignee_id).select_related("stand_in").first()
    return {
        "carrier_away": away,
        "named_staff": named if case.restricted_access else [],
        "about_staff": about,
        "restriction_proposed": case.restriction_proposed,
        "may_restrict": may_restrict,
        "can_be_named": _choices(case, named, actor) if may_restrict else [],
        "colleagues": list(Staff.objects.filter(is_active=True).order_by("name")) if works else [],
    }


def _choices(case: Case, named: list[Staff], actor: Actor) -> list[tuple[Staff, bool]]:
    """Each with whether the form ticks it: who is named, or who carries the case and who restricts it."""
    at_first = {case.assignee_id, *(one.pk for one in Staff.objects.filter(code=actor.code))}
    ticked = {one.pk for one in named} if case.restricted_access else at_first
    return [(one, one.pk in ticked) for one in services.may_be_named(case)]
