"""``manage.py restore FOLDER --keys FILE``: into an installation that was never used."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from dsar.operations.backup import services


class Command(BaseCommand):
    help = (
        "Fills empty databases and an empty storage from a backup, everything stopped. With the MASTER_KEY of then, "
        "and the latest copy of the key store: what was erased since stays erased."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keys", type=Path, metavar="FILE", help="The key store's copy, where it was lost too.")

    def handle(self, *args: Any, folder: Path, keys: Path | None, **options: Any) -> None:
        for alias in ("keys", "default"):
            call_command("migrate", database=alias, interactive=False, verbosity=0)
        try:
            if keys is not None:
                services.restore_keys(keys)
            count = services.restore(folder)
        except services.BackupBroken as broken:
            raise CommandError(str(broken)) from None
        self.stdout.write(f"The database and {count} sealed files are back. Start with `make run`.")
