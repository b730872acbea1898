"""Doorbells of the post office: an id in, one call; the tables know what is due."""

import structlog
from celery import Task, shared_task
from kombu.exceptions import OperationalError

from notifications import digests, pacing, sending, services

log = structlog.get_logger(__name__)


@shared_task(ignore_result=True)
def consume(event_id: int) -> None:
    for letter_id in services.consume(event_id):
        ring(deliver, letter_id)


@shared_task(ignore_result=True)
def deliver(letter_id: int) -> None:
    services.deliver(letter_id)


@shared_task(ignore_result=True)
def sweep() -> None:
    """Everything nobody rang for, done here: works with an empty broker."""
    services.sweep_pending()
    services.sweep_held()
    pacing.alarm_late()
    sending.bring_back()
    digests.sweep()
    services.deliver_due()
    sending.check()


def ring(task: Task, row_id: int) -> None:
    """Ring for one row. A dead bell costs seconds: the sweep reads the tables."""
    try:
        task.apply_async((row_id,), retry=False)
    except OperationalError:
        log.warning("the broker does not answer; the sweep will do this", task=task.name, row=row_id)
