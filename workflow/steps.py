"""The steps that lead to the dates of a case: what a derivation tells, one sentence each.

Data only; ``deadlines`` makes them, the case history puts them into words.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflow.pauses import Question
from workflow.workdays import Skipped

LONGEST_EXTENSION = 2


class Span(StrEnum):
    """The periods a case is measured by; the last four only compare settings."""

    POLICY = "policy"
    MONTH = "month"
    EXTENSION = "extension"
    POLICY_ROLLED = "policy_rolled"
    EXTENSION_FROM_RECEIPT = "extension_from_receipt"
    EXTENSION_CHAINED = "extension_chained"
    MONTH_RESTARTED = "month_restarted"
    MONTH_NEVER_PAUSED = "month_never_paused"


IN_DAYS = frozenset({Span.POLICY, Span.POLICY_ROLLED})


class Basis(StrEnum):
    """Which of the dates became the due date."""

    POLICY = "policy"
    MONTH = "month"
    BOTH = "both"
    MONTH_ONLY = "month_only"
    EXTENSION = "extension"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Extension:
    """One or two more months (Art. 12(3)); ``promised`` is the date the letter names, if it names one."""

    months: int
    promised: date | None = None

    def __post_init__(self) -> None:
        if self.months not in range(1, LONGEST_EXTENSION + 1):
            raise ValueError(f"An extension of {self.months} months is not lawful: choose 1 or 2 (GDPR Art. 12(3)).")


@dataclass(frozen=True, slots=True)
class Received:
    """Step: the instant of receipt in Brussels and the day it makes day 0."""

    at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Together:
    """Step: days of several pauses, common days once."""

    days: int


@dataclass(frozen=True, slots=True)
class Restarted:
    """Step: the clock starts anew on the day of the last reply (mode ``restart``)."""

    day: date


@dataclass(frozen=True, slots=True)
class Suspended:
    """Step: an open question, hence no due date; the date to aim at all the same."""

    since: date
    if_never_paused: date


@dataclass(frozen=True, slots=True)
class Period:
    """Step: start + count = nominal, + paused days = landed, then over skipped days = due.

    ``count`` is in days for the policy and in months elsewhere; ``clamped``: the month has no such day.
    """

    span: Span
    start: date
    count: int
    nominal: date
    clamped: bool
    paused: int
    landed: date
    skipped: tuple[Skipped, ...]
    due: date


@dataclass(frozen=True, slots=True)
class Due:
    """Step: the date that binds, why, and its last second (UTC)."""

    day: date
    basis: Basis
    end: datetime


@dataclass(frozen=True, slots=True)
class SendBy:
    """Step: the last day somebody works on or before the due date.

    ``alone``: where one person reviews their own draft, the day before it, since a review waits.
    """

    day: date
    due: date
    skipped: tuple[Skipped, ...]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Step: the last day to announce an extension without any doubt: one month from D0, pauses left out."""

    day: date


Step = Received | Question | Together | Restarted | Suspended | Period | Due | SendBy | Notice
