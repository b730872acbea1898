"""Doorbell of the lists: the orders stand in the table."""

import structlog
from celery import shared_task

from dsar.lists import services

log = structlog.get_logger(__name__)


@shared_task(ignore_result=True)
def sweep() -> None:
    """List everybody whose objection was answered. One order that cannot be followed does not hold up the others."""
    for event_id in services.waiting():
        try:
            services.consume(event_id)
        except Exception:
            log.exception("a person cannot be put on the suppression list; it is tried again", event_id=event_id)
