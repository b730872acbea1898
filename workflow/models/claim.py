"""A claim: one right asked for, drafted, reviewed and answered on its own."""

import uuid

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from workflow import guards
from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.models.fsm import Stateful
from workflow.states import FAST_LANE, ClaimState, Ground, Means, Outcome, Right

_DECIDED = [ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value, ClaimState.ANSWERED.value]
_APPROVED = [ClaimState.APPROVED.value, ClaimState.ANSWERED.value]


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
    version = models.PositiveIntegerField(default=0, editable=False)
    four_eyes = models.BooleanField(default=True, editable=False)
    author = models.CharField(max_length=32, blank=True, editable=False)
    submitted_by = models.CharField(max_length=32, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    reviewer = models.CharField(max_length=32, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by_means = models.CharField(max_length=16, choices=choices(Means), blank=True, editable=False)

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
                name="claim_approved_by_another_person",
                condition=~Q(state__in=_APPROVED, four_eyes=True)
                | (~Q(reviewer="") & ~Q(reviewer=F("author")) & ~Q(reviewer=F("submitted_by"))),
            ),
            models.CheckConstraint(
                name="claim_without_second_person_only_in_the_fast_lane",
                condition=Q(four_eyes=True) | Q(right__in=sorted(right.value for right in FAST_LANE)),
            ),
            models.CheckConstraint(
                name="claim_approved_has_approved_at",
                condition=~Q(state__in=_APPROVED) | Q(approved_at__isnull=False),
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
        conditions=[guards.draft_is_complete],
    )
    def submit(self, *, by: str, at) -> None:  # type: ignore[no-untyped-def]
        self.submitted_by = by
        self.submitted_at = at
        self.four_eyes = True

    # -- T15; also an execution that failed (T17) ------------------------------------------------
    @transition(
        field=state,
        source=[ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value],
        target=ClaimState.OPEN.value,
    )
    def send_back(self) -> None:
        self.reviewer = ""
        self.approved_at = None

    # -- T16 ---------------------------------------------------------------------------------
    @transition(
        field=state,
        source=ClaimState.IN_REVIEW.value,
        target=ClaimState.APPROVED.value,
        conditions=[guards.draft_is_complete],
    )
    def approve(self, *, by: str, at) -> None:  # type: ignore[no-untyped-def]
        self.reviewer = by
        self.approved_at = at

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
        self.four_eyes = False

    # -- T17 ---------------------------------------------------------------------------------
    @transition(field=state, source=ClaimState.APPROVED.value, target=ClaimState.ANSWERED.value)
    def answer(self, *, at, means: Means) -> None:  # type: ignore[no-untyped-def]
        self.answered_at = at
        self.answered_by_means = means.value

    # -- T22: the unanswered part comes back -------------------------------------------------------
    @transition(field=state, source=ClaimState.ANSWERED.value, target=ClaimState.OPEN.value)
    def reopen(self) -> None:
        self.answered_at = None
        self.answered_by_means = ""
        self.reviewer = ""
        self.approved_at = None

    # -- T03, T20 ----------------------------------------------------------------------------
    @transition(
        field=state,
        source=[ClaimState.OPEN.value, ClaimState.IN_REVIEW.value],
        target=ClaimState.WITHDRAWN.value,
    )
    def withdraw(self) -> None: ...
