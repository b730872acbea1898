"""The ruler of a case: receipt, pauses, today and the due dates on one line, drawn on the server."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dsar.web import words
from workflow.deadlines import Deadlines
from workflow.models import Case

_LEFT, _RIGHT = 1.2, 81.2
_ROOM = 24.0  # a label needs about this many percent of the width


@dataclass(frozen=True, slots=True)
class Mark:
    """A tick with its label; ``row`` is "top" or "bottom", ``end`` lets the label end at the tick."""

    x: str
    text: str
    style: str
    row: str
    end: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    x: str
    width: str
    text: str


@dataclass(frozen=True, slots=True)
class Ruler:
    width: str
    run: str
    pauses: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    told: str


def ruler_of(case: Case, dates: Deadlines, today: date) -> Ruler:
    """Positions in percent of the width. The text tells the same to those who do not see it."""
    first = case.receipt_date
    limits = [d for d in (dates.policy_30d, dates.month_due, dates.case_due) if d]
    last = max([*limits, *([] if limits else [dates.month_due_if_never_paused, today])])
    span = max((last - first).days, 1)

    def place(day: date) -> float:
        share = min(max((day - first).days / span, 0), 1)
        return _LEFT + share * (_RIGHT - _LEFT)

    until = min(today, last)
    pauses = tuple(
        Stretch(_percent(place(p.asked)), _percent(max(place(p.answered or until) - place(p.asked), 0.4)), _pause(p))
        for p in dates.pauses
    )
    marks = _marks(case, dates, today, place, last)
    told = "; ".join([*(mark.text for mark in marks), *(pause.text for pause in pauses)])
    return Ruler(_percent(_RIGHT - _LEFT), _percent(place(until) - _LEFT), pauses, marks, told)


def _marks(case: Case, dates: Deadlines, today: date, place, last: date) -> tuple[Mark, ...]:  # type: ignore[no-untyped-def]
    received = _("Received %(day)s") % {"day": words.day(case.receipt_date)}
    marks = [Mark(_percent(_LEFT), received, "", "top", end=False)]
    if case.is_open and case.receipt_date < today <= last:
        x = place(today)
        # Beside the label of the receipt there is room only further on.
        row = "top" if x > _LEFT + 2 * _ROOM else "bottom"
        marks.append(Mark(_percent(x), _("today, %(day)s") % {"day": words.day(today)}, "now", row, end=x > 40))
    if dates.send_by and case.is_open:
        text = _("to be sent by %(day)s") % {"day": words.day(dates.send_by)}
        marks.append(Mark(_percent(place(dates.send_by)), text, "late", "bottom", end=True))
    if dates.policy_30d:
        text = _("30 days: %(day)s") % {"day": words.day(dates.policy_30d)}
        marks.append(Mark(_percent(place(dates.policy_30d)), text, "", "top", end=False))
    if dates.month_due:
        text = _("one month: %(day)s") % {"day": words.day(dates.month_due)}
        marks.append(Mark(_percent(place(dates.month_due)), text, "", "bottom", end=False))
    return tuple(marks)


def _pause(pause) -> str:  # type: ignore[no-untyped-def]
    asked = words.short(pause.asked)
    if pause.answered is None:
        return _("pause since %(day)s") % {"day": asked}
    days = (pause.answered - pause.asked).days
    if days == 0:
        return _("pause ended the same day, %(day)s") % {"day": asked}
    return ngettext("pause %(n)d day: %(asked)s → %(answered)s", "pause %(n)d days: %(asked)s → %(answered)s", days) % {
        "n": days,
        "asked": asked,
        "answered": words.short(pause.answered),
    }


def _percent(value: float) -> str:
    return f"{value:.2f}%"
