"""``manage.py install``: what ``make run`` does before it starts anything; once per version when scaled."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dsar.operations.install import CannotInstall, accounts_box, prepare


class Command(BaseCommand):
    help = "Brings databases, static files and translations up to date; creates the first accounts."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = prepare(self.stdout.write)
        except CannotInstall as error:
            raise CommandError(str(error)) from None
        if accounts:
            self.stdout.write(accounts_box(accounts, settings.PUBLIC_URL))
