"""Taking out of a case what is another person's: a message, an attachment, an attached file."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dsar.exports import services as exports
from dsar.intake import moving
from dsar.intake.models import InboundMessage
from dsar.sources import by_hand
from dsar.sources.models import AttachedFile
from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from dsar.web.desk.files import part_of
from workflow import queries
from workflow.guards import CannotDo
from workflow.models import Case


@act("messages")
def message(request: HttpRequest, case: Case, message: UUID) -> str:
    """The whole message, or the one attachment that was chosen in the form."""
    row = get_object_or_404(InboundMessage, case=case, uuid=message)
    if chosen := request.POST.get("part", ""):
        return _move_part(request, case, chosen)
    to = _other(request, case)
    target = moving.move_message(row.pk, to=to, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("The message is now in %(reference)s.") % {"reference": target.reference}


@act("messages")
def part(request: HttpRequest, case: Case, part: UUID) -> str:
    return _move_part(request, case, part)


def _move_part(request: HttpRequest, case: Case, part: UUID | str) -> str:
    to = _other(request, case)
    if to is None:
        raise CannotDo(_("Write the reference of the case it goes to."))
    row = part_of(case, part)
    moving.move_part(row.pk, to=to, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("The attachment is now in %(reference)s.") % {"reference": to.reference}


@act("collection")
def file(request: HttpRequest, case: Case, file: UUID) -> str:
    row = get_object_or_404(AttachedFile, case=case, uuid=file)
    to = _other(request, case)
    by_hand.remove(row.uuid, reason=fields.text(request, "reason"), to=to, by=actor_of(request))
    exports.destroy_outdated(case.pk)
    if to is None:
        return _("The file is removed and destroyed; exports that held it too.")
    return _("The file is now in %(reference)s; exports that held it are destroyed.") % {"reference": to.reference}


def _other(request: HttpRequest, case: Case) -> Case | None:
    """The case named in the form; None when the field is empty. Raises CannotDo for an unknown one."""
    reference = request.POST.get("to", "").strip().upper()
    if not reference:
        return None
    seen = queries.visible_to(actor_of(request))
    found = seen.filter(controller=case.controller, reference=reference).first()
    if found is None:
        raise CannotDo(_("There is no case with this reference."))
    return found
