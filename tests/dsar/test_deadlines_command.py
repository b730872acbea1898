"""``manage.py deadlines``: the worked examples through the front door, and bad input in one sentence."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.workflow.test_deadlines_vectors import INPUTS, VECTORS

ROOT = Path(__file__).resolve().parents[2]
RECEIVED = "--received-at=2027-01-31T12:00:00+01:00"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("deadlines", *arguments, stdout=out, no_color=True)
    return out.getvalue()


def expected(column: str, text: str) -> str | int | None:
    """What JSON says for a cell of the table: dates without their weekday, null for an empty cell."""
    if column == "paused_days":
        return int(text) if text.isdigit() else text
    if column in {"month_roll_reason", "case_due_end_utc", "received_at", "pauses"} or text == "SUSPENDED":
        return text or None
    return text.split(" ")[0] or None


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_json_equals_every_column_of_the_vector(vector):
    pauses = [f"--pause={pair.replace('>', '..')}" for pair in vector["pauses"].split(";") if pair]
    columns = {column: expected(column, text) for column, text in vector.items() if column not in ("id", "case")}

    assert json.loads(run(f"--received-at={vector['received_at']}", *pauses, "--json")) == columns


def test_json_keys_stand_in_the_order_of_the_table():
    columns = [column for column in VECTORS[0] if column not in ("id", "case")]

    assert list(json.loads(run(RECEIVED, "--json"))) == columns
    assert set(INPUTS) - set(columns) == {"id", "case"}


def test_an_extension_moves_the_due_date_and_what_follows_from_it():
    one, two = (json.loads(run(RECEIVED, f"--extend={months}", "--json")) for months in (1, 2))

    assert (one["case_due_default"], two["case_due_default"]) == ("2027-03-31", "2027-04-30")
    assert (one["case_due_end_utc"], two["send_by_working_day"]) == ("2027-03-31T21:59:59Z", "2027-04-30")


def test_words_and_dates_are_printed_in_french_unless_asked_otherwise():
    french, german = run(RECEIVED), run(RECEIVED, "--language=de")

    assert "À envoyer au plus tard               lundi 1er\N{NO-BREAK SPACE}mars 2027\n" in french
    assert "\n 1. Reçue dimanche 31" in french
    assert "\n 1. Eingegangen am Sonntag, 31. Januar 2027" in german


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--received-at=2027-01-31T12:00:00"], "names no time zone: write the offset"),
        (["--received-at=yesterday"], "'yesterday' is not an instant: write it as"),
        (["--received-at="], "'' is not an instant"),
        (["--received-at=2027-01-31"], "is not an instant"),
        (["--received-at=٢٠٢٧-01-31T12:00:00Z"], "is not an instant"),
        (["--received-at=2027-02-30T12:00:00Z"], "does not exist: check its day, hour and offset"),
        (["--received-at=2027-01-31T12:00:00+99:00"], "does not exist: check its day, hour and offset"),
        (["--received-at=0000-01-31T12:00:00Z"], "does not exist"),
        (["--received-at=0001-01-01T00:00:00+05:00"], "lies outside the calendar"),
        (["--received-at=9999-12-31T23:59:59Z"], "lies outside the calendar"),
        (["--received-at=9999-12-15T12:00:00Z"], "leave the calendar"),
        ([RECEIVED, "--pause=2027-02-10..2027-02-03"], "runs backwards"),
        ([RECEIVED, "--pause=2027-01-30..2027-02-03"], "asked before the receipt"),
        ([RECEIVED, "--pause=2027-02-03"], "is not a pause"),
        ([RECEIVED, "--pause=.."], "is not a pause"),
        ([RECEIVED, "--pause=2027-02-03...2027-02-10"], "is not a pause"),
        ([RECEIVED, "--pause=2027-02-03..2027-02-30"], "does not exist: check the day"),
        ([RECEIVED, "--pause=2027-02-03..9999-12-31"], "leave the calendar"),
        ([RECEIVED, "--extend=3"], "choose 1 or 2"),
        ([RECEIVED, "--extend=two"], "is not a number of months"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(arguments, sentence):
    with pytest.raises(CommandError, match=sentence.replace("(", r"\(")) as refused:
        run(*arguments)

    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("year", ["0001-01-01", "0001-12-31", "1582-10-15", "9999-08-31"])
def test_the_ends_of_the_calendar_are_computed_where_they_can_be(year):
    answer = json.loads(run(f"--received-at={year}T12:00:00Z", "--json"))

    assert answer["receipt_date_brussels"] == year
    assert answer["case_due_end_utc"][:4] == answer["case_due_default"][:4]


def test_the_real_command_needs_no_database_and_shows_no_traceback(tmp_path):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATA_DIR": str(tmp_path / "data")}
    environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"

    def manage(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", "deadlines", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    good, bad = manage(RECEIVED, "--json"), manage("--received-at=2027-01-31T12:00:00", "--json")

    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["case_due_default"] == "2027-03-01"
    assert (bad.returncode, bad.stdout) == (2, "")
    assert len(bad.stderr.strip().splitlines()) == 1
    assert "names no time zone" in bad.stderr
