"""From bytes to a place: nothing is lost, nothing is taken twice, nothing is half done."""

import hashlib
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from dsar.intake import services, tasks
from dsar.intake.models import InboundMessage, MessagePart, MessageState
from dsar.intake.titles import Titles, titles_of
from dsar.vault import services as vault
from dsar.vault.models import Blob
from dsar.vault.sweep import sweep_orphans
from notifications.models import Thread
from tests.dsar.intake.post import ASKS, development_mail, mail, take_in, traced
from workflow import events, queries
from workflow import services as workflow
from workflow.actors import Actor
from workflow.models import Case, Controller, DataKey, Mailbox
from workflow.policy import Policy
from workflow.sealing import SealBroken
from workflow.states import ActorKind, CaseState, EventKind, Role

OFFICER = Actor(ActorKind.STAFF, "S-0001", frozenset({Role.OFFICER}))
MANAGER = Actor(ActorKind.STAFF, "S-0002", frozenset({Role.MANAGER}))
AUDITOR = Actor(ActorKind.STAFF, "S-0004", frozenset({Role.AUDITOR}))

pytestmark = pytest.mark.usefixtures("installed")


def states() -> Counter[str]:
    return Counter(InboundMessage.objects.values_list("state", flat=True))


# -- bytes first ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["001.eml", "029.eml", "062.eml", "096.eml"])
def test_what_is_kept_is_the_mail_byte_for_byte_and_sealed(installed: Path, name: str) -> None:
    raw = development_mail(name)

    message = take_in(raw)

    assert vault.read(message.raw) == raw
    assert message.raw.sha256 == hashlib.sha256(raw).hexdigest()
    stored = [path.read_bytes() for path in installed.rglob("*") if path.is_file()]
    assert stored
    assert not [data for data in stored if b"Message-ID" in data or b"Content-Type" in data]


def test_an_accepted_mail_is_waiting_before_anything_is_read_from_it() -> None:
    at = timezone.now()

    message = services.accept(
        mail(), source="smtp", received_at=at, envelope_from="ada@example.org", envelope_to=["vieprivee@assistool.com"]
    )

    assert (message.state, message.received_at, message.sender, message.case) == ("received", at, "", None)
    assert services.waiting() == [message.pk]


def test_a_mail_to_an_alias_or_a_plus_address_belongs_to_its_mailbox() -> None:
    alias = services.accept(
        mail(), source="smtp", received_at=timezone.now(), envelope_to=["mailvieprivee@assistool.com"]
    )
    tagged = services.accept(
        mail(), source="smtp", received_at=timezone.now(), envelope_to=["vieprivee+r.abc@assistool.com"]
    )

    assert (alias.mailbox.address, tagged.mailbox.address) == ("mailvieprivee@assistool.com", "vieprivee@assistool.com")


