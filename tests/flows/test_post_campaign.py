"""The campaign of the post office: a small one each time, the long one with ``make campaign``."""

import json

import pytest

from tests.flows.post_campaign import Plan, campaign, failures

SMALL = Plan(
    seed=1,
    mails=16,
    kills=2,
    flushes=1,
    seconds=4,
    points=("letter-marked-sending", "letter-sent-before-250"),
    one_in=2,
    quiet_seconds=60,
)


@pytest.mark.xdist_group("flow")
@pytest.mark.timeout(300)
def test_sixteen_letters_survive_kills_and_a_server_that_fails() -> None:
    report = campaign(SMALL)

    assert failures(report) == [], json.dumps(report, indent=2)


@pytest.mark.campaign
@pytest.mark.timeout(7200)
def test_five_hundred_letters_survive_two_hundred_kills(capsys: pytest.CaptureFixture[str]) -> None:
    report = campaign(Plan(seed=20270301, mails=500, kills=200, flushes=50, seconds=600))

    with capsys.disabled():
        print(json.dumps(report, indent=2))
    assert failures(report) == []
