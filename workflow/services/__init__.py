"""The only door for change: one verb each, ``by=`` always said, one transaction, one event."""

from workflow.guards import CannotDo, NotPermitted
from workflow.services.access import record_access
from workflow.services.admissibility import Condition
from workflow.services.admissibility import meet as meet_condition
from workflow.services.admissibility import waive as waive_condition
from workflow.services.alarms import (
    assess_breach,
    deny_authority,
    propose_breach,
    raise_complaint,
    recognise_authority,
    record_call_back,
    set_authority_due,
)
from workflow.services.cases import (
    add_note,
    assign,
    attach_message,
    close,
    confirm_claims,
    merge,
    open_case,
    read_reply,
    reopen,
    reread_message,
    rights_of,
    take,
)
from workflow.services.clock import begin_pause, deadlines_of, ring
from workflow.services.collecting import record_collection, record_export_ready, record_nothing_held, record_removal
from workflow.services.decisions import answer, approve, blockers, draft, facts_of, send_back, submit
from workflow.services.identity import ask_identity, verify_identity
from workflow.services.installing import FirstAccount, begin_mailbox, create_staff, install, set_policy
from workflow.services.linking import identify_writer, keep_apart, remove_message
from workflow.services.post import record_late_acknowledgement, record_letter
from workflow.services.texts import subjects_of

__all__ = [
    "CannotDo",
    "Condition",
    "FirstAccount",
    "NotPermitted",
    "add_note",
    "answer",
    "approve",
    "ask_identity",
    "assess_breach",
    "assign",
    "attach_message",
    "begin_mailbox",
    "begin_pause",
    "blockers",
    "close",
    "confirm_claims",
    "create_staff",
    "deadlines_of",
    "deny_authority",
    "draft",
    "facts_of",
    "identify_writer",
    "install",
    "keep_apart",
    "meet_condition",
    "merge",
    "open_case",
    "propose_breach",
    "raise_complaint",
    "read_reply",
    "recognise_authority",
    "record_access",
    "record_call_back",
    "record_collection",
    "record_export_ready",
    "record_late_acknowledgement",
    "record_letter",
    "record_nothing_held",
    "record_removal",
    "remove_message",
    "reopen",
    "reread_message",
    "rights_of",
    "ring",
    "send_back",
    "set_authority_due",
    "set_policy",
    "subjects_of",
    "submit",
    "take",
    "verify_identity",
    "waive_condition",
]
