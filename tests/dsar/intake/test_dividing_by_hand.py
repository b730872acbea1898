"""An officer divides a message of several people, or says that it is one person's."""

from datetime import timedelta
from pathlib import Path

import pytest

from dsar.intake import dividing
from dsar.intake.models import InboundMessage, SeveralPeople, Share
from dsar.intake.persons import Person, Standing
from dsar.vault.models import Blob
from notifications import services as post_office
from notifications.models import Thread
from tests import factories
from tests.dsar.intake.post import take_in
from tests.dsar.intake.test_dividing import (
    AT,
    UNSURE,
    WRITER,
    cases,
    choice,
    couple,
    letters,
    officer,
    own,
    rights,
    shown,
)
from tests.dsar.intake.test_moving import with_a_file
from workflow import events, queries, services
from workflow.guards import CannotDo, NotPermitted
from workflow.states import EventKind, Outcome, Right

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture(autouse=True)
def _that_day(time_machine) -> None:  # type: ignore[no-untyped-def]
    time_machine.move_to(AT + timedelta(hours=1))


@pytest.fixture
def unsure(installed: Path) -> InboundMessage:
    """Opened as one case, with the question whether it is several people's."""
    message = take_in(couple(UNSURE), at=AT)
    post_office.sweep_pending()
    return message


def test_an_officer_divides_what_was_one_case(unsure: InboundMessage) -> None:
    case = own(unsure)
    assert unsure.raw.holder == case.uuid

    made = dividing.divide(
        unsure.pk, choice(unsure, "Marie Dubois", "Jan Peeters", whose={"4711": 2, "Marie": 1}), by=officer()
    )
    post_office.sweep_pending()

    marie, jan = cases()
    unsure.refresh_from_db()
    assert (made, marie, unsure.state, unsure.case) == ([marie, jan], case, "divided", None)
    assert ("4711" in shown(marie), "4711" in shown(jan)) == (False, True)
    assert (jan.received_at, jan.case_due, jan.written_by) == (marie.received_at, marie.case_due, WRITER)
    assert (marie.person_email, marie.written_by) == (WRITER, "")
    assert letters(marie) == letters(jan) == [("M01", WRITER)]
    assert unsure.raw.holder == unsure.uuid
    assert [share.text.holder for share in unsure.shares.all()] == [marie.uuid, jan.uuid]
    assert dividing.proposal(unsure) is None
    assert queries.history(marie).last().kind == EventKind.MESSAGE_DIVIDED.value
    assert events.verify(marie.stream).intact


def test_where_the_writer_is_none_of_them_the_case_stays_the_firsts_with_the_writer_noted(
    unsure: InboundMessage,
) -> None:
    people = (Person("Marie Dubois", Standing.REPRESENTED), Person("Jan Peeters", Standing.SIGNS))

    dividing.divide(unsure.pk, choice(unsure, "a", "b", people=people), by=officer())

    assert [(one.person_name, one.person_email, one.written_by) for one in cases()] == [
        ("Marie Dubois", "", WRITER),
        ("Jan Peeters", "", WRITER),
    ]
    assert Thread.objects.filter(address=WRITER).count() == 2


def test_rights_nobody_confirmed_go_where_they_were_asked_for() -> None:
    text = "Nous avons deux demandes.\nEffacez mes données.\nMon mari veut une copie de ses données.\n\nA\nB"
    message = take_in(couple(text, subject="Demandes"), at=AT)
    whose = {"Effacez": 1, "copie": 2}
    assert rights(own(message)) == {"access", "erasure"}

    marie, jan = dividing.divide(message.pk, choice(message, "A Dubois", "B Peeters", whose=whose), by=officer())

    assert (rights(factories.again(marie)), rights(jan)) == ({"erasure"}, {"access"})


def test_attachments_go_to_their_person_or_stay_with_the_whole() -> None:
    message = take_in(with_a_file(), at=AT)
    part = message.parts.get()

    _ada, bob = dividing.divide(message.pk, choice(message, "Ada", "Bob", files={part.uuid: 2}), by=officer())

    part.refresh_from_db()
    assert (part.moved_to, part.blob.holder) == (bob, bob.uuid)


def test_a_choice_that_is_not_complete_changes_nothing(unsure: InboundMessage) -> None:
    good = choice(unsure, "Marie Dubois", "Jan Peeters")
    two_writers = tuple(Person(person.name, Standing.WRITES) for person in good.people)
    files = Blob.objects.count()

    for wrong in (
        choice(unsure, "Marie Dubois"),
        choice(unsure, "Marie Dubois", " "),
        choice(unsure, "Marie Dubois", "marie  dubois"),
        choice(unsure, "Marie Dubois", "Jan Peeters", text="0" * 64),
        choice(unsure, "Marie Dubois", "Jan Peeters", whose={"": 1}),
        choice(unsure, "Marie Dubois", "Jan Peeters", whose={"": 3}),
        choice(unsure, "Marie Dubois", "Jan Peeters", people=two_writers),
    ):
        with pytest.raises(CannotDo):
            dividing.divide(unsure.pk, wrong, by=officer())

    assert (len(cases()), Share.objects.count(), Blob.objects.count()) == (1, 0, files)
    with pytest.raises(NotPermitted):
        dividing.divide(unsure.pk, good, by=factories.actor("auditor"))


def test_twice_divides_once(unsure: InboundMessage) -> None:
    chosen = choice(unsure, "Marie Dubois", "Jan Peeters")
    dividing.divide(unsure.pk, chosen, by=officer())

    with pytest.raises(CannotDo):
        dividing.divide(unsure.pk, chosen, by=officer())

    assert (len(cases()), Share.objects.count()) == (2, 2)


def test_after_a_decision_a_message_is_no_longer_divided(unsure: InboundMessage) -> None:
    case = own(unsure)
    services.confirm_claims(case.pk, rights=[Right.INFORMATION], by=officer())
    claim = factories.claim(case, Right.INFORMATION)
    services.take(case.pk, by=officer())
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=officer())
    factories.submit(claim.pk, by=officer())
    services.approve(claim.pk, version=factories.claim(case, Right.INFORMATION).version, by=factories.actor("reviewer"))

    with pytest.raises(CannotDo):
        dividing.divide(unsure.pk, choice(unsure, "Marie Dubois", "Jan Peeters"), by=officer())

    assert (len(cases()), Share.objects.count()) == (1, 0)


def test_an_officer_may_say_that_one_person_asks(unsure: InboundMessage) -> None:
    dividing.is_one_persons(unsure.pk, by=officer())

    row = SeveralPeople.objects.get()
    assert (dividing.proposal(unsure), row.settled_by) == (None, officer().code)
    assert queries.history(own(unsure)).last().kind == EventKind.MESSAGE_FOUND_ONE_PERSONS.value
    with pytest.raises(CannotDo):
        dividing.is_one_persons(unsure.pk, by=officer())
