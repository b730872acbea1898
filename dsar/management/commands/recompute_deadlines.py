"""``manage.py recompute_deadlines --check``: every date of every case again, from its events alone."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.models import Case
from workflow.services import differences


class Command(BaseCommand):
    help = (
        "Recompute the dates of every case from its recorded events alone and compare them with the tables. "
        "Says in a sentence what differs and ends with 1; changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare and report; there is no other way to run it")
        parser.add_argument("--case", metavar="REFERENCE", help="only this case")

    def handle(self, *args: Any, check: bool, case: str | None, **options: Any) -> None:
        if not check:
            raise CommandError("Dates are never rewritten, only compared: add --check.", returncode=2)
        cases = Case.objects.select_related("controller", "policy_version").order_by("id")
        if case:
            cases = cases.filter(reference=case.strip().upper())
            if not cases.exists():
                raise CommandError(f"There is no case {case}.", returncode=2)
        seen = wrong = 0
        for one in cases.iterator(chunk_size=500):
            found = differences(one)
            seen, wrong = seen + 1, wrong + bool(found)
            for sentence in found:
                self.stdout.write(f"{one.reference}: {sentence}.")
        if wrong:
            raise CommandError(f"{wrong} of {seen} cases do not follow from their events.")
        self.stdout.write(f"{seen} cases recomputed from their events, no difference.")
