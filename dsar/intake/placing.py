"""What follows from where a message belongs: filed, attached, or a case of its own with how it is written to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NotRequired, TypedDict

from django.conf import settings
from django.utils import timezone

from dsar.identity.register_number import masked
from dsar.intake import automatic, forwarded, gravity, quoting, returned, routing, suggestions
from dsar.intake.conditions import conditions
from dsar.intake.models import InboundMessage, MessageState, PassedOn, SeveralPeople, Suggestion
from dsar.intake.parsing import ParsedMessage
from dsar.intake.parts import Portion, keep_share, open_portion
from dsar.intake.reading import Reading
from dsar.intake.routing import Route, Way
from dsar.vault import services as vault
from notifications import services as post_office
from notifications.models import Thread
from workflow import services
from workflow.actors import INTAKE, PERSON, Actor
from workflow.models import Case, Staff
from workflow.states import BreachSign, Language, Right

LONGEST_ADDRESS = 254
# First seen so long after its receipt, a message gets no letter that nobody said yes to.
LATE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was read from one message, durable in the vault, not yet in the tables."""

    parsed: ParsedMessage
    reading: Reading
    content_key: str
    text: vault.Prepared | None = None
    head: vault.Prepared | None = None
    parts: tuple[vault.Prepared, ...] = ()
    portions: tuple[Portion, ...] = ()

    @property
    def files(self) -> list[vault.Prepared]:
        """Of the message, without those of its portions."""
        return [file for file in (self.text, self.head, *self.parts) if file is not None]


def follow(message: InboundMessage, sealed: Sealed) -> None:
    recipients = _recipients(message)
    route = routing.route(sealed.parsed, sealed.reading, controller=message.controller, envelope_to=recipients)
    _go(message, sealed, route)


def recover(kept: InboundMessage, copy: InboundMessage, sealed: Sealed) -> None:
    """A copy that a person surely sent came after one that lies in a tray: that one goes where the copy would have.

    Its way here had marked the first one as a list's or as spam, or brought it into a mailbox before we began with it;
    nobody waits for an officer because of that. What lay there for long is an old message that was sent on.
    """
    route = routing.route(sealed.parsed, sealed.reading, controller=copy.controller, envelope_to=_recipients(copy))
    if route.way is Way.FILE:
        return
    kept = InboundMessage.objects.select_for_update(of=("self",)).select_related("controller", "raw").get(pk=kept.pk)
    lay_shortly = kept.state == MessageState.BEFORE.value and abs(copy.received_at - kept.received_at) <= LATE
    if kept.judged or not (lay_shortly or kept.state == MessageState.FILED.value):
        return
    # The portions hang under the copy's key: an officer divides what is several people's.
    _go(kept, replace(sealed, portions=()), route)
    kept.next_try_at = timezone.now()
    kept.save()


def _go(message: InboundMessage, sealed: Sealed, route: Route) -> None:
    if route.way is Way.FILE:
        message.state = MessageState.FILED.value
        if returned.gave_up(sealed.parsed, sealed.reading):
            post_office.bounced(addresses=_recipients(message), message_ids=returned.quoted_ids(sealed.parsed))
    elif route.way is Way.ATTACH and route.case is not None:
        _attach(message, sealed, route.case, by=INTAKE)
    else:
        acknowledge = deserves_acknowledgement(sealed.parsed, message.sender, sealed.reading)
        if acknowledge and route.way is Way.OPEN and route.case is None and _may_be_divided(message, sealed):
            _open_each(message, sealed)
            return
        message.case = _open(message, sealed, route, acknowledge=acknowledge, by=INTAKE)
        message.state = MessageState.OPENED.value
    if message.case is not None:
        ask_whether_several(message, sealed.reading)
        raise_alarms(
            message.case, sealed.parsed, opened=message.state == MessageState.OPENED.value, since=message.received_at
        )


def _recipients(message: InboundMessage) -> tuple[str, ...]:
    return tuple(message.envelope_to.split(",")) if message.envelope_to else ()


def _attach(message: InboundMessage, sealed: Sealed, case: Case, *, by: Actor) -> None:
    message.state, message.case = MessageState.ATTACHED.value, case
    services.attach_message(
        case.pk,
        message=message.uuid,
        received_at=message.received_at,
        digest=message.raw.sha256,
        by=by,
        **asked_by(message, sealed),
    )
    _take_code(message, sealed, case)


def _take_code(message: InboundMessage, sealed: Sealed, case: Case) -> None:
    """A one-time code that the writer wrote, in their own words: what they quote of our letter is not theirs."""
    text = sealed.parsed.text
    code = services.code_within(quoting.own_text(text, quoting.sort_lines(text)))
    waiting = services.open_code(case, at=message.received_at) if code else None
    if waiting is not None and message.received_at >= waiting.issued_at:
        services.return_code(case.pk, text=code, arrived_at=message.received_at, by=PERSON)


