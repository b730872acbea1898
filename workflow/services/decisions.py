"""Claims: drafted by one person, approved by another, answered when the answer has left."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, guards
from workflow.actors import Actor
from workflow.events import Value
from workflow.guards import CannotDo, require
from workflow.models import Case, Claim
from workflow.services import clock
from workflow.services._moving import as_shown, deciding, sealed, tell, unsealed
from workflow.services.cases import finish
from workflow.states import (
    ALLOWED_GROUNDS,
    DISCLOSES_DATA,
    FAST_LANE,
    REQUIRED_LEVEL,
    CaseState,
    ClaimState,
    EventKind,
    Ground,
    IdentityLevel,
    Means,
    Outcome,
    RequirementCode,
    RequirementState,
    Right,
    Role,
)


def draft(
    claim_id: int,
    *,
    outcome: Outcome,
    ground: Ground | None = None,
    facts: str = "",
    version: int | None = None,
    by: Actor,
) -> None:
    """The officer's proposal: outcome, and for a refusal or part of one the ground and the facts.

    Raises CannotDo on a ground the law does not know for this right (domain §1.2) or
    missing facts (the 12(4) block needs both), and when the draft is no longer the ``version``
    that was on the screen.
    """
    require(by, Role.OFFICER, Role.MANAGER)
    with deciding(claim_id, by=by) as (case, claim, now):
        if claim.state != ClaimState.OPEN.value:
            raise CannotDo(_("Only an open right can be drafted. Ask the reviewer to send it back first."))
        as_shown(claim, version)
        _check_ground(claim, outcome, ground, facts)
        claim.outcome = outcome.value
        claim.ground = ground.value if ground else ""
        claim.facts = sealed(case, facts, what=f"facts:{claim.uuid}")
        claim.version += 1
        claim.author = by.code
        tell(
            case,
            EventKind.CLAIM_DRAFTED,
            by=by,
            at=now,
            claim=claim,
            data={"outcome": outcome.value, "ground": claim.ground, "version": claim.version},
            payload={"facts": facts.strip()} if facts.strip() else None,
        )


def submit(claim_id: int, *, version: int | None = None, by: Actor) -> None:
    """T14: to a second pair of eyes; T18: a fast-lane right is approved at once.

    Raises CannotDo when the draft is no longer the ``version`` that was on the screen.
    """
    require(by, Role.OFFICER, Role.MANAGER)
    with deciding(claim_id, by=by) as (case, claim, now):
        as_shown(claim, version)
        for sentence in blockers(case, claim):
            raise CannotDo(sentence)
        data: dict[str, Value] = {"outcome": claim.outcome, "version": claim.version}
        if Right(claim.right) in FAST_LANE:
            claim.approve_at_once(by=by.code, at=now)
            tell(case, EventKind.CLAIM_APPROVED, by=by, at=now, claim=claim, data={**data, "fast_lane": True})
        else:
            claim.submit(by=by.code, at=now)
            tell(case, EventKind.CLAIM_SUBMITTED, by=by, at=now, claim=claim, data=data)


def send_back(claim_id: int, *, comment: str, by: Actor) -> None:
    """T15: the reviewer wants changes and says which."""
    require(by, Role.REVIEWER, Role.MANAGER)
    if not comment.strip():
        raise CannotDo(_("Say what has to change."))
    with deciding(claim_id, by=by) as (case, claim, now):
        claim.send_back()
        tell(
            case,
            EventKind.CLAIM_SENT_BACK,
            by=by,
            at=now,
            claim=claim,
            data={"version": claim.version},
            payload={"text": comment.strip()},
        )


def approve(claim_id: int, *, version: int, by: Actor) -> None:
    """T16: another person than the author approves exactly the version that was on the screen."""
    require(by, Role.REVIEWER, Role.MANAGER)
    with deciding(claim_id, by=by) as (case, claim, now):
        as_shown(claim, version)
        if by.code in {claim.author, claim.submitted_by}:
            raise CannotDo(_("You wrote or submitted this draft: another person has to approve it."))
        for sentence in blockers(case, claim):
            raise CannotDo(sentence)
        claim.approve(by=by.code, at=now)
        tell(
            case,
            EventKind.CLAIM_APPROVED,
            by=by,
            at=now,
            claim=claim,
            data={"outcome": claim.outcome, "version": claim.version, "fast_lane": False, **_export_of(case, claim)},
        )


def answer(claim_id: int, *, at: datetime, means: Means, evidence: str = "", by: Actor) -> None:
    """T17: the answer has left; T19 follows with the last one.

    ``at`` is when the person's mail server accepted the letter, or when it was posted or
    handed over; never before the approval, never in the future. A recorded posting needs
    its evidence (registered number, who received it).
    """
    require(by, Role.OFFICER, Role.MANAGER)
    with deciding(claim_id, by=by) as (case, claim, now):
        if means is Means.EMAIL and guards.hands_over_data(claim):
            raise CannotDo(_("A letter does not hand over the data: record how the data was posted or handed over."))
        if means is not Means.EMAIL and not evidence.strip():
            raise CannotDo(_("Say how it can be proven: the registered number, or who received it."))
        if claim.approved_at is None or at < claim.approved_at.replace(second=0, microsecond=0) or at > now:
            raise CannotDo(_("The answer cannot have left before it was approved, or in the future."))
        if guards.hands_over_data(claim):  # words alone cannot change after their approval, data could
            for sentence in blockers(case, claim):
                raise CannotDo(sentence)
        _check_order(case, claim)
        at = max(at, claim.approved_at)  # a form knows minutes only
        claim.answer(at=at, means=means)
        claim.save()
        clock.wind(case)
        tell(
            case,
            EventKind.CLAIM_ANSWERED,
            by=by,
            at=now,
            claim=claim,
            data={
                "outcome": claim.outcome,
                "answered_at": at,
                "means": means.value,
                "in_time": case.case_due is None or deadlines.brussels_date(at) <= case.case_due,
            },
            payload={"evidence": evidence.strip()} if evidence.strip() else None,
        )
        finish(case, by=by, at=now, answered_at=at)


def facts_of(claim: Claim) -> str:
    """The facts text in clear. Raises KeyGone when the case was shredded."""
    return unsealed(claim.case, claim.facts, what=f"facts:{claim.uuid}")


def blockers(case: Case, claim: Claim) -> list[str | Promise]:
    """Why this claim cannot be submitted or approved now, each with what makes it possible."""
    right = Right(claim.right)
    found: list[str | Promise] = []
    if not claim.confirmed:
        found.append(_("Confirm the rights of this case first."))
    if (
        right not in FAST_LANE
        and case.state != CaseState.IN_PROGRESS.value
        and REQUIRED_LEVEL[right] > IdentityLevel.L0
    ):
        found.append(_("Verify identity and take the case first."))
    if not claim.outcome:
        found.append(_("Draft the decision first: an outcome is missing."))
    elif not guards.draft_is_complete(claim):
        found.append(_("A refusal, even of a part, needs an allowed ground and the facts."))
    if claim.outcome != Outcome.REFUSED.value and right in DISCLOSES_DATA | {Right.ERASURE}:
        if not _met(case, RequirementCode.SOURCES_ANSWERED):
            found.append(_("Attach the person's data, or record that nothing is held."))
        if REQUIRED_LEVEL[right] > IdentityLevel(case.identity_level):
            found.append(
                _("This right needs identity level %(needed)s; %(reached)s was reached.")
                % {"needed": REQUIRED_LEVEL[right].value, "reached": case.identity_level}
            )
    hands_over = claim.outcome in {Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value}
    if right is Right.PORTABILITY and hands_over and not _met(case, RequirementCode.EXPORT_READY):
        found.append(_("Make the export of the data first."))
    return found


def _export_of(case: Case, claim: Claim) -> dict[str, Value]:
    """The export this approval is about, by its id; what is handed over later must be that one."""
    if claim.right != Right.PORTABILITY.value or not guards.hands_over_data(claim):
        return {}
    return {"bundle": case.requirements.get(claim=None, code=RequirementCode.EXPORT_READY.value).evidence}


def _met(case: Case, code: RequirementCode) -> bool:
    return case.requirements.filter(
        code=code.value, claim=None, state__in=[RequirementState.MET.value, RequirementState.WAIVED.value]
    ).exists()


def _check_ground(claim: Claim, outcome: Outcome, ground: Ground | None, facts: str) -> None:
    right = Right(claim.right)
    if outcome in {Outcome.REFUSED, Outcome.PARTLY_GRANTED}:
        if ground is None or ground not in ALLOWED_GROUNDS[right]:
            raise CannotDo(_("Choose a ground the law allows for this right."))
        if not facts.strip():
            raise CannotDo(_("Write the facts: a refusal without them is not lawful (Art. 12(4))."))
    elif ground is not None:
        raise CannotDo(_("A ground belongs to a refusal only."))


def _check_order(case: Case, claim: Claim) -> None:
    """Erasure comes last: what is gone can no longer be handed over (T17)."""
    if claim.right != Right.ERASURE.value or claim.outcome == Outcome.REFUSED.value:
        return
    waiting = case.claims.filter(right__in=[right.value for right in DISCLOSES_DATA]).exclude(
        state__in=[ClaimState.ANSWERED.value, ClaimState.WITHDRAWN.value]
    )
    if waiting.exists():
        raise CannotDo(_("Answer access and portability first: erased data can no longer be handed over."))
