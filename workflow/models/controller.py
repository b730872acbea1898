"""The controller who answers, the mailboxes people write to, and the counter of references."""

from django.db import models


class Controller(models.Model):
    """The organisation responsible for the processing (Art. 4(7) GDPR)."""

    code = models.SlugField(max_length=32, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Mailbox(models.Model):
    """An address of the controller where requests arrive.

    ``begins_at``: what a fetched mailbox received earlier was there before this installation; people
    sort it, and nobody is written to by itself. Empty where nothing is fetched; an account that is fetched beside
    the first has a start of its own.
    """

    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="mailboxes")
    address = models.CharField(max_length=254, unique=True)
    begins_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return self.address


class ReferenceCounter(models.Model):
    """Last reference given in a Brussels year; the row is locked while the next one is taken."""

    controller = models.ForeignKey(Controller, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["controller", "year"], name="one_counter_per_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
