"""What moves the clock, and the milestones it has rung for."""

from django.db import models
from django.db.models import Q

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.states import PauseKind


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

    class Meta:
        ordering = ["id"]
        constraints = [
            within("kind", PauseKind, name="pause_kind_is_known"),
            models.CheckConstraint(
                name="pause_ends_after_it_began",
                condition=Q(answered_on__isnull=True)
                | Q(asked_on__isnull=True)
                | Q(answered_on__gte=models.F("asked_on")),
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(answered_on__isnull=True), name="one_open_pause_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_on}..{self.answered_on or ''}"


class Extension(models.Model):
    """The one extension Art. 12(3) allows: 1 or 2 months, with its reason, promised in a letter."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="extension")
    months = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=16)
    promised = models.DateField()
    asked_by = models.CharField(max_length=32)
    approved_by = models.CharField(max_length=32)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="extension_is_one_or_two_months", condition=Q(months__in=[1, 2])),
            models.CheckConstraint(
                name="extension_reason_is_one_the_law_names", condition=Q(reason__in=["complexity", "number"])
            ),
            models.CheckConstraint(
                name="extension_is_approved_by_another_person", condition=~Q(asked_by=models.F("approved_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"+{self.months}"


class Milestone(models.Model):
    """A reminder that was rung, once: unique on case, code and the date it is about."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="milestones")
    code = models.CharField(max_length=16)
    due = models.DateField()
    reached_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code", "due"], name="milestone_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.due}"
