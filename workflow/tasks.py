"""Doorbells of the clock."""

from celery import shared_task
from celery.signals import worker_process_init

from workflow import leases, services


@worker_process_init.connect
def count_leases_by_the_database(**_: object) -> None:
    """A worker on another machine may have another clock."""
    leases.go_by_the_database()


@shared_task(ignore_result=True)
def sweep() -> None:
    """Ring every milestone that time has reached, close what stayed quiet; the tables know which."""
    services.ring()
    services.close_quiet()
