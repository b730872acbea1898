"""Letters to staff about a case reach only those who see it."""

import pytest

from notifications import services as post_office
from notifications.kinds import Audience, NotificationState
from notifications.models import Notification
from tests import factories
from tests.factories import actor, colleague, staff
from workflow import services
from workflow.actors import INTAKE
from workflow.models import Case
from workflow.states import BreachSign, Relation, Role

pytestmark = pytest.mark.django_db


def restricted(*names: str) -> Case:
    case = factories.received()
    post_office.sweep_pending()
    named = [staff(name) for name in names]
    services.restrict_access(case.pk, named=named, reason="A colleague.", by=actor("manager"))
    return factories.again(case)


def told(case: Case) -> set[str]:
    """Who of us gets the letters ordered now."""
    before = set(Notification.objects.values_list("pk", flat=True))
    post_office.sweep_pending()
    rows = Notification.objects.filter(case=case, audience=Audience.STAFF.value).exclude(pk__in=before)
    return {recipient.partition("@")[0] for recipient in rows.values_list("recipient", flat=True)}


def alarm(case: Case) -> set[str]:
    services.propose_breach(case.pk, sign=BreachSign.REPORTED_BY_MAIL, by=INTAKE)
    return told(case)


def test_an_alarm_of_an_ordinary_case_goes_to_all_who_are_told():
    colleague("privacy", Role.DPO)

    assert alarm(factories.received()) == {"officer", "manager", "privacy"}


def test_an_alarm_of_a_restricted_case_goes_to_named_staff_and_the_data_protection_officer():
    colleague("privacy", Role.DPO)

    assert alarm(restricted("officer", "reviewer")) == {"officer", "privacy"}


def test_where_nobody_meant_sees_it_the_named_who_work_on_it_are_told():
    second = colleague("second", Role.MANAGER)
    case = restricted("second")

    services.record_late_letters(case.pk, waiting=1, letter="M01", by=INTAKE)

    assert told(case) == {second.username}


def test_no_alarm_reaches_whom_the_case_is_about():
    case = factories.received(person_email=staff("manager").email)

    assert alarm(case) == {"officer"}


def test_a_letter_written_before_the_restriction_does_not_leave_after_it():
    case = factories.received()
    services.propose_breach(case.pk, sign=BreachSign.REPORTED_BY_MAIL, by=INTAKE)
    post_office.sweep_pending()
    services.restrict_access(case.pk, named=[staff("officer")], reason="A colleague.", by=actor("manager"))

    post_office.deliver_due()

    states = dict(Notification.objects.filter(letter="A08").values_list("recipient", "state"))
    assert states["manager@assistool.com"] == NotificationState.CANCELLED
    assert states["officer@assistool.com"] != NotificationState.CANCELLED


def test_manager_and_data_protection_officer_are_asked_whether_to_restrict():
    colleague("privacy", Role.DPO)
    case = factories.received()

    services.record_relation(case.pk, relation=Relation.EMPLOYEE, by=actor("officer"))

    assert told(case) == {"manager", "privacy"}
    letter = Notification.objects.filter(recipient="manager@assistool.com").get()
    assert "collègues nommés" in post_office.content_of(letter).text
