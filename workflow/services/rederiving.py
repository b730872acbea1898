"""The dates of a case out of its events alone, and where the tables say otherwise.

Nothing is read from the rows of the case: receipt, questions, extension and the settings it was
opened under are what the hash-chained history tells. The tables are then held against the result.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import rfc8785

from workflow import deadlines, events
from workflow.models import Case, Event, PolicyVersion
from workflow.policy import Policy
from workflow.services import clock
from workflow.services.installing import STREAM
from workflow.states import EventKind, ExtensionState, PauseKind


@dataclass
class Told:
    """What the events of one case say about its clock."""

    received_at: datetime | None = None
    version: tuple[int, str] = (0, "")
    pauses: list[deadlines.Pause] = field(default_factory=list)
    extension: deadlines.Extension | None = None
    authority_due: date | None = None
    broken: str = ""


def differences(case: Case) -> list[str]:
    """Every date of the case that does not follow from its events, as sentences; none when all do.

    ``next_due``, the order of the queue, is held against the dates and the rights of the case.
    """
    verdict = events.verify(case.stream)
    if not verdict.intact:
        return [f"its history is broken at event {verdict.broken_at}: nothing can be derived from it"]
    told = _told(case)
    if told.broken:
        return [told.broken]
    policy, why = _policy(case, told)
    if policy is None or told.received_at is None:
        return [why or "no event says when it was received"]
    found = deadlines.compute(
        told.received_at,
        pauses=told.pauses,
        extension=told.extension,
        policy=policy.clock,
        alone=_of_one(case) if case.is_open else case.solo_wait,
    )
    return [*_of_rows(case, told), *_of_dates(case, told, found, policy), *_of_queue(case)]


# -- reading the history ------------------------------------------------------------------------------


def _told(case: Case) -> Told:
    told = Told()
    for event in Event.objects.filter(stream=case.stream, kind__in=[kind.value for kind in _READS]).order_by("seq"):
        try:
            _READS[EventKind(event.kind)](told, events.fields(event)["data"])
        except (KeyError, ValueError, LookupError) as wrong:
            told.broken = f"event {event.seq} does not fit those before it: {wrong}"
            break
    return told


def _received(told: Told, data: dict[str, Any]) -> None:
    told.received_at = datetime.fromisoformat(data["received_at"])
    if "policy_version" in data:
        told.version = (int(data["policy_version"]), str(data["policy_sha256"]))


def _absorbed(told: Told, data: dict[str, Any]) -> None:
    _received(told, data)
    if "authority_due" in data:
        _authority(told, data)


def _split_off(told: Told, data: dict[str, Any]) -> None:
    """The part of a split case begins with the questions and the extension of the other one."""
    for shown in filter(None, data["pauses"].split(";")):
        kind, asked, answered, late = shown.split(",")
        begins, ends = date.fromisoformat(asked), date.fromisoformat(answered)
        told.pauses.append(deadlines.Pause(begins, ends, override=late == "late", kind=PauseKind(kind)))
    if "months" in data:
        _extended(told, data)


def _left(told: Told, data: dict[str, Any]) -> None:
    told.pauses.append(deadlines.Pause(date.fromisoformat(data["asked_on"]), None, kind=PauseKind(data["pause"])))


def _answered(told: Told, data: dict[str, Any]) -> None:
    if data["asked_on"] is None:
        return  # it never left, so it never stopped the clock
    place = _place(told, data, lambda pause: pause.answered is None)
    answered = date.fromisoformat(data["answered_on"])
    told.pauses[place] = dataclasses.replace(told.pauses[place], answered=answered)


def _corrected(told: Told, data: dict[str, Any]) -> None:
    was = date.fromisoformat(data["was_answered_on"])
    place = _place(told, data, lambda pause: pause.answered == was)
    told.pauses[place] = dataclasses.replace(told.pauses[place], answered=date.fromisoformat(data["answered_on"]))


def _overridden(told: Told, data: dict[str, Any]) -> None:
    place = _place(told, data, lambda pause: not pause.override)
    told.pauses[place] = dataclasses.replace(told.pauses[place], override=True)


def _lifted(told: Told, data: dict[str, Any]) -> None:
    if data["asked_on"] is None:
        return  # it never left, so it never stopped the clock
    place = _place(told, data, lambda _pause: True)
    told.pauses[place] = dataclasses.replace(told.pauses[place], kind=PauseKind.DETAIL, override=False)


def _place(told: Told, data: dict[str, Any], wanted: Callable[[deadlines.Pause], bool]) -> int:
    """The last question of this kind and day that is still as ``wanted``. Raises LookupError."""
    kind, asked = PauseKind(data["pause"]), date.fromisoformat(data["asked_on"])
    for place in range(len(told.pauses) - 1, -1, -1):
        pause = told.pauses[place]
        if (pause.kind, pause.asked) == (kind, asked) and wanted(pause):
            return place
    raise LookupError(f"no question of {asked}")


def _extended(told: Told, data: dict[str, Any]) -> None:
    told.extension = deadlines.Extension(int(data["months"]), date.fromisoformat(data["promised"]))


def _notice_lost(told: Told, _data: dict[str, Any]) -> None:
    told.extension = None


def _authority(told: Told, data: dict[str, Any]) -> None:
    told.authority_due = date.fromisoformat(data["authority_due"])


def _no_authority(told: Told, _data: dict[str, Any]) -> None:
    told.authority_due = None


# The recorded acts that may move a date; every other event leaves all of them where they are.
_READS: dict[EventKind, Callable[[Told, dict[str, Any]], None]] = {
    EventKind.CASE_RECEIVED: _received,
    EventKind.CASE_ABSORBED: _absorbed,
    EventKind.CASE_SPLIT_OFF: _split_off,
    EventKind.WRITER_IDENTIFIED: _received,
    EventKind.RECEIVED_EARLIER: _received,
    EventKind.PROCESSOR_NAMED: _received,
    EventKind.CLOCK_PAUSED: _left,
    EventKind.QUESTION_LEFT: _left,
    EventKind.CLOCK_RESUMED: _answered,
    EventKind.QUESTION_ANSWERED: _answered,
    EventKind.REPLY_ARRIVED_EARLIER: _corrected,
    EventKind.CLOCK_OVERRIDDEN: _overridden,
    EventKind.SCOPE_LIFTED: _lifted,
    EventKind.CASE_EXTENDED: _extended,
    EventKind.EXTENSION_NOTICE_LOST: _notice_lost,
    EventKind.EXTENSION_LAPSED: _notice_lost,
    EventKind.AUTHORITY_DUE_SET: _authority,
    EventKind.AUTHORITY_DENIED: _no_authority,
}
MOVES_DATES = frozenset(_READS)


# -- the settings it was opened under ----------------------------------------------------------------------


def _policy(case: Case, told: Told) -> tuple[Policy | None, str]:
    """The settings whose digest both histories name, the case's and the installation's; and what is wrong."""
    number, sha256 = told.version
    for event in Event.objects.filter(stream=STREAM, kind=EventKind.POLICY_CHANGED.value).order_by("-seq"):
        data = events.fields(event)["data"]
        if (data["controller"], data["version"]) == (case.controller.code, number):
            break
    else:
        return None, f"no event tells the settings of version {number}"
    row = PolicyVersion.objects.get(pk=case.policy_version_id)
    digest = hashlib.sha256(rfc8785.dumps(row.values)).hexdigest()
    if not (data["sha256"] == sha256 == row.sha256 == digest) or row.number != number:
        return None, f"its settings, version {number}, are not those its history names"
    return row.policy, ""


def _of_one(case: Case) -> bool:
    """Whether the office is one person's today, as the installation's last event about its settings says."""
    for event in Event.objects.filter(stream=STREAM, kind=EventKind.POLICY_CHANGED.value).order_by("-seq"):
        data = events.fields(event)["data"]
        if data["controller"] == case.controller.code:
            return bool(data.get("solo_review", False))
    return False


# -- what the tables say --------------------------------------------------------------------------------------


def _of_dates(case: Case, told: Told, found: deadlines.Deadlines, policy: Policy) -> Iterator[str]:
    rolled = policy.clock.roll == "next_working"
    derived = {
        "received_at": told.received_at,
        "receipt_date": found.receipt_date,
        "policy_due": found.policy_30d_rolled if rolled else found.policy_30d,
        "month_due": found.month_due,
        "case_due": found.case_due,
        "send_by": found.send_by,
        "never_paused_due": found.month_due_if_never_paused,
        "authority_due": told.authority_due,
    }
    for name, expected in derived.items():
        stands = getattr(case, name)
        if stands != expected:
            yield _differs(name, stands, expected)


def _of_rows(case: Case, told: Told) -> Iterator[str]:
    """Questions and extension: a row nobody told of, or one that tells another story."""
    rows = sorted(_shown(asked) for _row, asked in clock.questions_of(case))
    recorded = sorted(_shown(pause) for pause in told.pauses)
    if rows != recorded:
        yield _differs("pauses", json.dumps(rows), json.dumps(recorded))
    row = getattr(case, "extension", None)
    in_force = row if row is not None and row.state == ExtensionState.IN_FORCE.value else None
    stands = f"+{in_force.months} {in_force.promised}" if in_force else ""
    expected = f"+{told.extension.months} {told.extension.promised}" if told.extension else ""
    if stands != expected:
        yield _differs("extension", stands, expected)


def _of_queue(case: Case) -> Iterator[str]:
    if not case.is_open:
        return  # it stands in no queue
    fresh = Case.objects.select_related("policy_version").get(pk=case.pk)
    stands = fresh.next_due
    clock.wind(fresh)
    if stands != fresh.next_due:
        yield _differs("next_due", stands, fresh.next_due)


def _shown(pause: deadlines.Pause) -> str:
    late = " +" if pause.override else ""
    return f"{pause.kind.value} {pause.asked}>{pause.answered or ''}{late}"


def _differs(name: str, stands: object, expected: object) -> str:
    return f"{name} is {stands or '–'}; its events give {expected or '–'}"
