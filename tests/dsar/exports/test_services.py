"""Asking for the export of a case, building it once, handing it out."""

import csv
import hashlib
import io
import json
import uuid
import zipfile

import pytest
from django.utils import timezone

from dsar.exports import services, tasks
from dsar.exports.models import BundleState, ExportBundle
from dsar.vault import services as vault
from dsar.vault.models import Blob
from tests.dsar.exports.conftest import OFFICER
from tests.dsar.exports.test_writers import CUSTOMERS_JSON, NOTES_CSV, ORDERS_CSV, ORDERS_JSON
from workflow import leases, queries
from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, DataKey, Event, Requirement
from workflow.states import ActorKind, CaseState, EventKind, OutOfScope, RequirementCode, RequirementState, Role


@pytest.fixture
def four_files(attach, time_machine):
    time_machine.move_to("2027-02-02T10:00+00:00", tick=False)
    files = [("crm.json", CUSTOMERS_JSON), ("orders.json", ORDERS_JSON)]
    return [attach(*file) for file in [*files, ("orders.csv", ORDERS_CSV), ("notes.csv", NOTES_CSV)]]


def built(case) -> ExportBundle:
    bundle = services.request_bundle(case.pk, by=OFFICER)
    services.build(bundle.pk)
    bundle.refresh_from_db()
    return bundle


def content(bundle: ExportBundle) -> bytes:
    with vault.open_blob(bundle.blob) as stream:
        return stream.read()


def requirement(case) -> tuple[str, str]:
    return Requirement.objects.values_list("state", "evidence").get(case=case, code=RequirementCode.EXPORT_READY)


def test_the_export_of_four_files_stands_sealed_counted_and_in_the_history(case, four_files):
    bundle = built(case)

    data = content(bundle)
    assert (bundle.state, bundle.records, bundle.tables) == (BundleState.READY, 7, 3)
    assert (bundle.sha256, bundle.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (bundle.blob.holder, bundle.lease, bundle.leased_until) == (case.uuid, None, None)
    event = queries.history(case).last()
    assert (event.kind, requirement(case)) == (EventKind.EXPORT_READY, (RequirementState.MET, str(bundle.uuid)))
    archive = zipfile.ZipFile(io.BytesIO(data))
    document = json.loads(archive.read("manifest.json"))
    assert (document["case"], document["controller"]) == (case.reference, "Assistool SRL")
    assert (document["generated_at"], document["period"]["until"]) == ("2027-02-02T10:00:00Z", "2027-02-02")
    orders = list(csv.DictReader(io.StringIO(archive.read("orders.csv").decode(), newline="")))
    assert [row["total"] for row in orders] == ["1.10", "1E400", "12,50", "-5", "99999999999999999999.10"]
    assert len(document["neutralised_cells"]) == 4


def test_building_again_later_gives_the_same_bytes(case, four_files, time_machine):
    first = content(built(case))
    ExportBundle.objects.update(state=BundleState.STALE)
    time_machine.move_to("2027-02-20T10:00+00:00")

    assert content(built(case)) == first


def test_asking_twice_is_one_bundle_and_building_twice_one_file(case, four_files):
    first = services.request_bundle(case.pk, by=OFFICER)
    second = services.request_bundle(case.pk, by=OFFICER)
    for _ in range(2):
        services.build(first.pk)

    assert first == second == services.request_bundle(case.pk, by=OFFICER)
    assert (ExportBundle.objects.count(), Blob.objects.filter(kind="export").count()) == (1, 1)
    assert queries.history(case).filter(kind=EventKind.EXPORT_READY).count() == 1


def test_a_new_file_needs_a_new_export_and_the_old_one_is_stale(case, four_files, attach):
    old = built(case)
    attach("more.json", '[{"a": 1}]')
    assert requirement(case) == (RequirementState.MISSING, "")

    new = built(case)

    old.refresh_from_db()
    assert (old.state, new.state, new.records) == (BundleState.STALE, BundleState.READY, 8)


def test_a_file_attached_while_building_is_in_the_export(case, attach, monkeypatch):
    attach("a.json", '[{"a": 1}]')
    bundle = services.request_bundle(case.pk, by=OFFICER)
    prepare = vault.prepare

    def prepare_and_attach(*args, **kwargs):
        prepared = prepare(*args, **kwargs)
        if kwargs["kind"] == "export":
            monkeypatch.setattr(vault, "prepare", prepare)
            attach("b.json", '[{"a": 2}]')
        return prepared

    monkeypatch.setattr(vault, "prepare", prepare_and_attach)
    services.build(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, services.due(), Blob.objects.filter(kind="export").count()) == ("building", [bundle.pk], 0)

    services.build(bundle.pk)

    bundle.refresh_from_db()
    assert (bundle.state, bundle.records) == (BundleState.READY, 2)
    assert DataKey.objects.count() == 3


def test_without_data_there_is_nothing_to_ask_for(case):
    with pytest.raises(CannotDo, match="attach the person's data first"):
        services.request_bundle(case.pk, by=OFFICER)


def test_after_the_answer_no_export_is_made(case, four_files):
    waiting = services.request_bundle(case.pk, by=OFFICER)
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.OUT_OF_SCOPE.value, end_reason=OutOfScope.NO_REQUEST.value, ended_at=timezone.now()
    )

    services.build(waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.error, waiting.blob) == (BundleState.FAILED, "case_not_open", None)
    assert EventKind.EXPORT_READY not in queries.history(case).values_list("kind", flat=True)
    with pytest.raises(CannotDo, match="was set aside"):
        services.request_bundle(case.pk, by=OFFICER)


