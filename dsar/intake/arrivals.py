"""Attachments are scanned for viruses after they arrived, as a job of its own; no message and no letter waits for it.

The result stands beside the file. It opens nothing: whoever opens a file has it scanned again (``scanning``). What the
scanner did not like is asked about again every day, since its signatures change; nothing is ever deleted for it.
"""

from datetime import timedelta

import structlog
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from dsar.intake import scanning
from dsar.intake.models import MessagePart, PartScan, ScanVerdict
from dsar.intake.scanning import Answer
from dsar.vault import services as vault
from workflow import leases
from workflow.sealing import KeyGone

log = structlog.get_logger(__name__)

AGAIN = timedelta(days=1)
LEASE_SECONDS = 300  # a large file over a slow scanner
_DISLIKED = [ScanVerdict.FOUND.value, ScanVerdict.REFUSED.value]


def due() -> list[int]:
    """Parts of messages that nobody has scanned, the oldest first, then those to be asked about again."""
    if not settings.CLAMD_URL:
        return []
    now = timezone.now()
    there = MessagePart.objects.filter(blob__destroyed_at=None)
    fresh = there.filter(scan__isnull=True).order_by("id").values_list("pk", flat=True)[:100]
    jobs = leases.available(_jobs(), now=now).filter(part__in=there)
    return [*fresh, *jobs.order_by("verdict", "id").values_list("part", flat=True)[:100]]


def scan(part_id: int) -> bool:
    """Scan one part and keep what the scanner said; False when somebody else has it or it is done."""
    row, _made = PartScan.objects.get_or_create(part_id=part_id)
    lease = leases.take(_jobs(), row.pk, seconds=LEASE_SECONDS)
    if lease is None:
        return False
    part = MessagePart.objects.select_related("blob").get(pk=part_id)
    mine = PartScan.objects.filter(pk=row.pk, lease=lease)
    now = timezone.now()
    try:
        with vault.open_blob(part.blob) as stream:
            answer = scanning.asked(stream)
    except KeyGone:
        return bool(mine.update(verdict=ScanVerdict.ERASED.value, says="", scanned_at=now, leased_until=None))
    except Exception:
        mine.update(leased_until=None, next_try_at=now + leases.retry_after(row.attempts + 1))
        raise
    verdict = _verdict(answer)
    if verdict is ScanVerdict.FOUND:
        log.warning("the virus scanner found something in an attachment; it is kept and not opened", part=part_id)
    changed = {"verdict": verdict.value, "says": answer.found or answer.refused, "scanned_at": now}
    next_try = now + AGAIN if verdict.value in _DISLIKED else None
    return bool(mine.update(**changed, leased_until=None, next_try_at=next_try, attempts=0))


def _jobs() -> "QuerySet[PartScan]":
    return PartScan.objects.filter(Q(verdict="") | Q(verdict__in=_DISLIKED))


def _verdict(answer: Answer) -> ScanVerdict:
    if answer.found:
        return ScanVerdict.FOUND
    return ScanVerdict.REFUSED if answer.refused else ScanVerdict.CLEAN
