"""Bytes first: a message is sealed and committed, then read, then routed. Nothing is ever dropped."""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.identity.register_number import masked
from dsar.intake import (
    automatic,
    containing,
    keys,
    numbers,
    outside,
    parsing,
    parts,
    passing,
    placing,
    routing,
    sheets,
    titles,
    twins,
    understanding_child,
)
from dsar.intake.child import SIZE_LIMIT, parse_in_child
from dsar.intake.file_types import kind_of
from dsar.intake.models import IN_CASES, InboundMessage, Inspection, MessagePart, MessageState, digest_of_id
from dsar.intake.parsing import ParsedMessage, Part
from dsar.intake.placing import Sealed, address_is_too_long, follow, own_domain, take_up
from dsar.intake.reading import Reading, read
from dsar.vault import services as vault
from workflow import leases
from workflow import services as law
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.models import Case, HolderKey, Mailbox
from workflow.permissions import Act
from workflow.sealing import KeyGone, SealBroken

log = structlog.get_logger(__name__)

# After three failures, or six times that whoever read it was killed, nobody reads it again: a person looks at it.
# A kill counts half, since most have nothing to do with the message (a restart, another program's memory).
ATTEMPTS = 6
CANNOT_BE_OPENED = "cannot_be_opened"
ADDRESS_TOO_LONG = "address_too_long"


def accept(
    raw: bytes | BinaryIO | Iterable[bytes],
    *,
    source: str,
    received_at: datetime,
    envelope_from: str = "",
    envelope_to: Sequence[str] = (),
    mailbox: str = "",
    also: Callable[[InboundMessage], None] = lambda message: None,
) -> InboundMessage:
    """Seal and commit one message; when this returns, it can no longer be lost.

    ``received_at`` is the instant it reached the server, with a zone: from it the time
    limit runs. ``also`` is done in the transaction that commits the message. Raises whatever
    keeps the bytes from being durable: the caller then answers "try again" and nothing has happened.
    """
    HolderKey.objects.check_master_key()
    identity = uuid.uuid4()
    prepared = vault.prepare(raw, kind="mail-raw", holder=identity)
    with transaction.atomic():
        box = _mailbox(envelope_to, mailbox)
        message = InboundMessage.objects.create(
            uuid=identity,
            mailbox=box,
            controller_id=box.controller_id,
            source=source,
            received_at=received_at,
            taken_at=timezone.now(),
            envelope_from=envelope_from[:320],
            envelope_to=",".join(envelope_to)[:2000],
            raw=prepared.save(),
        )
        also(message)
    return message


def _mailbox(envelope_to: Sequence[str], named: str) -> Mailbox:
    for address in (*envelope_to, named, settings.MAILBOX):
        local, _at, domain = address.lower().rpartition("@")
        found = Mailbox.objects.filter(address=f"{local.partition('+')[0]}@{domain}").first()
        if found is not None:
            return found
    raise Mailbox.DoesNotExist("No mailbox is set up yet: run “manage.py run” once.")


def waiting() -> list[int]:
    """Messages to be read, the oldest first."""
    jobs = InboundMessage.objects.filter(state=MessageState.RECEIVED.value)
    return list(leases.available(jobs, now=timezone.now()).order_by("id").values_list("pk", flat=True)[:200])


