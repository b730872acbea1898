"""The columns every job table shares; ``workflow.leases`` moves them."""

import uuid

from django.db import models


class Leased(models.Model):
    """A job: whoever holds the lease works, and the row says when to try again."""

    lease = models.UUIDField(null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)
    next_try_at = models.DateTimeField(null=True, db_index=True, editable=False)

    class Meta:
        abstract = True

    @staticmethod
    def new_lease() -> uuid.UUID:
        return uuid.uuid4()
