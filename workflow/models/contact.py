"""By what a person was known to us before they wrote, and the one-time codes sent there."""

import uuid

from django.db import models
from django.db.models import F, Q

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.states import CodeEnd, ContactKind, ContactOrigin

MOST_WRONG = 5


class KnownContact(models.Model):
    """An address or number that was on file before the request; what came with the request or later is none.

    ``received_on`` repeats the case's day of receipt, so that the database can hold the rule too.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="known_contacts")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=choices(ContactKind))
    value = models.CharField(max_length=254)
    origin = models.CharField(max_length=16, choices=choices(ContactOrigin))
    known_since = models.DateField()
    received_on = models.DateField()
    recorded_by = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()
    denied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            within("kind", ContactKind, name="contact_kind_is_known"),
            within("origin", ContactOrigin, name="contact_origin_is_known"),
            models.CheckConstraint(name="contact_was_known_before", condition=Q(known_since__lt=F("received_on"))),
            models.UniqueConstraint(fields=["case", "kind", "value"], name="contact_once_per_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} contact {self.uuid}"

    def is_usable(self, case: Case) -> bool:
        """Still older than the request, whose receipt may prove to be an earlier one, and denied by nobody."""
        return self.denied_at is None and self.known_since < case.receipt_date


class NewContact(models.Model):
    """A contact the person wants from now on: told to those on file, and proof of nothing in this case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="new_contacts")
    kind = models.CharField(max_length=8, choices=choices(ContactKind))
    value = models.CharField(max_length=254)
    announced_by = models.CharField(max_length=32)
    announced_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            within("kind", ContactKind, name="new_contact_kind_is_known"),
            models.UniqueConstraint(fields=["case", "kind", "value"], name="new_contact_once_per_case"),
        ]

    def __str__(self) -> str:
        return f"new {self.kind} contact of case {self.case_id}"


class ContactCode(models.Model):
    """A code that went to a contact on file; the code itself stands nowhere, only a keyed digest of it.

    ``event_id`` is the event that ordered its letter.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="codes")
    contact = models.ForeignKey(KnownContact, on_delete=models.PROTECT, related_name="codes")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    event_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    ended = models.CharField(max_length=8, choices=choices(CodeEnd), blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            within("ended", CodeEnd, name="code_end_is_known", or_empty=True),
            models.UniqueConstraint(fields=["case"], condition=Q(ended=""), name="code_one_at_a_time"),
            models.CheckConstraint(name="code_expires_after_it_is_issued", condition=Q(expires_at__gt=F("issued_at"))),
            models.CheckConstraint(
                name="code_ends_with_too_many_wrong_ones", condition=Q(wrong__lt=MOST_WRONG) | ~Q(ended="")
            ),
            models.CheckConstraint(
                name="code_is_not_returned_after_too_many_wrong_ones",
                condition=Q(wrong__lt=MOST_WRONG) | ~Q(ended=CodeEnd.RETURNED.value),
            ),
            models.CheckConstraint(
                name="code_has_ended_at_exactly_when_over",
                condition=Q(ended="", ended_at__isnull=True) | (~Q(ended="") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"code {self.uuid} ({self.ended or 'open'})"
