"""A reasonable fee for a request that abuses a right, instead of its refusal (Art. 12(5)(a))."""

from django.db import models
from django.db.models import F, Q

from workflow.models.choices import choices
from workflow.models.claim import Claim
from workflow.states import ABUSE, Ground


class Fee(models.Model):
    """The fee of one right: asked by one person, approved by another who is a manager, then told to the person.

    Where it stands says ``Claim.fee``; facts and calculation are sealed in the event. It moves no date and
    stops no clock (domain §2.4). ``pay_by`` and ``told_on`` are Brussels dates.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="fee_row")
    ground = models.CharField(max_length=16, choices=choices(Ground))
    cents = models.PositiveIntegerField()
    asked_by = models.CharField(max_length=32)
    created_at = models.DateTimeField()
    approved_by = models.CharField(max_length=32, blank=True)
    approved_at = models.DateTimeField(null=True)
    alone = models.BooleanField(default=False)
    alone_from = models.DateTimeField(null=True)
    pay_by = models.DateField(null=True)
    told_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fee_is_asked_for_abuse_only",
                condition=Q(ground__in=sorted(ground.value for ground in ABUSE)),
            ),
            models.CheckConstraint(name="fee_is_an_amount", condition=Q(cents__gt=0)),
            models.CheckConstraint(
                name="fee_is_approved_by_another_person",
                condition=Q(approved_by="", approved_at__isnull=True, alone=False, pay_by__isnull=True)
                | (
                    Q(approved_at__isnull=False, pay_by__isnull=False)
                    & ~Q(approved_by="")
                    & (Q(alone=True, asked_by=F("approved_by")) | (Q(alone=False) & ~Q(asked_by=F("approved_by"))))
                ),
            ),
            models.CheckConstraint(
                name="fee_approved_alone_after_the_wait",
                # isnull is said: a CHECK that compares with NULL is neither true nor false, and passes
                condition=Q(alone=False)
                | Q(alone_from__isnull=False, approved_at__isnull=False)
                & Q(created_at__lte=F("alone_from"), approved_at__gte=F("alone_from")),
            ),
            models.CheckConstraint(
                name="fee_is_told_only_once_approved",
                condition=Q(told_on__isnull=True) | Q(approved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cents / 100:.2f} EUR"
