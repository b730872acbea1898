"""A year in which every reminder is rung exactly once: a short one each time, the long one with ``make campaign``."""

import json
import time
from typing import Any

import pytest

from tests.flows.year import Plan, Year, faults
from workflow.models import Milestone

pytestmark = pytest.mark.django_db


def _run(plan: Plan, time_machine: Any) -> dict[str, Any]:
    time_machine.move_to(plan.begins, tick=False)
    return Year(plan, lambda moment: time_machine.move_to(moment, tick=False)).run()


def test_a_short_year_rings_what_a_naive_list_says_each_on_its_day(time_machine: Any) -> None:
    report = _run(Plan(seed=7, cases=50, days=75, outages=3, sweeps=1), time_machine)

    assert faults(report) == {}, json.dumps(report, indent=2)
    assert set(report["by kind"]) == {"A01", "A02", "A03", "A04", "A11", "M21"}, "nothing of this was tried in vain"


def test_the_list_sees_a_row_that_is_missing_and_one_too_many(time_machine: Any) -> None:
    plan = Plan(seed=3, cases=3, days=50, outages=0, sweeps=1)
    time_machine.move_to(plan.begins, tick=False)
    year = Year(plan, lambda moment: time_machine.move_to(moment, tick=False))
    assert faults(year.run()) == {}
    row = Milestone.objects.filter(code="A01-14").latest("id")

    Milestone.objects.filter(pk=row.pk).update(code="A01-13")

    assert {name: len(rows) for name, rows in faults(year._report()).items()} == {
        "missed": 1,
        "unexpected": 1,
        "never told": 1,
    }


@pytest.mark.campaign
@pytest.mark.timeout(5400)
@pytest.mark.parametrize(
    "plan",
    [
        Plan(seed=20270101, cases=2000, days=365, outages=12),
        Plan(seed=20280101, cases=200, days=365, outages=12, letters=True),
    ],
    ids=["2000 cases", "200 cases with their letters"],
)
def test_in_a_year_every_reminder_is_rung_exactly_once(
    plan: Plan, time_machine: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.perf_counter_ns()
    report = _run(plan, time_machine)
    report["seconds"] = (time.perf_counter_ns() - began) // 10**9

    with capsys.disabled():
        print(json.dumps(report, indent=2))
    assert faults(report) == {}
