"""``manage.py states``: writes docs/states.md, the machines as the code has them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dsar.operations import state_table


class Command(BaseCommand):
    help = "Writes the table and the diagrams of the state machines into docs/states.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; end with 1 when the page is stale")
        parser.add_argument("--to", type=Path, default=state_table.PAGE, help="another file than docs/states.md")

    def handle(self, *args: Any, check: bool, to: Path, **options: Any) -> None:
        page = state_table.page()
        if not check:
            to.write_text(page)
        elif not to.exists() or to.read_text() != page:
            raise CommandError('docs/states.md is out of date: run "manage.py states".')
