"""The table of permissions as Django groups: one group for each role, put back after every ``migrate``."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS

from workflow.models.staff import Staff, StaffRole
from workflow.permissions import Act, acts_of
from workflow.states import Role


def put_back(*, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Groups, their permissions and who is in them, exactly as the table and the roles say.

    A permission given or taken by hand does not last: the table in the code is reviewed, a row is not.
    """
    if using != DEFAULT_DB_ALIAS:
        return
    known = {act: _permission(act) for act in Act}
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        group.permissions.set([known[act] for act in acts_of(role)])
    # The key alone: after a migration backwards the newer columns are not there to read.
    for staff in Staff.objects.only("pk"):
        join(staff)


def join(staff: Staff) -> None:
    """This person is in the groups of the roles held, and in no other; permissions are given to roles only."""
    names = StaffRole.objects.filter(staff=staff).values_list("role", flat=True)
    staff.groups.set([Group.objects.get_or_create(name=name)[0] for name in names])
    staff.user_permissions.clear()


def _permission(act: Act) -> Permission:
    place = ContentType.objects.get_for_model(Staff)
    name = f"Can {act.value.replace('_', ' ')}"
    return Permission.objects.update_or_create(content_type=place, codename=act.value, defaults={"name": name})[0]
