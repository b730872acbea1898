"""Doorbells of intake: ids in, one call; the tables know what is due."""

import time
from datetime import datetime
from typing import Any

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from dsar.intake import inspecting, services
from dsar.sources import by_hand

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 120


@shared_task(ignore_result=True)
def process(message_id: int) -> None:
    services.process(message_id)


@shared_task(ignore_result=True)
def inspect() -> None:
    """Look into messages that have their place, one after the other; what fails waits for its next time."""
    end = time.monotonic() + SWEEP_SECONDS
    for message_id in inspecting.due():
        if time.monotonic() > end:
            return
        try:
            inspecting.inspect(message_id)
        except Exception as error:  # noqa: BLE001  one message must not hold up the others
            log.warning("its sender is looked at later", message=message_id, error=type(error).__name__)


@shared_task(ignore_result=True)
def sweep() -> None:
    """Finish what a crash left half filed and read what nobody rang for, for at most so long.

    The soft time limit never falls into this: it would count as a failure of the message just read.
    """
    end = time.monotonic() + SWEEP_SECONDS
    for message in services.unsettled():
        if time.monotonic() > end:
            return
        try:
            services.settle(message)
        except Exception as error:  # noqa: BLE001  one shredded file must not hold up the others
            log.warning("its files stay where they are", message=message.pk, error=type(error).__name__)
    by_hand.destroy_removed()
    for message_id in services.waiting():
        if time.monotonic() > end:
            return
        try:
            services.process(message_id)
        except Exception as error:  # noqa: BLE001  one bad message must not hold up the others
            log.warning("left for the next sweep", message=message_id, error=type(error).__name__)


def take_in(raw: Any, *, received_at: datetime, **envelope: Any) -> int:
    """Commit one message, then ring. A dead bell costs seconds: the sweep reads the table."""
    message = services.accept(raw, received_at=received_at, **envelope)
    try:
        process.delay(message.pk)
    except OperationalError:
        log.warning("the broker does not answer; the sweep will read this message", message=message.pk)
    return message.pk
