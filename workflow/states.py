"""The names of the field: states, rights, outcomes, grounds, roles, kinds of event.

Standard library only. Every code here is stored, printed in the case history and hashed
into events, so a name is added, never renamed or reused.
"""

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands (domain: state machines)."""

    RECEIVED = "received"
    AWAITING_IDENTITY = "awaiting_identity"
    IDENTITY_VERIFIED = "identity_verified"
    AWAITING_CLARIFICATION = "awaiting_clarification"
    IN_PROGRESS = "in_progress"
    PROCESSED = "processed"
    WITHDRAWN = "withdrawn"
    OUT_OF_SCOPE = "out_of_scope"
    FORWARDED = "forwarded"
    MERGED = "merged"
    CLOSED = "closed"


OPEN_CASE_STATES = frozenset(
    {
        CaseState.RECEIVED,
        CaseState.AWAITING_IDENTITY,
        CaseState.IDENTITY_VERIFIED,
        CaseState.AWAITING_CLARIFICATION,
        CaseState.IN_PROGRESS,
    }
)


class OutOfScope(StrEnum):
    """Why a message uses no right of the GDPR (T04)."""

    SUPPORT = "support"
    CONTRACT = "contract"
    NO_REQUEST = "no_request"
    OTHER_LAW = "other_law"
    DECEASED = "deceased"
    SPAM = "spam"


class ComplaintKind(StrEnum):
    """What opened a re-examination (T24)."""

    COMPLAINT = "complaint"
    DISAGREEMENT = "disagreement"
    AUTHORITY = "authority"
    LAWSUIT = "lawsuit"


class SecondLook(StrEnum):
    """What a re-examination found."""

    UPHELD = "upheld"
    CHANGED = "changed"


class ReopenReason(StrEnum):
    """Why an answered right is open again (T22)."""

    INCOMPLETE = "incomplete"
    BOUNCE = "bounce"
    SECOND_LOOK = "second_look"


class AfterConsent(StrEnum):
    """The question after a withdrawal of consent: does something else allow us to keep the data? (T18)"""

    OTHER_BASIS = "other_basis"
    ERASE = "erase"


class ClaimState(StrEnum):
    """Where one right asked for stands."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What was decided on a claim."""

    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"
    NOTHING_HELD = "nothing_held"


