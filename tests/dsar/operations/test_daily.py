"""The daily round: sealed files put right, old letters gone from the outbox folder."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from celery.schedules import crontab
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from dsar.celery import app
from dsar.operations import tasks
from dsar.vault.storage import INCOMING
from notifications import delivery

DAY = 24 * 3600
pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(settings, tmp_path: Path) -> Path:
    location = tmp_path / "sealed"
    backend = {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": location}}
    settings.STORAGES = {**settings.STORAGES, "sealed": backend}
    return location


@pytest.fixture
def outbox(settings, tmp_path: Path) -> Path:
    settings.OUTBOX_DIR = tmp_path / "outbox"
    return settings.OUTBOX_DIR


def age(path: Path, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def orphans(sealed: Path, count: int) -> None:
    for number in range(count):
        name = storages["sealed"].save(f"{INCOMING}/{number}", ContentFile(b"left by a crash"))
        age(sealed / name, 2)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_it_rings_once_a_day_and_is_done_by_the_heavy_queue() -> None:
    [entry] = [entry for entry in app.conf.beat_schedule.values() if entry["task"] == tasks.sweep.name]

    schedule = entry["schedule"]
    assert isinstance(schedule, crontab)
    assert (len(schedule.hour), len(schedule.minute), len(schedule.day_of_week)) == (1, 1, 7)
    assert app.amqp.router.route({}, tasks.sweep.name)["queue"].name == "heavy"


@pytest.mark.usefixtures("outbox")
def test_what_a_crash_left_in_the_storage_goes(sealed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    orphans(sealed, 3)

    tasks.sweep()

    assert [path for path in sealed.rglob("*") if path.is_file()] == []
    assert "files_removed=3" in capsys.readouterr().err


@pytest.mark.usefixtures("outbox")
def test_a_refused_sweep_is_one_line_and_removes_nothing(sealed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    orphans(sealed, 101)

    tasks.sweep()

    [line] = capsys.readouterr().err.splitlines()
    assert "[error" in line
    assert "101 of 101 stored files have no row, so nothing was removed" in line
    assert len([path for path in sealed.rglob("*") if path.is_file()]) == 101


@pytest.mark.usefixtures("sealed")
def test_letters_older_than_thirty_days_go_and_younger_ones_stay(outbox: Path) -> None:
    for name in ("old", "young"):
        delivery.to_folder(b"letter", message_id=f"<{name}@example.org>")
    (outbox / "notes.txt").write_text("not a letter")
    age(outbox / "old@example.org.eml", 30.1)
    age(outbox / "young@example.org.eml", 29.9)
    age(outbox / "notes.txt", 400)

    tasks.sweep()

    assert sorted(path.name for path in outbox.iterdir()) == ["notes.txt", "young@example.org.eml"]


@pytest.mark.usefixtures("sealed", "outbox")
def test_an_installation_without_an_outbox_is_well() -> None:
    tasks.sweep()

    assert delivery.clear_folder(timezone.now() + timedelta(days=1)) == 0


def test_letters_are_for_their_owner_only_whatever_the_folder_was(outbox: Path) -> None:
    outbox.mkdir(mode=0o755)
    outbox.chmod(0o755)

    delivery.to_folder(b"letter", message_id="<one@example.org>")
    written = mode(outbox), mode(outbox / "one@example.org.eml")
    outbox.chmod(0o755)
    (outbox / "one@example.org.eml").chmod(0o644)
    delivery.clear_folder(timezone.now() - delivery.KEEP_IN_FOLDER)

    assert written == (0o700, 0o600)
    assert (mode(outbox), mode(outbox / "one@example.org.eml")) == (0o700, 0o600)
