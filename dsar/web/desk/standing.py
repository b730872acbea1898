"""Where a case stands on its clock, in the few words a list or a header has room for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dsar.web import words
from workflow.deadlines import brussels_date, next_working
from workflow.models import Case
from workflow.states import CaseState, IdentityLevel


class Group(StrEnum):
    """The groups of the queue, in the order they are shown."""

    LATE = "late"
    TODAY = "today"
    TASKS = "tasks"
    TOMORROW = "tomorrow"
    SORT = "sort"
    LATER = "later"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Due:
    """``style`` is a suffix of the CSS classes ``due--`` and ``clock--``."""

    style: str
    headline: str
    line: str


@dataclass(frozen=True, slots=True)
class Mile:
    """One of the three milestones; ``done`` counts for the strip, ``style`` for the colour."""

    name: str
    short: str
    style: str
    icon: str
    text: str
    detail: str = ""


def next_working_day(today: date) -> date:
    """The next day somebody works after today."""
    return next_working(date.fromordinal(today.toordinal() + 1))


def group_of(case: Case, today: date) -> Group:
    """Where the queue lists an open case; the same rules as ``numbers.counts``."""
    if case.case_due is not None and case.case_due < today:
        return Group.LATE
    if case.send_by is not None and case.send_by <= today:
        return Group.TODAY
    if case.next_due <= today:
        return Group.TASKS
    if case.confirmed_at is None:
        return Group.SORT
    if case.case_due is None:
        return Group.SUSPENDED
    if case.next_due <= next_working_day(today):
        return Group.TOMORROW
    return Group.LATER


def due_of(case: Case, today: date) -> Due:
    """The first column of the queue."""
    if not case.is_open:
        return _over(case)
    match group_of(case, today):
        case Group.LATE:
            return Due("late", _days_late((today - _sure(case.case_due)).days), words.day(_sure(case.case_due)))
        case Group.TODAY:
            return Due("today", _("Today"), words.day(_sure(case.send_by)))
        case Group.TASKS:
            return Due("task", _("Today"), _task(case))
        case Group.SORT:
            return Due("soon", _("To sort"), words.day(case.next_due))
        case Group.SUSPENDED:
            since = _suspended_since(case)
            line = _("since %(day)s") % {"day": words.short(since)} if since else ""
            return Due("hold", _("Suspended"), line)
        case Group.TOMORROW:
            return Due("soon", _days((case.next_due - today).days), words.day(case.next_due))
        case _:
            return Due("x", _days((_sure(case.send_by) - today).days), words.day(_sure(case.send_by)))


def clock_of(case: Case, today: date) -> Due:
    """The clock box of the case page: how much time is left, to which day."""
    if not case.is_open:
        return _over(case)
    if case.case_due is None or case.send_by is None:
        never = _("without the pause: %(day)s") % {"day": words.day(case.never_paused_due)}
        return Due("hold", _("Suspended"), never)
    if case.case_due < today:
        late = (today - case.case_due).days
        return Due("late", _days(late), _("late, due on %(day)s") % {"day": words.day(case.case_due)})
    left = (case.send_by - today).days
    line = _("to be sent by %(day)s") % {"day": words.day(case.send_by)}
    if left <= 0:
        return Due("late", _("Today"), line)
    return Due("soon" if left <= 3 else "ok", _days(left), line)


def miles_of(case: Case, today: date) -> tuple[Mile, Mile, Mile]:
    """Received · Identity verified · Processed within 30 days (domain §3)."""
    received = Mile(_("Received"), _("Received"), "done", "check", words.short(case.receipt_date))
    return received, _identity(case), _processed(case, today)


def _identity(case: Case) -> Mile:
    name, brief = _("Identity verified"), _("Identity")
    if case.verified_at is not None:
        level = "" if case.identity_level == IdentityLevel.L0.value else case.identity_level
        detail = _("level %(level)s") % {"level": level} if level else ""
        return Mile(name, brief, "done", "check", words.short(brussels_date(case.verified_at)), detail)
    if not case.identity_needed:
        return Mile(name, brief, "off", "minus", _("not required"))
    if case.unidentified:
        return Mile(name, brief, "off", "minus", _("not established"))
    if case.state == CaseState.AWAITING_IDENTITY.value:
        return Mile(name, brief, "hold", "pause", _("asked"))
    return Mile(name, brief, "off", "circle", _("to be verified"))


def _processed(case: Case, today: date) -> Mile:
    name = _("Processed ≤ 30 d")
    if case.processed_at is not None:
        return Mile(name, name, "done", "check", words.short(brussels_date(case.processed_at)))
    if not case.is_open:
        return Mile(name, name, "off", "minus", _("not processed"))
    if case.case_due is None:
        other = _("else %(day)s") % {"day": words.short(case.never_paused_due)}
        return Mile(name, name, "hold", "pause", _("no date"), other)
    if case.case_due < today:
        return Mile(name, name, "late", "alert", f"≤ {words.short(case.case_due)}", _("exceeded"))
    return Mile(name, name, "off", "circle", f"≤ {words.short(case.case_due)}")


def _over(case: Case) -> Due:
    if case.processed_at is not None:
        spent = (brussels_date(case.processed_at) - case.receipt_date).days
        return Due("done", _("Processed"), _("in %(days)s") % {"days": _days(spent)})
    names = {
        CaseState.MERGED.value: pgettext("case", "Merged"),
        CaseState.WITHDRAWN.value: pgettext("case", "Withdrawn"),
        CaseState.OUT_OF_SCOPE.value: pgettext("case", "Out of scope"),
        CaseState.FORWARDED.value: pgettext("case", "Forwarded"),
    }
    return Due("done", names.get(case.state, pgettext("case", "Closed")), "")


def _task(case: Case) -> str:
    return _("to sort") if case.confirmed_at is None else _("internal task")


def _suspended_since(case: Case) -> date | None:
    return max((pause.asked_on for pause in case.pauses.all() if pause.asked_on), default=None)


def _days(count: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}


def _days_late(count: int) -> str:
    return ngettext("%(n)d day late", "%(n)d days late", count) % {"n": count}


def _sure(value: date | None) -> date:
    """A date that the group of the case guarantees."""
    if value is None:
        raise ValueError("A case without a due date stands in no dated group of the queue.")
    return value
