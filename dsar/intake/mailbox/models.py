"""What is known of a mailbox on its server: the account, its folders, and every copy of a message there."""

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import Q

from dsar.intake.models import InboundMessage
from workflow.models import Leased, Mailbox
from workflow.models.choices import choices, within


class CopyState(StrEnum):
    """One message on the server: taken and there, still to be read, taken and no longer there, removed by us."""

    THERE = "there"
    FAILING = "failing"
    GONE = "gone"
    EXPUNGED = "expunged"


class AlarmCode(StrEnum):
    """What staff must look after; each is one sentence on the status page."""

    UNREADABLE = "unreadable"
    COUNTS_DIFFER = "counts_differ"
    MISSED = "missed"
    CANNOT_MOVE = "cannot_move"
    CANNOT_EXPUNGE = "cannot_expunge"
    ASTRAY = "astray"


class MailAccount(Leased):
    """One user on one server; whoever holds the lease is the only one who reads it.

    ``begins_at``: what it received earlier was there before us, whatever other accounts of its address hold; empty
    until its first look, unless somebody set it.
    ``read_at`` is the end of the last complete reading, ``failed_since`` the beginning of the present
    trouble. ``backed_up_until`` is when the last verified backup was made. The counts are those of the last
    reconciliation. ``refresh_token`` is sealed and newer than the one of the environment whose digest is
    ``refresh_token_of``.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=320, unique=True)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="accounts")
    begins_at = models.DateTimeField(null=True, editable=False)
    read_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    failed_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=16, blank=True)
    counted_at = models.DateTimeField(null=True)
    server_count = models.PositiveIntegerField(default=0)
    our_count = models.PositiveIntegerField(default=0)
    difference = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    cannot_move = models.BooleanField(default=False)
    cannot_expunge = models.BooleanField(default=False)
    backed_up_until = models.DateTimeField(null=True)
    refresh_token = models.BinaryField(null=True, editable=False)
    refresh_token_of = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        app_label = "dsar"

    def __str__(self) -> str:
        return self.name


class MailFolder(models.Model):
    """One folder; UIDs hold while ``uidvalidity`` stands. ``next_uid``: all before it were looked at."""

    account = models.ForeignKey(MailAccount, on_delete=models.PROTECT, related_name="folders")
    name = models.CharField(max_length=500)
    processed = models.BooleanField(default=False)
    uidvalidity = models.BigIntegerField(default=0)
    next_uid = models.BigIntegerField(default=0)

    class Meta:
        app_label = "dsar"
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="folder_once_per_account"),
            models.UniqueConstraint(fields=["account"], condition=Q(processed=True), name="one_processed_folder"),
        ]

    def __str__(self) -> str:
        return self.name


class ServerCopy(models.Model):
    """One message on the server, taken in exactly once: written in the transaction that commits its bytes.

    After a move the same row names the new place. ``size`` is what the server announced and ``sha256``
    is of the raw bytes, so that a message which reappears (moved by somebody, or after a new
    UIDVALIDITY) is known again. ``backed_up_at``: a verified backup of then holds it. ``looked_for_at``: it left
    without us, and somebody made sure that it lies nowhere else on the server.
    """

    folder = models.ForeignKey(MailFolder, on_delete=models.PROTECT, related_name="copies")
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=choices(CopyState))
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    message = models.ForeignKey(InboundMessage, null=True, on_delete=models.PROTECT, related_name="copies_on_server")
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    backed_up_at = models.DateTimeField(null=True)
    looked_for_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "dsar"
        constraints = [
            within("state", CopyState, name="copy_state_is_known"),
            models.UniqueConstraint(fields=["folder", "uidvalidity", "uid"], name="copy_once_per_uid"),
            models.CheckConstraint(
                name="copy_has_a_message_unless_it_is_failing",
                condition=Q(state=CopyState.FAILING.value, message__isnull=True)
                | (~Q(state=CopyState.FAILING.value) & Q(message__isnull=False) & ~Q(sha256="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["size"],
                name="copy_gone",
                condition=Q(state__in=[CopyState.GONE.value, CopyState.EXPUNGED.value]),
            ),
            models.Index(fields=["taken_at"], name="copy_there", condition=Q(state=CopyState.THERE.value)),
        ]

    def __str__(self) -> str:
        return f"{self.uidvalidity}/{self.uid} ({self.state})"


class MailAlarm(models.Model):
    """Something staff must look after, from when until when; one of a kind stands at a time.

    ``told_at`` is when staff were last written to about it; empty as long as nobody was.
    """

    account = models.ForeignKey(MailAccount, on_delete=models.PROTECT, related_name="alarms")
    code = models.CharField(max_length=16, choices=choices(AlarmCode))
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "dsar"
        constraints = [
            within("code", AlarmCode, name="alarm_code_is_known"),
            models.UniqueConstraint(
                fields=["account", "code"], condition=Q(cleared_at__isnull=True), name="one_alarm_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.code
