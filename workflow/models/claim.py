"""A claim: one right asked for, drafted, reviewed and answered on its own."""

import functools
import operator
import uuid

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django_fsm import FSMField, transition

from workflow import guards
from workflow.checklists import ONLY_FOR_A_PART, checklist
from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.models.fsm import Stateful
from workflow.states import (
    ABUSE,
    ALLOWED_GROUNDS,
    CARRIED_OUT,
    DISCLOSES_DATA,
    FAST_LANE,
    FEE_RIGHTS,
    AfterConsent,
    ClaimState,
    ExecutionProof,
    FeeState,
    Ground,
    Means,
    Outcome,
    Right,
)

_DECIDED = [ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value, ClaimState.ANSWERED.value]
_UNDECIDED = [ClaimState.OPEN.value, ClaimState.WITHDRAWN.value]
_GROUND_OF_THIS_RIGHT = functools.reduce(
    operator.or_,
    (Q(right=right.value, ground__in=[one.value for one in grounds]) for right, grounds in ALLOWED_GROUNDS.items()),
    Q(ground=""),
)
# Rights that are never refused for want of identity: after a silence they are decided on what the request says alone.
_NEVER_UNIDENTIFIED = sorted(right.value for right in Right if Ground.G_ID not in ALLOWED_GROUNDS[right])
_APPROVED = [ClaimState.APPROVED.value, ClaimState.ANSWERED.value]
# The settings that may want no second person, each with the decisions it is about (domain §3, T16).
_NOT_REFUSED = ~Q(outcome=Outcome.REFUSED.value)
_ABOUT_DATA = sorted(right.value for right in DISCLOSES_DATA | {Right.ERASURE})
_SWITCHES = {
    "refusal": Q(outcome=Outcome.REFUSED.value),
    "partial": Q(outcome=Outcome.PARTLY_GRANTED.value),
    "disclosure": _NOT_REFUSED & Q(right__in=sorted(right.value for right in DISCLOSES_DATA)),
    "erasure": _NOT_REFUSED & Q(right=Right.ERASURE.value),
    "other": Q(outcome__in=[Outcome.GRANTED.value, Outcome.NOTHING_HELD.value]) & ~Q(right__in=_ABOUT_DATA),
}


def _took_part(column: str) -> Q:
    """The person in this column decided what is looked at again."""
    return Q(not_by__contains=Concat(Value(","), F(column), Value(",")))