def _may_be_divided(message: InboundMessage, sealed: Sealed) -> bool:
    """The parts are sure, and so is who wrote: not a colleague who passes on, not an address that was cut."""
    return bool(sealed.portions) and not _is_a_colleague(message.sender) and not address_is_too_long(sealed.parsed)


def _open_each(message: InboundMessage, sealed: Sealed) -> None:
    """A case for each person, with the same receipt; all of them or none, in the caller's transaction."""
    late = _is_late(message)
    for portion in sealed.portions:
        received = message.received_at
        case = open_portion(message, portion, sender=message.sender, received_at=received, late=late, by=INTAKE)
        keep_share(message, portion, case)
    message.state = MessageState.DIVIDED.value


def ask_whether_several(message: InboundMessage, reading: Reading) -> None:
    """Several people seem to write in it, but it takes a person to divide it."""
    if reading.several is not None:
        SeveralPeople.objects.get_or_create(message=message)


def _is_late(message: InboundMessage) -> bool:
    return message.taken_at - message.received_at > LATE and message.state != MessageState.FILED.value


class Asked(TypedDict):
    """What a message gives the case it joins."""

    proposed: Sequence[Right]
    unsure: NotRequired[Sequence[Right]]
    conditions: NotRequired[Sequence[services.Condition]]


def asked_by(message: InboundMessage, sealed: Sealed, *, opens: bool = False) -> Asked:
    """What it asks. A message that ``opens`` a case answers nothing we know, so it is read as a first one.

    In an answer, what it would ask for by itself is marked unsure: a case that has the right already ignores it.
    """
    reading = sealed.reading
    alone = [right for right in reading.rights_alone if right not in reading.rights]
    return Asked(
        proposed=reading.rights_alone if opens else reading.rights,
        unsure=[right for right in reading.unsure if right not in reading.rights_alone] if opens else alone,
        conditions=conditions(sealed.parsed, reading, sent_to=message.envelope_to.split(",")),
    )


def raise_alarms(case: Case, parsed: ParsedMessage, *, opened: bool, since: datetime) -> None:
    """In the transaction that places the message, so that no acknowledgement is quicker than the mark."""
    signs = gravity.gravity(parsed)
    if signs.authority and opened:
        services.recognise_authority(case.pk, words=signs.authority, by=INTAKE)
    if signs.leak:
        services.propose_breach(case.pk, sign=BreachSign.REPORTED_BY_MAIL, words=signs.leak, aware_at=since, by=INTAKE)


def came_earlier(copy: InboundMessage, kept: InboundMessage) -> None:
    """Of two deliveries of one message the earlier receipt counts, whichever was read first (domain §2.1)."""
    if copy.received_at >= kept.received_at:
        return
    InboundMessage.objects.filter(pk=kept.pk).update(received_at=copy.received_at)
    if kept.state == MessageState.ATTACHED.value and kept.case is not None:
        services.reply_arrived_earlier(
            suggestions.living(kept.case).pk,
            message=copy.uuid,
            told_at=kept.received_at,
            received_at=copy.received_at,
            digest=copy.raw.sha256,
            by=INTAKE,
        )
    opened = [kept.case_id] if kept.state == MessageState.OPENED.value else []
    cases = Case.objects.filter(pk__in=[*opened, *kept.shares.values_list("case_id", flat=True)])
    for case in cases.select_related("merged_into"):
        services.receive_earlier(
            suggestions.living(case).pk,
            message=copy.uuid,
            received_at=copy.received_at,
            digest=copy.raw.sha256,
            by=INTAKE,
        )


def deserves_acknowledgement(parsed: ParsedMessage, sender: str, reading: Reading) -> bool:
    """Every human message that opens a case; an answer to nothing we know opens one too. Never a robot or a list."""
    nature = automatic.nature(parsed, (own_domain(),))
    if not sender or nature.own or nature.machine or nature.listed:
        return False
    if nature.suppressed and reading.kind == "reply" and not reading.rights_alone:
        return False
    return reading.acknowledge or reading.kind in {"reply", "chaser", "complaint"}


def _is_a_colleague(address: str) -> bool:
    """Somebody of ours: a member of staff, or an address at our domain."""
    own = automatic.is_own_address(address, (own_domain(),))
    return bool(address) and (own or Staff.objects.filter(email__iexact=address, is_active=True).exists())


def own_domain() -> str:
    return str(settings.MAILBOX.rpartition("@")[2])