def test_when_the_row_cannot_be_written_the_sender_hears_of_it_and_the_file_is_swept(monkeypatch) -> None:
    def refuse(*args: Any, **values: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(InboundMessage.objects, "create", refuse)
    with pytest.raises(OSError, match="disk full"):
        services.accept(mail(), source="smtp", received_at=timezone.now())

    assert (InboundMessage.objects.count(), Blob.objects.count(), DataKey.objects.count()) == (0, 0, 1)
    assert sweep_orphans(timezone.now() + timedelta(days=2)).files_removed == 1


def test_a_request_becomes_a_case_with_its_clock_its_claims_and_its_evidence() -> None:
    raw = development_mail("014.eml")
    at = datetime(2026, 2, 3, 7, 2, 51, tzinfo=UTC)

    message = take_in(raw, at=at)

    case = message.case
    assert case is not None
    assert (message.state, case.state, case.reference) == ("opened", CaseState.RECEIVED, "DSR-2026-0001")
    assert (case.received_at, str(case.receipt_date), str(case.case_due)) == (at, "2026-02-03", "2026-03-03")
    assert sorted(case.claims.values_list("right", flat=True)) == ["access", "portability"]
    assert (case.person_email, case.language) == ("maelle@dessart.example.be", "fr")
    [event] = queries.history(case)
    said = events.fields(event)["data"]
    assert (event.kind, said["sha256"]) == (EventKind.CASE_RECEIVED, hashlib.sha256(raw).hexdigest())
    assert said["message"] == str(message.uuid)
    thread = Thread.objects.get(case=case)
    assert (thread.address, thread.in_reply_to, thread.acknowledge) == (
        "maelle@dessart.example.be",
        message.message_id,
        True,
    )


def test_after_linking_every_file_hangs_under_the_case() -> None:
    message = take_in(development_mail("029.eml"))

    case = message.case
    assert case is not None
    assert message.parts.count() >= 2
    blobs = [message.raw, message.text, *(part.blob for part in message.parts.all())]
    assert {blob.holder for blob in blobs if blob} == {case.uuid}
    assert set(DataKey.objects.filter(blob__in=[b.uuid for b in blobs if b]).values_list("holder", flat=True)) == {
        case.uuid
    }
    assert services.unsettled() == []
    vault.shred_holder(case.uuid)
    assert Blob.objects.filter(destroyed_at=None).count() == 0


def test_a_crash_while_the_files_move_is_finished_by_the_sweep(monkeypatch) -> None:
    message = services.accept(development_mail("029.eml"), source="smtp", received_at=timezone.now())
    moved: list[Blob] = []
    rewrap = vault.rewrap

    def once(blob: Blob, *, holder: Any) -> None:
        if moved:
            raise SystemExit  # as if killed after the first file
        moved.append(blob)
        rewrap(blob, holder=holder)

    with monkeypatch.context() as patch:
        patch.setattr(vault, "rewrap", once)
        with pytest.raises(SystemExit):
            services.process(message.pk)
    assert len(set(Blob.objects.values_list("holder", flat=True))) == 2

    tasks.sweep()

    message.refresh_from_db()
    assert message.case is not None
    assert set(Blob.objects.values_list("holder", flat=True)) == {message.case.uuid}
    assert services.unsettled() == []


def test_an_identity_document_is_a_file_of_its_own_and_marked() -> None:
    message = take_in(development_mail("004.eml"))

    marked = MessagePart.objects.filter(message=message, identity_document=True)
    assert marked.count() == 2
    assert hashlib.sha256(vault.read(marked[0].blob)).hexdigest() == marked[0].sha256


def test_only_the_part_that_shows_an_identity_document_is_marked_and_each_knows_its_place() -> None:
    message = take_in(development_mail("029.eml"))  # a letter as PDF, and a scanned card

    parts = message.parts.values_list("position", "path", "content_type", "identity_document")
    assert list(parts) == [(1, "2", "application/pdf", False), (2, "3", "image/png", True)]


def test_subject_and_file_names_stand_in_no_column_and_go_with_the_case() -> None:
    message = take_in(development_mail("029.eml"))
    case = message.case
    assert case is not None
    titles = titles_of([message])[message.pk]
    assert titles.files == {1: "Demande d'effacement - Leroisse.pdf", 2: "CI_recto.png"}
    assert titles.subject
    assert workflow.subjects_of([case]) == {case.pk: titles.subject}
    assert message.head is not None
    assert message.head.holder == case.uuid
    tables = [model.objects.values() for model in (Case, InboundMessage, MessagePart, Blob)]
    rows = [str(value) for table in tables for row in table for value in row.values()]
    assert not [value for value in rows if titles.subject in value or "CI_recto" in value]

    vault.shred_holder(case.uuid)

    message = InboundMessage.objects.get()
    assert titles_of([message])[message.pk] == Titles()
    assert workflow.subjects_of([case]) == {case.pk: ""}


def test_subjects_of_many_cases_cost_one_query(django_assert_num_queries) -> None:
    for number in range(3):
        take_in(mail(sender=f"p{number}@example.org", subject=f"Demande {number}"))
    cases = list(Case.objects.order_by("pk"))

    with django_assert_num_queries(1, using="keys"):
        found = workflow.subjects_of(cases)

    assert [found[case.pk] for case in cases] == ["Demande 0", "Demande 1", "Demande 2"]


def test_a_mail_to_two_controllers_is_two_requests() -> None:
    ours = take_in(mail())
    other = Controller.objects.create(code="autre", name="Autre SRL")
    workflow.set_policy(Policy(), controller=other, by=MANAGER)
    box = Mailbox.objects.create(controller=other, address="privacy@autre.example")
    copies = [
        take_in(traced(mail(), by=host), envelope_to=[box.address]) for host in ("a.example.net", "b.example.net")
    ]

    assert [(copy.state, copy.flag) for copy in copies] == [("opened", ""), ("duplicate", "")]
    assert copies[1].same_as == copies[0] != ours
    assert sorted(Case.objects.values_list("controller__name", flat=True)) == sorted([ours.controller.name, other.name])


def test_an_address_too_long_to_be_one_is_not_cut_into_another() -> None:
    message = take_in(mail(sender=f"ada@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.example.org"))

    case = message.case
    assert case is not None
    assert (message.sender, case.person_email, Thread.objects.get(case=case).address) == ("", "", "")
    assert (case.unreadable, case.to_be_linked, message.unreadable) == (True, True, "address_too_long")


def test_a_message_id_of_any_length_and_script_is_found_again() -> None:
    long = f"<{'ж' * 900}@example.org>"
    first = take_in(mail(message_id=long))

    answer = take_in(mail("Merci.", message_id="<2@example.org>", extra=[f"In-Reply-To: {long}"]))

    assert (first.message_id, len(first.message_id_digest)) == (long, 64)
    assert (answer.state, answer.case) == ("attached", first.case)


def test_the_sweep_stops_when_its_time_is_over_and_goes_on_the_next_time(monkeypatch) -> None:
    for number in range(2):
        raw = mail(sender=f"p{number}@example.org", message_id=f"<{number}@example.org>")
        services.accept(raw, source="smtp", received_at=timezone.now())
    monkeypatch.setattr(tasks, "SWEEP_SECONDS", -1)
    tasks.sweep()
    assert states() == Counter(received=2)

    monkeypatch.undo()
    tasks.sweep()

    assert states() == Counter(opened=2)


# -- the same, and not the same ----------------------------------------------------------------


def test_the_same_mail_with_other_trace_headers_is_one_case() -> None:
    raw = development_mail("007.eml")

    first, second = take_in(raw), take_in(traced(raw))

    assert (first.state, second.state, second.same_as) == ("opened", "duplicate", first)
    assert second.case is None
    assert Case.objects.count() == 1
    assert len(queries.history(Case.objects.get())) == 1


def test_the_copy_keeps_its_bytes_and_nothing_else() -> None:
    raw = development_mail("029.eml")
    take_in(raw)
    before = Blob.objects.count(), DataKey.objects.count()

    second = take_in(traced(raw))

    assert vault.read(second.raw) == traced(raw)
    assert (Blob.objects.count(), DataKey.objects.count()) == (before[0] + 1, before[1] + 1)


def test_the_pair_of_the_development_set_keeps_the_earliest_receipt() -> None:
    first = take_in(development_mail("084.eml"), at=datetime(2026, 8, 31, 21, 59, 58, tzinfo=UTC))
    second = take_in(development_mail("085.eml"), at=datetime(2026, 8, 31, 22, 0, 36, tzinfo=UTC))

    assert second.same_as == first
    assert str(Case.objects.get().receipt_date) == "2026-08-31"


def test_a_clean_copy_takes_what_was_filed_out_of_the_tray() -> None:
    """The first delivery bore a robot's mark; the second came without it, and a person surely wrote it."""
    at = datetime(2027, 2, 1, 9, tzinfo=UTC)
    first = take_in(mail(extra=["Auto-Submitted: auto-replied"]), at=at)
    assert first.state == "filed"

    copy = take_in(mail(), at=at + timedelta(minutes=5))
    services.settle(first)

    first.refresh_from_db()
    assert (first.state, copy.state, copy.same_as) == ("opened", "duplicate", first)
    assert first.case is not None
    assert (first.case.received_at, Thread.objects.get(case=first.case).acknowledge) == (at, True)
    assert (first.raw.holder, services.unsettled()) == (first.case.uuid, [])


def test_a_copy_that_came_earlier_moves_the_clock_of_the_case_that_lives() -> None:
    first = take_in(mail(), at=datetime(2027, 2, 1, 9, tzinfo=UTC))
    second = mail(message_id="<two@example.org>", text=ASKS + " bis")
    other = take_in(second, at=datetime(2027, 2, 2, 9, tzinfo=UTC))
    assert first.case is not None
    assert other.case is not None
    workflow.merge(other.case.pk, into=first.case.pk, by=OFFICER)

    take_in(traced(second), at=datetime(2027, 1, 30, 9, tzinfo=UTC))

    assert str(Case.objects.get(pk=first.case.pk).receipt_date) == "2027-01-30"


def test_the_same_text_from_somebody_else_is_a_new_case() -> None:
    first = take_in(mail())
    second = take_in(mail(sender="bea@example.org", message_id="<two@example.org>"))
    third = take_in(mail(sender="cleo@example.org"))  # even under the same Message-ID

    assert [first.state, second.state, third.state] == ["opened"] * 3
    assert set(Case.objects.values_list("person_email", flat=True)) == {
        "ada@example.org",
        "bea@example.org",
        "cleo@example.org",
    }


def test_the_same_text_sent_anew_next_year_is_a_new_case() -> None:
    take_in(mail(), at=datetime(2027, 2, 1, 9, tzinfo=UTC))
    again = take_in(mail(message_id="<next-year@example.org>"), at=datetime(2028, 2, 1, 9, tzinfo=UTC))

    assert again.state == "opened"
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("again", "flag"),
    [
        ({"sender": "eve@example.org"}, "same_message_id"),
        ({"sender": "eve@example.org", "message_id": "<2@example.org>"}, "same_text"),
        ({"message_id": "<2@example.org>"}, "same_text"),
        ({"message_id": "<2@example.org>", "text": f"{ASKS}\nP.S. Vite !"}, ""),
    ],
    ids=["another sender", "another sender and id", "sent again", "other words"],
)
def test_the_same_text_from_another_sender_or_later_is_two_and_flagged(again: dict[str, str], flag: str) -> None:
    first, second = take_in(mail()), take_in(mail(**again))

    assert (first.flag, first.state, second.flag, second.same_as) == ("", "opened", flag, None)
    assert second.case is not None
    assert second.case != first.case or second.state == "attached"


