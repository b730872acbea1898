"""The bundle a person receives: one row per build, the bytes sealed in the vault."""

import uuid

from django.db import models
from django.db.models import Q

from workflow.models.lease import Leased


class BundleState(models.TextChoices):
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"
    STALE = "stale"  # a newer bundle of the same case replaced it


class ExportBundle(Leased):
    """A portability export of a case, built in the background under a lease.

    ``inputs`` is the digest over the attached files it was asked for: two requests
    for the same files are one bundle, and a bundle is current as long as it matches.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("workflow.Case", on_delete=models.PROTECT, related_name="export_bundles")
    state = models.CharField(max_length=12, choices=BundleState, default=BundleState.BUILDING)
    inputs = models.CharField(max_length=64)
    blob = models.ForeignKey("dsar.Blob", on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(null=True)
    records = models.BigIntegerField(null=True)
    tables = models.IntegerField(null=True)
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=32)
    built_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "dsar"
        constraints = [
            models.CheckConstraint(name="export_bundle_state_is_known", condition=Q(state__in=BundleState.values)),
            models.CheckConstraint(
                name="export_bundle_ready_has_its_file",
                condition=~Q(state=BundleState.READY)
                | (Q(blob__isnull=False, built_at__isnull=False, size__isnull=False) & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="export_bundle_failed_says_why", condition=~Q(state=BundleState.FAILED) | ~Q(error="")
            ),
            models.UniqueConstraint(
                name="export_bundle_one_building_per_case",
                fields=["case"],
                condition=Q(state=BundleState.BUILDING),
            ),
        ]
        indexes = [models.Index(name="export_bundle_by_case", fields=["case", "requested_at"])]

    def __str__(self) -> str:
        return f"{self.state}:{self.uuid}"
