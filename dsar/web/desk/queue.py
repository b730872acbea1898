"""The queue: what must leave next comes first."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dsar.intake.inspecting import to_look_at
from dsar.web import words
from dsar.web.desk import shell
from dsar.web.desk.access import READS_CASES, READS_MAIL, actor_of, controller, staff
from dsar.web.desk.actions import NextAction, live_claims, next_for
from dsar.web.desk.numbers import IDENTITY, PASSED_ON, TO_LINK, UNREADABLE, counts, with_signs
from dsar.web.desk.sender import briefly
from dsar.web.desk.standing import Due, Group, Mile, due_of, group_of, miles_of, next_working_day
from workflow import queries, services
from workflow.actors import Actor
from workflow.models import Case, Claim, Controller

PAGE = 50
VIEWS = ("todo", "mine", "identity", "review", "suspended", "toread", "link", "unreadable", "passed", "all")


@dataclass(frozen=True, slots=True)
class Row:
    case: Case
    claims: list[Claim]
    due: Due
    miles: tuple[Mile, Mile, Mile]
    next: NextAction
    subject: str
    sender: str  # what deserves a look about it


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the queue; ``count`` is over all pages."""

    group: Group
    title: str
    why: str
    count: int | None
    rows: list[Row]


@require_safe
@staff()
def queue(request: HttpRequest) -> HttpResponse:
    """Open cases by what is due next; with ``view`` or ``q`` another choice of cases."""
    if not actor_of(request).has(*READS_CASES):
        return shell.render(request, "desk/no_cases.html", {})
    today = words.today()
    owner = controller(partial(with_signs, me=request.user, actor=actor_of(request)))
    totals = counts(owner, today, request.user.pk, to=actor_of(request))
    view = request.GET.get("view", "todo")
    view = view if view in VIEWS else "todo"
    searched = request.GET.get("q", "").strip()[:200]
    chosen = _chosen(owner, view, searched, request)
    cases, more = _page(chosen, queries.visible_to(actor_of(request)), request.GET.get("after", ""))
    subjects = services.subjects_of(cases)
    rows = [_row(case, today, subjects[case.pk], actor=actor_of(request)) for case in cases]
    by_due = not searched and view not in {"all", "toread"}
    context = {
        "view": view,
        "q": searched,
        "today": today,
        "tomorrow": next_working_day(today),
        "totals": totals,
        "title": _title(view, searched),
        "sections": _sections(rows, today, totals if view == "todo" else None) if by_due else _one(rows),
        "more": more,
        "later_page": bool(request.GET.get("after")),
    }
    return shell.render(request, "desk/queue.html", context, owner=owner, totals=totals)


def _chosen(owner: Controller, view: str, searched: str, request: HttpRequest) -> "QuerySet[Case]":
    actor = actor_of(request)
    if searched:
        return queries.matching(owner, searched, to=actor)
    match view:
        case "mine":
            return queries.open_cases(owner, to=actor).filter(queries.carried_by(request.user.pk, words.today()))
        case "identity":
            return queries.open_cases(owner, to=actor).filter(IDENTITY)
        case "review":
            return queries.awaiting_review(owner, to=actor)
        case "suspended":
            return queries.suspended(owner, to=actor)
        case "link":
            return queries.open_cases(owner, to=actor).filter(TO_LINK)
        case "unreadable":
            return queries.open_cases(owner, to=actor).filter(UNREADABLE)
        case "passed":
            return queries.open_cases(owner, to=actor).filter(PASSED_ON)
        case "toread":
            return queries.with_a_message_to_read(owner, to=actor)
        case "all":
            return queries.visible_to(actor).filter(controller=owner).order_by("-received_at", "-id")
        case _:
            return queries.open_cases(owner, to=actor)


def _page(cases: "QuerySet[Case]", seen: "QuerySet[Case]", after: str) -> tuple[list[Case], str]:
    """Fifty cases behind the cursor, and the cursor of the next page ("" at the end)."""
    by = [str(name) for name in cases.query.order_by]
    cases = _behind(cases, seen, by, after)
    # Rows are joined to nothing that grows: what a row shows comes in one query a table.
    found = list(
        cases.select_related("assignee", "passed_on", "extension", "policy_version")
        .prefetch_related("claims", "pauses", "requirements", "collections")
        .annotate(sender_bits=to_look_at())[: PAGE + 1]
    )
    more = len(found) > PAGE
    found = found[:PAGE]
    return found, _cursor(found[-1], by) if more else ""


def _cursor(case: Case, by: list[str]) -> str:
    key = {"next_due": case.next_due.isoformat(), "-received_at": case.received_at.isoformat()}.get(by[0], "")
    return f"{key}_{case.uuid}"


def _behind(cases: "QuerySet[Case]", seen: "QuerySet[Case]", by: list[str], after: str) -> "QuerySet[Case]":
    key, _sep, identity = after.rpartition("_")
    try:
        last = seen.filter(uuid=UUID(identity)).values_list("pk", flat=True).first()
        if last is None:
            return cases
        if by[0] == "next_due":
            due = date.fromisoformat(key)
            return cases.filter(Q(next_due__gt=due) | Q(next_due=due, id__gt=last))
        if by[0] == "-received_at":
            at = datetime.fromisoformat(key)
            return cases.filter(Q(received_at__lt=at) | Q(received_at=at, id__lt=last))
        return cases.filter(id__gt=last)
    except ValueError:
        return cases  # no cursor, or one that was tampered with: the first page


def _row(case: Case, today: date, subject: str, *, actor: Actor) -> Row:
    sender = briefly(case, case.sender_bits) if actor.has(*READS_MAIL) else ""  # type: ignore[attr-defined]
    return Row(
        case, live_claims(case), due_of(case, today), miles_of(case, today), next_for(case, actor), subject, sender
    )


def _sections(rows: list[Row], today: date, totals: dict[str, int] | None) -> list[Section]:
    tomorrow = next_working_day(today)
    is_tomorrow = (tomorrow - today).days == 1
    day = words.long(tomorrow).rpartition(words.NB)[0]
    next_day = _("Tomorrow, %(day)s") if is_tomorrow else _("Next working day, %(day)s")
    titles = {
        Group.LATE: (_("Late"), ""),
        Group.TODAY: (_("To be sent today"), ""),
        Group.TASKS: (_("To be done today"), _("internal dates, no legal due date on this day")),
        Group.TOMORROW: (next_day % {"day": day}, ""),
        Group.SORT: (_("To be sorted"), ""),
        Group.LATER: (_("Later"), ""),
        Group.SUSPENDED: (_("Clock suspended"), _("the date is the one that would hold without the pause")),
    }
    found = {group: [row for row in rows if group_of(row.case, today) == group] for group in Group}
    return [
        Section(group, *titles[group], totals[group.value] if totals else None, found[group])
        for group in Group
        if found[group]
    ]


def _one(rows: list[Row]) -> list[Section]:
    return [Section(Group.LATER, "", "", None, rows)] if rows else []


def _title(view: str, searched: str) -> str:
    if searched:
        return _("Search")
    return {
        "todo": _("To do"),
        "mine": _("My cases"),
        "identity": _("Identity"),
        "review": _("Review"),
        "suspended": _("Clock suspended"),
        "toread": _("Messages after the answer"),
        "link": _("To be linked"),
        "unreadable": _("Could not be read"),
        "passed": _("Passed on internally"),
        "all": _("All cases"),
    }[view]
