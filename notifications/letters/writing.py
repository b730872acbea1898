"""Letters somebody at the desk ordered, and the one that says which rights are being handled."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from notifications.kinds import Audience, Letter, NotificationState
from notifications.letters import timing, words
from notifications.letters.endings import Draft, Maker
from notifications.models import Notification
from workflow import deadlines, events
from workflow.models import Case, Event
from workflow.services import rights_of
from workflow.states import EventKind, Language

# Within which a person whose mail comes back is asked, by post, for another way.
_POST_DAYS = 14


def drafts(event: Event, case: Case, *, now: datetime) -> list[Draft]:
    """The letters this event orders here; none for a kind that is not of this room."""
    make = _MADE.get(EventKind(event.kind))
    return make(event, case, now) if make else []


def _reply(event: Event, _case: Case, _now: datetime) -> list[Draft]:
    return [Draft(Letter.M26, {"text": words.Paragraphs(_told(event).get("text", ""))})]


def _recipient(event: Event, _case: Case, now: datetime) -> list[Draft]:
    told, data = _told(event), events.fields(event)["data"]
    said = {"action": data["action"], "identifier": told.get("identifier", ""), "today": _today(now)}
    return [Draft(Letter.M13, said, to=told.get("address", ""), language=Language(data["language"]))]


def _transfer(event: Event, case: Case, now: datetime) -> list[Draft]:
    """M14 to the person, and to the provider, who learns nothing but what it needs to take the file in."""
    told, data = _told(event), events.fields(event)["data"]
    of_file = {"file_format": told.get("file_format", data.get("file_format", "")), "digest": data["sha256"]}
    to_person = {
        "date": partial(words.day, case.receipt_date),
        "today": _today(now),
        "company": told.get("company", ""),
        "company_address": told.get("address", ""),
        **of_file,
    }
    to_provider = {
        "identifier": told.get("identifier", ""),
        "channel": told.get("how", ""),
        "columns": told.get("columns", ""),
        **of_file,
    }
    return [Draft(Letter.M14, to_person), Draft(Letter.M14C, to_provider, to=told.get("address", ""))]


def _by_post(_event: Event, case: Case, now: datetime) -> list[Draft]:
    """M23: which mail to the person came back, if one did, and by when to name another way."""
    rows = Notification.objects.filter(case=case, state=NotificationState.UNDELIVERABLE.value)
    lost = rows.filter(audience=Audience.PERSON.value).order_by("-finished_at").first()
    reply_by = deadlines.brussels_date(now) + timedelta(days=_POST_DAYS)
    said = {
        "date": partial(words.day, case.receipt_date),
        "returned": partial(words.day, deadlines.brussels_date(lost.created_at)) if lost else "",
        "reply_by": partial(words.day, reply_by),
    }
    return [Draft(Letter.M23, said)]


def _after_proof(_event: Event, case: Case, now: datetime) -> list[Draft]:
    """M04 when identity was asked for and is established now (T06); else the acknowledgement said it all."""
    asked = Notification.objects.filter(case=case, letter=Letter.M02.value).order_by("id").last()
    told = Notification.objects.filter(case=case, letter=Letter.M04.value).order_by("id").last()
    if asked is None or (told is not None and told.pk > asked.pk) or not case.is_open:
        return []
    return [_admitted(case, now, corrected=False)]


def _after_reading(_event: Event, case: Case, now: datetime) -> list[Draft]:
    """M04 the same day when the confirmed rights are not those our last letter named (T02)."""
    said = Notification.objects.filter(case=case, named__isnull=False).order_by("id").last()
    if said is None or said.named == _codes(case) or not case.is_open:
        return []
    return [_admitted(case, now, corrected=True)]


def _admitted(case: Case, now: datetime, *, corrected: bool) -> Draft:
    said = {
        "date": partial(words.day, case.receipt_date),
        "rights": partial(words.rights, rights_of(case)),
        "corrected": corrected,
        "named": _codes(case),
        **timing.promise(case, now),
    }
    return Draft(Letter.M04, said)


def _codes(case: Case) -> str:
    return words.codes(rights_of(case))


def _told(event: Event) -> Mapping[str, Any]:
    return events.payload_of(event) or {}


def _today(now: datetime) -> words.Said:
    return partial(words.day, deadlines.brussels_date(now))


_MADE: dict[EventKind, Maker] = {
    EventKind.REPLY_WRITTEN: _reply,
    EventKind.RECIPIENT_TOLD: _recipient,
    EventKind.DATA_TRANSFERRED: _transfer,
    EventKind.POST_WRITTEN: _by_post,
    EventKind.IDENTITY_VERIFIED: _after_proof,
    EventKind.CLAIMS_CONFIRMED: _after_reading,
}
