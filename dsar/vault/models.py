"""What is known of a sealed file; its bytes are in storage, its key in the key store."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Blob(models.Model):
    """One sealed file. Kind, size and digest outlive the bytes: they prove what was once there."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)  # which room wrote it and what it is, e.g. "mail-raw"; never a file name
    holder = models.UUIDField(db_index=True)
    size = models.BigIntegerField()  # bytes before sealing
    sha256 = models.CharField(max_length=64)  # of the bytes before sealing, hexadecimal
    name = models.CharField(max_length=64, unique=True)  # random, in storage
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    destroyed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        app_label = "dsar"
        constraints = [
            models.CheckConstraint(name="blob_size_is_not_negative", condition=Q(size__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class Destruction(models.Model):
    """An order to destroy a holder's everything, or one file: written with the change that decides it.

    Destroying cannot be rolled back, so it happens after the commit; whatever dies in between, the order
    is still there to be carried out.
    """

    holder = models.UUIDField(null=True, unique=True)
    blob = models.OneToOneField(Blob, null=True, on_delete=models.PROTECT, related_name="destruction")
    ordered_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        app_label = "dsar"
        constraints = [
            models.CheckConstraint(
                name="destruction_of_a_holder_or_of_a_file",
                condition=Q(holder__isnull=False, blob__isnull=True) | Q(holder__isnull=True, blob__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["id"], name="destruction_to_do", condition=Q(done_at__isnull=True))]

    def __str__(self) -> str:
        return f"destroy {self.holder or self.blob_id}"
