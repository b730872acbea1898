"""The language of the screens: chosen by the person at the screen, French until then."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflow.models import Staff

CODES = frozenset(code for code, _name in settings.LANGUAGES)


class InterfaceLanguage:
    """Activates the member of staff's language, else the cookie's, else French.

    What the browser asks for does not count: the desk of one office looks the same to all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _chosen(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _chosen(request: HttpRequest) -> str:
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = request.user.language if request.user.is_authenticated else cookie
    return language if language in CODES else settings.LANGUAGE_CODE


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language in the account, or in a cookie before sign-in, and go back."""
    language = request.POST.get("language", "")
    if language not in CODES:
        return HttpResponseBadRequest(_("Choose French, Dutch, German or English."))
    if request.user.is_authenticated:
        Staff.objects.filter(pk=request.user.pk).update(language=language)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = reverse("queue")
    response = HttpResponseRedirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