class Right(StrEnum):
    """The right a claim uses; the order is the order of every list of rights."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION_DM = "objection_dm"
    OBJECTION_GENERAL = "objection_general"
    CONSENT_WITHDRAWAL = "consent_withdrawal"
    AUTOMATED_DECISION = "automated_decision"
    INFORMATION = "information"
    COMPLAINT = "complaint"


# Executed within a working day, without identity step and without a second pair of eyes (T18).
FAST_LANE = frozenset({Right.OBJECTION_DM, Right.CONSENT_WITHDRAWAL})
# Frozen at once while they are looked at (T13); decided before anything is erased (domain §3.1).
INTERIM_FIRST = frozenset({Right.RESTRICTION, Right.OBJECTION_GENERAL})
# What these ask for is done where the data are, not in words: the answer follows what was seen to be done (T17).
CARRIED_OUT = frozenset({Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION, Right.OBJECTION_GENERAL})
# Whoever received the data learns what was done to them (Art. 19).
TOLD_TO_RECIPIENTS = frozenset({Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION})
# Their answer is a text; without one the person would be told nothing (domain §1.1).
IN_WORDS = CARRIED_OUT | {Right.AUTOMATED_DECISION, Right.INFORMATION, Right.COMPLAINT}
# Disclosure of data: never without identity at release.
DISCLOSES_DATA = frozenset({Right.ACCESS, Right.PORTABILITY})


class Ground(StrEnum):
    """Why a claim may be refused or partly granted (domain §1.2); formalities are not here."""

    G_ID = "G-ID"
    G_UNF = "G-UNF"
    G_EXC = "G-EXC"
    G_OTHERS = "G-OTHERS"
    G_173A = "G-173a"
    G_173B = "G-173b"
    G_173C = "G-173c"
    G_173D = "G-173d"
    G_173E = "G-173e"
    G_STILL = "G-STILL"
    G_NO18 = "G-NO18"
    G_NO20 = "G-NO20"
    G_NO22 = "G-NO22"
    G_NOTECH = "G-NOTECH"
    G_COMPELLING = "G-COMPELLING"
    G_CLAIMS = "G-CLAIMS"
    G_NOTWRONG = "G-NOTWRONG"
    G_SCOPE = "G-SCOPE"


# Excessive or manifestly unfounded: we prove it, a manager approves; a fee may take the place of the refusal (12(5)).
ABUSE = frozenset({Ground.G_EXC, Ground.G_UNF})
_ANY = (Ground.G_EXC, Ground.G_UNF, Ground.G_ID)
ALLOWED_GROUNDS: dict[Right, tuple[Ground, ...]] = {
    Right.ACCESS: (Ground.G_OTHERS, *_ANY),
    Right.RECTIFICATION: (Ground.G_NOTWRONG, *_ANY),
    Right.ERASURE: (
        Ground.G_173A,
        Ground.G_173B,
        Ground.G_173C,
        Ground.G_173D,
        Ground.G_173E,
        Ground.G_STILL,
        *_ANY,
    ),
    Right.RESTRICTION: (Ground.G_NO18, *_ANY),
    Right.PORTABILITY: (Ground.G_NO20, Ground.G_OTHERS, Ground.G_NOTECH, Ground.G_ID),
    Right.OBJECTION_DM: (),
    Right.OBJECTION_GENERAL: (Ground.G_COMPELLING, Ground.G_CLAIMS),
    Right.CONSENT_WITHDRAWAL: (),
    Right.AUTOMATED_DECISION: (Ground.G_NO22,),
    Right.INFORMATION: (),
    Right.COMPLAINT: (),
}


# The rights whose refusal as abusive the law knows, and so a fee (domain §1.1).
FEE_RIGHTS = frozenset(right for right, grounds in ALLOWED_GROUNDS.items() if set(grounds) >= ABUSE)


class IdentityLevel(StrEnum):
    """The ladder, least intrusive first (domain §1.6); comparable by position."""

    L0 = "L0"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"


REQUIRED_LEVEL: dict[Right, IdentityLevel] = {
    Right.ACCESS: IdentityLevel.L2,
    Right.RECTIFICATION: IdentityLevel.L1,
    Right.ERASURE: IdentityLevel.L2,
    Right.RESTRICTION: IdentityLevel.L1,
    Right.PORTABILITY: IdentityLevel.L2,
    Right.OBJECTION_DM: IdentityLevel.L0,
    Right.OBJECTION_GENERAL: IdentityLevel.L1,
    Right.CONSENT_WITHDRAWAL: IdentityLevel.L0,
    Right.AUTOMATED_DECISION: IdentityLevel.L1,
    Right.INFORMATION: IdentityLevel.L0,
    Right.COMPLAINT: IdentityLevel.L0,
}


class IdentityMethod(StrEnum):
    """How the officer became sure who writes."""

    MAIL_AUTHENTICATED = "mail_authenticated"
    ACCOUNT_LOGIN = "account_login"
    LINK_KNOWN_CONTACT = "link_known_contact"
    CALL_KNOWN_NUMBER = "call_known_number"
    KNOWLEDGE = "knowledge"
    DOCUMENT_SEEN = "document_seen"
    EID = "eid"


LEVEL_OF_METHOD: dict[IdentityMethod, IdentityLevel] = {
    IdentityMethod.MAIL_AUTHENTICATED: IdentityLevel.L1,
    IdentityMethod.ACCOUNT_LOGIN: IdentityLevel.L1,
    IdentityMethod.LINK_KNOWN_CONTACT: IdentityLevel.L2,
    IdentityMethod.CALL_KNOWN_NUMBER: IdentityLevel.L2,
    IdentityMethod.KNOWLEDGE: IdentityLevel.L3,
    IdentityMethod.DOCUMENT_SEEN: IdentityLevel.L4,
    IdentityMethod.EID: IdentityLevel.L4,
}


class ContactKind(StrEnum):
    """By what a person was known to us before the request came."""

    EMAIL = "email"
    PHONE = "phone"


class ContactOrigin(StrEnum):
    """Where a contact on file was found."""

    ACCOUNT = "account"
    CONTRACT = "contract"
    INVOICE = "invoice"
    EARLIER_CASE = "earlier_case"
    SOURCE = "source"  # a connected system said so by itself


class Compared(StrEnum):
    """What of an identity document was compared with what we hold."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    VALIDITY = "validity"
    ADDRESS = "address"
    NOT_RECORDED = "not_recorded"  # a check from before this was kept


