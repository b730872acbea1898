"""Facts from rooms above that a move depends on, written by those rooms through services."""

from django.db import models
from django.db.models import Q

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.models.claim import Claim
from workflow.states import RequirementCode, RequirementState


class Requirement(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requirements")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="requirements")
    code = models.CharField(max_length=32, choices=choices(RequirementCode))
    state = models.CharField(max_length=16, choices=choices(RequirementState))
    evidence = models.CharField(max_length=120, blank=True)
    as_of = models.DateTimeField()

    class Meta:
        constraints = [
            within("code", RequirementCode, name="requirement_code_is_known"),
            within("state", RequirementState, name="requirement_state_is_known"),
            models.UniqueConstraint(
                fields=["case", "code"], condition=Q(claim__isnull=True), name="requirement_once_per_case"
            ),
            models.UniqueConstraint(
                fields=["case", "claim", "code"], condition=Q(claim__isnull=False), name="requirement_once_per_claim"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.state}"
