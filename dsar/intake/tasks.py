"""Doorbells of intake: ids in, one call; the tables know what is due."""

import time
from datetime import datetime
from typing import Any

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from kombu.exceptions import OperationalError

from dsar.intake import arrivals, inspecting, recognising, services
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
        except SoftTimeLimitExceeded:
            raise  # the task is over, and not this one to blame
        except Exception as error:  # noqa: BLE001  one message must not hold up the others
            log.warning("its sender is looked at later", message=message_id, error=type(error).__name__)


@shared_task(ignore_result=True)
def scan() -> None:
    """Have attachments scanned that came in, as long as the scanner answers."""
    end = time.monotonic() + SWEEP_SECONDS
    for part_id in arrivals.due():
        if time.monotonic() > end:
            return
        try:
            arrivals.scan(part_id)
        except OSError as error:
            log.warning("the virus scanner does not answer; attachments are scanned later", error=type(error).__name__)
            return
        except SoftTimeLimitExceeded:
            raise  # the task is over, and not this one to blame
        except Exception as error:  # noqa: BLE001  one file must not hold up the others
            log.warning("scanned later", part=part_id, error=type(error).__name__)


@shared_task(ignore_result=True, time_limit=recognising.LEASE_SECONDS, soft_time_limit=recognising.LEASE_SECONDS - 60)
def recognise() -> None:
    """Read one picture of a letter, unless another one is being read: most workers stay free for mail."""
    if recognising.busy():
        return
    for part_id in recognising.due()[:1]:
        try:
            recognising.recognise(part_id)
        except SoftTimeLimitExceeded:
            raise  # the task is over, and not this one to blame
        except Exception as error:  # noqa: BLE001  one picture must not hold up the others
            log.warning("this picture is read later", part=part_id, error=type(error).__name__)


@shared_task(ignore_result=True)
def sweep() -> None:
    """Finish what a crash left half filed and read what nobody rang for, for at most so long.

    That is well below the soft time limit, which ends it all the same.
    """
    end = time.monotonic() + SWEEP_SECONDS
    for message in services.unsettled():
        if time.monotonic() > end:
            return
        try:
            services.settle(message)
        except SoftTimeLimitExceeded:
            raise  # the task is over, and not this one to blame
        except Exception as error:  # noqa: BLE001  one shredded file must not hold up the others
            log.warning("its files stay where they are", message=message.pk, error=type(error).__name__)
    by_hand.destroy_removed()
    for message_id in services.waiting():
        if time.monotonic() > end:
            return
        try:
            services.process(message_id)
        except SoftTimeLimitExceeded:
            raise  # the task is over, and not this one to blame
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
