"""The words of the letters about time: questions that may stop the clock, more of it, and too much of it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from notifications.kinds import Letter
from notifications.letters import words
from workflow import deadlines, services
from workflow.models import Case
from workflow.services import silence
from workflow.services.clock import questions_of
from workflow.states import EventKind, PauseKind

Words = dict[str, object]
Say = Callable[[Case, Mapping[str, Any], Mapping[str, Any], datetime], Words]


def promise(case: Case, now: datetime) -> Words:
    """By when we answer; of a day that is over only that we are late, of a clock that stands still that it does."""
    due = case.case_due or case.never_paused_due
    late = case.case_due is not None and case.case_due < deadlines.brussels_date(now)
    return {"due": partial(words.day, due), "late": late, "suspended": case.suspended}


def question(case: Case, kind: PauseKind, now: datetime, *, days: int) -> Words:
    """By when to reply to a question that leaves today, and whether the clock stops for it."""
    today = deadlines.brussels_date(now)
    stops = _would_stop(case, kind, today)
    reply_by = today + timedelta(days=days)
    if not stops and case.send_by is not None:
        reply_by = max(min(reply_by, case.send_by), today)  # the clock runs on: the decision must still leave in time
    return {"reply_by": partial(words.day, reply_by), "clock_stops": stops}


def _would_stop(case: Case, kind: PauseKind, today: date) -> bool:
    asked = deadlines.Pause(asked=today, answered=None, kind=kind)
    policy = case.policy_version.policy.clock
    return asked in deadlines.accepted([*(one for _row, one in questions_of(case)), asked], case.receipt_date, policy)


def _clarification(case: Case, data: Mapping[str, Any], said: Mapping[str, Any], now: datetime) -> Words:
    days = case.policy_version.policy.scope_silence_days
    offered = [line.strip().rstrip(".;") for line in str(said.get("choices", "")).splitlines()]
    return {
        "question": said.get("question", ""),
        "choices": words.Paragraphs("\n".join(f"- {line}" for line in offered)),
        **question(case, PauseKind(data["pause"]), now, days=days),
    }


def _mandate(case: Case, _data: Mapping[str, Any], said: Mapping[str, Any], now: datetime) -> Words:
    days = case.policy_version.policy.identity_silence_days
    return {"question": said.get("question", ""), **question(case, PauseKind.MANDATE, now, days=days)}


def _extension(case: Case, data: Mapping[str, Any], _said: Mapping[str, Any], _now: datetime) -> Words:
    asked = services.extension_words_of(case)
    return {
        "date": partial(words.day, case.receipt_date),
        "old_due": partial(words.day, case.case_due or case.never_paused_due),
        "new_due": partial(words.day, date.fromisoformat(data["promised"])),
        "reason": _open_ended(asked.get("why", "")),
        "done": _open_ended(asked.get("done", "")),
        "authority": partial(words.authority, case),
    }


def _apology(case: Case, data: Mapping[str, Any], said: Mapping[str, Any], _now: datetime) -> Words:
    return {
        "date": partial(words.day, case.receipt_date),
        "due": partial(words.day, case.case_due or case.never_paused_due),
        "until": partial(words.day, date.fromisoformat(data["promised"])),
        "reason": _open_ended(said.get("text", "")),
        "authority": partial(words.authority, case),
    }


def _lifting(case: Case, data: Mapping[str, Any], said: Mapping[str, Any], _now: datetime) -> Words:
    day = partial(words.day, date.fromisoformat(data["lifting_on"]))
    return {
        "day": day,
        "granted": bool(data.get("granted")),
        "reason": _open_ended(said.get("text", "")),
        "authority": partial(words.authority, case),
    }


def reminder(case: Case, kind: PauseKind, number: int, asked_on: date, now: datetime) -> Words:
    """M21: what was asked, when, and by when the officer decides; a late one leaves as many days as one in time."""
    today = deadlines.brussels_date(now)
    days = case.policy_version.policy.identity_silence_days
    left = days - silence.QUESTION_DAYS[number - 1]
    last = max(asked_on + timedelta(days=days), today + timedelta(days=left))
    if case.send_by is not None:
        last = min(last, case.send_by)
    return {
        "asked": partial(words.day, asked_on),
        "options": words.IDENTITY_OPTIONS.__getitem__,
        "identity": kind is PauseKind.IDENTITY,
        "reply_by": partial(words.day, max(last, today)),
    }


def _open_ended(text: object) -> str:
    """The officer's words, the full stop left to the letter's sentence."""
    return str(text).strip().rstrip(".")


ON: dict[EventKind, tuple[Letter, Say]] = {
    EventKind.CLARIFICATION_ASKED: (Letter.M03, _clarification),
    EventKind.MANDATE_ASKED: (Letter.M22, _mandate),
    EventKind.EXTENSION_APPROVED: (Letter.M05, _extension),
    EventKind.DELAY_APOLOGISED: (Letter.M20, _apology),
    EventKind.LIFTING_ANNOUNCED: (Letter.M12B, _lifting),
}


def overtaken(letter: Letter, case: Case) -> bool:
    """Is the letter about a wait that is over, or a date that has passed?"""
    waiting = {PauseKind(row.kind) for row in services.open_questions(case)}
    if letter is Letter.M03:
        return waiting.isdisjoint({PauseKind.SCOPE, PauseKind.DETAIL}) or not case.is_open
    if letter is Letter.M22:
        return PauseKind.MANDATE not in waiting or not case.is_open
    if letter is Letter.M21:
        return waiting.isdisjoint({PauseKind.IDENTITY, PauseKind.MANDATE}) or not case.is_open
    if letter is Letter.M05:
        return not services.may_still_be_announced(case)
    return letter in {Letter.M04, Letter.M20, Letter.A11} and not case.is_open
