"""A letter is a row with a life; the worker only carries it."""

import uuid
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from notifications.kinds import OF_THE_HOUSE, Audience, Channel, Letter, NotificationState, Why
from workflow.models import Case, Controller, Leased, Staff
from workflow.models.choices import choices, within

# What no event orders but the hour: who gets which, and when, stands in ``Digest``.
_DIGESTS = [Letter.A06.value, Letter.A06D.value]
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
    audience = models.CharField(max_length=16, choices=choices(Audience))
    language = models.CharField(max_length=2)
    recipient = models.CharField(max_length=254)
    state = models.CharField(max_length=16, choices=choices(NotificationState), default=NotificationState.QUEUED.value)
    message_id = models.CharField(max_length=200, unique=True)
    body = models.BinaryField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    reply = models.BinaryField(null=True)
    # codes of the rights it says the person asks for; None where it speaks of none
    named = models.CharField(max_length=200, null=True)
    # which text it was made from: the organisation's number, 0 for the standard one, and the digest of the template
    text_number = models.PositiveIntegerField(default=0)
    text_sha256 = models.CharField(max_length=64, blank=True)
    # the same of the second language, where the letter is in two
    second_text_number = models.PositiveIntegerField(null=True)
    second_text_sha256 = models.CharField(max_length=64, blank=True)
    # A code beside the sealed words: what is shown to somebody who may not read the letter.
    why = models.CharField(max_length=24, choices=choices(Why), blank=True)
    account = models.CharField(max_length=254, blank=True)  # through which of OUTGOING_URL it left

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_id", "letter", "recipient"], name="letter_once_per_event"),
            # One acknowledgement identity per case, whatever happened on the way (design §4.9).
            models.UniqueConstraint(fields=["case"], condition=Q(letter=Letter.M01.value), name="one_m01_per_case"),
            models.CheckConstraint(
                name="letter_belongs_to_a_case_or_to_a_controller",
                condition=(
                    Q(case__isnull=False, controller__isnull=True) & ~Q(letter__in=[one.value for one in OF_THE_HOUSE])
                )
                | Q(case__isnull=True, controller__isnull=False, letter__in=[one.value for one in OF_THE_HOUSE]),
            ),
            # Drafted from above and sealed first; the event releases it (design §2).
            models.CheckConstraint(
                name="letter_waits_for_its_event_only_as_a_draft",
                condition=Q(event_id__isnull=False)
                | Q(letter__in=_DIGESTS)
                | Q(state__in=[NotificationState.DRAFTED.value, NotificationState.CANCELLED.value]),
            ),
            within("state", NotificationState, name="letter_state_is_known"),
            within("audience", Audience, name="letter_audience_is_known"),
            within("letter", Letter, name="letter_code_is_known"),
            within("why", Why, name="letter_reason_is_known", or_empty=True),
            models.CheckConstraint(
                name="letter_finished_exactly_when_over",
                condition=Q(
                    state__in=[
                        NotificationState.SENT.value,
                        NotificationState.WRITTEN.value,
                        NotificationState.POSTED.value,
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
            # The pace looks at what left within the hour, and at what one address got of it.
            models.Index(fields=["finished_at", "recipient"], name="letter_recent"),
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
    leaves only once an officer has confirmed the rights. ``several``: several people seem to ask in it, so it waits
    for the time of triage until an officer has divided it, and names no right before. ``number`` of ``people``:
    which person of a message in which several write; 0 of one.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="thread")
    address = models.CharField(max_length=254, blank=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = models.TextField(blank=True)
    acknowledge = models.BooleanField(default=True)
    waits_for_a_person = models.BooleanField(default=False)
    several = models.BooleanField(default=False)
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


class LetterText(models.Model):
    """The organisation's own text of one letter in one language; the newest counts, none is ever changed.

    Empty means: back to the standard text of the files.
    """

    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="letter_texts")
    letter = models.CharField(max_length=8)
    language = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["controller", "letter", "language", "number"], name="letter_text_once"),
            models.CheckConstraint(name="letter_text_is_numbered_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="letter_text_is_whole_or_standard",
                condition=Q(subject="", body="") | (~Q(subject="") & ~Q(body="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.language} {self.number}"

    @property
    def is_standard(self) -> bool:
        return not self.body


class SendingAccount(models.Model):
    """One of the accounts of OUTGOING_URL, or the folder, as we last found it.

    ``failures`` is how often in a row it was in trouble, ``words`` what it said as far as no recipient was named yet;
    ``named``: it said so of a letter whose recipient it knew, so it may be about that one.
    """

    name = models.CharField(max_length=254, unique=True)
    why = models.CharField(max_length=24, choices=choices(Why), blank=True)
    words = models.CharField(max_length=500, blank=True)
    named = models.BooleanField(default=False)
    failures = models.PositiveIntegerField(default=0)
    failed_since = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            within("why", Why, name="account_reason_is_known", or_empty=True),
            models.CheckConstraint(
                name="account_in_trouble_since_its_first_failure",
                condition=Q(why="", failures=0, failed_since__isnull=True)
                | (~Q(why="") & Q(failures__gte=1, failed_since__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unmade(models.Model):
    """A letter an event orders and that cannot be made, until it is: which one, and what is missing in it."""

    event_id = models.BigIntegerField(unique=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="unmade_letters")
    letter = models.CharField(max_length=8, blank=True)
    missing = models.CharField(max_length=500, blank=True)  # names of variables, or of the error
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"letter of event {self.event_id}"


class Preference(models.Model):
    """How one member of staff wants to hear of what is theirs; without a row: by mail, and the digest of the week.

    ``feed``: SHA-256 of the secret in the address of their calendar, never the secret; empty where there is none.
    """

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="preference")
    channel = models.CharField(max_length=8, choices=choices(Channel), default=Channel.MAIL.value)
    weekly = models.BooleanField(default=True)
    feed = models.CharField(max_length=64, blank=True)
    feed_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            within("channel", Channel, name="preference_channel_is_known"),
            models.UniqueConstraint(fields=["feed"], condition=~Q(feed=""), name="feed_is_one_persons"),
            models.CheckConstraint(
                name="feed_has_its_beginning",
                condition=Q(feed="", feed_since__isnull=True) | (~Q(feed="") & Q(feed_since__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.channel


class Notice(models.Model):
    """One thing one member of staff was told, as the desk lists it: the subject of its letter, nothing of the person.

    ``gathered_on``: in the mail of which Brussels day it stood, for who wants one mail a day.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="notices")
    event_id = models.BigIntegerField()
    letter = models.CharField(max_length=8, choices=choices(Letter))
    text = models.CharField(max_length=250)
    mailed = models.BooleanField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    gathered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_id", "letter", "staff"], name="notice_once_per_event"),
            within("letter", Letter, name="notice_letter_is_known"),
            models.CheckConstraint(
                name="notice_is_mailed_or_gathered", condition=Q(mailed=False) | Q(gathered_on__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["staff", "-id"], name="notice_of_staff")]

    def __str__(self) -> str:
        return f"{self.letter} {self.text}"


class Digest(models.Model):
    """That one member of staff got the digest of one Brussels day, or of the week that begins on it: once."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="digests")
    letter = models.CharField(max_length=8, choices=choices(Letter))
    day = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "letter", "day"], name="digest_once"),
            models.CheckConstraint(name="digest_letter_is_one", condition=Q(letter__in=_DIGESTS)),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.day}"
