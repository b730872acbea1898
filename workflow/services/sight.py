"""Who of us sees a case: restricted to named staff, hidden from whom it is about."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow import queries
from workflow.actors import Actor
from workflow.guards import CannotDo, require, says_something
from workflow.models import Case, NamedStaff, OwnCase, Staff
from workflow.permissions import Act, may
from workflow.services._moving import moving, require_sight, tell
from workflow.states import CaseState, EventKind, Role

__all__ = [
    "decline_restriction",
    "inherit_restriction",
    "may_be_named",
    "open_access",
    "record_conflict",
    "remove_conflict",
    "require_sight",
    "restrict_access",
    "share_sight",
]


def restrict_access(case_id: int, *, named: Collection[Staff], reason: str, by: Actor) -> None:
    """From now on only ``named`` staff and the data protection officer see or find the case; again to name others.

    Cases merged into it are restricted with it; whoever carries it and is not named no longer does.
    Raises CannotDo where nobody could carry the case any more.
    """
    require(by, Act.RESTRICT_CASE)
    if not says_something(reason):
        raise CannotDo(_("Say why only named colleagues see this case."))
    with moving(case_id, by=by) as (case, now):
        if case.state == CaseState.MERGED.value:
            raise CannotDo(_("This case was merged: restrict the one it goes on in."))
        _check_named(case, named)
        released = case.assignee if case.assignee not in named else None
        family = queries.with_its_absorbed(case)
        case.restricted_access, case.restriction_proposed = True, False
        codes = _name(family, named)
        data = {"named": ",".join(codes)}
        if released is not None:
            case.assignee, data["released"] = None, released.code
        for one in family:
            tell(one, EventKind.ACCESS_RESTRICTED, by=by, at=now, data=data, payload={"text": reason.strip()})


def open_access(case_id: int, *, reason: str, by: Actor) -> None:
    """The case is everybody's again who reads cases, and so are those merged into it."""
    require(by, Act.RESTRICT_CASE)
    if not says_something(reason):
        raise CannotDo(_("Say why everybody may see this case again."))
    with moving(case_id, by=by) as (case, now):
        if not case.restricted_access or case.state == CaseState.MERGED.value:
            raise CannotDo(_("This case was not restricted by itself: there is nothing to lift."))
        case.restricted_access = False
        family = queries.with_its_absorbed(case)
        Case.objects.filter(pk__in=[one.pk for one in family]).update(restricted_access=False)
        NamedStaff.objects.filter(case__in=family).delete()
        for one in family:
            tell(one, EventKind.ACCESS_OPENED, by=by, at=now, payload={"text": reason.strip()})


def decline_restriction(case_id: int, *, reason: str, by: Actor) -> None:
    """The restriction that was proposed is not needed, and why: whoever reads cases goes on seeing this one."""
    require(by, Act.RESTRICT_CASE)
    if not says_something(reason):
        raise CannotDo(_("Say why everybody who reads cases may see this one."))
    with moving(case_id, by=by) as (case, now):
        if not case.restriction_proposed:
            raise CannotDo(_("No restriction waits for a decision any more: the history says what was decided."))
        case.restriction_proposed = False
        tell(case, EventKind.ACCESS_RESTRICTION_DECLINED, by=by, at=now, payload={"text": reason.strip()})


