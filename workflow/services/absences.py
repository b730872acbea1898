"""Who is away and who stands in; cases that change hands."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, events, queries
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.models import Absence, Case, Staff
from workflow.permissions import Act, may
from workflow.services._moving import moving, tell
from workflow.services.installing import STREAM
from workflow.states import EventKind

CASE_WORK = (Act.WORK_ON_CASE, Act.REVIEW, Act.GIVE_OPINION)


def set_absence(*, staff: Staff, first_day: date, last_day: date, stand_in: Staff | None, by: Actor) -> Absence:
    """Reminders, alarms and the list of own cases go to the stand-in meanwhile; one's own, or as manager anybody's.

    Raises CannotDo where the stand-in could not do the work, is away too, or where the days overlap another absence.
    """
    if staff is None or staff.code != by.code:
        require(by, Act.SET_ABSENCE)
    if last_day < first_day or last_day < _today():
        raise CannotDo(_("The last day cannot lie before the first one, or in the past."))
    with transaction.atomic():
        list(Staff.objects.select_for_update().filter(pk__in=[staff.pk, stand_in.pk if stand_in else staff.pk]))
        if _between(first_day, last_day).filter(staff=staff).exists():
            raise CannotDo(_("An absence is recorded in these days already: end it first."))
        _check_stand_in(staff, stand_in, first_day, last_day)
        row = Absence.objects.create(staff=staff, stand_in=stand_in, first_day=first_day, last_day=last_day)
        data: dict[str, events.Value] = {
            "staff": staff.code,
            "stand_in": stand_in.code if stand_in else "",
            "from": first_day,
            "to_day": last_day,
        }
        events.record(STREAM, EventKind.ABSENCE_RECORDED, by=by, at=timezone.now(), data=data)
    return row


def end_absence(absence: Absence | None, *, by: Actor) -> None:
    """Back earlier, or not away at all: from today everything goes to the person again."""
    if absence is None or absence.staff.code != by.code:
        require(by, Act.SET_ABSENCE)
    with transaction.atomic():
        known = Absence.objects.select_for_update().select_related("staff")
        row = known.filter(pk=absence.pk, last_day__gte=_today()).first() if absence else None
        if row is None:
            raise CannotDo(_("This absence is over already: there is nothing to end."))
        yesterday = date.fromordinal(_today().toordinal() - 1)
        if row.first_day <= yesterday:
            row.last_day = yesterday
            row.save(update_fields=["last_day"])
        else:
            row.delete()
        events.record(STREAM, EventKind.ABSENCE_ENDED, by=by, at=timezone.now(), data={"staff": row.staff.code})


def hand_over_cases(*, staff: Staff, to: Staff, by: Actor) -> tuple[int, int]:
    """All open cases of one person to another: how many went, and how many stay since ``to`` may not see them."""
    require(by, Act.HAND_OVER_CASES)
    if staff == to:
        raise CannotDo(_("Choose two different colleagues."))
    moved = left = 0
    with transaction.atomic():
        to = Staff.objects.select_for_update().get(pk=to.pk)
        if not to.is_active or not may(to.actor(), Act.WORK_ON_CASE):
            raise CannotDo(_("Only an officer or a manager can carry a case."))
        for pk in list(carried_by(staff).filter(queries.seen_by(by)).order_by("id").values_list("pk", flat=True)):
            with moving(pk, by=by) as (case, now):
                if not queries.sees(to.actor(), case):
                    left += 1
                    continue
                case.assignee = to
                tell(case, EventKind.CASE_ASSIGNED, by=by, at=now, data={"to": to.code})
                moved += 1
    if not moved and not left:
        raise CannotDo(_("%(name)s carries no open case that you see.") % {"name": staff.name})
    return moved, left


def carried_by(staff: Staff) -> "QuerySet[Case]":
    """Their open cases."""
    return queries.any_open().filter(assignee=staff)


def _check_stand_in(staff: Staff, stand_in: Staff | None, first_day: date, last_day: date) -> None:
    needed = [act for act in CASE_WORK if may(staff.actor(), act)]
    if stand_in is None:
        if needed:
            raise CannotDo(_("Choose who stands in: reminders and reviews must reach somebody."))
        return
    held = [act for act in needed if may(stand_in.actor(), act)]
    works = Act.WORK_ON_CASE in needed and Act.WORK_ON_CASE not in held
    if stand_in == staff or not stand_in.is_active or works or (needed and not held):
        raise CannotDo(
            _("%(name)s cannot stand in: it takes somebody who may do the same work.") % {"name": stand_in.name}
        )
    days = _between(first_day, last_day)
    if days.filter(staff=stand_in).exists():
        raise CannotDo(_("%(name)s is away in these days too: choose another stand-in.") % {"name": stand_in.name})
    if days.filter(stand_in=staff).exists():
        raise CannotDo(
            _("%(name)s stands in for somebody in these days: choose another stand-in there first.")
            % {"name": staff.name}
        )


def _between(first_day: date, last_day: date) -> "QuerySet[Absence]":
    return queries.absences_from(first_day).filter(first_day__lte=last_day)


def _today() -> date:
    return deadlines.brussels_date(timezone.now())
