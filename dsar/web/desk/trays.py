"""Messages that were filed without a case: robots, bounces, lists, spam. Looked at within a working day."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dsar.intake import services as intake
from dsar.intake.models import InboundMessage, MessageState
from dsar.intake.titles import titles_of
from dsar.web.desk import fields, shell
from dsar.web.desk.access import READS_TRAYS, WORKS_ON_CASES, actor_of, controller, staff
from dsar.web.desk.mail import PARTS, mail_of
from dsar.web.desk.sender import sender_now
from workflow import queries, services
from workflow.guards import CannotDo
from workflow.states import EventKind

PAGE = 100


@dataclass(frozen=True, slots=True)
class Filed:
    message: InboundMessage
    subject: str


@require_safe
@staff(*READS_TRAYS)
def filed(request: HttpRequest) -> HttpResponse:
    """The filed messages, the newest first."""
    owner = controller()
    found = InboundMessage.objects.filter(state=MessageState.FILED.value, controller=owner, erased_at=None)
    messages_filed = list(found.select_related("head").order_by("-id")[:PAGE])
    titles = titles_of(messages_filed)
    rows = [Filed(row, titles[row.pk].subject) for row in messages_filed]
    return shell.render(request, "desk/messages.html", {"view": "messages", "rows": rows}, owner=owner)


@require_safe
@staff(*READS_TRAYS)
def message(request: HttpRequest, message: UUID) -> HttpResponse:
    """One filed message, to be looked at before it is judged; the look is recorded."""
    response = _show(request, message)
    services.record_access(EventKind.MESSAGE_VIEWED, what=message, by=actor_of(request))
    return response


@require_POST
@staff(*WORKS_ON_CASES)
def promote(request: HttpRequest, message: UUID) -> HttpResponse:
    """This is a request: a case with the message's own time of receipt."""
    row = _find(request, message)
    try:
        case = intake.promote(row.pk, by=actor_of(request))
    except CannotDo as refused:
        return _show(request, message, failed=str(refused.sentence), status=409)
    row.refresh_from_db()
    told = (
        _("The message joined the case it belongs to.")
        if row.state == MessageState.ATTACHED.value
        else _("A case was opened; its time limit counts from the receipt of the message.")
    )
    messages.success(request, told)
    seen = queries.sees(actor_of(request), case)
    return redirect("case", uuid=case.uuid) if seen else redirect("messages")


@require_POST
@staff(*WORKS_ON_CASES)
def breach(request: HttpRequest, message: UUID) -> HttpResponse:
    """It tells of a possible data breach, or is one: a case, its alarm and its links revoked, or nothing of it."""
    row = _find(request, message)
    try:
        words = fields.text(request, "words")
        if not words:
            raise CannotDo(_("Write what happened and how you know."))
        case = intake.promote(row.pk, breach=words, by=actor_of(request))
    except CannotDo as refused:
        return _show(request, message, failed=str(refused.sentence), status=409)
    messages.success(request, _("Recorded: manager and data protection officer are told."))
    seen = queries.sees(actor_of(request), case)
    return redirect("case", uuid=case.uuid) if seen else redirect("messages")


def _show(request: HttpRequest, message: UUID, *, failed: str = "", status: int = 200) -> HttpResponse:
    row = _find(request, message)
    context = {
        "view": "messages",
        "row": row,
        "mail": mail_of(row),
        "sender": sender_now(row),
        "failed": failed,
        "is_filed": row.state == MessageState.FILED.value,
    }
    return shell.render(request, "desk/message.html", context, status=status)


def _find(request: HttpRequest, message: UUID) -> InboundMessage:
    rows = InboundMessage.objects.select_related("raw", "text", "head", "mailbox", "case")
    return get_object_or_404(
        rows.prefetch_related(*PARTS),
        Q(case=None) | queries.seen_by(actor_of(request), "case__"),
        uuid=message,
        controller=controller(),
        state__in=_IN_TRAY,
        erased_at=None,
    )


_IN_TRAY = [MessageState.FILED.value, MessageState.OPENED.value]
