"""The Celery app: a doorbell. Tasks carry ids, the database knows the rest.

Rooms are listed by name: autodiscovery by app would miss tasks inside rooms.
"""

import os

from celery import Celery
from celery.schedules import crontab
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dsar.settings")

# After the settings module is named.
from django.conf import settings

app = Celery("dsar")


def _own_broker() -> str:
    """The broker `make run` has started for this store, for commands run beside it; else none."""
    socket = settings.DATA_DIR / "broker" / "broker.sock"
    return f"redis+socket://{socket}" if socket.is_socket() else "memory://"


app.conf.update(
    broker_url=settings.BROKER_URL or _own_broker(),
    include=[
        "workflow.tasks",
        "notifications.tasks",
        "dsar.intake.tasks",
        "dsar.intake.mailbox.tasks",
        "dsar.exports.tasks",
        "dsar.lists.tasks",
        "dsar.operations.tasks",
    ],
    task_queues=[Queue("intake"), Queue("mail"), Queue("heavy")],
    task_default_queue="mail",
    task_routes={
        "dsar.intake.tasks.recognise": "heavy",
        "dsar.intake.*": "intake",
        "dsar.exports.*": "heavy",
        "dsar.operations.*": "heavy",
    },
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_time_limit=300,
    task_soft_time_limit=240,
    worker_max_tasks_per_child=200,
    worker_max_memory_per_child=300_000,
    worker_soft_shutdown_timeout=3,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "visibility_timeout": 900,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "socket_keepalive": True,
        # publishing must fail at once when the broker is down: the sweep rings later
        "max_retries": 0,
    },
    beat_schedule={
        "mail": {"task": "dsar.intake.tasks.sweep", "schedule": 15.0, "options": {"expires": 15}},
        "senders": {"task": "dsar.intake.tasks.inspect", "schedule": 15.0, "options": {"expires": 15}},
        "viruses": {"task": "dsar.intake.tasks.scan", "schedule": 15.0, "options": {"expires": 15}},
        "pictures": {"task": "dsar.intake.tasks.recognise", "schedule": 15.0, "options": {"expires": 15}},
        "mailboxes": {"task": "dsar.intake.mailbox.tasks.watch", "schedule": 60.0, "options": {"expires": 60}},
        "letters": {"task": "notifications.tasks.sweep", "schedule": 15.0, "options": {"expires": 15}},
        "clock": {"task": "workflow.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
        "exports": {"task": "dsar.exports.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
        "lists": {"task": "dsar.lists.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
        # at night; a clock that stood still then rings when it goes again
        "order": {
            "task": "dsar.operations.tasks.sweep",
            "schedule": crontab(hour="2", minute="40"),
            "options": {"expires": 12 * 3600},
        },
        "documents": {
            "task": "dsar.operations.tasks.destroy_documents",
            "schedule": 900.0,
            "options": {"expires": 900},
        },
        "retention": {
            "task": "dsar.operations.tasks.retain",
            "schedule": crontab(hour="3", minute="10"),
            "options": {"expires": 12 * 3600},
        },
    },
    timezone="UTC",
)
