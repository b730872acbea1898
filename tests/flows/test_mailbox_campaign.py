"""The mailbox campaign: a short one each time, the long one with ``make campaign``. Needs Dovecot."""

import json
from typing import Any

import pytest

from tests.flows.mailbox_campaign import Plan, campaign, failures
from tests.services import Missing

SHORT = Plan(
    seed=1,
    mails=20,
    kills=0,
    cuts=1,
    epochs=1,
    seconds=25,
    points=("mailbox-committed-before-marking", "mailbox-moved-before-commit"),
    quiet_seconds=90,
)


def ran(plan: Plan) -> dict[str, Any]:
    try:
        return campaign(plan)
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.mark.xdist_group("flow")
@pytest.mark.timeout(400)
def test_twenty_mails_survive_a_cut_a_new_epoch_and_two_kills() -> None:
    report = ran(SHORT)

    assert failures(report) == [], json.dumps(report, indent=2)


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_five_hundred_mails_survive_everything_that_happens_to_a_mailbox(capsys: pytest.CaptureFixture[str]) -> None:
    report = ran(Plan(seed=20270201, mails=500, kills=8, cuts=20, epochs=6, seconds=600))

    with capsys.disabled():
        print(json.dumps(report, indent=2))
    assert failures(report) == []
