"""``manage.py run``: the whole installation, one command."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dsar.operations.broker import NoBroker
from dsar.operations.install import CannotInstall
from dsar.operations.programs import CannotStart
from dsar.operations.start import start


class Command(BaseCommand):
    help = "Starts web, worker, clock, mail listener and broker as one set; Ctrl-C stops them all."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.begin()
        except (CannotStart, CannotInstall, NoBroker) as error:
            raise CommandError(str(error)) from None

    def begin(self) -> None:
        start()
