"""Who may do what, as a page of the docs: read from the table of permissions."""

from pathlib import Path

from workflow.permissions import BY_MACHINE, MAY, Act
from workflow.states import Role

PAGE = Path(__file__).parents[2] / "docs" / "roles.md"
_NAMES = {Role.DPO: "DPO", Role.ADMIN: "administrator"}
_MACHINE = " (the system, by itself)"
WHAT = {
    Act.TAKE_IN_MAIL: "open a case, attach or read again a message",
    Act.CARRY_POST: "record what became of a letter",
    Act.READ_CASE: "see cases, their dates and history",
    Act.READ_MAIL: "read messages and letters",
    Act.READ_TRAYS: "see the Outbox and filed messages",
    Act.PRINT_HISTORY: "download the history as PDF",
    Act.DOWNLOAD_EXPORT: "download the export of a person's data",
    Act.WORK_ON_CASE: "every act of the officer on a case",
    Act.WRITE_NOTE: "write an internal note",
    Act.REVIEW: "approve or send back a draft, approve an extension",
    Act.DECLINE_EXTENSION: "decline an extension, or take the wish back",
    Act.REEXAMINE: "look at a case a second time",
    Act.DECIDE_EXCEPTION: "what only a manager decides: abuse, a child in conflict, a hold, an outside examiner",
    Act.GIVE_OPINION: "record an opinion",
    Act.RESTRICT_CASE: "restrict a case to named staff, and lift it",
    Act.HAND_OVER_CASES: "hand all cases of one person to another",
    Act.SET_ABSENCE: "record anybody's absence and stand-in (one's own: everybody)",
    Act.MANAGE_STAFF: "create and close accounts, give roles",
    Act.SET_POLICY: "change the settings",
    Act.SET_MAILBOX: "say from when a mailbox counts",
    Act.SEE_MAILBOXES: "see whether mailboxes are read",
    Act.TEND_SENDING: "see which letters wait and why, try them again, send a test mail",
    Act.PLACE_HOLD: "place a legal hold: nothing of the case is erased",
    Act.APPLY_RETENTION: "erase what the settings keep no longer, keep the suppression list",
}


def page() -> str:
    """docs/roles.md."""
    names = [_NAMES.get(role, role.value) for role in Role]
    lines = [
        "# Roles",
        "",
        "Written by `manage.py roles` from `workflow/permissions.py`; a test fails when it is out of date. Do not edit",
        "it by hand. Each act is a Django permission (`workflow.<act>`) of the group named after the role. Services",
        "check it from the actor; pages only hide what a service would refuse.",
        "",
        "* The data protection officer sees everything and records opinions; never approves, never overrides.",
        "* The auditor reads; every view goes to the access stream.",
        "* The administrator keeps staff and settings and sees no content of a case, nor the Outbox.",
        "* A data protection officer or an auditor holds no other role. The system itself may do every act.",
        "",
        f"| act | what | {' | '.join(names)} |",
        f"|---|---|{'---|' * len(names)}",
    ]
    return "\n".join([*lines, *map(_line, Act), ""])


def _line(act: Act) -> str:
    held = " | ".join("✓" if role in MAY[act] else "–" for role in Role)
    return f"| `{act.value}` | {WHAT[act]}{_MACHINE if act in BY_MACHINE else ''} | {held} |"
