"""May this move? Conditions of the transitions, and the error that says what to do instead."""

from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.states import (
    ALLOWED_GROUNDS,
    DISCLOSES_DATA,
    REQUIRED_LEVEL,
    ActorKind,
    CaseState,
    ClaimState,
    IdentityLevel,
    Outcome,
    Right,
    Role,
)

if TYPE_CHECKING:
    from workflow.models import Case, Claim


class CannotDo(Exception):
    """The act is not possible now; ``sentence`` says why and what would make it possible."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotPermitted(CannotDo):
    """This person may not do this, whatever the state."""


def require(by: Actor, *roles: Role) -> None:
    """The actor holds one of these roles, or is the system. Raises NotPermitted."""
    if by.kind is ActorKind.SYSTEM or by.has(*roles):
        return
    raise NotPermitted(_("Your role does not allow this act. Ask an administrator for the role you need."))


# -- conditions of the case ----------------------------------------------------------------


def claims_are_confirmed(case: "Case") -> bool:
    return case.confirmed_at is not None


def identity_is_not_needed(case: "Case") -> bool:
    return not case.identity_needed


def identity_is_settled(case: "Case") -> bool:
    return case.verified_at is not None or not case.identity_needed


def identity_is_not_settled(case: "Case") -> bool:
    return not identity_is_settled(case)


def identity_was_skipped(case: "Case") -> bool:
    """No right needed it until now, and one does: nobody was verified yet."""
    moved_on = {CaseState.IDENTITY_VERIFIED.value, CaseState.IN_PROGRESS.value}
    return case.identity_needed and case.verified_at is None and case.state in moved_on


def has_an_assignee(case: "Case") -> bool:
    return case.assignee_id is not None


def every_claim_is_answered(case: "Case") -> bool:
    states = set(case.claims.values_list("state", flat=True))
    return ClaimState.ANSWERED.value in states and states <= {ClaimState.ANSWERED.value, ClaimState.WITHDRAWN.value}


def there_is_no_complaint(case: "Case") -> bool:
    return not case.complaint


# -- conditions of the claim -----------------------------------------------------------------


def draft_is_complete(claim: "Claim") -> bool:
    if not claim.outcome:
        return False
    if Outcome(claim.outcome) in {Outcome.REFUSED, Outcome.PARTLY_GRANTED}:
        return ground_is_allowed(claim) and claim.facts is not None
    return True


def hands_over_data(claim: "Claim") -> bool:
    """The answer is a copy of data, not words: a letter alone does not give it (Art. 15(3), 20)."""
    granted = {Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value}
    return Right(claim.right) in DISCLOSES_DATA and claim.outcome in granted


def ground_is_allowed(claim: "Claim") -> bool:
    return claim.ground in {ground.value for ground in ALLOWED_GROUNDS[Right(claim.right)]}


# -- sentences ---------------------------------------------------------------------------------

STATE_NAMES: dict[str, Any] = {
    CaseState.RECEIVED.value: _("received"),
    CaseState.AWAITING_IDENTITY.value: _("waiting for proof of identity"),
    CaseState.IDENTITY_VERIFIED.value: _("identity verified"),
    CaseState.AWAITING_CLARIFICATION.value: _("waiting for a clarification"),
    CaseState.IN_PROGRESS.value: _("in progress"),
    CaseState.PROCESSED.value: _("processed"),
    CaseState.WITHDRAWN.value: _("withdrawn"),
    CaseState.OUT_OF_SCOPE.value: _("out of scope"),
    CaseState.FORWARDED.value: _("forwarded"),
    CaseState.MERGED.value: _("merged"),
    CaseState.CLOSED.value: _("closed"),
}
CLAIM_STATE_NAMES: dict[str, Any] = {
    ClaimState.OPEN.value: _("open"),
    ClaimState.IN_REVIEW.value: _("in review"),
    ClaimState.APPROVED.value: _("approved"),
    ClaimState.ANSWERED.value: _("answered"),
    ClaimState.WITHDRAWN.value: _("withdrawn"),
}


def level_needed(rights: list[Right]) -> IdentityLevel:
    """The highest level any of these rights asks for; L0 for none (domain §1.6)."""
    return max((REQUIRED_LEVEL[right] for right in rights), default=IdentityLevel.L0)
