"""What follows from where a message belongs: filed, attached, or a case of its own with how it is written to."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from dsar.identity.register_number import masked
from dsar.intake import automatic, forwarded, gravity, returned, routing
from dsar.intake.conditions import conditions
from dsar.intake.models import InboundMessage, MessageState, PassedOn, Suggestion
from dsar.intake.parsing import ParsedMessage
from dsar.intake.reading import Reading
from dsar.intake.routing import Route, Way
from dsar.vault import services as vault
from notifications import services as post_office
from notifications.models import Thread
from workflow import services
from workflow.actors import INTAKE, Actor
from workflow.models import Case, Staff
from workflow.states import BreachSign, Language

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

    @property
    def files(self) -> list[vault.Prepared]:
        return [file for file in (self.text, self.head, *self.parts) if file is not None]


def follow(message: InboundMessage, sealed: Sealed) -> None:
    recipients = tuple(message.envelope_to.split(",")) if message.envelope_to else ()
    route = routing.route(sealed.parsed, sealed.reading, controller=message.controller, envelope_to=recipients)
    if route.way is Way.FILE:
        message.state = MessageState.FILED.value
        if returned.gave_up(sealed.parsed, sealed.reading):
            post_office.bounced(addresses=recipients, message_ids=returned.quoted_ids(sealed.parsed))
    elif route.way is Way.ATTACH and route.case is not None:
        message.state, message.case = MessageState.ATTACHED.value, route.case
        services.attach_message(
            route.case.pk,
            message=message.uuid,
            received_at=message.received_at,
            digest=message.raw.sha256,
            proposed=sealed.reading.rights,
            conditions=conditions(sealed.parsed, sealed.reading, sent_to=message.envelope_to.split(",")),
            by=INTAKE,
        )
    else:
        message.case = _open(
            message,
            sealed,
            route,
            acknowledge=deserves_acknowledgement(sealed.parsed, message.sender, sealed.reading),
            by=INTAKE,
        )
        message.state = MessageState.OPENED.value
    if message.case is not None:
        raise_alarms(message.case, sealed.parsed, opened=message.state == MessageState.OPENED.value)


def raise_alarms(case: Case, parsed: ParsedMessage, *, opened: bool) -> None:
    """In the transaction that places the message, so that no acknowledgement is quicker than the mark."""
    signs = gravity.gravity(parsed)
    if signs.authority and opened:
        services.recognise_authority(case.pk, words=signs.authority, by=INTAKE)
    if signs.leak:
        services.propose_breach(case.pk, sign=BreachSign.REPORTED_BY_MAIL, words=signs.leak, by=INTAKE)


def deserves_acknowledgement(parsed: ParsedMessage, sender: str, reading: Reading) -> bool:
    """Every human message that opens a case; an answer to nothing we know opens one too. Never a robot or a list."""
    nature = automatic.nature(parsed, (own_domain(),))
    if not sender or nature.own or nature.machine or nature.listed:
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
    colleague = by == INTAKE and _is_a_colleague(message.sender)
    inner = forwarded.inner(parsed) if colleague else None
    late = message.taken_at - message.received_at > LATE and message.state != MessageState.FILED.value
    case = services.open_case(
        controller=message.controller,
        received_at=forwarded.earliest(message.received_at, inner.at if inner else None),
        person_email="" if colleague else message.sender,
        person_name="" if colleague else message.sender_name,
        subject=masked(parsed.subject),
        language=Language(reading.language),
        proposed=reading.rights,
        unsure=reading.unsure,
        unreadable=bool(message.unreadable),
        to_be_linked=route.way is Way.OPEN_TO_BE_LINKED or address_is_too_long(parsed),
        linked_to=route.case,
        message=message.uuid,
        digest=message.raw.sha256,
        conditions=conditions(parsed, reading, sent_to=message.envelope_to.split(",")),
        by=by,
    )
    Thread.objects.create(
        case=case,
        address="" if colleague else message.sender,
        in_reply_to=message.message_id,
        references=" ".join(parsed.references)[-4000:],
        acknowledge=acknowledge and not colleague,
        waits_for_a_person=late,
    )
    Suggestion.objects.bulk_create(
        [Suggestion(case=case, candidate=found.case, why=found.why.value) for found in route.candidates]
    )
    if colleague:
        PassedOn.objects.create(
            case=case,
            colleague=message.sender,
            name=inner.name[:200] if inner else "",
            address=inner.address[:LONGEST_ADDRESS] if inner else "",
            at=inner.at if inner else None,
            message_id=inner.message_id[:998] if inner else "",
        )
    return case


def open_from(message: InboundMessage, sealed: Sealed, *, by: Actor) -> Case:
    """Somebody says that this message is a request: a case of its own, acknowledged whatever the message looks like.

    The caller holds the lock and settles the message afterwards.
    """
    case = _open(message, sealed, Route(Way.OPEN), acknowledge=True, by=by)
    message.state, message.case, message.next_try_at = MessageState.OPENED.value, case, timezone.now()
    message.save()
    return case


def address_is_too_long(parsed: ParsedMessage) -> bool:
    """Cut to what an address can have (RFC 5321, 4.5.3.1.3) it would be somebody else's: a person looks at it."""
    return parsed.sender is not None and len(parsed.sender.address) > LONGEST_ADDRESS
