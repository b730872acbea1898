"""From the files attached to a case to the input of the writers; nothing is written here."""

from collections.abc import Callable, Sequence

from django.utils import timezone

from dsar.exports.writers import SCHEMA, About, Export, digest_of_inputs
from dsar.sources.by_hand import as_record_file
from dsar.sources.models import AttachedFile
from workflow.models import Case


def fingerprint(files: Sequence[AttachedFile]) -> str:
    """What an export of these files is made from: alike exactly when the ZIP would be."""
    return digest_of_inputs([SCHEMA, *(f"{row.source}:{row.name}:{row.sha256}" for row in files)])


def export_of(case: Case, files: Sequence[AttachedFile], *, pulse: Callable[[], None]) -> Export:
    """The export of these files. Its date is that of the newest file, never the moment of building."""
    newest = max((row.added_at for row in files), default=case.received_at)
    about = About(
        reference=case.reference,
        controller=case.controller.name,
        language=case.language,
        since=None,
        until=timezone.localdate(newest),
        generated_at=newest,
    )
    return Export([as_record_file(row) for row in files], about, pulse=pulse)
