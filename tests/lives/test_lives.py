"""Random lives of cases: a few each time, many with LIVES=2000 pytest -m campaign (``make campaign`` lives 300)."""

import os

import pytest
from django.utils import translation
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.lives.machine import Lives

pytestmark = pytest.mark.django_db


def live(many: int, steps: int, *, the_same: bool = False) -> None:
    """Not made shorter when one fails: that takes longer than reading the acts of its story."""
    how = settings(
        max_examples=many,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        database=None,
        derandomize=the_same,  # the ordinary run finds what a change broke; the long one finds what is new
    )
    with translation.override("en"):
        run_state_machine_as_test(Lives, settings=how)


def test_nobody_breaks_a_rule_in_a_few_lives() -> None:
    live(12, 20, the_same=True)


@pytest.mark.campaign
@pytest.mark.timeout(7200)
def test_nobody_breaks_a_rule_in_many_lives() -> None:
    live(int(os.environ.get("LIVES", "300")), 60)
