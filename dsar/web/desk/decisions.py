"""One right on the case page: its draft, what it still needs, and the acts open to the reader."""

from dataclasses import dataclass

from dsar.web.desk import fees, letters
from dsar.web.desk.access import READS_MAIL
from dsar.web.desk.own import OwnReading, own_reading
from dsar.web.desk.proposing import Proposed, proposed_of
from notifications.letters import languages_of
from workflow import services
from workflow.actors import Actor
from workflow.checklists import Check, carried_out, checklist, outcomes
from workflow.guards import (
    awaits_execution,
    hands_over_data,
    is_carried_out,
    is_handed_over_by_staff,
    restriction_stands,
)
from workflow.models import Case, Claim
from workflow.sealing import KeyGone
from workflow.states import (
    ALLOWED_GROUNDS,
    CARRIED_OUT,
    DISCLOSES_DATA,
    FAST_LANE,
    IN_WORDS,
    AfterConsent,
    ClaimState,
    ExecutionProof,
    Ground,
    Outcome,
    Right,
    Role,
)


@dataclass(frozen=True, slots=True)
class Execution:
    """What was approved has to be done and seen; ``why_not`` says what comes before it."""

    why_not: list[str]
    checks: tuple[Check, ...] = ()
    proofs: tuple[ExecutionProof, ...] = services.PROOFS


@dataclass(frozen=True, slots=True)
class Decision:
    """``blockers`` say why it cannot be submitted or approved now."""

    claim: Claim
    facts: str
    own_words: list[tuple[str, str]]
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
    waits_from_outside: bool
    asks_despite: bool
    preview: letters.Preview | None
    execution: Execution | None
    done: str
    own: OwnReading | None
    fee: fees.FeeBox | None
    checks: tuple[Check, ...]
    hands_over: bool
    by_staff: bool
    discloses: bool
    way: str
    in_words: bool
    carried_out: bool
    failed_steps: dict[str, str]
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
    in_review, approved = claim.state == ClaimState.IN_REVIEW.value, claim.state == ClaimState.APPROVED.value
    return Decision(
        claim=claim,
        facts=facts,
        own_words=_own_words(case, claim, erased=erased),
        erased=erased,
        grounds=grounds,
        outcomes=outcomes(right, refusable=bool(grounds)),
        proposed=proposed_of(case, claim, facts),
        blockers=_blockers(case, claim, actor) if undecided else [],
        fast_lane=right in FAST_LANE,
        can_draft=works and is_open and claim.confirmed,
        can_submit=works and is_open and bool(claim.outcome),
        can_review=actor.has(Role.REVIEWER, Role.MANAGER) and in_review,
        can_answer=works and approved and not awaits_execution(claim),
        preview=letters.preview(claim) if undecided and actor.has(*READS_MAIL) else None,
        waits_from_outside=claim.outside_at is not None and claim.state != ClaimState.ANSWERED.value,
        asks_despite=works and case.is_open and restriction_stands(claim),
        execution=_execution(case, claim) if works and case.is_open and approved else None,
        done=_done(claim),
        own=_own(case, claim, actor) if in_review else None,
        fee=fees.of(case, claim, actor) if claim.confirmed else None,
        checks=checklist(right, Outcome(claim.outcome), claim.ground) if claim.outcome else (),
        hands_over=hands_over_data(claim),
        by_staff=is_handed_over_by_staff(claim),
        discloses=right in DISCLOSES_DATA,
        way=_way(case, claim),
        in_words=right in IN_WORDS,
        carried_out=right in CARRIED_OUT,
        failed_steps=_failed(claim) if works and case.is_open else {},
        may_fail=works and case.is_open and approved and is_carried_out(claim),
        asks_after_consent=works and case.is_open and claim.confirmed and _asks(claim),
    )


def _way(case: Case, claim: Claim) -> str:
    """How the copy reaches the person: as the draft says, else as they wrote (Art. 12(3))."""
    wanted = claim.by_download if claim.outcome else bool(case.person_email)
    return "download" if wanted else "hand"


def _own_words(case: Case, claim: Claim, *, erased: bool) -> list[tuple[str, str]]:
    """A line for each language of the letter, with the paragraphs of the draft."""
    said = {} if erased else services.own_words_of(claim)
    return [(language.value, said.get(language, "")) for language in languages_of(case)]


def _own(case: Case, claim: Claim, actor: Actor) -> OwnReading | None:
    if not claim.four_eyes or claim.submitted_at is None or actor.code not in {claim.author, claim.submitted_by}:
        return None
    return own_reading(case, since=claim.submitted_at, due=services.decision_due(case, claim))


def _execution(case: Case, claim: Claim) -> Execution | None:
    if not awaits_execution(claim):
        return None
    why_not = [str(sentence) for sentence in services.execution_blockers(case, claim)]
    return Execution(why_not, carried_out(Right(claim.right)))


def _done(claim: Claim) -> str:
    try:
        return services.done_of(claim)
    except KeyGone:
        return ""


def _failed(claim: Claim) -> dict[str, str]:
    return services.failed_steps(claim) if is_carried_out(claim) else {}


def _asks(claim: Claim) -> bool:
    return claim.right == Right.CONSENT_WITHDRAWAL.value and not claim.follow_up


def _blockers(case: Case, claim: Claim, actor: Actor) -> list[str]:
    """Until the right is confirmed, only that: what follows depends on it."""
    objections = services.objections(case, claim) if claim.state == ClaimState.IN_REVIEW.value else []
    mine = services.why_not_you(case, claim, to=actor) if actor.has(Role.OFFICER, Role.REVIEWER, Role.MANAGER) else ""
    sentences = [str(sentence) for sentence in [*services.blockers(case, claim), *objections, mine] if sentence]
    return sentences if claim.confirmed else sentences[:1]


def _facts(claim: Claim) -> tuple[str, bool]:
    try:
        return services.facts_of(claim), False
    except KeyGone:
        return "", True
