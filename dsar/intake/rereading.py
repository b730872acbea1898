"""A message read again after the parser was mended: what was kept of it is renewed, its place stays as it is."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.identity.register_number import masked
from dsar.intake import containing, inspecting, numbers, placing, twins
from dsar.intake import services as intake
from dsar.intake.models import InboundMessage, MessagePart, MessageState, PassedOn, digest_of_id
from dsar.intake.placing import Sealed
from dsar.vault import services as vault
from dsar.vault.models import Blob
from notifications.models import Thread
from workflow import events, services
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.permissions import Act
from workflow.sealing import KeyGone, SealBroken
from workflow.services.installing import STREAM
from workflow.states import EventKind, Language

__all__ = ["reparse", "unreadable"]

_PLACED = {state.value for state in MessageState} - {MessageState.RECEIVED.value, MessageState.DUPLICATE.value}
_ASIDE = 1_000_000  # positions of parts while they are given new ones


@dataclass(frozen=True, slots=True)
class _Matched:
    """Which stored part each part of the new reading is, by its index; and the stored ones that are none of them.

    Of those the ``moved`` ones belong to another case, and stay.
    """

    old: dict[int, MessagePart]
    gone: list[MessagePart]
    moved: list[MessagePart]


def unreadable() -> list[int]:
    """Messages in their place that no machine could read, the oldest first."""
    return list(
        InboundMessage.objects.filter(state__in=_PLACED, erased_at=None)
        .exclude(unreadable="")
        .order_by("id")
        .values_list("pk", flat=True)
    )


def reparse(message_id: int, *, by: Actor) -> bool:
    """Read a message again and renew its text, its parts and what is proposed; False when nothing is new.

    It stays where it is: no case is opened by this and none is left. A part that was destroyed stays so. Raises
    CannotDo when the message has no place yet, or its original is gone or cannot be opened.
    """
    require(by, Act.WORK_ON_CASE)
    message = InboundMessage.objects.select_related("raw", "text").get(pk=message_id)
    if message.state == MessageState.DIVIDED.value:
        raise CannotDo(_("This message was divided among its people: their parts stay as they are."))
    if message.state not in _PLACED:
        raise CannotDo(_("This message waits to be read for the first time, or is a copy of another one."))
    try:
        found = intake.read_again(message)
    except KeyGone:
        raise CannotDo(_("The original of this message was erased: it cannot be read again.")) from None
    except (SealBroken, vault.BlobMissing):
        sentence = _("The original of this message cannot be opened: restore it from a backup, then read it again.")
        raise CannotDo(sentence) from None
    matched = _match(message, found)
    if _is_known(message, found, matched):
        return False
    sealed = intake.stored(found, holder=message.raw.holder, without=matched.old)
    try:
        gone = _renew(message, sealed, by=by)
    except BaseException:
        for file in sealed.files:
            file.discard()
        raise
    for blob in gone:
        vault.destroy(blob)
    intake.settle(message)
    return True


def _match(message: InboundMessage, found: Sealed) -> _Matched:
    free = defaultdict(list)
    for row in message.parts.select_related("blob", "recognition__text").order_by("-position"):
        free[row.sha256].append(row)
    old = {part.index: free[part.sha256].pop() for part in found.parsed.parts if free[part.sha256]}
    left = [row for rows in free.values() for row in rows]
    return _Matched(old, [row for row in left if not row.moved_to_id], [row for row in left if row.moved_to_id])


def _is_known(message: InboundMessage, found: Sealed, matched: _Matched) -> bool:
    text = hashlib.sha256(masked(found.parsed.text).encode()).hexdigest() if found.parsed.text else ""
    reading = found.reading
    noted = (message.kind, message.language, message.unreadable, message.about, message.takes_back)
    said = (reading.kind, reading.language, found.parsed.unreadable or _too_long(message))
    return (
        noted == (*said, reading.about.kept, bool(reading.takes_back))
        and (message.text.sha256 if message.text else "") == text
        and not matched.gone
        and len(matched.old) == len(found.parsed.parts)
    )


def _too_long(message: InboundMessage) -> str:
    return message.unreadable if message.unreadable == intake.ADDRESS_TOO_LONG else ""


@transaction.atomic
def _renew(seen: InboundMessage, sealed: Sealed, *, by: Actor) -> list[Blob]:
    """Write what was read; the files that nothing names any more."""
    message = InboundMessage.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    matched = _match(message, sealed)
    if (message.state, message.case_id) != (seen.state, seen.case_id) or len(matched.old) + len(sealed.parts) != len(
        sealed.parsed.parts
    ):
        raise CannotDo(_("This message was changed in the meantime: read it again."))
    gone = [blob for blob in (message.text, message.head) if blob is not None]
    gone += [blob for row in matched.gone for blob in row.files if blob.destroyed_at is None]
    was_unreadable = bool(message.unreadable)
    _describe(message, sealed)
    _renew_parts(message, sealed, matched)
    message.next_try_at = timezone.now() if message.case_id else None  # until its files have moved, see settle()
    message.save()
    inspecting.again(message)
    _tell(message, sealed, was_unreadable=was_unreadable, by=by)
    return gone


def _describe(message: InboundMessage, sealed: Sealed) -> None:
    parsed = sealed.parsed
    _identify(message, parsed.message_id, sealed.content_key)
    message.kind, message.language = sealed.reading.kind, sealed.reading.language
    message.holds_number = numbers.holds_one(parsed, sealed.reading)
    message.text_key, message.about = twins.text_key(parsed), sealed.reading.about.kept
    message.takes_back = bool(sealed.reading.takes_back)
    message.unreadable = parsed.unreadable or _too_long(message)
    if parsed.sender and not message.sender and not message.unreadable:
        message.sender, message.sender_name = parsed.sender.address, masked(parsed.sender.name)[:200]
    message.text = sealed.text.save() if sealed.text else None
    message.head = sealed.head.save() if sealed.head else None


def _identify(message: InboundMessage, message_id: str, key: str) -> None:
    message.message_id, message.message_id_digest = message_id[:998], digest_of_id(message_id)
    if not message_id:
        return  # its bytes are its identity, and they are the same
    others = InboundMessage.objects.filter(controller_id=message.controller_id, content_key=key).exclude(pk=message.pk)
    if others.exclude(state=MessageState.DUPLICATE.value).exists():
        message.flag = "same_content"  # two cases of one mail, seen only now: a person merges them
    else:
        message.content_key = key


def _renew_parts(message: InboundMessage, sealed: Sealed, matched: _Matched) -> None:
    MessagePart.objects.filter(pk__in=[row.pk for row in matched.gone]).delete()
    message.parts.update(position=F("position") + _ASIDE)
    fresh = iter(sealed.parts)
    for position, part in enumerate(sealed.parsed.parts, start=1):
        row = matched.old.get(part.index)
        columns = intake.described(part, position, sealed.reading)
        if row is not None:  # what was once taken for one stays one, unless an officer said otherwise
            judged, before = row.judged_document, row.identity_document
            columns["identity_document"] = (columns["identity_document"] or before) if judged is None else judged
        if row is not None:
            columns.pop("size")  # of the file that stays
            MessagePart.objects.filter(pk=row.pk).update(**columns)
        else:
            words = sealed.words[part.index].save() if part.index in sealed.words else None
            MessagePart.objects.create(message=message, blob=next(fresh).save(), words=words, **columns)
    for position, row in enumerate(matched.moved, start=len(sealed.parsed.parts) + 1):
        MessagePart.objects.filter(pk=row.pk).update(position=position)
    containing.close_around_documents(message.pk)


def _tell(message: InboundMessage, sealed: Sealed, *, was_unreadable: bool, by: Actor) -> None:
    parsed, reading = sealed.parsed, sealed.reading
    if message.case_id is None:
        data = {"message": str(message.uuid), "sha256": message.raw.sha256, "unreadable": bool(message.unreadable)}
        events.record(STREAM, EventKind.MESSAGE_REREAD, by=by, at=timezone.now(), data=data)
        return
    opens = message.state == MessageState.OPENED.value
    if opens:
        placing.propose_writer(message, parsed, by=by)
    # Of what a colleague passed on an officer says who wrote it, and so who is written to.
    if opens and was_unreadable and not PassedOn.objects.filter(case_id=message.case_id).exists():
        thread = Thread.objects.filter(case_id=message.case_id)
        thread.update(acknowledge=placing.deserves_acknowledgement(parsed, message.sender, reading))
        thread.filter(address="").update(address=message.sender)
    services.reread_message(
        message.case_id,
        message=message.uuid,
        digest=message.raw.sha256,
        opens=opens,
        unreadable=bool(message.unreadable),
        language=Language(reading.language),
        by=by,
        **placing.asked_by(message, sealed, opens=opens),
    )
    if message.case is not None:
        placing.ask_whether_several(message, sealed)
    if was_unreadable and message.case is not None:
        placing.raise_alarms(message.case, sealed, opened=opens, since=message.received_at)
