"""Asking for a code, fetching the data, and a longer time for it: each a POST, so that no robot does it by looking."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from dsar.exports import services as exports
from dsar.web.languages import CODES
from dsar.web.portal.views import show
from dsar.web.streams import as_file
from notifications import tokens
from workflow import services
from workflow.actors import PERSON, Actor
from workflow.guards import CannotDo


# No cookie is set and the token in the address is all there is, so no other site can have these posted.
@csrf_exempt
@require_POST
def ask_code(request: HttpRequest, token: str) -> HttpResponse:
    """A code leaves for the person."""
    return _act(request, token, services.issue_release_code)


@csrf_exempt
@require_POST
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """The data wait longer."""
    return _act(request, token, services.renew_release)


@csrf_exempt
@require_POST
def fetch(request: HttpRequest, token: str) -> HttpResponse:
    """The ZIP, for the right code; else the page again, which says what to do."""
    pk = _case_of(token)
    if pk is None:
        return show(request, token)
    try:
        came, row, stream = exports.open_released(pk, text=request.POST.get("code", "")[:100], by=PERSON)
    except CannotDo as refused:
        return show(request, token, status=409, download_problem=str(refused.sentence))
    if row is None or stream is None:
        return show(request, token, status=422, download_refused=came)
    response = as_file(stream, f"{row.case.reference}.zip", row.size, "application/zip")
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _act(request: HttpRequest, token: str, act: Callable[..., None]) -> HttpResponse:
    pk = _case_of(token)
    if pk is None:
        return show(request, token)
    person: Actor = PERSON
    try:
        act(pk, by=person)
    except CannotDo as refused:
        return show(request, token, status=409, download_problem=str(refused.sentence))
    lang = request.GET.get("lang", "")
    return redirect(f"{reverse('portal', args=[token])}{f'?lang={lang}' if lang in CODES else ''}#data")


def _case_of(token: str) -> int | None:
    """The case whose data this link lets out: its own, never those of the case it was merged into."""
    return tokens.case_of_portal(token)
