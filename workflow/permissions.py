"""Which role may do which act: the one table services, pages, groups and docs/roles.md read.

Standard library only. A code is a Django permission of the group named after the role, so an
act is added, never renamed.
"""

from enum import StrEnum

from workflow.actors import Actor
from workflow.states import ActorKind, Role


class Act(StrEnum):
    """What a member of staff may be allowed to do; the order is the order of docs/roles.md."""

    TAKE_IN_MAIL = "take_in_mail"
    CARRY_POST = "carry_post"
    READ_CASE = "read_case"
    READ_MAIL = "read_mail"
    READ_TRAYS = "read_trays"
    PRINT_HISTORY = "print_history"
    DOWNLOAD_EXPORT = "download_export"
    WORK_ON_CASE = "work_on_case"
    WRITE_NOTE = "write_note"
    REVIEW = "review_decision"
    DECLINE_EXTENSION = "decline_extension"
    REEXAMINE = "reexamine_case"
    DECIDE_EXCEPTION = "decide_exception"
    GIVE_OPINION = "give_opinion"
    RESTRICT_CASE = "restrict_case"
    HAND_OVER_CASES = "hand_over_cases"
    SET_ABSENCE = "set_absence"
    MANAGE_STAFF = "manage_staff"
    SET_POLICY = "set_policy"
    SET_MAILBOX = "set_mailbox"
    SEE_MAILBOXES = "see_mailboxes"
    TEND_SENDING = "tend_sending"
    PLACE_HOLD = "place_hold"
    APPLY_RETENTION = "apply_retention"


_O, _R, _M, _D = Role.OFFICER, Role.REVIEWER, Role.MANAGER, Role.DPO
_AUDITOR, _ADMIN = Role.AUDITOR, Role.ADMIN

MAY: dict[Act, frozenset[Role]] = {
    Act.TAKE_IN_MAIL: frozenset({_O, _M}),
    Act.CARRY_POST: frozenset(),  # what became of a letter only the post office knows
    Act.READ_CASE: frozenset({_O, _R, _M, _D, _AUDITOR}),
    Act.READ_MAIL: frozenset({_O, _R, _M, _D}),
    Act.READ_TRAYS: frozenset({_O, _M, _D}),
    Act.PRINT_HISTORY: frozenset({_O, _M, _D, _AUDITOR}),
    Act.DOWNLOAD_EXPORT: frozenset({_O, _R, _M, _D}),
    Act.WORK_ON_CASE: frozenset({_O, _M}),
    Act.WRITE_NOTE: frozenset({_O, _R, _M, _D}),
    Act.REVIEW: frozenset({_R, _M}),
    Act.DECLINE_EXTENSION: frozenset({_O, _R, _M}),
    Act.REEXAMINE: frozenset({_O, _R, _M}),
    Act.DECIDE_EXCEPTION: frozenset({_M}),
    Act.GIVE_OPINION: frozenset({_D}),
    Act.RESTRICT_CASE: frozenset({_M, _D}),
    Act.HAND_OVER_CASES: frozenset({_M}),
    Act.SET_ABSENCE: frozenset({_M, _ADMIN}),
    Act.MANAGE_STAFF: frozenset({_ADMIN}),
    Act.SET_POLICY: frozenset({_M, _ADMIN}),
    Act.SET_MAILBOX: frozenset({_ADMIN}),
    Act.SEE_MAILBOXES: frozenset({_O, _M, _ADMIN}),
    Act.TEND_SENDING: frozenset({_M, _ADMIN}),
    Act.PLACE_HOLD: frozenset({_M, _D}),
    Act.APPLY_RETENTION: frozenset(),  # time decides, and the schedule of the settings
}
# What the system does by itself; staff do it only where a table says so, by hand.
BY_MACHINE = frozenset({Act.TAKE_IN_MAIL, Act.CARRY_POST, Act.APPLY_RETENTION})
# Independent of those they watch: nobody holds one of these beside another role (Art. 38(6) GDPR).
ALONE = frozenset({Role.DPO, Role.AUDITOR})


def may(actor: Actor, act: Act) -> bool:
    """Whether this actor may do it. The system may: its acts are triggered by what the law demands.

    Should somebody hold a role of ``ALONE`` beside another all the same, the watching one counts.
    """
    if actor.kind is ActorKind.SYSTEM:
        return True
    return not roles_that_count(actor.roles).isdisjoint(MAY[act])


def roles_that_count(roles: frozenset[Role]) -> frozenset[Role]:
    """The roles held, less those that a watching role takes away."""
    return roles & ALONE or roles


def acts_of(role: Role) -> list[Act]:
    """What this role may do, in the order of the table."""
    return [act for act in Act if role in MAY[act]]
