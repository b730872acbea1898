"""``manage.py retention [--dry-run]``: erases what the settings keep no longer, or says what would go."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dsar.operations import retention
from workflow.workdays import brussels_date


class Command(BaseCommand):
    help = (
        "Erases what the settings keep no longer: exports, messages that were no request, closed cases. "
        "With --dry-run it erases nothing and says in sentences what would go. The clock does the same every night."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="erase nothing, say what would go")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="with --dry-run: what would go on that day")

    def handle(self, *args: Any, dry_run: bool, on: str | None, **options: Any) -> None:
        if on and not dry_run:
            raise CommandError("Only a preview knows another day: add --dry-run.", returncode=2)
        now = timezone.now()
        if not dry_run:
            report = retention.apply(now)
            for kind, count in sorted(report.gone.items()):
                self.stdout.write(f"{kind.value}: {count} erased.")
            self.stdout.write(f"{sum(report.gone.values())} erased, {report.stayed} stayed.")
            return
        count = 0
        for one in retention.going(on=_day(on) if on else brussels_date(now)):
            self.stdout.write(one.sentence())
            count += 1
        self.stdout.write(f"{count} would go. Nothing was erased.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no date: write it like 2027-03-31.", returncode=2) from None
