"""Addresses no advertising may go to, for as long as there is advertising (Art. 21(3) GDPR)."""

from django.db import models
from django.utils import timezone

from workflow.models import Controller


class SuppressedAddress(models.Model):
    """One address, known by a keyed digest only: whoever has the table and not the key cannot read or guess it.

    No case and no name: it outlives the case whose answer put it here.
    """

    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="suppressed")
    digest = models.CharField(max_length=64)  # HMAC-SHA256 in hexadecimal, see ``dsar.lists.services``
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        app_label = "dsar"
        constraints = [models.UniqueConstraint(fields=["controller", "digest"], name="suppressed_once")]

    def __str__(self) -> str:
        return f"suppressed address {self.pk}"
