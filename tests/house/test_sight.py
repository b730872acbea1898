"""No page, file or list of the desk shows a case past ``queries.visible_to``: read in the code, tried on each route."""

import ast
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from dsar.exports import services as exports
from dsar.intake import services as intake
from dsar.sources import by_hand
from dsar.web.desk.queue import VIEWS
from dsar.web.desk.urls import urlpatterns
from notifications import services as post_office
from tests import factories
from workflow import services
from workflow.models import Case, Event, RecipientNotice
from workflow.states import Role

DESK = Path(__file__).parents[2] / "dsar" / "web" / "desk"
MAIL = b"""From: Zelda Quartz <zelda.quartz@example.org>
To: vieprivee@assistool.com
Subject: Mes donnees
Message-ID: <sight-1@example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Bonjour, je voudrais une copie de toutes mes donnees personnelles. Zelda Quartz
"""
OF_A_CASE = [pattern for pattern in urlpatterns if "<uuid:uuid>" in str(pattern.pattern)]
LISTS = [
    "/",
    *(f"/?view={view}" for view in VIEWS),
    "/?q=Quartz",
    "/?q=zelda",
    "/?q=DSR-",
    "/notices/",
    "/outbox/",
    "/messages/",
    "/messages/before/",
    "/mailboxes/",
    "/sending/",
    "/retention/",
    "/settings/",
    "/colleagues/",
    "/accounts/",
    "/accounts/own/",
]


def _manager_calls(file: Path) -> list[str]:
    """``Case.objects`` and its like, wherever a view would choose cases by itself."""
    return [
        f"{file.name}:{node.lineno}"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "Case"
    ]


def test_no_view_of_the_desk_chooses_cases_past_the_door() -> None:
    found = [place for file in sorted(DESK.glob("*.py")) for place in _manager_calls(file)]

    assert found == [], "Ask queries.visible_to(actor) for cases: a restricted one does not exist for others."


@pytest.fixture
def hidden(db: None) -> Case:
    """A case with a message, an export, a letter and a carrier, that the officer and the reviewer see."""
    factories.installation()
    message = intake.accept(MAIL, source="smtp", received_at=timezone.now(), envelope_to=["vieprivee@assistool.com"])
    intake.process(message.pk)
    case = Case.objects.get(person_email="zelda.quartz@example.org")
    post_office.sweep_pending()
    services.restrict_access(
        case.pk,
        named=[factories.staff("officer"), factories.staff("reviewer")],
        reason="A colleague.",
        by=factories.actor("manager"),
    )
    RecipientNotice.objects.create(claim=case.claims.get(), recipient="crm")
    return factories.again(case)


def _client(username: str) -> Client:
    client = Client()
    client.force_login(factories.staff(username))
    return client


def _url(pattern: URLPattern, case: Case) -> str:
    """The route with the rows of this very case where it has any."""
    rows: dict[str, Any] = {
        "uuid": case.uuid,
        "claim": case.claims.first().uuid,  # type: ignore[union-attr]
        "message": case.messages.first().uuid,  # type: ignore[attr-defined]
        "notice": RecipientNotice.objects.get(claim__case=case).pk,
    }
    route = re.sub(r"<(?:uuid|int):(\w+)>", lambda found: str(rows.get(found[1], case.uuid)), str(pattern.pattern))
    assert "<" not in route, "a new kind of argument: say here what of the case stands in its place"
    return f"/{route}"


@pytest.mark.parametrize("about", ["restricted", "about them"])
def test_every_route_of_a_case_says_404_to_whom_it_is_hidden_from(hidden: Case, about: str) -> None:
    if about == "about them":
        services.open_access(hidden.pk, reason="Over.", by=factories.colleague("privacy", Role.DPO).actor())
        Case.objects.filter(pk=hidden.pk).update(person_email=factories.staff("manager").email)
    client, before = _client("manager"), Event.objects.count()

    told = {}
    for pattern in OF_A_CASE:
        url = _url(pattern, hidden)
        answers = {client.get(url).status_code, client.post(url).status_code}
        if not {404} <= answers <= {404, 405}:
            told[str(pattern.name)] = answers

    assert told == {}
    assert Event.objects.count() == before


def test_no_list_names_it_to_others(hidden: Case) -> None:
    others = factories.received(person_email="somebody@example.net", person_name="Somebody Else")
    manager, officer = _client("manager"), _client("officer")
    secret = [hidden.reference, "Zelda", "zelda.quartz@", str(hidden.uuid)]

    named = {page: [word for word in secret if word in manager.get(page).content.decode()] for page in LISTS}

    assert {page: words for page, words in named.items() if words} == {}
    for page in ("/", "/?view=all", "/?q=DSR-"):
        assert hidden.reference in officer.get(page).content.decode()
        assert others.reference in manager.get(page).content.decode()


def test_the_numbers_beside_the_navigation_do_not_count_it(hidden: Case) -> None:
    assert _client("manager").get("/").context["totals"]["todo"] == 0
    assert _client("officer").get("/").context["totals"]["todo"] == 1


def test_another_case_of_the_person_does_not_name_it(hidden: Case) -> None:
    other = factories.received(person_email="zelda@elsewhere.example")
    Case.objects.filter(pk=other.pk).update(person_email=hidden.person_email, linked_to=hidden)

    page = _client("manager").get(f"/cases/{other.uuid}/").content.decode()

    assert hidden.reference not in page
    assert hidden.reference in _client("officer").get(f"/cases/{other.uuid}/").content.decode()


def test_it_is_no_target_of_a_merge_or_a_move(hidden: Case) -> None:
    other = factories.received(person_email="other@example.net")
    form = {"into": hidden.reference, "same_person": "x", "form": "merge"}

    answer = _client("manager").post(f"/cases/{other.uuid}/merge/", form)

    assert answer.status_code == 409
    unknown = _client("manager").post(f"/cases/{other.uuid}/merge/", {**form, "into": "DSR-1999-0001"})
    assert answer.context["failed"].sentence == unknown.context["failed"].sentence


def test_exports_ask_who_sees_the_case(db: None) -> None:
    case, officer = factories.in_progress(), factories.actor("officer")
    by_hand.attach(case.pk, name="a.json", stream=BytesIO(b'{"account": [{"id": 1}]}'), by=officer)
    bundle = exports.request_bundle(case.pk, by=officer)
    exports.build(bundle.pk)
    named = [factories.staff("officer")]
    services.restrict_access(case.pk, named=named, reason="A colleague.", by=factories.actor("manager"))

    with pytest.raises(services.NotPermitted, match="nommés"):
        exports.request_bundle(case.pk, by=factories.actor("manager"))
    with pytest.raises(services.NotPermitted, match="nommés"):
        exports.open_export(bundle.uuid, by=factories.actor("manager"))
    exports.open_export(bundle.uuid, by=officer)[1].close()
