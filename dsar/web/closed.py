"""Doors that exist in the sign-in library and are kept shut."""

from django.http import Http404, HttpRequest, HttpResponse


def nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404
