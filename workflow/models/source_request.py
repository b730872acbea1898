"""A colleague or a processor is asked for what they hold of a person, and what came of it."""

from django.db import models
from django.db.models import Q

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.states import SourceAnswer


class SourceRequest(models.Model):
    """``told`` is sealed under the case's key: whom we asked, about whom and for what."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="source_requests")
    told = models.BinaryField(editable=False)
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField()
    reply_by = models.DateField()
    answer = models.CharField(max_length=16, choices=choices(SourceAnswer), blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            within("answer", SourceAnswer, name="source_answer_is_known", or_empty=True),
            models.CheckConstraint(
                name="source_answered_says_what_and_when",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"source request {self.pk}"
