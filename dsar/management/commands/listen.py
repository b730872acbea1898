"""``manage.py listen``: the mail listener as a process of its own."""

import asyncio
import errno
from argparse import ArgumentParser
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dsar import env
from dsar.intake import tasks
from dsar.intake.listener import Listener, serve

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Listens for mail to the mailbox (SMTP or LMTP) and stores each before answering 250."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", help="Instead of SMTP_HOST.")
        parser.add_argument("--port", type=int, help="Instead of SMTP_PORT.")

    def handle(self, *args: Any, host: str | None = None, port: int | None = None, **options: Any) -> None:
        host = host or env.text(env.SMTP_HOST)
        port = port or env.integer(env.SMTP_PORT, 1, 65535)
        protocol = env.choice(env.SMTP_PROTOCOL, "smtp", "lmtp")
        listener = Listener(
            tasks.take_in,
            mailbox=settings.MAILBOX,
            aliases=settings.MAILBOX_ALIASES,
            max_bytes=settings.MAX_MAIL_BYTES,
            protocol="lmtp" if protocol == "lmtp" else "smtp",
        )
        try:
            asyncio.run(serve(listener, host, port, ready=lambda taken: log.info("listening for mail", port=taken)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Port {port} is taken by another program: stop that one, or set SMTP_PORT to a free port."
                ) from None
            raise CommandError(
                f"The mail listener cannot listen on {host}:{port} ({error.strerror}): correct SMTP_HOST and SMTP_PORT."
            ) from None
