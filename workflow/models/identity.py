"""How identity was established: method, level, checker, instant. Never the document."""

import uuid

from django.db import models
from django.db.models import F, Q

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.states import LEVEL_OF_METHOD, IdentityLevel, IdentityMethod

# Through which facts may come: proof of their own, below them on the ladder.
CHANNELS = [method for method, level in LEVEL_OF_METHOD.items() if level in {IdentityLevel.L1, IdentityLevel.L2}]


class IdentityCheck(models.Model):
    """``channel``: the proof that facts known to the person came on top of. ``compared``: of a document, codes with
    commas. Where a second look was asked for, identity stands on it only once somebody else has looked; ``alone``: it
    would have been, but the office is one person's.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="identity_checks")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    method = models.CharField(max_length=32, choices=choices(IdentityMethod))
    level = models.CharField(max_length=2, choices=choices(IdentityLevel))
    note = models.BinaryField(null=True, editable=False)
    checked_by = models.CharField(max_length=32)
    checked_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=32, choices=choices(CHANNELS), blank=True)
    compared = models.CharField(max_length=80, blank=True)
    needs_second_look = models.BooleanField(default=False)
    alone = models.BooleanField(default=False)
    second_by = models.CharField(max_length=32, blank=True)
    second_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            within("method", IdentityMethod, name="identity_method_is_known"),
            within("level", IdentityLevel, name="identity_level_is_known"),
            models.CheckConstraint(
                name="identity_facts_come_through_a_channel",
                condition=Q(method=IdentityMethod.KNOWLEDGE.value, channel__in=[one.value for one in CHANNELS])
                | (~Q(method=IdentityMethod.KNOWLEDGE.value) & Q(channel="")),
            ),
            models.CheckConstraint(
                name="identity_document_says_what_was_compared",
                condition=Q(method=IdentityMethod.DOCUMENT_SEEN.value) & ~Q(compared="")
                | ~Q(method=IdentityMethod.DOCUMENT_SEEN.value) & Q(compared=""),
            ),
            models.CheckConstraint(
                name="identity_alone_is_a_document_nobody_else_looks_at",
                condition=Q(alone=False) | Q(method=IdentityMethod.DOCUMENT_SEEN.value, needs_second_look=False),
            ),
            models.CheckConstraint(
                name="identity_second_look_is_another_persons",
                condition=Q(second_by="", second_at__isnull=True)
                | (
                    Q(needs_second_look=True, second_at__isnull=False)
                    & ~Q(second_by="")
                    & ~Q(second_by=F("checked_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.method}"
