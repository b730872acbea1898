"""The queue: order, groups, numbers, paging, and a cost that does not grow with its rows."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dsar.intake.models import InboundMessage, Judgement, MessageState, PassedOn
from dsar.web.desk.numbers import counts, trays_of, with_trays
from dsar.web.desk.standing import Group, group_of
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.dsar.web.conftest import As
from workflow import queries
from workflow import services as law
from workflow.actors import CLOCK
from workflow.deadlines import brussels_date
from workflow.models import Case, Controller, Event
from workflow.states import Right


def _cases(count: int) -> None:
    for index in range(count):
        factories.received(
            (Right.ACCESS, Right.ERASURE),
            received_at=timezone.now() - timedelta(days=index),
            person_email=f"p{index}@example.org",
        )


def _cost(as_: As, path: str = "/") -> int:
    client = as_("officer")
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_cost_of_the_queue_is_the_same_for_1_and_30_cases(as_: As) -> None:
    _cases(1)
    one = _cost(as_)
    _cases(29)

    assert _cost(as_) == one
    assert one <= 10


def test_case_due_first_is_on_top(as_: As) -> None:
    young = factories.confirmed(person_email="a@example.org")
    old = factories.confirmed(person_email="b@example.org", received_at=timezone.now() - timedelta(days=20))

    page = as_("officer").get("/").content.decode()

    assert page.index(old.reference) < page.index(young.reference)


def test_second_page_begins_where_the_first_ended(as_: As) -> None:
    _cases(53)
    client = as_("officer")

    first = client.get("/")
    second = client.get("/", {"after": first.context["more"]})

    shown = [[row.case.pk for section in page.context["sections"] for row in section.rows] for page in (first, second)]
    assert [len(rows) for rows in shown] == [50, 3]
    assert not set(shown[0]) & set(shown[1])
    assert second.context["more"] == ""


@pytest.mark.parametrize("after", ["x", "2026-01-01_x", "_", "2026-13-01_6b2c3c1e-0000-4000-8000-000000000000"])
def test_cursor_that_was_tampered_with_gives_the_first_page(as_: As, after: str) -> None:
    case = factories.received()

    assert case.reference in as_("officer").get("/", {"after": after}).content.decode()


def test_numbers_agree_with_the_groups_of_the_rows(as_: As) -> None:
    now = datetime(2027, 3, 25, 9, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        for days in (0, 1, 5, 22, 26, 27, 28, 29, 30, 31, 40):
            factories.confirmed(received_at=now - timedelta(days=days, hours=1), person_email=f"c{days}@example.org")
            factories.received(received_at=now - timedelta(days=days, hours=1), person_email=f"r{days}@example.org")
        today = brussels_date(now)

        totals = counts(factories.installation(), today, None, to=CLOCK)

        rows = [group_of(case, today) for case in queries.open_cases(factories.installation(), to=CLOCK)]
    assert {group.value: rows.count(group) for group in Group} == {group.value: totals[group.value] for group in Group}
    assert totals["todo"] == len(rows) == 22
    assert totals["late"] > 0
    assert totals["today"] > 0


@pytest.mark.parametrize("words", ["Lovelace", "ada@example.org", "DSR-"])
def test_search_finds_by_name_address_and_reference(as_: As, words: str) -> None:
    case = factories.received()

    assert case.reference in as_("officer").get("/", {"q": words}).content.decode()


def test_search_without_a_hit_says_so(as_: As) -> None:
    case = factories.received()

    assert case.reference not in as_("officer").get("/", {"q": "nobody-like-that"}).content.decode()


@pytest.mark.parametrize(
    "view", ["mine", "identity", "review", "suspended", "toread", "link", "unreadable", "passed", "all", "nonsense"]
)
def test_each_view_opens(as_: As, view: str) -> None:
    factories.in_progress()

    assert as_("manager").get("/", {"view": view}).status_code == 200


def _numbered(page: str) -> dict[str, str]:
    """The numbers of the menu, by where each leads."""
    return dict(re.findall(r'<li><a href="([^"]+)"[^>]*>[^<]+<span class="n">(\d+)</span>', page))


def test_every_tray_has_its_number_and_an_empty_one_shows_none_waiting(as_: As) -> None:
    places = ("/?view=link", "/?view=unreadable", "/?view=passed", "/messages/", "/messages/before/")
    assert [_numbered(as_("officer").get("/settings/").content.decode())[place] for place in places] == ["0"] * 5

    factories.received(to_be_linked=True)
    factories.received(unreadable=True, person_email="u1@example.org")
    factories.received(unreadable=True, person_email="u2@example.org")
    passed = factories.received(person_email="")
    PassedOn.objects.create(case=passed, colleague="carla@assistool.com")
    robot = ["Auto-Submitted: auto-replied"]
    filed = [take_in(mail(message_id=f"<{number}@example.org>", extra=robot)) for number in range(4)]
    judged = InboundMessage.objects.filter(pk=filed[3].pk)
    judged.update(state=MessageState.BEFORE.value, judged=Judgement.NO_REQUEST.value)
    InboundMessage.objects.filter(pk=filed[2].pk).update(state=MessageState.BEFORE.value)

    found = _numbered(as_("officer").get("/").content.decode())
    assert [found[place] for place in places] == ["1", "2", "1", "2", "1"]
    for place, reference in (("/?view=passed", passed.reference),):
        assert reference in as_("officer").get(place).content.decode()

    law.confirm_claims(passed.pk, rights=[Right.ACCESS], by=factories.actor("officer"))
    PassedOn.objects.update(confirmed_at=timezone.now(), confirmed_by="S-0001")
    found = _numbered(as_("officer").get("/").content.decode())
    assert found["/?view=passed"] == "0"


@pytest.mark.django_db
def test_the_numbers_of_the_trays_cost_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    owner = factories.installation()

    with django_assert_num_queries(1):
        assert trays_of(with_trays(Controller.objects.filter(pk=owner.pk)).get()) == {"filed": 0, "before": 0}


def test_who_reads_no_trays_sees_no_number_of_them(as_: As) -> None:
    for username in ("reviewer", "auditor"):
        assert "/messages/" not in _numbered(as_(username).get("/").content.decode())


def test_looking_changes_nothing_but_the_access_stream(as_: As) -> None:
    case = factories.in_progress((Right.ACCESS, Right.PORTABILITY))
    client = as_("officer")
    before = (list(Case.objects.values()), Event.objects.exclude(stream__startswith="access:").count())

    for path in ("/", "/?view=all", f"/cases/{case.uuid}/", "/outbox/", "/messages/"):
        assert client.get(path).status_code == 200

    assert (list(Case.objects.values()), Event.objects.exclude(stream__startswith="access:").count()) == before
    assert Event.objects.filter(stream__startswith="access:").count() == 2