def test_a_few_words_that_many_write_are_not_flagged() -> None:
    take_in(mail("Merci."))

    assert take_in(mail("Merci.", sender="eve@example.org", message_id="<2@example.org>")).flag == ""


def test_the_same_message_id_with_other_content_is_a_second_case_and_flagged() -> None:
    """Otherwise a stranger who sends somebody's Message-ID first makes a request disappear."""
    first = take_in(mail())
    second = take_in(mail(ASKS + "\n\nEt supprimez ensuite mon compte."))

    assert (first.flag, second.flag, second.state) == ("", "same_message_id", "opened")
    assert Case.objects.count() == 2


def test_without_a_message_id_identical_bytes_are_one_message_for_a_week() -> None:
    raw = mail(message_id="")
    at = datetime(2027, 2, 1, 9, tzinfo=UTC)

    ended = [take_in(raw, at=at + timedelta(days=days)).state for days in (0, 1, 365, 366)]

    assert ended == ["opened", "duplicate", "opened", "duplicate"]
    assert Case.objects.count() == 2


def test_without_a_message_id_other_bytes_are_another_message() -> None:
    take_in(mail(message_id=""))

    assert take_in(mail(ASKS + "!", message_id="")).state == "opened"


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_message_place_it_once() -> None:
    message = services.accept(mail(), source="smtp", received_at=timezone.now())

    ended = at_once(lambda: services.process(message.pk), lambda: services.process(message.pk))

    assert sorted(ended, key=str) == [None, MessageState.OPENED]
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_two_copies_open_one_case() -> None:
    copies = [services.accept(raw, source="smtp", received_at=timezone.now()) for raw in (mail(), traced(mail()))]

    ended = at_once(*[lambda pk=copy.pk: services.process(pk) for copy in copies])

    assert sorted(ended) == [MessageState.DUPLICATE, MessageState.OPENED]
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_slow_worker_whose_lease_ran_out_places_nothing_twice(monkeypatch, time_machine) -> None:
    message = services.accept(mail(), source="smtp", received_at=timezone.now())
    read = services._read
    overtaken: list[MessageState | None] = []

    def slowly(*args: Any, **options: Any) -> services.Sealed:
        sealed = read(*args, **options)
        if not overtaken:
            overtaken.append(None)
            time_machine.move_to(timezone.now() + timedelta(minutes=5))
            overtaken.append(services.process(message.pk))
        return sealed

    monkeypatch.setattr(services, "_read", slowly)
    services.process(message.pk)

    assert overtaken[1] is MessageState.OPENED
    assert (Case.objects.count(), states()) == (1, Counter(opened=1))


