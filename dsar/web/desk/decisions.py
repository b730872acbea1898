"""One right on the case page: its draft, what it still needs, and the acts open to the reader."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from dsar.web.desk.proposing import Proposed, proposed_of
from workflow import services
from workflow.actors import Actor
from workflow.checklists import Check, checklist, outcomes
from workflow.guards import hands_over_data
from workflow.models import Case, Claim
from workflow.sealing import KeyGone
from workflow.states import (
    ALLOWED_GROUNDS,
    FAST_LANE,
    AfterConsent,
    ClaimState,
    ExecutionState,
    Ground,
    Outcome,
    Right,
    Role,
    SelfCheck,
)


@dataclass(frozen=True, slots=True)
class OwnReading:
    """The reader wrote it: ``why_not`` says what stands against approving it; the list replaces a second person."""

    why_not: str
    checks: tuple[SelfCheck, ...] = tuple(SelfCheck)


@dataclass(frozen=True, slots=True)
class Decision:
    """``blockers`` say why it cannot be submitted or approved now."""

    claim: Claim
    facts: str
    erased: bool
    grounds: tuple[Ground, ...]
    outcomes: tuple[Outcome, ...]
    proposed: Proposed
    blockers: list[str]
    fast_lane: bool
    can_draft: bool
    can_submit: bool
    can_review: bool
    can_answer: bool
    own: "OwnReading | None"
    checks: tuple[Check, ...]
    hands_over: bool
    failed_steps: tuple[str, ...]
    may_fail: bool
    asks_after_consent: bool
    after_consent: tuple[AfterConsent, ...] = tuple(AfterConsent)

    @property
    def form(self) -> str:
        return str(self.claim.uuid)


def of(case: Case, claim: Claim, actor: Actor) -> Decision:
    """What the page shows of this right to this member of staff."""
    right = Right(claim.right)
    facts, erased = _facts(claim)
    works = actor.has(Role.OFFICER, Role.MANAGER)
    undecided = case.is_open and claim.state in {ClaimState.OPEN.value, ClaimState.IN_REVIEW.value}
    grounds = ALLOWED_GROUNDS[right]
    is_open = case.is_open and claim.state == ClaimState.OPEN.value
    in_review = claim.state == ClaimState.IN_REVIEW.value
    return Decision(
        claim=claim,
        facts=facts,
        erased=erased,
        grounds=grounds,
        outcomes=outcomes(right, refusable=bool(grounds)),
        proposed=proposed_of(case, claim, facts),
        blockers=_blockers(case, claim) if undecided else [],
        fast_lane=right in FAST_LANE,
        can_draft=works and is_open and claim.confirmed,
        can_submit=works and is_open and bool(claim.outcome),
        can_review=actor.has(Role.REVIEWER, Role.MANAGER) and in_review,
        can_answer=works and claim.state == ClaimState.APPROVED.value,
        own=_own(case, claim, actor) if in_review else None,
        checks=checklist(right, Outcome(claim.outcome)) if claim.outcome else (),
        hands_over=hands_over_data(claim),
        failed_steps=_failed(claim) if works and case.is_open else (),
        may_fail=works and case.is_open and claim.state == ClaimState.APPROVED.value and services.is_carried_out(claim),
        asks_after_consent=works and case.is_open and claim.confirmed and _asks(claim),
    )


def own_reading(case: Case, *, since: datetime, due: date | None) -> OwnReading:
    """What one's own work of ``since`` still needs before one may approve it (solo office, domain §3)."""
    solo = services.solo_from(case, since=since, due=due)
    return OwnReading(str(services.own_reading_blocker(solo, at=timezone.now())))


def _own(case: Case, claim: Claim, actor: Actor) -> OwnReading | None:
    if not claim.four_eyes or claim.submitted_at is None or actor.code not in {claim.author, claim.submitted_by}:
        return None
    return own_reading(case, since=claim.submitted_at, due=services.decision_due(case, claim))


def _failed(claim: Claim) -> tuple[str, ...]:
    rows = claim.executions.filter(state=ExecutionState.FAILED.value)
    return tuple(rows.values_list("source", flat=True)) if services.is_carried_out(claim) else ()


def _asks(claim: Claim) -> bool:
    return claim.right == Right.CONSENT_WITHDRAWAL.value and not claim.follow_up


def _blockers(case: Case, claim: Claim) -> list[str]:
    """Until the right is confirmed, only that: what follows depends on it."""
    objections = services.objections(case, claim) if claim.state == ClaimState.IN_REVIEW.value else []
    sentences = [str(sentence) for sentence in [*services.blockers(case, claim), *objections]]
    return sentences if claim.confirmed else sentences[:1]


def _facts(claim: Claim) -> tuple[str, bool]:
    try:
        return services.facts_of(claim), False
    except KeyGone:
        return "", True
