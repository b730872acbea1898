"""python manage.py reparse [--all-unreadable | ID...]: read messages again after the parser was mended."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dsar.intake import rereading
from dsar.intake.models import InboundMessage
from workflow.actors import INSTALLER
from workflow.guards import CannotDo


class Command(BaseCommand):
    help = (
        "Reads messages again, for example after an upgrade that understands more of them. Each stays in its case: "
        "its text, its attachments and what is proposed are renewed, and the history says so. May be repeated."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="number of a message")
        parser.add_argument("--all-unreadable", action="store_true", help="all that no machine could read so far")

    def handle(self, *args: Any, ids: list[int], all_unreadable: bool, **options: Any) -> None:
        if bool(ids) == all_unreadable:
            raise CommandError("Name messages by their number, or give --all-unreadable.")
        failed = 0
        for message_id in rereading.unreadable() if all_unreadable else ids:
            try:
                said = self._read(message_id)
            except (CannotDo, InboundMessage.DoesNotExist) as refused:
                failed += 1
                said = getattr(refused, "sentence", "There is no such message.")
            self.stdout.write(f"{message_id}: {said}")
        if failed:
            raise CommandError(f"{failed} of the messages could not be read again; the reasons stand above.")

    def _read(self, message_id: int) -> str:
        renewed = rereading.reparse(message_id, by=INSTALLER)
        code = InboundMessage.objects.values_list("unreadable", flat=True).get(pk=message_id)
        state = f"still to be read by a person ({code})" if code else "readable"
        return f"{state}, renewed" if renewed else f"{state}, nothing new"
