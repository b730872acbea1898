"""Small helpers for the tests of the export: files made from text, ZIPs opened."""

import io
import zipfile
from datetime import UTC, date, datetime

from dsar.exports.writers import About, Export
from dsar.sources.base import RecordFile

ABOUT = About(
    reference="DSR-2027-0001",
    controller="Assistool SRL",
    language="fr",
    since=None,
    until=date(2027, 3, 1),
    generated_at=datetime(2027, 3, 1, 9, 30, tzinfo=UTC),
)


def a_file(name: str, content: str | bytes, *, source: str = "by_hand") -> RecordFile:
    data = content.encode() if isinstance(content, str) else content
    form = "csv" if name.endswith(".csv") else "json"
    return RecordFile(source, name, form, len(data), lambda: io.BytesIO(data))


def exported(*files: RecordFile) -> bytes:
    return b"".join(Export(files, ABOUT).chunks())


def opened(*files: RecordFile) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(exported(*files)))
