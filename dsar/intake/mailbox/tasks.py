"""The doorbell of the alarms."""

from celery import shared_task

from dsar.intake.mailbox import alarms


@shared_task(ignore_result=True)
def watch() -> None:
    alarms.check()
