"""Codes in the reader's words. Every code of ``workflow.states`` that a document shows has a line here."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dsar.sources.by_hand import SOURCE as BY_HAND
from workflow.states import (
    BreachSign,
    CaseState,
    Channel,
    ClaimState,
    CollectionState,
    EventKind,
    Evidence,
    Ground,
    IdentityLevel,
    IdentityMethod,
    Language,
    Means,
    NoticeState,
    Outcome,
    PauseKind,
    RequirementCode,
    Right,
    Role,
)

# Why something had to be decided again, where no person said it.
WHYS = {"data_changed": _("the data changed after the draft")}

EVENTS = {
    EventKind.CASE_RECEIVED: _("Request received"),
    EventKind.MESSAGE_ATTACHED: _("Further message received"),
    EventKind.MESSAGE_REREAD: _("Message read again by machine"),
    EventKind.CLAIMS_CONFIRMED: _("Rights confirmed"),
    EventKind.CASE_ASSIGNED: _("Case assigned"),
    EventKind.IDENTITY_ASKED: _("Proof of identity asked"),
    EventKind.CLOCK_PAUSED: _("Clock paused"),
    EventKind.CLOCK_RESUMED: _("Clock resumed"),
    EventKind.IDENTITY_VERIFIED: _("Identity verified"),
    EventKind.IDENTITY_NOT_REQUIRED: _("Proof of identity not required"),
    EventKind.CASE_TAKEN: _("Case taken in hand"),
    EventKind.DATA_ATTACHED: _("Data attached"),
    EventKind.NOTHING_HELD_RECORDED: _("Searched, nothing held"),
    EventKind.CLAIM_DRAFTED: _("Decision drafted"),
    EventKind.CLAIM_SUBMITTED: _("Review requested"),
    EventKind.CLAIM_SENT_BACK: _("Review: changes wanted"),
    EventKind.CLAIM_APPROVED: _("Decision approved"),
    EventKind.EXPORT_READY: _("Export ready"),
    EventKind.CLAIM_ANSWERED: _("Right answered"),
    EventKind.CASE_PROCESSED: _("Case processed"),
    EventKind.CASE_REOPENED: _("Case reopened"),
    EventKind.CASE_MERGED: _("Case merged into another"),
    EventKind.CASE_ABSORBED: _("Another case merged into this one"),
    EventKind.CASE_KEPT_APART: _("Found to be a request of its own"),
    EventKind.CONDITION_MET: _("Condition met"),
    EventKind.CONDITION_WAIVED: _("Condition waived"),
    EventKind.WRITER_IDENTIFIED: _("The writer of what a colleague passed on is known"),
    EventKind.MESSAGE_REMOVED: _("Removed: it did not belong to this case"),
    EventKind.DATA_REMOVED: _("Attached file removed"),
    EventKind.COMPLAINT_RAISED: _("Complaint recorded"),
    EventKind.BREACH_PROPOSED: _("Possible data breach, to be judged"),
    EventKind.BREACH_ASSESSED: _("Possible data breach judged"),
    EventKind.AUTHORITY_RECOGNISED: _("Marked as an authority’s letter"),
    EventKind.AUTHORITY_CALLED_BACK: _("Authority called back"),
    EventKind.AUTHORITY_DUE_SET: _("Authority’s date set"),
    EventKind.AUTHORITY_DENIED: _("Not an authority’s letter"),
    EventKind.CASE_CLOSED: _("Case closed"),
    EventKind.LETTER_SENT: _("Letter sent"),
    EventKind.LETTER_WRITTEN: _("Letter written to a folder, not sent"),
    EventKind.LETTER_UNDELIVERABLE: _("Letter undeliverable"),
    EventKind.ACKNOWLEDGEMENT_WITHHELD: _("Acknowledgement withheld"),
    EventKind.ACKNOWLEDGEMENT_LATE: _("Acknowledgement waiting for more than an hour"),
    EventKind.NOTE_ADDED: _("Internal note"),
    EventKind.MILESTONE_REACHED: _("Reminder due"),
    EventKind.CASE_OVERDUE: _("Due date passed"),
    EventKind.INSTALLATION_CREATED: _("Installation created"),
    EventKind.STAFF_CREATED: _("Member of staff created"),
    EventKind.POLICY_CHANGED: _("Policy changed"),
    EventKind.MAILBOX_BEGINS: _("Start date of a mailbox set"),
    EventKind.MESSAGE_ANSWERED_BEFORE: _("Earlier message: answered already"),
    EventKind.MESSAGE_NOT_A_REQUEST: _("Earlier message: no request"),
    EventKind.MESSAGES_MISSED_SEEN: _("Messages that left the mailbox unread: looked after"),
    EventKind.CASE_VIEWED: _("Case viewed"),
    EventKind.MESSAGE_VIEWED: _("Message viewed"),
    EventKind.ATTACHMENT_VIEWED: _("Attachment viewed"),
    EventKind.ATTACHMENT_DOWNLOADED: _("Attachment downloaded"),
    EventKind.EXPORT_DOWNLOADED: _("Export downloaded"),
    EventKind.HISTORY_DOWNLOADED: _("History downloaded"),
    EventKind.OUTBOX_VIEWED: _("Outbox viewed"),
}
RIGHTS = {
    Right.ACCESS: _("Access"),
    Right.RECTIFICATION: _("Rectification"),
    Right.ERASURE: _("Erasure"),
    Right.RESTRICTION: _("Restriction of processing"),
    Right.PORTABILITY: _("Data portability"),
    Right.OBJECTION_DM: _("Objection to direct marketing"),
    Right.OBJECTION_GENERAL: _("Objection to processing"),
    Right.CONSENT_WITHDRAWAL: _("Withdrawal of consent"),
    Right.AUTOMATED_DECISION: _("Automated decision"),
    Right.INFORMATION: _("Information"),
    Right.COMPLAINT: _("Complaint"),
}
ARTICLES = {
    Right.ACCESS: _("Art. 15 GDPR"),
    Right.RECTIFICATION: _("Art. 16 GDPR"),
    Right.ERASURE: _("Art. 17 GDPR"),
    Right.RESTRICTION: _("Art. 18 GDPR"),
    Right.PORTABILITY: _("Art. 20 GDPR"),
    Right.OBJECTION_DM: _("Art. 21(2) GDPR"),
    Right.OBJECTION_GENERAL: _("Art. 21(1) GDPR"),
    Right.CONSENT_WITHDRAWAL: _("Art. 7(3) GDPR"),
    Right.AUTOMATED_DECISION: _("Art. 22 GDPR"),
    Right.INFORMATION: _("Art. 13 and 14 GDPR"),
    Right.COMPLAINT: _("policy, clause 7.9"),
}
CASE_STATES = {
    CaseState.RECEIVED: pgettext_lazy("case", "Received"),
    CaseState.AWAITING_IDENTITY: pgettext_lazy("case", "Waiting for proof of identity"),
    CaseState.IDENTITY_VERIFIED: pgettext_lazy("case", "Identity verified"),
    CaseState.AWAITING_CLARIFICATION: pgettext_lazy("case", "Waiting for a clarification"),
    CaseState.IN_PROGRESS: pgettext_lazy("case", "In progress"),
    CaseState.PROCESSED: pgettext_lazy("case", "Processed"),
    CaseState.WITHDRAWN: pgettext_lazy("case", "Withdrawn"),
    CaseState.OUT_OF_SCOPE: pgettext_lazy("case", "Out of scope"),
    CaseState.FORWARDED: pgettext_lazy("case", "Forwarded"),
    CaseState.MERGED: pgettext_lazy("case", "Merged"),
    CaseState.CLOSED: pgettext_lazy("case", "Closed"),
}
CLAIM_STATES = {
    ClaimState.OPEN: pgettext_lazy("right", "In progress"),
    ClaimState.IN_REVIEW: pgettext_lazy("right", "In review"),
    ClaimState.APPROVED: pgettext_lazy("right", "Approved, not yet answered"),
    ClaimState.ANSWERED: pgettext_lazy("right", "Answered"),
    ClaimState.WITHDRAWN: pgettext_lazy("right", "Withdrawn"),
}
PROPOSED = pgettext_lazy("right", "Proposed, to be confirmed")
OUTCOMES = {
    Outcome.GRANTED: pgettext_lazy("outcome", "Granted"),
    Outcome.PARTLY_GRANTED: pgettext_lazy("outcome", "Partly granted"),
    Outcome.REFUSED: pgettext_lazy("outcome", "Refused"),
    Outcome.NOTHING_HELD: pgettext_lazy("outcome", "No data held"),
}
GROUNDS = {
    Ground.G_ID: _("the person cannot be identified (Art. 11 and 12(2))"),
    Ground.G_UNF: _("manifestly unfounded request (Art. 12(5))"),
    Ground.G_EXC: _("excessive request (Art. 12(5))"),
    Ground.G_OTHERS: _("rights and freedoms of others (Art. 15(4) and 20(4))"),
    Ground.G_173A: _("freedom of expression and information (Art. 17(3)(a))"),
    Ground.G_173B: _("legal obligation (Art. 17(3)(b))"),
    Ground.G_173C: _("public health (Art. 17(3)(c))"),
    Ground.G_173D: _("archiving, research or statistics (Art. 17(3)(d))"),
    Ground.G_173E: _("legal claims (Art. 17(3)(e))"),
    Ground.G_STILL: _("the data are still needed for their purpose (Art. 17(1)(a))"),
    Ground.G_NO18: _("no case of Art. 18(1) applies"),
    Ground.G_NO20: _("not provided by the person under consent or contract (Art. 20(1))"),
    Ground.G_NO22: _("no decision based solely on automated processing (Art. 22(1))"),
    Ground.G_NOTECH: _("direct transfer is not technically feasible (Art. 20(2))"),
    Ground.G_COMPELLING: _("compelling legitimate grounds (Art. 21(1))"),
    Ground.G_CLAIMS: _("legal claims (Art. 21(1))"),
    Ground.G_NOTWRONG: _("the data are accurate (Art. 16)"),
    Ground.G_SCOPE: _("not a right under the GDPR"),
}
LEVELS = {
    IdentityLevel.L0: _("L0, none needed"),
    IdentityLevel.L1: _("L1, authenticated sender"),
    IdentityLevel.L2: _("L2, contact already known"),
    IdentityLevel.L3: _("L3, facts known only to the person"),
    IdentityLevel.L4: _("L4, document seen"),
}
METHODS = {
    IdentityMethod.MAIL_AUTHENTICATED: _("authenticated e-mail from the known address"),
    IdentityMethod.ACCOUNT_LOGIN: _("sign-in to the account"),
    IdentityMethod.LINK_KNOWN_CONTACT: _("single-use link opened from the known address"),
    IdentityMethod.CALL_KNOWN_NUMBER: _("call to the known number"),
    IdentityMethod.KNOWLEDGE: _("facts known only to the person"),
    IdentityMethod.DOCUMENT_SEEN: _("identity document seen"),
    IdentityMethod.EID: _("electronic identity card"),
}
CONDITIONS = {
    RequirementCode.RIGHT_STATED: _("Right clearly stated"),
    RequirementCode.SENT_TO_MAILBOX: _("Sent to the mailbox of the policy"),
    RequirementCode.DATED: _("Dated"),
    RequirementCode.SIGNED: _("Signed"),
    RequirementCode.REASONS_GIVEN: _("Reasons given"),
    RequirementCode.IDENTITY_COPY: _("Copy of an identity document"),
    RequirementCode.IDENTITY_ESTABLISHED: _("Identity established"),
    RequirementCode.MANDATE_SHOWN: _("Mandate of the person represented"),
}
EVIDENCE = {
    Evidence.NOT_FOUND: _("not found in the message"),
    Evidence.UNREADABLE: _("the message could not be read"),
    Evidence.OFFICER: _("an officer said so, see the history"),
    Evidence.PROPOSED: _("found in the message"),
    Evidence.UNSURE: _("the message may mean several things"),
    Evidence.CONFIRMED: _("confirmed by an officer"),
    Evidence.NOT_NEEDED: _("none of these rights needs it"),
    Evidence.MAILBOX: _("address of the policy"),
    Evidence.MAILBOX_ALIAS: _("another address of the same mailbox"),
    Evidence.OTHER_ADDRESS: _("another address of ours"),
    Evidence.IN_TEXT: _("in the text"),
    Evidence.MAIL_DATE: _("date of the e-mail"),
    Evidence.TYPED: _("name typed under the text"),
    Evidence.SCANNED: _("signature on an attachment"),
    Evidence.DIGITAL: _("digital signature"),
    Evidence.ATTACHED: _("attached to the message"),
    **{Evidence(method.value): words for method, words in METHODS.items()},
}
REMOVED = {
    "message": pgettext_lazy("removed", "Message"),
    "attachment": pgettext_lazy("removed", "Attachment"),
}
BREACH_SIGNS = {
    BreachSign.USED_IN_A_LETTER: _("a letter had left before it was removed"),
    BreachSign.HANDED_OVER: _("the data had been handed over before it was removed"),
    BreachSign.REPORTED_BY_MAIL: _("a message reports a leak of data"),
}
PAUSES = {
    PauseKind.IDENTITY: pgettext_lazy("pause", "Identity"),
    PauseKind.MANDATE: pgettext_lazy("pause", "Mandate"),
    PauseKind.SCOPE: pgettext_lazy("pause", "Scope"),
}
VERDICTS = {
    "counted": _("The clock stood still."),
    "open": _("The clock stands still until the reply arrives."),
    "same_day": _("Answered the same day: no pause."),
    "late": _("Asked too late: the clock ran on."),
    "without_effect": _("Questions do not stop the clock under the policy of this case."),
    "": _("The question has not left yet: the clock runs."),
}
CHANNELS = {
    Channel.EMAIL: _("by e-mail"),
    Channel.FORM: _("by web form"),
    Channel.POST: _("by post"),
    Channel.PHONE: _("by telephone"),
    Channel.COUNTER: _("in person"),
}
LANGUAGES = {
    Language.FR: _("in French"),
    Language.NL: _("in Dutch"),
    Language.DE: _("in German"),
    Language.EN: _("in English"),
}
MEANS = {
    Means.EMAIL: _("by e-mail"),
    Means.POSTED: _("by registered post"),
    Means.HANDED_OVER: _("handed over"),
}
SOURCES = {
    BY_HAND: _("files attached by hand"),
}
ROLES = {
    Role.OFFICER: pgettext_lazy("role", "officer"),
    Role.REVIEWER: pgettext_lazy("role", "reviewer"),
    Role.MANAGER: pgettext_lazy("role", "manager"),
    Role.DPO: pgettext_lazy("role", "data protection officer"),
    Role.AUDITOR: pgettext_lazy("role", "auditor"),
    Role.ADMIN: pgettext_lazy("role", "administrator"),
}
SYSTEM = {
    "intake": _("incoming mail"),
    "post-office": _("outgoing mail"),
    "clock": _("clock"),
    "installer": _("installation"),
    "exporter": _("export"),
}
COLLECTIONS = {
    CollectionState.ASKED: pgettext_lazy("source", "Asked"),
    CollectionState.ANSWERED: pgettext_lazy("source", "Answered"),
    CollectionState.NOTHING_HELD: pgettext_lazy("source", "Nothing held"),
}
NOTICES = {
    NoticeState.PLANNED: pgettext_lazy("notice", "Planned"),
    NoticeState.SENT: pgettext_lazy("notice", "Sent"),
    NoticeState.CONFIRMED: pgettext_lazy("notice", "Confirmed"),
    NoticeState.IMPOSSIBLE: pgettext_lazy("notice", "Impossible"),
    NoticeState.DISPROPORTIONATE: pgettext_lazy("notice", "Disproportionate effort"),
}
LETTER_STATES = {
    "drafted": pgettext_lazy("letter", "Drafted"),
    "queued": pgettext_lazy("letter", "Waiting to leave"),
    "sending": pgettext_lazy("letter", "Leaving"),
    "sent": pgettext_lazy("letter", "Sent"),
    "written": pgettext_lazy("letter", "Written to a folder, not sent"),
    "failed": pgettext_lazy("letter", "Failed, will be tried again"),
    "uncertain": pgettext_lazy("letter", "Uncertain"),
    "undeliverable": pgettext_lazy("letter", "Undeliverable"),
    "cancelled": pgettext_lazy("letter", "Cancelled"),
}
LETTERS = {
    "M01": _("Acknowledgement of receipt"),
    "M02": _("Identity request"),
    "M06": _("Refusal or partial refusal"),
    "M07": _("Answer: access"),
    "M08": _("Answer: direct marketing stopped"),
    "M09": _("Answer: rectification"),
    "M10": _("Answer: erasure"),
    "M11": _("Answer: consent withdrawn"),
    "M12": _("Answer: restriction, portability, objection or automated decision"),
    "M24": _("Answer to a complaint"),
    "M25": _("Answer: information"),
    "A01": _("Reminder to the officer"),
    "A02": _("Escalation to the manager"),
    "A03": _("Alarm: due date passed"),
    "A07": _("Alarm: acknowledgements are waiting"),
    "A08": _("Alarm: complaint, authority’s letter or possible breach"),
    "A09": _("Notice: a letter could not be delivered"),
    "A10": _("Receipt for a colleague who passed a request on"),
}
EXTENSION_REASONS = {
    "complexity": _("complexity of the request"),
    "number": _("number of requests by this person"),
}
FAULTS = {
    "gap": _("an event is missing before it"),
    "hash": _("its content was changed"),
    "bytes": _("its content can no longer be read"),
    "link": _("it is not linked to the event before"),
    "columns": _("its columns contradict its content"),
    "payload": _("its sealed text was changed"),
    "missing": _("the end of the journal was cut off"),
}
