"""A possible personal data breach (Art. 33): since when we know of it, and what was decided."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.states import BreachSign, BreachVerdict

NOTICE_WITHIN = timedelta(hours=72)
_KNOWN = Q(aware_at__lte=F("raised_at"))


class Breach(models.Model):
    """``aware_at`` starts the 72 hours; ``settled_at`` ends them: told to the authority, or a reason why not.

    ``letter`` names the letter it is about, if it is one. What is said of it is sealed in the events.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="breaches")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sign = models.CharField(max_length=24, choices=choices(BreachSign))
    letter = models.UUIDField(null=True, editable=False)
    aware_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=32)
    verdict = models.CharField(max_length=16, choices=choices(BreachVerdict), blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.CharField(max_length=32, blank=True)
    authority_at = models.DateTimeField(null=True)
    authority_reference = models.BinaryField(null=True, editable=False)  # sealed
    person_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            within("sign", BreachSign, name="breach_sign_is_known"),
            within("verdict", BreachVerdict, name="breach_verdict_is_known", or_empty=True),
            models.UniqueConstraint(
                fields=["case"], condition=Q(settled_at__isnull=True), name="one_open_breach_per_case"
            ),
            models.CheckConstraint(name="breach_is_known_before_it_is_raised", condition=_KNOWN),
            models.CheckConstraint(
                name="breach_judged_says_by_whom",
                condition=Q(verdict="", judged_by="", judged_at__isnull=True)
                | (~Q(verdict="") & ~Q(judged_by="") & Q(judged_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="breach_settled_exactly_by_a_last_verdict",
                condition=Q(settled_at__isnull=True, verdict__in=["", BreachVerdict.BREACH.value])
                | (Q(settled_at__isnull=False) & ~Q(verdict__in=["", BreachVerdict.BREACH.value])),
            ),
            models.CheckConstraint(
                name="breach_told_to_the_authority_says_when_and_its_reference",
                condition=Q(authority_at__isnull=True, authority_reference__isnull=True)
                & ~Q(verdict=BreachVerdict.NOTIFIED.value)
                | Q(
                    authority_at__isnull=False,
                    authority_reference__isnull=False,
                    verdict=BreachVerdict.NOTIFIED.value,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign} {self.verdict or 'open'}"

    @property
    def notify_by(self) -> datetime:
        """The 72nd hour after we knew (Art. 33(1)); an hour counts as an hour, on Sundays too."""
        return self.aware_at + NOTICE_WITHIN
