"""Pages for what went wrong: one sentence each, never a stack trace."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """An error page; it asks nothing of the database, which may be what is missing."""
    response = render(request, "error.html", {"title": title, "sentence": sentence}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        400,
        _("This request could not be read"),
        _("It was incomplete or too large. Nothing was changed. Go back and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = str(exception or "") or _("Your role does not allow this. Ask an administrator for the role you need.")
    return page(request, 403, _("Not allowed"), sentence)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(
        request,
        403,
        _("This form was too old"),
        _("Nothing was changed. Go back, reload the page and send the form again; cookies must be allowed."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        404,
        _("This page does not exist"),
        _("The address may be incomplete, or what it showed is no longer here."),
    )


def too_many(request: HttpRequest, exception: Exception | None = None, **_more: Any) -> HttpResponse:
    return page(request, 429, _("Too many attempts"), _("Wait a few minutes, then try again."))


def broken(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        500,
        _("Something failed on our side"),
        _("What you did may not have been saved. Nothing is half done. Try again; if it fails again, tell us when."),
    )


def busy(request: HttpRequest, sentence: str) -> HttpResponse:
    return page(request, 503, _("Not possible right now"), sentence)
