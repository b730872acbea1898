"""The sheet of all letters, to be read by a person."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from notifications.letters import REGISTER
from tests import factories
from tests.notifications.composing import seen_in

pytestmark = pytest.mark.django_db


def test_every_letter_stands_on_it_in_every_language(tmp_path, capsys):
    factories.installation()

    call_command("letters_sheet", tmp_path / "sheet.html", mails=tmp_path / "mails")

    page = (tmp_path / "sheet.html").read_text("utf-8")
    assert page.count("<article") == 4 * len(REGISTER)
    assert "⟦" not in page
    for unsaid in ("doubt", "question", "choices", "reason", "done", "channel", "calculation", "how", "text", "letter"):
        assert f"‹{unsaid}›" not in page
    assert "keine Werbung mehr" in page, "a letter about advertising answers a wish about advertising"
    assert "script" not in seen_in(page).tags
    assert len(list((tmp_path / "mails").glob("*.html"))) == 4 * len(REGISTER)


def test_without_an_installation_it_says_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="Nothing is installed"):
        call_command("letters_sheet", tmp_path / "sheet.html")
