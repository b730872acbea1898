"""A letter is a row with a life; the worker only carries it."""

import uuid
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from notifications.kinds import Audience, Letter, NotificationState
from workflow.models import Case, Controller, Leased
from workflow.models.choices import choices, within

WAITING = (
    NotificationState.QUEUED,
    NotificationState.SENDING,
    NotificationState.FAILED,
    NotificationState.UNCERTAIN,
)


class Notification(Leased):
    """One letter to one recipient because of one event, of a case or, about the installation, of a controller.

    ``message_id`` is the letter's identity: made once, kept through every attempt. ``body``
    is sealed under the holder's key; ``recipient`` is a column because delivery and bounces
    look it up, and is erased by retention.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="letters")
    controller = models.ForeignKey(Controller, null=True, on_delete=models.PROTECT, related_name="letters")
    claim_uuid = models.UUIDField(null=True)
    event_id = models.BigIntegerField(null=True)
    letter = models.CharField(max_length=8, choices=choices(Letter))
    audience = models.CharField(max_length=8, choices=choices(Audience))
    language = models.CharField(max_length=2)
    recipient = models.CharField(max_length=254)
    state = models.CharField(max_length=16, choices=choices(NotificationState), default=NotificationState.QUEUED.value)
    message_id = models.CharField(max_length=200, unique=True)
    body = models.BinaryField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    reply = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_id", "letter", "recipient"], name="letter_once_per_event"),
            # One acknowledgement identity per case, whatever happened on the way (design §4.9).
            models.UniqueConstraint(fields=["case"], condition=Q(letter=Letter.M01.value), name="one_m01_per_case"),
            models.CheckConstraint(
                name="letter_belongs_to_a_case_or_to_a_controller",
                condition=(Q(case__isnull=False, controller__isnull=True) & ~Q(letter=Letter.A07B.value))
                | Q(case__isnull=True, controller__isnull=False, letter=Letter.A07B.value),
            ),
            # Drafted from above and sealed first; the event releases it (design §2).
            models.CheckConstraint(
                name="letter_waits_for_its_event_only_as_a_draft",
                condition=Q(event_id__isnull=False)
                | Q(state__in=[NotificationState.DRAFTED.value, NotificationState.CANCELLED.value]),
            ),
            within("state", NotificationState, name="letter_state_is_known"),
            within("audience", Audience, name="letter_audience_is_known"),
            within("letter", Letter, name="letter_code_is_known"),
            models.CheckConstraint(
                name="letter_finished_exactly_when_over",
                condition=Q(
                    state__in=[
                        NotificationState.SENT.value,
                        NotificationState.WRITTEN.value,
                        NotificationState.UNDELIVERABLE.value,
                        NotificationState.CANCELLED.value,
                    ],
                    finished_at__isnull=False,
                )
                | Q(
                    state__in=[
                        NotificationState.DRAFTED.value,
                        NotificationState.QUEUED.value,
                        NotificationState.SENDING.value,
                        NotificationState.FAILED.value,
                        NotificationState.UNCERTAIN.value,
                    ],
                    finished_at__isnull=True,
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                name="letter_due",
                condition=Q(
                    state__in=[
                        NotificationState.QUEUED.value,
                        NotificationState.SENDING.value,
                        NotificationState.FAILED.value,
                        NotificationState.UNCERTAIN.value,
                    ]
                ),
            ),
            # The caps look at the acknowledgements of the last hour.
            models.Index(fields=["finished_at"], name="acknowledgement_recent", condition=Q(letter=Letter.M01.value)),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.state}"

    @property
    def holder(self) -> UUID:
        """Whose key it is sealed under: the case's, without one its own."""
        return self.uuid if self.case is None else self.case.uuid


class Thread(models.Model):
    """How a case is written to: the person's address and the message that is answered.

    ``waits_for_a_person``: the message was first seen long after its receipt, so the acknowledgement
    leaves only once an officer has confirmed the rights. ``number`` of ``people``: which person of a message
    in which several write; 0 of one.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="thread")
    address = models.CharField(max_length=254, blank=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = models.TextField(blank=True)
    acknowledge = models.BooleanField(default=True)
    waits_for_a_person = models.BooleanField(default=False)
    number = models.PositiveSmallIntegerField(default=0)
    people = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="thread_numbers_the_people_of_one_message",
                condition=Q(number=0, people=0) | Q(number__gte=1, people__gte=2, number__lte=F("people")),
            ),
        ]

    def __str__(self) -> str:
        return f"thread of case {self.case_id}"
