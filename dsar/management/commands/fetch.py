"""``manage.py fetch``: reads the mailboxes of IMAP_URLS as a process of its own."""

import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dsar import env
from dsar.intake.mailbox.accounts import accounts
from dsar.intake.mailbox.watching import Watch, watch_all
from dsar.operations import health

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Fetches mail from the mailboxes of IMAP_URLS, each message once, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="One look into each mailbox, then end.")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        try:
            found = accounts(settings.IMAP_URLS, mailbox=settings.MAILBOX)
            pause = env.integer(env.IMAP_POLL_SECONDS, 1, 900)
        except env.WrongSetting as wrong:
            raise CommandError(str(wrong)) from None
        if not found:
            raise CommandError("No mailbox is configured: set IMAP_URLS, or receive mail through the listener.")
        stop = Event()
        if once:
            for account in found:
                watch = Watch(account, stop, pause=0)
                watch.look()
                watch.hang_up()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        for account in found:
            log.info("fetching mail", mailbox=account.address, tls=account.tls.value)
        watch_all(found, stop, pause=pause, alive=lambda: health.alive("fetch"))
