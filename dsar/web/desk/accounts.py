"""Accounts of staff, for the administrator; and everybody's own password."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dsar.web.desk import fields, shell
from dsar.web.desk.access import MANAGES_STAFF, actor_of, staff
from dsar.web.desk.colleagues import CONFLICT, Failed
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Staff
from workflow.states import Language, Role


@dataclass(frozen=True, slots=True)
class Shown:
    """A first password: on this one page and nowhere else, in clear."""

    person: Staff
    password: str


Act = Callable[[HttpRequest, Staff], Shown | str]


@require_safe
@staff(*MANAGES_STAFF)
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account, open or closed, and the form of a new one."""
    return _list(request)


@require_POST
@staff(*MANAGES_STAFF)
def open_account(request: HttpRequest) -> HttpResponse:
    password = secrets.token_urlsafe(15)
    try:
        person = services.open_account(
            username=fields.text(request, "username").lower(),
            name=fields.text(request, "name"),
            email=fields.text(request, "email"),
            language=fields.choice(request, "language", Language),
            roles=fields.several(request, "roles", Role),
            password=password,
            by=actor_of(request),
        )
    except CannotDo as refused:
        return _list(request, failed=Failed("open", str(refused.sentence), request.POST), status=CONFLICT)
    return _one(request, person, shown=Shown(person, password))


@require_safe
@staff(*MANAGES_STAFF)
def account(request: HttpRequest, code: str) -> HttpResponse:
    return _one(request, get_object_or_404(Staff, code=code))


def _act(perform: Act) -> Callable[..., HttpResponse]:
    """Done: a sentence, or the page with a first password; refused: the page again with the sentence."""

    @wraps(perform)
    def view(request: HttpRequest, code: str) -> HttpResponse:
        person = get_object_or_404(Staff, code=code)
        try:
            done = perform(request, person)
        except CannotDo as refused:
            failed = Failed(request.POST.get("form", ""), str(refused.sentence), request.POST)
            return _one(request, person, failed=failed, status=CONFLICT)
        if isinstance(done, Shown):
            person.refresh_from_db()
            return _one(request, person, shown=done)
        messages.success(request, done)
        return redirect("account", code=code)

    return require_POST(staff(*MANAGES_STAFF)(view))


@_act
def roles(request: HttpRequest, person: Staff) -> str:
    services.change_roles(staff=person, roles=fields.several(request, "roles", Role), by=actor_of(request))
    return _("The roles of %(name)s are changed; they count at once.") % {"name": person.name}


@_act
def renew(request: HttpRequest, person: Staff) -> Shown:
    password = secrets.token_urlsafe(15)
    services.renew_password(staff=person, password=password, by=actor_of(request))
    return Shown(person, password)


@_act
def close(request: HttpRequest, person: Staff) -> str:
    services.close_account(staff=person, by=actor_of(request))
    return _("The account of %(name)s is closed.") % {"name": person.name}


@_act
def reopen(request: HttpRequest, person: Staff) -> Shown:
    password = secrets.token_urlsafe(15)
    services.reopen_account(staff=person, password=password, by=actor_of(request))
    return Shown(person, password)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(first_password=True)
def own_password(request: HttpRequest) -> HttpResponse:
    """One's own password, known to nobody else; the only page a first password opens."""
    failed = None
    if request.method == "POST":
        try:
            _change_own(request)
        except CannotDo as refused:
            failed = Failed("password", str(refused.sentence), request.POST)
        else:
            messages.success(request, _("Your password is changed."))
            return redirect("queue")
    context = {"view": "password", "failed": failed, "must": request.user.first_password}  # type: ignore[union-attr]
    return shell.render(request, "desk/password.html", context, status=CONFLICT if failed else 200)


def _change_own(request: HttpRequest) -> None:
    me: Staff = request.user  # type: ignore[assignment]
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    if not me.check_password(old):
        raise CannotDo(_("The present password is not right."))
    if new != request.POST.get("again", ""):
        raise CannotDo(_("The two new passwords are not the same."))
    if new == old:
        raise CannotDo(_("Choose another password than the present one."))
    try:
        validate_password(new, me)
    except ValidationError as weak:
        raise CannotDo(" ".join(weak.messages)) from None
    services.change_own_password(staff=me, password=new, by=actor_of(request))
    me.refresh_from_db()
    update_session_auth_hash(request, me)


def _list(request: HttpRequest, *, failed: Failed | None = None, status: int = 200) -> HttpResponse:
    people = Staff.objects.prefetch_related("roles").order_by("-is_active", "name")
    context = {
        "view": "accounts",
        "failed": failed,
        "people": [(one, _held(one)) for one in people],
        "all_roles": list(Role),
        "languages": list(Language),
        "chosen_roles": request.POST.getlist("roles"),
    }
    return shell.render(request, "desk/accounts.html", context, status=status)


def _one(
    request: HttpRequest, person: Staff, *, shown: Shown | None = None, failed: Failed | None = None, status: int = 200
) -> HttpResponse:
    chosen = request.POST.getlist("roles") if failed and failed.form == "roles" else _held(person)
    context: dict[str, Any] = {
        "view": "accounts",
        "person": person,
        "held": _held(person),
        "chosen_roles": chosen,
        "all_roles": list(Role),
        "shown": shown,
        "failed": failed,
    }
    return shell.render(request, "desk/account.html", context, status=status)


def _held(person: Staff) -> list[str]:
    held = {row.role for row in person.roles.all()}
    return [role.value for role in Role if role.value in held]
