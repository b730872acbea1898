"""Acts on who the person is to us and who of us sees the case."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case, Staff
from workflow.states import Relation


@act("person")
def relation(request: HttpRequest, case: Case) -> str:
    services.record_relation(case.pk, relation=fields.choice(request, "relation", Relation), by=actor_of(request))
    return _("What the person is to us is recorded.")


@act("sight")
def restrict(request: HttpRequest, case: Case) -> str:
    named = list(Staff.objects.filter(code__in=request.POST.getlist("named")))
    services.restrict_access(case.pk, named=named, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("Only the colleagues you named and the data protection officer see this case now.")


@act("sight")
def open_to_all(request: HttpRequest, case: Case) -> str:
    services.open_access(case.pk, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("Everybody who reads cases sees this one again.")


@act("sight")
def conflict(request: HttpRequest, case: Case) -> str:
    services.record_conflict(case.pk, staff=_colleague(request), by=actor_of(request))
    return _("Recorded; this colleague no longer sees the case.")


@act("sight")
def no_conflict(request: HttpRequest, case: Case) -> str:
    reason = fields.text(request, "reason")
    services.remove_conflict(case.pk, staff=_colleague(request), reason=reason, by=actor_of(request))
    return _("Recorded; this colleague sees the case again.")


def _colleague(request: HttpRequest) -> Staff:
    person = Staff.objects.filter(code=request.POST.get("staff", "")).first()
    if person is None:
        raise CannotDo(_("Choose the colleague."))
    return person
