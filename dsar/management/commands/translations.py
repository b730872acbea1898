"""``manage.py translations``: brings the catalogues up to date with the code, or says what is missing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dsar.operations import catalogues, translations


class Command(BaseCommand):
    help = (
        "Collect every text of the screens and of the printed history into dsar/locale, keep what is translated, "
        "and list what is not. Run it after changing a text, then write the translations it asks for."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; end with 1 when something is missing, stale or wrong"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        messages = catalogues.found()
        wrong = []
        for language in catalogues.LANGUAGES:
            catalog = catalogues.stored(language)
            if not check:
                catalog = catalogues.merged(messages, catalog, language)
                catalogues.write(catalog, language)
            wrong += catalogues.problems(messages, catalog, language)
        for sentence in wrong:
            self.stderr.write(sentence)
        if not check:
            translations.compile_all()
            self.stdout.write(
                f"{len(messages)} messages in {len(catalogues.LANGUAGES)} languages, {len(wrong)} to see to"
            )
        elif wrong:
            raise CommandError('Run "manage.py translations" and translate what it lists.')
