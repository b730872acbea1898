"""``manage.py roles``: writes docs/roles.md, who may do what as the code has it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dsar.operations import role_table


class Command(BaseCommand):
    help = "Writes the table of roles and acts into docs/roles.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; end with 1 when the page is stale")
        parser.add_argument("--to", type=Path, default=role_table.PAGE, help="another file than docs/roles.md")

    def handle(self, *args: Any, check: bool, to: Path, **options: Any) -> None:
        page = role_table.page()
        if not check:
            to.write_text(page)
        elif not to.exists() or to.read_text() != page:
            raise CommandError('docs/roles.md is out of date: run "manage.py roles".')
