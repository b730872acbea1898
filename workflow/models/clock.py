"""What moves the clock, and the milestones it has rung for."""

from django.db import models
from django.db.models import F, Q

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.states import ExtensionReason, ExtensionState, IdentityLevel, PauseEnd, PauseKind


class Pause(models.Model):
    """A question that may stop the clock: from the day it was sent to the day the reply arrived.

    Brussels dates; ``asked_on`` stays empty until the letter was accepted by the person's
    mail server, since an outage of ours must not lengthen the deadline (domain §2.4).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    kind = models.CharField(max_length=16, choices=choices(PauseKind))
    raised_at = models.DateTimeField()
    asked_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    # of a question about identity: the level it asked for (T07)
    level = models.CharField(max_length=2, choices=choices(IdentityLevel), blank=True, editable=False)
    # from when silence is enough to decide (T07); set with the last reminder, never before
    decide_from = models.DateField(null=True, editable=False)
    ended = models.CharField(max_length=16, choices=choices(PauseEnd), blank=True, editable=False)
    # a late question counts all the same: decided by this person, with the reason in the event
    override = models.BooleanField(default=False, editable=False)
    override_by = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            within("kind", PauseKind, name="pause_kind_is_known"),
            within("ended", PauseEnd, name="pause_end_is_known", or_empty=True),
            models.CheckConstraint(
                name="pause_of_identity_says_which_level",
                condition=Q(kind=PauseKind.IDENTITY.value, level__in=[level.value for level in IdentityLevel])
                | (~Q(kind=PauseKind.IDENTITY.value) & Q(level="")),
            ),
            models.CheckConstraint(
                name="pause_override_is_somebodys_decision_on_a_question_that_left",
                condition=Q(override=False, override_by="")
                | (Q(override=True, asked_on__isnull=False) & ~Q(override_by="") & ~Q(kind=PauseKind.DETAIL.value)),
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_began",
                condition=Q(answered_on__isnull=True) | Q(asked_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
            ),
            models.CheckConstraint(
                name="pause_is_decided_on_only_after_it_left",
                condition=Q(decide_from__isnull=True) | Q(asked_on__isnull=False, decide_from__gt=F("asked_on")),
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(answered_on__isnull=True), name="one_open_pause_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_on}..{self.answered_on or ''}"


class Extension(models.Model):
    """The one extension Art. 12(3) allows: 1 or 2 months, asked by one person and approved by another.

    It moves the due date only once the notice reached the person's mail server, or was posted, at the
    latest on ``notice_by``, the due date of the first month. ``alone``: a solo office, after the wait.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="extension")
    state = models.CharField(
        max_length=16, choices=choices(ExtensionState), default=ExtensionState.ASKED.value, editable=False
    )
    months = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=16)
    promised = models.DateField()
    asked_by = models.CharField(max_length=32)
    created_at = models.DateTimeField()
    approved_by = models.CharField(max_length=32, blank=True)
    approved_at = models.DateTimeField(null=True)
    alone = models.BooleanField(default=False)
    alone_from = models.DateTimeField(null=True)
    notice_by = models.DateField(null=True)
    announced_on = models.DateField(null=True)

    class Meta:
        constraints = [
            within("state", ExtensionState, name="extension_state_is_known"),
            models.CheckConstraint(name="extension_is_one_or_two_months", condition=Q(months__in=[1, 2])),
            within("reason", ExtensionReason, name="extension_reason_is_one_the_law_names"),
            models.CheckConstraint(
                name="extension_is_approved_by_another_person",
                condition=Q(state=ExtensionState.ASKED.value, approved_by="", alone=False)
                | (
                    Q(approved_at__isnull=False)
                    & ~Q(approved_by="")
                    & ~Q(state=ExtensionState.ASKED.value)
                    & (Q(alone=True, asked_by=F("approved_by")) | (Q(alone=False) & ~Q(asked_by=F("approved_by"))))
                )
                | Q(state=ExtensionState.LAPSED.value, approved_by="", alone=False),
            ),
            models.CheckConstraint(
                name="extension_approved_alone_after_the_wait",
                # isnull is said: a CHECK that compares with NULL is neither true nor false, and passes
                condition=Q(alone=False)
                | Q(alone_from__isnull=False, approved_at__isnull=False)
                & Q(created_at__lte=F("alone_from"), approved_at__gte=F("alone_from")),
            ),
            models.CheckConstraint(
                name="extension_in_force_was_announced_in_time",
                condition=~Q(state=ExtensionState.IN_FORCE.value)
                | Q(announced_on__isnull=False, notice_by__isnull=False, announced_on__lte=F("notice_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"+{self.months} ({self.state})"


class Milestone(models.Model):
    """A reminder that was rung, once: unique on case, code and the date it is about."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="milestones")
    code = models.CharField(max_length=16)
    due = models.DateField()
    reached_at = models.DateTimeField()
    # a reminder to the person (M21): the Brussels date it left, by mail or by post; one that never left reminds nobody
    left_on = models.DateField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code", "due"], name="milestone_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.due}"
