"""What a member of staff was told, how they want to hear of it, and the address of their calendar."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dsar.web.desk import shell
from dsar.web.desk.access import WORKS_ON_CASES, actor_of, staff
from notifications import notices as told
from notifications.kinds import Channel
from workflow.models import Staff
from workflow.permissions import Act, may
from workflow.states import Role

PAGE = 50
CHANNELS = (
    (Channel.MAIL, gettext_lazy("By mail"), gettext_lazy("Each notice at once; at night it waits for the morning.")),
    (Channel.DIGEST, gettext_lazy("One mail a day"), gettext_lazy("In the morning, what you have not read here yet.")),
    (Channel.DESK, gettext_lazy("Here only"), gettext_lazy("No mail. Look at this page.")),
)


@require_safe
@staff()
def notices(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@staff()
def read(request: HttpRequest) -> HttpResponse:
    """Everything up to the newest notice that was on the screen."""
    last = request.POST.get("last", "")
    if last.isascii() and last.isdigit() and len(last) < 19:
        told.mark_read(_me(request), up_to=int(last))
    return redirect("notices")


@require_POST
@staff()
def choose(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("channel", "")
    if chosen not in set(Channel):
        messages.error(request, _("Choose how you want to be told."))
    else:
        told.choose(_me(request), channel=Channel(chosen), weekly=bool(request.POST.get("weekly")))
        messages.success(request, _("Your choice is kept. It counts for notices from now on."))
    return redirect("notices")


@require_POST
@staff(*WORKS_ON_CASES)
def open_calendar(request: HttpRequest) -> HttpResponse:
    """A new address, shown this once."""
    path = reverse("feed", kwargs={"secret": told.open_feed(_me(request))})
    return _page(request, address=f"{settings.PUBLIC_URL}{path}")


@require_POST
@staff()
def close_calendar(request: HttpRequest) -> HttpResponse:
    told.close_feed(_me(request))
    messages.success(request, _("The address of your calendar no longer opens anything."))
    return redirect("notices")


def _page(request: HttpRequest, *, address: str = "") -> HttpResponse:
    me, actor = _me(request), actor_of(request)
    rows = list(told.of(me, actor)[:PAGE])
    context = {
        "view": "notices",
        "notices": rows,
        "some_new": any(row.read_at is None for row in rows),
        "preference": told.preference_of(me),
        "channels": [(channel.value, name, what) for channel, name, what in CHANNELS],
        "alarmed": actor.has(Role.MANAGER, Role.DPO),
        "works": may(actor, Act.WORK_ON_CASE),
        "address": address,
    }
    return shell.render(request, "desk/notices.html", context)


def _me(request: HttpRequest) -> Staff:
    me: Staff = request.user  # type: ignore[assignment]
    return me
