"""Random lives of cases: a few each time, many with LIVES=2000 pytest -m campaign (``make campaign`` lives 300)."""

import os

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import factories
from tests.lives import told
from tests.lives.machine import Lives
from workflow import queries, services
from workflow.states import EventKind, IdentityMethod, Means, Outcome, Right

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


def test_a_right_that_is_reopened_beside_open_ones_leaves_the_case_where_it_stands() -> None:
    """Found by the long lives: the history said that the case was reopened, and it had never been over."""
    officer = factories.actor("officer")
    case = factories.confirmed((Right.OBJECTION_DM, Right.ACCESS))
    objection = factories.claim(case, Right.OBJECTION_DM)
    services.draft(objection.pk, outcome=Outcome.GRANTED, **factories.SAID, by=officer)
    factories.submit(objection.pk, by=officer)
    services.answer(objection.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=officer)
    services.verify_identity(
        case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.", by=officer
    )

    services.reopen(case.pk, reason="The letter came back.", rights=[Right.OBJECTION_DM], by=officer)

    case = factories.again(case)
    assert (case.state, factories.claim(case, Right.OBJECTION_DM).state) == ("identity_verified", "open")
    assert queries.history(case).last().kind == EventKind.RIGHTS_REOPENED
    assert told.replayed(case) == told.as_it_stands(case)


@pytest.mark.campaign
@pytest.mark.timeout(7200)
def test_nobody_breaks_a_rule_in_many_lives() -> None:
    live(int(os.environ.get("LIVES", "300")), 60)
