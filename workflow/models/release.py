"""Data that wait for the person to download them, and the one-time codes that let them out."""

import uuid

from django.db import models
from django.db.models import F, Q

from workflow.models.case import Case
from workflow.models.choices import choices, within
from workflow.states import CodeEnd, CodeWay, ReleaseEnd

MOST_WRONG = 5
MOST_DOWNLOADS = 3


class Release(models.Model):
    """One export that an approved answer promised: its ``bundle`` waits behind the person's link until ``last_day``.

    ``desk_only``: what it holds needs level L3, so its code is told by telephone or post and never mailed.
    ``other_way_at``: when somebody of staff offered the person post or another way, since nothing was downloaded.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="releases")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    bundle = models.UUIDField()
    desk_only = models.BooleanField(default=False)
    released_at = models.DateTimeField()
    last_day = models.DateField()
    renewed = models.PositiveSmallIntegerField(default=0)
    first_taken_at = models.DateTimeField(null=True)
    other_way_at = models.DateTimeField(null=True)
    other_way_by = models.CharField(max_length=32, blank=True)
    ended = models.CharField(max_length=8, choices=choices(ReleaseEnd), blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            within("ended", ReleaseEnd, name="release_end_is_known", or_empty=True),
            models.UniqueConstraint(fields=["case"], condition=Q(ended=""), name="release_one_at_a_time"),
            models.CheckConstraint(
                name="release_has_ended_at_exactly_when_over",
                condition=Q(ended="", ended_at__isnull=True) | (~Q(ended="") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="release_other_way_says_who",
                condition=Q(other_way_at__isnull=True, other_way_by="")
                | (Q(other_way_at__isnull=False) & ~Q(other_way_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.uuid} ({self.ended or 'open'})"


class ReleaseCode(models.Model):
    """A code for one release; the code itself stands nowhere, only a keyed digest of it.

    ``event_id`` is the event that ordered its letter, or told that the desk gave it.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="codes")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    event_id = models.BigIntegerField(unique=True)
    way = models.CharField(max_length=16, choices=choices(CodeWay))
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    taken = models.PositiveSmallIntegerField(default=0)
    ended = models.CharField(max_length=8, choices=choices(CodeEnd), blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            within("ended", CodeEnd, name="release_code_end_is_known", or_empty=True),
            within("way", CodeWay, name="release_code_way_is_known"),
            models.UniqueConstraint(fields=["release"], condition=Q(ended=""), name="release_code_one_at_a_time"),
            models.CheckConstraint(name="release_code_expires_later", condition=Q(expires_at__gt=F("issued_at"))),
            models.CheckConstraint(
                name="release_code_ends_with_too_many_wrong_ones", condition=Q(wrong__lt=MOST_WRONG) | ~Q(ended="")
            ),
            models.CheckConstraint(name="release_code_opens_three_times", condition=Q(taken__lte=MOST_DOWNLOADS)),
            models.CheckConstraint(
                name="release_code_has_ended_at_exactly_when_over",
                condition=Q(ended="", ended_at__isnull=True) | (~Q(ended="") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"release code {self.uuid} ({self.ended or 'open'})"
