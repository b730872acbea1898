"""The agreed table of worked examples, column by column."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from workflow.deadlines import Deadlines, Pause, compute

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
VECTORS = list(
    csv.DictReader((Path(__file__).parent / "deadline-vectors.csv").read_text(encoding="utf-8").splitlines())
)
INPUTS = ("id", "case", "received_at", "pauses")


def shown(day: date | None) -> str:
    return f"{day.isoformat()} {DAYS[day.weekday()]}" if day else ""


def instant(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def pauses_of(text: str) -> list[Pause]:
    pairs = [pair.split(">") for pair in text.split(";") if pair]
    return [Pause(date.fromisoformat(a), date.fromisoformat(b) if b else None) for a, b in pairs]


def row_of(deadlines: Deadlines) -> dict[str, str]:
    """The result written the way the table writes it."""
    return {
        "receipt_date_brussels": shown(deadlines.receipt_date),
        "paused_days": "open" if deadlines.paused_days is None else str(deadlines.paused_days),
        "policy_30d": shown(deadlines.policy_30d),
        "policy_30d_rolled": shown(deadlines.policy_30d_rolled),
        "month_nominal": shown(deadlines.month_nominal),
        "month_due": shown(deadlines.month_due),
        "month_roll_reason": deadlines.month_roll_reason,
        "case_due_default": "SUSPENDED" if deadlines.suspended else shown(deadlines.case_due),
        "case_due_end_utc": instant(deadlines.case_due_end_utc),
        "send_by_working_day": shown(deadlines.send_by),
        "extension_notice_by": shown(deadlines.extension_notice_by),
        "ext_due_from_receipt": shown(deadlines.ext_due_from_receipt),
        "ext_due_chained": shown(deadlines.ext_due_chained),
        "month_due_restart_mode": shown(deadlines.month_due_restart_mode),
        "month_due_if_never_paused": shown(deadlines.month_due_if_never_paused),
    }


def test_the_table_is_whole():
    assert [vector["id"] for vector in VECTORS] == [f"V{number:02d}" for number in range(1, 49)]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_every_column_of_the_vector(vector):
    expected = {column: value for column, value in vector.items() if column not in INPUTS}

    deadlines = compute(datetime.fromisoformat(vector["received_at"]), pauses=pauses_of(vector["pauses"]))

    assert row_of(deadlines) == expected


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_the_zone_of_the_instant_changes_nothing(vector):
    received_at = datetime.fromisoformat(vector["received_at"])
    pauses = pauses_of(vector["pauses"])

    assert compute(received_at.astimezone(UTC), pauses=pauses) == compute(received_at, pauses=pauses)
