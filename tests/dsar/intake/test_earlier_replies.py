"""A wait ends when the reply first reached us, also when that copy is found later."""

from datetime import date, datetime
from typing import Any

import pytest

from notifications import tokens
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.factories import actor, utc
from workflow import events, queries, services
from workflow.actors import POST_OFFICE
from workflow.models import Case, Pause
from workflow.states import EventKind, IdentityMethod, PauseEnd, PauseKind, Right

pytestmark = pytest.mark.usefixtures("installed")

RECEIVED = utc(2027, 3, 1, 9)
ASKED = utc(2027, 3, 2, 9)
CAME = utc(2027, 3, 9, 9)
REPLY = "Bonjour,\n\nIl s’agit de mes commandes de l’année dernière.\n\nAda"


@pytest.fixture
def waiting(time_machine: Any) -> Case:
    """Ada's case in progress, which has asked her what she means; the clock stands."""
    time_machine.move_to(RECEIVED, tick=False)
    case = take_in(mail(), at=RECEIVED).case
    assert case is not None
    services.confirm_claims(case.pk, rights=[Right.ACCESS], by=actor("officer"))
    time_machine.move_to(ASKED, tick=False)
    services.verify_identity(
        case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.", by=actor("officer")
    )
    services.ask_clarification(
        case.pk, question="Lesquelles ?", choices=["a"], stops_clock=True, volume="beaucoup", by=actor("officer")
    )
    services.begin_pause(case.pk, kind=PauseKind.SCOPE, asked_at=ASKED, by=POST_OFFICE)
    return factories.again(case)


def reply(case: Case, at: datetime, *, source: str = "smtp") -> str:
    raw = mail(REPLY, message_id="<reply@example.org>", subject="Re: demande")
    return take_in(raw, at=at, source=source, envelope_to=[tokens.reply_address(case)]).state


def pause(case: Case) -> Pause:
    return Pause.objects.get(case=case)


def test_a_copy_that_had_arrived_before_ends_the_wait_on_its_day(waiting: Case, time_machine: Any) -> None:
    time_machine.move_to(utc(2027, 3, 12, 9), tick=False)
    assert reply(waiting, CAME) == "attached"
    answered = factories.again(waiting)

    assert reply(waiting, utc(2027, 3, 5, 9), source="imap") == "duplicate"

    corrected = factories.again(waiting)
    assert (pause(waiting).answered_on, pause(waiting).ended) == (date(2027, 3, 5), PauseEnd.REPLY)
    assert corrected.case_due < answered.case_due
    event = queries.history(waiting).last()
    assert event is not None
    told = events.fields(event)["data"]
    assert (event.kind, told["was_answered_on"], told["answered_on"], told["case_due"]) == (
        EventKind.REPLY_ARRIVED_EARLIER,
        "2027-03-09",
        "2027-03-05",
        corrected.case_due.isoformat(),
    )
    assert services.differences(corrected) == []


def test_a_copy_of_the_same_day_or_later_moves_nothing(waiting: Case, time_machine: Any) -> None:
    time_machine.move_to(utc(2027, 3, 12, 9), tick=False)
    reply(waiting, CAME)

    reply(waiting, utc(2027, 3, 9, 8))
    reply(waiting, utc(2027, 3, 11, 8))

    assert pause(waiting).answered_on == date(2027, 3, 9)
    assert EventKind.REPLY_ARRIVED_EARLIER not in [event.kind for event in queries.history(waiting)]


def test_what_had_come_before_the_question_leaves_no_wait_at_all(waiting: Case, time_machine: Any) -> None:
    time_machine.move_to(utc(2027, 3, 12, 9), tick=False)
    reply(waiting, CAME)

    reply(waiting, utc(2027, 3, 1, 12))

    corrected = factories.again(waiting)
    assert pause(waiting).answered_on == date(2027, 3, 2)
    assert corrected.month_due == corrected.never_paused_due
    assert services.differences(corrected) == []


def test_a_wait_given_up_for_silence_ended_when_the_reply_had_come(waiting: Case, time_machine: Any) -> None:
    time_machine.move_to(utc(2027, 3, 20, 9), tick=False)
    services.ring()
    assert pause(waiting).ended == PauseEnd.SILENCE
    reply(waiting, utc(2027, 3, 19, 9))

    reply(waiting, utc(2027, 3, 5, 9), source="imap")

    assert (pause(waiting).answered_on, pause(waiting).ended) == (date(2027, 3, 5), PauseEnd.REPLY)
    assert services.differences(factories.again(waiting)) == []


def test_another_message_that_had_come_before_the_reply_ended_the_wait(waiting: Case, time_machine: Any) -> None:
    time_machine.move_to(utc(2027, 3, 20, 9), tick=False)
    reply(waiting, CAME)
    more = mail("Bonjour, je vous réponds demain.\n\nAda", message_id="<more@example.org>", subject="Re: demande")
    to = [tokens.reply_address(waiting)]
    take_in(more, at=utc(2027, 3, 12, 9), envelope_to=to)

    take_in(more, at=utc(2027, 3, 4, 9), envelope_to=to)

    assert pause(waiting).answered_on == date(2027, 3, 4)


@pytest.mark.parametrize("day", [9, 10])
def test_a_mandate_is_waited_for_until_the_first_copy_of_the_reply(waiting: Case, time_machine: Any, day: int) -> None:
    services.ask_mandate(waiting.pk, question="De qui est le mandat ?", by=actor("officer"))
    services.begin_pause(waiting.pk, kind=PauseKind.MANDATE, asked_at=ASKED, by=POST_OFFICE)
    time_machine.move_to(utc(2027, 3, 12, 9), tick=False)
    reply(waiting, utc(2027, 3, day, 9))
    assert Pause.objects.get(case=waiting, kind=PauseKind.MANDATE).answered_on == date(2027, 3, day)

    reply(waiting, utc(2027, 3, 5, 9))

    assert Pause.objects.get(case=waiting, kind=PauseKind.MANDATE).answered_on == date(2027, 3, 5)
    assert services.differences(factories.again(waiting)) == []
