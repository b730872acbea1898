"""Letters about sending itself: no letter can leave, still none can, they leave again; and the test mail."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings

from notifications.kinds import Letter
from notifications.letters import words
from notifications.letters.orders import Order
from notifications.letters.readers import holding, present, readable
from notifications.letters.register import ANSWERS
from notifications.models import Notification
from workflow import deadlines, events, services
from workflow.models import Claim, Controller, Event, Staff
from workflow.states import EventKind, Language, Role

_PHASES = {
    EventKind.SENDING_ALARM_RAISED: "raised",
    EventKind.SENDING_ALARM_REPEATED: "stands",
    EventKind.SENDING_ALARM_ENDED: "ended",
}
# Officers and managers wait for their letters to leave, administrators can mend it.
_TOLD = (Role.OFFICER, Role.MANAGER, Role.ADMIN)


def orders_of_sending(event: Event) -> list[Order]:
    """The letters an event about sending orders; often none."""
    kind = EventKind(event.kind)
    if kind is EventKind.SENDING_TESTED:
        return _test(event)
    phase = _PHASES.get(kind)
    if phase is None:
        return []
    since = datetime.fromisoformat(str(events.fields(event)["data"]["since"]))
    readers = present({staff for role in _TOLD for staff in holding(role)})
    return [
        _order(Letter.A07C, reader, language, address, since, ("since_day", "since_time"), phase=phase)
        for reader, language, address in readable(readers)
    ]


def _test(event: Event) -> list[Order]:
    asked = Staff.objects.filter(code=event.actor, is_active=True)
    return [
        replace(_order(Letter.A00, reader, language, address, event.utc, ("day", "time")), reader=None)  # by mail alone
        for reader, language, address in readable(asked)
        if address
    ]


def _order(
    letter: Letter,
    reader: Staff,
    language: Language,
    address: str,
    at: datetime,
    names: tuple[str, str],
    **more: str,
) -> Order:
    when = (words.day(deadlines.brussels_date(at), language), words.clock(at, language))
    variables = {**dict(zip(names, when, strict=True)), "link": f"{settings.PUBLIC_URL}/sending/", **more}
    return Order(letter, None, address, language, variables, controller=Controller.objects.get(), reader=reader)


def is_over(letter: Notification) -> bool:
    """An alarm that could not leave while it stood has nothing to say once it is over: the letter after it does."""
    if letter.letter != Letter.A07C.value or letter.event_id is None:
        return False
    ended = EventKind.SENDING_ALARM_ENDED.value
    return Event.objects.filter(kind=ended, pk__gt=letter.event_id).exists()


def is_held(letter: Notification) -> bool:
    """An answer the data protection officer objects to waits, until the objection goes or somebody says why not."""
    if letter.case is None or Letter(letter.letter) not in ANSWERS or letter.claim_uuid is None:
        return False
    return bool(services.objections(letter.case, Claim.objects.get(uuid=letter.claim_uuid)))
