"""What must be true of every case at every moment, told from the law and not from the code."""

from collections.abc import Iterator

from workflow.models import Case, Claim
from workflow.states import (
    CARRIED_OUT,
    DISCLOSES_DATA,
    FAST_LANE,
    REQUIRED_LEVEL,
    CaseState,
    ClaimState,
    IdentityLevel,
    Right,
)

_OVER = {ClaimState.ANSWERED.value, ClaimState.WITHDRAWN.value}
_DECIDED = {ClaimState.APPROVED.value, ClaimState.ANSWERED.value}


def broken_rules(case: Case) -> list[str]:
    return [*_ends(case), *_decisions(case), *_disputes(case), *_dates(case)]


def _ends(case: Case) -> Iterator[str]:
    states = {claim.state for claim in case.claims.all()}
    if case.state == CaseState.PROCESSED.value and not (states <= _OVER and ClaimState.ANSWERED.value in states):
        yield "processed while a right is unanswered"
    consents = case.claims.filter(right=Right.CONSENT_WITHDRAWAL.value, state="answered", follow_up="")
    if case.state == CaseState.PROCESSED.value and consents.exists():
        yield "processed while nobody said what follows from the withdrawal of consent"
    if case.state in {CaseState.OUT_OF_SCOPE.value, CaseState.FORWARDED.value} and states & _DECIDED:
        yield f"{case.state} although a right was decided"
    if case.state in {CaseState.WITHDRAWN.value, CaseState.MERGED.value} and states - {"withdrawn"}:
        yield f"{case.state} with living rights"
    if case.state == CaseState.CLOSED.value and case.closed_at is None:
        yield "closed at no time"


def _decisions(case: Case) -> Iterator[str]:
    for claim in case.claims.all():
        right = Right(claim.right)
        if claim.state in _DECIDED and right not in FAST_LANE:
            if claim.reviewer in {"", claim.author, claim.submitted_by}:
                yield f"{right} approved by the one who wrote it"
            if claim.ground in {"G-EXC", "G-UNF"} and claim.outcome == "granted":
                yield f"{right} granted as abusive"
        if claim.state == "answered" and right in DISCLOSES_DATA and claim.outcome in {"granted", "partly_granted"}:
            if case.verified_at is None or IdentityLevel(case.identity_level) < REQUIRED_LEVEL[right]:
                yield f"{right} handed over to somebody whose identity is not known well enough"
            if claim.answered_by_means == "email":
                yield f"{right} handed over in a letter"
        done = claim.state == "answered" and claim.outcome in {"granted", "partly_granted"}
        if done and right in CARRIED_OUT and not _seen_before_it_was_told(claim):
            yield f"{right} answered before anybody saw that it is done"
        if claim.answered_at is not None and (claim.approved_at is None or claim.answered_at < claim.approved_at):
            yield f"{right} answered before its approval"


def _seen_before_it_was_told(claim: Claim) -> bool:
    return claim.verified_at is not None and claim.approved_at <= claim.verified_at <= claim.answered_at


def _disputes(case: Case) -> Iterator[str]:
    waiting = case.reexaminations.filter(answered_at=None).exists()
    if case.complaint != waiting:
        yield "the mark of the complaint and the second look differ"
    if case.complaint and not case.legal_hold:
        yield "a complaint without a hold on the data"


def _dates(case: Case) -> Iterator[str]:
    asked = case.pauses.exclude(asked_on=None).exists()
    extended = hasattr(case, "extension") and case.extension.state == "in_force"
    if not asked and not extended and case.case_due is not None and (case.case_due - case.receipt_date).days > 30:
        yield "more than thirty days without a question or an extension"
    if case.never_paused_due <= case.receipt_date:
        yield "due on the day it came"
    if case.send_by is not None and case.send_by.isoweekday() > 5 and case.send_by != case.receipt_date:
        yield "to be sent on a weekend"
