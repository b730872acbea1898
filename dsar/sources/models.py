"""What a source handed over for a case: sealed files of records, one row each."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from workflow.models.key import unseal_for
from workflow.sealing import KeyGone


class RecordFormat(models.TextChoices):
    JSON = "json", "JSON"
    CSV = "csv", "CSV"


class AttachedFile(models.Model):
    """A file of the person's records, attached to a case and sealed.

    The bytes live in the vault under the case's key; the digest and the counts stay
    readable after they are destroyed, so that the history can be checked.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("workflow.Case", on_delete=models.PROTECT, related_name="attached_files")
    source = models.CharField(max_length=40)
    sealed_name = models.BinaryField(editable=False)
    format = models.CharField(max_length=8, choices=RecordFormat)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    records = models.BigIntegerField()
    blob = models.ForeignKey("dsar.Blob", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=32)
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        app_label = "dsar"
        constraints = [
            models.CheckConstraint(name="attached_file_format_is_known", condition=Q(format__in=RecordFormat.values)),
            models.CheckConstraint(
                name="attached_file_counts_are_not_negative", condition=Q(size__gte=0) & Q(records__gte=0)
            ),
            models.CheckConstraint(
                name="attached_file_says_by_whom_exactly_when_removed",
                condition=Q(removed_at__isnull=True, removed_by="") | (Q(removed_at__isnull=False) & ~Q(removed_by="")),
            ),
            # the same bytes attached twice would give the person every record twice
            models.UniqueConstraint(
                name="attached_file_once_per_case", fields=["case", "sha256"], condition=Q(removed_at__isnull=True)
            ),
        ]
        indexes = [models.Index(name="attached_file_by_case", fields=["case", "source"])]

    def __str__(self) -> str:
        return f"{self.source}:{self.uuid}"

    @cached_property
    def name(self) -> str:
        """The file's own name, which may name a person; "" once the case was erased. Looks into the key store."""
        try:
            return unseal_for(self.case.uuid, self.sealed_name, aad=name_aad(self.uuid)).decode()
        except KeyGone:
            return ""


def name_aad(file: uuid.UUID) -> bytes:
    """Binds a sealed name to its row; the case is bound by the key store."""
    return b"attached-file-name:v1:" + file.bytes
