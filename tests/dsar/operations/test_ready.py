"""Making an installation ready, its translations, its system packages, its signs of life."""

import gettext
import os
import smtplib
import subprocess
import time
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections

from dsar import env
from dsar.operations import health, install, packages, translations
from tests.services import free_port

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Case"
msgstr "Dossier"
"""


def write_po(folder: Path, text: str = PO) -> Path:
    path = folder / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_translations_are_compiled_once_and_again_when_changed(tmp_path: Path) -> None:
    source = write_po(tmp_path)

    first, second = translations.compile_all(tmp_path), translations.compile_all(tmp_path)
    source.write_text(PO.replace("Dossier", "Affaire"))
    later = time.time() + 10
    os.utime(source, (later, later))
    third = translations.compile_all(tmp_path)

    assert (len(first), len(second), len(third)) == (1, 0, 1)
    with third[0].open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Case") == "Affaire"
    assert [path.name for path in source.parent.iterdir() if path.suffix == ".tmp"] == []


@pytest.mark.django_db(transaction=True)
def test_the_first_start_makes_five_accounts_and_the_second_none(settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.DATA_DIR = tmp_path
    said: list[str] = []

    first = install.prepare(said.append)
    second = install.prepare(said.append)

    assert [account.username for account in first] == ["officer", "reviewer", "manager", "auditor", "administrator"]
    assert len({account.password for account in first}) == 5
    assert second == []
    assert said == ["Bringing the databases up to date…"] * 2
    assert any((tmp_path / "static").iterdir())


def test_a_database_that_does_not_answer_is_one_sentence(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused\n  Is the server running?")

    settings.DATA_DIR = tmp_path
    monkeypatch.setenv(env.DATABASE_URL, "postgresql://dsar:secret@127.0.0.1:1/dsar")
    monkeypatch.setattr(connections["default"], "ensure_connection", refuse)

    with pytest.raises(CommandError) as refusal:
        call_command("install")

    assert str(refusal.value) == (
        "The database cannot be opened (connection refused): start it, or correct DATABASE_URL."
    )


def test_a_folder_that_cannot_be_made_is_one_sentence(settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file" / "var"

    with pytest.raises(install.CannotInstall, match=r"cannot be made .*: correct DATA_DIR or its rights\.$"):
        install.prepare(print)


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """apt-get that knows no package until its list is fresh; what it was asked."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        fresh = any("update" in earlier for earlier in asked)
        return subprocess.CompletedProcess(command, 0 if fresh else 100, b"", b"E: Unable to locate package\n")

    monkeypatch.setattr(packages.subprocess, "run", run)
    monkeypatch.setattr(packages, "can_draw_pdf", lambda: False)
    return asked


def test_packages_are_installed_where_it_is_allowed(apt: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "may_install", lambda: True)

    assert packages.main("pdf") == 0

    assert [command[1] for command in apt] == ["install", "update", "install"]
    assert apt[0][-3:] == list(packages.PDF)


def test_elsewhere_the_one_line_is_named_and_everything_else_starts(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packages, "may_install", lambda: False)

    assert packages.main("pdf") == 0

    assert apt == []
    assert capsys.readouterr().out == (
        "Some system packages are missing. Everything but PDF will work. To install them:\n"
        "    sudo apt-get install -y --no-install-recommends "
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    )


def test_nothing_is_installed_when_nothing_is_missing(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packages, "can_draw_pdf", lambda: True)

    assert packages.main("pdf") == 0

    assert (apt, capsys.readouterr().out) == ([], "")


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["worker", "beat"])
def test_a_silent_worker_or_clock_is_ill(who: str) -> None:
    call_command("createcachetable", verbosity=0)
    cache.clear()
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False) as clock:
        never = health.check(who)
        cache.set(f"alive:{who}", time.time(), health.KEEP_SECONDS)
        fresh = health.check(who)
        clock.shift(health.FRESH_SECONDS + 1)
        stale = health.check(who)

    assert never.endswith("yet.")
    assert fresh == ""
    assert stale.endswith("for 121 seconds.")


@pytest.mark.django_db
def test_the_databases_answer() -> None:
    assert health.check("database") == ""


@pytest.mark.parametrize("who", ["web", "mail"])
def test_what_does_not_listen_is_ill(who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(env.WEB_PORT, str(free_port()))
    monkeypatch.setenv(env.SMTP_PORT, str(free_port()))

    assert health.check(who).endswith("does not answer (ConnectionRefusedError).")
    with pytest.raises(CommandError, match="does not answer"):
        call_command("health", who)


def test_a_mail_listener_that_is_something_else_is_ill(monkeypatch: pytest.MonkeyPatch) -> None:
    def reset(*_: object, **__: object) -> None:
        raise smtplib.SMTPServerDisconnected("no greeting")

    monkeypatch.setattr(health.smtplib, "SMTP", reset)

    assert health.check("mail") == "The mail listener does not answer (SMTPServerDisconnected)."
