"""The legal hold of a case, and until when the case is kept."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow import services
from workflow.models import Case


@act("hold")
def place_hold(request: HttpRequest, case: Case) -> str:
    services.place_hold(case.pk, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("The legal hold is placed; nothing of this case is erased.")


@act("hold")
def release_hold(request: HttpRequest, case: Case) -> str:
    services.release_hold(case.pk, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("The legal hold is lifted; the case may be closed.")
