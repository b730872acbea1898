"""One right on the case page: its draft, what it still needs, and the acts open to the reader."""

from dataclasses import dataclass

from workflow import services
from workflow.actors import Actor
from workflow.guards import hands_over_data
from workflow.models import Case, Claim
from workflow.sealing import KeyGone
from workflow.states import ALLOWED_GROUNDS, FAST_LANE, ClaimState, Ground, Outcome, Right, Role


@dataclass(frozen=True, slots=True)
class Decision:
    """``blockers`` say why it cannot be submitted or approved now."""

    claim: Claim
    facts: str
    erased: bool
    grounds: tuple[Ground, ...]
    outcomes: tuple[Outcome, ...]
    blockers: list[str]
    fast_lane: bool
    can_draft: bool
    can_submit: bool
    can_review: bool
    can_answer: bool
    own_draft: bool
    hands_over: bool

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
    without_ground = (Outcome.GRANTED, Outcome.NOTHING_HELD)
    is_open = case.is_open and claim.state == ClaimState.OPEN.value
    in_review = claim.state == ClaimState.IN_REVIEW.value
    return Decision(
        claim=claim,
        facts=facts,
        erased=erased,
        grounds=grounds,
        outcomes=tuple(Outcome) if grounds else without_ground,
        blockers=_blockers(case, claim) if undecided else [],
        fast_lane=right in FAST_LANE,
        can_draft=works and is_open and claim.confirmed,
        can_submit=works and is_open and bool(claim.outcome),
        can_review=actor.has(Role.REVIEWER, Role.MANAGER) and in_review,
        can_answer=works and claim.state == ClaimState.APPROVED.value,
        own_draft=claim.author == actor.code,
        hands_over=hands_over_data(claim),
    )


def _blockers(case: Case, claim: Claim) -> list[str]:
    """Until the right is confirmed, only that: what follows depends on it."""
    sentences = [str(sentence) for sentence in services.blockers(case, claim)]
    return sentences if claim.confirmed else sentences[:1]


def _facts(claim: Claim) -> tuple[str, bool]:
    try:
        return services.facts_of(claim), False
    except KeyGone:
        return "", True