def process(message_id: int) -> MessageState | None:
    """Read one message and give it its place; None when somebody else has it or it is done.

    Safe to repeat at any point: the place is taken in one transaction.
    """
    jobs = InboundMessage.objects.filter(state=MessageState.RECEIVED.value)
    lease = leases.take(jobs, message_id)
    if lease is None:
        return None
    message = InboundMessage.objects.select_related("raw", "controller").get(pk=message_id)
    try:
        sealed = _read(message)
        state = _place(message, sealed)
    except Exception:
        attempts = message.attempts + 1  # the lease counted one already
        InboundMessage.objects.filter(pk=message_id, lease=lease).update(
            leased_until=None, attempts=attempts, next_try_at=timezone.now() + leases.retry_after(attempts // 2)
        )
        log.exception("a message could not be read; it is kept and tried again", message=message_id)
        raise
    if state is MessageState.DUPLICATE:
        for prepared in sealed.files:
            prepared.discard()
    if state is not MessageState.DIVIDED:
        for portion in sealed.portions:
            portion.discard()
    settle(message)
    return state


def settle(message: InboundMessage) -> None:
    """Put the message's files under the key of what it belongs to; may be repeated.

    Placing the message left a ``next_try_at``, which goes once every file has moved: whatever
    interrupts this, the sweep finds it again.
    """
    message.refresh_from_db()
    if message.state not in IN_CASES:
        return
    if message.unreadable == CANNOT_BE_OPENED:
        InboundMessage.objects.filter(pk=message.pk).update(next_try_at=None)
        return  # its key opens nothing here, so it cannot be moved either
    owned = [(blob, message.holder) for blob in (message.raw, message.text, message.head) if blob is not None]
    look = Inspection.objects.filter(message=message, details__isnull=False).select_related("details").first()
    owned += [(look.details, message.holder)] if look and look.details else []
    for part in message.parts.select_related("blob", "words", "moved_to", "recognition__text"):
        owned += [(blob, part.moved_to.uuid if part.moved_to else message.holder) for blob in part.files]
    for share in message.shares.select_related("text", "head", "case"):
        owned += [(blob, share.case.uuid) for blob in (share.text, share.head) if blob is not None]
    for blob, holder in owned:
        if blob.holder != holder and blob.destroyed_at is None:
            vault.rewrap(blob, holder=holder)
    InboundMessage.objects.filter(pk=message.pk).update(next_try_at=None)


def unsettled() -> list[InboundMessage]:
    """Linked messages of which a file may still hang on the message's own key (a crash in between)."""
    linked = InboundMessage.objects.filter(state__in=IN_CASES, next_try_at__lte=timezone.now())
    return list(linked.select_related("case").order_by("id")[:200])


def promote(message_id: int, *, breach: str = "", by: Actor) -> Case:
    """An officer says that a person wrote a filed message, or one from before: a case with its true receipt time.

    What proves to belong to a case joins it; what looks like a follow-up is flagged, as when it comes by itself.
    ``breach``: what it tells of a possible data breach, known since it reached us; the alarm is of the same act.
    """
    require(by, Act.WORK_ON_CASE)
    message = InboundMessage.objects.select_related("raw", "controller").get(pk=message_id)
    sealed = read_again(message, by_person=True)
    with transaction.atomic():
        message = InboundMessage.objects.select_for_update().get(pk=message_id)
        if (
            message.state not in {MessageState.FILED.value, MessageState.BEFORE.value}
            or message.judged
            or message.erased_at
        ):
            raise CannotDo(_("This message was dealt with already. Reload the page to see what was done."))
        case = take_up(message, sealed, by=by)
        if breach:
            law.report_breach(case.pk, words=breach, aware_at=message.received_at, by=by)
    settle(message)
    return case


def read_again(message: InboundMessage, *, by_person: bool = False) -> Sealed:
    """What a message says, of which nothing is stored; outside any transaction.

    ``by_person``: an officer said that a person wrote it, whatever it looks like.

    Raises KeyGone when it was erased, SealBroken or BlobMissing when it cannot be opened.
    """
    message.attempts = 0  # of this object only: what failed before may have been mended
    return _read_bytes(message, store=False, by_person=by_person)


# -- reading --------------------------------------------------------------------------------


def _read(message: InboundMessage) -> Sealed:
    try:
        return _read_bytes(message, store=True)
    except (SealBroken, KeyGone, vault.BlobMissing):
        if message.attempts <= ATTEMPTS:
            raise
        # A restored backup may bring the bytes back; the person's clock does not wait for it.
        log.error("a stored message cannot be opened; its case is opened unreadable", message=message.pk)
        parsed = parsing.scan(b"", CANNOT_BE_OPENED)
        return Sealed(parsed, read(parsed), twins.key_of_bytes(message))


def _read_bytes(message: InboundMessage, *, store: bool, by_person: bool = False) -> Sealed:
    with vault.open_blob(message.raw) as sealed:
        raw = sealed.read(SIZE_LIMIT + 1)
    if message.attempts > ATTEMPTS:
        parsed = parsing.scan(raw, "processing_failed")
    else:
        parsed = sheets.opened(parse_in_child(raw))
    model = understanding_child.model()
    reading = read(parsed, own_domains=(own_domain(),), model=model, by_person=by_person)
    if not by_person and _goes_on_with_a_case(message, parsed, reading):
        reading = read(parsed, own_domains=(own_domain(),), model=model, by_person=True)
    # Of a mail too large to be read only the digest of the whole says what it is.
    key = keys.content_key(parsed, raw) if len(raw) <= SIZE_LIMIT else twins.key_of_bytes(message)
    sender = parsed.sender.address if parsed.sender else ""
    colleague = outside.is_a_colleague(sender)
    through = passing.passed(parsed, reading, own_domains=(own_domain(),), colleague=colleague, model=model)
    found = Sealed(parsed, reading, key, passed=through)
    return _with_portions(stored(found, holder=message.uuid), message.uuid) if store else found


def _goes_on_with_a_case(message: InboundMessage, parsed: ParsedMessage, reading: Reading) -> bool:
    """It would be filed for its words alone, and belongs to a case: what may be a person's is read as theirs."""
    return routing.is_filed(parsed, reading) and routing.is_in_a_thread(
        parsed, reading, controller=message.controller, envelope_to=tuple(filter(None, message.envelope_to.split(",")))
    )


def _with_portions(read: Sealed, holder: uuid.UUID) -> Sealed:
    """The same with each person's part where the mail is surely several people's; placing decides whether it counts."""
    if read.passed is not None:
        found = parts.passed_portions(read.passed)
    else:
        found = parts.sure_portions(read.parsed, read.reading, own_domains=(own_domain(),))
    return replace(read, portions=tuple(parts.sealed(portion, holder=holder) for portion in found))


def stored(read: Sealed, *, holder: uuid.UUID, without: Collection[int] = ()) -> Sealed:
    """The same with its text, titles and parts sealed and durable, but for the parts whose index is ``without``."""
    parsed = read.parsed
    text = vault.prepare(masked(parsed.text).encode(), kind="mail-text", holder=holder) if parsed.text else None
    wanted = [part for part in parsed.parts if part.index not in without]
    files = tuple(vault.prepare(numbers.kept(part), kind="mail-part", holder=holder) for part in wanted)
    found = numbers.words_of_files(wanted, read.reading)
    words = {n: vault.prepare(said.encode(), kind="part-words", holder=holder) for n, said in found.items()}
    head = titles.prepare(parsed, read.reading, holder=holder)
    return replace(read, text=text, head=head, parts=files, words=words)


# -- placing --------------------------------------------------------------------------------


def _place(message: InboundMessage, sealed: Sealed) -> MessageState:
    try:
        with transaction.atomic():
            return _place_once(message.pk, sealed)
    except IntegrityError:
        # Two copies were placed at the same moment and the other one won: this is the copy.
        with transaction.atomic():
            return _place_once(message.pk, sealed)


def _place_once(message_id: int, sealed: Sealed) -> MessageState:
    message = (
        InboundMessage.objects.select_for_update(of=("self",))
        .select_related("controller", "raw", "mailbox")
        .get(pk=message_id)
    )
    if message.state != MessageState.RECEIVED.value:
        return MessageState(message.state)
    _describe(message, sealed)
    twin = twins.twin(message, sealed.parsed)
    if twin is not None:
        message.state, message.same_as = MessageState.DUPLICATE.value, twin
        placing.came_earlier(message, twin)
        in_a_tray = twin.state in {MessageState.FILED.value, MessageState.BEFORE.value}
        if in_a_tray and not _lay_there_before(message):
            placing.recover(twin, message, sealed)
    else:
        _store_content(message, sealed)
        if _lay_there_before(message):
            message.state = MessageState.BEFORE.value
        else:
            follow(message, sealed)
    message.lease, message.leased_until = None, None
    # Until its files have moved, see settle().
    message.next_try_at = timezone.now() if message.state in IN_CASES else None
    message.save()
    return MessageState(message.state)


def _lay_there_before(message: InboundMessage) -> bool:
    """Fetched from a mailbox that received it before this installation began: an officer says what it is.

    Each account has a start of its own: beside one that we read for long, another may be in use for years.
    """
    if message.source != "imap":
        return False
    copy = message.copies_on_server.select_related("folder__account").order_by("id").first()
    begins = (copy.folder.account.begins_at if copy else None) or message.mailbox.begins_at
    return begins is not None and message.received_at < begins


def _describe(message: InboundMessage, sealed: Sealed) -> None:
    parsed, reading = sealed.parsed, sealed.reading
    if message.source in {"lmtp", "pipe", "imap"}:
        message.received_at = parsing.receipt_instant(
            parsed, trusted=settings.TRUSTED_RECEIVERS, now=message.received_at
        )
    if message.source == "imap":
        # The envelope is gone by then; what it said of us stands in Delivered-To and its like.
        ours = [to.address for to in parsed.recipients if automatic.is_own_address(to.address, (own_domain(),))]
        message.envelope_to = ",".join(dict.fromkeys(ours))[:2000]
    sender = parsed.sender
    message.kind = reading.kind
    message.language = reading.language
    message.content_key = sealed.content_key
    message.text_key = twins.text_key(parsed)
    message.message_id = parsed.message_id[:998]
    message.message_id_digest = digest_of_id(parsed.message_id)
    message.sender = sender.address if sender and not address_is_too_long(parsed) else ""
    message.sender_name = masked(sender.name if sender else "")[:200]
    message.about = reading.about.kept
    message.takes_back = bool(reading.takes_back)
    message.holds_number = numbers.holds_one(parsed, reading)
    message.unreadable = parsed.unreadable or (ADDRESS_TOO_LONG if address_is_too_long(parsed) else "")


def _store_content(message: InboundMessage, sealed: Sealed) -> None:
    if sealed.text is not None:
        message.text = sealed.text.save()
    if sealed.head is not None:
        message.head = sealed.head.save()
    for position, (part, prepared) in enumerate(zip(sealed.parsed.parts, sealed.parts, strict=True), start=1):
        columns = described(part, position, sealed.reading)
        words = sealed.words[part.index].save() if part.index in sealed.words else None
        MessagePart.objects.create(message=message, blob=prepared.save(), words=words, **columns)
    containing.close_around_documents(message.pk)


def described(part: Part, position: int, reading: Reading) -> dict[str, Any]:
    """The columns of a part."""
    return {
        "position": position,
        "path": part.path[:200],
        "content_type": part.content_type[:120],
        "found_type": kind_of(part.data),
        "inline": part.inline,
        "size": len(numbers.kept(part)),
        "sha256": part.sha256,
        "identity_document": part.index in reading.identity_parts,
        "only_a_picture": part.index in reading.unread_parts,
    }
