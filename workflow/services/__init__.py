"""The only door for change: one verb each, ``by=`` always said, one transaction, one event."""

from workflow.guards import CannotDo, NotPermitted
from workflow.services.absences import close_account, end_absence, hand_over_cases, set_absence
from workflow.services.access import record_access
from workflow.services.admissibility import Condition
from workflow.services.admissibility import meet as meet_condition
from workflow.services.admissibility import waive as waive_condition
from workflow.services.alarms import (
    deny_authority,
    recognise_authority,
    record_call_back,
    set_authority_due,
)
from workflow.services.anonymising import anonymise, cases_to_anonymise, kept_until
from workflow.services.asking import (
    admit_late_question,
    ask_clarification,
    ask_mandate,
    late_questions,
    open_questions,
    question_lost,
    record_question_posted,
    record_reply,
    reply_arrived_earlier,
    scope_blockers,
)
from workflow.services.breaches import assess_breach, propose_breach, reference_of, report_breach
from workflow.services.cases import (
    add_note,
    assign,
    confirm_claims,
    merge,
    open_case,
    reopen,
    rights_of,
    take,
)
from workflow.services.clock import begin_pause, deadlines_of, extension_in_force, interim_by
from workflow.services.closing import OVER, close, close_quiet, closing_blockers
from workflow.services.codes import Returned, code_for_letter, code_lost, code_within, open_code, return_code, send_code
from workflow.services.codes import usable as contact_is_usable
from workflow.services.collecting import record_collection, record_export_ready, record_nothing_held, record_removal
from workflow.services.contacts import announce_contact, deny_contact, record_contact
from workflow.services.decisions import (
    answer,
    approve,
    blockers,
    draft,
    facts_of,
    record_suppression,
    send_back,
    submit,
)
from workflow.services.dividing import Part, divide_message, find_one_persons
from workflow.services.ending import (
    declare_out_of_scope,
    forward,
    undo_out_of_scope,
    withdraw_case,
    withdraw_claim,
)
from workflow.services.executing import is_carried_out, record_step_failed, settle_step
from workflow.services.extending import (
    announce_extension,
    apologise,
    approve_extension,
    ask_extension,
    decline_extension,
    extension_blockers,
    latest_promise,
    may_still_be_announced,
)
from workflow.services.extending import words_of as extension_words_of
from workflow.services.following import follow_consent
from workflow.services.holding import place_hold
from workflow.services.identity import ask_identity, confirm_document, is_risky, needed_of, verify_identity
from workflow.services.identity import is_wanting as identity_is_wanting
from workflow.services.installing import FirstAccount, begin_mailbox, create_staff, install, set_policy
from workflow.services.linking import identify_writer, keep_apart, name_processor
from workflow.services.messages import attach_message, read_reply, receive_earlier, remove_message, reread_message
from workflow.services.opinions import (
    depart_from_opinion,
    give_opinion,
    objections,
    opinion_stands,
    reason_of_departure,
    text_of_opinion,
)
from workflow.services.post import order_acknowledgement, record_late_acknowledgement, record_letter
from workflow.services.rederiving import differences
from workflow.services.reexamining import (
    answer_reexamination,
    decide_reexamination,
    may_examine,
    position_of,
    raise_complaint,
    release_hold,
)
from workflow.services.relating import is_near_us, record_relation
from workflow.services.repeating import earlier_requests, evidence_abuse
from workflow.services.restricting import announce_lifting, decline_interim, lift_interim, restrict_interim
from workflow.services.retaining import record_document_destroyed, record_export_erased, retention_of
from workflow.services.ringing import ring
from workflow.services.second_eyes import decision_due, own_reading_blocker, solo_from
from workflow.services.sight import may_be_named, open_access, record_conflict, remove_conflict, restrict_access
from workflow.services.silence import is_refused_unidentified, is_unanswered, needs_identity
from workflow.services.texts import subjects_of

__all__ = [
    "OVER",
    "CannotDo",
    "Condition",
    "FirstAccount",
    "NotPermitted",
    "Part",
    "Returned",
    "add_note",
    "admit_late_question",
    "announce_contact",
    "announce_extension",
    "announce_lifting",
    "anonymise",
    "answer",
    "answer_reexamination",
    "apologise",
    "approve",
    "approve_extension",
    "ask_clarification",
    "ask_extension",
    "ask_identity",
    "ask_mandate",
    "assess_breach",
    "assign",
    "attach_message",
    "begin_mailbox",
    "begin_pause",
    "blockers",
    "cases_to_anonymise",
    "close",
    "close_account",
    "close_quiet",
    "closing_blockers",
    "code_for_letter",
    "code_lost",
    "code_within",
    "confirm_claims",
    "confirm_document",
    "contact_is_usable",
    "create_staff",
    "deadlines_of",
    "decide_reexamination",
    "decision_due",
    "declare_out_of_scope",
    "decline_extension",
    "decline_interim",
    "deny_authority",
    "deny_contact",
    "depart_from_opinion",
    "differences",
    "divide_message",
    "draft",
    "earlier_requests",
    "end_absence",
    "evidence_abuse",
    "extension_blockers",
    "extension_in_force",
    "extension_words_of",
    "facts_of",
    "find_one_persons",
    "follow_consent",
    "forward",
    "give_opinion",
    "hand_over_cases",
    "identify_writer",
    "identity_is_wanting",
    "install",
    "interim_by",
    "is_carried_out",
    "is_near_us",
    "is_refused_unidentified",
    "is_risky",
    "is_unanswered",
    "keep_apart",
    "kept_until",
    "late_questions",
    "latest_promise",
    "lift_interim",
    "may_be_named",
    "may_examine",
    "may_still_be_announced",
    "meet_condition",
    "merge",
    "name_processor",
    "needed_of",
    "needs_identity",
    "objections",
    "open_access",
    "open_case",
    "open_code",
    "open_questions",
    "opinion_stands",
    "order_acknowledgement",
    "own_reading_blocker",
    "place_hold",
    "position_of",
    "propose_breach",
    "question_lost",
    "raise_complaint",
    "read_reply",
    "reason_of_departure",
    "receive_earlier",
    "recognise_authority",
    "record_access",
    "record_call_back",
    "record_collection",
    "record_conflict",
    "record_contact",
    "record_document_destroyed",
    "record_export_erased",
    "record_export_ready",
    "record_late_acknowledgement",
    "record_letter",
    "record_nothing_held",
    "record_question_posted",
    "record_relation",
    "record_removal",
    "record_reply",
    "record_step_failed",
    "record_suppression",
    "reference_of",
    "release_hold",
    "remove_conflict",
    "remove_message",
    "reopen",
    "reply_arrived_earlier",
    "report_breach",
    "reread_message",
    "restrict_access",
    "restrict_interim",
    "retention_of",
    "return_code",
    "rights_of",
    "ring",
    "scope_blockers",
    "send_back",
    "send_code",
    "set_absence",
    "set_authority_due",
    "set_policy",
    "settle_step",
    "solo_from",
    "subjects_of",
    "submit",
    "take",
    "text_of_opinion",
    "undo_out_of_scope",
    "verify_identity",
    "waive_condition",
    "withdraw_case",
    "withdraw_claim",
]
