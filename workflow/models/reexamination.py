"""A second look after a complaint or a disagreement (T24), closed only by its letter (M24)."""

import uuid

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.states import ComplaintKind, Means, SecondLook


class Reexamination(models.Model):
    """``involved`` are the codes of all who decided before, as ",S-0002,S-0003,": none of them may examine.

    ``examiner`` is a code of staff, or OUTSIDE: a named person from outside, the name sealed in the event.
    """

    OUTSIDE = "outside"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reexaminations")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16, choices=choices(ComplaintKind))
    opened_at = models.DateTimeField()
    due = models.DateField()  # Brussels
    involved = models.CharField(max_length=1000, default=",")
    examiner = models.CharField(max_length=32, blank=True)
    outcome = models.CharField(max_length=16, choices=choices(SecondLook), blank=True)
    position = models.BinaryField(null=True, editable=False)  # sealed
    decided_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_means = models.CharField(max_length=16, choices=choices(Means), blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            within("kind", ComplaintKind, name="second_look_kind_is_known"),
            within("outcome", SecondLook, name="second_look_outcome_is_known", or_empty=True),
            within("answered_by_means", Means, name="second_look_means_is_known", or_empty=True),
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at__isnull=True), name="one_open_second_look_per_case"
            ),
            models.CheckConstraint(
                name="second_look_by_somebody_not_involved",
                condition=Q(examiner="") | ~Q(involved__contains=Concat(Value(","), F("examiner"), Value(","))),
            ),
            models.CheckConstraint(
                name="second_look_decided_says_by_whom_what_and_why",
                condition=Q(decided_at__isnull=True, outcome="", examiner="")
                | (Q(decided_at__isnull=False, position__isnull=False) & ~Q(outcome="") & ~Q(examiner="")),
            ),
            models.CheckConstraint(
                name="second_look_answered_after_its_decision",
                condition=Q(answered_at__isnull=True, answered_by_means="")
                | (Q(answered_at__isnull=False, decided_at__isnull=False) & ~Q(answered_by_means="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome or 'open'}"
