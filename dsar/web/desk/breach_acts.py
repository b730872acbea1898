"""A possible data breach on the case page: reported by anyone, judged by a manager."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from notifications.models import Notification
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.states import BreachVerdict


@act("breach")
def report(request: HttpRequest, case: Case) -> str:
    services.report_breach(
        case.pk,
        words=fields.text(request, "words"),
        aware_at=fields.moment(request, "aware_at"),
        letter=_letter(case, request.POST.get("letter", "")),
        by=actor_of(request),
    )
    return _("Recorded: manager and data protection officer are told, and the links sent before open nothing any more.")


@act("breach")
def assess(request: HttpRequest, case: Case) -> str:
    services.assess_breach(
        case.pk,
        verdict=fields.choice(request, "verdict", BreachVerdict),
        reason=fields.text(request, "reason"),
        authority_at=fields.moment(request, "authority_at"),
        reference=fields.text(request, "reference")[:200],
        person_at=fields.moment(request, "person_at"),
        by=actor_of(request),
    )
    return _("The judgement is recorded.")


def _letter(case: Case, value: str) -> UUID | None:
    """A letter of this case, or of one merged into it."""
    if not value:
        return None
    try:
        row = Notification.objects.get(uuid=UUID(value))
    except (ValueError, Notification.DoesNotExist):
        raise CannotDo(_("This letter is not in the case. Reload the page.")) from None
    if row.case_id != case.pk and (row.case is None or row.case.merged_into_id != case.pk):
        raise CannotDo(_("This letter is not in the case. Reload the page."))
    return row.uuid
