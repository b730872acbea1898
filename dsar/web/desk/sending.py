"""Sending: which account is well, what waits and why, what came back; a test mail; try again or take back.

No content of a case is shown here: a reference, the kind of letter, a reason.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dsar.web.desk import lacking, reasons, shell
from dsar.web.desk.access import READS_CASES, TENDS_SENDING, WORKS_ON_CASES, actor_of, controller, staff
from notifications import routes
from notifications import sending as post
from notifications.kinds import NotificationState
from notifications.models import Notification, SendingAccount, Unmade
from workflow import queries, services
from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case

_MOST = 100
_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Line:
    """One letter: ``reference`` is empty for one of no case, or where the reader may not know of the case."""

    letter: Notification
    reference: str
    link: bool
    why: str
    may_cancel: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One account and how it was found last; ``row`` is empty before its first letter."""

    name: str
    row: SendingAccount | None
    why: str


@require_safe
@staff(*TENDS_SENDING)
def sending_page(request: HttpRequest) -> HttpResponse:
    """Accounts, queue, what cannot be made, what came back within thirty days."""
    return _show(request)


@require_POST
@staff(*TENDS_SENDING)
def test(request: HttpRequest) -> HttpResponse:
    """A mail to whoever asks."""
    if not request.user.email:  # type: ignore[union-attr]
        return _show(request, failed=_("Your account has no e-mail address to send to."), status=409)
    services.order_test_mail(by=actor_of(request))
    messages.success(request, _("The test mail is on its way. Reload the page to see what became of it."))
    return redirect("sending")


@require_POST
@staff(*TENDS_SENDING)
def again(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Try a letter again now."""
    return _by_hand(request, letter, post.try_again, _("The letter is tried again within a minute."))


@require_POST
@staff(*TENDS_SENDING)
def cancel(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Take a letter back that has not left."""
    return _by_hand(request, letter, post.take_back, _("The letter was taken back; it will not leave."))


def _by_hand(request: HttpRequest, letter: UUID, act: Any, done: str) -> HttpResponse:
    row = get_object_or_404(_visible(actor_of(request)), uuid=letter)
    try:
        act(row.pk, reason=request.POST.get("reason", ""), by=actor_of(request))
    except NotPermitted as refused:
        return _show(request, failed=str(refused.sentence), status=403)
    except CannotDo as refused:
        return _show(request, failed=str(refused.sentence), status=409)
    messages.success(request, done)
    return redirect("sending")


def _visible(actor: Actor) -> "QuerySet[Notification]":
    """Letters this reader may act on. An administrator sees no case: of a restricted one the services refuse."""
    rows = Notification.objects.select_related("case", "controller")
    return rows.filter(queries.seen_by(actor, "case__") | Q(case=None)) if _reads(actor) else rows


def _reads(actor: Actor) -> bool:
    return actor.has(*READS_CASES)


def _show(request: HttpRequest, *, failed: str = "", status: int = 200) -> HttpResponse:
    actor, owner = actor_of(request), controller()
    waiting = list(post.waiting()[: _MOST + 1])
    came_back = Notification.objects.filter(
        state=NotificationState.UNDELIVERABLE.value, finished_at__gte=timezone.now() - _BACK
    ).select_related("case")
    unmade = Unmade.objects.select_related("case").order_by("since")
    context = {
        "view": "sending",
        "ways": _ways(),
        "alarm": _alarm(),
        "waiting": [_line(row, actor) for row in waiting[:_MOST]],
        "many": len(waiting) > _MOST,
        "came_back": [_line(row, actor) for row in came_back.order_by("-finished_at")[:_MOST]],
        "unmade": [(one, *_reference(one.row.case, actor)) for one in lacking.told(unmade[:_MOST])],
        "tested": _tested(actor),
        "failed": failed,
    }
    return shell.render(request, "desk/sending.html", context, owner=owner, status=status)


def _ways() -> list[Way]:
    names = [routes.FOLDER] if settings.OUTGOING_IS_FOLDER else [account.name for account in settings.OUTGOING]
    rows = {row.name: row for row in SendingAccount.objects.filter(name__in=names)}
    return [Way(name, rows.get(name), reasons.of(rows[name].why) if name in rows else "") for name in names]


def _alarm() -> Any:
    standing = post.standing()
    return standing[0] if standing else None


def _tested(actor: Actor) -> Line | None:
    letter = post.last_test(actor.code)
    return None if letter is None else _line(letter, actor)


def _line(letter: Notification, actor: Actor) -> Line:
    reference, link = _reference(letter.case, actor)
    waits = post.may_be_taken_back(letter)
    may = waits and (letter.case_id is None or (link and actor.has(*WORKS_ON_CASES)))
    return Line(letter, reference, link, reasons.of_letter(letter), may)


def _reference(case: Case | None, actor: Actor) -> tuple[str, bool]:
    """The reference where it may be named, and whether it leads to the case's page."""
    if case is None:
        return "", False
    if _reads(actor):
        return (case.reference, True) if queries.sees(actor, case) else ("", False)
    return ("" if case.restricted_access or queries.is_about(case, actor) else case.reference), False
