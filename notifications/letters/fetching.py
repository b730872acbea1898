"""Letters about data that wait to be downloaded: the code, the reminder, what was fetched, and a longer time for it.

The code goes to a contact on file or to the mailbox of the case; neither letter holds a right or a word of the data.
"""

from datetime import date, datetime, timedelta
from functools import partial

from notifications.kinds import Letter
from notifications.letters import words
from notifications.letters.endings import Draft
from notifications.letters.register import CODE
from workflow import deadlines, events
from workflow.models import Case, Event
from workflow.services import open_release, release_code_for_letter, retention_of
from workflow.states import EventKind


def drafts(event: Event, case: Case, *, now: datetime) -> list[Draft]:
    """The letters this event orders here; none for a kind that is not of this room."""
    if event.kind == EventKind.RELEASE_CODE_ISSUED.value:
        return _code(event, now)
    if event.kind in {EventKind.DATA_DOWNLOADED.value, EventKind.RELEASE_RENEWED.value}:
        return [Draft(Letter.M29D, _told(event))]
    return []


def reminder(case: Case) -> list[Draft]:
    """M29: since when the data wait and until when; none when nothing waits any more."""
    row = open_release(case)
    if row is None or row.first_taken_at is not None:
        return []
    since = deadlines.brussels_date(row.released_at)
    return [Draft(Letter.M29, {"date": partial(words.day, since), "until": partial(words.day, row.last_day)})]


def is_overtaken(case: Case) -> bool:
    """Were the data fetched, or is there nothing to fetch any more?"""
    row = open_release(case)
    return row is None or row.first_taken_at is not None or row.other_way_at is not None


def last_day(case: Case, now: datetime) -> date:
    """Until when data wait whose letter leaves now."""
    return deadlines.brussels_date(now) + timedelta(days=retention_of(case.controller).link_days)


def _code(event: Event, now: datetime) -> list[Draft]:
    if not release_code_for_letter(event.pk, at=now):
        return []  # replaced meanwhile, or told by the desk
    until = datetime.fromisoformat(str(events.fields(event)["data"]["until"]))
    said = {
        "code": CODE,
        "until": partial(words.day, deadlines.brussels_date(until)),
        "until_time": partial(words.clock, until),
    }
    return [Draft(Letter.M27D, said, to=str((events.payload_of(event) or {}).get("contact", "")))]


def _told(event: Event) -> dict[str, object]:
    data = events.fields(event)["data"]
    said: dict[str, object] = {
        "date": partial(words.day, deadlines.brussels_date(event.utc)),
        "time": partial(words.clock, event.utc),
    }
    if until := data.get("last_day"):
        said["renewed_until"] = partial(words.day, date.fromisoformat(str(until)))
    return said
