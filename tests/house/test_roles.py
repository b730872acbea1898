"""Who may do what: one table, asked by every service that writes, kept by the database as groups, shown in the docs."""

import inspect
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.base import CommandError

from dsar.operations import role_table
from tests import factories
from workflow import services
from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Staff, StaffRole, groups
from workflow.permissions import MAY, Act, acts_of, may
from workflow.states import ActorKind, Role

# Told who acts, yet nothing is decided: a question, and the record of a look that has happened.
READS = {"may_examine"}
UNASKED = {"record_access"}
ADMINISTRATORS = {
    "create_staff",
    "open_account",
    "change_roles",
    "renew_password",
    "close_account",
    "reopen_account",
    "set_absence",
    "end_absence",
    "set_policy",
    "record_letter_text",
    "begin_mailbox",
}
ADMINISTRATORS |= {"order_test_mail", "record_letter_retried", "record_letter_cancelled"}  # of letters, not of cases
APPROVALS = {"approve", "send_back", "approve_extension", "approve_fee", "release_hold", "submit", "answer", "draft"}


def _writing() -> dict[str, Callable[..., Any]]:
    """Every public service that is told who acts."""
    found = {name: getattr(services, name) for name in services.__all__}
    return {
        name: one
        for name, one in found.items()
        if inspect.isfunction(one) and "by" in inspect.signature(one).parameters and name not in READS
    }


def _call(name: str, role: Role) -> None:
    """With nothing but the actor: whoever is refused is refused before anything else is looked at."""
    one = getattr(services, name)
    needed = [p.name for p in inspect.signature(one).parameters.values() if p.default is p.empty and p.name != "by"]
    one(**dict.fromkeys(needed), by=Actor(ActorKind.STAFF, "S-0099", frozenset({role})))


@pytest.mark.parametrize("name", sorted(set(_writing()) - UNASKED))
def test_no_service_that_writes_takes_an_auditor(name: str) -> None:
    with pytest.raises(NotPermitted):
        _call(name, Role.AUDITOR)


@pytest.mark.parametrize("name", sorted(set(_writing()) - UNASKED - ADMINISTRATORS))
def test_no_service_of_a_case_takes_an_administrator(name: str) -> None:
    with pytest.raises(NotPermitted):
        _call(name, Role.ADMIN)


@pytest.mark.parametrize("name", sorted(APPROVALS))
def test_a_data_protection_officer_neither_decides_nor_approves(name: str) -> None:
    with pytest.raises(NotPermitted):
        _call(name, Role.DPO)


def test_a_watching_role_takes_the_others_away() -> None:
    both = Actor(ActorKind.STAFF, "S-0099", frozenset({Role.DPO, Role.MANAGER, Role.REVIEWER}))

    assert [act for act in Act if may(both, act)] == acts_of(Role.DPO)


@pytest.mark.django_db
def test_nobody_gets_a_watching_role_beside_another() -> None:
    administrator = factories.actor("administrator")

    with pytest.raises(CannotDo):
        services.create_staff(
            username="both",
            name="Both",
            email="both@assistool.com",
            password="long enough to be one",
            roles=[Role.DPO, Role.MANAGER],
            by=administrator,
        )

    assert not Staff.objects.filter(username="both").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["officer", "reviewer", "manager", "auditor", "administrator"])
def test_django_knows_the_same_permissions(username: str) -> None:
    person = factories.staff(username)
    role = StaffRole.objects.get(staff=person).role

    held = person.get_all_permissions()

    assert held == {f"workflow.{act.value}" for act in Act if role in MAY[act]}


@pytest.mark.django_db
def test_a_permission_given_by_hand_is_taken_back_with_the_next_migrate() -> None:
    person = factories.staff("auditor")
    approve = Permission.objects.get(codename=Act.REVIEW.value)
    person.user_permissions.add(approve)
    Group.objects.get(name=Role.AUDITOR.value).permissions.add(approve)
    person.groups.add(Group.objects.get(name=Role.MANAGER.value))

    groups.put_back()

    fresh = Staff.objects.get(pk=person.pk)
    assert fresh.get_all_permissions() == {f"workflow.{act.value}" for act in acts_of(Role.AUDITOR)}


def test_every_act_is_somebodys_and_explained() -> None:
    assert list(MAY) == list(Act)
    assert set(role_table.WHAT) == set(Act)


def test_the_page_of_the_docs_is_up_to_date() -> None:
    call_command("roles", check=True, stdout=StringIO())


def test_a_stale_page_is_told_and_written_anew(tmp_path: Any) -> None:
    stale = tmp_path / "roles.md"
    stale.write_text("old")

    with pytest.raises(CommandError, match="out of date"):
        call_command("roles", check=True, to=stale)
    call_command("roles", to=stale)

    assert stale.read_text() == role_table.page()
