"""``manage.py backup FOLDER``: the data, without a key; ``--keys FILE`` also the key store, apart."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dsar.operations.backup import services
from dsar.operations.backup.dump import DumpUnusable


class Command(BaseCommand):
    help = (
        "Writes database and sealed files into a new folder while people work. The key store goes into --keys FILE, "
        "which keeps the latest only: run it every day, and keep the two and the MASTER_KEY in three places."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="A new or empty folder.")
        parser.add_argument("--keys", type=Path, metavar="FILE", help="Where the key store goes; replaced each time.")

    def handle(self, *args: Any, folder: Path, keys: Path | None, **options: Any) -> None:
        try:
            made = services.make(folder)
            if keys is not None:
                services.make_keys(keys)
        except (services.BackupBroken, DumpUnusable) as broken:
            raise CommandError(str(broken)) from None
        except OSError as error:
            raise CommandError(f"The backup cannot be written: {error.strerror}.") from None
        self.stdout.write(f"The database and {made.files} sealed files are in {folder}.")
        if made.missing:
            raise CommandError(f"{made.missing} sealed files are missing in storage: bring them back, then repeat.")
        self.stdout.write(f"Now: manage.py verify_backup {folder}")