def at_once(*works: Any) -> list[Any]:
    """Run each in a thread of its own, all at the same moment; what they returned."""
    ready, ended = threading.Barrier(len(works)), []

    def run(work: Any) -> None:
        try:
            ready.wait(10)
            ended.append(work())
        except Exception as error:  # noqa: BLE001  compared by the test
            ended.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return ended


# -- the receipt instant ---------------------------------------------------------------------------


def received_by(host: str) -> bytes:
    return traced(mail(), by=host)


def test_a_piped_mail_was_received_when_our_own_server_says() -> None:
    now = datetime(2027, 2, 1, 23, 30, tzinfo=UTC)  # 2 February in Brussels

    ours = take_in(received_by("mx1.assistool.com"), at=now, source="pipe")

    assert ours.received_at == datetime(2027, 2, 1, 9, 5, tzinfo=UTC)
    assert ours.case is not None
    assert str(ours.case.receipt_date) == "2027-02-01"


@pytest.mark.parametrize(("source", "host"), [("pipe", "mx.evil.example"), ("smtp", "mx1.assistool.com")])
def test_nobody_else_says_when_a_mail_was_received(source: str, host: str) -> None:
    now = datetime(2027, 2, 1, 23, 30, tzinfo=UTC)

    assert take_in(received_by(host), at=now, source=source).received_at == now


