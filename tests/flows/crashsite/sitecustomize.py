"""Kills the process at a named point. Loaded by Python itself where a test put this folder on PYTHONPATH.

The code under test knows nothing of it: functions are wrapped after their module was imported.
A point strikes when a file of its name stands in ``armed``; taking that file away is what wins
the right to die, so one file is one death, in whichever process came by first.
"""

import functools
import importlib.abc
import importlib.util
import os
import signal
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

FOLDER = Path(os.environ.get("DSAR_TEST_CRASHES", "/nonexistent"))
LEASE = os.environ.get("DSAR_TEST_LEASE")  # seconds, where a test cannot wait two minutes
HASTE = os.environ.get("DSAR_TEST_HASTE")  # letters are tried again soon, where a test cannot wait an hour


def always(*_args, **_options):
    return True


def of_model(name):
    """A lease on a row of this table."""
    return lambda jobs, *_args, **_options: jobs.model.__name__ == name


def raw_mail(*_args, kind="", **_options):
    return kind == "mail-raw"


def whole_mail(_server, data):
    """What goes over the wire is the mail, not a command."""
    return len(data) > 500


@dataclass(frozen=True)
class Point:
    module: str
    function: str
    after: bool = True
    when: object = always


POINTS = {
    "mail-arriving": Point("dsar.intake.listener", "Listener.commit", after=False),
    "mail-file-before-its-folder-is-synced": Point("dsar.vault.storage", "_fsync_folder", after=False),
    "mail-sealed-before-commit": Point("dsar.vault.services", "prepare", when=raw_mail),
    "mail-committed-before-the-bell": Point("dsar.intake.services", "accept"),
    "mail-rung-before-250": Point("dsar.intake.tasks", "take_in"),
    "reading-lease-taken": Point("workflow.leases", "take", when=of_model("InboundMessage")),
    "reading-parsed": Point("dsar.intake.services", "parse_in_child"),
    "reading-sealed": Point("dsar.intake.services", "_read"),
    "placing-event-recorded": Point("workflow.events", "record"),
    "placing-case-opened": Point("workflow.services", "open_case"),
    "placing-before-commit": Point("dsar.intake.services", "_place_once"),
    "placing-committed": Point("dsar.intake.services", "_place"),
    "settling-one-file-moved": Point("dsar.vault.services", "rewrap"),
    "letter-made-before-commit": Point("notifications.services", "_make"),
    "letter-made": Point("notifications.services", "consume"),
    "letter-marked-sending": Point("workflow.leases", "take", when=of_model("Notification")),
    "letter-before-the-dialogue": Point("notifications.delivery", "_dialogue", after=False),
    "letter-sent-before-250": Point("smtplib", "SMTP.send", when=whole_mail),
    "letter-accepted-before-commit": Point("notifications.delivery", "by_smtp"),
    "letter-finished-before-commit": Point("notifications.ends", "tell_the_law"),
    "clock-before-ringing": Point("celery.beat", "Scheduler.apply_async", after=False),
    "clock-after-ringing": Point("celery.beat", "Scheduler.apply_async"),
    "page-asked-for": Point("django.core.handlers.wsgi", "WSGIHandler.__call__", after=False),
}

# Those of a process that fetches mailboxes, which not every run has.
MAILBOX_POINTS = {
    "mailbox-seen": Point("dsar.intake.mailbox.taking", "Visit._look"),
    "mailbox-in-a-transaction": Point("dsar.intake.mailbox.taking", "Visit._hold"),
    "mailbox-piece-read": Point("dsar.intake.mailbox.client", "ImapServer.piece"),
    "mailbox-committed-before-marking": Point("dsar.intake.mailbox.taking", "Visit._commit"),
    "mailbox-marked-before-moving": Point("dsar.intake.mailbox.client", "ImapServer.mark"),
    "mailbox-moved-before-commit": Point("dsar.intake.mailbox.client", "ImapServer.move"),
    "mailbox-moved": Point("dsar.intake.mailbox.taking", "Visit._move"),
    "mailbox-before-counting": Point("dsar.intake.mailbox.taking", "Visit._count", after=False),
    "mailbox-visited": Point("dsar.intake.mailbox.taking", "visit"),
}
EVERY_POINT = POINTS | MAILBOX_POINTS


def strike(name):
    struck = FOLDER / "struck" / f"{name}.{os.getpid()}"
    try:
        (FOLDER / "armed" / name).rename(struck)
    except FileNotFoundError:
        return
    struck.write_text(" ".join(sys.argv))
    os.kill(os.getpid(), signal.SIGKILL)


def wrapped(function, name, point):
    @functools.wraps(function)
    def deadly(*args, **options):
        meant = point.when(*args, **options)
        if meant and not point.after:
            strike(name)
        result = function(*args, **options)
        if meant and point.after:
            strike(name)
        return result

    return deadly


def arm(module):
    if LEASE:
        shorten_leases(module)
    if HASTE:
        hurry_letters(module)
    for name, point in EVERY_POINT.items():
        if point.module == module.__name__:
            *path, last = point.function.split(".")
            owner = functools.reduce(getattr, path, module)
            setattr(owner, last, wrapped(getattr(owner, last), name, point))


def shorten_leases(module):
    if module.__name__ == "workflow.leases":
        module.SECONDS = int(LEASE)
        module.take.__kwdefaults__["seconds"] = int(LEASE)
        module.heartbeat.__kwdefaults__["seconds"] = int(LEASE)
    if module.__name__ == "notifications.services":
        module._DATA_LEASE = int(LEASE)
    if module.__name__ == "dsar.intake.mailbox.decisions":
        module.FIRST_RETRY = module.LONGEST_RETRY = timedelta(seconds=1)
    if module.__name__ == "dsar.intake.mailbox.taking":
        module.RECONCILE_EVERY = timedelta(seconds=int(LEASE))


def hurry_letters(module):
    if module.__name__ == "workflow.leases":
        module.FIRST_RETRY, module.LONGEST_RETRY = 1, 4
    if module.__name__ == "notifications.routes":
        module._FIRST_REST = module.LONGEST_REST = timedelta(seconds=1)
    if module.__name__ == "dsar.settings":
        module.EMAIL_TIMEOUT = 2
    if module.__name__ == "dsar.celery":
        module.app.conf.beat_schedule["letters"]["schedule"] = 3.0


class Arming(importlib.abc.MetaPathFinder):
    """Lets the others find a module, and wraps its functions once it was executed."""

    def __init__(self):
        self.wanted = {point.module for point in EVERY_POINT.values()} | {
            *("dsar.intake.mailbox.decisions", "notifications.routes", "dsar.settings", "dsar.celery"),
        }

    def find_spec(self, name, path=None, target=None):
        if name not in self.wanted:
            return None
        self.wanted.discard(name)  # the finders below are asked next, without this one
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            arm(module)

        spec.loader.exec_module = exec_module
        return spec


if FOLDER.is_dir():
    sys.meta_path.insert(0, Arming())
    for early in {point.module for point in EVERY_POINT.values()} & set(sys.modules):
        arm(sys.modules[early])
