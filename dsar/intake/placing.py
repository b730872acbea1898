"""What follows from where a message belongs: filed, attached, or a case of its own with how it is written to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NotRequired, TypedDict

from django.conf import settings
from django.utils import timezone

from dsar.identity.register_number import masked
from dsar.intake import automatic, forwarded, gravity, outside, proposing, quoting, returned, routing, suggestions
from dsar.intake.conditions import conditions
from dsar.intake.enclosures import Through
from dsar.intake.language import is_foreign
from dsar.intake.models import InboundMessage, MessageState, PassedOn, SeveralPeople
from dsar.intake.parsing import ParsedMessage
from dsar.intake.parts import Portion, keep_share, open_portion
from dsar.intake.passing import Passed
from dsar.intake.reading import Reading
from dsar.intake.routing import Route, Way
from dsar.vault import services as vault
from notifications import services as post_office
from notifications.models import Thread
from workflow import services
from workflow.actors import INTAKE, PERSON, Actor
from workflow.models import Case
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
    passed: Passed | None = None
    words: Mapping[int, vault.Prepared] = field(default_factory=dict)  # by index of the part

    @property
    def files(self) -> list[vault.Prepared]:
        """Of the message, without those of its portions."""
        return [file for file in (self.text, self.head, *self.parts, *self.words.values()) if file is not None]


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
    route = proposing.with_same_text(message, proposing.not_into_anothers(sealed.passed, route))
    if route.way is Way.FILE:
        message.state = MessageState.FILED.value
        _pass_on_report(message, sealed)
    elif route.way is Way.ATTACH and route.case is not None:
        _attach(message, sealed, route.case, by=INTAKE)
    elif route.way is Way.OUTSIDE and route.case is not None:
        _file_outside(message, sealed, route.case)
        return
    else:
        acknowledge = deserves_acknowledgement(sealed.parsed, message.sender, sealed.reading)
        if acknowledge and route.way is Way.OPEN and route.case is None and _may_be_divided(message, sealed):
            _open_each(message, sealed)
            return
        if sealed.passed is not None and sealed.portions:
            _open_each_passed(message, sealed, sealed.passed, route)
            return
        message.case = _open(message, sealed, route, acknowledge=acknowledge, by=INTAKE)
        message.state = MessageState.OPENED.value
    if message.case is not None:
        ask_whether_several(message, sealed)
        raise_alarms(message.case, sealed, opened=message.state == MessageState.OPENED.value, since=message.received_at)


def _pass_on_report(message: InboundMessage, sealed: Sealed) -> None:
    """A delivery report goes to its letter; everything else that is filed stays where it is."""
    heard = returned.heard(sealed.parsed, sealed.reading)
    if heard is None:
        return
    report = post_office.Report(failed=heard.failed, arrived=heard.arrived, status=heard.status, words=heard.words)
    ids = returned.quoted_ids(sealed.parsed)
    post_office.bounced(addresses=_recipients(message), message_ids=ids, report=report)


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


def _file_outside(message: InboundMessage, sealed: Sealed, case: Case) -> None:
    """A colleague's own mail to the person: in the case, until an officer says what it answers."""
    message.state, message.case = MessageState.ATTACHED.value, case
    message.save()
    outside.keep(message)
    services.file_outside_mail(
        case.pk,
        message=message.uuid,
        sent_at=message.received_at,
        digest=message.raw.sha256,
        asked=sealed.reading.rights_alone,
        by=INTAKE,
    )


def _take_code(message: InboundMessage, sealed: Sealed, case: Case) -> None:
    """A one-time code that the writer wrote, in their own words: what they quote of our letter is not theirs."""
    text = sealed.parsed.text
    code = services.code_within(quoting.own_text(text, quoting.sort_lines(text)))
    waiting = services.open_code(case, at=message.received_at) if code else None
    if waiting is not None and message.received_at >= waiting.issued_at:
        services.return_code(case.pk, text=code, arrived_at=message.received_at, by=PERSON)


def _may_be_divided(message: InboundMessage, sealed: Sealed) -> bool:
    """The parts are sure, and so is who wrote: nobody who passes on, not an address that was cut."""
    return bool(sealed.portions) and sealed.passed is None and not address_is_too_long(sealed.parsed)


def _open_each(message: InboundMessage, sealed: Sealed) -> None:
    """A case for each person, with the same receipt; all of them or none, in the caller's transaction."""
    late = _is_late(message)
    for portion in sealed.portions:
        received = message.received_at
        case = open_portion(message, portion, sender=message.sender, received_at=received, late=late, by=INTAKE)
        keep_share(message, portion, case)
    message.state = MessageState.DIVIDED.value


def _open_each_passed(message: InboundMessage, sealed: Sealed, passed: Passed, route: Route) -> None:
    """A case for each writer whose mail was passed on: their part alone, nobody acknowledged before it is confirmed."""
    for portion in sealed.portions:
        case = proposing.open_passed(message, portion, passed, route, outer=sealed.parsed, by=INTAKE)
        alone = Sealed(portion.parsed, portion.reading, sealed.content_key)
        raise_alarms(case, alone, opened=True, since=message.received_at)
    message.state = MessageState.DIVIDED.value


