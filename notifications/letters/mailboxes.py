"""Letters of no case: a mailbox cannot be read, counted or cleared, still cannot, or is well again."""

from datetime import datetime

from django.conf import settings

from notifications.kinds import Letter
from notifications.letters import words
from notifications.letters.orders import Order
from notifications.letters.readers import holding, present, readable
from workflow import deadlines, events
from workflow.models import Event, Mailbox
from workflow.states import EventKind, Role

_PHASES = {
    EventKind.MAILBOX_ALARM_RAISED: "raised",
    EventKind.MAILBOX_ALARM_REPEATED: "stands",
    EventKind.MAILBOX_ALARM_ENDED: "ended",
}
# Officers and managers wait for the mail, administrators can mend it.
_TOLD = (Role.OFFICER, Role.MANAGER, Role.ADMIN)


def orders_of_mailbox(event: Event) -> list[Order]:
    """The letters an event about a mailbox orders; often none."""
    phase = _PHASES.get(EventKind(event.kind))
    if phase is None:
        return []
    data = events.fields(event)["data"]
    box = Mailbox.objects.select_related("controller").get(pk=data["mailbox"])
    since = datetime.fromisoformat(data["since"])
    if phase == "ended" and not data["fetched"]:
        phase = "removed"  # nobody looks into it any more: that is not to be well
    orders = []
    for reader, language, address in readable(present({staff for role in _TOLD for staff in holding(role)})):
        variables = {
            "mailbox": box.address,
            "alarm": data["alarm"],
            "phase": phase,
            "since_day": words.day(deadlines.brussels_date(since), language),
            "since_time": words.clock(since, language),
            "link": f"{settings.PUBLIC_URL}/mailboxes/",
        }
        orders.append(Order(Letter.A07B, None, address, language, variables, controller=box.controller, reader=reader))
    return orders
