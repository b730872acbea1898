"""Which of us a letter about a case may reach: nobody who may not see the case. The desk tells who has no address."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils import timezone

from notifications.letters.addressing import is_address
from workflow import queries
from workflow.deadlines import brussels_date
from workflow.models import Case, Staff
from workflow.permissions import Act, may
from workflow.states import Language, Role


def holding(role: Role) -> list[Staff]:
    """Active staff of this role."""
    return list(Staff.objects.filter(is_active=True, roles__role=role.value))


def readable(readers: Iterable[Staff]) -> Iterator[tuple[Staff, Language, str]]:
    """Each of them with the language they read and the address mail can go to; "" where only the desk tells them.

    Who is no staff of this system has no desk.
    """
    for reader in sorted(readers, key=lambda staff: staff.pk or 0):
        address = reader.email if is_address(reader.email) else ""
        if address or reader.pk:
            yield reader, Language(reader.language), address


def carriers(case: Case) -> set[Staff]:
    """Who carries the case: its assignee, otherwise every officer."""
    working = Q(roles__role__in=[Role.OFFICER.value, Role.MANAGER.value])
    assignee = set(Staff.objects.filter(working, pk=case.assignee_id, is_active=True))
    return assignee or set(holding(Role.OFFICER))


def reviewers(author: str) -> set[Staff]:
    """Who may be the second pair of eyes: the reviewers, else the managers, never the author; alone, the author.

    Whoever is there, or stands in and may review: where all are away, those who are, as the author cannot approve.
    """
    second = [{one for one in holding(role) if one.code != author} for role in (Role.REVIEWER, Role.MANAGER)]
    for others in second:
        there = {one for one in present(others) if one.code != author and may(one.actor(), Act.REVIEW)}
        if there:
            return there
    for others in second:
        if others:
            return others
    return set(Staff.objects.filter(code=author, is_active=True))


def present(wanted: Iterable[Staff]) -> set[Staff]:
    """Each of them, or who stands in for them today; a stand-in without an address changes nothing."""
    chosen = set(wanted)
    there = queries.present(chosen, brussels_date(timezone.now()))
    return {one for one in there if one.email or one in chosen} or chosen


def of_case(case: Case, wanted: Iterable[Staff]) -> set[Staff]:
    """Those of them who see the case, or their stand-ins; where none does, the named who work on it, then the DPO.

    A reminder of a restricted case would otherwise reach nobody, or somebody from whom it is hidden.
    """
    chosen = {one for one in present(wanted) if queries.sees(one.actor(), case)}
    return chosen or set(_named(case)) or {one for one in holding(Role.DPO) if queries.sees(one.actor(), case)}


def _named(case: Case) -> list[Staff]:
    named = Staff.objects.filter(named_for__case=case, is_active=True)
    return [one for one in named if may(one.actor(), Act.WORK_ON_CASE) and queries.sees(one.actor(), case)]


def may_still_read(case: Case, address: str) -> bool:
    """A letter to staff written before the case was restricted must not leave after it; no account, no sight."""
    known = Staff.objects.filter(email__iexact=address, is_active=True)
    return any(queries.sees(one.actor(), case) for one in known)