def test_an_auditor_neither_asks_nor_downloads(case, four_files):
    auditor = Actor(ActorKind.STAFF, "S-0004", frozenset({Role.AUDITOR}))
    bundle = built(case)

    with pytest.raises(NotPermitted):
        services.request_bundle(case.pk, by=auditor)
    with pytest.raises(NotPermitted):
        services.open_export(bundle.uuid, by=auditor)


def test_a_killed_worker_is_succeeded_when_its_lease_ends(case, four_files, time_machine):
    bundle = services.request_bundle(case.pk, by=OFFICER)
    assert leases.take(ExportBundle.objects.all(), bundle.pk)  # and the worker dies

    services.build(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, services.due()) == (BundleState.BUILDING, [])

    time_machine.move_to("2027-02-02T10:02:01+00:00", tick=False)
    assert services.due() == [bundle.pk]
    services.build(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.attempts) == (BundleState.READY, 2)


def test_a_worker_that_lost_its_lease_writes_nothing(case, four_files, monkeypatch):
    bundle = services.request_bundle(case.pk, by=OFFICER)
    prepare = vault.prepare

    def slowly(*args, **kwargs):
        prepared = prepare(*args, **kwargs)
        ExportBundle.objects.update(lease=uuid.uuid4())
        return prepared

    monkeypatch.setattr(vault, "prepare", slowly)
    services.build(bundle.pk)

    bundle.refresh_from_db()
    assert (bundle.state, Blob.objects.filter(kind="export").count()) == (BundleState.BUILDING, 0)
    assert DataKey.objects.count() == 4
    assert not queries.history(case).filter(kind=EventKind.EXPORT_READY).exists()


def test_a_failure_that_may_pass_is_tried_again_and_given_up_in_the_end(case, four_files, monkeypatch, time_machine):
    bundle = services.request_bundle(case.pk, by=OFFICER)

    def full(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(vault, "prepare", full)
    for attempt in range(services.MAX_ATTEMPTS):
        with pytest.raises(OSError, match="No space left"):
            services.build(bundle.pk)
        bundle.refresh_from_db()
        assert bundle.next_try_at == timezone.now() + leases.retry_after(attempt + 1)
        time_machine.move_to(bundle.next_try_at, tick=False)
    services.build(bundle.pk)

    bundle.refresh_from_db()
    assert (bundle.state, bundle.error, services.due()) == (BundleState.FAILED, "too_many_attempts", [])
    assert services.request_bundle(case.pk, by=OFFICER) != bundle


@pytest.mark.parametrize("how", ["missing", "damaged", "erased"])
def test_a_source_file_that_is_gone_fails_the_bundle_with_a_code(case, four_files, sealed_folder, how):
    bundle = services.request_bundle(case.pk, by=OFFICER)
    blob = four_files[0].blob
    if how == "erased":
        vault.destroy(blob)
    path = next(path for path in [*sealed_folder.rglob(blob.name), sealed_folder / "none"])
    if how == "missing":
        path.unlink()
    if how == "damaged":
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    services.build(bundle.pk)

    bundle.refresh_from_db()
    codes = {"missing": "file_missing", "damaged": "file_damaged", "erased": "records_erased"}
    assert (bundle.state, bundle.error) == (BundleState.FAILED, codes[how])


def test_a_download_is_in_the_access_log_and_not_in_the_history(case, four_files):
    bundle = built(case)
    before = queries.history(case).last().seq

    row, stream = services.open_export(bundle.uuid, by=OFFICER)
    with stream:
        assert hashlib.sha256(stream.read()).hexdigest() == row.sha256

    assert queries.history(case).last().seq == before
    assert Event.objects.get(stream=f"access:{case.uuid}").kind == EventKind.EXPORT_DOWNLOADED


def test_what_is_not_ready_or_destroyed_is_not_handed_out(case, four_files):
    bundle = services.request_bundle(case.pk, by=OFFICER)
    with pytest.raises(CannotDo, match="not ready yet"):
        services.open_export(bundle.uuid, by=OFFICER)
    services.build(bundle.pk)
    bundle.refresh_from_db()
    vault.destroy(bundle.blob)

    with pytest.raises(CannotDo, match="was destroyed"):
        services.open_export(bundle.uuid, by=OFFICER)
    assert not Event.objects.filter(stream=f"access:{case.uuid}").exists()


def test_the_sweep_rings_for_what_is_due(case, four_files, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.build, "delay", rung.append)
    bundle = services.request_bundle(case.pk, by=OFFICER)

    tasks.sweep()
    services.build(bundle.pk)
    tasks.sweep()

    assert rung == [bundle.pk]


def test_a_broker_that_is_down_does_not_undo_the_request(
    case, four_files, monkeypatch, django_capture_on_commit_callbacks, caplog
):
    def down(bundle_id):
        raise ConnectionError("broker is down")

    monkeypatch.setattr(tasks.build, "delay", down)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.nudge(services.request_bundle(case.pk, by=OFFICER).pk)

    assert len(services.due()) == 1
    assert "broker is down" in caplog.text