class Claim(Stateful):
    """``facts`` is sealed under the case's key; everything else is a code or an instant."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    right = models.CharField(max_length=32, choices=choices(Right))
    state = FSMField(choices=choices(ClaimState), default=ClaimState.OPEN.value, protected=True, max_length=16)
    confirmed = models.BooleanField(default=False)
    unsure = models.BooleanField(default=False)
    outcome = models.CharField(max_length=16, choices=choices(Outcome), blank=True)
    ground = models.CharField(max_length=16, choices=choices(Ground), blank=True)
    facts = models.BinaryField(null=True, editable=False)
    # paragraphs of the officer's own in the drafted answer, by language (sealed); approved with the version
    own_words = models.BinaryField(null=True, editable=False)
    # after a withdrawal of consent: does another basis allow us to keep the data, and which (sealed)?
    follow_up = models.CharField(max_length=16, choices=choices(AfterConsent), blank=True, editable=False)
    follow_up_basis = models.BinaryField(null=True, editable=False)
    # a fee instead of a refusal (Fee has the amount); "asked" keeps the right open (domain §3)
    fee = models.CharField(max_length=16, choices=choices(FeeState), blank=True, editable=False)
    # the copy of the data waits behind the person's link and leaves with a code; else it is posted or handed over
    by_download = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    four_eyes = models.BooleanField(default=True, editable=False)
    # the setting that wants no second person for such a decision; "" in the fast lane, which never does
    four_eyes_off = models.CharField(max_length=16, blank=True, editable=False)
    # lines of the checklist nobody has confirmed yet (domain §1.1); which were, the event of the submission says
    open_checks = models.PositiveSmallIntegerField(default=0, editable=False)
    # an office of one approved its own draft: after the wait, from when it was possible
    alone = models.BooleanField(default=False, editable=False)
    alone_from = models.DateTimeField(null=True, editable=False)
    # who decided what a complaint or a refusal after a second look is about, as ",S-0002,S-0003,"; the decision is
    # none of theirs, unless nobody else was left
    not_by = models.CharField(max_length=1000, default=",", editable=False)
    nobody_else = models.BooleanField(default=False, editable=False)
    author = models.CharField(max_length=32, blank=True, editable=False)
    # came by a merge from somebody nobody verified: the proof of the case was given for other rights
    unproven = models.BooleanField(default=False, editable=False)
    # the person agreed in writing that restricted data are erased all the same (Art. 18(2))
    despite_restriction = models.BooleanField(default=False, editable=False)
    submitted_by = models.CharField(max_length=32, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    reviewer = models.CharField(max_length=32, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    # T17: when it was done where the data are, who saw when and how that it is, what the person reads of it (sealed)
    executed_at = models.DateTimeField(null=True, editable=False)
    verified_at = models.DateTimeField(null=True, editable=False)
    verified_by = models.CharField(max_length=32, blank=True, editable=False)
    proof = models.CharField(max_length=16, choices=choices(ExecutionProof), blank=True, editable=False)
    done = models.BinaryField(null=True, editable=False)
    # Art. 19: nobody else had these data, or why nobody is told; the event says it. Else a notice stands for each
    recipients_explained = models.BooleanField(default=False, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    late_refusal = models.BooleanField(default=False, editable=False)  # a refusal that left after the first month
    # when a colleague answered it from their own mailbox, as an officer confirmed; it counts once approved
    outside_at = models.DateTimeField(null=True, editable=False)
    answered_by_means = models.CharField(max_length=16, choices=choices(Means), blank=True, editable=False)
    # Art. 18(3): the day the person was told that the restriction we granted ends, and since when it is over
    lifting_on = models.DateField(null=True, editable=False)
    lifted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "right"],
                condition=~Q(state=ClaimState.WITHDRAWN.value),
                name="claim_right_once_per_case",
            ),
            within("state", ClaimState, name="claim_state_is_known"),
            within("right", Right, name="claim_right_is_known"),
            within("outcome", Outcome, name="claim_outcome_is_known", or_empty=True),
            within("ground", Ground, name="claim_ground_is_known", or_empty=True),
            within("answered_by_means", Means, name="claim_means_is_known", or_empty=True),
            within("proof", ExecutionProof, name="claim_proof_is_known", or_empty=True),
            models.CheckConstraint(
                name="claim_unproven_is_not_decided_on_anothers_proof",
                condition=Q(unproven=False)
                | Q(state__in=[ClaimState.OPEN.value, ClaimState.WITHDRAWN.value])
                | Q(outcome=Outcome.REFUSED.value, ground=Ground.G_ID.value)
                | Q(right__in=_NEVER_UNIDENTIFIED),
            ),
            models.CheckConstraint(
                name="claim_execution_says_when_and_who_saw_it_how",
                condition=Q(proof__in=["", ExecutionProof.NOT_RECORDED.value], verified_by="")
                & Q(executed_at__isnull=True, verified_at__isnull=True, done__isnull=True)
                | ~Q(proof__in=["", ExecutionProof.NOT_RECORDED.value])
                & ~Q(verified_by="")
                & Q(executed_at__isnull=False, verified_at__isnull=False, done__isnull=False)
                & Q(executed_at__lte=F("verified_at")),
            ),
            models.CheckConstraint(
                name="claim_answered_after_it_was_seen_to_be_done",
                condition=~Q(state=ClaimState.ANSWERED.value)
                | ~Q(right__in=sorted(right.value for right in CARRIED_OUT))
                | ~Q(outcome__in=[Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value])
                | Q(proof=ExecutionProof.NOT_RECORDED.value)
                # isnull is said: a CHECK that compares with NULL is neither true nor false, and passes
                | Q(verified_at__isnull=False, verified_at__gte=F("approved_at"))
                & (Q(answered_at__gte=F("verified_at")) | Q(answered_by_means=Means.OUTSIDE.value)),
            ),
            models.CheckConstraint(
                name="claim_answered_outside_when_that_mail_left",
                # isnull is said: a CHECK that compares with NULL is neither true nor false, and passes
                condition=~Q(answered_by_means=Means.OUTSIDE.value)
                | Q(outside_at__isnull=False, answered_at__isnull=False, answered_at=F("outside_at")),
            ),
            models.CheckConstraint(
                name="claim_by_download_hands_over_data",
                condition=Q(by_download=False)
                | Q(
                    right__in=sorted(right.value for right in DISCLOSES_DATA),
                    outcome__in=[Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value],
                ),
            ),
            models.CheckConstraint(
                name="claim_lifted_only_where_a_restriction_was_granted",
                condition=Q(lifting_on__isnull=True, lifted_at__isnull=True)
                | Q(
                    right=Right.RESTRICTION.value,
                    state=ClaimState.ANSWERED.value,
                    outcome__in=[Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value],
                ),
            ),
            models.CheckConstraint(
                name="claim_lifted_after_it_was_announced",
                condition=Q(lifted_at__isnull=True) | Q(lifting_on__isnull=False),
            ),
            within("follow_up", AfterConsent, name="claim_follow_up_is_known", or_empty=True),
            within("fee", FeeState, name="claim_fee_is_known", or_empty=True),
            models.CheckConstraint(
                name="claim_fee_only_where_the_law_knows_abuse",
                condition=Q(fee="") | Q(right__in=sorted(right.value for right in FEE_RIGHTS)),
            ),
            models.CheckConstraint(
                name="claim_stays_open_while_a_fee_is_asked",
                condition=~Q(fee=FeeState.ASKED.value) | Q(state=ClaimState.OPEN.value),
            ),
            models.CheckConstraint(
                name="claim_paid_for_is_never_refused_as_abusive",
                condition=~Q(
                    fee=FeeState.PAID.value,
                    state__in=_DECIDED,
                    ground__in=sorted(ground.value for ground in ABUSE),
                ),
            ),
            models.CheckConstraint(
                name="claim_follow_up_is_of_a_consent_and_says_its_basis",
                condition=Q(follow_up="")
                | Q(right=Right.CONSENT_WITHDRAWAL.value, follow_up=AfterConsent.ERASE.value)
                | Q(
                    right=Right.CONSENT_WITHDRAWAL.value,
                    follow_up=AfterConsent.OTHER_BASIS.value,
                    follow_up_basis__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="claim_decided_has_an_outcome_and_an_author",
                condition=~Q(state__in=_DECIDED)
                | (~Q(outcome="") & ~Q(author="") & ~Q(submitted_by="") & Q(submitted_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="claim_refused_has_ground_and_facts",
                condition=~Q(state__in=_DECIDED, outcome__in=[Outcome.REFUSED.value, Outcome.PARTLY_GRANTED.value])
                | (~Q(ground="") & Q(facts__isnull=False)),
            ),
            models.CheckConstraint(
                name="claim_decided_has_its_whole_checklist", condition=~Q(state__in=_DECIDED) | Q(open_checks=0)
            ),
            models.CheckConstraint(name="claim_ground_is_one_of_this_right", condition=_GROUND_OF_THIS_RIGHT),
            models.CheckConstraint(
                name="claim_refused_whole_never_for_what_touches_a_part",
                condition=~Q(
                    outcome=Outcome.REFUSED.value, ground__in=sorted(ground.value for ground in ONLY_FOR_A_PART)
                ),
            ),
            models.CheckConstraint(
                name="claim_approved_by_another_person",
                condition=~Q(state__in=_APPROVED, four_eyes=True)
                | Q(alone=True)
                | (~Q(reviewer="") & ~Q(reviewer=F("author")) & ~Q(reviewer=F("submitted_by"))),
            ),
            models.CheckConstraint(
                name="claim_looked_at_again_by_others",
                condition=~Q(state__in=_DECIDED)
                | Q(nobody_else=True) & ~Q(not_by=",")
                | Q(nobody_else=False) & ~_took_part("author") & ~_took_part("submitted_by") & ~_took_part("reviewer"),
            ),
            models.CheckConstraint(
                name="claim_approved_alone_after_the_wait",
                # isnull is said: a CHECK that compares with NULL is neither true nor false, and passes
                condition=Q(alone=False)
                | Q(alone_from__isnull=False, submitted_at__isnull=False, approved_at__isnull=False)
                & Q(four_eyes=True, submitted_at__lte=F("alone_from"), approved_at__gte=F("alone_from"))
                & ~Q(reviewer="")
                & (Q(reviewer=F("author")) | Q(reviewer=F("submitted_by"))),
            ),
            models.CheckConstraint(
                name="claim_without_second_person_is_never_about_abuse",
                condition=Q(four_eyes=True) | ~Q(ground__in=[Ground.G_EXC.value, Ground.G_UNF.value]),
            ),
            models.CheckConstraint(
                name="claim_without_second_person_only_in_the_fast_lane_or_by_setting",
                condition=Q(four_eyes=True, four_eyes_off="")
                | Q(four_eyes=False, four_eyes_off="", right__in=sorted(right.value for right in FAST_LANE))
                | Q(four_eyes=False) & ~Q(four_eyes_off="") & (~Q(state__in=_APPROVED) | ~Q(reviewer="")),
            ),
            models.CheckConstraint(
                name="claim_four_eyes_off_names_the_setting_about_it",
                condition=Q(four_eyes_off="")
                | Q(state__in=_UNDECIDED, four_eyes_off__in=sorted(_SWITCHES))
                | functools.reduce(operator.or_, (Q(four_eyes_off=name) & about for name, about in _SWITCHES.items())),
            ),
            models.CheckConstraint(
                name="claim_approved_has_approved_at",
                condition=~Q(state__in=_APPROVED) | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_answered_after_its_approval",
                # what a colleague wrote from their own mailbox was said before anybody looked
                condition=~Q(state=ClaimState.ANSWERED.value)
                | Q(answered_by_means=Means.OUTSIDE.value, outside_at__isnull=False)
                | Q(answered_at__isnull=False, approved_at__isnull=False, answered_at__gte=F("approved_at")),
            ),
            models.CheckConstraint(
                name="claim_late_refusal_is_an_answered_refusal",
                condition=Q(late_refusal=False)
                | Q(
                    state=ClaimState.ANSWERED.value,
                    outcome__in=[Outcome.REFUSED.value, Outcome.PARTLY_GRANTED.value],
                ),
            ),
            models.CheckConstraint(
                name="claim_has_answered_at_exactly_when_answered",
                condition=Q(state=ClaimState.ANSWERED.value, answered_at__isnull=False) & ~Q(answered_by_means="")
                | (~Q(state=ClaimState.ANSWERED.value) & Q(answered_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right} ({self.state})"

    # -- T14 ---------------------------------------------------------------------------------
    @transition(
        field=state,
        source=ClaimState.OPEN.value,
        target=ClaimState.IN_REVIEW.value,
        conditions=[guards.draft_is_complete, guards.no_fee_is_asked],
    )
    def submit(self, *, by: str, at, four_eyes_off: str, alone_from) -> None:  # type: ignore[no-untyped-def]
        self.submitted_by = by
        self.submitted_at = at
        self.four_eyes, self.four_eyes_off = not four_eyes_off, four_eyes_off
        self.open_checks = 0
        self.alone_from = alone_from

    # -- T15; also an execution that failed (T17) ------------------------------------------------
    @transition(
        field=state,
        source=[ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value],
        target=ClaimState.OPEN.value,
    )
    def send_back(self) -> None:
        self._unapprove()

    # -- T16 ---------------------------------------------------------------------------------
    @transition(
        field=state,
        source=ClaimState.IN_REVIEW.value,
        target=ClaimState.APPROVED.value,
        conditions=[guards.draft_is_complete],
    )
    def approve(self, *, by: str, at, alone_from=None) -> None:  # type: ignore[no-untyped-def]
        self.reviewer = by
        self.approved_at = at
        self.alone = alone_from is not None
        self.alone_from = alone_from

    # -- T18: marketing objection and consent withdrawal need no second pair of eyes --------------
    @transition(
        field=state,
        source=ClaimState.OPEN.value,
        target=ClaimState.APPROVED.value,
        conditions=[guards.draft_is_complete],
    )
    def approve_at_once(self, *, by: str, at) -> None:  # type: ignore[no-untyped-def]
        self.submitted_by = by
        self.submitted_at = at
        self.approved_at = at
        self.four_eyes, self.four_eyes_off = False, ""
        self.open_checks = 0

    # -- T17 ---------------------------------------------------------------------------------
    @transition(
        field=state,
        source=ClaimState.APPROVED.value,
        target=ClaimState.ANSWERED.value,
        conditions=[guards.execution_is_verified],
    )
    def answer(self, *, at, means: Means) -> None:  # type: ignore[no-untyped-def]
        self.answered_at = at
        self.answered_by_means = means.value

    # -- T22: the unanswered part comes back -------------------------------------------------------
    @transition(field=state, source=ClaimState.ANSWERED.value, target=ClaimState.OPEN.value)
    def reopen(self) -> None:
        self.late_refusal = False
        self.answered_at = self.outside_at = None
        self.lifting_on = self.lifted_at = None
        self.answered_by_means = ""
        self._unapprove()

    # -- T03, T20 ----------------------------------------------------------------------------
    @transition(
        field=state,
        source=[ClaimState.OPEN.value, ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value],
        target=ClaimState.WITHDRAWN.value,
    )
    def withdraw(self) -> None:
        if self.fee == FeeState.ASKED.value:
            self.fee = FeeState.WITHDRAWN.value

    def see_done(self, *, executed_at, at, by: str, proof: ExecutionProof, done: bytes | None) -> None:  # type: ignore[no-untyped-def]
        """What was approved is done, and somebody saw that it is."""
        self.executed_at, self.verified_at, self.verified_by = executed_at, at, by
        self.proof, self.done = proof.value, done

    def look_again(self, *, not_by: str, nobody_else: bool) -> None:
        """Who decided before, and whether one of them has to decide again."""
        self.not_by, self.nobody_else = not_by, nobody_else

    def begin_checklist(self) -> None:
        """Every line of the decision as it is drafted now has to be confirmed again."""
        known = checklist(Right(self.right), Outcome(self.outcome), self.ground) if self.outcome else ()
        self.open_checks = len(known)

    def _unapprove(self) -> None:
        self.begin_checklist()
        self.reviewer = ""
        self.approved_at = self.alone_from = None
        self.alone = self.nobody_else = False
        self.four_eyes, self.four_eyes_off = True, ""
        self.not_by = ","
        self.executed_at = self.verified_at = self.done = None
        self.verified_by = self.proof = ""
        self.recipients_explained = False
