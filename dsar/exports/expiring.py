"""Exports whose time is over: the file goes, digest and counts stay (domain §5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from dsar.exports.models import BundleState, ExportBundle
from dsar.vault import destroying
from workflow.actors import Actor
from workflow.models import Case, Controller, Release
from workflow.models.case import OPEN
from workflow.retention import Term
from workflow.services import record_export_erased

_UNTOUCHED = Release.objects.filter(ended="", first_taken_at=None, other_way_at=None)
_HAS_A_FILE = [BundleState.READY, BundleState.STALE]


@dataclass(frozen=True, slots=True)
class Expiring:
    """One export and the last day its file is kept."""

    bundle: ExportBundle
    last_day: date


def expiring(controller: Controller, term: Term, *, on: date) -> Iterator[Expiring]:
    """The exports whose last day lies before ``on``, a Brussels date.

    The current export of an open case stays whatever its age: it is still to be handed over. Of a case that is
    over the term runs from its end, so that nobody who was just answered finds it gone. A legal hold keeps all, and so
    does a person who never downloaded it and was not yet offered another way.
    """
    rows = ExportBundle.objects.filter(
        ~Q(state=BundleState.READY, case__state__in=OPEN),
        state__in=_HAS_A_FILE,
        blob__destroyed_at=None,
        blob__destruction=None,
        case__controller=controller,
        case__anonymised_at=None,
        case__legal_hold=False,
        built_at__lt=term.began_before(on),
    ).exclude(uuid__in=_UNTOUCHED.values("bundle"))
    for bundle in rows.select_related("case", "blob").order_by("id").iterator(chunk_size=200):
        last_day = term.last_day(_since(bundle))
        if last_day < on:
            yield Expiring(bundle, last_day)


def erase(bundle: ExportBundle, *, by: Actor) -> None:
    """Tell the case, and order the file to be destroyed; both or neither. Raises CannotDo, NotPermitted."""
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=bundle.case_id)
        row = ExportBundle.objects.select_related("blob").get(pk=bundle.pk)
        if row.blob is None or row.blob.destroyed_at is not None:
            return
        record_export_erased(row.case_id, bundle=row.uuid, digest=row.sha256, by=by)
        destroying.order_of_files([row.blob])


def _since(bundle: ExportBundle) -> datetime:
    built = bundle.built_at
    if built is None:
        raise ValueError(f"The export {bundle.uuid} has a file and no time when it was built.")
    case = bundle.case
    ended = None if bundle.state == BundleState.STALE else case.processed_at or case.ended_at or case.closed_at
    return max(built, ended) if ended else built
