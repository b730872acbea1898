"""Telling each recipient of the data what was rectified, erased or restricted (Art. 19 GDPR)."""

from django.db import models

from workflow.models.choices import choices, within
from workflow.models.claim import Claim
from workflow.states import NoticeState


class RecipientNotice(models.Model):
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="notices")
    recipient = models.SlugField(max_length=64)
    state = models.CharField(max_length=20, choices=choices(NoticeState), default=NoticeState.PLANNED.value)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "recipient"], name="notice_once_per_recipient"),
            models.CheckConstraint(
                name="notice_sent_says_when",
                condition=~models.Q(state=NoticeState.SENT.value) | models.Q(sent_at__isnull=False),
            ),
            within("state", NoticeState, name="notice_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.state}"
