"""Facts from rooms above that a move depends on, written by those rooms through services."""

from django.db import models
from django.db.models import Q

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.models.claim import Claim
from workflow.states import FORMALITIES, Evidence, RequirementCode, RequirementState

# Their evidence names a thing made elsewhere, such as an export.
_OF_OTHER_ROOMS = [RequirementCode.SOURCES_ANSWERED.value, RequirementCode.EXPORT_READY.value]


class Requirement(models.Model):
    """One fact and since when it holds; a claim only where it is that claim's alone."""

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
            models.CheckConstraint(
                name="requirement_evidence_is_known",
                condition=Q(code__in=_OF_OTHER_ROOMS) | Q(evidence__in=[item.value for item in Evidence]),
            ),
            # Only what the policy asks beyond the law can be waived, and only by a person.
            models.CheckConstraint(
                name="requirement_waived_is_a_formality",
                condition=~Q(state=RequirementState.WAIVED.value)
                | Q(code__in=sorted(code.value for code in FORMALITIES), evidence=Evidence.OFFICER.value),
            ),
            models.UniqueConstraint(
                fields=["case", "code"], condition=Q(claim__isnull=True), name="requirement_once_per_case"
            ),
            models.UniqueConstraint(
                fields=["case", "claim", "code"], condition=Q(claim__isnull=False), name="requirement_once_per_claim"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.state}"