def ask_whether_several(message: InboundMessage, sealed: Sealed) -> None:
    """Several people seem to write in it: a case it opened is acknowledged once a person has divided it, or not."""
    if sealed.reading.several is None and not (sealed.passed and sealed.passed.several):
        return
    _row, new = SeveralPeople.objects.get_or_create(message=message)
    if new and message.state == MessageState.OPENED.value:
        Thread.objects.filter(case=message.case).update(several=True)


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
    if reading.several is not None and not opens:
        # Whose of them each right is, nobody has said: none is this person's until somebody does.
        every = [right for right in Right if right in {*reading.rights_alone, *reading.rights}]
        return Asked(proposed=[], unsure=every, conditions=[])
    return Asked(
        proposed=reading.rights_alone if opens else reading.rights,
        unsure=[right for right in reading.unsure if right not in reading.rights_alone] if opens else alone,
        conditions=conditions(sealed.parsed, reading, sent_to=message.envelope_to.split(",")),
    )


def raise_alarms(case: Case, sealed: Sealed, *, opened: bool, since: datetime) -> None:
    """In the transaction that places the message, so that no acknowledgement is quicker than the mark."""
    authority, leak = gravity.gravity(sealed.parsed).authority, sealed.reading.leak
    if authority and opened:
        services.recognise_authority(case.pk, words=authority, by=INTAKE)
    if leak:
        services.propose_breach(case.pk, sign=BreachSign.REPORTED_BY_MAIL, words=leak, aware_at=since, by=INTAKE)


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


def own_domain() -> str:
    return str(settings.MAILBOX.rpartition("@")[2])


def _open(message: InboundMessage, sealed: Sealed, route: Route, *, acknowledge: bool, by: Actor) -> Case:
    """A case of its own; what another's address brought has no person and no acknowledgement until one is confirmed."""
    parsed, reading = sealed.parsed, sealed.reading
    through, inner = _brought_by(message, sealed, by)
    case = services.open_case(
        controller=message.controller,
        received_at=proposing.begins_at(message.received_at, through, inner) if through else message.received_at,
        person_email="" if through else message.sender,
        person_name="" if through else message.sender_name,
        subject=masked(parsed.subject),
        **written_in(parsed.text, reading.language),
        unreadable=bool(message.unreadable),
        to_be_linked=route.way is Way.OPEN_TO_BE_LINKED or address_is_too_long(parsed),
        linked_to=route.case,
        message=message.uuid,
        digest=message.raw.sha256,
        by=by,
        **_asked_for(message, sealed, through),
    )
    Thread.objects.create(
        case=case,
        address="" if through else message.sender,
        in_reply_to=message.message_id,
        references=" ".join(parsed.references)[-4000:],
        acknowledge=acknowledge and not through,
        waits_for_a_person=_is_late(message),
    )
    proposing.suggest(case, [*route.candidates, *(proposing.candidates_of(inner, case) if through else ())])
    if through:
        proposing.keep(case, message, parsed, through, inner)
    return case


def _brought_by(message: InboundMessage, sealed: Sealed, by: Actor) -> tuple[Through | None, forwarded.Inner | None]:
    """Through whose address another's request came, and whose it seems to be; None of who writes for themself."""
    passed = sealed.passed
    if passed is not None and passed.through is not Through.COLLEAGUE:
        return (None, None) if passed.beside else (passed.through, passed.inner)
    if not outside.is_a_colleague(message.sender):
        return None, None
    inner = (passed.inner if passed else None) or forwarded.inner(sealed.parsed, (own_domain(),))
    # Who takes a colleague's own words for a request has said who writes; what was passed on has a writer inside.
    return (Through.COLLEAGUE, inner) if by == INTAKE or inner is not None else (None, None)


def _asked_for(message: InboundMessage, sealed: Sealed, through: Through | None) -> Asked:
    """What a message that opens a case asks; where another's mail is in it and nothing is around it, what that asks."""
    mails = sealed.passed.mails if sealed.passed is not None else ()
    if mails and (through is Through.SOMEBODY or (through and not sealed.reading.rights_alone)):
        mail = mails[0]
        return asked_by(message, replace(sealed, parsed=mail.parsed, reading=mail.reading), opens=True)
    return asked_by(message, sealed, opens=True)


def written_in(text: str, language: str) -> dict[str, Language]:
    """The writer's language, or English and French where theirs is none of ours (domain §3.1)."""
    if is_foreign(text):
        return {"language": Language.EN, "second_language": Language.FR}
    return {"language": Language(language)}


def propose_writer(message: InboundMessage, parsed: ParsedMessage, *, by: Actor) -> None:
    """What a colleague passed on can be read only now: its writer is proposed, the earlier instant runs the clock."""
    inner = forwarded.inner(parsed, (own_domain(),))
    waiting = PassedOn.objects.filter(case=message.case, address="", confirmed_at=None)
    if (
        inner is None
        or message.case is None
        or not waiting.update(doubtful=automatic.sender_denied(parsed), **proposing.of_the_writer(inner))
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
    ask_whether_several(message, sealed)
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
    ask_whether_several(message, sealed)
    raise_alarms(case, sealed, opened=message.state == MessageState.OPENED.value, since=message.received_at)
    return case


def address_is_too_long(parsed: ParsedMessage) -> bool:
    """Cut to what an address can have (RFC 5321, 4.5.3.1.3) it would be somebody else's: a person looks at it."""
    return parsed.sender is not None and len(parsed.sender.address) > LONGEST_ADDRESS
