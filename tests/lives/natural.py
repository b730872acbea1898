"""The act a case waits for next, so that random lives get old enough to end."""

from workflow.guards import awaits_execution
from workflow.models import Case, Fee
from workflow.states import CaseState, ClaimState, FeeState, RequirementCode, RequirementState

_LIVING = [ClaimState.OPEN, ClaimState.IN_REVIEW, ClaimState.APPROVED]


def next_act(case: Case) -> str:
    """The name of the act that brings this case nearer to its end; "" when nothing is left to do."""
    if case.complaint:
        decided = case.reexaminations.filter(answered_at=None, decided_at__isnull=False).exists()
        return "answer_reexamination" if decided else "decide_reexamination"
    if case.is_open:
        return _of_open_case(case)
    if case.state in {CaseState.MERGED.value, CaseState.CLOSED.value}:
        return ""
    if case.legal_hold:
        return "release_hold"
    return "read_reply" if case.reply_to_read else "close"


def _of_open_case(case: Case) -> str:
    if case.confirmed_at is None or case.claims.filter(confirmed=False).exclude(state="withdrawn").exists():
        return "confirm_claims"
    if case.state in {CaseState.RECEIVED.value, CaseState.AWAITING_IDENTITY.value} and case.identity_needed:
        return "verify_identity"
    if case.state == CaseState.IDENTITY_VERIFIED.value:
        return "take"
    if case.state == CaseState.AWAITING_CLARIFICATION.value:
        return "record_reply"
    met = case.requirements.filter(state=RequirementState.MET.value).values_list("code", flat=True)
    if case.identity_needed and RequirementCode.SOURCES_ANSWERED.value not in met:
        return "record_nothing_held"
    if case.claims.filter(right="portability").exists() and RequirementCode.EXPORT_READY.value not in met:
        return "record_export_ready"
    return _of_claims(case)


def _of_claims(case: Case) -> str:
    claims = [claim for claim in case.claims.all() if ClaimState(claim.state) in _LIVING]
    if not claims:
        return "follow_consent"
    # the one that acts on claims choose first: the act goes to the first right that stands where it wants it
    claim = min(claims, key=lambda claim: (ClaimState(claim.state) is not ClaimState.OPEN, claim.pk))
    if any(claim.fee == FeeState.ASKED.value for claim in claims):
        return "record_fee_paid" if Fee.objects.filter(claim__case=case, approved_at__isnull=False) else "approve_fee"
    if claim.state == ClaimState.OPEN.value:
        return "submit" if claim.outcome else "draft"
    waiting = [ClaimState(claim.state) for claim in claims]
    if ClaimState.IN_REVIEW in waiting:
        return "approve"
    return "record_execution" if awaits_execution(claim) else "answer"
