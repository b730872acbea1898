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
