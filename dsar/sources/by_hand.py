"""Files an officer attaches by hand: what the person's data is, as somebody exported it elsewhere."""

import re
import unicodedata
import uuid
from collections.abc import Iterator
from typing import BinaryIO, Literal

import puremagic
from django.db import transaction
from django.db.models import BinaryField, Exists, OuterRef, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.sources.base import BadRecords, RecordFile, gettext_noop
from dsar.sources.models import AttachedFile, name_aad
from dsar.sources.records import Reading, read_through
from dsar.vault import services as vault
from dsar.vault.models import Blob
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.models import Case
from workflow.models.key import seal_for
from workflow.permissions import Act
from workflow.services import record_collection, record_removal

SOURCE = "by_hand"
MAX_BYTES = 200 * 1024 * 1024
_PIECE = 1024 * 1024
_MAX_NAME = 200
_FORMATS: dict[str, Literal["json", "csv"]] = {
    "json": "json",
    "jsonl": "json",
    "ndjson": "json",
    "csv": "csv",
    "tsv": "csv",
}
# What people attach by mistake. Only these: "From,To" is also how a mailbox begins.
_OTHER_KINDS = frozenset(
    {".pdf", ".docx", ".xlsx", ".xls", ".doc", ".ods", ".odt", ".zip", ".gz", ".7z", ".rar", ".rtf", ".xml", ".html"}
    | {".png", ".jpg", ".gif", ".webp", ".tiff", ".db"}
)


def attach(case_id: int, *, name: str, stream: BinaryIO, by: Actor) -> AttachedFile:
    """Attach a JSON or CSV file of the person's records to a case; returns the saved row.

    ``stream`` is read once and need not seek; its bytes go to the vault sealed and are
    read and checked from there, so that no readable copy is ever on a disk. Call it outside
    atomic(). Raises BadRecords when the file cannot be read or is larger than 200 MB,
    CannotDo when the case is not open, identity is not verified or the file is attached
    already, NotPermitted for another role. Then, and when the upload breaks off, nothing
    of it stays.
    """
    require(by, Act.WORK_ON_CASE)
    name = _clean(name)
    form = _format_of(name)
    holder = Case.objects.values_list("uuid", flat=True).get(pk=case_id)
    prepared = vault.prepare(_checked(stream, name, form), kind="attached-records", holder=holder)
    try:
        reading = read_through(_sealed_file(prepared, name, form))
        return _record(case_id, prepared, reading, by=by)
    except (BadRecords, CannotDo):
        # Known not to be committed; after any other failure the vault's sweep decides.
        prepared.discard()
        raise


def attached_to(case_id: int) -> list[AttachedFile]:
    """The files of a case that count, in the order they came."""
    rows = AttachedFile.objects.filter(case_id=case_id, removed_at=None).select_related("blob", "case")
    return list(rows.order_by("added_at", "id"))


def remove(file: uuid.UUID, *, reason: str, to: Case | None = None, by: Actor) -> None:
    """Take a wrongly attached file out of its case, into another one or away; the row keeps its digest.

    A file that goes nowhere is destroyed. Raises CannotDo with a sentence when it is gone already,
    when the reason is missing or when the other case cannot take it, NotPermitted for another role.
    """
    require(by, Act.WORK_ON_CASE)
    with transaction.atomic():
        row = AttachedFile.objects.select_for_update(of=("self",)).select_related("case", "blob").get(uuid=file)
        if row.removed_at is not None:
            raise CannotDo(_("This file was removed already. Reload the page to see what was done."))
        others = AttachedFile.objects.filter(case_id=row.case_id, source=row.source, removed_at=None)
        record_removal(
            row.case_id,
            source=row.source,
            records=row.records,
            digest=row.sha256,
            attached_at=row.added_at,
            last=not others.exclude(pk=row.pk).exists(),
            reason=reason,
            by=by,
        )
        AttachedFile.objects.filter(pk=row.pk).update(removed_at=timezone.now(), removed_by=by.code)
        if to is not None:
            _put_into(to, row, by=by)
    if to is None:
        destroy_removed()


def destroy_removed() -> int:
    """Destroy the bytes of removed files that no case has any more; how many. Finishes what a crash left."""
    living = AttachedFile.objects.filter(blob=OuterRef("blob"), removed_at=None)
    rows = AttachedFile.objects.filter(~Exists(living), removed_at__isnull=False, blob__destroyed_at=None)
    blobs = {row.blob for row in rows.select_related("blob")}
    for blob in blobs:
        vault.destroy(blob)
    return len(blobs)


def forget_case(case: Case) -> None:
    """Empty the names of a case's files, in the caller's transaction; their bytes go with the case's key."""
    AttachedFile.objects.filter(case=case).update(sealed_name=Value(b"", output_field=BinaryField()))


