"""The register of letters: one line per letter, and which answer a decision gets.

Event kind -> letter, audience, template folder, mandatory variables, automatic or not. A letter
with an empty mandatory variable is not made (domain §6); automatic ones say so in their headers.
"""

from dataclasses import dataclass

from notifications.kinds import Audience, Letter
from workflow.states import EventKind, Outcome, Right

# Stands in a sealed body where the person's link belongs; delivery puts the link there, so that
# nobody who reads the stored letter (the Outbox page, a backup) can open the person's page.
STATUS_LINK = "⟦link⟧"

# The same for a one-time code, which is stored nowhere.
CODE = "⟦code⟧"

_REPLY = ("ref", "controller", "mailbox", "status_link")
_ANSWER = (*_REPLY, "date", "right", "today", "authority")
_REASONS, _TOLD = ("facts", "ground"), ("told",)
_END = (*_REPLY, "date", "today", "authority")
_BRIEF = ("ref", "controller", "mailbox")
_PASSED_ON = ("ref", "controller", "mailbox", "date", "person", "right")
_CONTACT = ("ref", "controller", "mailbox", "date")
_STAFF = ("ref", "rights", "link")
_WEEK = ("open", "overdue", "this_week", "review", "identity", "suspended", "link")
_BOX = ("mailbox", "alarm", "phase", "since_day", "since_time", "link")


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter: what orders it, who reads it, where its texts are, what they must be given."""

    letter: Letter
    on: tuple[EventKind, ...]
    audience: Audience
    variables: tuple[str, ...]
    automatic: bool = False
    by_post: bool = False  # mail does not reach its reader: made, never mailed, printed by an officer
    of_paper: tuple[str, ...] = ()  # on paper there is no page to look at: what the letter itself must say then
    reply: bool = False  # an automatic reply to one message, not a notice

    @property
    def folder(self) -> str:
        """Below templates/mail."""
        return self.letter.value


_PERSON, _DESK = Audience.PERSON, Audience.STAFF
_RECEIVED = (
    EventKind.CASE_RECEIVED,
    EventKind.CLAIMS_CONFIRMED,
    EventKind.CASE_KEPT_APART,
    EventKind.AUTHORITY_DENIED,
    EventKind.WRITER_IDENTIFIED,
    EventKind.MESSAGE_DIVIDED,
    EventKind.MESSAGE_FOUND_ONE_PERSONS,
    EventKind.ACKNOWLEDGEMENT_ORDERED,
)
_LATE = (EventKind.LETTER_LATE, EventKind.ACKNOWLEDGEMENT_LATE)
_MAILBOX = (EventKind.MAILBOX_ALARM_RAISED, EventKind.MAILBOX_ALARM_REPEATED, EventKind.MAILBOX_ALARM_ENDED)
_SENDING = (EventKind.SENDING_ALARM_RAISED, EventKind.SENDING_ALARM_REPEATED, EventKind.SENDING_ALARM_ENDED)
_ALARMING = (
    EventKind.COMPLAINT_RAISED,
    EventKind.BREACH_PROPOSED,
    EventKind.BREACH_REMINDED,
    EventKind.AUTHORITY_RECOGNISED,
    EventKind.ACCESS_RESTRICTION_PROPOSED,
)
_APPROVED = (EventKind.CLAIM_APPROVED,)
# What was done is told once somebody saw that it is (T17).
_DONE = (EventKind.CLAIM_APPROVED, EventKind.EXECUTION_VERIFIED)
# An erasure also waits for other rights of the case: what frees it orders its letter too.
_FREED = (
    *_DONE,
    EventKind.CLAIM_ANSWERED,
    EventKind.CLAIM_WITHDRAWN,
    EventKind.CLAIMS_CONFIRMED,
    EventKind.MESSAGE_REMOVED,
)
_TIME = (EventKind.MILESTONE_REACHED,)
_ADMITTED = (EventKind.IDENTITY_VERIFIED, EventKind.CLAIMS_CONFIRMED)
# Drafted from above with facts this house does not know, sealed, and let go by this event (design §2).
_RELEASED = (EventKind.LETTER_RELEASED,)
_FETCHED = (EventKind.DATA_DOWNLOADED, EventKind.RELEASE_RENEWED)
_FROM_SOURCES = (EventKind.SOURCE_ASKED, *_TIME, *_RELEASED)
_HANDED_IN = (EventKind.CLAIM_SUBMITTED, EventKind.EXTENSION_ASKED, EventKind.MILESTONE_REACHED)

REGISTER: dict[Letter, Entry] = {
    entry.letter: entry
    for entry in (
        Entry(
            Letter.M01,
            _RECEIVED,
            _PERSON,
            (*_REPLY, "date", "time", "due"),
            automatic=True,
            of_paper=("kept_years",),
            reply=True,
        ),
        Entry(Letter.M02, (EventKind.IDENTITY_ASKED,), _PERSON, (*_REPLY, "doubt", "options", "reply_by")),
        Entry(Letter.M03, (EventKind.CLARIFICATION_ASKED,), _PERSON, (*_REPLY, "question", "choices", "reply_by")),
        Entry(Letter.M04, _ADMITTED, _PERSON, (*_REPLY, "date", "rights", "due")),
        Entry(
            Letter.M05,
            (EventKind.EXTENSION_APPROVED,),
            _PERSON,
            (*_REPLY, "date", "old_due", "reason", "new_due", "done", "authority"),
        ),
        Entry(Letter.M06, _FREED, _PERSON, (*_ANSWER, "officer"), of_paper=_REASONS),
        Entry(
            Letter.M06F,
            (EventKind.FEE_APPROVED,),
            _PERSON,
            (*_ANSWER, "officer", "amount", "calculation", "how", "pay_by"),
            of_paper=_REASONS,
        ),
        Entry(Letter.M07, _APPROVED, _PERSON, _ANSWER, of_paper=_TOLD),
        Entry(Letter.M08, _APPROVED, _PERSON, _ANSWER, of_paper=_TOLD),
        Entry(Letter.M09, _DONE, _PERSON, _ANSWER, of_paper=_TOLD),
        Entry(Letter.M10, _FREED, _PERSON, (*_ANSWER, "kept_years"), of_paper=_TOLD),
        Entry(Letter.M11, _APPROVED, _PERSON, _ANSWER, of_paper=_TOLD),
        Entry(Letter.M12, _DONE, _PERSON, _ANSWER, of_paper=_TOLD),
        Entry(Letter.M12P, _APPROVED, _PERSON, _ANSWER, of_paper=_TOLD),
        Entry(Letter.M12O, _DONE, _PERSON, _ANSWER, of_paper=_TOLD),
        Entry(Letter.M12A, _APPROVED, _PERSON, _ANSWER, of_paper=_TOLD),
        Entry(Letter.M13, (EventKind.RECIPIENT_TOLD,), Audience.RECIPIENT, (*_BRIEF, "action", "identifier", "today")),
        Entry(
            Letter.M14,
            (EventKind.DATA_TRANSFERRED,),
            _PERSON,
            (*_REPLY, "date", "today", "company", "company_address", "file_format", "digest"),
        ),
        Entry(
            Letter.M14C,
            (EventKind.DATA_TRANSFERRED,),
            Audience.COMPANY,
            (*_BRIEF, "identifier", "channel", "file_format", "columns", "digest"),
        ),
        Entry(Letter.M15, (EventKind.CASE_OUT_OF_SCOPE,), _PERSON, (*_END, "scope")),
        Entry(Letter.M16, (EventKind.CASE_MERGED,), _PERSON, (*_REPLY, "into", "date", "due")),
        Entry(Letter.M16O, (EventKind.CASE_MERGED,), _PERSON, (*_REPLY, "date")),
        Entry(Letter.M17, (EventKind.CLAIM_WITHDRAWN, EventKind.CASE_WITHDRAWN), _PERSON, (*_REPLY, "date")),
        Entry(Letter.M18, (EventKind.CASE_FORWARDED,), _PERSON, (*_END, "company", "company_address")),
        Entry(Letter.M18C, (EventKind.CASE_FORWARDED,), Audience.COMPANY, _PASSED_ON),
        Entry(Letter.M19, (EventKind.CASE_CLOSED,), _PERSON, _END, automatic=True),
        Entry(Letter.M12B, (EventKind.LIFTING_ANNOUNCED,), _PERSON, (*_REPLY, "day", "reason", "authority")),
        Entry(
            Letter.M20, (EventKind.DELAY_APOLOGISED,), _PERSON, (*_REPLY, "date", "due", "reason", "until", "authority")
        ),
        Entry(Letter.M21, _TIME, _PERSON, (*_REPLY, "asked", "options", "reply_by"), automatic=True),
        Entry(Letter.M22, (EventKind.MANDATE_ASKED,), _PERSON, (*_REPLY, "question", "reply_by")),
        Entry(Letter.M23, (EventKind.POST_WRITTEN,), _PERSON, (*_BRIEF, "date", "reply_by"), by_post=True),
        Entry(Letter.M24, (*_APPROVED, EventKind.REEXAMINATION_DECIDED), _PERSON, _ANSWER, of_paper=_TOLD),
        Entry(Letter.M25, _APPROVED, _PERSON, _ANSWER, of_paper=_TOLD),
        Entry(Letter.M26, (EventKind.REPLY_WRITTEN,), _PERSON, (*_REPLY, "text")),
        Entry(Letter.M27, (EventKind.CODE_ISSUED,), Audience.CONTACT, (*_CONTACT, "code", "until")),
        Entry(
            Letter.M27D,
            (EventKind.RELEASE_CODE_ISSUED,),
            Audience.CONTACT,
            (*_BRIEF, "code", "until", "until_time"),
            automatic=True,
        ),
        Entry(Letter.M28, (EventKind.CONTACT_ANNOUNCED,), Audience.CONTACT, _CONTACT),
        Entry(Letter.A00, (EventKind.SENDING_TESTED,), _DESK, ("day", "time", "link"), automatic=True),
        Entry(Letter.M29, _TIME, _PERSON, (*_REPLY, "date", "until"), automatic=True),
        Entry(Letter.M29D, _FETCHED, _PERSON, (*_REPLY, "date", "time"), automatic=True),
        Entry(Letter.M30, _FROM_SOURCES, Audience.RECIPIENT, (*_BRIEF, "identifier", "wanted", "reply_by")),
        Entry(Letter.A01, _TIME, _DESK, (*_STAFF, "send_by", "due", "days_left"), automatic=True),
        Entry(Letter.A02, _TIME, _DESK, (*_STAFF, "send_by", "due", "days_left"), automatic=True),
        Entry(Letter.A03, _TIME, _DESK, (*_STAFF, "due", "days_late"), automatic=True),
        Entry(Letter.A04, _HANDED_IN, _DESK, (*_STAFF, "due"), automatic=True),
        Entry(Letter.A05, (EventKind.LETTER_BLOCKED,), _DESK, (*_STAFF, "letter", "due"), automatic=True),
        Entry(Letter.A06, (), _DESK, _WEEK, automatic=True),
        Entry(Letter.A06D, (), _DESK, ("lines", "count", "link"), automatic=True),
        Entry(Letter.A07, _LATE, _DESK, (*_STAFF, "waiting"), automatic=True),
        Entry(Letter.A07B, _MAILBOX, _DESK, _BOX, automatic=True),
        Entry(Letter.A07C, _SENDING, _DESK, ("phase", "since_day", "since_time", "link"), automatic=True),
        Entry(Letter.A08, _ALARMING, _DESK, (*_STAFF, "alarm"), automatic=True),
        Entry(Letter.A09, (EventKind.LETTER_UNDELIVERABLE,), _DESK, (*_STAFF, "letter"), automatic=True),
        Entry(Letter.A10, (EventKind.WRITER_IDENTIFIED,), _DESK, _STAFF, automatic=True),
        Entry(Letter.A11, _TIME, _DESK, (*_STAFF, "send_by"), automatic=True),
        Entry(Letter.A12, _TIME, _DESK, (*_STAFF, "waited"), automatic=True),
        Entry(Letter.A13, _TIME, _DESK, (*_STAFF, "waited"), automatic=True),
    )
}

_ANSWERS: dict[Right, Letter] = {
    Right.ACCESS: Letter.M07,
    Right.RECTIFICATION: Letter.M09,
    Right.ERASURE: Letter.M10,
    Right.RESTRICTION: Letter.M12,
    Right.PORTABILITY: Letter.M12P,
    Right.OBJECTION_DM: Letter.M08,
    Right.OBJECTION_GENERAL: Letter.M12O,
    Right.CONSENT_WITHDRAWAL: Letter.M11,
    Right.AUTOMATED_DECISION: Letter.M12A,
    Right.INFORMATION: Letter.M25,
    Right.COMPLAINT: Letter.M24,
}
ANSWERS = frozenset({*_ANSWERS.values(), Letter.M06})


def answer_for(right: Right, outcome: Outcome) -> Letter:
    """The letter that answers a claim; a refusal, even of a part, is one letter for all rights."""
    return Letter.M06 if outcome in {Outcome.REFUSED, Outcome.PARTLY_GRANTED} else _ANSWERS[right]
