"""Who is away has a stand-in: reminders, alarms and the own list follow. An account with open cases is not closed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from notifications import services as post_office
from notifications.models import Notification
from tests import factories
from tests.factories import actor, colleague, staff
from workflow import queries, services
from workflow.actors import INTAKE
from workflow.deadlines import brussels_date
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Absence, Case, Event, Staff
from workflow.states import BreachSign, EventKind, Role

pytestmark = pytest.mark.django_db


def day(number: int) -> date:
    return brussels_date(timezone.now()) + timedelta(days=number)


def away(username: str, stand_in: str, first: int = 0, last: int = 3, by: str = "") -> Absence:
    return services.set_absence(
        staff=staff(username),
        first_day=day(first),
        last_day=day(last),
        stand_in=staff(stand_in),
        by=actor(by or username),
    )


def alarmed(case: Case) -> set[str]:
    services.propose_breach(case.pk, sign=BreachSign.REPORTED_BY_MAIL, by=INTAKE)
    post_office.sweep_pending()
    found = Notification.objects.filter(case=case, letter="A08").values_list("recipient", flat=True)
    return {recipient.partition("@")[0] for recipient in found}


def test_alarms_and_reminders_go_to_the_stand_in_meanwhile():
    second = colleague("second", Role.OFFICER)
    case = factories.in_progress()
    away("officer", "second")

    assert alarmed(case) == {"second", "manager"}
    assert not second.absences.exists()


@pytest.mark.parametrize(("first", "last"), [(1, 3)])
def test_before_and_after_they_go_to_the_person(first, last):
    colleague("second", Role.OFFICER)
    case = factories.in_progress()
    away("officer", "second", first, last)

    assert alarmed(case) == {"officer", "manager"}


def test_a_stand_in_from_whom_the_case_is_hidden_is_not_told():
    colleague("second", Role.OFFICER)
    case = factories.in_progress()
    services.restrict_access(case.pk, named=[staff("officer")], reason="A colleague.", by=actor("manager"))
    away("officer", "second")

    assert alarmed(case) == {"officer"}


def test_the_cases_stand_in_the_list_of_the_stand_in_and_the_page_says_so():
    colleague("second", Role.OFFICER)
    case = factories.in_progress()
    client = Client()
    client.force_login(staff("second"))
    assert client.get("/?view=mine").context["totals"]["mine"] == 0

    away("officer", "second")

    page = client.get("/?view=mine")
    assert page.context["totals"]["mine"] == 1
    assert case.reference in page.content.decode()
    assert "remplacement : Second" in client.get(f"/cases/{case.uuid}/").content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("who", "instead", "sentence"),
    [
        ("officer", "reviewer", "same work"),
        ("officer", "auditor", "same work"),
        ("reviewer", "officer", "same work"),
        ("officer", "officer", "same work"),
    ],
)
def test_the_stand_in_may_do_the_same_work(who, instead, sentence):
    with pytest.raises(CannotDo, match=sentence):
        away(who, instead)
    assert not Absence.objects.exists()


def test_a_manager_stands_in_for_officer_and_reviewer():
    away("officer", "manager")
    away("reviewer", "manager")

    assert queries.present({staff("officer"), staff("reviewer")}, day(0)) == {staff("manager")}


def test_stand_ins_are_there_themselves_and_days_do_not_overlap():
    colleague("second", Role.OFFICER)
    away("officer", "second", 0, 3)

    with pytest.raises(CannotDo, match="stands in for somebody"):
        away("second", "manager", 2, 5)
    with pytest.raises(CannotDo, match="already"):
        away("officer", "manager", 3, 4)
    colleague("third", Role.OFFICER)
    with pytest.raises(CannotDo, match="away in these days"):
        away("third", "officer", 1, 1)
    with pytest.raises(CannotDo, match="first one"):
        away("third", "manager", 3, 1)


def test_ones_own_absence_is_everybodys_anothers_a_managers_or_administrators():
    with pytest.raises(NotPermitted):
        away("reviewer", "manager", by="officer")
    away("reviewer", "manager", by="administrator")
    services.set_absence(staff=staff("auditor"), first_day=day(0), last_day=day(0), stand_in=None, by=actor("auditor"))
    with pytest.raises(CannotDo, match="who stands in"):
        services.set_absence(
            staff=staff("officer"), first_day=day(0), last_day=day(0), stand_in=None, by=actor("officer")
        )


def test_coming_back_earlier_ends_it():
    row = away("officer", "manager")
    with pytest.raises(NotPermitted):
        services.end_absence(row, by=actor("reviewer"))

    services.end_absence(row, by=actor("officer"))

    assert queries.present({staff("officer")}, day(0)) == {staff("officer")}
    kinds = Event.objects.filter(stream="install", kind__startswith="absence").values_list("kind", flat=True)
    assert list(kinds) == [EventKind.ABSENCE_RECORDED, EventKind.ABSENCE_ENDED]


def test_the_database_knows_the_order_of_days_and_that_nobody_stands_in_for_themselves():
    person = staff("officer")

    for values in ({"last_day": day(-1)}, {"last_day": day(1), "stand_in": person}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Absence.objects.create(staff=person, first_day=day(0), **values)


# -- accounts ------------------------------------------------------------------------------------------


def test_an_account_that_carries_open_cases_is_not_closed_and_the_sentence_says_which():
    first, hidden = factories.in_progress(), factories.in_progress(person_email="b@example.net")
    services.restrict_access(hidden.pk, named=[staff("officer")], reason="A colleague.", by=actor("manager"))

    with pytest.raises(CannotDo) as refused:
        services.close_account(staff=staff("officer"), by=actor("administrator"))

    sentence = str(refused.value)
    assert f"2 open cases: {first.reference}, …." in sentence
    assert hidden.reference not in sentence
    assert "Colleagues" in sentence


def test_cases_are_handed_over_then_the_account_is_closed():
    case = factories.in_progress()
    second = colleague("second", Role.OFFICER)

    assert services.hand_over_cases(staff=staff("officer"), to=second, by=actor("manager")) == (1, 0)
    services.close_account(staff=staff("officer"), by=actor("administrator"))

    assert factories.again(case).assignee == second
    assert not staff("officer").is_active
    assert not Client().login(username="officer", password="x")
    told = Event.objects.get(stream="install", kind=EventKind.STAFF_CLOSED.value)
    assert staff("officer").code.encode() in bytes(told.body)


def test_a_case_that_the_other_may_not_see_stays():
    case = factories.in_progress()
    colleague("second", Role.OFFICER)
    named = [staff("officer"), staff("manager")]
    services.restrict_access(case.pk, named=named, reason="A colleague.", by=actor("manager"))

    handed = services.hand_over_cases(staff=staff("officer"), to=staff("second"), by=actor("manager"))

    assert handed == (0, 1)
    assert factories.again(case).assignee == staff("officer")


def test_a_stand_in_the_last_named_and_the_last_administrator_stay():
    second = colleague("second", Role.OFFICER)
    away("officer", "second")
    with pytest.raises(CannotDo, match="stands in for Officer"):
        services.close_account(staff=second, by=actor("administrator"))
    third = colleague("third", Role.OFFICER)
    case = factories.received()
    services.restrict_access(case.pk, named=[third], reason="A colleague.", by=actor("manager"))
    with pytest.raises(CannotDo, match="nobody"):
        services.close_account(staff=third, by=actor("administrator"))
    with pytest.raises(CannotDo, match="own account"):
        services.close_account(staff=staff("administrator"), by=actor("administrator"))
    with pytest.raises(NotPermitted):
        services.close_account(staff=third, by=actor("manager"))
    assert Staff.objects.filter(is_active=False).count() == 0


# -- the page --------------------------------------------------------------------------------------------


def posted(username: str, what: str, **data: str):
    client = Client()
    client.force_login(staff(username))
    return client.post(f"/colleagues/{what}/", {"form": what, **data})


def test_the_page_records_an_absence_ends_it_and_hands_over():
    case = factories.in_progress()
    days = {"first_day": day(0).isoformat(), "last_day": day(2).isoformat()}
    officer, manager = staff("officer").code, staff("manager").code

    assert posted("officer", "away", staff=officer, stand_in=manager, **days).status_code == 302
    row = Absence.objects.get()
    assert posted("officer", "back", absence=str(row.pk)).status_code == 302
    assert posted("manager", "hand-over", staff=officer, to=manager).status_code == 302
    assert factories.again(case).assignee == staff("manager")


@pytest.mark.parametrize(
    ("username", "what", "status"),
    [("officer", "hand-over", 403), ("officer", "back", 403)],
)
def test_the_page_refuses_who_may_not(username, what, status):
    assert (
        posted(username, what, staff=staff("reviewer").code, to=staff("manager").code, absence="7").status_code
        == status
    )


@pytest.mark.parametrize("username", ["officer", "reviewer", "manager", "auditor", "administrator"])
def test_everybody_opens_the_page(username):
    client = Client()
    client.force_login(staff(username))

    assert client.get("/colleagues/").status_code == 200
