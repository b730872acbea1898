"""What happened, append-only and hash-chained; no foreign keys, so that nothing can take it away."""

from django.db import models


class Stream(models.Model):
    """The end of one chain; the row is locked while the next event is linked to it."""

    name = models.CharField(max_length=64, primary_key=True)
    seq = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.name} {self.seq}"


class Event(models.Model):
    """``body`` holds the RFC 8785 bytes the hash was made of; the columns repeat what queries need."""

    stream = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    utc = models.DateTimeField()
    actor = models.CharField(max_length=32)
    body = models.BinaryField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["stream", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_seq_once_per_stream"),
            models.CheckConstraint(name="event_seq_begins_at_one", condition=models.Q(seq__gte=1)),
        ]
        indexes = [models.Index(fields=["kind", "utc"], name="event_kind_utc")]

    def __str__(self) -> str:
        return f"{self.stream} {self.seq} {self.kind}"


class EventPayload(models.Model):
    """Text, labels, names and vendor ids of an event: sealed and erasable, committed to by its hash.

    ``sealed`` holds the 16-byte salt followed by the payload's RFC 8785 bytes.
    """

    event = models.OneToOneField(Event, on_delete=models.DO_NOTHING, related_name="payload", db_constraint=False)
    holder = models.UUIDField(db_index=True)
    sealed = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"payload of event {self.event_id}"


class Pending(models.Model):
    """A consumer has not acted on this event yet; it deletes the row with its own write."""

    event = models.ForeignKey(Event, on_delete=models.DO_NOTHING, db_constraint=False)
    consumer = models.CharField(max_length=16)

    class Meta:
        verbose_name_plural = "pending"
        constraints = [models.UniqueConstraint(fields=["event", "consumer"], name="pending_once_per_consumer")]

    def __str__(self) -> str:
        return f"{self.consumer} {self.event_id}"
