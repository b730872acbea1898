"""May this move? Conditions of the transitions, and the error that says what to do instead."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.permissions import Act, may
from workflow.states import (
    ALLOWED_GROUNDS,
    CARRIED_OUT,
    DISCLOSES_DATA,
    FAST_LANE,
    IN_WORDS,
    INTERIM_FIRST,
    OPEN_CASE_STATES,
    TOLD_TO_RECIPIENTS,
    CaseState,
    ClaimState,
    ExecutionProof,
    FeeState,
    Ground,
    IdentityLevel,
    Outcome,
    Right,
)
from workflow.workdays import brussels_date

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
    return (identity_was_proven(case) and not is_denied_since(case)) or not case.identity_needed


def identity_is_not_settled(case: "Case") -> bool:
    return not identity_is_settled(case)


def identity_was_proven(case: "Case") -> bool:
    return case.verified_at is not None


def is_denied_since(case: "Case") -> bool:
    """A contact on file said, after identity was verified, that the request is not theirs."""
    return case.verified_at is not None and case.known_contacts.filter(denied_at__gt=case.verified_at).exists()


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
    """Every right that may be is refused for want of identity, or was verified before the last question (T07).

    The others were decided on what the request says alone, once the question had its time, or answered while identity
    stood: before a contact on file denied the request.
    """
    if case.verified_at is not None:
        return True
    refusable = [right for right in Right if is_refusable_unidentified(right)]
    needing = [right.value for right in refusable if level_needed(case, [right]) is not IdentityLevel.L0]
    answered = case.claims.filter(right__in=needing).exclude(state=ClaimState.WITHDRAWN.value)
    others = answered.exclude(outcome=Outcome.REFUSED.value, ground=Ground.G_ID.value)
    denials = case.known_contacts.filter(denied_at__isnull=False).order_by("-denied_at")
    denied = denials.values_list("denied_at", flat=True).first()
    return not (others.exclude(answered_at__lte=denied) if denied else others).exists()


def is_refusable_unidentified(right: Right) -> bool:
    """An objection to a use (Art. 21(1)) and a look at an automated decision (Art. 22) know no G-ID (domain §1.1)."""
    return Ground.G_ID in ALLOWED_GROUNDS[right]


def consent_question_is_open(case: "Case") -> bool:
    """After a withdrawal of consent somebody has to say: is there another basis, or do we erase? (T18)"""
    withdrawn = case.claims.filter(right=Right.CONSENT_WITHDRAWAL.value, state=ClaimState.ANSWERED.value)
    return bool(withdrawn.filter(follow_up="").exists())


def there_is_no_complaint(case: "Case") -> bool:
    return not case.complaint and not case.legal_hold


def no_freeze_is_forgotten(case: "Case") -> bool:
    """A freeze while the request was examined ends after a warning, or becomes the restriction we granted (T13)."""
    if not case.interim_restricted:
        return True
    granted = [Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value]
    lasting = case.claims.filter(right=Right.RESTRICTION.value, state=ClaimState.ANSWERED.value, outcome__in=granted)
    return bool(lasting.exists())


def untold_recipients(case: "Case") -> "QuerySet[Claim]":
    """What was corrected, erased or restricted, and nobody who had the data was told of, nor why not (Art. 19)."""
    done = [Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value]
    rights = [right.value for right in TOLD_TO_RECIPIENTS]
    answered = case.claims.filter(right__in=rights, state=ClaimState.ANSWERED.value, outcome__in=done)
    # what was answered before any of this was kept is not asked for
    asked = answered.exclude(proof=ExecutionProof.NOT_RECORDED.value)
    return asked.filter(recipients_explained=False, notices__isnull=True)


def recipients_were_told(case: "Case") -> bool:
    return not untold_recipients(case).exists()


def lasting_restriction(case: "Case") -> "Claim | None":
    """The restriction we granted and answered, as long as nobody lifted it (Art. 18(3))."""
    granted = [Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value]
    answered = case.claims.filter(right=Right.RESTRICTION.value, state=ClaimState.ANSWERED.value)
    return answered.filter(outcome__in=granted, lifted_at=None).first()


def nothing_is_decided(case: "Case") -> bool:
    """Once a right is approved or answered, or a fee for it agreed to, the request was taken for one (T04, T21)."""
    decided = Q(state__in=[ClaimState.APPROVED.value, ClaimState.ANSWERED.value])
    charged = Q(fee_row__approved_at__isnull=False) & ~Q(state=ClaimState.WITHDRAWN.value)
    return not case.claims.filter(decided | charged).exists()


def nothing_is_answered(case: "Case") -> bool:
    """A case with an answer is processed, never withdrawn as a whole."""
    return not case.claims.filter(state=ClaimState.ANSWERED.value).exists()


# -- conditions of the claim -----------------------------------------------------------------


def draft_is_complete(claim: "Claim") -> bool:
    if not claim.outcome:
        return False
    if Outcome(claim.outcome) in {Outcome.REFUSED, Outcome.PARTLY_GRANTED}:
        return ground_is_allowed(claim) and claim.facts is not None
    return claim.facts is not None or not answers_in_words(claim)


def answers_in_words(claim: "Claim") -> bool:
    """What is granted here is told: without a text the person would be given nothing (domain §1.1).

    A colleague's own mail that answers it said what it said; what is to be done is written down all the same.
    """
    granted = {Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value}
    right, told = Right(claim.right), claim.outside_at is not None
    return claim.outcome in granted and right in (CARRIED_OUT if told else IN_WORDS)


def no_fee_is_asked(claim: "Claim") -> bool:
    """A right whose fee is not settled is neither granted nor refused."""
    return bool(claim.fee != FeeState.ASKED.value)


def hands_over_data(claim: "Claim") -> bool:
    """The answer is a copy of data, not words: a letter alone does not give it (Art. 15(3), 20)."""
    granted = {Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value}
    return Right(claim.right) in DISCLOSES_DATA and claim.outcome in granted


def is_handed_over_by_staff(claim: "Claim") -> bool:
    """The copy of the data is posted or put into somebody's hands: the letter only says so and answers nothing."""
    return hands_over_data(claim) and not claim.by_download


