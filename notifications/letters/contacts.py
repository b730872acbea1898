"""Letters to contacts that were on file before the request: a one-time code, and a warning.

Whoever reads them may be somebody else than the one who writes: they name the case and the day, no right, no address
and no link to the person's page.
"""

from datetime import datetime
from functools import partial

from notifications.kinds import Letter
from notifications.letters import words
from notifications.letters.endings import Draft
from notifications.letters.register import CODE
from workflow import deadlines, events
from workflow.models import Case, Event
from workflow.services import code_for_letter
from workflow.states import ContactKind, EventKind


def drafts(event: Event, case: Case, *, now: datetime) -> list[Draft]:
    """The letters this event orders here; none for a kind that is not of this room."""
    if event.kind == EventKind.CONTACT_ANNOUNCED.value:
        return _warnings(case)
    if event.kind != EventKind.CODE_ISSUED.value or not code_for_letter(event.pk, at=now):
        return []
    data, told = events.fields(event)["data"], events.payload_of(event) or {}
    until = deadlines.brussels_date(datetime.fromisoformat(str(data["until"])))
    said = {
        "date": partial(words.day, case.receipt_date),
        "code": CODE,
        "until": partial(words.day, until),
        "runs": not case.suspended,
    }
    return [Draft(Letter.M27, said, to=str(told.get("contact", "")))]


def _warnings(case: Case) -> list[Draft]:
    """M28 to every address on file, since one of them may be in wrong hands already."""
    said = {"date": partial(words.day, case.receipt_date)}
    on_file = case.known_contacts.filter(kind=ContactKind.EMAIL.value, denied_at=None)
    return [Draft(Letter.M28, said, to=contact.value) for contact in on_file]
