"""Who is away and who stands in; accounts that end; cases that change hands."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workflow import deadlines, events, queries
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.models import Absence, Case, Staff
from workflow.permissions import Act, may
from workflow.services._moving import moving, tell
from workflow.services.installing import STREAM
from workflow.states import EventKind, Role

_CASE_WORK = (Act.WORK_ON_CASE, Act.REVIEW, Act.GIVE_OPINION)
_TOLD = 5  # references in one sentence


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
            raise CannotDo(_("This absence is over already. Reload the page."))
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
        for pk in list(_carried(staff).filter(queries.seen_by(by)).order_by("id").values_list("pk", flat=True)):
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


def close_account(*, staff: Staff, by: Actor) -> None:
    """Nobody signs in with it any more; what the person did keeps their code.

    Raises CannotDo while the person carries open cases, stands in for somebody, or is the last administrator.
    """
    require(by, Act.MANAGE_STAFF)
    with transaction.atomic():
        staff = Staff.objects.select_for_update().get(pk=staff.pk)
        if not staff.is_active:
            raise CannotDo(_("This account is closed already."))
        if staff.code == by.code:
            raise CannotDo(_("You cannot close your own account: another administrator does."))
        _check_nothing_waits(staff)
        staff.is_active = False
        staff.save(update_fields=["is_active"])
        events.record(STREAM, EventKind.STAFF_CLOSED, by=by, at=timezone.now(), data={"staff": staff.code})


def _check_nothing_waits(staff: Staff) -> None:
    carried = _carried(staff)
    if carried.exists():
        raise CannotDo(_still_carries(staff, carried))
    standing = queries.absences_from(_today()).filter(stand_in=staff).select_related("staff").first()
    if standing is not None:
        raise CannotDo(
            _("%(name)s stands in for %(other)s: choose another stand-in first.")
            % {"name": staff.name, "other": standing.staff.name}
        )
    only = [case for case in queries.any_open().filter(named__staff=staff) if not _others_carry(case, staff)]
    if only:
        raise CannotDo(
            _(
                "A restricted case would be left to nobody: a manager or the data protection officer "
                "names somebody else for it first."
            )
        )
    administrators = Staff.objects.filter(is_active=True, roles__role=Role.ADMIN.value)
    if set(administrators) == {staff}:
        raise CannotDo(_("This is the last administrator: create another one first."))


def _still_carries(staff: Staff, carried: "QuerySet[Case]") -> str:
    """References, but never that of a restricted case: whoever closes accounts sees no cases."""
    shown = list(carried.filter(restricted_access=False).order_by("id").values_list("reference", flat=True)[:_TOLD])
    number = carried.count()
    sentence = ngettext(
        "%(name)s still carries %(n)d open case: %(cases)s. A manager hands it over first, on the page “Colleagues”.",
        "%(name)s still carries %(n)d open cases: %(cases)s. "
        "A manager hands them over first, on the page “Colleagues”.",
        number,
    )
    more = ["…"] if number > len(shown) else []
    return sentence % {"name": staff.name, "n": number, "cases": ", ".join([*shown, *more])}


def _carried(staff: Staff) -> "QuerySet[Case]":
    return queries.any_open().filter(assignee=staff)


def _others_carry(case: Case, staff: Staff) -> bool:
    others = Staff.objects.filter(named_for__case=case, is_active=True).exclude(pk=staff.pk)
    return any(may(one.actor(), Act.WORK_ON_CASE) for one in others)


def _check_stand_in(staff: Staff, stand_in: Staff | None, first_day: date, last_day: date) -> None:
    needed = [act for act in _CASE_WORK if may(staff.actor(), act)]
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
