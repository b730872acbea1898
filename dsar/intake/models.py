"""Every message that ever reached us: bytes first, then what became of it."""

import hashlib
import uuid
from enum import StrEnum
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from dsar.identity.findings import FindingCode
from dsar.intake.enclosures import Through
from dsar.intake.file_types import CALENDARS, ENCRYPTED, MAILS, PICTURES, SIGNATURES, one_name
from dsar.vault.models import Blob
from workflow.models import Case, Controller, Leased, Mailbox
from workflow.models.choices import choices, within


class MessageState(StrEnum):
    """messages = cases opened + attached + divided + filed + duplicates + before, always.

    Divided: several people wrote in it, and each has a case that holds their part. Before: it lay in a
    fetched mailbox when we began; an officer says what it is.
    """

    RECEIVED = "received"
    OPENED = "opened"
    ATTACHED = "attached"
    DIVIDED = "divided"
    FILED = "filed"
    DUPLICATE = "duplicate"
    BEFORE = "before"


class Judgement(StrEnum):
    """What an officer said of a message from before we began that is not to become a case."""

    ANSWERED = "answered"
    NO_REQUEST = "no_request"


class SuggestedBy(StrEnum):
    """What makes a case a candidate for a message, the strongest first."""

    TOKEN = "token"  # noqa: S105  a reason, not a secret
    MESSAGE_ID = "message_id"
    REFERENCE = "reference"
    DAMAGED_TOKEN = "damaged_token"  # noqa: S105
    ADDRESS = "address"
    NAME = "name"
    SAME_TEXT = "same_text"


def digest_of_id(identifier: str) -> str:
    """What a Message-ID is looked up by: SHA-256 in hexadecimal; "" of none."""
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest() if identifier else ""


# Messages whose files hang on a key of what they belong to.
IN_CASES = [MessageState.OPENED.value, MessageState.ATTACHED.value, MessageState.DIVIDED.value]


class InboundMessage(Leased):
    """``raw`` is sealed and committed before anything is read from it.

    ``head`` holds the subject and the names of the attachments, see ``dsar.intake.titles``.
    ``about`` names the people whose data it is about, where they are not the sender ("A B; C D").
    ``text_key`` is a keyed digest of what it says and brings, whoever sent it; "" of very little.
    ``message_id_digest`` is searched instead of the id: an id may be longer than PostgreSQL
    takes into an index.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="messages")
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="messages")
    state = models.CharField(max_length=16, choices=choices(MessageState), default=MessageState.RECEIVED.value)
    source = models.CharField(max_length=8)
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    envelope_from = models.CharField(max_length=320, blank=True)
    envelope_to = models.CharField(max_length=2000, blank=True)
    raw = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    text = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    head = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=2, blank=True)
    content_key = models.CharField(max_length=64, blank=True, db_index=True)
    text_key = models.CharField(max_length=64, blank=True, db_index=True)
    message_id = models.CharField(max_length=998, blank=True)
    message_id_digest = models.CharField(max_length=64, blank=True, db_index=True)
    sender = models.CharField(max_length=254, blank=True, db_index=True)
    sender_name = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=400, blank=True)
    holds_number = models.BooleanField(default=False)  # a national register number, in the bytes as they arrived
    unreadable = models.CharField(max_length=32, blank=True)
    flag = models.CharField(max_length=32, blank=True)
    takes_back = models.BooleanField(default=False)  # its writer wants an earlier request to go no further
    judged = models.CharField(max_length=16, blank=True)
    erased_at = models.DateTimeField(null=True, editable=False)
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")

    class Meta:
        app_label = "dsar"
        constraints = [
            within("state", MessageState, name="message_state_is_known"),
            models.UniqueConstraint(
                fields=["controller", "content_key"],  # one mail to two controllers is two requests
                condition=~Q(state=MessageState.DUPLICATE.value) & ~Q(content_key=""),
                name="message_content_once",
            ),
            models.CheckConstraint(
                name="message_belongs_to_a_case_exactly_when_opened_or_attached",
                condition=Q(state__in=[MessageState.OPENED.value, MessageState.ATTACHED.value], case__isnull=False)
                | Q(
                    state__in=[
                        MessageState.RECEIVED.value,
                        MessageState.DIVIDED.value,
                        MessageState.FILED.value,
                        MessageState.DUPLICATE.value,
                        MessageState.BEFORE.value,
                    ],
                    case__isnull=True,
                ),
            ),
            within("judged", Judgement, name="message_judgement_is_known", or_empty=True),
            models.CheckConstraint(
                name="message_erased_names_nobody",
                condition=Q(erased_at__isnull=True)
                | Q(envelope_from="", envelope_to="", sender="", sender_name="", message_id="", message_id_digest=""),
            ),
            models.CheckConstraint(
                name="message_erased_is_about_nobody",
                condition=Q(erased_at__isnull=True) | Q(about=""),
            ),
            models.CheckConstraint(
                name="message_is_judged_only_when_from_before",
                condition=Q(judged="") | Q(state=MessageState.BEFORE.value),
            ),
        ]
        indexes = [
            models.Index(
                fields=["controller", "-received_at", "-id"],
                name="message_from_before",
                condition=Q(state=MessageState.BEFORE.value, judged=""),
            ),
            models.Index(
                fields=["controller", "-id"],
                name="message_filed",
                condition=Q(state=MessageState.FILED.value, erased_at__isnull=True),
            ),
            models.Index(fields=["id"], name="message_to_read", condition=Q(state=MessageState.RECEIVED.value)),
            models.Index(
                fields=["id"],
                name="message_to_settle",
                condition=Q(state__in=IN_CASES, next_try_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} ({self.state})"

    @property
    def holder(self) -> UUID:
        """Whose key its files are kept under: its case's, or its own where it is nobody's or several people's."""
        return self.case.uuid if self.case is not None else self.uuid


