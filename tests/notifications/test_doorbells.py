"""Bells may ring twice, late or not at all: the tables know what is due."""

import pytest
from celery import current_app
from hypothesis import given
from hypothesis import strategies as st
from kombu.exceptions import OperationalError

from notifications import delivery, services, tasks
from notifications.models import Notification
from tests import factories
from workflow.models import Pending

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(monkeypatch):
    """What was rung for, instead of a broker."""
    heard: list[tuple[str, int]] = []
    for task in (tasks.consume, tasks.deliver):

        def apply_async(arguments: tuple[int], *, retry: bool, name: str = task.name) -> None:
            assert retry is False, "publishing must not wait for a broker that is down"
            heard.append((name.rpartition(".")[2], *arguments))

        monkeypatch.setattr(task, "apply_async", apply_async)
    return heard


def test_the_tasks_have_the_names_the_schedule_uses():
    names = {"notifications.tasks.consume", "notifications.tasks.deliver", "notifications.tasks.sweep"}

    assert names <= set(current_app.tasks)


def test_a_commit_rings_for_its_letters_and_they_ring_for_their_delivery(rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        case = factories.received()
    event = Pending.objects.get()
    assert rung == [("consume", event.event_id)]

    tasks.consume(event.event_id)
    tasks.consume(event.event_id)

    letter = Notification.objects.get(case=case)
    assert rung[1:] == [("deliver", letter.pk)]


def test_a_dead_broker_costs_nothing_but_time(monkeypatch, outbox, caplog, django_capture_on_commit_callbacks):
    def dead(*_what: object, **_how: object) -> None:
        raise OperationalError("connection refused by redis://secret@host")

    for task in (tasks.consume, tasks.deliver):
        monkeypatch.setattr(task, "apply_async", dead)
    with django_capture_on_commit_callbacks(execute=True):
        case = factories.received()
    assert "secret" not in caplog.text

    tasks.sweep()

    assert Notification.objects.get(case=case).state == "written"


def test_the_sweep_does_everything_with_an_empty_broker_and_once(rung, outbox):
    cases = [factories.received(person_email=f"p{number}@example.org") for number in range(3)]

    tasks.sweep()
    tasks.sweep()

    assert [Notification.objects.get(case=case).state for case in cases] == ["written"] * 3
    assert len(list(outbox.glob("*.eml"))) == 3


def test_one_letter_that_cannot_be_carried_does_not_hold_up_the_others(outbox):
    bad, good = factories.received(), factories.received(person_email="grace@example.org")
    services.sweep_pending()
    Notification.objects.filter(case=bad).update(body=b"not what was sealed")

    assert services.deliver_due() == 2

    assert Notification.objects.values_list("state", "why").get(case=bad) == ("failed", "not_made")
    assert Notification.objects.get(case=good).state == "written"


def test_a_sweep_stops_when_its_time_is_over(outbox):
    for number in range(3):
        factories.received(person_email=f"p{number}@example.org")
    services.sweep_pending()

    assert services.deliver_due(seconds=-1) == 0
    assert services.deliver_due(limit=2) == 2
    assert services.deliver_due() == 1


@given(st.text(max_size=400))
def test_no_message_id_becomes_a_path(text):
    name = delivery.file_name(f"<{text}>")

    assert name == name.encode("ascii").decode()
    assert "/" not in name
    assert not name.startswith(".")
    assert name.endswith(".eml")
    assert len(name) <= 255


def test_two_ids_are_two_files():
    ids = ["<a/b@c>", "<a_b@c>", "<a b@c>", "<" + "x" * 300 + "1@c>", "<" + "x" * 300 + "2@c>", "<..>", "<.>", "<>"]

    assert len({delivery.file_name(one) for one in ids}) == len(ids)
