"""What a case history holds: plain, frozen data, with codes, dates and instants (UTC) in it.

Codes become words when the document is made; the derivation of the dates is the one exception.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from workflow.deadlines import brussels_date
from workflow.states import OPEN_CASE_STATES, CaseState, ClaimState

Variant = Literal["full", "pseudonymised"]
FULL: Variant = "full"
PSEUDONYMISED: Variant = "pseudonymised"
Content = Literal["none", "shown", "withheld", "erased"]


@dataclass(frozen=True, slots=True)
class Person:
    """``name`` and the addresses are empty in the pseudonymised variant; ``written_by``: whoever wrote for them."""

    pseudonym: str
    name: str = ""
    email: str = ""
    written_by: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One right: what was decided, by whom, when it was answered. Codes and instants (UTC)."""

    right: str
    state: str
    confirmed: bool = True
    outcome: str = ""
    ground: str = ""
    facts: str = ""
    author: str = ""
    submitted_at: datetime | None = None
    reviewer: str = ""
    approved_at: datetime | None = None
    four_eyes: bool = True
    alone: bool = False
    executed_at: datetime | None = None
    done: str = ""
    proof: str = ""
    verified_by: str = ""
    verified_at: datetime | None = None
    answered_at: datetime | None = None
    means: str = ""


@dataclass(frozen=True, slots=True)
class PauseLine:
    """Brussels dates; ``verdict`` says what the question did to the clock, ``days`` how long it stood."""

    kind: str
    raised_at: datetime
    asked_on: date | None
    answered_on: date | None
    verdict: str
    days: int

    @property
    def stops(self) -> bool:
        return self.verdict in {"counted", "open"}


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    months: int
    reason: str
    promised: date
    asked_by: str
    approved_by: str
    at: datetime
    alone: bool = False


@dataclass(frozen=True, slots=True)
class IdentityLine:
    method: str
    level: str
    checked_by: str
    checked_at: datetime
    second_by: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class SourceLine:
    source: str
    state: str
    records: int
    asked_at: datetime
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True, slots=True)
class FileLine:
    source: str
    name: str
    records: int
    sha256: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeLine:
    recipient: str
    right: str
    state: str
    sent_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class BundleLine:
    sha256: str
    records: int
    size: int
    built_at: datetime


@dataclass(frozen=True, slots=True)
class LetterLine:
    letter: str
    language: str
    recipient: str
    state: str
    message_id: str
    finished_at: datetime | None
    sha256: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """An internal note; ``text`` is empty where ``content`` (see EventLine) does not show it."""

    at: datetime
    by: str
    content: Content
    text: str = ""


@dataclass(frozen=True, slots=True)
class AbsorbedLine:
    """A case that was merged into this one: what was noted and written in it, and the end of its own chain."""

    reference: str
    received_at: datetime
    into: str
    count: int
    head: str
    intact: bool
    notes: tuple[NoteLine, ...] = ()
    letters: tuple[LetterLine, ...] = ()


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event; ``body`` is the text that was hashed, ``data`` its codes and dates.

    ``content`` says what became of the sealed payload: none, shown, withheld (in the
    pseudonymised variant) or erased. ``salt`` is hexadecimal, ``payload`` the text committed to.
    """

    seq: int
    utc: datetime
    kind: str
    actor: str
    actor_kind: str
    role: str
    right: str
    data: dict[str, Any]
    hash: str
    body: str
    content: Content = "none"
    salt: str = ""
    payload: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """Brussels dates; None while an open question leaves no date."""

    received_on: date
    policy_due: date | None
    month_due: date | None
    case_due: date | None
    send_by: date | None
    never_paused_due: date
    extension_notice_by: date
    paused_days: int | None = 0
    derivation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Integrity:
    """What recomputing the chain from the stored bytes showed; ``broken_at`` is the first event that fails."""

    stream: str
    count: int
    first: str
    head: str
    broken_at: int | None = None
    why: str = ""

    @property
    def intact(self) -> bool:
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """Everything the document says about one case. Instants are UTC."""

    variant: Variant
    controller: str
    mailbox: str
    reference: str
    state: str
    channel: str
    case_language: str
    person: Person
    received_at: datetime
    identity_needed: bool
    identity_level: str
    verified_at: datetime | None
    processed_at: datetime | None
    closed_at: datetime | None
    merged_into: str
    dates: Dates
    claims: tuple[ClaimLine, ...]
    events: tuple[EventLine, ...]
    integrity: Integrity
    generated_at: datetime
    pauses: tuple[PauseLine, ...] = ()
    extension: ExtensionLine | None = None
    identity: tuple[IdentityLine, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    files: tuple[FileLine, ...] = ()
    bundle: BundleLine | None = None
    notices: tuple[NoticeLine, ...] = ()
    letters: tuple[LetterLine, ...] = ()
    absorbed: tuple[AbsorbedLine, ...] = ()
    staff: dict[str, str] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        return self.variant == FULL

    @property
    def is_open(self) -> bool:
        return CaseState(self.state) in OPEN_CASE_STATES

    @property
    def claimed(self) -> tuple[ClaimLine, ...]:
        """The rights that were not withdrawn."""
        return tuple(claim for claim in self.claims if claim.state != ClaimState.WITHDRAWN.value)

    @property
    def legal_due(self) -> date | None:
        """The limit of Art. 12(3): the month, or the date of the extension; None while a question is open."""
        return self.dates.case_due if self.extension else self.dates.month_due

    @property
    def last_day(self) -> date:
        """The Brussels date of the last event: the day this history speaks of."""
        return brussels_date(self.generated_at)

    @property
    def answered_on(self) -> date | None:
        """The Brussels date of the last answer, once every right still claimed is answered."""
        answers = [claim.answered_at for claim in self.claimed]
        if not answers or None in answers:
            return None
        return brussels_date(max(answer for answer in answers if answer))