class MessagePart(models.Model):
    """An attachment: its own sealed blob, so that an ID scan can go while the request stays.

    ``path`` is its place in the MIME tree ("1.2.1"), to find it again inside the raw mail.
    ``moved_to`` is the case an officer put it into when it is not the message's own. ``words`` is what stays of a file
    that holds a national register number: its text without it.
    """

    message = models.ForeignKey(InboundMessage, on_delete=models.PROTECT, related_name="parts")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField()
    path = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    found_type = models.CharField(max_length=120, blank=True)  # by its bytes; "" where they tell none
    inline = models.BooleanField(default=False)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    identity_document = models.BooleanField(default=False)
    judged_document = models.BooleanField(null=True, editable=False)  # what an officer said of it, if one did
    only_a_picture = models.BooleanField(default=False)  # of words, perhaps, that only OCR reads
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    moved_to = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="moved_parts")

    class Meta:
        app_label = "dsar"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="part_once_per_message"),
            models.CheckConstraint(
                name="part_is_what_an_officer_said",
                condition=Q(judged_document__isnull=True) | Q(judged_document=F("identity_document")),
            ),
        ]

    @property
    def files(self) -> list[Blob]:
        """All that is kept of it: the file, its words, and what OCR read in it."""
        read: Recognition | None = getattr(self, "recognition", None)
        return [blob for blob in (self.blob, self.words, read.text if read else None) if blob is not None]

    @property
    def is_picture(self) -> bool:
        """One that can be shown as pixels."""
        return self.found_type in PICTURES

    @property
    def is_something_else(self) -> bool:
        """Its bytes are of another type than its sender says; what nobody can tell is no contradiction."""
        said = self.content_type.lower()
        vague = said in {"application/octet-stream", "text/plain"} or self.found_type == "application/zip"
        sealed = "pkcs7" in said or "pgp" in said  # one name for signed and encrypted alike
        return bool(self.found_type) and not vague and not sealed and one_name(said) != one_name(self.found_type)

    @property
    def is_encrypted(self) -> bool:
        """Only who has the key can read it."""
        return self.found_type in ENCRYPTED

    @property
    def is_signature(self) -> bool:
        """A signature, or the envelope of a signed message whose content was read."""
        return self.found_type in SIGNATURES

    @property
    def is_calendar(self) -> bool:
        return self.content_type.lower() in CALENDARS

    @property
    def is_mail(self) -> bool:
        return self.content_type.lower() in MAILS

    def __str__(self) -> str:
        return f"part {self.position} of message {self.message_id}"

    @property
    def owner(self) -> Case | None:
        """The case it is shown in."""
        return self.moved_to or self.message.case


