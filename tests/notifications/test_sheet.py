"""The sheet of all letters, to be read by a person."""

import re
from html import unescape

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from dsar.web.desk.letter_branches import BRANCHES, IN_TWO
from notifications.letters import REGISTER
from tests import factories
from tests.notifications.composing import seen_in
from workflow.models import Controller

pytestmark = pytest.mark.django_db


def test_every_letter_stands_on_it_in_every_language(tmp_path, capsys):
    factories.installation()

    call_command("letters_sheet", tmp_path / "sheet.html", mails=tmp_path / "mails")

    page = (tmp_path / "sheet.html").read_text("utf-8")
    branches = sum(len(ways) for ways in BRANCHES.values())
    assert page.count("<article") == 4 * (len(REGISTER) + branches) + len(IN_TWO)
    assert "⟦" not in page
    for unsaid in ("doubt", "question", "choices", "reason", "done", "channel", "calculation", "how", "text", "letter"):
        assert f"‹{unsaid}›" not in page
    assert "keine Werbung mehr" in page, "a letter about advertising answers a wish about advertising"
    assert "script" not in seen_in(page).tags
    assert len(list((tmp_path / "mails").glob("*.html"))) == 4 * len(REGISTER)


def test_the_branches_of_a_letter_are_read_too(tmp_path):
    factories.installation()

    call_command("letters_sheet", tmp_path / "sheet.html")

    page = unescape((tmp_path / "sheet.html").read_text("utf-8"))
    for said in (
        "We can do part of it.",
        "La limitation que vous aviez demandée prendra fin le 20 avril 2027.",
        "Herinnering: wij wachten nog op uw antwoord.",
        "the time limit stands still until then",
    ):
        assert said in page, said
    assert sorted(set(re.findall("‹[^›]*›", page))) == []


def test_without_tables_it_says_what_to_do(tmp_path, monkeypatch):
    def no_table(*_names: str) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(Controller.objects, "order_by", no_table)

    with pytest.raises(CommandError, match="Nothing is installed"):
        call_command("letters_sheet", tmp_path / "sheet.html")


def test_without_an_installation_it_says_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="Nothing is installed"):
        call_command("letters_sheet", tmp_path / "sheet.html")
