"""Versions of the organisation's policy; a case keeps the one it was opened under."""

from django.db import models

from workflow.models.controller import Controller
from workflow.policy import Policy


class PolicyVersion(models.Model):
    """``sha256`` is that of the RFC 8785 bytes of ``values``: the event of the change holds it too."""

    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="policy_versions")
    number = models.PositiveIntegerField()
    values = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["controller", "number"], name="policy_number_once")]

    def __str__(self) -> str:
        return f"policy {self.number}"

    @property
    def policy(self) -> Policy:
        return Policy.from_dict(self.values)
