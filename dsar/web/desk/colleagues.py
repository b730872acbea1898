"""Colleagues: who is away, who stands in, who hands over cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dsar.web import words
from dsar.web.desk import shell
from dsar.web.desk.access import actor_of, staff
from workflow import queries, services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Absence, Staff
from workflow.permissions import Act, may
from workflow.states import Role

CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Colleague:
    """``absences`` that are not over, the next one first; ``away`` is the one of today."""

    person: Staff
    roles: list[str]
    absences: list[Absence]
    away: Absence | None


@dataclass(frozen=True, slots=True)
class Failed:
    """As on the case page: the form, why, and what was typed."""

    form: str
    sentence: str
    data: QueryDict


@require_safe
@staff()
def colleagues(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _act(perform: Callable[[HttpRequest], str]) -> Callable[..., HttpResponse]:
    """Done: a sentence; refused: the page again with the sentence beside its form; without the role: 403."""

    @wraps(perform)
    def view(request: HttpRequest) -> HttpResponse:
        try:
            done = perform(request)
        except NotPermitted as refused:
            raise PermissionDenied(str(refused.sentence)) from None
        except CannotDo as refused:
            failed = Failed(request.POST.get("form", ""), str(refused.sentence), request.POST)
            return _page(request, failed=failed, status=CONFLICT)
        messages.success(request, done)
        return redirect("colleagues")

    return require_POST(staff()(view))


@_act
def away(request: HttpRequest) -> str:
    person = _person(request, "staff")
    stand_in = Staff.objects.filter(code=request.POST.get("stand_in", "")).first()
    first, last = _day(request, "first_day"), _day(request, "last_day")
    services.set_absence(staff=person, first_day=first, last_day=last, stand_in=stand_in, by=actor_of(request))
    return _("The absence of %(name)s is recorded.") % {"name": person.name}


@_act
def back(request: HttpRequest) -> str:
    number = request.POST.get("absence", "")
    known = number.isascii() and number.isdigit() and len(number) < 10
    row = Absence.objects.select_related("staff").filter(pk=int(number)).first() if known else None
    services.end_absence(row, by=actor_of(request))
    return _("The absence is ended.")


@_act
def hand_over(request: HttpRequest) -> str:
    person, to = _person(request, "staff"), _person(request, "to")
    moved, left = services.hand_over_cases(staff=person, to=to, by=actor_of(request))
    done = ngettext("%(n)d case goes on with %(name)s.", "%(n)d cases go on with %(name)s.", moved)
    done %= {"n": moved, "name": to.name}
    if left:
        stay = ngettext("%(n)d stays: %(name)s may not see it.", "%(n)d stay: %(name)s may not see them.", left)
        done += " " + stay % {"n": left, "name": to.name}
    return done


def _page(request: HttpRequest, *, failed: Failed | None = None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    active = list(Staff.objects.filter(is_active=True).prefetch_related("roles").order_by("name"))
    context = {
        "view": "colleagues",
        "failed": failed,
        "people": _people(active),
        "active": active,
        "sets_absences": may(actor, Act.SET_ABSENCE),
        "hands_over": may(actor, Act.HAND_OVER_CASES),
    }
    return shell.render(request, "desk/colleagues.html", context, status=status)


def _people(active: list[Staff]) -> list[Colleague]:
    today = words.today()
    found: dict[int, list[Absence]] = {}
    for row in queries.absences_from(today).select_related("stand_in"):
        found.setdefault(row.staff_id, []).append(row)
    people = []
    for one in active:
        rows = found.get(one.pk, [])
        held = {row.role for row in one.roles.all()}
        roles = [role.value for role in Role if role.value in held]
        people.append(Colleague(one, roles, rows, next((row for row in rows if row.first_day <= today), None)))
    return people


def _person(request: HttpRequest, name: str) -> Staff:
    person = Staff.objects.filter(code=request.POST.get(name, "")).first()
    if person is None:
        raise CannotDo(_("Choose the colleague."))
    return person


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise CannotDo(_("Write the date like 2027-03-26.")) from None
