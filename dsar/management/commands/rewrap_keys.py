"""python manage.py rewrap_keys: put every key under the current master key."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workflow.models.key import HolderKey
from workflow.sealing import SealBroken, key_id


class Command(BaseCommand):
    help = (
        "Wraps every key of the key store under MASTER_KEY. Before: put the new key into MASTER_KEY and the "
        "earlier one into OLD_MASTER_KEYS, and restart everything. After: remove it from OLD_MASTER_KEYS. "
        "May be stopped, repeated and run while people work."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        try:
            # Again until nothing is left: keys made during a pass may lie behind it.
            while done := HolderKey.objects.rewrap():
                count += done
        except SealBroken as error:
            raise CommandError(str(error)) from error
        current = key_id(settings.MASTER_KEYS[0]).hex()
        self.stdout.write(
            f"{count} keys were put under the master key {current}; every key is under it now. "
            "OLD_MASTER_KEYS may be emptied."
        )
