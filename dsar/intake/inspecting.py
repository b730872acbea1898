"""The look at who sent a message and what is signed in it: after it has its place, outside every transaction.

What is found is shown on the case page and changes nothing. A look that fails is tried again, and after three times
says so itself: no message and no letter waits for it.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Case as CaseOf
from django.db.models import OuterRef, Subquery, Sum, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce
from django.utils import timezone

from dsar.identity import dns
from dsar.identity.evidence import Means, evidence
from dsar.identity.findings import Finding, FindingCode, Tone, tone
from dsar.identity.sender import House
from dsar.intake.child import SIZE_LIMIT, parse_in_child
from dsar.intake.file_types import kind_of
from dsar.intake.models import IN_CASES, InboundMessage, Inspection, SenderFinding
from dsar.vault import services as vault
from workflow import leases
from workflow.sealing import KeyGone, SealBroken

log = structlog.get_logger(__name__)

ATTEMPTS = 3
KIND = "mail-findings"
_LOOKED_AT = [code for code in FindingCode if tone(code) is Tone.LOOK]


def due() -> list[int]:
    """Messages of a case that nobody has looked into yet, the oldest first."""
    now = timezone.now()
    fresh = InboundMessage.objects.filter(state__in=IN_CASES, inspection__isnull=True)
    again = leases.available(Inspection.objects.filter(done_at=None), now=now).values("message_id")
    waiting = fresh | InboundMessage.objects.filter(state__in=IN_CASES, pk__in=again)
    return list(waiting.order_by("id").values_list("pk", flat=True)[:100])


def inspect(message_id: int) -> bool:
    """Look into one message and keep what was found; False when somebody else has it or it is done."""
    message = InboundMessage.objects.select_related("raw", "case").get(pk=message_id)
    if message.state not in IN_CASES:
        return False
    row, _made = Inspection.objects.get_or_create(message=message)
    jobs = Inspection.objects.filter(done_at=None)
    lease = leases.take(jobs, row.pk)
    if lease is None:
        return False
    try:
        looked = _look(message) if row.attempts < ATTEMPTS else [Finding(FindingCode.NOT_INSPECTED)]
        details = vault.prepare(_written(looked), kind=KIND, holder=message.holder)
    except Exception:
        wait = leases.retry_after(row.attempts + 1)
        jobs.filter(pk=row.pk, lease=lease).update(leased_until=None, next_try_at=timezone.now() + wait)
        log.exception("a sender could not be looked at; tried again later", message=message_id)
        raise
    with transaction.atomic():
        mine = Inspection.objects.select_for_update().filter(pk=row.pk, lease=lease, done_at=None).first()
        if mine is not None:
            _keep(mine, looked, details)
    if mine is None:
        details.discard()
        return False
    if row.details is not None:
        vault.destroy(row.details)  # of an earlier look
    _settle(row, message.holder)
    return True


def _settle(row: Inspection, holder: UUID) -> None:
    """The message may have gone to another case meanwhile, whose key its details then hang on."""
    row = Inspection.objects.select_related("message__case", "details").get(pk=row.pk)
    if row.details is not None and row.message.holder != holder:
        vault.rewrap(row.details, holder=row.message.holder)


def findings_of(messages: Iterable[InboundMessage]) -> dict[int, list[Finding]]:
    """Findings by primary key of the message, none where nobody looked yet; without values once they were erased."""
    rows = Inspection.objects.filter(message__in=list(messages), done_at__isnull=False).select_related("details")
    looks = list(rows.prefetch_related("findings"))
    written = vault.read_many(look.details for look in looks if look.details is not None)
    found = {}
    for look in looks:
        values = json.loads(written[look.details.uuid]) if look.details and look.details.uuid in written else []
        codes = [FindingCode(row.code) for row in look.findings.all()]
        told = values if len(values) == len(codes) else [{}] * len(codes)
        found[look.message_id] = [Finding(code, value) for code, value in zip(codes, told, strict=True)]
    return found


def seen_now(message: InboundMessage) -> list[Finding]:
    """Findings of a message without a case, which no job looks into: looked at now, stored nowhere."""
    try:
        return _look(message)
    except KeyGone:
        return []
    except (SealBroken, vault.BlobMissing):
        return [Finding(FindingCode.NOT_INSPECTED)]


def to_look_at() -> CombinedExpression:
    """Annotates cases with what of their senders deserves a look, as bits: a list needs no query of its own.

    ``looked_at`` reads them. The sender of a message of several people is the sender of each of their cases.
    """
    return _bits("inspection__message__case").bitor(_bits("inspection__message__shares__case"))


def _bits(case: str) -> Coalesce:
    rows = SenderFinding.objects.filter(
        **{case: OuterRef("pk")}, inspection__done_at__isnull=False, code__in=_LOOKED_AT
    )
    bits = CaseOf(*(When(code=code.value, then=Value(1 << n)) for n, code in enumerate(_LOOKED_AT)))
    # Each bit once however often it is found: their sum is the set.
    return Coalesce(Subquery(rows.order_by().values(case).annotate(bits=Sum(bits, distinct=True)).values("bits")), 0)


def looked_at(bits: int | None) -> list[FindingCode]:
    """The findings that ``to_look_at`` annotated, in their order."""
    return [code for n, code in enumerate(_LOOKED_AT) if (bits or 0) >> n & 1]


def again(message: InboundMessage) -> None:
    """The message was read anew: it is looked into anew."""
    Inspection.objects.filter(message=message).update(done_at=None, attempts=0, next_try_at=None)


def _keep(row: Inspection, looked: list[Finding], details: vault.Prepared) -> None:
    row.details, row.done_at, row.leased_until = details.save(), timezone.now(), None
    row.save()
    row.findings.all().delete()
    SenderFinding.objects.bulk_create(
        [SenderFinding(inspection=row, position=n, code=one.code.value) for n, one in enumerate(looked, 1)]
    )


def _look(message: InboundMessage) -> list[Finding]:
    with vault.open_blob(message.raw) as sealed:
        raw = sealed.read(SIZE_LIMIT + 1)
    parsed = parse_in_child(raw)
    pdfs = {n: part.data for n, part in enumerate(parsed.parts, 1) if kind_of(part.data) == "application/pdf"}
    return evidence(parsed, raw, pdfs, received_at=message.received_at, means=_means())


def _means() -> Means:
    house = House(
        authserv_id=settings.AUTHSERV_ID,
        receivers=settings.TRUSTED_RECEIVERS,
        domain=settings.MAILBOX.rpartition("@")[2],
        name=settings.CONTROLLER_NAME,
    )
    key = hmac.new(settings.MASTER_KEYS[0], b"register number digest 1", hashlib.sha256).digest()
    return Means(house, settings.SIGNATURE_ROOTS, key, dns.records if settings.CHECK_DKIM else None)


def _written(findings: list[Finding]) -> bytes:
    return json.dumps([dict(one.values) for one in findings]).encode()
