"""Doorbells of the exports: an id in, one call."""

from celery import shared_task
from django.db import transaction

from dsar.exports import services

# A million records take minutes; the lease, not the clock of the task, tells the dead from the busy.
_HOUR = 3600


@shared_task(ignore_result=True, time_limit=_HOUR, soft_time_limit=_HOUR - 60)
def build(bundle_id: int) -> None:
    services.build(bundle_id)


@shared_task(ignore_result=True)
def sweep() -> None:
    """Destroy what holds another person's file, then ring for every bundle that is due."""
    services.destroy_outdated()
    for bundle_id in services.due():
        build.delay(bundle_id)


def nudge(bundle_id: int) -> None:
    """Ring once the row is committed; a broker that is down costs a minute, not the request."""

    def ring() -> None:  # a function, because Django names it when it fails and a partial has no name
        build.delay(bundle_id)

    transaction.on_commit(ring, robust=True)
