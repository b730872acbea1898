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
_END = (*_REPLY, "date", "today", "authority")
_PASSED_ON = ("ref", "controller", "mailbox", "date", "person", "right")
_CONTACT = ("ref", "controller", "mailbox", "date")
_STAFF = ("ref", "rights", "link")
_BOX = ("mailbox", "alarm", "phase", "since_day", "since_time", "link")


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter: what orders it, who reads it, where its texts are, what they must be given."""

    letter: Letter
    on: tuple[EventKind, ...]
    audience: Audience
    variables: tuple[str, ...]
    automatic: bool = False
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
    EventKind.ACKNOWLEDGEMENT_ORDERED,
)
_MAILBOX = (EventKind.MAILBOX_ALARM_RAISED, EventKind.MAILBOX_ALARM_REPEATED, EventKind.MAILBOX_ALARM_ENDED)
_ALARMING = (
    EventKind.COMPLAINT_RAISED,
    EventKind.BREACH_PROPOSED,
    EventKind.BREACH_REMINDED,
    EventKind.AUTHORITY_RECOGNISED,
    EventKind.ACCESS_RESTRICTION_PROPOSED,
)
# An erasure waits for the copy of the data (T17): what frees it orders its letter too.
_APPROVED = (EventKind.CLAIM_APPROVED, EventKind.CLAIM_ANSWERED, EventKind.CLAIMS_CONFIRMED)
_TIME = (EventKind.MILESTONE_REACHED,)

REGISTER: dict[Letter, Entry] = {
    entry.letter: entry
    for entry in (
        Entry(Letter.M01, _RECEIVED, _PERSON, (*_REPLY, "date", "time", "due"), automatic=True, reply=True),
        Entry(Letter.M02, (EventKind.IDENTITY_ASKED,), _PERSON, (*_REPLY, "doubt", "options", "reply_by")),
        Entry(Letter.M03, (EventKind.CLARIFICATION_ASKED,), _PERSON, (*_REPLY, "question", "choices", "reply_by")),
        Entry(
            Letter.M05,
            (EventKind.EXTENSION_APPROVED,),
            _PERSON,
            (*_REPLY, "date", "old_due", "reason", "new_due", "done", "authority"),
        ),
        Entry(Letter.M06, _APPROVED, _PERSON, (*_ANSWER, "officer")),
        Entry(Letter.M07, _APPROVED, _PERSON, _ANSWER),
        Entry(Letter.M08, _APPROVED, _PERSON, _ANSWER),
        Entry(Letter.M09, _APPROVED, _PERSON, _ANSWER),
        Entry(Letter.M10, _APPROVED, _PERSON, _ANSWER),
        Entry(Letter.M11, _APPROVED, _PERSON, _ANSWER),
        Entry(Letter.M12, _APPROVED, _PERSON, _ANSWER),
        Entry(Letter.M15, (EventKind.CASE_OUT_OF_SCOPE,), _PERSON, (*_END, "scope")),
        Entry(Letter.M16, (EventKind.CASE_MERGED,), _PERSON, (*_REPLY, "into", "date", "due")),
        Entry(Letter.M17, (EventKind.CLAIM_WITHDRAWN, EventKind.CASE_WITHDRAWN), _PERSON, (*_REPLY, "date")),
        Entry(Letter.M18, (EventKind.CASE_FORWARDED,), _PERSON, (*_END, "company", "company_address")),
        Entry(Letter.M18C, (EventKind.CASE_FORWARDED,), Audience.COMPANY, _PASSED_ON),
        Entry(Letter.M19, (EventKind.CASE_CLOSED,), _PERSON, _END),
        Entry(Letter.M12B, (EventKind.LIFTING_ANNOUNCED,), _PERSON, (*_REPLY, "day", "reason", "authority")),
        Entry(
            Letter.M20, (EventKind.DELAY_APOLOGISED,), _PERSON, (*_REPLY, "date", "due", "reason", "until", "authority")
        ),
        Entry(Letter.M21, _TIME, _PERSON, (*_REPLY, "asked", "options", "reply_by"), automatic=True),
        Entry(Letter.M22, (EventKind.MANDATE_ASKED,), _PERSON, (*_REPLY, "question", "reply_by")),
        Entry(Letter.M24, (*_APPROVED, EventKind.REEXAMINATION_DECIDED), _PERSON, _ANSWER),
        Entry(Letter.M25, _APPROVED, _PERSON, _ANSWER),
        Entry(Letter.M27, (EventKind.CODE_ISSUED,), Audience.CONTACT, (*_CONTACT, "code", "until")),
        Entry(Letter.M28, (EventKind.CONTACT_ANNOUNCED,), Audience.CONTACT, _CONTACT),
        Entry(Letter.A01, _TIME, _DESK, (*_STAFF, "send_by", "due", "days_left"), automatic=True),
        Entry(Letter.A02, _TIME, _DESK, (*_STAFF, "send_by", "due", "days_left"), automatic=True),
        Entry(Letter.A03, _TIME, _DESK, (*_STAFF, "due", "days_late"), automatic=True),
        Entry(Letter.A07, (EventKind.ACKNOWLEDGEMENT_LATE,), _DESK, (*_STAFF, "waiting"), automatic=True),
        Entry(Letter.A07B, _MAILBOX, _DESK, _BOX, automatic=True),
        Entry(Letter.A08, _ALARMING, _DESK, (*_STAFF, "alarm"), automatic=True),
        Entry(Letter.A09, (EventKind.LETTER_UNDELIVERABLE,), _DESK, (*_STAFF, "letter"), automatic=True),
        Entry(Letter.A10, (EventKind.WRITER_IDENTIFIED,), _DESK, _STAFF, automatic=True),
        Entry(Letter.A11, _TIME, _DESK, (*_STAFF, "send_by"), automatic=True),
    )
}

_ANSWERS: dict[Right, Letter] = {
    Right.ACCESS: Letter.M07,
    Right.RECTIFICATION: Letter.M09,
    Right.ERASURE: Letter.M10,
    Right.RESTRICTION: Letter.M12,
    Right.PORTABILITY: Letter.M12,
    Right.OBJECTION_DM: Letter.M08,
    Right.OBJECTION_GENERAL: Letter.M12,
    Right.CONSENT_WITHDRAWAL: Letter.M11,
    Right.AUTOMATED_DECISION: Letter.M12,
    Right.INFORMATION: Letter.M25,
    Right.COMPLAINT: Letter.M24,
}
ANSWERS = frozenset({*_ANSWERS.values(), Letter.M06})


def answer_for(right: Right, outcome: Outcome) -> Letter:
    """The letter that answers a claim; a refusal, even of a part, is one letter for all rights."""
    return Letter.M06 if outcome in {Outcome.REFUSED, Outcome.PARTLY_GRANTED} else _ANSWERS[right]
