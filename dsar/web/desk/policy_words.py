"""The settings in words: what each one is, what its choices mean, and where it departs from the law."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dsar.history import labels
from workflow.states import Right

Words = str | Promise

# Section, its introduction and the settings in it; a house test finds every setting in exactly one.
SECTIONS: tuple[tuple[str, Words, Words, tuple[str, ...]], ...] = (
    (
        "clock",
        _("Time limits"),
        _("They count for cases received from now on; an open case keeps the rules it began with."),
        (
            "clock.rule",
            "clock.roll",
            "clock.mode",
            "clock.anchor",
            "clock.max_ask_delay",
            "clock.closed_days",
            "processor_d0",
            "extension_enabled",
            "triage_days",
            "fast_lane_days",
            "restriction_days",
            "complaint_days",
            "identity_silence_days",
            "scope_silence_days",
            "quiet_days",
            "closing_letter",
            "notice_chase_days",
            "reminder_days",
            "manager_days",
            "staff_mail_from",
            "staff_mail_until",
        ),
    ),
    (
        "request",
        _("What is asked of the person"),
        _("The law asks for little: any words, any channel, no reason, no signature, no copy of a card."),
        ("formalities", "rectification_proof"),
    ),
    (
        "levels",
        _("Proof of identity for each right"),
        _(
            "The levels go from L0 (no proof) to L4 (a document is seen). "
            "Asking for more than is needed is as wrong as handing data to somebody else."
        ),
        tuple(f"levels.{right.value}" for right in Right),
    ),
    (
        "eyes",
        _("A second pair of eyes"),
        _("Another person than the author approves these decisions. The fast lane needs nobody else."),
        (
            "four_eyes.refusal",
            "four_eyes.partial",
            "four_eyes.fee",
            "four_eyes.disclosure",
            "four_eyes.erasure",
            "four_eyes.extension",
            "four_eyes.other",
            "solo_review",
        ),
    ),
    (
        "retention",
        _("How long request files are kept"),
        _("Facts are kept, material goes. These periods count at once, for older cases too."),
        (
            "retention.id_days",
            "retention.link_days",
            "retention.export_days",
            "retention.narrow_months",
            "retention.case_years",
            "retention.hold_years",
            "retention.oos_months",
        ),
    ),
    (
        "ack",
        _("Acknowledgements"),
        _("A cap delays an acknowledgement, it never drops one."),
        ("ack_minutes", "ack_per_sender_per_hour", "ack_per_domain_per_hour", "ack_per_hour"),
    ),
    (
        "paper",
        _("Letters by post"),
        _("What stands on a printed letter beside its text."),
        ("sender_address",),
    ),
    (
        "authority",
        _("The supervisory authority"),
        _("Stands in every refusal and every partial refusal, in the language of the letter."),
        (
            *(f"authority.name_{code}" for code in ("fr", "nl", "de", "en")),
            *(f"authority.address_{code}" for code in ("fr", "nl", "de", "en")),
            *(f"authority.web_{code}" for code in ("fr", "nl", "de", "en")),
            "authority.mail",
            "authority.phone",
        ),
    ),
)

# The name of each setting and what it does.
SETTINGS: dict[str, tuple[Words, Words]] = {
    "clock.rule": (
        _("Which date counts"),
        _("One month is the law (Art. 12(3)); 30 days is what the policy promises. The earlier of the two keeps both."),
    ),
    "clock.roll": (
        _("When the 30 days end on a free day"),
        _("The month of the law always moves to the next working day; the 30 days of the policy do not."),
    ),
    "clock.mode": (
        _("While the person has to answer a question"),
        _("Questions about identity, mandate or scope may stop the clock, if they were asked without delay."),
    ),
    "clock.anchor": (
        _("Where an extension counts from"),
        _("The authority speaks of three months in total, counted from receipt."),
    ),
    "clock.max_ask_delay": (
        _("Working days to ask a question that stops the clock"),
        _("Asked later, the question is still possible, but the clock runs on."),
    ),
    "clock.closed_days": (
        _("Days the office is closed"),
        _("They make answers leave earlier; no due date moves. Write them like 2027-12-24, separated by commas."),
    ),
    "processor_d0": (
        _("When a processor passes a request on"),
        _("Counting from the day the processor received it is the safer choice."),
    ),
    "extension_enabled": (
        _("Extensions are allowed"),
        _("Once per case, one or two months, for a reason the law names. The policy promises 30 days."),
    ),
    "triage_days": (_("Working days to sort a new message"), _("By then somebody has said which rights it uses.")),
    "fast_lane_days": (
        _("Working days to stop advertising or record a withdrawn consent"),
        _("Objection to marketing and withdrawal of consent are carried out before anything else."),
    ),
    "restriction_days": (
        _("Working days to freeze contested data"),
        _("An interim restriction that comes late protects nobody."),
    ),
    "complaint_days": (_("Days to answer a complaint"), _("No law sets this date; it is our own promise.")),
    "identity_silence_days": (
        _("Days without proof of identity before an officer decides"),
        _("Two reminders leave before that. Nothing is refused by itself."),
    ),
    "scope_silence_days": (
        _("Days without an answer on the scope before the case goes on"),
        _("Then everything is answered."),
    ),
    "closing_letter": (_("Tell the person when the case closes"), _("A letter (M19); the law does not ask for it.")),
    "quiet_days": (_("Quiet days before an answered case is closed"), _("Retention begins with the closing.")),
    "notice_chase_days": (
        _("Days after which a recipient is asked again to confirm"),
        _("For notices of Art. 19. Numbers separated by commas."),
    ),
    "reminder_days": (
        _("Days before the last day to send on which the officer is reminded"),
        _("Numbers separated by commas."),
    ),
    "manager_days": (
        _("Days before the last day to send on which the manager is told"),
        _("Once. On the day it is due, and daily after, everybody concerned is alarmed."),
    ),
    "staff_mail_from": (
        _("Hour from which mail to staff leaves"),
        _("What is due at midnight stands in the desk at once and is mailed in the morning, Brussels time."),
    ),
    "staff_mail_until": (
        _("Hour until which mail to staff leaves"),
        _("A possible breach, an authority, a complaint and a mailbox in trouble are mailed at any hour."),
    ),
    "formalities": (
        _("The formalities of the policy (clause 7.7)"),
        _(
            "Signature, date, reasons and a copy of the card are noted where they are missing; "
            "they never stop a request."
        ),
    ),
    "rectification_proof": (
        _("Proof that a datum is wrong"),
        _("The law asks for relevant and sufficient evidence, not for a fixed document."),
    ),
    "four_eyes.refusal": (_("Refusals"), ""),
    "four_eyes.partial": (_("Partial refusals"), ""),
    "four_eyes.fee": (_("Fees"), ""),
    "four_eyes.disclosure": (_("Handing over data"), _("Access and portability, “nothing held” included.")),
    "four_eyes.erasure": (_("Erasure"), ""),
    "four_eyes.extension": (_("Extensions"), ""),
    "four_eyes.other": (_("Every other decision"), _("Rectification, restriction, objection, information, complaint.")),
    "solo_review": (
        _("Only one person works here"),
        _(
            "Authors may then approve their own drafts after 12 hours, with a checklist. "
            "It is marked in the history and in every report. It counts in open cases too: they are to be sent a "
            "working day earlier."
        ),
    ),
    "retention.id_days": (
        _("Days an undecided copy of an identity document is kept"),
        _("It goes at the identity decision already; this is the limit where nobody decides."),
    ),
    "retention.link_days": (_("Days a download link works"), ""),
    "retention.export_days": (
        _("Days an export package is kept"),
        _("Its list of contents and its digest stay."),
    ),
    "retention.narrow_months": (
        _("Months after closing until only data protection officer and auditor see a case"),
        _("A new message of the person opens it to the others again."),
    ),
    "retention.case_years": (
        _("Years a closed case is kept"),
        _("Then the person is erased from it; figures and the chain of events stay."),
    ),
    "retention.hold_years": (
        _("Years after the end of a legal hold"),
        _("For complaints, refusals that are contested, and court cases."),
    ),
    "retention.oos_months": (
        _("Months a message that was no request is kept"),
        _("Filed messages and cases out of scope."),
    ),
    "ack_minutes": (_("Minutes to acknowledge a request"), _("Good practice, not a legal time limit.")),
    "ack_per_sender_per_hour": (_("Acknowledgements an hour to one sender"), ""),
    "ack_per_domain_per_hour": (_("Acknowledgements an hour to one mail domain"), ""),
    "ack_per_hour": (_("Acknowledgements an hour in all"), ""),
    "sender_address": (
        _("Our postal address, on one line"),
        _("For letters that come back. Empty prints name and mailbox only."),
    ),
    "authority.mail": (_("E-mail"), ""),
    "authority.phone": (_("Telephone"), ""),
    **{f"levels.{right.value}": (labels.RIGHTS[right], "") for right in Right},
}
_PARTS = {"name": _("Name"), "address": _("Address"), "web": _("Web address")}
SETTINGS |= {
    f"authority.{part}_{code}": (label, labels.LANGUAGES[language])
    for part, label in _PARTS.items()
    for language in labels.LANGUAGES
    for code in [language.value]
}

OPTIONS: dict[str, dict[str, Words]] = {
    "clock.rule": {"earliest": _("the earlier of 30 days and one month"), "month": _("one month")},
    "clock.roll": {"none": _("they end that day"), "next_working": _("they end on the next working day")},
    "clock.mode": {
        "pause": _("the clock stands still"),
        "none": _("the clock runs on"),
        "restart": _("the clock begins anew with the answer"),
    },
    "clock.anchor": {"receipt": _("from receipt"), "chained": _("from the end of the first month")},
    "processor_d0": {"ours": _("it counts from our receipt"), "theirs": _("it counts from theirs, if they say it")},
    "formalities": {"advisory": _("noted, and the request goes on"), "strict": _("asked for every time")},
    "rectification_proof": {"when_doubt": _("only where it is not obvious"), "always": _("always")},
}

DEPARTURES: dict[str, Words] = {
    "promise": _("Lawful, but the published policy promises 30 days: answers may come after that."),
    "promise_rolls": _("Lawful, but not what a reader of the policy counts: answers may come after 30 days."),
    "restart": _(
        "The law knows no new beginning of the month: "
        "the guidelines speak of a suspension at most (EDPB 01/2022, §159)."
    ),
    "chained": _("Counted like this an extension can pass three months, the maximum of Art. 12(3)."),
    "asked_late": _("A question asked late does not stop the clock: it has to be asked without undue delay."),
    "strict": _(
        "Demanding signature, date, reasons or a copy of the card from everybody breaks Art. 12(2) and 12(6); "
        "none of them is a ground to refuse."
    ),
    "proof_always": _("A fixed proof for every correction asks for more than is relevant (C-247/23)."),
    "slow_lane": _("The law says without undue delay: more than a working day is hard to explain."),
    "slow_complaint": _("Lawful, but a person who waits longer than a month goes to the authority."),
    "solo": _("Lawful, but a mistake then leaves without anybody else having seen it."),
    "kept_long": _("Kept longer than can be explained (Art. 5(1)(e)): write down why."),
    "package_long": _("A copy of all the data that lies longer than a month is a risk without a purpose (Art. 32)."),
    "link_outlives_file": _("The link outlives the file: it then opens nothing."),
    "proof_for_free_right": _("This right needs no proof: stopping must be as easy as agreeing (Art. 7(3), 21(2))."),
    "level_too_high": _(
        "More proof than this right needs, from everybody, breaks Art. 12(6): ask only where you doubt."
    ),
    "document_always": _("A document from everybody is disproportionate (EDPB 01/2022, §74): it is the last step."),
    "level_too_low": _("Too little proof: data may reach, or be changed by, somebody else (Art. 32)."),
    "one_pair": _("Lawful, but these decisions are then approved by their author alone."),
}
CHANGED_BY_NOBODY = pgettext_lazy("settings", "at installation")
