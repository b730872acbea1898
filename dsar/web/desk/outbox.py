"""The outbox: every letter, the newest first, with the links and codes in it masked."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dsar.web.desk import letters, shell
from dsar.web.desk.access import READS_TRAYS, actor_of, controller, staff
from notifications.models import Notification
from workflow import queries, services
from workflow.states import EventKind

PAGE = 50


@require_safe
@staff(*READS_TRAYS)
def outbox(request: HttpRequest) -> HttpResponse:
    """Fifty letters a page behind the cursor ``before``; the look is recorded."""
    owner = controller()
    rows = (
        Notification.objects.filter(
            Q(case=None, controller=owner) | (Q(case__controller=owner) & queries.seen_by(actor_of(request), "case__"))
        )
        .select_related("case")
        .order_by("-id")
    )
    last = _position(request.GET.get("before", ""))
    rows = rows.filter(pk__lt=last) if last else rows
    found = list(rows[: PAGE + 1])
    services.record_access(EventKind.OUTBOX_VIEWED, by=actor_of(request))
    context = {
        "view": "outbox",
        "letters": [letters.shown(row, with_text=True) for row in found[:PAGE]],
        "more": found[PAGE - 1].uuid if len(found) > PAGE else "",
    }
    return shell.render(request, "desk/outbox.html", context, owner=owner)


def _position(cursor: str) -> int | None:
    """The row a cursor names; None for no cursor or one that was tampered with."""
    try:
        return Notification.objects.filter(uuid=UUID(cursor)).values_list("pk", flat=True).first()
    except ValueError:
        return None
