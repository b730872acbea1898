"""Acts on who the person is to us, who of us sees the case, and what the data protection officer thinks of it."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dsar.lists import services as lists
from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case, Staff
from workflow.states import Advice, Relation


@act("person")
def person(request: HttpRequest, case: Case) -> str:
    services.write_for_another(case.pk, email=fields.text(request, "email"), by=actor_of(request))
    return _("The request is about that address now.")


@act("person")
def relation(request: HttpRequest, case: Case) -> str:
    services.record_relation(case.pk, relation=fields.choice(request, "relation", Relation), by=actor_of(request))
    return _("What the person is to us is recorded.")


@act("person")
def minor(request: HttpRequest, case: Case) -> str:
    services.record_minor(
        case.pk,
        minor=request.POST.get("minor") == "yes",
        conflict=request.POST.get("conflict") == "yes",
        why=fields.text(request, "why"),
        by=actor_of(request),
    )
    return _("Recorded. Letters speak to a child where it is one; a conflict is a manager’s to decide.")


@act("sight")
def restrict(request: HttpRequest, case: Case) -> str:
    named = list(Staff.objects.filter(code__in=request.POST.getlist("named")))
    services.restrict_access(case.pk, named=named, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("Only the colleagues you named and the data protection officer see this case now.")


@act("sight")
def no_restriction(request: HttpRequest, case: Case) -> str:
    services.decline_restriction(case.pk, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("Recorded: no restriction is needed.")


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


@act("opinions")
def opinion(request: HttpRequest, case: Case) -> str:
    about = request.POST.get("claim", "")
    services.give_opinion(
        case.pk,
        advice=fields.choice(request, "advice", Advice),
        text=fields.text(request, "text"),
        claim=_uuid(about) if about else None,
        by=actor_of(request),
    )
    return _("The opinion is recorded.")


@act("opinions")
def depart(request: HttpRequest, case: Case) -> str:
    row, reason = _uuid(request.POST.get("opinion", "")), fields.text(request, "reason")
    services.depart_from_opinion(case.pk, opinion=row, reason=reason, by=actor_of(request))
    return _("Recorded: the opinion is not followed, and why.")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CannotDo(_("This form was incomplete. Reload the page and try again.")) from None


def _colleague(request: HttpRequest) -> Staff:
    person = Staff.objects.filter(code=request.POST.get("staff", "")).first()
    if person is None:
        raise CannotDo(_("Choose the colleague."))
    return person


@act("other")
def take_off_list(request: HttpRequest, case: Case) -> str:
    lists.take_off(case.pk, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("This person is no longer on the list of those who get no advertising.")
