"""Before we began: mail that already lay in a fetched mailbox, for an officer to sort."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dsar.intake import beginning
from dsar.intake import services as intake
from dsar.intake.models import InboundMessage, Judgement, MessageState
from dsar.intake.titles import titles_of
from dsar.web.desk import shell
from dsar.web.desk.access import WORKS_ON_CASES, actor_of, controller, staff
from dsar.web.desk.mail import PARTS, mail_of
from dsar.web.desk.sender import sender_now
from workflow import services
from workflow.actors import Actor
from workflow.guards import CannotDo
from workflow.models import Controller
from workflow.states import EventKind

PAGE = 50


@dataclass(frozen=True, slots=True)
class Lying:
    message: InboundMessage
    subject: str


@require_safe
@staff(*WORKS_ON_CASES)
def before(request: HttpRequest) -> HttpResponse:
    """The messages nobody has sorted yet, the newest first, fifty a page behind the cursor ``after``."""
    return _list(request)


@require_POST
@staff(*WORKS_ON_CASES)
def judge(request: HttpRequest) -> HttpResponse:
    """What the officer says of the messages that were ticked; each is an act of its own."""
    judgement = request.POST.get("judgement", "")
    if judgement not in {"open", *Judgement}:
        return _list(request, failed=_("Choose what these messages are."), status=400)
    ticked = _waiting(controller()).filter(uuid__in=_uuids(request.POST.getlist("message")[:PAGE]))
    done = 0
    # The oldest first: what goes on with a request is proposed to join its case.
    for pk in list(ticked.order_by("received_at", "id").values_list("pk", flat=True)):
        try:
            _say(pk, judgement, by=actor_of(request))
        except CannotDo as refused:
            return _list(request, failed=str(refused.sentence), status=409)
        done += 1
    if not done:
        return _list(request, failed=_("Tick at least one message."), status=400)
    messages.success(request, _told(judgement, done))
    return redirect("before")


@require_safe
@staff(*WORKS_ON_CASES)
def message(request: HttpRequest, message: UUID) -> HttpResponse:
    """One of them, to be read before it is judged; the look is recorded."""
    rows = _waiting(controller()).select_related("raw", "text", "head", "mailbox").prefetch_related(*PARTS)
    row = get_object_or_404(rows, uuid=message)
    services.record_access(EventKind.MESSAGE_VIEWED, what=message, by=actor_of(request))
    context = {"view": "before", "row": row, "mail": mail_of(row), "sender": sender_now(row)}
    return shell.render(request, "desk/before_message.html", context)


def _say(pk: int, judgement: str, *, by: Actor) -> None:
    if judgement == "open":
        intake.promote(pk, by=by)
    else:
        beginning.judge(pk, Judgement(judgement), by=by)


def _told(judgement: str, number: int) -> str:
    if judgement == "open":
        told = ngettext(
            "%(n)d case was opened with its true receipt date.",
            "%(n)d cases were opened with their true receipt dates.",
            number,
        )
    else:
        told = ngettext("%(n)d message was sorted.", "%(n)d messages were sorted.", number)
    return told % {"n": number}


def _list(request: HttpRequest, *, failed: str = "", status: int = 200) -> HttpResponse:
    owner = controller()
    rows = _waiting(owner).select_related("head").order_by("-received_at", "-id")
    last = _waiting(owner).filter(uuid__in=_uuids([request.GET.get("after", "")])).first()
    if last is not None:
        rows = rows.filter(Q(received_at__lt=last.received_at) | Q(received_at=last.received_at, pk__lt=last.pk))
    found = list(rows[: PAGE + 1])
    titles = titles_of(found[:PAGE])
    context = {
        "view": "before",
        "rows": [Lying(row, titles[row.pk].subject) for row in found[:PAGE]],
        "more": found[PAGE - 1].uuid if len(found) > PAGE else "",
        "total": _waiting(owner).count(),
        "failed": failed,
    }
    return shell.render(request, "desk/before.html", context, owner=owner, status=status)


def _waiting(owner: Controller) -> "QuerySet[InboundMessage]":
    return InboundMessage.objects.filter(controller=owner, state=MessageState.BEFORE.value, judged="")


def _uuids(texts: list[str]) -> list[UUID]:
    """Those that are one; a cursor or a tick that was tampered with names nothing."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
