"""One step of carrying out a decision: what was done, or failed, in one source (T17)."""

from django.db import models
from django.db.models import Q

from workflow.models.choices import choices, within
from workflow.models.claim import Claim
from workflow.states import ExecutionState


class Execution(models.Model):
    """Only steps that failed once have a row: what stands in the way of the answer, and how it was settled."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="executions")
    source = models.SlugField(max_length=64)
    state = models.CharField(max_length=16, choices=choices(ExecutionState))
    tries = models.PositiveSmallIntegerField(default=1)
    failed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "source"], name="execution_once_per_source"),
            within("state", ExecutionState, name="execution_state_is_known"),
            models.CheckConstraint(
                name="execution_settled_says_when_and_by_whom",
                condition=Q(state=ExecutionState.FAILED.value, settled_at__isnull=True, settled_by="")
                | (~Q(state=ExecutionState.FAILED.value) & Q(settled_at__isnull=False) & ~Q(settled_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.state}"
