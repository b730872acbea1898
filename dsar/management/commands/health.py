"""``manage.py health web|mail|fetch|worker|beat|database``: for health checks; ends with 1 and a sentence when ill."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dsar.operations import health


class Command(BaseCommand):
    help = "Says whether a process does its work; ends with 1 and one sentence when it does not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["web", "mail", "fetch", "worker", "beat", "database"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if problem := health.check(what):
            raise CommandError(problem)
        self.stdout.write(f"{what} is well")