def record_conflict(case_id: int, *, staff: Staff, by: Actor) -> None:
    """The case is about this colleague, though another address wrote: they neither see it nor act on it."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        if OwnCase.objects.filter(case=case, staff=staff).exists():
            raise CannotDo(_("This is recorded already."))
        _hide(queries.with_its_absorbed(case), [staff])
        if case.assignee_id == staff.pk:
            case.assignee = None
        # whom it is about is personal: sealed, the header says only that somebody is
        tell(case, EventKind.CONFLICT_RECORDED, by=by, at=now, payload={"text": staff.name})


def remove_conflict(case_id: int, *, staff: Staff, reason: str, by: Actor) -> None:
    """It was recorded by mistake: the case is not about this colleague."""
    require(by, Act.RESTRICT_CASE)
    if not says_something(reason):
        raise CannotDo(_("Say why the case is not about this colleague."))
    with moving(case_id, by=by) as (case, now):
        if not OwnCase.objects.filter(case__in=queries.with_its_absorbed(case), staff=staff).delete()[0]:
            raise CannotDo(_("This was taken back already: there is nothing left to take back."))
        tell(case, EventKind.CONFLICT_REMOVED, by=by, at=now, payload={"text": reason.strip()})


def inherit_restriction(case: Case, *, by: Actor, at: datetime) -> None:
    """What the person of a restricted case writes next is as restricted; the caller holds the lock, or has just saved.

    Whoever is named there sees it here and decides.
    """
    source = _restricted_of_same_person(case)
    if case.restricted_access or source is None:
        return
    named = [row.staff for row in source.named.select_related("staff")]
    case.restricted_access, case.restriction_proposed = True, False
    codes = _name([case], named)
    data = {"named": ",".join(codes), "follows": source.reference}
    tell(case, EventKind.ACCESS_RESTRICTED, by=by, at=at, data=data)


def share_sight(one: Case, other: Case, *, by: Actor, at: datetime) -> None:
    """Two cases become one: hidden from whom either is about; restricted where either was, to the names of both."""
    both = [*queries.with_its_absorbed(one), *queries.with_its_absorbed(other)]
    _hide(both, [staff for case in both for staff in _subjects(case)])
    if not one.restricted_access and not other.restricted_access:
        return
    restricted = [case for case in (one, other) if case.restricted_access]
    named = list(Staff.objects.filter(named_for__case__in=restricted).distinct().order_by("id"))
    one.restricted_access = other.restricted_access = True
    one.restriction_proposed = other.restriction_proposed = False
    codes = _name(both, named)
    for case in both:
        tell(case, EventKind.ACCESS_RESTRICTED, by=by, at=at, data={"named": ",".join(codes)})


def may_be_named(case: Case) -> list[Staff]:
    """Whom a restriction can name: active staff whose role reads cases and whom the case is not about.

    The data protection officer sees the case without a name.
    """
    active = Staff.objects.filter(is_active=True).exclude(roles__role=Role.DPO.value).order_by("name")
    return [one for one in active if may(one.actor(), Act.READ_CASE) and not queries.is_about(case, one.actor())]


def _check_named(case: Case, named: Collection[Staff]) -> None:
    allowed = may_be_named(case)
    for one in named:
        if one not in allowed:
            raise CannotDo(
                _("%(name)s cannot be named: the account is closed, or may not read this case.") % {"name": one.name}
            )
    if not any(may(one.actor(), Act.WORK_ON_CASE) for one in named):
        raise CannotDo(_("Name at least one officer or manager: somebody has to carry the case."))


def _name(family: Collection[Case], named: Collection[Staff]) -> list[str]:
    Case.objects.filter(pk__in=[one.pk for one in family]).update(restricted_access=True, restriction_proposed=False)
    NamedStaff.objects.filter(case__in=family).exclude(staff__in=named).delete()
    rows = [NamedStaff(case=case, staff=staff) for case in family for staff in named]
    NamedStaff.objects.bulk_create(rows, ignore_conflicts=True)
    return sorted(staff.code for staff in named)


def _subjects(case: Case) -> list[Staff]:
    """The colleagues this case is about, by address or as recorded."""
    own = [address for address in (case.person_email, case.written_by) if address]
    written = [one for address in own for one in Staff.objects.filter(email__iexact=address)]
    return [*written, *Staff.objects.filter(own_cases__case=case)]


def _hide(family: Collection[Case], from_staff: Collection[Staff]) -> None:
    rows = [OwnCase(case=case, staff=staff) for case in family for staff in from_staff]
    OwnCase.objects.bulk_create(rows, ignore_conflicts=True)
    NamedStaff.objects.filter(case__in=family, staff__in=from_staff).delete()


def _restricted_of_same_person(case: Case) -> Case | None:
    linked = case.linked_to
    if linked is not None and linked.restricted_access:
        return linked
    own = [address for address in (case.person_email, case.written_by) if address]
    same = Q(person_email__in=own) | Q(written_by__in=own)
    known = Case.objects.filter(same, controller=case.controller, restricted_access=True)
    return known.exclude(pk=case.pk).order_by("-id").first() if own else None
