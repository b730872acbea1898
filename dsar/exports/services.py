"""Asking for an export, building it, handing it out. The row knows what is due, the sweep finds it."""

import time
import uuid
from collections.abc import Callable
from typing import BinaryIO, cast

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.exports.bundle import export_of, fingerprint
from dsar.exports.models import BundleState, ExportBundle
from dsar.exports.writers import Export
from dsar.sources.base import BadRecords
from dsar.sources.by_hand import attached_to
from dsar.sources.models import AttachedFile
from dsar.vault import services as vault
from dsar.vault.models import Blob
from workflow import leases, refusals
from workflow.actors import EXPORTER, Actor
from workflow.guards import CannotDo, require
from workflow.models import Case
from workflow.permissions import Act
from workflow.sealing import KeyGone, SealBroken
from workflow.services import record_access, record_export_ready, take_release
from workflow.services.sight import require_sight
from workflow.states import EventKind, Returned

MAX_ATTEMPTS = 5
_HEARTBEAT = leases.SECONDS / 6
# What trying again will not mend, and the code the row keeps of it.
_UNBUILDABLE: dict[type[Exception], str] = {
    BadRecords: "unreadable_records",
    KeyGone: "records_erased",
    vault.BlobMissing: "file_missing",
    SealBroken: "file_damaged",
}


class _LeaseLost(Exception):
    """Somebody else works on this bundle now."""


class _FilesChanged(Exception):
    """A file was attached while the export was built."""


def request_bundle(case_id: int, *, by: Actor) -> ExportBundle:
    """Ask for the portability export of a case (GDPR Art. 20); returns its row.

    Asking again for the same files gives the bundle there is. Building happens in the
    background: ring ``tasks.nudge`` after commit, or the sweep finds it within a minute.
    Raises CannotDo when no data is attached or the case is over, NotPermitted for another role.
    """
    require(by, Act.WORK_ON_CASE)
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        require_sight(case, by)
        if not case.is_open:
            raise CannotDo(refusals.of_an_ended_case(case.state))
        files = attached_to(case.pk)
        if not files:
            raise CannotDo(_("There is nothing to export yet: attach the person's data first."))
        inputs = fingerprint(files)
        mine = ExportBundle.objects.filter(case=case)
        if building := mine.filter(state=BundleState.BUILDING).first():
            return building  # it looks at the files once more before it says it is ready
        ready = mine.filter(state=BundleState.READY, inputs=inputs, blob__destroyed_at=None).first()
        return ready or ExportBundle.objects.create(
            case=case, inputs=inputs, requested_at=timezone.now(), requested_by=by.code
        )


def stands(bundle: ExportBundle | None, files: list[AttachedFile]) -> bool:
    """Is this the export of these files, or will it be: is there nothing to ask for?"""
    if bundle is None or bundle.state == BundleState.BUILDING:
        return bundle is not None
    return bundle.state == BundleState.READY and bundle.inputs == fingerprint(files)


def due(limit: int = 100) -> list[int]:
    """Bundles that nobody builds and whose time to try has come."""
    waiting = leases.available(_building(), now=timezone.now())
    return list(waiting.order_by("id").values_list("pk", flat=True)[:limit])


def build(bundle_id: int) -> None:
    """Build one bundle, if it is still to be built and nobody is at it.

    May be called twice, late or after a crash. A file that cannot be read ends in state
    failed with a code; anything else is raised after the next try has been noted.
    """
    lease = leases.take(_building(), bundle_id)
    if lease is None:
        return
    bundle = ExportBundle.objects.select_related("case__controller").get(pk=bundle_id)
    if bundle.attempts > MAX_ATTEMPTS:
        _give_up(bundle, lease, "too_many_attempts")
        return
    try:
        _build(bundle, lease)
    except _LeaseLost:
        return
    except _FilesChanged:
        _release(bundle, lease, attempts=0, next_try_at=timezone.now())
    except (BadRecords, KeyGone, vault.BlobMissing, SealBroken) as refused:
        _give_up(bundle, lease, _UNBUILDABLE[type(refused)])
    except CannotDo:  # the case ended meanwhile
        _give_up(bundle, lease, "case_not_open")
    except BaseException:
        _release(bundle, lease, next_try_at=timezone.now() + leases.retry_after(bundle.attempts))
        raise


def destroy_outdated(case_id: int | None = None) -> int:
    """Destroy exports that hold a file which was since found to be another person's; how many.

    Their rows keep digest and counts. Finishes what a crash left; ``case_id`` to look at one case only.
    """
    removed = AttachedFile.objects.filter(
        case=OuterRef("case"), removed_at__gte=OuterRef("built_at"), added_at__lte=OuterRef("built_at")
    )
    rows = ExportBundle.objects.filter(Exists(removed), blob__isnull=False, blob__destroyed_at=None)
    if case_id is not None:
        rows = rows.filter(case=case_id)
    found = list(rows.select_related("blob"))
    for bundle in found:
        ExportBundle.objects.filter(pk=bundle.pk, state=BundleState.READY).update(state=BundleState.STALE)
        vault.destroy(cast("Blob", bundle.blob))
    return len(found)


