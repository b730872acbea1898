"""Letters that are only a picture are read by OCR, long after the message has its place; no letter waits for it.

What is read feeds the proposals of the case as the text of an attached letter does, by the way of a message that is
read again. Of an identity document nothing is kept, and a register number is hidden before anything is.
"""

from dataclasses import dataclass

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from dsar.identity.card_words import is_of_an_identity_document
from dsar.identity.register_number import masked_where_misread
from dsar.intake import containing, ocr, sheets, understanding_child
from dsar.intake import services as intake
from dsar.intake.child import SIZE_LIMIT, parse_in_child
from dsar.intake.conditions import conditions
from dsar.intake.models import InboundMessage, MessagePart, MessageState, OcrOutcome, Recognition
from dsar.intake.parsing import ParsedMessage
from dsar.intake.placing import own_domain
from dsar.intake.reading import Reading, read
from dsar.sandbox.ask import SandboxFailed
from dsar.vault import services as vault
from workflow import leases, services
from workflow.actors import INTAKE
from workflow.models import Case
from workflow.sealing import KeyGone
from workflow.states import Language

log = structlog.get_logger(__name__)

ATTEMPTS = 3
LEASE_SECONDS = 900  # longer than the pages of one file may take
KIND = "ocr-text"
_TO_READ = Q(only_a_picture=True, identity_document=False, blob__destroyed_at=None) & (
    Q(message__case__isnull=False) | Q(moved_to__isnull=False)
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of one part; ``text`` only with READ."""

    outcome: OcrOutcome
    text: str = ""


def due() -> list[int]:
    """Parts that nobody has read yet, the oldest first; and those for which the program is here by now."""
    now = timezone.now()
    parts = MessagePart.objects.filter(_TO_READ)
    fresh = Q(recognition__isnull=True)
    again = Q(recognition__in=leases.available(_jobs(), now=now))
    return list(parts.filter(fresh | again).order_by("id").values_list("pk", flat=True)[:100])


def busy() -> bool:
    """One is being read: the next waits, so that mail that comes in finds a worker."""
    return Recognition.objects.filter(outcome="", leased_until__gt=timezone.now()).exists()


def recognise(part_id: int) -> bool:
    """Read one part; False when somebody else has it, it is done, or nothing here reads it."""
    part = MessagePart.objects.filter(_TO_READ).select_related("blob", "message__case", "moved_to").get(pk=part_id)
    row, _made = Recognition.objects.get_or_create(part=part)
    lease = leases.take(_jobs(), row.pk, seconds=LEASE_SECONDS, outcome="", done_at=None)
    if lease is None:
        return False
    mine = Recognition.objects.filter(pk=row.pk, lease=lease, outcome="")
    language = part.message.language
    try:
        found = _look(part, language, attempts=row.attempts)
        sealed = _sealed(part, found)
    except Exception:
        wait = leases.retry_after(row.attempts + 1)
        mine.update(leased_until=None, next_try_at=timezone.now() + wait)
        raise
    return _keep(part, found, sealed, mine, language)


def _look(part: MessagePart, language: str, *, attempts: int) -> _Read:
    if language not in ocr.languages():
        return _Read(OcrOutcome.NOT_HERE)
    try:
        text = ocr.words_of(vault.read(part.blob), language)
    except KeyGone:
        return _Read(OcrOutcome.ERASED)
    except SandboxFailed as error:
        if attempts + 1 < ATTEMPTS:
            raise
        log.warning("a picture could not be read; a person opens it", part=part.pk, why=str(error))
        return _Read(OcrOutcome.FAILED)
    if part.judged_document is None and is_of_an_identity_document(text):
        return _Read(OcrOutcome.IDENTITY)
    return _Read(OcrOutcome.READ, masked_where_misread(text)) if ocr.is_text(text) else _Read(OcrOutcome.NOTHING)


def _sealed(part: MessagePart, found: _Read) -> vault.Prepared | None:
    owner = part.owner
    if found.outcome is not OcrOutcome.READ or owner is None:
        return None
    return vault.prepare(found.text.encode(), kind=KIND, holder=owner.uuid)


def _keep(
    part: MessagePart, found: _Read, sealed: vault.Prepared | None, mine: "QuerySet[Recognition]", language: str
) -> bool:
    """Write what was read and what follows from it, all of it or none."""
    reread = _read_with(part, found.text) if sealed is not None else None
    if reread is not None and part.pk in reread.identity:
        found = _Read(OcrOutcome.IDENTITY)  # its words and its shape together say what it is
        if sealed is not None:
            sealed.discard()
        sealed = None
    try:
        with transaction.atomic():
            text = sealed.save() if sealed is not None else None
            changed = {"outcome": found.outcome.value, "language": language, "text": text, "done_at": timezone.now()}
            if not mine.update(**changed, leased_until=None, next_try_at=None):
                raise _Lost
            if found.outcome is OcrOutcome.IDENTITY:
                MessagePart.objects.filter(pk=part.pk, judged_document=None).update(identity_document=True)
                containing.close_around_documents(part.message_id)
            elif reread is not None and part.moved_to_id is None:
                _propose(part.message, reread)
            # It may have gone to another case meanwhile, whose key the text then hangs on.
            InboundMessage.objects.filter(pk=part.message_id).update(next_try_at=timezone.now())
    except BaseException as error:
        if sealed is not None:
            sealed.discard()
        if isinstance(error, _Lost):
            return False
        raise
    intake.settle(part.message)
    return True


class _Lost(Exception):
    """Somebody else has the job now."""


@dataclass(frozen=True, slots=True)
class _Reread:
    """A message read once more with the words of its pictures; ``identity``: parts that now show what they are."""

    parsed: ParsedMessage
    reading: Reading
    recognised: dict[int, str]
    identity: frozenset[int]


def _read_with(part: MessagePart, text: str) -> _Reread | None:
    """The message with this text and those that were read before; outside any transaction.

    None when the raw mail was destroyed meanwhile, with an identity document in it.
    """
    try:
        with vault.open_blob(part.message.raw) as raw:
            parsed = sheets.opened(parse_in_child(raw.read(SIZE_LIMIT + 1)))
    except KeyGone:
        return None
    rows = {row.sha256: row for row in part.message.parts.select_related("recognition__text")}
    known = vault.read_many(row.recognition.text for row in rows.values() if _was_read(row))
    texts = {part.sha256: text}
    for row in rows.values():
        if _was_read(row) and row.recognition.text.uuid in known:
            texts.setdefault(row.sha256, known[row.recognition.text.uuid].decode())
    recognised = {one.index: texts[one.sha256] for one in parsed.parts if one.sha256 in texts}
    model = understanding_child.model()
    reading = read(parsed, own_domains=(own_domain(),), model=model, recognised=recognised)
    shown = {one.sha256 for one in parsed.parts if one.index in reading.identity_parts}
    identity = frozenset(row.pk for row in rows.values() if row.sha256 in shown and row.judged_document is None)
    return _Reread(parsed, reading, recognised, identity)


def _was_read(row: MessagePart) -> bool:
    found: Recognition | None = getattr(row, "recognition", None)
    return found is not None and found.text is not None


def _propose(message: InboundMessage, reread: _Reread) -> None:
    case: Case | None = message.case
    if case is None:
        return
    sent_to = message.envelope_to.split(",")
    services.reread_message(
        case.pk,
        message=message.uuid,
        digest=message.raw.sha256,
        opens=message.state == MessageState.OPENED.value,
        unreadable=bool(message.unreadable),
        language=Language(reread.reading.language),
        proposed=reread.reading.rights,
        unsure=reread.reading.unsure,
        conditions=conditions(reread.parsed, reread.reading, sent_to=sent_to, recognised=reread.recognised),
        by=INTAKE,
    )


def _jobs() -> "QuerySet[Recognition]":
    """Those without an outcome, and those that can be read here by now."""
    return Recognition.objects.filter(
        Q(outcome="") | Q(outcome=OcrOutcome.NOT_HERE.value, part__message__language__in=ocr.languages())
    )
