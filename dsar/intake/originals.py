"""Mails and files that hold a national register number go when identity is decided, as identity documents do.

Private use of the number is prohibited (act of 8 August 1983): what is read, shown and searched holds it hidden from
the first moment. The bytes as they arrived are evidence until the decision and are then destroyed; text, words and
digests stay.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from dsar.intake import documents
from dsar.intake.models import InboundMessage, MessagePart, MessageState
from dsar.vault import destroying
from dsar.vault.models import Blob
from workflow import events, services
from workflow.actors import Actor
from workflow.guards import require
from workflow.models import Case
from workflow.permissions import Act
from workflow.services.installing import STREAM
from workflow.states import EventKind

_NOT_ITS_OWN = [MessageState.RECEIVED.value, MessageState.DUPLICATE.value]


def due(now: datetime) -> Iterator[int]:
    """The messages of which bytes with a number have to go, the oldest first."""
    rows = _held().exclude(pk__in=documents.looked_at(now)).select_related("case", "controller", "raw")
    for message in rows.order_by("id").iterator(chunk_size=200):
        if _over(message, now):
            yield message.pk


def destroy(message_id: int, *, by: Actor) -> bool:
    """Order the mail as it arrived, its copies and files with a number to be destroyed; False when it is not time.

    Call ``destroying.carry_out`` afterwards, outside any transaction.
    """
    require(by, Act.APPLY_RETENTION)
    now = timezone.now()
    with transaction.atomic():
        InboundMessage.objects.select_for_update(of=("self",)).get(pk=message_id)
        message = _held().filter(pk=message_id).select_related("case", "controller", "raw").first()
        over = _over(message, now) if message is not None else []
        for what, case, files, why in over:
            destroying.order_of_files([blob for blob in files if blob.destroyed_at is None])
            _tell(what, case, why, by=by, at=now)
    return bool(over)


def sweep(now: datetime, *, by: Actor) -> int:
    """Everything that is due; of how many messages."""
    gone = sum(destroy(message_id, by=by) for message_id in list(due(now)))
    if gone:
        destroying.carry_out()
    return gone


_Over = tuple[InboundMessage | MessagePart, Case | None, list[Blob], str]


def _held():  # type: ignore[no-untyped-def]
    files = _files().filter(message=OuterRef("pk"))
    whole = Q(raw__destroyed_at=None, raw__destruction=None)
    rows = InboundMessage.objects.filter(holds_number=True, erased_at=None).exclude(state__in=_NOT_ITS_OWN)
    return rows.filter(whole | Exists(files))


def _files():  # type: ignore[no-untyped-def]
    return MessagePart.objects.filter(words__isnull=False, blob__destroyed_at=None, blob__destruction=None)


def _over(message: InboundMessage, now: datetime) -> list[_Over]:
    found: list[_Over] = []
    raws = InboundMessage.objects.filter(Q(pk=message.pk) | Q(same_as=message), raw__destroyed_at=None)
    held = [one.raw for one in raws.filter(raw__destruction=None).select_related("raw")]
    why = documents.why(message.case, message, now)
    if held and why:
        found.append((message, message.case, held, why))
    for part in _files().filter(message=message).select_related("blob", "moved_to"):
        part.message = message
        if why := documents.why(part.owner, message, now):
            found.append((part, part.owner, [part.blob], why))
    return found


def _tell(what: InboundMessage | MessagePart, case: Case | None, why: str, *, by: Actor, at: datetime) -> None:
    digest = what.raw.sha256 if isinstance(what, InboundMessage) else what.sha256
    if case is not None:
        services.record_original_destroyed(case.pk, what=what.uuid, digest=digest, why=why, by=by)
        return
    data = {"what": str(what.uuid), "sha256": digest, "destroyed": why}
    events.record(STREAM, EventKind.ORIGINAL_DESTROYED, by=by, at=at, data=data)
