"""docs/states.md says what the code does: every transition stands in it, and it is as the code would write it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from dsar.operations import state_guards, state_table
from workflow import services


def test_every_transition_of_both_machines_stands_in_the_table():
    assert state_table.uncovered() == []


def test_the_page_of_the_docs_is_up_to_date():
    call_command("states", check=True, stdout=StringIO())


def test_a_stale_page_is_told_and_written_anew(tmp_path):
    stale = tmp_path / "states.md"
    stale.write_text("old")

    with pytest.raises(CommandError, match="out of date"):
        call_command("states", check=True, to=stale)
    call_command("states", to=stale)

    assert stale.read_text() == state_table.page()


def test_the_table_has_all_numbers_the_roles_and_the_letters():
    page = state_table.page()

    assert [row.number for row in state_table.ROWS] == [f"T{number:02}" for number in range(1, 26)]
    assert "| T04 | out of scope, and back within 30 days |" in page
    line = next(line for line in page.splitlines() if line.startswith("| T16 |"))
    assert "reviewer, manager" in line
    assert "in_review → approved" in line
    assert "M06" in line


def test_the_guards_of_the_services_stand_with_their_acts_and_with_what_they_call():
    refused = state_guards.sentences(services.approve)

    assert "Confirm the rights of this case first." in refused
    assert any("another person has to approve it" in sentence for sentence in refused)
    assert not any("another person has to approve" in sentence for sentence in state_guards.sentences(services.take))
    assert (
        "Your role does not allow this act. Ask an administrator for the role you need." in state_guards.of_every_act()
    )


def test_every_row_says_its_side_effect_and_every_act_what_it_refuses():
    page = state_table.page()

    assert set(state_table.EFFECTS) == {row.number for row in state_table.ROWS}
    assert all(f"### `{act}` (" in page for row in state_table.ROWS for act in row.acts)
