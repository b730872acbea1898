"""May this move? Conditions of the transitions, and the error that says what to do instead."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.permissions import Act, may
from workflow.states import (
    ALLOWED_GROUNDS,
    DISCLOSES_DATA,
    INTERIM_FIRST,
    CaseState,
    ClaimState,
    Ground,
    IdentityLevel,
    Outcome,
    Right,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from workflow.models import Case, Claim


CHANGES_CONTACT = IdentityLevel.L2


class CannotDo(Exception):
    """The act is not possible now; ``sentence`` says why and what would make it possible."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotPermitted(CannotDo):
    """This person may not do this, whatever the state."""


def require(by: Actor, act: Act) -> None:
    """The actor's role may do this act, or it is the system. Raises NotPermitted."""
    if may(by, act):
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
    moved_on = {
        CaseState.IDENTITY_VERIFIED.value,
        CaseState.AWAITING_CLARIFICATION.value,
        CaseState.IN_PROGRESS.value,
    }
    return case.identity_needed and case.verified_at is None and case.state in moved_on


def has_an_assignee(case: "Case") -> bool:
    return case.assignee_id is not None


def every_claim_is_answered(case: "Case") -> bool:
    states = set(case.claims.values_list("state", flat=True))
    over = {ClaimState.ANSWERED.value, ClaimState.WITHDRAWN.value}
    return ClaimState.ANSWERED.value in states and states <= over and not consent_question_is_open(case)


def nobody_was_identified(case: "Case") -> bool:
    """Every right that needs identity is refused for want of it, or was verified before the last question (T07)."""
    if case.verified_at is not None:
        return True
    needing = [right.value for right in Right if level_needed(case, [right]) is not IdentityLevel.L0]
    answered = case.claims.filter(right__in=needing).exclude(state=ClaimState.WITHDRAWN.value)
    return not answered.exclude(outcome=Outcome.REFUSED.value, ground=Ground.G_ID.value).exists()


def consent_question_is_open(case: "Case") -> bool:
    """After a withdrawal of consent somebody has to say: is there another basis, or do we erase? (T18)"""
    withdrawn = case.claims.filter(right=Right.CONSENT_WITHDRAWAL.value, state=ClaimState.ANSWERED.value)
    return bool(withdrawn.filter(follow_up="").exists())


def there_is_no_complaint(case: "Case") -> bool:
    return not case.complaint and not case.legal_hold


def nothing_is_decided(case: "Case") -> bool:
    """Once a right is approved or answered, the request was taken for one (T04, T21)."""
    return not case.claims.filter(state__in=[ClaimState.APPROVED.value, ClaimState.ANSWERED.value]).exists()


def nothing_is_answered(case: "Case") -> bool:
    """A case with an answer is processed, never withdrawn as a whole."""
    return not case.claims.filter(state=ClaimState.ANSWERED.value).exists()


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


def copies_come_first(claim: "Claim") -> bool:
    """What is erased can no longer be handed over: access and portability are answered before (T17)."""
    return _erases(claim) and _undone(claim, DISCLOSES_DATA, besides=()).exists()


def freeze_comes_first(claim: "Claim") -> bool:
    """Whether data has to be kept is decided before it is erased (domain §3.1)."""
    return _erases(claim) and _undone(claim, INTERIM_FIRST, besides=(ClaimState.APPROVED,)).exists()


def waits_for_another(claim: "Claim") -> bool:
    return copies_come_first(claim) or freeze_comes_first(claim)


def _erases(claim: "Claim") -> bool:
    return bool(claim.right == Right.ERASURE.value and claim.outcome != Outcome.REFUSED.value)


def _undone(claim: "Claim", rights: frozenset[Right], *, besides: tuple[ClaimState, ...]) -> "QuerySet[Claim]":
    over = [state.value for state in (ClaimState.ANSWERED, ClaimState.WITHDRAWN, *besides)]
    return claim.case.claims.filter(right__in=[right.value for right in rights]).exclude(state__in=over)


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


def level_needed(case: "Case", rights: Iterable[Right]) -> IdentityLevel:
    """The highest level any of these rights asks for under the case's policy; L0 for none (domain §1.6).

    A change of contact asks for the contact on file, whatever the settings say.
    """
    levels = case.policy_version.policy.levels
    needed = max((levels.of(right) for right in rights), default=IdentityLevel.L0)
    return max(needed, CHANGES_CONTACT) if needed > IdentityLevel.L0 and changes_contact(case) else needed


def changes_contact(case: "Case") -> bool:
    """Whoever takes over a contact takes over the account: that is proven through the one on file (domain §1.6)."""
    return bool(case.pk) and case.new_contacts.exists()
