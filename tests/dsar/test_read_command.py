"""manage.py read: one line a mail, whatever is given."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

MAILS = Path(__file__).resolve().parents[1] / "mails"
KEYS = [
    "file", "language", "kind", "rights", "unsure", "dated", "signed", "identity_document", "reasons_given",
    "representative", "acknowledge", "sender", "received_at", "person_name", "identifiers", "because",
]  # fmt: skip


def run(*arguments: str) -> list[dict]:
    out = io.StringIO()
    call_command("read", "--json", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_has_exactly_the_agreed_keys():
    (line,) = run(str(MAILS / "033.eml"))

    assert list(line) == KEYS
    assert line["file"] == "033.eml"
    assert line["rights"] == ["erasure", "objection_dm", "consent_withdrawal"]
    assert line["sender"] == "oceane_p@example.net"
    assert {tuple(item) for item in line["because"]} == {("right", "words", "place")}


def test_the_time_of_receipt_keeps_the_zone_of_the_top_header():
    labels = {
        label["file"]: label
        for label in map(json.loads, (MAILS / "labels.jsonl").read_text(encoding="utf-8").splitlines())
    }
    names = ["001.eml", "016.eml", "037.eml", "095.eml", "096.eml"]

    lines = run(*(str(MAILS / name) for name in names))

    assert [line["received_at"] for line in lines] == [labels[name]["received_at"] for name in names]


def test_the_second_copy_of_a_mail_is_not_acknowledged():
    lines = run(str(MAILS / "084.eml"), str(MAILS / "085.eml"))

    assert [line["acknowledge"] for line in lines] == [True, False]


@pytest.mark.parametrize(("sender", "acknowledged"), [("contact@apd-gba.be", False), ("ada@example.org", True)])
def test_a_letter_of_an_authority_is_not_acknowledged(tmp_path, sender, acknowledged):
    path = tmp_path / "letter.eml"
    path.write_text(f"From: {sender}\nSubject: Dossier\n\nVeuillez supprimer les donnees de mon compte.\n")

    (line,) = run(str(path))

    assert line["acknowledge"] is acknowledged


def test_a_missing_file_is_named_and_the_others_are_read(tmp_path):
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError) as error:
        call_command("read", "--json", str(tmp_path / "gone.eml"), str(MAILS / "018.eml"), stdout=out, stderr=err)

    assert error.value.returncode == 1
    assert "gone.eml" in err.getvalue()
    assert json.loads(out.getvalue())["file"] == "018.eml"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, b"just words"])
def test_what_is_no_mail_still_gives_a_line(tmp_path, content):
    path = tmp_path / "thing.bin"
    path.write_bytes(content)

    (line,) = run(str(path))

    assert (line["file"], line["rights"], line["received_at"]) == ("thing.bin", [], None)


def test_a_dash_reads_standard_input(monkeypatch):
    class Given:
        buffer = io.BytesIO((MAILS / "018.eml").read_bytes())

    monkeypatch.setattr("sys.stdin", Given)

    (line,) = run("-")

    assert (line["file"], line["language"], line["rights"]) == ("-", "nl", ["erasure"])


def test_the_readable_form_shows_words_and_reasons():
    out = io.StringIO()

    call_command("read", str(MAILS / "033.eml"), stdout=out)

    assert "033.eml: request in fr" in out.getvalue()
    assert "erasure:" in out.getvalue()
