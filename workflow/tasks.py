"""Doorbells of the clock."""

from celery import shared_task

from workflow import services


@shared_task(ignore_result=True)
def sweep() -> None:
    """Ring every milestone that time has reached, close what stayed quiet; the tables know which."""
    services.ring()
    services.close_quiet()
