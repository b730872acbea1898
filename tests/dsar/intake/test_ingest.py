"""``manage.py ingest`` as a mail server's pipe calls it: what counts is the exit code."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dsar.intake.post import development_mail
from tests.installation import ROOT, Installation, installation


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with nothing running: the pipe needs only the database."""
    made = installation(tmp_path_factory.mktemp("pipe"))
    done = made.manage("install")
    assert done.returncode == 0, done.stderr
    return made


def ingest(
    place: Installation, *arguments: str, raw: bytes = b"", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "ingest", *arguments],
        input=raw,
        cwd=ROOT,
        env={**place.environment, **variables},
        capture_output=True,
        check=False,
        timeout=60,
    )


def messages(place: Installation) -> list[tuple[str, str]]:
    with sqlite3.connect(place.data_dir / "dsar.sqlite3") as database:
        return database.execute("SELECT state, source FROM dsar_inboundmessage").fetchall()


def test_a_piped_mail_is_committed_with_0_and_a_file_too(place: Installation, tmp_path: Path) -> None:
    before = len(messages(place))
    file = tmp_path / "mail.eml"
    file.write_bytes(development_mail("014.eml"))

    piped = ingest(place, "-", "--recipient", "vieprivee@assistool.com", raw=development_mail("007.eml"))
    named = ingest(place, str(file))

    assert (piped.returncode, named.returncode) == (0, 0), piped.stderr + named.stderr
    assert messages(place)[before:] == [("received", "pipe")] * 2


def test_an_empty_message_is_65_and_a_missing_file_66(place: Installation) -> None:
    before = len(messages(place))

    empty, missing = ingest(place, "-"), ingest(place, "nowhere.eml")

    assert (empty.returncode, missing.returncode) == (os.EX_DATAERR, os.EX_NOINPUT) == (65, 66)
    assert b"The message is empty" in empty.stderr
    assert b"nowhere.eml cannot be read" in missing.stderr
    assert len(messages(place)) == before


@pytest.mark.parametrize(
    "broken",
    [
        {"DATA_DIR": "/dev/null/none"},
        {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        {
            "STORAGE_URL": "s3://bucket?endpoint=http://127.0.0.1:1",
            "AWS_ACCESS_KEY_ID": "x",
            "AWS_SECRET_ACCESS_KEY": "x",
        },
        {"MASTER_KEY": "not a key"},
        {"MAILBOX": "not an address"},
    ],
    ids=["no folder", "no database", "no storage", "wrong key", "wrong variable"],
)
def test_whatever_is_wrong_with_us_is_75_so_that_the_mail_server_keeps_it(
    place: Installation, broken: dict[str, str]
) -> None:
    before = len(messages(place))

    done = ingest(place, "-", raw=development_mail("007.eml"), **broken)

    assert done.returncode == os.EX_TEMPFAIL == 75, done.stderr
    assert len(messages(place)) == before


def test_a_closed_standard_input_is_75(place: Installation) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "ingest", "-"],
        cwd=ROOT,
        env=place.environment,
        preexec_fn=lambda: os.close(0),
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, b"Standard input is closed" in done.stderr) == (os.EX_TEMPFAIL, True), done.stderr


def test_a_dead_broker_does_not_matter(place: Installation) -> None:
    before = len(messages(place))

    done = ingest(place, "-", raw=development_mail("021.eml"), BROKER_URL="redis://127.0.0.1:1/0")

    assert (done.returncode, len(messages(place))) == (0, before + 1), done.stderr


def test_a_database_that_is_not_installed_yet_is_75(tmp_path: Path) -> None:
    assert ingest(installation(tmp_path), "-", raw=development_mail("007.eml")).returncode == 75
