"""``manage.py suppressed < addresses``: which of them no advertising may go to."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dsar.lists import services
from dsar.lists.addresses import is_address
from workflow.models import Controller
from workflow.sealing import KeyGone


class Command(BaseCommand):
    help = (
        "Reads addresses, one a line, from standard input and prints those that no advertising may go to, because "
        "their person objected. With --allowed it prints the others: what may be written to. Nothing is stored, and "
        "no address stands on the command line, where every user of the machine could read it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--allowed", action="store_true", help="print those that may be written to")

    def handle(self, *args: Any, allowed: bool, **options: Any) -> None:
        owner = Controller.objects.order_by("id").first()
        if owner is None:
            raise CommandError('Nothing is installed here yet: run "manage.py install".')
        addresses = [line.strip() for line in sys.stdin if line.strip()]
        try:
            found = services.suppressed_among(owner, addresses)
        except ValueError:
            raise CommandError(f"Line {_first_wrong(addresses)} is no address: write one on each line.") from None
        except KeyGone:
            raise CommandError(
                "The key of the list is not in the key store: restore the key store from its backup, and send no "
                "advertising before."
            ) from None
        for address in addresses:
            if (address in found) is not allowed:
                self.stdout.write(address)


def _first_wrong(addresses: list[str]) -> int:
    return next(number for number, address in enumerate(addresses, start=1) if not is_address(address))
