"""What the case page shows of the identity ladder."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from workflow import services
from workflow.actors import Actor
from workflow.models import Case, ContactCode, IdentityCheck, KnownContact
from workflow.models.identity import CHANNELS
from workflow.permissions import Act, may
from workflow.states import Compared, ContactKind, ContactOrigin, IdentityMethod


@dataclass(frozen=True, slots=True)
class OnFile:
    """A contact on file; ``can_get_code`` while a code sent there would prove something."""

    row: KnownContact
    usable: bool
    can_get_code: bool
    same_mailbox: bool
    code: ContactCode | None


def of(case: Case, actor: Actor) -> dict[str, Any]:
    """The context of the box of contacts."""
    works = may(actor, Act.WORK_ON_CASE)
    wanting = works and case.is_open and services.identity_is_wanting(case)
    code = services.open_code(case, at=timezone.now())
    return {
        "contacts": [_on_file(case, row, code, wanting=wanting) for row in case.known_contacts.all()],
        "open_code": code,
        "identity_wanting": wanting,
        "new_contacts": list(case.new_contacts.all()),
        "channels": CHANNELS,
        "compared": [one for one in Compared if one is not Compared.NOT_RECORDED],
        "risky": case.is_open and services.is_risky(case, IdentityMethod.DOCUMENT_SEEN),
        "document_looks": _second_looks(case) if case.is_open else [],
        "may_look_again": works or may(actor, Act.REVIEW),
        "contact_kinds": list(ContactKind),
        "contact_origins": [origin for origin in ContactOrigin if origin is not ContactOrigin.SOURCE],
    }


def _second_looks(case: Case) -> list[IdentityCheck]:
    """Documents that wait for somebody else, unless identity was verified in another way meanwhile."""
    waits = services.identity_is_wanting(case)
    return list(case.identity_checks.filter(needs_second_look=True, second_by="")) if waits else []


def _on_file(case: Case, row: KnownContact, code: ContactCode | None, *, wanting: bool) -> OnFile:
    usable = services.contact_is_usable(case, row)
    return OnFile(
        row,
        usable=usable,
        can_get_code=wanting and usable and case.confirmed_at is not None and row.kind == ContactKind.EMAIL.value,
        same_mailbox=row.value in {case.person_email, case.written_by},
        code=code if code is not None and code.contact_id == row.pk else None,
    )
