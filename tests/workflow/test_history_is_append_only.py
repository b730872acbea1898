"""Event v1: appended once, chained by hash, refused every change by the database itself."""

import hashlib
import json

import pytest
import rfc8785
from django.db import DatabaseError, connection, transaction

from tests import factories
from workflow import events, triggers
from workflow.actors import INTAKE
from workflow.models import Event, EventPayload, HolderKey, Stream
from workflow.states import EventKind

pytestmark = pytest.mark.django_db

CHANGES = {
    "update": "UPDATE workflow_event SET kind = 'case_closed'",
    "delete": "DELETE FROM workflow_event",
}
if connection.vendor == "sqlite":
    CHANGES["replace by id"] = "INSERT OR REPLACE INTO workflow_event SELECT * FROM workflow_event"
    CHANGES["replace by place"] = (
        "INSERT OR REPLACE INTO workflow_event (stream, seq, kind, utc, actor, body, hash) "
        "SELECT stream, seq, 'case_closed', utc, actor, body, hash FROM workflow_event"
    )
else:
    CHANGES["truncate"] = "TRUNCATE workflow_event CASCADE"
    CHANGES["upsert"] = (
        "INSERT INTO workflow_event SELECT * FROM workflow_event ON CONFLICT (id) DO UPDATE SET kind = 'case_closed'"
    )


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES.keys())
def test_the_database_refuses_every_change_of_an_event(statement):
    case = factories.received()
    before = list(Event.objects.filter(stream=case.stream).values_list("seq", "kind", "hash"))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(Event.objects.filter(stream=case.stream).values_list("seq", "kind", "hash")) == before


def test_an_event_can_be_verified_with_nothing_but_its_bytes():
    case = factories.confirmed()

    previous = hashlib.sha256(f"dsar-event-v1:case:{case.uuid}".encode()).hexdigest()
    for seq, event in enumerate(Event.objects.filter(stream=case.stream).order_by("seq"), start=1):
        body = bytes(event.body)
        values = json.loads(body)
        assert rfc8785.dumps(values) == body
        assert (values["schema"], values["seq"], values["stream"], values["prev"]) == (1, seq, case.stream, previous)
        previous = hashlib.sha256(b"\x00" + body).hexdigest()
        assert event.hash == previous

    end = Stream.objects.get(name=case.stream)
    assert (end.seq, end.head) == (2, previous)


def test_the_first_event_of_a_case_keeps_its_policy_and_its_dates():
    case = factories.received()

    first = events.fields(Event.objects.get(stream=case.stream, seq=1))

    assert first["kind"] == "case_received"
    assert {name: first["data"][name] for name in ("policy_version", "rule", "roll", "mode", "anchor")} == {
        "policy_version": 1,
        "rule": "earliest",
        "roll": "none",
        "mode": "pause",
        "anchor": "receipt",
    }
    assert first["data"]["case_due"] == case.case_due.isoformat()


def test_no_personal_data_stands_in_an_event_and_the_payload_can_be_read_back():
    case = factories.received(
        person_email="canary-7f3@example.org", person_name="Canary Sevenfthree", subject="Kanarie"
    )

    event = Event.objects.get(stream=case.stream, seq=1)

    assert not [word for word in (b"canary", b"Canary", b"Kanarie") if word in bytes(event.body)]
    assert events.payload_of(event) == {
        "person": "canary-7f3@example.org",
        "name": "Canary Sevenfthree",
        "subject": "Kanarie",
    }


def test_shredding_the_case_key_erases_the_payload_and_leaves_the_chain_intact():
    case = factories.received()

    HolderKey.objects.shred(case.uuid)

    assert events.payload_of(Event.objects.get(stream=case.stream, seq=1)) is None
    assert events.verify(case.stream).intact


def _tamper(statement, *parameters):
    """What an owner of the database could do: the triggers aside, then a change, then the triggers back."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    triggers.install(connection)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE workflow_event SET actor = 'S-9999' WHERE stream = %s AND seq = 2", "columns"),
        ("UPDATE workflow_event SET hash = 'aa' WHERE stream = %s AND seq = 2", "hash"),
        ("DELETE FROM workflow_event WHERE stream = %s AND seq = 2", "gap"),
    ],
)
def test_what_an_owner_of_the_database_changes_is_found_and_named(statement, why):
    case = factories.in_progress()

    _tamper(statement, case.stream)

    verdict = events.verify(case.stream)
    assert (verdict.intact, verdict.broken_at, verdict.why) == (False, 2, why)


def test_cutting_the_end_of_the_history_is_found():
    case = factories.in_progress()
    last = Stream.objects.get(name=case.stream).seq

    _tamper("DELETE FROM workflow_event WHERE stream = %s AND seq = %s", case.stream, last)

    verdict = events.verify(case.stream)
    assert (verdict.broken_at, verdict.why) == (last, "missing")


def test_a_payload_that_was_exchanged_is_found():
    case = factories.received()
    other = factories.received(person_email="other@example.org")
    mine = EventPayload.objects.get(event__stream=case.stream)
    theirs = EventPayload.objects.get(event__stream=other.stream)

    EventPayload.objects.filter(pk=mine.pk).update(sealed=theirs.sealed, holder=theirs.holder)

    assert not events.verify(case.stream).intact


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        events.record("install", EventKind.NOTE_ADDED, by=INTAKE, at=factories.utc(2027, 1, 1))


@pytest.mark.parametrize("value", [1.5, b"bytes", ["list"]])
def test_an_event_holds_strings_integers_booleans_and_null_only(value):
    with pytest.raises(ValueError, match="must be a string"):
        events.record("install", EventKind.NOTE_ADDED, by=INTAKE, at=factories.utc(2027, 1, 1), data={"x": value})