def is_carried_out(claim: "Claim") -> bool:
    """Something is done where the data are for this decision; a refusal and "nothing held" leave all as it is."""
    granted = {Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value}
    return Right(claim.right) in CARRIED_OUT and claim.outcome in granted


def awaits_execution(claim: "Claim") -> bool:
    """Nobody has seen yet that what the answer says is done (T17)."""
    return is_carried_out(claim) and claim.verified_at is None


def execution_is_verified(claim: "Claim") -> bool:
    return not awaits_execution(claim)


def ground_is_allowed(claim: "Claim") -> bool:
    return claim.ground in {ground.value for ground in ALLOWED_GROUNDS[Right(claim.right)]}


def is_late_refusal(case: "Case", claim: "Claim", answered_at: datetime) -> bool:
    """A refusal, even of a part, leaves within the first month, extended or not (Art. 12(4))."""
    refused = claim.outcome in {Outcome.REFUSED.value, Outcome.PARTLY_GRANTED.value}
    return refused and case.month_due is not None and brussels_date(answered_at) > case.month_due


def copies_come_first(claim: "Claim") -> bool:
    """What is erased can no longer be handed over: access and portability are answered before (T17)."""
    return _erases(claim) and _undone(claim, DISCLOSES_DATA, besides=()).exists()


def freeze_comes_first(claim: "Claim") -> bool:
    """Whether data has to be kept is decided before it is erased (domain §3.1)."""
    return _erases(claim) and _undone(claim, INTERIM_FIRST, besides=(ClaimState.APPROVED,)).exists()


def data_are_frozen(claim: "Claim") -> bool:
    """Frozen data may only be kept: nothing of it is erased before the freeze is lifted (Art. 18(2))."""
    erases = claim.right == Right.ERASURE.value and is_carried_out(claim)
    return bool(erases and claim.verified_at is None and claim.case.interim_restricted)


