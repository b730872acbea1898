"""The crash campaign: a short one each time, the long one with ``make campaign``."""

import json

import pytest

from tests.flows.crash_campaign import Plan, campaign, failures

SHORT = Plan(
    seed=1,
    mails=20,
    kills=1,
    flushes=1,
    supervisor_kills=0,
    seconds=8,
    points=(
        "mail-sealed-before-commit",
        "mail-committed-before-the-bell",
        "mail-rung-before-250",
        "placing-before-commit",
        "settling-one-file-moved",
        "letter-made",
    ),
    lease_seconds=5,  # a dead worker's work is taken up after this instead of two minutes
    quiet_seconds=90,
)


@pytest.mark.xdist_group("flow")
@pytest.mark.timeout(400)
def test_twenty_mails_survive_a_kill_of_each_process() -> None:
    report = campaign(SHORT)

    assert failures(report) == [], json.dumps(report, indent=2)


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_two_hundred_mails_survive_twenty_kills_of_each_process(capsys: pytest.CaptureFixture[str]) -> None:
    report = campaign(Plan(seed=20270201, mails=200, kills=20, flushes=5, supervisor_kills=3, seconds=720))

    with capsys.disabled():
        print(json.dumps(report, indent=2))
    assert failures(report) == []
