"""A letter of a case on paper, for an envelope with a window."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dsar.paper.letter import Sheet, letter_pdf
from dsar.paper.render import PaperFailed
from dsar.web import errors, words
from dsar.web.desk import case as page
from dsar.web.desk import fields
from dsar.web.desk.access import WORKS_ON_CASES, actor_of, staff
from notifications import letters, rendering
from notifications import services as post_office
from notifications.kinds import Audience, Letter
from notifications.models import Notification
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.sealing import KeyGone
from workflow.states import EventKind, Language

# What the window of an envelope shows.
_LINES, _LINE = 6, 60


@require_POST
@staff(*WORKS_ON_CASES)
def letter_paper(request: HttpRequest, uuid: UUID, letter: UUID) -> HttpResponse:
    """The letter as PDF to the address typed here, which is kept nowhere; that it was printed is recorded."""
    case = page.find(request, uuid)
    rows = Notification.objects.filter(case=case).exclude(audience=Audience.STAFF.value)
    row = get_object_or_404(rows.exclude(letter=Letter.M27.value).select_related("case__controller"), uuid=letter)
    try:
        pdf = letter_pdf(_sheet(request, case, row))
    except CannotDo as refused:
        failed = page.Failed(f"paper:{letter}", str(refused.sentence), request.POST)
        return page.show(request, case, failed=failed, status=409)
    except PaperFailed as refused:
        return errors.busy(request, str(refused))
    services.record_access(EventKind.LETTER_PRINTED, case=case, what=row.uuid, by=actor_of(request))
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{case.reference}-{row.letter}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _sheet(request: HttpRequest, case: Case, row: Notification) -> Sheet:
    address = tuple(fields.lines(request, "address"))
    if not address:
        raise CannotDo(_("Type the address first: it has to show in the window of the envelope."))
    if len(address) > _LINES or max(map(len, address)) > _LINE:
        raise CannotDo(_("This address does not fit the window: six lines of sixty characters at most."))
    try:
        content = post_office.content_of(row)
    except KeyGone:
        raise CannotDo(_("This letter was erased: there is nothing left to print.")) from None
    policy = letters.newest_policy(case)
    return Sheet(
        subject=content.subject,
        text=rendering.joined(content.paper) or content.text,
        language=Language(row.language),
        reference=case.reference,
        sender=case.controller.name,
        sender_address=policy.sender_address,
        mailbox=settings.MAILBOX,
        address=address,
        enclosures=tuple(fields.lines(request, "enclosures")),
        dated=words.today(),
        written_at=row.created_at,
    )
