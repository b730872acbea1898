"""Who may open what at the desk; what they may do there is the services' to say."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from workflow.actors import Actor
from workflow.models import Controller
from workflow.permissions import MAY, Act
from workflow.states import Role

View = Callable[..., HttpResponse]

READS_CASES = MAY[Act.READ_CASE]
READS_MAIL = MAY[Act.READ_MAIL]
READS_TRAYS = MAY[Act.READ_TRAYS]
WORKS_ON_CASES = MAY[Act.WORK_ON_CASE]
TENDS_MAILBOXES = MAY[Act.SEE_MAILBOXES]
TENDS_SENDING = MAY[Act.TEND_SENDING]
REVIEWS = MAY[Act.REVIEW]
SETS_POLICY = MAY[Act.SET_POLICY]
PRINTS = MAY[Act.PRINT_HISTORY]
MANAGES_STAFF = MAY[Act.MANAGE_STAFF]


def staff(*roles: Role, first_password: bool = False) -> Callable[[View], View]:
    """Signed in and holding one of these roles (any role when none is named), else sign-in or a 403 page.

    A password that somebody else gave opens only what says ``first_password``: the page to choose another.

    Leaves ``request.actor`` for the view; the page is kept by no cache.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            if request.user.first_password and not first_password:  # type: ignore[union-attr]
                return redirect("own-password")
            request.actor = request.user.actor()  # type: ignore[attr-defined]
            if roles and not actor_of(request).has(*roles):
                raise PermissionDenied(
                    _("Your role does not open this page. Ask an administrator for the role you need.")
                )
            return view(request, *args, **kwargs)

        return never_cache(guarded)

    return decorate


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, with the roles held at the beginning of this request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def controller(bring: "Callable[[QuerySet[Controller]], QuerySet[Controller]]" = lambda rows: rows) -> Controller:
    """The one organisation of this installation; what ``bring`` adds comes in the same query."""
    return bring(Controller.objects.order_by("id")).get()