def restriction_stands(claim: "Claim") -> bool:
    """Restricted data are only kept, unless the person agrees to what is done with them (Art. 18(2))."""
    erases = claim.right == Right.ERASURE.value and is_carried_out(claim)
    if not erases or claim.verified_at is not None or claim.despite_restriction:
        return False
    granted = claim.case.claims.filter(
        right=Right.RESTRICTION.value,
        state__in=[ClaimState.APPROVED.value, ClaimState.ANSWERED.value],
        outcome__in=[Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value],
        lifted_at=None,
    )
    return bool(granted.exists())


def is_unread_over(claim: "Claim") -> bool:
    """The person wrote again, and nothing that cannot be undone happens before it is read."""
    return bool(_erases(claim) and claim.verified_at is None and claim.case.reply_to_read)


def waits_elsewhere(claim: "Claim") -> "Case | None":
    """Another open case of this person that first has to hand over or keep what this erasure would destroy.

    The other part of a split case, or one of the same address and name; None once it is erased, or of another right.
    """
    if not _erases(claim) or claim.verified_at is not None or claim.outcome == "":
        return None
    open_claims = [state.value for state in (ClaimState.OPEN, ClaimState.IN_REVIEW)]
    copies = Q(claims__right__in=sorted(DISCLOSES_DATA), claims__state__in=[*open_claims, ClaimState.APPROVED.value])
    keeps = Q(claims__right__in=sorted(INTERIM_FIRST), claims__state__in=open_claims) | Q(interim_restricted=True)
    others = _of_one_person(claim.case).filter(copies | keeps).distinct().order_by("id")
    return next((one for one in others if _may_be_one(one, claim.case)), None)


def _of_one_person(case: "Case") -> "QuerySet[Case]":
    origin = case.split_from_id or case.pk
    family = Q(split_from=origin) | Q(pk=origin)
    own = Q(person_email=case.person_email) if case.person_email else Q(pk__in=[])
    everyone = type(case).objects.filter(controller=case.controller_id, state__in=sorted(OPEN_CASE_STATES))
    return everyone.filter(family | own).exclude(pk=case.pk)


def _may_be_one(one: "Case", other: "Case") -> bool:
    """A family shares an address: other names are other people, no name may be anybody."""
    names = {" ".join(case.person_name.casefold().split()) for case in (one, other)} - {""}
    return len(names) < 2


def waits_for_another(claim: "Claim") -> bool:
    first = copies_come_first(claim) or freeze_comes_first(claim) or data_are_frozen(claim)
    return first or restriction_stands(claim) or waits_elsewhere(claim) is not None


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

    A change of contact asks for the contact on file, whatever the settings say, and so does the fast lane for L1
    where somebody else wrote: it is for the writer's own address that a word suffices (T18).
    """
    levels = case.policy_version.policy.levels
    another = IdentityLevel.L1 if case.written_by else IdentityLevel.L0
    each = (max(levels.of(right), another) if right in FAST_LANE else levels.of(right) for right in rights)
    needed = max(each, default=IdentityLevel.L0)
    return max(needed, CHANGES_CONTACT) if needed > IdentityLevel.L0 and changes_contact(case) else needed


def changes_contact(case: "Case") -> bool:
    """Whoever takes over a contact takes over the account: that is proven through the one on file (domain §1.6)."""
    return bool(case.pk) and (case.changes_reach or case.new_contacts.exists())


_DRAWN_AS_NOTHING = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # Hangul fillers and the empty Braille cell


def is_a_sentence(text: str, *, least: int = 3) -> bool:
    """Whether a reason says something: so many words with letters at least, so that "x" or "ok." is none."""
    return len([word for word in text.split() if sum(map(str.isalpha, word)) > 1]) >= least


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing of it: no letter, digit or sign, or only those that are drawn as nothing."""
    return not any(unicodedata.category(char)[0] in "LNPS" and char not in _DRAWN_AS_NOTHING for char in text)


def says_nothing(text: str) -> bool:
    """Whether words that a person will read hold no letter and no digit: "…", a full stop, or what nobody sees."""
    return not any(char.isalnum() and char not in _DRAWN_AS_NOTHING for char in text)


def says_something(text: str) -> bool:
    """Whether a reason or a proof is more than a sign: "x", "." or "-" is kept by nobody, "RE 1" is."""
    return sum(char.isalnum() and char not in _DRAWN_AS_NOTHING for char in text) > 1