class Share(models.Model):
    """What of a divided message is one person's, and the case that holds it; ``number`` counts them from 1.

    ``text`` and ``head`` (see ``dsar.intake.titles``) are under the case's key. The message itself stays whole under
    its own, with every attachment that is nobody's alone.
    """

    message = models.ForeignKey(InboundMessage, on_delete=models.PROTECT, related_name="shares")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="shares")
    number = models.PositiveSmallIntegerField()
    text = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    head = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "dsar"
        ordering = ["number"]
        constraints = [
            # Never two persons in one case, whoever tries.
            models.UniqueConstraint(fields=["message", "case"], name="share_is_one_persons"),
            models.UniqueConstraint(fields=["message", "number"], name="share_once_per_person"),
            models.CheckConstraint(name="share_counts_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"part {self.number} of message {self.message_id}"


class SeveralPeople(models.Model):
    """A message in which several people seem to write, until an officer has divided it or said that it is one's."""

    message = models.OneToOneField(InboundMessage, on_delete=models.PROTECT, related_name="several_people")
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        app_label = "dsar"
        constraints = [
            models.CheckConstraint(
                name="several_people_says_by_whom_exactly_when_settled",
                condition=Q(settled_at__isnull=True, settled_by="") | (Q(settled_at__isnull=False) & ~Q(settled_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.message_id} names several people"


class OutsideMail(models.Model):
    """A colleague's own mail to the person of a case, with our mailbox in copy: whether it answers, an officer says.

    ``answers`` is None until then. Which rights it answers stands with them, see ``workflow.services.outside``.
    """

    message = models.OneToOneField(InboundMessage, on_delete=models.PROTECT, related_name="outside")
    answers = models.BooleanField(null=True, editable=False)
    judged_at = models.DateTimeField(null=True, editable=False)
    judged_by = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        app_label = "dsar"
        constraints = [
            models.CheckConstraint(
                name="outside_mail_says_by_whom_exactly_when_judged",
                condition=Q(answers__isnull=True, judged_at__isnull=True, judged_by="")
                | (Q(answers__isnull=False, judged_at__isnull=False) & ~Q(judged_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.message_id} was written by a colleague"


class ScanVerdict(StrEnum):
    """What the virus scanner said of a file when it came in; a file without one waits for its turn."""

    CLEAN = "clean"
    FOUND = "found"
    REFUSED = "refused"
    ERASED = "erased"


class PartScan(Leased):
    """The look of the virus scanner at an attachment after it arrived: a job, done once there is a verdict.

    ``says`` is the scanner's own word: what it found, or why it could not scan. The file stays whatever it is.
    """

    part = models.OneToOneField(MessagePart, on_delete=models.CASCADE, related_name="scan")
    verdict = models.CharField(max_length=8, choices=choices(ScanVerdict), blank=True)
    says = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "dsar"
        constraints = [
            within("verdict", ScanVerdict, name="scan_verdict_is_known", or_empty=True),
            models.CheckConstraint(
                name="scan_has_a_time_exactly_when_there_is_a_verdict",
                condition=Q(verdict="", scanned_at__isnull=True) | (~Q(verdict="") & Q(scanned_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.verdict or 'to be scanned'}"


class OcrOutcome(StrEnum):
    """What came of reading a picture. Not here: nothing on this machine reads it; identity: its words are not kept."""

    READ = "read"
    NOTHING = "nothing"
    NOT_HERE = "not_here"
    FAILED = "failed"
    IDENTITY = "identity"
    ERASED = "erased"


class Recognition(Leased):
    """The reading of a part that is only a picture: a job, done once there is an outcome.

    ``text`` is what OCR read, national register numbers hidden; ``language`` the one it was read for.
    """

    part = models.OneToOneField(MessagePart, on_delete=models.CASCADE, related_name="recognition")
    outcome = models.CharField(max_length=8, choices=choices(OcrOutcome), blank=True)
    language = models.CharField(max_length=2, blank=True)
    text = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "dsar"
        constraints = [
            within("outcome", OcrOutcome, name="ocr_outcome_is_known", or_empty=True),
            models.CheckConstraint(
                name="ocr_is_done_exactly_when_there_is_an_outcome",
                condition=Q(outcome="", done_at__isnull=True) | (~Q(outcome="") & Q(done_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="ocr_keeps_a_text_exactly_when_it_read_one",
                condition=Q(outcome=OcrOutcome.READ.value, text__isnull=False)
                | (~Q(outcome=OcrOutcome.READ.value) & Q(text__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"OCR of {self.part}: {self.outcome or 'to be done'}"


class Inspection(Leased):
    """The look at who sent a message and what is signed in it: a job until ``done_at``.

    ``details`` holds what the findings name, people and addresses, in their order.
    """

    message = models.OneToOneField(InboundMessage, on_delete=models.PROTECT, related_name="inspection")
    details = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "dsar"

    def __str__(self) -> str:
        return f"inspection of message {self.message_id}"


class SenderFinding(models.Model):
    """One thing seen about a message's sender or signatures: a code, shown and never acted on."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=32, choices=choices(FindingCode))

    class Meta:
        app_label = "dsar"
        ordering = ["position"]
        constraints = [
            within("code", FindingCode, name="finding_code_is_known"),
            models.UniqueConstraint(fields=["inspection", "position"], name="finding_once_per_place"),
        ]

    def __str__(self) -> str:
        return self.code


class Suggestion(models.Model):
    """A case that a message may belong to, and why; written when its own case is opened, shown to an officer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="suggestions")
    candidate = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=16, choices=choices(SuggestedBy))

    class Meta:
        app_label = "dsar"
        ordering = ["id"]
        constraints = [
            within("why", SuggestedBy, name="suggestion_reason_is_known"),
            models.UniqueConstraint(fields=["case", "candidate", "why"], name="suggestion_once"),
            models.CheckConstraint(name="suggestion_is_another_case", condition=~Q(candidate=F("case"))),
        ]

    def __str__(self) -> str:
        return f"{self.case} may belong to {self.candidate} ({self.why})"


class PassedOn(models.Model):
    """A request that came through another: what the mail says of its writer, until an officer confirms.

    ``through`` says whose address brought it, ``colleague`` is that address. ``at`` is when the mail says that it
    reached us; the case's own receipt is the earlier plausible instant until then.
    ``doubtful``: our mail server did not find that a colleague sent it; then nobody is the writer before an officer has
    ``compared`` it with the original in the colleague's mailbox.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="passed_on")
    colleague = models.CharField(max_length=254)
    through = models.CharField(max_length=9, choices=choices(Through), default=Through.COLLEAGUE.value)
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=998, blank=True)
    doubtful = models.BooleanField(default=False, editable=False)
    compared = models.BooleanField(default=False, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        app_label = "dsar"
        constraints = [
            within("through", Through, name="passed_on_through_is_known"),
            models.CheckConstraint(
                name="passed_on_says_by_whom_exactly_when_confirmed",
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by="")),
            ),
            models.CheckConstraint(
                name="passed_on_in_doubt_is_compared_before_confirmed",
                condition=Q(doubtful=False) | Q(confirmed_at__isnull=True) | Q(compared=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, passed on"