def open_export(bundle: uuid.UUID, *, by: Actor) -> tuple[ExportBundle, BinaryIO]:
    """The ZIP as a verified stream, to be closed by the caller; the download is put in the access log.

    Raises CannotDo when it is not ready or was destroyed, NotPermitted for another role.
    """
    require(by, Act.DOWNLOAD_EXPORT)
    row = ExportBundle.objects.select_related("case", "blob").get(uuid=bundle)
    require_sight(row.case, by)
    if row.state not in {BundleState.READY, BundleState.STALE} or row.blob is None:
        raise CannotDo(_("This export is not ready yet. Wait a moment and reload the page."))
    try:
        stream = vault.open_blob(row.blob)
    except KeyGone as gone:
        raise CannotDo(_("This export was destroyed. Build a new one.")) from gone
    record_access(EventKind.EXPORT_DOWNLOADED, case=row.case, what=row.uuid, by=by)
    return row, stream


def open_released(case_id: int, *, text: str, by: Actor) -> tuple[Returned, ExportBundle | None, BinaryIO | None]:
    """What the person's code lets out: the ZIP as a verified stream, to be closed by the caller.

    The download is counted and told in the same transaction in which the file was found; a wrong code counts too.
    Raises CannotDo when the file is gone.
    """
    with transaction.atomic():
        taken = take_release(case_id, text=text, by=by)
        if taken.bundle is None:
            return taken.how, None, None
        row = ExportBundle.objects.select_related("case", "blob").get(uuid=taken.bundle, case=case_id)
        try:
            if row.blob is None:
                raise KeyGone("The export has no file.")
            return taken.how, row, vault.open_blob(row.blob)
        except (KeyGone, vault.BlobMissing) as gone:
            raise CannotDo(_("This file is gone. Answer our e-mail: we make it again.")) from gone


def size_of(bundle: uuid.UUID) -> int:
    """How many bytes wait for the person."""
    return ExportBundle.objects.values_list("size", flat=True).get(uuid=bundle) or 0


def _build(bundle: ExportBundle, lease: uuid.UUID) -> None:
    files = attached_to(bundle.case_id)
    export = export_of(bundle.case, files, pulse=_pulse(bundle, lease))
    prepared = vault.prepare(export.chunks(), kind="export", holder=bundle.case.uuid)
    try:
        if sorted(export.digests) != sorted(row.sha256 for row in files):
            raise SealBroken("An attached file is not what was attached: its digest differs.")
        _finish(bundle, lease, files, export, prepared)
    except (_LeaseLost, _FilesChanged, SealBroken, CannotDo):
        # Known not to be committed; after any other failure the vault's sweep decides.
        prepared.discard()
        raise


@transaction.atomic
def _finish(
    bundle: ExportBundle, lease: uuid.UUID, files: list[AttachedFile], export: Export, prepared: vault.Prepared
) -> None:
    """All of it or nothing: the file's row, the bundle ready, older ones stale, the case told."""
    Case.objects.select_for_update().get(pk=bundle.case_id)  # nobody attaches a file meanwhile
    inputs = fingerprint(files)
    if fingerprint(attached_to(bundle.case_id)) != inputs:
        raise _FilesChanged
    now = timezone.now()
    ExportBundle.objects.filter(case=bundle.case_id, state=BundleState.READY).update(state=BundleState.STALE)
    done = _building().filter(pk=bundle.pk, lease=lease)
    won = done.update(
        state=BundleState.READY,
        inputs=inputs,
        blob=prepared.save(),
        sha256=prepared.sha256,
        size=prepared.size,
        records=export.records,
        tables=export.tables,
        built_at=now,
        lease=None,
        leased_until=None,
        next_try_at=None,
    )
    if not won:
        raise _LeaseLost
    record_export_ready(bundle.case_id, bundle=bundle.uuid, digest=prepared.sha256, by=EXPORTER)


def _building() -> "QuerySet[ExportBundle]":
    return ExportBundle.objects.filter(state=BundleState.BUILDING)


def _pulse(bundle: ExportBundle, lease: uuid.UUID) -> Callable[[], None]:
    """Keeps the lease while the work goes on; a worker that lost it stops."""
    beaten = time.monotonic()

    def pulse() -> None:
        nonlocal beaten
        if time.monotonic() - beaten < _HEARTBEAT:
            return
        beaten = time.monotonic()
        if not leases.heartbeat(_building(), bundle.pk, lease):
            raise _LeaseLost

    return pulse


def _release(bundle: ExportBundle, lease: uuid.UUID, **changes: object) -> None:
    _building().filter(pk=bundle.pk, lease=lease).update(lease=None, leased_until=None, **changes)


def _give_up(bundle: ExportBundle, lease: uuid.UUID, code: str) -> None:
    _release(bundle, lease, state=BundleState.FAILED, error=code, next_try_at=None)
