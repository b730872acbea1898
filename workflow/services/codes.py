"""One-time codes to a contact on file: what proves that the person and that contact are one (level L2).

A routine confirmation is no doubt: no code stops a clock. The code is derived from SECRET_KEY and the row when its
letter leaves, so that the same letter may leave again after a crash; stored is only a keyed digest of it.
"""

import uuid
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from workflow import one_time
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.models import Case, ContactCode, KnownContact
from workflow.models.contact import MOST_WRONG
from workflow.permissions import Act
from workflow.services import identity
from workflow.services._moving import moving, tell
from workflow.states import ActorKind, CodeEnd, ContactKind, EventKind, IdentityMethod, Returned

LASTS = timedelta(days=7)
MOST_A_DAY = 3


def send_code(case_id: int, *, contact: uuid.UUID, by: Actor) -> None:
    """A new code leaves for a contact on file (M27); one that was open before is worth nothing any more."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        row = _may_be_sent(case, contact, now)
        end_open(case, CodeEnd.REPLACED, by=by, at=now)
        expires = now + LASTS
        event = tell(
            case,
            EventKind.CODE_ISSUED,
            by=by,
            at=now,
            data={"contact_kind": row.kind, "until": expires, "same_mailbox": row.value == case.person_email},
            payload={"contact": row.value},
        )
        identifier = uuid.uuid4()
        ContactCode.objects.create(
            case=case,
            contact=row,
            uuid=identifier,
            event_id=event.pk,
            digest=one_time.digest_of_new(identifier),
            issued_at=now,
            expires_at=expires,
        )


def return_code(case_id: int, *, text: str, arrived_at: datetime | None = None, by: Actor) -> Returned:
    """Somebody gives a code back, on the page, by mail or through an officer; right, it establishes identity.

    A wrong one counts, whoever gave it; after five the code is worth nothing. ``arrived_at``: when it reached us.
    """
    if by.kind is not ActorKind.PERSON:
        require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        at = arrived_at or now
        row = case.codes.select_for_update().select_related("contact").filter(ended="").first()
        if row is None or not case.is_open or not usable(case, row.contact):
            return Returned.NONE_OPEN
        if not row.issued_at <= at <= now:
            raise CannotDo(_("The code cannot have come back before it was sent, or in the future."))
        if at > row.expires_at:
            end_open(case, CodeEnd.EXPIRED, by=by, at=now)
            return Returned.NONE_OPEN
        if not one_time.is_code(row.uuid, row.digest, text):
            return _wrong(case, row, by=by, at=now)
        _end(row, CodeEnd.RETURNED, now)
        tell(case, EventKind.CODE_RETURNED, by=by, at=now, data={"contact_kind": row.contact.kind})
        identity.reach(case, IdentityMethod.LINK_KNOWN_CONTACT, arrived_at=at, by=by, at=now)
    return Returned.RIGHT


def code_lost(event_id: int, *, by: Actor) -> None:
    """The letter with the code came back: nobody can have read it."""
    require(by, Act.CARRY_POST)
    found = ContactCode.objects.filter(event_id=event_id, ended="").values_list("case_id", flat=True).first()
    if found is None:
        return
    with moving(found, by=by) as (case, now):
        if case.codes.filter(event_id=event_id, ended="").exists():
            end_open(case, CodeEnd.LOST, by=by, at=now)


def end_open(case: Case, how: CodeEnd, *, by: Actor, at: datetime) -> None:
    """The open code of the case, if there is one, is worth nothing from now on; the caller holds the lock."""
    row = case.codes.select_for_update().filter(ended="").first()
    if row is None:
        return
    _end(row, how, at)
    tell(case, EventKind.CODE_ENDED, by=by, at=at, data={"code_end": how.value})


def open_code(case: Case, *, at: datetime) -> ContactCode | None:
    """The code that somebody may give back at this instant."""
    row = case.codes.select_related("contact").filter(ended="", expires_at__gt=at).first() if case.is_open else None
    return row if row is not None and usable(case, row.contact) else None


def code_for_letter(event_id: int, *, at: datetime) -> str:
    """The code its letter tells, spelled in groups; empty once it is worth nothing."""
    row = ContactCode.objects.filter(event_id=event_id, ended="", expires_at__gt=at).first()
    return one_time.spelled(row.uuid, row.digest) if row else ""  # without its SECRET_KEY the officer sends another


def usable(case: Case, contact: KnownContact) -> bool:
    """Still older than the request, whose receipt may prove to be an earlier one, and denied by nobody."""
    return contact.is_usable(case)


def _may_be_sent(case: Case, contact: uuid.UUID, now: datetime) -> KnownContact:
    row = case.known_contacts.filter(uuid=contact).first()
    if not case.is_open or case.confirmed_at is None:
        raise CannotDo(_("Confirm the rights first: they say how sure we must be."))
    if not identity.is_wanting(case):
        raise CannotDo(_("Nothing more has to be proven: no code is needed."))
    if row is None or row.kind != ContactKind.EMAIL.value:
        raise CannotDo(_("A code goes to an e-mail address on file. Call a telephone number instead."))
    if not usable(case, row):
        raise CannotDo(_("This contact proves nothing in this case. Choose another one on file."))
    if case.codes.filter(issued_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise CannotDo(_("Three codes left within a day. Wait until tomorrow, or call a number on file."))
    return row


def _wrong(case: Case, row: ContactCode, *, by: Actor, at: datetime) -> Returned:
    row.wrong += 1
    spent = row.wrong >= MOST_WRONG
    if spent:
        _end(row, CodeEnd.SPENT, at)
    else:
        row.save(update_fields=["wrong"])
    tell(case, EventKind.CODE_REFUSED, by=by, at=at, data={"tries_left": MOST_WRONG - row.wrong})
    return Returned.SPENT if spent else Returned.WRONG


def _end(row: ContactCode, how: CodeEnd, at: datetime) -> None:
    row.ended, row.ended_at = how.value, at
    row.save(update_fields=["ended", "ended_at", "wrong"])
