"""M30: a colleague or a processor is asked for the data they hold, and asked again before the day to reply."""

from datetime import datetime
from functools import partial

from notifications.kinds import Letter
from notifications.letters import words
from notifications.letters.endings import Draft
from notifications.models import Notification
from workflow import events
from workflow.models import Case, Event
from workflow.services import source_asked
from workflow.states import EventKind, Language

_ORDERING = frozenset({EventKind.SOURCE_ASKED.value, EventKind.MILESTONE_REACHED.value})


def drafts(event: Event, case: Case, *, now: datetime) -> list[Draft]:
    """The letter this event orders here; none for a kind that is not of this room."""
    number = events.fields(event)["data"].get("source_request") if event.kind in _ORDERING else None
    asked = source_asked(case, number) if number is not None else None
    if asked is None:
        return []
    said = {
        "identifier": asked.identifier,
        "wanted": asked.wanted.rstrip("."),
        "reply_by": partial(words.day, asked.row.reply_by),
        "reminder": event.kind == EventKind.MILESTONE_REACHED.value,
    }
    return [Draft(Letter.M30, said, to=asked.address, language=Language(asked.row.language))]


def overtaken(letter: Notification, case: Case) -> bool:
    """Were we answered before it left, or is the case over? What was drafted from above asks for something else."""
    data = events.fields(Event.objects.get(pk=letter.event_id))["data"] if letter.event_id else {}
    asked = source_asked(case, data["source_request"]) if "source_request" in data else None
    return asked is not None and (bool(asked.row.answer) or not case.is_open)
