"""What every page of the desk has around it: navigation with its numbers, who is here, the banner."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render

from dsar.intake.mailbox import alarms
from dsar.web import words
from dsar.web.desk import access
from dsar.web.desk.access import actor_of
from dsar.web.desk.numbers import counts, trays
from workflow.models import Controller
from workflow.states import Role


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    owner: Controller | None = None,
    totals: dict[str, int] | None = None,
    in_trays: dict[str, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the desk, with the numbers of the navigation counted unless the view has them."""
    actor = actor_of(request)
    reads = actor.has(*access.READS_CASES)
    owner = owner or access.controller()
    if totals is None and reads:
        totals = counts(owner, words.today(), request.user.pk, to=actor)
    around = {
        "me": request.user,
        "roles": [role.value for role in Role if role in actor.roles],
        "owner": owner,
        "nav": totals,
        "trays": in_trays or (trays(owner) if actor.has(*access.READS_TRAYS) else None),
        "reads_cases": reads,
        "reads_mail": actor.has(*access.READS_MAIL),
        "mailbox_alarms": actor.has(*access.TENDS_MAILBOXES) and bool(settings.IMAP_URLS) and alarms.raised().exists(),
        "tends_mailboxes": actor.has(*access.TENDS_MAILBOXES),
        "reads_trays": actor.has(*access.READS_TRAYS),
        "works": actor.has(*access.WORKS_ON_CASES),
        "reviews": actor.has(*access.REVIEWS),
        "prints": actor.has(*access.PRINTS),
        "outgoing_is_folder": settings.OUTGOING_IS_FOLDER,
        "here": request.get_full_path() if request.method == "GET" else request.path,
    }
    return django_render(request, template, {**around, **context}, status=status)
