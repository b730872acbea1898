"""An acknowledgement that was held back: the case says why, and somebody may send it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone, translation

from notifications import acknowledging, services
from notifications.acknowledging import Held
from notifications.kinds import NotificationState
from notifications.models import Notification, Thread
from tests import factories
from tests.notifications.conftest import together
from workflow import events
from workflow import services as law
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event
from workflow.policy import Policy
from workflow.states import EventKind, OutOfScope, Right

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def held(case: Case) -> Held | None:
    return acknowledging.held(factories.again(case), timezone.now())


def order(case: Case, username: str = "officer") -> None:
    acknowledging.acknowledge_now(case.pk, by=factories.actor(username))


def acknowledgements(case: Case) -> list[Notification]:
    services.sweep_pending()
    return list(Notification.objects.filter(case=case, letter="M01"))


def swept(**values: object) -> Case:
    """A case whose first event was dealt with."""
    thread = values.pop("thread", None)
    case = factories.received(**values)
    if isinstance(thread, dict):
        Thread.objects.create(case=case, address="ada@example.org", **thread)
    services.sweep_pending()
    return case


def seen_late() -> Case:
    return swept(thread={"waits_for_a_person": True})


def of_a_machine() -> Case:
    return swept(thread={"acknowledge": False})


def unreadable() -> Case:
    return swept(unreadable=True)


def of_an_authority() -> Case:
    case = factories.received()
    law.recognise_authority(case.pk, by=factories.actor("officer"))
    services.sweep_pending()
    law.record_call_back(case.pk, text="Rappelée au numéro du registre.", by=factories.actor("officer"))
    return case


def nothing_ordered() -> Case:
    """Taken for spam, and back: the letter of the first event was never made."""
    case = factories.received(person_email="")
    services.sweep_pending()
    Case.objects.filter(pk=case.pk).update(person_email="ada@example.org")
    return case


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (seen_late, Held.SEEN_LATE),
        (of_a_machine, Held.MACHINE),
        (unreadable, Held.UNREADABLE),
        (of_an_authority, Held.AUTHORITY),
        (nothing_ordered, Held.NOT_ORDERED),
    ],
)
def test_what_was_held_back_says_why_and_leaves_when_somebody_orders_it(make: Callable[[], Case], why: Held) -> None:
    case = make()
    assert (held(case), acknowledgements(case)) == (why, [])

    order(case)

    assert held(case) is Held.LEAVING
    (letter,) = acknowledgements(case)
    assert (letter.recipient, letter.state, letter.next_try_at) == ("ada@example.org", "queued", None)
    last = Event.objects.filter(stream=case.stream).latest("seq")
    assert (last.kind, last.actor) == (EventKind.ACKNOWLEDGEMENT_ORDERED, factories.actor("officer").code)
    assert events.fields(last)["data"] == {"held": why.value}
    assert events.verify(case.stream).intact


def test_ordered_twice_it_leaves_once_and_the_second_is_told() -> None:
    case = seen_late()
    order(case)

    with pytest.raises(CannotDo, match="on its way"):
        order(case)
    (letter,) = acknowledgements(case)
    with pytest.raises(CannotDo, match="on its way"):
        order(case)
    Notification.objects.filter(pk=letter.pk).update(
        state=NotificationState.SENT.value, finished_at=timezone.now(), sha256="0" * 64
    )
    with pytest.raises(CannotDo, match="has left already"):
        order(case)

    law.confirm_claims(case.pk, rights=[Right.ACCESS], by=factories.actor("officer"))
    assert len(acknowledgements(case)) == 1
    assert Event.objects.filter(kind=EventKind.ACKNOWLEDGEMENT_ORDERED.value).count() == 1
    assert held(case) is None


def test_in_a_case_that_is_over_nobody_is_acknowledged() -> None:
    case = seen_late()
    law.declare_out_of_scope(case.pk, reason=OutOfScope.SPAM, why="Publicité", by=factories.actor("officer"))

    with pytest.raises(CannotDo, match="no longer open"):
        order(case)
    assert (held(case), acknowledgements(case)) == (None, [])


def test_what_has_to_be_said_first_is_a_sentence_and_nothing_changes() -> None:
    authority = factories.received()
    law.recognise_authority(authority.pk, by=factories.actor("officer"))
    follow_up, nowhere = factories.received(to_be_linked=True), factories.received(person_email="")
    services.sweep_pending()
    before = Event.objects.count()

    for case, sentence in ((authority, "Call the sender back"), (follow_up, "another case"), (nowhere, "No address")):
        with pytest.raises(CannotDo, match=sentence):
            order(case)

    assert (Event.objects.count(), Notification.objects.filter(letter="M01").count()) == (before, 0)


@pytest.mark.parametrize("username", ["reviewer", "auditor", "administrator"])
def test_only_who_works_on_cases_orders_it(username: str) -> None:
    case = seen_late()

    with pytest.raises(NotPermitted):
        order(case, username)
    assert acknowledgements(case) == []


def test_nobody_acknowledges_a_request_of_their_own() -> None:
    case = swept(person_email=factories.staff("officer").email, thread={"waits_for_a_person": True})

    with pytest.raises(NotPermitted):
        order(case)
    assert Thread.objects.get(case=case).waits_for_a_person


def test_one_that_waits_behind_many_others_is_let_go(time_machine) -> None:
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    owner = factories.installation()
    law.set_policy(Policy(ack_per_sender_per_hour=1), controller=owner, by=factories.actor("manager"))
    first, second = factories.received(), factories.received()
    services.sweep_pending()
    assert (held(first), held(second)) == (Held.LEAVING, Held.PACED)
    assert acknowledging.leaves_at(second) == timezone.now() + timedelta(hours=1)

    order(second)

    (letter,) = acknowledgements(second)
    assert letter.pk in services.due()
    assert held(second) is Held.LEAVING


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (NotificationState.FAILED, Held.TRIED_AGAIN),
        (NotificationState.UNCERTAIN, Held.TRIED_AGAIN),
        (NotificationState.SENDING, Held.LEAVING),
        (NotificationState.UNDELIVERABLE, Held.CAME_BACK),
    ],
)
def test_a_letter_that_was_tried_is_never_made_again(state: NotificationState, why: Held) -> None:
    case = swept()
    over = timezone.now() if state is NotificationState.UNDELIVERABLE else None
    Notification.objects.update(state=state.value, finished_at=over)

    assert held(case) is why
    with pytest.raises(CannotDo):
        order(case)
    assert len(acknowledgements(case)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_the_same_moment_one_orders_it() -> None:
    case = seen_late()
    officer = factories.actor("officer")
    refused: list[str] = []

    def try_it() -> None:
        try:
            acknowledging.acknowledge_now(case.pk, by=officer)
        except CannotDo as error:
            refused.append(str(error.sentence))
        finally:
            connections.close_all()

    together(try_it, try_it)

    assert len(refused) == 1
    assert len(acknowledgements(case)) == 1
    assert Event.objects.filter(kind=EventKind.ACKNOWLEDGEMENT_ORDERED.value).count() == 1
