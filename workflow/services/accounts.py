"""Accounts of staff: an administrator creates, changes, closes and reopens them and sees no case by it.

Each change is an event of the stream "install". A password somebody else knows opens nothing but its own change, so
that whoever gives it out cannot read cases with it.
"""

import re
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workflow import deadlines, events, queries
from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted, require
from workflow.models import Case, Staff, StaffRole, groups
from workflow.permissions import MAY, Act, may
from workflow.services.absences import CASE_WORK, carried_by
from workflow.services.installing import STREAM, check_roles, create_staff
from workflow.states import EventKind, Language, Role

_TOLD = 5  # references in one sentence


def open_account(
    *, username: str, name: str, email: str, password: str, roles: list[Role], language: Language, by: Actor
) -> Staff:
    """An account for a new colleague, who signs in with this first password and chooses another one.

    Raises CannotDo where the user name is taken or unfit, or where name, address or role is missing.
    """
    require(by, Act.MANAGE_STAFF)
    _check_username(username)
    if not name.strip():
        raise CannotDo(_("Write the colleague’s name: letters and pages show it."))
    try:
        validate_email(email)
    except ValidationError:
        raise CannotDo(_("Write a whole e-mail address, such as anna@example.org.")) from None
    with transaction.atomic():
        if Staff.objects.filter(username__iexact=username).exists():
            raise CannotDo(_("This user name is taken, perhaps by a closed account: choose another one."))
        staff = create_staff(
            username=username, name=name.strip(), email=email, password=password, roles=roles, language=language, by=by
        )
        staff.first_password = True
        staff.save(update_fields=["first_password"])
    return staff


def change_roles(*, staff: Staff, roles: Collection[Role], by: Actor) -> None:
    """The roles held from the next request on.

    Raises CannotDo for one's own, for roles that exclude each other, and where work would be left to nobody.
    """
    require(by, Act.MANAGE_STAFF)
    if staff.code == by.code:
        raise CannotDo(_("You cannot change your own roles: another administrator does."))
    check_roles(roles)
    with transaction.atomic():
        staff = Staff.objects.select_for_update().get(pk=staff.pk)
        before = staff.role_set()
        if before == frozenset(roles):
            raise CannotDo(_("Nothing was changed."))
        _check_nothing_waits(staff, frozenset(roles))
        staff.roles.all().delete()
        StaffRole.objects.bulk_create([StaffRole(staff=staff, role=role.value) for role in sorted(set(roles))])
        groups.join(staff)
        _tell(staff, EventKind.STAFF_ROLES_CHANGED, by=by, roles=_joined(roles), before=_joined(before))


def renew_password(*, staff: Staff, password: str, by: Actor) -> None:
    """A forgotten password gives way to a first one; who was signed in with the old one is signed out."""
    require(by, Act.MANAGE_STAFF)
    with transaction.atomic():
        staff = Staff.objects.select_for_update().get(pk=staff.pk)
        if not staff.is_active:
            raise CannotDo(_("This account is closed: open it again first."))
        if staff.code == by.code:
            raise CannotDo(_("Change your own password on its page."))
        _give(staff, password)
        _tell(staff, EventKind.STAFF_SIGN_IN_RENEWED, by=by)


def change_own_password(*, staff: Staff, password: str, by: Actor) -> None:
    """One's own, known to nobody else; the caller has checked the old one and how strong the new one is."""
    if staff is None or staff.code != by.code:
        raise NotPermitted(_("Everybody changes their own password."))
    with transaction.atomic():
        staff = Staff.objects.select_for_update().get(pk=staff.pk)
        staff.set_password(password)
        staff.first_password = False
        staff.save(update_fields=["password", "first_password"])
        _tell(staff, EventKind.STAFF_SIGN_IN_CHOSEN, by=by)


def reopen_account(*, staff: Staff, password: str, by: Actor) -> None:
    """A closed account is used again, with its code, its roles and a first password."""
    require(by, Act.MANAGE_STAFF)
    with transaction.atomic():
        staff = Staff.objects.select_for_update().get(pk=staff.pk)
        if staff.is_active:
            raise CannotDo(_("This account is open already."))
        staff.is_active = True
        staff.save(update_fields=["is_active"])
        _give(staff, password)
        _tell(staff, EventKind.STAFF_REOPENED, by=by, roles=_joined(staff.role_set()))


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
        _check_nothing_waits(staff, frozenset())
        staff.is_active = False
        staff.save(update_fields=["is_active"])
        _tell(staff, EventKind.STAFF_CLOSED, by=by)


def _check_nothing_waits(staff: Staff, after: Collection[Role]) -> None:
    """Raises CannotDo where work would be left to nobody with the roles the person has ``after``."""
    before = staff.role_set()
    lost = {act for act in CASE_WORK if before & MAY[act] and MAY[act].isdisjoint(after)}
    if Act.WORK_ON_CASE in lost or not after:
        _check_cases(staff)
    standing = queries.absences_from(deadlines.brussels_date(timezone.now())).filter(stand_in=staff)
    if (row := standing.select_related("staff").first()) is not None and (lost or not after):
        raise CannotDo(
            _("%(name)s stands in for %(other)s: choose another stand-in first.")
            % {"name": staff.name, "other": row.staff.name}
        )
    others = Staff.objects.filter(is_active=True, roles__role=Role.ADMIN.value).exclude(pk=staff.pk)
    if Role.ADMIN in before and Role.ADMIN not in after and not others.exists():
        raise CannotDo(_("This is the last administrator: create another one first."))


def _check_cases(staff: Staff) -> None:
    carried = carried_by(staff)
    if carried.exists():
        raise CannotDo(_still_carries(staff, carried))
    only = [case for case in queries.any_open().filter(named__staff=staff) if not _others_carry(case, staff)]
    if only:
        raise CannotDo(
            _(
                "A restricted case would be left to nobody: a manager or the data protection officer "
                "names somebody else for it first."
            )
        )


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


def _others_carry(case: Case, staff: Staff) -> bool:
    others = Staff.objects.filter(named_for__case=case, is_active=True).exclude(pk=staff.pk)
    return any(may(one.actor(), Act.WORK_ON_CASE) for one in others)


def _check_username(username: str) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{1,63}", username):
        raise CannotDo(_("A user name has two to 64 small letters, digits, dots, hyphens or underscores."))


def _give(staff: Staff, password: str) -> None:
    staff.set_password(password)
    staff.first_password = True
    staff.save(update_fields=["password", "first_password"])


def _joined(roles: Collection[Role]) -> str:
    return "+".join(sorted(role.value for role in roles))


def _tell(staff: Staff, kind: EventKind, *, by: Actor, **data: str) -> None:
    events.record(STREAM, kind, by=by, at=timezone.now(), data={"staff": staff.code, **data})
