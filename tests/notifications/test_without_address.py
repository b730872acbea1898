"""Staff whom mail cannot reach, or who share an address, are told at the desk like everybody."""

from typing import Any

import pytest
from django.utils import timezone

from notifications import notices, services
from notifications.kinds import Channel
from notifications.models import Notice, Notification
from tests import factories
from workflow import services as law
from workflow.actors import POST_OFFICE
from workflow.models import Staff
from workflow.states import ComplaintKind, EventKind, Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(time_machine: Any) -> None:
    time_machine.move_to("2027-03-01T11:00:00+00:00", tick=False)


def reached(username: str, address: str) -> Staff:
    factories.staff(username)
    Staff.objects.filter(username=username).update(email=address)
    return factories.staff(username)


def told(staff: Staff) -> list[str]:
    return sorted(Notice.objects.filter(staff=staff).values_list("letter", flat=True))


def something_happens() -> None:
    case = factories.confirmed()
    law.raise_complaint(case.pk, kind=ComplaintKind.DISAGREEMENT, words="No.", by=factories.actor("manager"))
    services.sweep_pending()


@pytest.mark.parametrize("address", ["", "=?utf-8?q?a=40b.example?=@example.org", "not an address"])
def test_whoever_mail_cannot_reach_is_told_at_the_desk(address: str) -> None:
    officer = reached("officer", address)

    something_happens()

    assert told(officer) == ["A08"]
    assert not Notice.objects.get(staff=officer).mailed
    assert not Notification.objects.filter(audience="staff", recipient__in=["", address]).exists()
    assert Notification.objects.filter(letter="A08", recipient="manager@assistool.com").exists()


@pytest.mark.parametrize("first", [Channel.MAIL, Channel.DESK])
def test_two_who_share_an_address_are_both_told_and_the_address_once(first: Channel) -> None:
    officer = reached("officer", "privacy@assistool.com")
    second = factories.colleague("bea", Role.OFFICER)
    Staff.objects.filter(pk=second.pk).update(email="privacy@assistool.com")
    notices.choose(officer, channel=first, weekly=False)

    something_happens()

    assert (told(officer), told(second)) == (["A08"], ["A08"])
    assert Notification.objects.filter(letter="A08", recipient="privacy@assistool.com").count() == 1


def test_an_alarm_that_nothing_can_leave_stands_at_the_desk_too() -> None:
    officer = reached("officer", "")
    law.record_sending_alarm(EventKind.SENDING_ALARM_RAISED, why="unreachable", since=timezone.now(), by=POST_OFFICE)

    services.sweep_pending()

    assert told(officer) == ["A07C"]


def test_a_test_mail_goes_to_whoever_asked_whatever_they_chose() -> None:
    administrator = factories.staff("administrator")
    notices.choose(administrator, channel=Channel.DESK, weekly=False)

    law.order_test_mail(by=administrator.actor())
    services.sweep_pending()

    assert Notification.objects.filter(letter="A00", recipient=administrator.email).exists()


def test_a_colleague_without_account_and_without_address_gets_no_sheet_of_paper() -> None:
    case = factories.received(person_email="", person_name="")
    law.identify_writer(
        case.pk, email="ada@example.org", name="Ada", received_at=case.received_at, colleague="nobody",
        by=factories.actor("officer"),
    )  # fmt: skip

    services.sweep_pending()

    assert not Notification.objects.filter(letter="A10").exists()
