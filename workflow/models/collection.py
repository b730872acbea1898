"""One row per source asked for the person's data, and what it answered."""

from django.db import models
from django.db.models import Q

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.states import CollectionState


class Collection(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="collections")
    source = models.SlugField(max_length=64)
    state = models.CharField(max_length=16, choices=choices(CollectionState), default=CollectionState.ASKED.value)
    records = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "source"], name="collection_once_per_source"),
            within("state", CollectionState, name="collection_state_is_known"),
            models.CheckConstraint(
                name="collection_answered_has_answered_at",
                condition=Q(state=CollectionState.ASKED.value) | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.state}"
