"""What an officer says of an attachment: an identity document, or none."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dsar.intake import judging
from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from dsar.web.desk.files import part_of
from workflow.models import Case


@act("messages")
def is_document(request: HttpRequest, case: Case, part: UUID) -> str:
    row = part_of(case, part)
    judging.judge(row.pk, shows_one=True, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("Marked as an identity document: opened only with a reason, destroyed once identity is decided.")


@act("messages")
def no_document(request: HttpRequest, case: Case, part: UUID) -> str:
    row = part_of(case, part)
    judging.judge(row.pk, shows_one=False, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("No identity document: opened and kept like any other attachment.")
