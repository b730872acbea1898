"""Letters about ends and second looks: what they say and to whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from notifications.kinds import Letter
from notifications.letters import words
from workflow import deadlines, events
from workflow.models import Case, Event
from workflow.services import position_of, rights_of
from workflow.states import ComplaintKind, EventKind, Language, OutOfScope, Right


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it has an address; ``to``: somebody else than the person, with a ``language`` of their own."""

    letter: Letter
    variables: Mapping[str, object] = field(repr=False)
    to: str = field(default="", repr=False)
    language: Language | None = None


def drafts(event: Event, case: Case, *, now: datetime) -> list[Draft]:
    """The letters this event orders here; none for a kind that is not of this room."""
    make = _MADE.get(EventKind(event.kind))
    return make(event, case, now) if make else []


def _out_of_scope(event: Event, case: Case, now: datetime) -> list[Draft]:
    data = events.fields(event)["data"]
    scope, stops = str(data["scope"]), bool(data.get("advertising_stops"))
    if scope == OutOfScope.SPAM.value:
        return []
    return [Draft(Letter.M15, _common(case, now, scope=scope, advertising_stops=stops))]


def _withdrawn(event: Event, case: Case, now: datetime) -> list[Draft]:
    claim = events.fields(event)["claim"]
    right = partial(words.rights, {Right(case.claims.get(uuid=claim).right)}) if claim else ""
    return [Draft(Letter.M17, _common(case, now, right=right))]


def _forwarded(event: Event, case: Case, now: datetime) -> list[Draft]:
    told = events.payload_of(event) or {}
    company, address = str(told.get("company", "")), str(told.get("address", ""))
    person = case.person_name or case.person_email
    if case.person_name and case.person_email:
        person = f"{case.person_name} ({case.person_email})"
    right = partial(words.rights, set(rights_of(case)) or {Right.INFORMATION})
    return [
        Draft(Letter.M18, _common(case, now, company=company, company_address=address)),
        Draft(Letter.M18C, _common(case, now, person=person, right=right), to=address),
    ]


def _closed(_event: Event, case: Case, now: datetime) -> list[Draft]:
    wanted = words.newest_policy(case).closing_letter and not case.end_reason
    return [Draft(Letter.M19, _common(case, now))] if wanted else []


def _second_look(_event: Event, case: Case, now: datetime) -> list[Draft]:
    """M24, the only thing that closes a re-examination."""
    row = case.reexaminations.filter(answered_at__isnull=True, decided_at__isnull=False).first()
    if row is None:
        return []
    opened = partial(words.day, deadlines.brussels_date(row.opened_at))
    right = partial(words.rights, {Right.COMPLAINT})
    told = words.Paragraphs(position_of(row))
    unasked = row.kind in {ComplaintKind.AUTHORITY.value, ComplaintKind.LAWSUIT.value}  # not the person's own wish
    return [Draft(Letter.M24, {**_common(case, now, right=right), "date": opened, "told": told, "unasked": unasked})]


def _common(case: Case, now: datetime, **more: object) -> dict[str, object]:
    return {
        "date": partial(words.day, case.receipt_date),
        "today": partial(words.day, deadlines.brussels_date(now)),
        "authority": partial(words.authority, case),
        **more,
    }


Maker = Callable[[Event, Case, datetime], list[Draft]]
_MADE: dict[EventKind, Maker] = {
    EventKind.CASE_OUT_OF_SCOPE: _out_of_scope,
    EventKind.CLAIM_WITHDRAWN: _withdrawn,
    EventKind.CASE_WITHDRAWN: _withdrawn,
    EventKind.CASE_FORWARDED: _forwarded,
    EventKind.CASE_CLOSED: _closed,
    EventKind.REEXAMINATION_DECIDED: _second_look,
}
