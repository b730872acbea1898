"""Contacts that were on file before the request: recorded with their origin, and denied by whoever holds them."""

import re
import uuid
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from workflow import queries
from workflow.actors import Actor
from workflow.events import Value
from workflow.guards import CannotDo, require, says_something
from workflow.models import Case, KnownContact, NewContact
from workflow.permissions import Act
from workflow.services import codes, identity
from workflow.services._moving import in_open_case, moving, tell
from workflow.services.ending import is_an_address
from workflow.states import CodeEnd, ContactKind, ContactOrigin, EventKind

_NOT_IN_A_NUMBER = re.compile(r"[\s()./-]")
_SUBSCRIBER = 8  # the last digits, which no spelling of a number changes
_KEPT = ("kind", "value", "origin", "known_since", "received_on", "recorded_by", "recorded_at", "denied_at")
_NUMBER = re.compile(r"\+?[0-9]{8,15}")


def record_contact(
    case_id: int, *, kind: ContactKind, value: str, origin: ContactOrigin, known_since: date, by: Actor
) -> uuid.UUID:
    """An address or number by which we knew the person before the request; its uuid.

    The one door for contacts: an officer who looked them up comes through here, and so does a connected system, with
    ``ContactOrigin.SOURCE``. Raises CannotDo for one that came with the request or after it: it proves nothing.
    """
    require(by, Act.WORK_ON_CASE)
    value = _spelled(kind, value)
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        if known_since >= case.receipt_date:
            raise CannotDo(
                _("Only a contact we had before the day of this request can prove who writes. Choose an earlier one.")
            )
        _check_is_neither(case, kind, value)
        contact = KnownContact.objects.create(
            case=case,
            kind=kind.value,
            value=value,
            origin=origin.value,
            known_since=known_since,
            received_on=case.receipt_date,
            recorded_by=by.code,
            recorded_at=now,
        )
        tell(
            case,
            EventKind.CONTACT_RECORDED,
            by=by,
            at=now,
            data={"contact_kind": kind.value, "origin": origin.value, "known_since": known_since},
            payload={"contact": value},
        )
    return contact.uuid


def announce_contact(case_id: int, *, kind: ContactKind, value: str, by: Actor) -> None:
    """The person wants to be reached elsewhere from now on: those on file are told (M28).

    The new one proves nothing in this case, and what the case asks for now needs proof through one on file.
    """
    require(by, Act.WORK_ON_CASE)
    value = _spelled(kind, value)
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        _check_is_neither(case, kind, value)
        _announce(case, kind, value, by=by, at=now)


def _check_is_neither(case: Case, kind: ContactKind, value: str) -> None:
    known = case.known_contacts.filter(kind=kind.value).values_list("value", flat=True)
    if any(_reaches_the_same(kind, value, one) for one in known):
        raise CannotDo(_("This contact stands in the case already."))
    new = case.new_contacts.filter(kind=kind.value).values_list("value", flat=True)
    if any(_reaches_the_same(kind, value, one) for one in new):
        raise CannotDo(_("The person named this contact in this case: it proves nothing here."))


def deny_contact(case_id: int, *, contact: uuid.UUID, text: str, by: Actor) -> None:
    """Whoever holds the contact on file says that they asked for nothing: no code sent there proves anything now.

    Identity that was verified falls with it, and what was approved goes back to its author. Where data was handed
    over already, a manager has to judge whether that was a breach.
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(text):
        raise CannotDo(_("Write what was said, and how it reached us."))
    with moving(case_id, by=by) as (case, now):
        row = case.known_contacts.select_for_update().filter(uuid=contact, denied_at=None).first()
        if row is None:
            raise CannotDo(_("This is recorded already: see it under “Identity”."))
        row.denied_at = now
        row.save(update_fields=["denied_at"])
        tell(
            case,
            EventKind.CONTACT_DENIED,
            by=by,
            at=now,
            data={"contact_kind": row.kind},
            payload={"contact": row.value, "text": text.strip()},
        )
        codes.end_open(case, CodeEnd.DENIED, by=by, at=now)
        identity.fall(case, by=by, at=now)


def take_over(target: Case, *, source: Case, by: Actor, at: datetime) -> tuple[str, ...]:
    """Who may prove and who denied is known in the case that goes on too; the caller holds both locks.

    A denial in either case counts in both. What the person wants from now on is told to those on file here. Returns
    the codes of what came along; where ``denied_contact`` is one of them, no proof of identity stands any more.
    """
    taken: list[str] = []
    for row in source.known_contacts.all():
        here = target.known_contacts.select_for_update().filter(kind=row.kind, value=row.value).first()
        if here is None and (row.denied_at or _proves(row, target)):
            here = KnownContact.objects.create(case=target, **{name: getattr(row, name) for name in _KEPT})
            taken.append("known_contact")
        if row.denied_at is None or here is None:
            continue
        if here.denied_at is None:
            here.denied_at = row.denied_at
            here.save(update_fields=["denied_at"])
        taken.append("denied_contact")
        if target.codes.filter(ended="", contact=here).exists():
            codes.end_open(target, CodeEnd.DENIED, by=by, at=at)
    for new in source.new_contacts.all():
        if not target.new_contacts.filter(kind=new.kind, value=new.value).exists():
            _announce(target, ContactKind(new.kind), new.value, by=by, at=at)
            taken.append("new_contact")
    return tuple(dict.fromkeys(taken))


def _proves(row: KnownContact, target: Case) -> bool:
    """Older than the request that goes on, and not what its own person named as new there."""
    named = target.new_contacts.filter(kind=row.kind).values_list("value", flat=True)
    kind = ContactKind(row.kind)
    return row.known_since < target.receipt_date and not any(_reaches_the_same(kind, row.value, one) for one in named)


def _announce(case: Case, kind: ContactKind, value: str, *, by: Actor, at: datetime) -> None:
    NewContact.objects.create(case=case, kind=kind.value, value=value, announced_by=by.code, announced_at=at)
    data: dict[str, Value] = {"contact_kind": kind.value}
    tell(case, EventKind.CONTACT_ANNOUNCED, by=by, at=at, data=data, payload={"contact": value})


def _spelled(kind: ContactKind, value: str) -> str:
    value = value.strip()
    if kind is ContactKind.PHONE:
        value = _NOT_IN_A_NUMBER.sub("", value)
        if not _NUMBER.fullmatch(value):
            raise CannotDo(_("Write the telephone number with its digits, such as +32 470 12 34 56."))
        return _international(value)
    try:
        validate_email(value)
    except ValidationError:
        raise CannotDo(_("Write one e-mail address, such as name@example.org.")) from None
    if not is_an_address(value):
        raise CannotDo(_("Write one e-mail address, such as name@example.org."))
    return value.lower()


def _international(number: str) -> str:
    """One spelling of a number, so that none comes back in another: a Belgian one where no country is named."""
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif number.startswith("0"):
        number = f"+32{number[1:]}"
    return f"+32{number[4:]}" if number.startswith("+320") else number


def _reaches_the_same(kind: ContactKind, one: str, other: str) -> bool:
    """Two spellings of one telephone, or two addresses of one mailbox."""
    if kind is ContactKind.PHONE:
        return one[-_SUBSCRIBER:] == other[-_SUBSCRIBER:]
    return queries.mailbox_of(one) == queries.mailbox_of(other)
