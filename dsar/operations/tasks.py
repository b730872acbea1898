"""Once a day: what crashes left behind, letters that lie here longer than they should, and what nobody keeps longer."""

import structlog
from celery import shared_task
from django.utils import timezone

from dsar.operations import retention
from dsar.operations.places import documents, originals
from dsar.vault.sweep import SweepRefused, sweep_orphans
from notifications import delivery
from workflow.actors import RETENTION

log = structlog.get_logger(__name__)
_HOUR = 3600


@shared_task(ignore_result=True, time_limit=_HOUR, soft_time_limit=_HOUR - 60)
def sweep() -> None:
    """Ring once a day. The folder first: it does not depend on the storage answering."""
    now = timezone.now()
    if letters := delivery.clear_folder(now - delivery.KEEP_IN_FOLDER):
        log.info("old letters were deleted from the outbox folder", letters=letters)
    try:
        report = sweep_orphans(now)
    except SweepRefused as refusal:
        log.error("the sealed files were not swept", why=str(refusal))
        return
    log.info(
        "the sealed files were swept",
        files_removed=report.files_removed,
        keys_removed=report.keys_removed,
        finished=report.finished,
        settled=report.settled,
    )
    if report.without_file or report.without_key:
        log.error(
            "sealed files are missing or have no key: bring them back from a backup",
            without_file=[str(uuid) for uuid in report.without_file[:10]],
            without_key=[str(uuid) for uuid in report.without_key[:10]],
            files=len(report.without_file),
            keys=len(report.without_key),
        )


@shared_task(ignore_result=True, time_limit=_HOUR, soft_time_limit=_HOUR - 60)
def destroy_documents() -> None:
    """Ring often: identity documents go soon after the decision, not with the next night."""
    if gone := documents.sweep(timezone.now(), by=RETENTION):
        log.info("identity documents were destroyed", documents=gone)
    if gone := originals.sweep(timezone.now(), by=RETENTION):
        log.info("originals with a national register number were destroyed", messages=gone)


@shared_task(ignore_result=True, time_limit=_HOUR, soft_time_limit=_HOUR - 60)
def retain() -> None:
    """Ring once a day: the tables and the settings say what is no longer kept."""
    report = retention.apply(timezone.now())
    if report.gone or report.stayed:
        gone = {kind.value: count for kind, count in report.gone.items()}
        log.info("what the settings keep no longer was erased", **gone, stayed=report.stayed)
