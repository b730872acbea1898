"""The acts on a colleague's own mail to the person: it answers these rights, or nothing."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dsar.intake import outside
from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow.models import Case


@act("decisions")
def confirm(request: HttpRequest, case: Case, message: UUID) -> str:
    ticked = fields.identifiers(request, "claims")
    outside.confirm(case.pk, message, claims=ticked, by=actor_of(request))
    return _("That message answers these rights. It counts once the decision is approved.")


@act("messages")
def deny(request: HttpRequest, case: Case, message: UUID) -> str:
    outside.deny(case.pk, message, why=fields.text(request, "why"), by=actor_of(request))
    return _("That message answers nothing: our own letters do.")
