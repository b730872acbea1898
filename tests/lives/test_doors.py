"""The same acts through the desk's forms: what is refused answers 409 and changes nothing; there is no other door."""

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.utils import translation
from time_machine import Traveller

from dsar.web.desk import case as case_page
from tests import factories
from tests.lives.acts import ACTS
from tests.lives.doors import DOORS, posting
from tests.lives.machine import rows_of, told_of
from tests.lives.standings import PLACES, prepared
from tests.lives.test_standings import START, listed
from workflow.models import Case, Pending

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page around a refusal has tests of its own; here it would be drawn a thousand times."""

    def sentence_only(_request, _case, *, failed=None, status=200):  # type: ignore[no-untyped-def]
        return HttpResponse(failed.sentence if failed else "", status=status)

    monkeypatch.setattr(case_page, "show", sentence_only)


def pressed(client: Client, name: str, case: Case, others: list[Case]) -> str:
    """What became of the form: "done", "refused" or "no form"; undone again."""
    form = posting(name, case, others)
    if form is None:
        return "no form"
    before = rows_of(case.pk), told_of(case.pk)
    place = transaction.savepoint()
    try:
        answer = client.post(*form)
        if answer.status_code == 302:
            return "done"
        assert answer.status_code == 409, (name, answer.status_code, answer.content[:300])
        assert len(answer.content.split()) > 2, f"{name} is refused without a sentence"
        assert (rows_of(case.pk), told_of(case.pk)) == before, f"{name} was refused and changed something"
        return "refused"
    finally:
        transaction.savepoint_rollback(place)


@pytest.mark.parametrize("place", PLACES)
def test_a_form_is_done_or_refused_as_the_law_says(place: str, time_machine) -> None:  # type: ignore[no-untyped-def]
    """Every fourth form in each place, each of them in six places; the campaign presses all of them everywhere."""
    first = list(PLACES).index(place) % 4
    press_all(place, sorted(DOORS)[first::4], time_machine)


@pytest.mark.campaign
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("place", PLACES)
def test_every_form_is_done_or_refused_as_the_law_says(place: str, time_machine) -> None:  # type: ignore[no-untyped-def]
    press_all(place, sorted(DOORS), time_machine)


def press_all(place: str, names: list[str], clock: Traveller) -> None:
    clock.move_to(START, tick=False)
    with translation.override("en"):
        case, others = prepared(place, clock)
    Pending.objects.all().delete()  # the post office has looked: no acknowledgement is on its way by itself
    possible = listed()[0][place]
    windows = {who: Client() for who in {ACTS[name].who for name in names}}
    for who, window in windows.items():
        window.force_login(factories.staff(who))

    fates = {name: pressed(windows[ACTS[name].who], name, case, others) for name in names}

    done = {name for name, fate in fates.items() if fate == "done"} - {"read_reply"}  # nothing to read is no fault
    if place == "merged":
        done -= {"raise_complaint"}  # done, in the case it was merged into
    assert done == {name for name in possible if name in names}


def test_forms_are_only_posted(db: None) -> None:
    case = factories.received()
    client = Client()
    client.force_login(factories.staff("officer"))
    before = rows_of(case.pk), told_of(case.pk)

    claim = factories.claim(case).uuid
    answers = {
        client.get(f"/cases/{case.uuid}/{path.format(claim=claim)}/").status_code for path, _form in DOORS.values()
    }

    assert answers == {405}
    assert (rows_of(case.pk), told_of(case.pk)) == before


def test_there_is_no_admin_to_write_through(db: None) -> None:
    factories.installation()
    client = Client()
    client.force_login(factories.staff("administrator"))

    assert not apps.is_installed("django.contrib.admin")
    assert client.get("/admin/").status_code == 404
    assert not any("admin" in str(pattern.pattern) for pattern in get_resolver().url_patterns)
    assert not any(factories.staff(name).is_staff for name in ("officer", "manager", "administrator"))
