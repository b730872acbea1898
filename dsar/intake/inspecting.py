"""The look at who sent a message and what is signed in it: after it has its place, outside every transaction.

What is found is shown on the case page and changes nothing. A look that fails is tried again, and after three times
says so itself: no message and no letter waits for it.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dsar.identity import dns
from dsar.identity.evidence import Means, evidence
from dsar.identity.findings import Finding, FindingCode
from dsar.identity.sender import House
from dsar.intake.child import SIZE_LIMIT, parse_in_child
from dsar.intake.file_types import kind_of
from dsar.intake.models import InboundMessage, Inspection, SenderFinding
from dsar.vault import services as vault
from workflow import leases
from workflow.models import Case

log = structlog.get_logger(__name__)

ATTEMPTS = 3
KIND = "mail-findings"


def due() -> list[int]:
    """Messages of a case that nobody has looked into yet, the oldest first."""
    now = timezone.now()
    fresh = InboundMessage.objects.filter(case__isnull=False, inspection__isnull=True)
    again = leases.available(Inspection.objects.filter(done_at=None), now=now).values("message_id")
    waiting = fresh | InboundMessage.objects.filter(case__isnull=False, pk__in=again)
    return list(waiting.order_by("id").values_list("pk", flat=True)[:100])


def inspect(message_id: int) -> bool:
    """Look into one message and keep what was found; False when somebody else has it or it is done."""
    message = InboundMessage.objects.select_related("raw", "case").get(pk=message_id)
    if message.case is None:
        return False
    row, _made = Inspection.objects.get_or_create(message=message)
    jobs = Inspection.objects.filter(done_at=None)
    lease = leases.take(jobs, row.pk)
    if lease is None:
        return False
    try:
        looked = _look(message) if row.attempts < ATTEMPTS else [Finding(FindingCode.NOT_INSPECTED)]
        details = vault.prepare(_written(looked), kind=KIND, holder=message.case.uuid)
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
    _settle(row, message.case)
    return True


def _settle(row: Inspection, case: Case) -> None:
    """The message may have gone to another case meanwhile, whose key its details then hang on."""
    row = Inspection.objects.select_related("message__case", "details").get(pk=row.pk)
    if row.details is not None and row.message.case is not None and row.message.case != case:
        vault.rewrap(row.details, holder=row.message.case.uuid)


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
