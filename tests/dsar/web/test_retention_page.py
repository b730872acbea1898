"""The page of retention: the schedule, what goes next, the holds; of cases only what one may see."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from dsar.web.desk.retention import KINDS
from tests import factories
from tests.dsar.web.conftest import As
from workflow import services
from workflow.models import Case, Pending, Staff
from workflow.retention import Kept
from workflow.states import OutOfScope, Right


def out_of_scope(time_machine) -> Case:
    case = factories.received((Right.ACCESS,))
    services.declare_out_of_scope(case.pk, reason=OutOfScope.SUPPORT, why="a password", by=factories.actor("officer"))
    time_machine.move_to(timezone.now() + timedelta(days=31), tick=False)
    assert services.close_quiet() == 1
    Pending.objects.all().delete()
    return factories.again(case)


def test_every_kind_of_the_schedule_has_its_words() -> None:
    assert set(KINDS) == set(Kept)


def test_it_says_the_terms_what_goes_next_and_what_is_held(as_: As, time_machine) -> None:
    time_machine.move_to("2027-02-01T10:00:00+00:00", tick=False)
    going = out_of_scope(time_machine)
    held = factories.received(person_email="bob@example.org")
    services.place_hold(held.pk, reason="an audit", by=factories.actor("manager"))
    manager = as_("manager")
    Staff.objects.update(language="en")
    early = manager.get("/retention/").content.decode()
    assert "5 years" in early
    assert "6 months" in early
    assert "Nothing goes within thirty days." in early
    assert held.reference in early

    time_machine.move_to("2027-07-20T10:00:00+00:00", tick=False)
    page = as_("manager").get("/retention/").content.decode()

    assert going.reference in page
    assert "kept until" in page
    assert "Nothing goes within thirty days." not in page
    assert "ada@example.org" not in page


@pytest.mark.parametrize(
    ("username", "status"), [("officer", 200), ("auditor", 200), ("reviewer", 200), ("administrator", 403)]
)
def test_who_opens_it(as_: As, username: str, status: int) -> None:
    assert as_(username).get("/retention/").status_code == status


def test_the_docs_name_every_kind() -> None:
    page = (Path(__file__).parents[3] / "docs" / "retention.md").read_text()

    assert all(f"`{kind.value}`" in page for kind in Kept)
