"""What comes into a case, whose it is, who writes, what is asked of the person."""

import uuid

from django.utils import timezone

from tests.factories import staff
from tests.lives.hands import OTHER_ADDRESS, Hand
from tests.lives.register import act
from workflow import events, services
from workflow.actors import Actor
from workflow.models import Event
from workflow.states import (
    EventKind,
    IdentityMethod,
    PauseKind,
)

# -- what comes in, and whose it is --------------------------------------------------------------------


@act("intake")
def attach_message(hand: Hand, by: Actor) -> None:
    rights = hand.rights() if hand.yes() else []
    at = hand.days(0, 0, -1)
    services.attach_message(hand.case.pk, message=uuid.uuid4(), received_at=at, digest="0" * 64, proposed=rights, by=by)


@act("intake")
def receive_earlier(hand: Hand, by: Actor) -> None:
    at = hand.days(-3, -1, 0)
    services.receive_earlier(hand.case.pk, message=uuid.uuid4(), received_at=at, digest="0" * 64, by=by)


@act("intake")
def reply_arrived_earlier(hand: Hand, by: Actor) -> None:
    told, at = hand.days(0, -1), hand.days(-3, -1, 0)
    services.reply_arrived_earlier(
        hand.case.pk, message=uuid.uuid4(), told_at=told, received_at=at, digest="0" * 64, by=by
    )


@act()
def read_reply(hand: Hand, by: Actor) -> None:
    services.read_reply(hand.case.pk, seen=hand.one_of([None, 1]), by=by)


@act()
def keep_apart(hand: Hand, by: Actor) -> None:
    services.keep_apart(hand.case.pk, by=by)


@act()
def order_acknowledgement(hand: Hand, by: Actor) -> None:
    services.order_acknowledgement(hand.case.pk, held="seen_late", by=by)


@act()
def identify_writer(hand: Hand, by: Actor) -> None:
    address = hand.one_of([OTHER_ADDRESS, "nobody", "officer@example.org"])
    services.identify_writer(hand.case.pk, email=address, name="Grace", received_at=hand.moment(), by=by)


@act()
def name_processor(hand: Hand, by: Actor) -> None:
    services.name_processor(hand.case.pk, processor=hand.words(), received_at=hand.days(-60, -1, 1), by=by)


@act()
def merge(hand: Hand, by: Actor) -> None:
    into = hand.one_of([*hand.others, hand.case])
    services.merge(hand.case.pk, into=into.pk, same_person=hand.words(), by=by)


# -- sorting, identity, questions -----------------------------------------------------------------------


@act()
def confirm_claims(hand: Hand, by: Actor) -> None:
    services.confirm_claims(hand.case.pk, rights=hand.rights(), seen=hand.one_of([None, None, 1]), by=by)


@act()
def take(hand: Hand, by: Actor) -> None:
    services.take(hand.case.pk, by=by)


@act()
def assign(hand: Hand, by: Actor) -> None:
    services.assign(hand.case.pk, staff=staff(hand.one_of(["officer", "manager", "auditor"])), by=by)


@act()
def add_note(hand: Hand, by: Actor) -> None:
    services.add_note(hand.case.pk, text=hand.words(), by=by)


@act()
def ask_identity(hand: Hand, by: Actor) -> None:
    services.ask_identity(hand.case.pk, doubt=hand.words(), by=by)


@act()
def verify_identity(hand: Hand, by: Actor) -> None:
    method = hand.one_of([IdentityMethod.LINK_KNOWN_CONTACT, *IdentityMethod])
    services.verify_identity(hand.case.pk, method=method, note=hand.words(), arrived_at=hand.moment(), by=by)


@act()
def ask_clarification(hand: Hand, by: Actor) -> None:
    choices = hand.one_of([["Invoices", "Mails"], []])
    stops = not hand.yes()
    services.ask_clarification(
        hand.case.pk, question=hand.words(), choices=choices, stops_clock=stops, volume=hand.words(), by=by
    )


@act()
def ask_mandate(hand: Hand, by: Actor) -> None:
    services.ask_mandate(hand.case.pk, question=hand.words(), by=by)


@act()
def record_reply(hand: Hand, by: Actor) -> None:
    services.record_reply(
        hand.case.pk, kind=_kind(hand), arrived_at=hand.moment(), everything=not hand.yes(), note=hand.words(), by=by
    )


@act()
def record_question_posted(hand: Hand, by: Actor) -> None:
    services.record_question_posted(hand.case.pk, kind=_kind(hand), at=hand.moment(), evidence=hand.words(), by=by)


@act()
def record_reminder_posted(hand: Hand, by: Actor) -> None:
    services.record_reminder_posted(hand.case.pk, kind=_kind(hand), at=hand.moment(), evidence=hand.words(), by=by)


@act("post office")
def reminder_left(hand: Hand, by: Actor) -> None:
    for event_id in _reminders(hand):
        services.reminder_left(event_id, at=timezone.now(), by=by)


@act("post office")
def reminder_lost(hand: Hand, by: Actor) -> None:
    for event_id in _reminders(hand)[-1:]:
        services.reminder_lost(event_id, by=by)


def _reminders(hand: Hand) -> list[int]:
    """The events that ordered one; those of a question that is over are told all the same."""
    rung = Event.objects.filter(stream=hand.case.stream, kind=EventKind.MILESTONE_REACHED.value).order_by("seq")
    return [one.pk for one in rung if events.fields(one)["data"]["milestone"].startswith("M21")]


@act()
def admit_late_question(hand: Hand, by: Actor) -> None:
    services.admit_late_question(hand.case.pk, kind=_kind(hand), reason=hand.words(), by=by)


@act("post office")
def begin_pause(hand: Hand, by: Actor) -> None:
    services.begin_pause(hand.case.pk, kind=_kind(hand), asked_at=timezone.now(), by=by)


@act("post office")
def question_lost(hand: Hand, by: Actor) -> None:
    services.question_lost(hand.case.pk, kinds=[_kind(hand)], by=by)


def _kind(hand: Hand) -> PauseKind:
    """First the kinds that were asked and wait."""
    waiting = set(hand.case.pauses.filter(answered_on=None).values_list("kind", flat=True))
    return hand.one_of(sorted(PauseKind, key=lambda kind: kind.value not in waiting))
