"""Attachments are scanned when they came in: as a job, again when the scanner did not like them, never destroyed."""

from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dsar.intake import arrivals, tasks
from dsar.intake.models import InboundMessage, MessagePart, PartScan
from dsar.vault import services as vault
from notifications import services as post_office
from notifications.models import Notification
from tests.dsar.intake.post import take_in
from tests.fakes.clamd import EICAR, LARGEST, clamd

pytestmark = pytest.mark.usefixtures("installed")


def with_files(*contents: bytes) -> InboundMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ada@example.org", "vieprivee@assistool.com", "Mes données"
    message["Message-ID"] = f"<{hash(contents)}@example.org>"
    message.set_content("Bonjour, je voudrais une copie de toutes mes données.\n\nAda Lovelace")
    for content in contents:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename="piece.bin")
    return take_in(bytes(message))


def verdicts() -> list[tuple[str, str]]:
    return list(PartScan.objects.order_by("part").values_list("verdict", "says"))


def test_each_file_is_scanned_once_and_keeps_what_the_scanner_said(settings: Any, tmp_path: Path) -> None:
    message = with_files(b"clean", b"--" + EICAR, b"x" * (LARGEST + 1))

    with clamd(tmp_path) as settings.CLAMD_URL:
        tasks.scan()
        again = arrivals.due()

    assert verdicts() == [
        ("clean", ""),
        ("found", "Eicar-Test-Signature"),
        ("refused", "INSTREAM size limit exceeded. ERROR"),
    ]
    assert again == []
    assert all(vault.read(part.blob) for part in message.parts.all())


def test_the_acknowledgement_does_not_wait_for_it(settings: Any) -> None:
    settings.CLAMD_URL = "unix:///nowhere/clamd.ctl"
    with_files(EICAR)

    post_office.sweep_pending()

    assert [letter.letter for letter in Notification.objects.all()] == ["M01"]


def test_a_scanner_that_does_not_answer_is_asked_again_later(settings: Any, tmp_path: Path) -> None:
    with_files(b"clean")
    settings.CLAMD_URL = "unix:///nowhere/clamd.ctl"
    tasks.scan()
    waiting = PartScan.objects.get()
    early = arrivals.due()

    PartScan.objects.update(next_try_at=timezone.now())
    with clamd(tmp_path) as settings.CLAMD_URL:
        tasks.scan()

    assert (waiting.verdict, waiting.scanned_at, waiting.next_try_at is not None, early) == ("", None, True, [])
    assert verdicts() == [("clean", "")]


def test_what_was_found_is_asked_about_again_the_next_day_and_may_turn_out_clean(
    settings: Any, tmp_path: Path, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_files(b"--" + EICAR)
    with clamd(tmp_path) as settings.CLAMD_URL:
        tasks.scan()
        time_machine.move_to(timezone.now() + timedelta(hours=25))
        monkeypatch.setattr("tests.fakes.clamd.EICAR", b"no such thing")
        tasks.scan()

    assert verdicts() == [("clean", "")]


def test_without_a_scanner_nothing_is_due(settings: Any) -> None:
    settings.CLAMD_URL = ""
    with_files(b"clean")

    assert arrivals.due() == []


def test_what_was_destroyed_is_not_scanned(settings: Any, tmp_path: Path) -> None:
    message = with_files(b"gone", b"--" + EICAR)
    vault.destroy(message.parts.all()[0].blob)

    with clamd(tmp_path) as settings.CLAMD_URL:
        tasks.scan()

    assert verdicts() == [("found", "Eicar-Test-Signature")]


def test_two_workers_scan_a_file_once(settings: Any, tmp_path: Path) -> None:
    part = with_files(b"clean").parts.get()

    with clamd(tmp_path) as settings.CLAMD_URL:
        assert [arrivals.scan(part.pk) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("values", [{"verdict": "nice"}, {"verdict": "clean"}, {"scanned_at": "2027-02-01T10:00Z"}])
def test_the_database_knows_the_rules(values: dict[str, str]) -> None:
    row = PartScan.objects.create(part=with_files(b"clean").parts.get())

    with pytest.raises(IntegrityError), transaction.atomic():
        PartScan.objects.filter(pk=row.pk).update(**values)
    assert MessagePart.objects.count() == 1
