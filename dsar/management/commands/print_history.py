"""Print the history of a case as PDF, on a machine without a browser."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from dsar.history.dossier import dossier
from dsar.history.record import FULL, PSEUDONYMISED
from dsar.history.timeline import CaseKeepsChanging
from dsar.paper.render import PaperFailed
from workflow import queries, services
from workflow.models import Case, Staff
from workflow.permissions import Act, may
from workflow.states import EventKind


class Command(BaseCommand):
    help = "Print the history of a case as a tagged PDF/A-3 with its data attached."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="such as DSR-2027-0142")
        parser.add_argument(
            "-o", "--output", type=Path, help="default: a name made of reference, variant and head hash"
        )
        parser.add_argument(
            "--by",
            dest="reader",
            help="user name of who reads it; a restricted case is printed only for who may see it",
        )
        parser.add_argument("--variant", choices=(FULL, PSEUDONYMISED), default=FULL)
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="fr")

    def handle(
        self,
        *,
        reference: str,
        output: Path | None,
        variant: Any,
        language: str,
        reader: str | None = None,
        **_options: Any,
    ) -> None:
        case = _readable(reader).filter(reference=reference.upper()).first()
        if case is None:
            raise CommandError(
                f"There is no case {reference} that may be printed here: check the reference, such as DSR-2027-0142; "
                "a restricted case needs --by with the user name of somebody who may see it."
            )
        try:
            made = dossier(case, variant=variant, language=language)
        except (PaperFailed, CaseKeepsChanging) as error:
            raise CommandError(str(error)) from error
        if reader is not None:
            services.record_access(
                EventKind.HISTORY_DOWNLOADED, case=case, by=Staff.objects.get(username=reader).actor()
            )
        target = output or Path(made.name)
        try:
            target.write_bytes(made.pdf)
        except OSError as error:
            raise CommandError(
                f"{target} cannot be written ({error.strerror}): choose another path with -o."
            ) from error
        self.stdout.write(f"{target}: {len(made.pdf) / 1000:.0f} kB, head {made.head}")
        if not made.intact:
            self.stderr.write("The chain of evidence is BROKEN: the document says at which event.")


def _readable(reader: str | None) -> "QuerySet[Case]":
    """What may be printed for this member of staff; without one, what is open to everybody who reads cases."""
    if reader is None:
        return queries.open_to_all_readers()
    person = Staff.objects.filter(username=reader, is_active=True).first()
    if person is None or not may(person.actor(), Act.PRINT_HISTORY):
        raise CommandError(f"{reader} may not print case histories: name an account whose role may.")
    return queries.visible_to(person.actor())
