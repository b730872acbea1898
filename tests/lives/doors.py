"""The desk's door of each act: where its form goes, and the form filled in as the good hand would do the act."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.factories import staff
from tests.lives.hands import WORDS, Hand
from tests.lives.register import BEST
from workflow.checklists import Check
from workflow.deadlines import BRUSSELS
from workflow.models import Case
from workflow.states import ClaimState, PauseKind

Form = dict[str, Any]
_NOW, _TOMORROW, _LATER = "{now}", "{day1}", "{day10}"

DOORS: dict[str, tuple[str, Form]] = {
    "read_reply": ("read-reply", {}),
    "keep_apart": ("keep-apart", {}),
    "order_acknowledgement": ("acknowledge", {}),
    "name_processor": ("processor", {"processor": WORDS, "at": "{day-60}T09:00"}),
    "merge": ("merge", {"into": "{other}", "same_person": WORDS}),
    "confirm_claims": ("confirm", {"rights": "{rights}"}),
    "take": ("take", {}),
    "assign": ("assign", {"staff": "{officer}"}),
    "add_note": ("note", {"text": WORDS}),
    "ask_identity": ("ask-identity", {"doubt": WORDS}),
    "verify_identity": ("verify-identity", {"method": "link_known_contact", "note": WORDS, "arrived_at": _NOW}),
    "ask_clarification": ("ask-clarification", {"question": WORDS, "choices": "Invoices\nMails"}),
    "ask_mandate": ("ask-mandate", {"question": WORDS}),
    "record_reply": ("questions/reply", {"kind": "{kind}", "arrived_at": _NOW, "how": "everything", "note": WORDS}),
    "record_question_posted": ("questions/posted", {"kind": "{kind}", "at": _NOW, "evidence": WORDS}),
    "record_reminder_posted": ("questions/reminded", {"kind": "{kind}", "at": _NOW, "evidence": WORDS}),
    "admit_late_question": ("questions/admit", {"kind": "{kind}", "reason": WORDS}),
    "record_nothing_held": ("nothing-held", {"how": WORDS}),
    "meet_condition": ("condition-met", {"condition": "signed", "reason": WORDS}),
    "waive_condition": ("condition-waived", {"condition": "signed", "reason": WORDS}),
    "draft": ("claims/{claim}/draft", {"outcome": "granted", "facts": WORDS}),
    "submit": ("claims/{claim}/submit", {"version": "{version}", "checked": [line.value for line in Check]}),
    "send_back": ("claims/{claim}/send-back", {"comment": WORDS}),
    "approve": ("claims/{claim}/approve", {"version": "{version}"}),
    "record_execution": (
        "claims/{claim}/carried-out",
        {"where": WORDS, "at": _NOW, "proof": "looked_up", "seen": WORDS, "checked": [line.value for line in Check]},
    ),
    "record_step_failed": ("claims/{claim}/step-failed", {"source": "crm", "why": WORDS}),
    "settle_step": ("claims/{claim}/step-settled", {"source": "crm", "how": "by_hand", "reason": WORDS}),
    "answer": ("claims/{claim}/answer", {"at": _NOW, "means": "posted", "evidence": WORDS}),
    "erase_despite_restriction": ("claims/{claim}/despite-restriction", {"said": WORDS}),
    "evidence_abuse": ("claims/{claim}/abuse", {"text": WORDS}),
    "ask_fee": (
        "claims/{claim}/fee/ask",
        {"amount": "25.00", "ground": "G-EXC", "facts": WORDS, "calculation": WORDS, "how": WORDS},
    ),
    "approve_fee": ("claims/{claim}/fee/approve", {"cents": "2500"}),
    "record_fee_paid": ("claims/{claim}/fee/paid", {"evidence": WORDS}),
    "record_fee_unpaid": ("claims/{claim}/fee/unpaid", {"said": WORDS}),
    "drop_fee": ("claims/{claim}/fee/drop", {"reason": WORDS}),
    "follow_consent": ("claims/{claim}/after-consent", {"answer": "other_basis", "basis": WORDS}),
    "withdraw_claim": ("withdrawn", {"said": WORDS, "known_by": WORDS, "claim": "{claim}"}),
    "ask_extension": ("extension/ask", {"months": "1", "reason": "complexity", "why": WORDS, "done": WORDS}),
    "approve_extension": ("extension/approve", {}),
    "decline_extension": ("extension/decline", {"comment": WORDS}),
    "apologise": ("apologise", {"why": WORDS, "until": _LATER}),
    "restrict_interim": ("freeze", {"ground": "accuracy", "how": WORDS}),
    "decline_interim": ("freeze/none", {"reason": WORDS}),
    "announce_lifting": ("freeze/announce", {"on": _TOMORROW, "reason": WORDS}),
    "lift_interim": ("freeze/lift", {"evidence": WORDS}),
    "declare_out_of_scope": ("out-of-scope", {"scope": "support", "why": WORDS}),
    "undo_out_of_scope": ("back-in-scope", {"why": WORDS}),
    "withdraw_case": ("withdrawn", {"said": WORDS, "known_by": WORDS}),
    "forward": ("forward", {"company": "Acme", "address": "dpo@acme.example", "why": WORDS}),
    "close": ("close", {}),
    "reopen": ("reopen", {"reason": WORDS, "rights": "{rights}"}),
    "raise_complaint": ("complaint", {"words": WORDS}),
    "decide_reexamination": ("second-look", {"outcome": "upheld", "position": WORDS}),
    "answer_reexamination": ("second-look/answer", {"at": _NOW, "means": "posted", "evidence": WORDS}),
    "release_hold": ("hold/release", {"reason": WORDS}),
    "assess_breach": ("breach", {"verdict": "breach", "reason": WORDS}),
    "recognise_authority": ("authority", {}),
    "record_call_back": ("authority/call-back", {"text": WORDS}),
    "set_authority_due": ("authority/due", {"due": _LATER}),
    "deny_authority": ("authority/deny", {"reason": WORDS}),
}


def posting(name: str, case: Case, others: list[Case]) -> tuple[str, Form] | None:
    """The address and the filled form; None for an act on a right in a case without any."""
    path, form = DOORS[name]
    hand = Hand(case, others)
    claim = hand.claim(BEST.get(name, ClaimState.OPEN))
    if "{claim}" in path + str(form) and claim is None:
        return None
    waiting = case.pauses.filter(answered_on=None).values_list("kind", flat=True).first()
    values: dict[str, Any] = {
        "{now}": timezone.now().astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M"),
        "{day1}": hand.days(1).date().isoformat(),
        "{day10}": hand.days(10).date().isoformat(),
        "{day-60}T09:00": f"{hand.days(-60).date()}T09:00",
        "{other}": others[0].reference,
        "{officer}": staff("officer").code,
        "{rights}": [right.value for right in hand.rights()],
        "{kind}": waiting or PauseKind.IDENTITY.value,
        "{claim}": str(claim.uuid) if claim else "",
        "{version}": str(claim.version) if claim else "",
    }
    filled: Callable[[Any], Any] = lambda value: values.get(value, value) if isinstance(value, str) else value  # noqa: E731
    address = f"/cases/{case.uuid}/{path.format(claim=values['{claim}'])}/"
    return address, {field: filled(value) for field, value in form.items()}
