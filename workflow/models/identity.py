"""How identity was established: method, level, checker, instant. Never the document."""

import uuid

from django.db import models

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.states import IdentityLevel, IdentityMethod


class IdentityCheck(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="identity_checks")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    method = models.CharField(max_length=32, choices=choices(IdentityMethod))
    level = models.CharField(max_length=2, choices=choices(IdentityLevel))
    note = models.BinaryField(null=True, editable=False)
    checked_by = models.CharField(max_length=32)
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            within("method", IdentityMethod, name="identity_method_is_known"),
            within("level", IdentityLevel, name="identity_level_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.method}"
