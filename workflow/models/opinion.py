"""What the data protection officer thinks of a case or of one right (Art. 38, 39): advice, never a decision."""

import uuid

from django.db import models
from django.db.models import F, Q

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.models.claim import Claim
from workflow.states import Advice


class Opinion(models.Model):
    """``claim`` is empty where it is about the whole case; of an objection, who departs from it says why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="opinions")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="opinions")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    advice = models.CharField(max_length=16, choices=choices(Advice))
    text = models.BinaryField(editable=False)  # sealed
    given_by = models.CharField(max_length=16)
    given_at = models.DateTimeField()
    departed_by = models.CharField(max_length=16, blank=True)
    departed_at = models.DateTimeField(null=True)
    departure = models.BinaryField(null=True, editable=False)  # sealed: why it is not followed

    class Meta:
        ordering = ["id"]
        constraints = [
            within("advice", Advice, name="opinion_advice_is_known"),
            models.CheckConstraint(
                name="opinion_departed_from_says_by_whom_and_why",
                condition=Q(departed_at__isnull=True, departed_by="", departure__isnull=True)
                | (
                    Q(departed_at__isnull=False, departure__isnull=False, advice=Advice.OBJECTS.value)
                    & ~Q(departed_by="")
                ),
            ),
            models.CheckConstraint(
                name="opinion_is_not_departed_from_by_its_author", condition=~Q(departed_by=F("given_by"))
            ),
        ]

    def __str__(self) -> str:
        return self.advice
