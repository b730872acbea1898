"""What every page of the desk has around it: navigation with its numbers, who is here, the banner."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render

from dsar.intake.mailbox import alarms
from dsar.web import words
from dsar.web.desk import access
from dsar.web.desk.access import actor_of
from dsar.web.desk.numbers import counts, trays_of, with_signs
from workflow.models import Controller, Staff
from workflow.states import Role


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    owner: Controller | None = None,
    totals: dict[str, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the desk, with the numbers of the navigation counted unless the view has them."""
    me: Staff = request.user  # type: ignore[assignment]
    actor = actor_of(request)
    reads = actor.has(*access.READS_CASES)
    if owner is None or not hasattr(owner, "unread"):
        owner = access.controller(partial(with_signs, me=me, actor=actor))
    if totals is None and reads:
        totals = counts(owner, words.today(), request.user.pk, to=actor)
    around = {
        "me": me,
        "roles": [role.value for role in Role if role in actor.roles],
        "owner": owner,
        "nav": totals,
        "trays": trays_of(owner) if actor.has(*access.READS_TRAYS) else None,
        "reads_cases": reads,
        "unread": owner.unread,  # type: ignore[attr-defined]
        "reads_mail": actor.has(*access.READS_MAIL),
        "mailbox_alarms": actor.has(*access.TENDS_MAILBOXES) and bool(settings.IMAP_URLS) and alarms.raised().exists(),
        "tends_mailboxes": actor.has(*access.TENDS_MAILBOXES),
        "tends_sending": actor.has(*access.TENDS_SENDING),
        "letters_hindered": (reads or actor.has(*access.TENDS_SENDING)) and owner.hindered,  # type: ignore[attr-defined]
        "reads_trays": actor.has(*access.READS_TRAYS),
        "manages_staff": actor.has(*access.MANAGES_STAFF),
        "works": actor.has(*access.WORKS_ON_CASES),
        "reviews": actor.has(*access.REVIEWS),
        "prints": actor.has(*access.PRINTS),
        "outgoing_is_folder": settings.OUTGOING_IS_FOLDER,
        "here": request.get_full_path() if request.method == "GET" else request.path,
    }
    return django_render(request, template, {**around, **context}, status=status)