def _put_into(case: Case, row: AttachedFile, *, by: Actor) -> None:
    if case.pk == row.case_id:
        raise CannotDo(_("Choose another case: the file is in this one."))
    record_collection(case.pk, source=row.source, records=row.records, digest=row.sha256, by=by)
    if AttachedFile.objects.filter(case=case, sha256=row.sha256, removed_at=None).exists():
        raise CannotDo(_("This very file is attached to the case already."))
    identity = uuid.uuid4()
    AttachedFile.objects.create(
        uuid=identity,
        case=case,
        source=row.source,
        sealed_name=seal_for(case.uuid, row.name.encode(), aad=name_aad(identity)),
        format=row.format,
        size=row.size,
        sha256=row.sha256,
        records=row.records,
        blob=row.blob,
        added_at=timezone.now(),
        added_by=by.code,
    )
    vault.rewrap(row.blob, holder=case.uuid)


@transaction.atomic
def carry_over(row: AttachedFile, *, to: Case, by: Actor) -> None:
    """Put a file that counts into another case, under that case's key; a file it has already is only removed here.

    In the caller's transaction, which records why; when that is rolled back, the vault's sweep puts the key back.
    Raises what ``attach`` raises for the other case.
    """
    name, now = row.name, timezone.now()
    if AttachedFile.objects.filter(case=to, sha256=row.sha256, removed_at=None).exists():
        AttachedFile.objects.filter(pk=row.pk).update(removed_at=now, removed_by=by.code)
        return
    record_collection(to.pk, source=row.source, records=row.records, digest=row.sha256, by=by)
    sealed_name = seal_for(to.uuid, name.encode(), aad=name_aad(row.uuid))
    AttachedFile.objects.filter(pk=row.pk).update(case=to, sealed_name=sealed_name)
    vault.rewrap(row.blob, holder=to.uuid)


def as_record_file(row: AttachedFile) -> RecordFile:
    """The attached file as readers take it: every ``open`` is a verified stream from the vault."""
    return RecordFile(
        row.source, row.name, "csv" if row.format == "csv" else "json", row.size, lambda: vault.open_blob(row.blob)
    )


@transaction.atomic
def _record(case_id: int, prepared: vault.Prepared, reading: Reading, *, by: Actor) -> AttachedFile:
    # first, because it locks the case: of two uploads of one file the second sees the first
    record_collection(case_id, source=SOURCE, records=reading.records, digest=prepared.sha256, by=by)
    if AttachedFile.objects.filter(case_id=case_id, sha256=prepared.sha256, removed_at=None).exists():
        raise CannotDo(_("This very file is attached to the case already."))
    identity = uuid.uuid4()
    return AttachedFile.objects.create(
        uuid=identity,
        case_id=case_id,
        source=SOURCE,
        sealed_name=seal_for(prepared.holder, reading.file.name.encode(), aad=name_aad(identity)),
        format=reading.file.format,
        size=prepared.size,
        sha256=prepared.sha256,
        records=reading.records,
        blob=prepared.save(),
        added_at=timezone.now(),
        added_by=by.code,
    )


def _sealed_file(prepared: vault.Prepared, name: str, form: Literal["json", "csv"]) -> RecordFile:
    """Reads what was just sealed; its row comes only once it proved good."""
    blob = Blob(uuid=prepared.uuid, kind=prepared.kind, holder=prepared.holder, name=prepared.name)
    return RecordFile(SOURCE, name, form, prepared.size, lambda: vault.open_blob(blob))


def _checked(stream: BinaryIO, name: str, form: str) -> Iterator[bytes]:
    """The pieces of the upload, refused as soon as it is too large or plainly something else."""
    size = 0
    while piece := stream.read(_PIECE):
        if not size:
            _check_kind(piece[:4096], name, form)
        size += len(piece)
        if size > MAX_BYTES:
            raise BadRecords(
                gettext_noop("%(file)s is larger than %(limit)s MB. Divide it into several files."),
                file=name,
                limit=MAX_BYTES // 1024**2,
            )
        yield piece


def _check_kind(head: bytes, name: str, form: str) -> None:
    try:
        kinds = [match.extension for match in puremagic.magic_string(head) if len(match.byte_match) > 2]
    except puremagic.PureError:
        kinds = []
    other = next((kind for kind in kinds if kind in _OTHER_KINDS), None)
    if other:
        raise BadRecords(
            gettext_noop("%(file)s is really a file of kind %(kind)s. Export the records as JSON or CSV."),
            file=name,
            kind=other.lstrip("."),
        )
    if form == "csv" and re.match(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"|\[\s*\{)', head):
        raise BadRecords(
            gettext_noop("%(file)s holds JSON. Give it a name that ends in .json and attach it again."), file=name
        )


def _clean(name: str) -> str:
    """The file's own name, without folders and control characters, at most 200 characters."""
    own = name.replace("\\", "/").rsplit("/", 1)[-1]
    own = "".join(c for c in unicodedata.normalize("NFC", own) if unicodedata.category(c)[0] != "C").strip()
    stem, dot, ending = own.rpartition(".")
    return f"{stem[: _MAX_NAME - len(ending) - 1]}{dot}{ending}" if len(ending) < 10 else own[:_MAX_NAME]


def _format_of(name: str) -> Literal["json", "csv"]:
    form = _FORMATS.get(name.rpartition(".")[2].lower()) if "." in name else None
    if form is None:
        raise BadRecords(
            gettext_noop("“%(file)s”: attach a JSON or CSV file; its name ends in .json, .jsonl, .csv or .tsv."),
            file=name,
        )
    return form
