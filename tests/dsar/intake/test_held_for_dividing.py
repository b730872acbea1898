"""A mail in which several people seem to ask is acknowledged once an officer has said whose is what."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from dsar.intake import dividing
from dsar.intake.models import InboundMessage, MessageState, SeveralPeople
from notifications import acknowledging
from notifications import services as post_office
from notifications.acknowledging import Held
from notifications.models import Notification, Thread
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.dsar.intake.test_dividing import AT, UNSURE, WRITER, cases, choice, couple, letters, officer, own
from workflow import services
from workflow.states import Right

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with time_machine.travel(AT + timedelta(hours=1)):
        yield


@pytest.fixture
def flagged() -> InboundMessage:
    """Taken in, with everything done that happens by itself at once."""
    with time_machine.travel(AT, tick=False):
        message = take_in(couple(UNSURE), at=AT)
        post_office.sweep_pending()
    return message


def named() -> list[str | None]:
    return list(Notification.objects.filter(letter="M01").order_by("pk").values_list("named", flat=True))


def test_nothing_leaves_before_somebody_looked_and_the_case_says_why(flagged: InboundMessage) -> None:
    assert letters(own(flagged)) == []
    assert acknowledging.held(own(flagged), AT) is Held.OF_SEVERAL


def test_after_the_time_for_sorting_it_leaves_without_naming_a_right(flagged: InboundMessage) -> None:
    with time_machine.travel(AT, tick=False):
        assert post_office.sweep_held() == 0
    with time_machine.travel(AT + timedelta(days=5), tick=False):
        assert post_office.sweep_held() == 1
        assert post_office.sweep_held() == 0

    assert (letters(own(flagged)), named()) == ([("M01", WRITER)], [""])


def test_once_divided_each_is_told_of_their_own_rights(flagged: InboundMessage) -> None:
    dividing.divide(flagged.pk, choice(flagged, "Marie Dubois", "Jan Peeters"), by=officer())
    post_office.sweep_pending()

    assert [letters(case) for case in cases()] == [[("M01", WRITER)], [("M01", WRITER)]]
    assert all(named())
    assert not Thread.objects.filter(several=True).exists()


def test_said_to_be_one_persons_it_leaves_at_once_with_the_rights(flagged: InboundMessage) -> None:
    dividing.is_one_persons(flagged.pk, by=officer())
    post_office.sweep_pending()

    assert letters(own(flagged)) == [("M01", WRITER)]
    assert all(named())


def test_rights_confirmed_before_it_is_divided_are_not_named_either(flagged: InboundMessage) -> None:
    services.confirm_claims(own(flagged).pk, rights=[Right.ACCESS], by=officer())
    post_office.sweep_pending()

    assert (letters(own(flagged)), named()) == ([("M01", WRITER)], [""])


def test_an_officer_may_let_it_leave_now(flagged: InboundMessage) -> None:
    with time_machine.travel(AT, tick=False):
        acknowledging.acknowledge_now(own(flagged).pk, by=factories.actor("officer"))
        post_office.sweep_pending()

    assert (letters(own(flagged)), named()) == ([("M01", WRITER)], [""])


def test_what_several_ask_in_a_case_that_is_there_is_nobodys_until_an_officer_says() -> None:
    case = take_in(mail()).case
    assert case is not None
    both = (
        "Bonjour,\n\nNous demandons une copie de nos données et l'effacement de nos comptes.\n\n"
        "Ada Lovelace et Bob Martin"
    )

    message = take_in(
        mail(both, message_id="<two@example.org>", extra=["In-Reply-To: <one@example.org>"], subject="Re: Accès")
    )

    assert (message.state, message.case) == (MessageState.ATTACHED.value, case)
    assert SeveralPeople.objects.filter(message=message, settled_at=None).exists()
    added = case.claims.exclude(right=Right.ACCESS.value)
    assert added
    assert all(claim.unsure and not claim.confirmed for claim in added)