class CodeEnd(StrEnum):
    """What became of a one-time code."""

    RETURNED = "returned"
    REPLACED = "replaced"
    EXPIRED = "expired"
    SPENT = "spent"  # wrong ones too often
    LOST = "lost"  # its letter came back
    DENIED = "denied"  # whoever holds the contact asked for nothing


class Returned(StrEnum):
    """What came of a code that somebody gave back."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"
    NONE_OPEN = "none_open"


class CodeWay(StrEnum):
    """How the one-time code that opens a download reached the person."""

    KNOWN_CONTACT = "known_contact"  # an address on file before the request: a second factor
    SAME_MAILBOX = "same_mailbox"  # where all letters go: one factor, and called so
    DESK = "desk"  # told by telephone on a number on file, or by post


class ReleaseEnd(StrEnum):
    """Why data that waited for the person can no longer be downloaded."""

    REPLACED = "replaced"  # a later answer of the case waits instead
    REOPENED = "reopened"  # the answer came back or is decided again
    REVOKED = "revoked"  # a possible breach, a denied contact, identity that fell
    ERASED = "erased"


class PauseKind(StrEnum):
    """Questions to the person; the first three may stop the clock (domain §2.4)."""

    IDENTITY = "identity"
    MANDATE = "mandate"
    SCOPE = "scope"
    DETAIL = "detail"  # any other (a proof, a format): recorded, the clock runs on


class PauseEnd(StrEnum):
    """What ended the wait for a reply."""

    REPLY = "reply"
    EVERYTHING = "everything"
    SILENCE = "silence"
    UNDELIVERABLE = "undeliverable"
    CASE_ENDED = "case_ended"
    NOT_NEEDED = "not_needed"


class ExtensionReason(StrEnum):
    """The reasons Art. 12(3) knows; our workload, staff or size are none."""

    COMPLEXITY = "complexity"
    NUMBER = "number"


class ExtensionState(StrEnum):
    """Asked, approved by another person, in force once the person was told in time."""

    ASKED = "asked"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    LAPSED = "lapsed"


class FeeState(StrEnum):
    """A fee instead of a refusal (Art. 12(5)(a)): it keeps the right open until it is settled."""

    ASKED = "asked"
    PAID = "paid"
    UNPAID = "unpaid"  # the person will not pay, or let the day pass
    DROPPED = "dropped"  # answered free of charge after all
    WITHDRAWN = "withdrawn"  # the person takes the request back instead


class InterimGround(StrEnum):
    """Why data are frozen before the request is decided (T13)."""

    ACCURACY = "accuracy"  # Art. 18(1)(a)
    OBJECTION = "objection"  # Art. 18(1)(d)
    ERASURE_DISPUTE = "erasure_dispute"


class Role(StrEnum):
    """What a member of staff may do; one person may hold several."""

    OFFICER = "officer"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    DPO = "dpo"
    AUDITOR = "auditor"
    ADMIN = "admin"


class ActorKind(StrEnum):
    STAFF = "staff"
    SYSTEM = "system"
    PERSON = "person"


class Relation(StrEnum):
    """What the person is to the company."""

    CUSTOMER = "customer"
    PROSPECT = "prospect"
    EMPLOYEE = "employee"
    EX_EMPLOYEE = "ex_employee"
    APPLICANT = "applicant"
    OTHER = "other"


# Colleagues, and who may become or was one: a reader here may know them.
NEAR_US = frozenset({Relation.EMPLOYEE, Relation.EX_EMPLOYEE, Relation.APPLICANT})


class Advice(StrEnum):
    """What the data protection officer advises."""

    AGREES = "agrees"
    REMARKS = "remarks"
    OBJECTS = "objects"


class Channel(StrEnum):
    """How a request reached the controller."""

    EMAIL = "email"
    FORM = "form"
    POST = "post"
    PHONE = "phone"
    COUNTER = "counter"


class Language(StrEnum):
    """The languages of letters and screens."""

    FR = "fr"
    NL = "nl"
    DE = "de"
    EN = "en"


class Means(StrEnum):
    """How an answer left; a recorded posting or handing over counts on its own date."""

    EMAIL = "email"
    POSTED = "posted"
    HANDED_OVER = "handed_over"
    OUTSIDE = "outside"  # a colleague wrote to the person from their own mailbox; an officer confirmed that it answers


class RequirementCode(StrEnum):
    """Facts from rooms above that a move depends on, and the conditions of the admissibility sheet."""

    SOURCES_ANSWERED = "sources_answered"
    EXPORT_READY = "export_ready"
    # the law's conditions (Art. 12)
    RIGHT_STATED = "right_stated"
    IDENTITY_ESTABLISHED = "identity_established"
    MANDATE_SHOWN = "mandate_shown"
    # the policy's own (clause 7.7): for information, never a reason to refuse
    SENT_TO_MAILBOX = "sent_to_mailbox"
    DATED = "dated"
    SIGNED = "signed"
    REASONS_GIVEN = "reasons_given"
    IDENTITY_COPY = "identity_copy"


FORMALITIES = frozenset(
    {
        RequirementCode.SENT_TO_MAILBOX,
        RequirementCode.DATED,
        RequirementCode.SIGNED,
        RequirementCode.REASONS_GIVEN,
        RequirementCode.IDENTITY_COPY,
    }
)


class RequirementState(StrEnum):
    MET = "met"
    MISSING = "missing"
    WAIVED = "waived"


class Evidence(StrEnum):
    """What a condition of the admissibility sheet stands on."""

    NOT_FOUND = "not_found"
    UNREADABLE = "unreadable"
    OFFICER = "officer"  # somebody said so, with a reason in the event
    # the right
    PROPOSED = "proposed"
    UNSURE = "unsure"
    CONFIRMED = "confirmed"
    # identity, by method
    NOT_NEEDED = "not_needed"
    MAIL_AUTHENTICATED = "mail_authenticated"
    ACCOUNT_LOGIN = "account_login"
    LINK_KNOWN_CONTACT = "link_known_contact"
    CALL_KNOWN_NUMBER = "call_known_number"
    KNOWLEDGE = "knowledge"
    DOCUMENT_SEEN = "document_seen"
    EID = "eid"
    # the formalities
    MAILBOX = "mailbox"
    MAILBOX_ALIAS = "mailbox_alias"
    OTHER_ADDRESS = "other_address"
    IN_TEXT = "in_text"
    MAIL_DATE = "mail_date"
    TYPED = "typed"
    SCANNED = "scanned"
    DIGITAL = "digital"
    ATTACHED = "attached"


class SelfCheck(StrEnum):
    """What an office of one goes through before it approves its own work (domain §3, solo)."""

    READ_AGAIN = "read_again"
    FACTS_SHOWN = "facts_shown"
    RIGHT_PERSON = "right_person"
    LAW_KEPT = "law_kept"


class CollectionState(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    NOTHING_HELD = "nothing_held"


class ExecutionState(StrEnum):
    """What became of a step that failed in a source (T17)."""

    FAILED = "failed"
    DONE = "done"
    BY_HAND = "by_hand"


class ExecutionProof(StrEnum):
    """How somebody saw that what was approved is done (T17)."""

    LOOKED_UP = "looked_up"  # searched again where the data were
    CONFIRMED = "confirmed"  # whoever keeps them said so in writing
    LOGGED = "logged"  # the system's own record of it
    NOT_RECORDED = "not_recorded"  # answered before this was kept


class NoticeState(StrEnum):
    """Telling a recipient of the data what was done to it (Art. 19)."""

    PLANNED = "planned"
    SENT = "sent"
    CONFIRMED = "confirmed"
    IMPOSSIBLE = "impossible"
    DISPROPORTIONATE = "disproportionate"


class SourceAnswer(StrEnum):
    """What a colleague or a processor answered who was asked for data (M30)."""

    NOTHING_HELD = "nothing_held"
    ATTACHED = "attached"


class NoticeAction(StrEnum):
    """What was done to the data, as its recipients are told (Art. 19)."""

    RECTIFIED = "rectified"
    ERASED = "erased"
    RESTRICTED = "restricted"
    LIFTED = "lifted"


class BreachSign(StrEnum):
    """What makes somebody look whether personal data was breached (Art. 33)."""

    USED_IN_A_LETTER = "used_in_a_letter"
    HANDED_OVER = "handed_over"
    REPORTED_BY_MAIL = "reported_by_mail"
    SEEN_BY_STAFF = "seen_by_staff"
    LETTER_ASTRAY = "letter_astray"


class BreachVerdict(StrEnum):
    """What a manager finds; all but BREACH end the 72 hours."""

    NONE = "none"
    BREACH = "breach"
    NO_RISK = "no_risk"  # Art. 33(1): unlikely to result in a risk
    NOTIFIED = "notified"


class Consumer(StrEnum):
    """Who still has to act on an event; each has one Pending row per event."""

    LETTERS = "letters"
    LISTS = "lists"


class EventKind(StrEnum):
    """Past participles: what happened."""

    CASE_RECEIVED = "case_received"
    MESSAGE_ATTACHED = "message_attached"
    MESSAGE_REREAD = "message_reread"
    REPLY_READ = "reply_read"
    CLAIMS_CONFIRMED = "claims_confirmed"
    CASE_ASSIGNED = "case_assigned"
    IDENTITY_ASKED = "identity_asked"
    CLOCK_PAUSED = "clock_paused"
    CLOCK_RESUMED = "clock_resumed"
    CLOCK_OVERRIDDEN = "clock_overridden"
    CLARIFICATION_ASKED = "clarification_asked"
    MANDATE_ASKED = "mandate_asked"
    QUESTION_LEFT = "question_left"
    QUESTION_ANSWERED = "question_answered"
    REMINDER_LEFT = "reminder_left"
    REMINDER_LOST = "reminder_lost"
    CASE_CLARIFIED = "case_clarified"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_DECLINED = "extension_declined"
    EXTENSION_APPROVED = "extension_approved"
    CASE_EXTENDED = "case_extended"
    EXTENSION_NOTICE_LOST = "extension_notice_lost"
    EXTENSION_LAPSED = "extension_lapsed"
    DELAY_APOLOGISED = "delay_apologised"
    INTERIM_RESTRICTED = "interim_restricted"
    INTERIM_NOT_NEEDED = "interim_not_needed"
    ERASURE_WANTED = "erasure_wanted"
    LIFTING_ANNOUNCED = "lifting_announced"
    INTERIM_LIFTED = "interim_lifted"
    RESTRICTION_LIFTED = "restriction_lifted"
    PROCESSOR_NAMED = "processor_named"
    IDENTITY_VERIFIED = "identity_verified"
    IDENTITY_NOT_REQUIRED = "identity_not_required"
    CONTACT_RECORDED = "contact_recorded"
    CONTACT_DENIED = "contact_denied"
    IDENTITY_FELL = "identity_fell"
    PERSON_NAMED = "person_named"
    LATER_REPLY_TAKEN = "later_reply_taken"
    REPLY_DESCRIBED = "reply_described"
    SCOPE_LIFTED = "scope_lifted"
    CONTACT_ANNOUNCED = "contact_announced"
    DOCUMENT_COMPARED = "document_compared"
    CODE_ISSUED = "code_issued"
    CODE_REFUSED = "code_refused"
    CODE_RETURNED = "code_returned"
    CODE_ENDED = "code_ended"
    DATA_RELEASED = "data_released"
    RELEASE_CODE_ISSUED = "release_code_issued"
    RELEASE_CODE_REFUSED = "release_code_refused"
    DATA_DOWNLOADED = "data_downloaded"
    RELEASE_RENEWED = "release_renewed"
    RELEASE_ENDED = "release_ended"
    OTHER_WAY_OFFERED = "other_way_offered"
    CASE_TAKEN = "case_taken"
    DATA_ATTACHED = "data_attached"
    NOTHING_HELD_RECORDED = "nothing_held_recorded"
    CLAIM_DRAFTED = "claim_drafted"
    CLAIM_SUBMITTED = "claim_submitted"
    CLAIM_SENT_BACK = "claim_sent_back"
    CLAIM_APPROVED = "claim_approved"
    EXECUTION_FAILED = "execution_failed"
    EXECUTION_SETTLED = "execution_settled"
    EXECUTION_VERIFIED = "execution_verified"
    EXPORT_READY = "export_ready"
    CLAIM_ANSWERED = "claim_answered"
    CASE_PROCESSED = "case_processed"
    CASE_REOPENED = "case_reopened"
    RIGHTS_REOPENED = "rights_reopened"
    CASE_MERGED = "case_merged"
    CASE_ABSORBED = "case_absorbed"
    CASE_KEPT_APART = "case_kept_apart"
    CASE_SPLIT = "case_split"
    CASE_SPLIT_OFF = "case_split_off"
    CONDITION_MET = "condition_met"
    CONDITION_WAIVED = "condition_waived"
    WRITER_IDENTIFIED = "writer_identified"
    MESSAGE_REMOVED = "message_removed"
    OUTSIDE_MAIL_FILED = "outside_mail_filed"
    OUTSIDE_ANSWER_CONFIRMED = "outside_answer_confirmed"
    OUTSIDE_ANSWER_DENIED = "outside_answer_denied"
    MESSAGE_DIVIDED = "message_divided"
    MESSAGE_FOUND_ONE_PERSONS = "message_found_one_persons"
    RECEIVED_EARLIER = "received_earlier"
    REPLY_ARRIVED_EARLIER = "reply_arrived_earlier"
    DATA_REMOVED = "data_removed"
    COMPLAINT_RAISED = "complaint_raised"
    BREACH_PROPOSED = "breach_proposed"
    BREACH_ASSESSED = "breach_assessed"
    BREACH_REMINDED = "breach_reminded"
    AUTHORITY_RECOGNISED = "authority_recognised"
    AUTHORITY_CALLED_BACK = "authority_called_back"
    AUTHORITY_DUE_SET = "authority_due_set"
    AUTHORITY_DENIED = "authority_denied"
    CASE_CLOSED = "case_closed"
    REEXAMINATION_DECIDED = "reexamination_decided"
    REEXAMINATION_ANSWERED = "reexamination_answered"
    REEXAMINATION_ANSWER_LOST = "reexamination_answer_lost"
    HOLD_PLACED = "hold_placed"
    HOLD_RELEASED = "hold_released"
    ADDRESS_SUPPRESSED = "address_suppressed"
    ADDRESS_UNSUPPRESSED = "address_unsuppressed"
    EXPORT_ERASED = "export_erased"
    DOCUMENT_RECOGNISED = "document_recognised"
    DOCUMENT_DENIED = "document_denied"
    DOCUMENT_DESTROYED = "document_destroyed"
    ORIGINAL_DESTROYED = "original_destroyed"
    CASE_ANONYMISED = "case_anonymised"
    ABUSE_EVIDENCED = "abuse_evidenced"
    FEE_ASKED = "fee_asked"
    FEE_DECLINED = "fee_declined"
    FEE_APPROVED = "fee_approved"
    FEE_TOLD = "fee_told"
    FEE_PAID = "fee_paid"
    FEE_UNPAID = "fee_unpaid"
    FEE_DROPPED = "fee_dropped"
    CONSENT_FOLLOWED = "consent_followed"
    CASE_OUT_OF_SCOPE = "case_out_of_scope"
    CASE_BACK_IN_SCOPE = "case_back_in_scope"
    CLAIM_WITHDRAWN = "claim_withdrawn"
    CASE_WITHDRAWN = "case_withdrawn"
    CASE_FORWARDED = "case_forwarded"
    LETTER_SENT = "letter_sent"
    LETTER_WRITTEN = "letter_written"
    LETTER_POSTED = "letter_posted"
    LETTER_UNDELIVERABLE = "letter_undeliverable"
    LETTER_BLOCKED = "letter_blocked"
    ACKNOWLEDGEMENT_WITHHELD = "acknowledgement_withheld"
    ACKNOWLEDGEMENT_LATE = "acknowledgement_late"  # of acknowledgements alone, until letters of every kind counted
    LETTER_LATE = "letter_late"
    ACKNOWLEDGEMENT_ORDERED = "acknowledgement_ordered"
    LETTER_RETRIED = "letter_retried"
    LETTER_CANCELLED = "letter_cancelled"
    REPLY_WRITTEN = "reply_written"
    OWN_WORDS_WRITTEN = "own_words_written"
    RECIPIENT_TOLD = "recipient_told"
    SOURCE_ASKED = "source_asked"
    SOURCE_ANSWERED = "source_answered"
    RECIPIENT_SETTLED = "recipient_settled"
    RECIPIENTS_EXPLAINED = "recipients_explained"
    DATA_TRANSFERRED = "data_transferred"
    POST_WRITTEN = "post_written"
    LETTER_RELEASED = "letter_released"
    LANGUAGE_CHOSEN = "language_chosen"
    CALL_NOTED = "call_noted"
    NOTE_ADDED = "note_added"
    RELATION_RECORDED = "relation_recorded"
    MINOR_RECORDED = "minor_recorded"
    ACCESS_RESTRICTION_PROPOSED = "access_restriction_proposed"
    ACCESS_RESTRICTION_DECLINED = "access_restriction_declined"
    ACCESS_RESTRICTED = "access_restricted"
    ACCESS_OPENED = "access_opened"
    CONFLICT_RECORDED = "conflict_recorded"
    CONFLICT_REMOVED = "conflict_removed"
    OPINION_RECORDED = "opinion_recorded"
    OPINION_DEPARTED = "opinion_departed"
    MILESTONE_REACHED = "milestone_reached"
    CASE_OVERDUE = "case_overdue"
    REFUSAL_FOUND_LATE = "refusal_found_late"
    # stream "install"
    INSTALLATION_CREATED = "installation_created"
    STAFF_CREATED = "staff_created"
    STAFF_ROLES_CHANGED = "staff_roles_changed"
    STAFF_SIGN_IN_RENEWED = "staff_sign_in_renewed"
    STAFF_SIGN_IN_CHOSEN = "staff_sign_in_chosen"
    STAFF_CLOSED = "staff_closed"
    STAFF_REOPENED = "staff_reopened"
    ABSENCE_RECORDED = "absence_recorded"
    ABSENCE_ENDED = "absence_ended"
    POLICY_CHANGED = "policy_changed"
    LETTER_TEXT_CHANGED = "letter_text_changed"
    MAILBOX_BEGINS = "mailbox_begins"
    MESSAGE_ANSWERED_BEFORE = "message_answered_before"
    MESSAGE_NOT_A_REQUEST = "message_not_a_request"
    MESSAGE_ERASED = "message_erased"
    MESSAGES_MISSED_SEEN = "messages_missed_seen"
    MAILBOX_ALARM_RAISED = "mailbox_alarm_raised"
    MAILBOX_ALARM_REPEATED = "mailbox_alarm_repeated"
    MAILBOX_ALARM_ENDED = "mailbox_alarm_ended"
    SENDING_TESTED = "sending_tested"
    SENDING_ALARM_RAISED = "sending_alarm_raised"
    SENDING_ALARM_REPEATED = "sending_alarm_repeated"
    SENDING_ALARM_ENDED = "sending_alarm_ended"
    # stream "access"
    CASE_VIEWED = "case_viewed"
    MESSAGE_VIEWED = "message_viewed"
    ATTACHMENT_VIEWED = "attachment_viewed"
    ATTACHMENT_DOWNLOADED = "attachment_downloaded"
    EXPORT_DOWNLOADED = "export_downloaded"
    HISTORY_DOWNLOADED = "history_downloaded"
    OUTBOX_VIEWED = "outbox_viewed"
    LETTER_PRINTED = "letter_printed"
