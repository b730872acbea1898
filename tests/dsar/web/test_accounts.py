"""The administrator's page of accounts, and everybody's own password."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.dsar.web.conftest import As
from tests.factories import actor, colleague, staff
from workflow import events, services
from workflow.deadlines import brussels_date
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Event, Staff
from workflow.states import EventKind, Role

NEW = {"name": "Anna Claes", "username": "anna", "email": "Anna@example.org", "language": "nl", "roles": ["officer"]}
OWN = "quatre mots faciles à retenir"


def told() -> dict[str, Any]:
    return events.fields(Event.objects.filter(stream="install").latest("seq"))


def password_on(page: str) -> str:
    found = re.search(r'translate="no">([\w-]{20})<', page)
    assert found is not None
    return found[1]


def opened(as_: As, **changes: Any) -> tuple[Staff, str]:
    """A new account and its first password."""
    page = as_("administrator").post("/accounts/open/", {**NEW, **changes})
    assert page.status_code == 200
    return Staff.objects.get(username="anna"), password_on(page.content.decode())


def signed_in(username: str, password: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": username, "password": password})
    return client


def test_an_account_is_opened_with_a_first_password_that_is_shown_once(as_: As) -> None:
    person, password = opened(as_)

    assert (person.name, person.email, person.language) == ("Anna Claes", "anna@example.org", "nl")
    assert (person.role_set(), person.first_password) == (frozenset({Role.OFFICER}), True)
    assert (told()["kind"], told()["data"]) == ("staff_created", {"staff": person.code, "roles": "officer"})
    assert password not in as_("administrator").get(f"/accounts/of/{person.code}/").content.decode()


def test_a_first_password_opens_nothing_before_it_is_changed(as_: As) -> None:
    factories.received()
    person, password = opened(as_)
    client = signed_in("anna", password)
    before = [client.get(page)["Location"] for page in ("/", "/colleagues/", "/settings/")]

    answers = [
        client.post("/accounts/own/", {"old": old, "new": new, "again": again}).status_code
        for old, new, again in (
            ("wrong", OWN, OWN),
            (password, OWN, OWN + "!"),
            (password, "too short", "too short"),
            (password, password, password),
            (password, OWN, OWN),
        )
    ]

    assert before == ["/accounts/own/"] * 3
    assert answers == [409, 409, 409, 409, 302]
    assert client.get("/").status_code == 200
    assert signed_in("anna", OWN).get("/").status_code == 200
    assert not Staff.objects.get(pk=person.pk).first_password
    assert (told()["kind"], told()["actor"]) == ("staff_sign_in_chosen", person.code)


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"username": "officer"},
        {"username": "a b"},
        {"email": "anna"},
        {"language": ""},
        {"roles": []},
        {"roles": ["auditor", "officer"]},
    ],
    ids=str,
)
def test_what_is_no_account_is_refused_with_a_sentence_and_the_typed_text(as_: As, change: dict[str, Any]) -> None:
    client = as_("administrator")
    before = Staff.objects.count(), Event.objects.count()

    answer = client.post("/accounts/open/", {**NEW, **change, "form": "open"})

    assert answer.status_code == 409
    assert 'id="problem"' in answer.content.decode()
    assert (Staff.objects.count(), Event.objects.count()) == before


def test_roles_change_at_once_and_the_history_tells_both(as_: As) -> None:
    person = colleague("anna", Role.OFFICER)
    window = as_("anna")

    done = as_("administrator").post(f"/accounts/of/{person.code}/roles/", {"roles": ["reviewer", "manager"]})

    assert done.status_code == 302
    assert told()["data"] == {"staff": person.code, "roles": "manager+reviewer", "before": "officer"}
    assert set(person.groups.values_list("name", flat=True)) == {"reviewer", "manager"}
    assert "S-" not in window.get("/accounts/").content.decode()
    assert window.get("/").wsgi_request.actor.roles == {Role.REVIEWER, Role.MANAGER}


@pytest.mark.django_db
def test_roles_that_leave_work_to_nobody_stay() -> None:
    case = factories.in_progress()
    admin = actor("administrator")
    with pytest.raises(CannotDo, match=case.reference):
        services.change_roles(staff=staff("officer"), roles=[Role.REVIEWER], by=admin)
    with pytest.raises(CannotDo):
        services.change_roles(staff=staff("administrator"), roles=[Role.OFFICER, Role.ADMIN], by=admin)
    second = colleague("second", Role.ADMIN)
    services.close_account(staff=second, by=admin)
    with pytest.raises(CannotDo):
        services.change_roles(staff=staff("administrator"), roles=[Role.OFFICER], by=second.actor())
    services.change_roles(staff=staff("officer"), roles=[Role.MANAGER], by=admin)
    today, third = brussels_date(timezone.now()), colleague("third", Role.OFFICER)
    services.set_absence(staff=staff("officer"), first_day=today, last_day=today, stand_in=third, by=actor("officer"))
    with pytest.raises(CannotDo, match="Third"):
        services.change_roles(staff=third, roles=[Role.ADMIN], by=admin)


def test_an_account_with_open_cases_is_not_closed_and_one_without_opens_again(as_: As) -> None:
    case = factories.in_progress()
    person, client = staff("officer"), as_("administrator")
    address = f"/accounts/of/{person.code}"
    refused = client.post(f"{address}/close/", {"form": "close"})
    services.hand_over_cases(staff=person, to=staff("manager"), by=actor("manager"))

    closed = client.post(f"{address}/close/").status_code
    gone = as_("officer").get("/").status_code
    page = client.post(f"{address}/reopen/")

    assert (refused.status_code, closed, gone, page.status_code) == (409, 302, 302, 200)
    assert case.reference in refused.content.decode()
    assert told()["data"] == {"staff": person.code, "roles": "officer"}
    assert signed_in("officer", password_on(page.content.decode())).get("/")["Location"] == "/accounts/own/"
    assert client.post(f"{address}/reopen/").status_code == 409


def test_a_new_first_password_signs_out_who_used_the_old_one(as_: As) -> None:
    person, window = colleague("anna", Role.OFFICER), as_("anna")
    before = window.get("/").status_code

    page = as_("administrator").post(f"/accounts/of/{person.code}/renew/")

    assert (before, window.get("/").status_code, page.status_code) == (200, 302, 200)
    assert told()["kind"] == EventKind.STAFF_SIGN_IN_RENEWED
    assert password_on(page.content.decode()) not in str(list(Event.objects.values_list("body", flat=True)))


@pytest.mark.parametrize("username", ["officer", "reviewer", "manager", "auditor"])
def test_only_an_administrator_opens_the_pages_of_accounts(as_: As, username: str) -> None:
    code = staff("manager").code
    client = as_(username)

    answers = [client.get("/accounts/").status_code, client.get(f"/accounts/of/{code}/").status_code]
    answers += [client.post(f"/accounts/of/{code}/{act}/").status_code for act in ("roles", "renew", "close", "reopen")]
    answers.append(client.post("/accounts/open/", NEW).status_code)

    assert answers == [403] * 7
    with pytest.raises(NotPermitted):
        services.change_roles(staff=staff("reviewer"), roles=[Role.MANAGER], by=actor(username))


def test_the_administrator_sees_no_case_by_it(as_: As) -> None:
    case = factories.in_progress(person_name="Ada Lovelace")
    client = as_("administrator")

    pages = [client.get(page).content.decode() for page in ("/accounts/", f"/accounts/of/{staff('officer').code}/")]

    assert [word in page for page in pages for word in (case.reference, "Ada", case.person_email)] == [False] * 6