def test_a_dead_bell_loses_nothing(settings, monkeypatch) -> None:
    from kombu.exceptions import OperationalError

    def dead(*args: Any, **options: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.process, "delay", dead)
    pk = tasks.take_in(mail(), source="smtp", received_at=timezone.now())

    assert services.waiting() == [pk]
    tasks.sweep()
    assert states() == Counter(opened=1)


# -- keys that do not fit -------------------------------------------------------------------


def test_nothing_is_taken_in_under_a_master_key_that_is_not_this_stores(settings: Any) -> None:
    take_in(mail())
    settings.MASTER_KEYS = [b"another-master-key-of-32-bytes!!"]

    with pytest.raises(SealBroken):
        services.accept(mail(message_id="<two@example.org>"), source="pipe", received_at=timezone.now())

    assert InboundMessage.objects.count() == 1


def test_a_message_whose_file_is_gone_becomes_an_unreadable_case_with_its_clock_running() -> None:
    message = services.accept(mail(), source="smtp", received_at=timezone.now())
    vault.storage().delete(message.raw.name)
    InboundMessage.objects.filter(pk=message.pk).update(attempts=services.ATTEMPTS)

    assert services.process(message.pk) is MessageState.OPENED

    case = Case.objects.get()
    message.refresh_from_db()
    assert (case.unreadable, case.state, message.unreadable) == (True, CaseState.RECEIVED, "cannot_be_opened")
    assert case.case_due is not None
