"""Identity documents go when identity is decided, and never later than the settings say after they arrived.

With the file goes what was read in it and the raw mail that carries it, of every copy; text, other attachments and
all digests stay. A legal hold extends nothing (domain §5). The copy in a fetched mailbox goes with the next look there.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from dsar.identity import erasers
from dsar.identity.erasers import Document
from dsar.intake import containing
from dsar.intake.models import InboundMessage, Inspection, MessagePart, MessageState
from dsar.vault import destroying
from dsar.vault.models import Blob
from workflow import events, services
from workflow.actors import Actor
from workflow.guards import require
from workflow.models import Case
from workflow.permissions import Act
from workflow.services.installing import STREAM
from workflow.states import CaseState, EventKind

# So long the look at the sender may take before the mail it reads is destroyed under it.
_JOBS_END = timedelta(hours=24)
DECIDED, TIME_OVER = "decided", "time_over"


def due(now: datetime) -> Iterator[int]:
    """The parts whose document has to go, the oldest first."""
    rows = (
        _held().exclude(message__in=looked_at(now)).select_related("message__controller", "message__case", "moved_to")
    )
    for part in rows.order_by("id").iterator(chunk_size=200):
        if _why(part, now):
            yield part.pk


def looked_at(now: datetime) -> QuerySet[InboundMessage]:
    """The messages in cases whose sender is still looked at: by the mail as it arrived."""
    undone = Inspection.objects.filter(message=OuterRef("pk"), done_at=None)
    recent = InboundMessage.objects.filter(case__isnull=False, taken_at__gt=now - _JOBS_END)
    return recent.filter(Q(inspection=None) | Exists(undone))


def destroy(part_id: int, *, by: Actor) -> bool:
    """Order one document to be destroyed everywhere and tell its case; False when it is not its time (any more).

    Call ``destroying.carry_out`` afterwards, outside any transaction.
    """
    require(by, Act.APPLY_RETENTION)
    now = timezone.now()
    with transaction.atomic():
        message = MessagePart.objects.values_list("message", flat=True).get(pk=part_id)
        InboundMessage.objects.select_for_update(of=("self",)).get(pk=message)
        rows = _held().select_related("message__controller", "message__case", "moved_to", "blob")
        part = rows.filter(pk=part_id).first()
        reason = _why(part, now) if part is not None else ""
        if part is None or not reason:
            return False
        # What holds the document goes with it, though it may be in another case that has not decided yet.
        around = rows.filter(message=message, path__in=containing.above(part.path))
        for one in [part, *(one for one in around if one.owner is None or one.owner.anonymised_at is None)]:
            erasers.order_everywhere(Document(one.pk, one.message_id, one.uuid, one.sha256))
            _tell(one, reason, by=by, at=now)
    return True


def sweep(now: datetime, *, by: Actor) -> int:
    """Everything that is due; how many documents."""
    destroying.carry_out()  # what a crash left
    gone = sum(destroy(part_id, by=by) for part_id in list(due(now)))
    if gone:
        destroying.carry_out()
    return gone


def _held():  # type: ignore[no-untyped-def]
    rows = MessagePart.objects.filter(identity_document=True, blob__destroyed_at=None, blob__destruction=None)
    return rows.filter(message__erased_at=None).exclude(message__state=MessageState.RECEIVED.value)


def _why(part: MessagePart, now: datetime) -> str:
    return why(part.owner, part.message, now)


def why(case: Case | None, message: InboundMessage, now: datetime) -> str:
    """Why the time of what came with ``message`` and is shown in ``case`` is over; "" while it is not."""
    if case is not None and case.anonymised_at is not None:
        return ""  # its keys are destroyed with the case
    if case is not None and _is_decided(case):
        return DECIDED
    days = timedelta(days=services.retention_of(message.controller).id_days)
    return TIME_OVER if message.received_at + days <= now else ""


def _is_decided(case: Case) -> bool:
    """Identity was verified and is not asked for anew, nobody needs it, or the case is over."""
    asked_again = case.state == CaseState.AWAITING_IDENTITY.value or services.identity_is_wanting(case)
    if not case.is_open:
        return True
    return case.confirmed_at is not None and not asked_again


def _tell(part: MessagePart, reason: str, *, by: Actor, at: datetime) -> None:
    if part.owner is not None:
        services.record_document_destroyed(part.owner.pk, part=part.uuid, digest=part.sha256, why=reason, by=by)
        return
    data = {"part": str(part.uuid), "sha256": part.sha256, "destroyed": reason}
    events.record(STREAM, EventKind.DOCUMENT_DESTROYED, by=by, at=at, data=data)


def _order(document: Document) -> None:
    """The file, what OCR read in it, and the raw mail of the message and of its copies, which carry it too."""
    part = MessagePart.objects.select_related("blob", "words", "recognition__text").get(pk=document.part)
    same = InboundMessage.objects.filter(Q(pk=document.message) | Q(same_as=document.message)).select_related("raw")
    files: list[Blob] = [*part.files, *(message.raw for message in same)]
    destroying.order_of_files([blob for blob in files if blob.destroyed_at is None])


erasers.register(
    "dsar.Blob",
    "dsar.InboundMessage",
    "dsar.MessagePart",
    "dsar.Recognition",
    "sealed/",
    order=_order,
    why="the file, its OCR text and the raw mails that carry it are destroyed: keys first, then bytes",
)
erasers.register(
    "dsar.Share",
    "dsar.Inspection",
    why="text, titles and findings of a mail: register numbers are hidden in them and no attachment stands there",
)
erasers.register(
    "dsar.ServerCopy",
    why="a copy on a mail server is removed with the first look after the decision (intake.mailbox.cleaning)",
)