def _open(message: InboundMessage, sealed: Sealed, route: Route, *, acknowledge: bool, by: Actor) -> Case:
    """A case of its own; what a colleague passed on has no person and no acknowledgement until one is confirmed."""
    parsed, reading = sealed.parsed, sealed.reading
    colleague = _is_a_colleague(message.sender)
    inner = forwarded.inner(parsed, (own_domain(),)) if colleague else None
    # Who takes a colleague's own words for a request has said who writes; what was passed on has a writer inside.
    colleague = colleague and (by == INTAKE or inner is not None)
    case = services.open_case(
        controller=message.controller,
        received_at=forwarded.earliest(message.received_at, inner.at if inner else None),
        person_email="" if colleague else message.sender,
        person_name="" if colleague else message.sender_name,
        subject=masked(parsed.subject),
        language=Language(reading.language),
        unreadable=bool(message.unreadable),
        to_be_linked=route.way is Way.OPEN_TO_BE_LINKED or address_is_too_long(parsed),
        linked_to=route.case,
        message=message.uuid,
        digest=message.raw.sha256,
        by=by,
        **asked_by(message, sealed, opens=True),
    )
    Thread.objects.create(
        case=case,
        address="" if colleague else message.sender,
        in_reply_to=message.message_id,
        references=" ".join(parsed.references)[-4000:],
        acknowledge=acknowledge and not colleague,
        waits_for_a_person=_is_late(message),
    )
    Suggestion.objects.bulk_create(
        [Suggestion(case=case, candidate=found.case, why=found.why.value) for found in route.candidates]
    )
    if colleague:
        doubtful = automatic.sender_denied(parsed)
        PassedOn.objects.create(case=case, colleague=message.sender, doubtful=doubtful, **_said_of_writer(inner))
    return case


def _said_of_writer(inner: forwarded.Inner | None) -> dict[str, Any]:
    """The columns of ``PassedOn`` that the forwarded mail fills."""
    if inner is None:
        return {"name": "", "address": "", "at": None, "message_id": ""}
    return {
        "name": inner.name[:200],
        "address": inner.address[:LONGEST_ADDRESS],
        "at": inner.at,
        "message_id": inner.message_id[:998],
    }


def propose_writer(message: InboundMessage, parsed: ParsedMessage, *, by: Actor) -> None:
    """What a colleague passed on can be read only now: its writer is proposed, the earlier instant runs the clock."""
    inner = forwarded.inner(parsed, (own_domain(),))
    waiting = PassedOn.objects.filter(case=message.case, address="", confirmed_at=None)
    if (
        inner is None
        or message.case is None
        or not waiting.update(doubtful=automatic.sender_denied(parsed), **_said_of_writer(inner))
    ):
        return
    services.receive_earlier(
        message.case.pk,
        message=message.uuid,
        received_at=forwarded.earliest(message.received_at, inner.at),
        digest=message.raw.sha256,
        by=by,
    )


def open_from(message: InboundMessage, sealed: Sealed, *, by: Actor) -> Case:
    """Somebody says that this message is a request: a case of its own, acknowledged whatever the message looks like.

    The caller holds the lock and settles the message afterwards.
    """
    case = _open(message, sealed, Route(Way.OPEN), acknowledge=True, by=by)
    message.state, message.case, message.next_try_at = MessageState.OPENED.value, case, timezone.now()
    message.save()
    ask_whether_several(message, sealed.reading)
    return case


def take_up(message: InboundMessage, sealed: Sealed, *, by: Actor) -> Case:
    """An officer says that a person wrote this: it goes where it would have gone, and is never filed again.

    The caller holds the lock and settles the message afterwards.
    """
    recipients = _recipients(message)
    way = routing.from_before if message.state == MessageState.BEFORE.value else routing.of_person
    route = way(sealed.parsed, sealed.reading, controller=message.controller, envelope_to=recipients)
    if route.way is Way.ATTACH and route.case is not None:
        _attach(message, sealed, route.case, by=by)
        case = route.case
    else:
        case = _open(message, sealed, route, acknowledge=True, by=by)
        message.state, message.case = MessageState.OPENED.value, case
    message.next_try_at = timezone.now()
    message.save()
    ask_whether_several(message, sealed.reading)
    raise_alarms(case, sealed.parsed, opened=message.state == MessageState.OPENED.value, since=message.received_at)
    return case


def address_is_too_long(parsed: ParsedMessage) -> bool:
    """Cut to what an address can have (RFC 5321, 4.5.3.1.3) it would be somebody else's: a person looks at it."""
    return parsed.sender is not None and len(parsed.sender.address) > LONGEST_ADDRESS
