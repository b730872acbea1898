"""Acts on what manager and DPO were told of: a complaint, an authority's letter."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.states import ComplaintKind


@act("history")
def complaint(request: HttpRequest, case: Case) -> str:
    kind = fields.optional(request, "kind", ComplaintKind) or ComplaintKind.COMPLAINT
    services.raise_complaint(case.pk, kind=kind, words=fields.text(request, "words"), by=actor_of(request))
    return _("The complaint is recorded; the manager and the data protection officer are told.")


@act("authority")
def mark_authority(request: HttpRequest, case: Case) -> str:
    services.recognise_authority(case.pk, by=actor_of(request))
    return _("Marked as an authority’s letter; the manager and the data protection officer are told.")


@act("authority")
def call_back(request: HttpRequest, case: Case) -> str:
    services.record_call_back(case.pk, text=fields.text(request, "text"), by=actor_of(request))
    return _("The call is in the history.")


@act("authority")
def authority_due(request: HttpRequest, case: Case) -> str:
    try:
        due = date.fromisoformat(request.POST.get("due", ""))
    except ValueError:
        raise CannotDo(_("Write the date like 2027-03-26.")) from None
    services.set_authority_due(case.pk, due=due, by=actor_of(request))
    return _("The authority’s date is set.")


@act("history")
def deny_authority(request: HttpRequest, case: Case) -> str:
    services.deny_authority(case.pk, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("An ordinary message again; its acknowledgement is leaving. A manager lifts the legal hold.")
