"""``manage.py verify_backup FOLDER``: read a backup back; mails it holds may then leave their mail server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dsar.operations.backup import services


class Command(BaseCommand):
    help = (
        "Checks every digest of a backup, opens its database and its files, and lets fetched mails that it holds "
        "be removed from their mail server."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            found = services.verify(folder)
        except services.BackupBroken as broken:
            raise CommandError(str(broken)) from None
        self.stdout.write(
            f"The backup of {found.made_at:%Y-%m-%d %H:%M} UTC holds: {found.files} files as they were written, "
            f"{found.opened} of them opened; {found.messages} messages, "
            f"{found.released} of which may now be removed from their mailbox."
        )
