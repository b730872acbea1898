"""A backup is made while people work, read back, and only then lets go of mails on their server."""

import hashlib
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from dsar.intake import services as intake
from dsar.intake.mailbox import cleaning
from dsar.intake.mailbox.models import MailAccount, MailFolder, ServerCopy
from dsar.intake.models import InboundMessage
from dsar.operations.backup import services
from dsar.operations.backup.services import BackupBroken
from dsar.vault import services as vault
from tests import services as servers
from tests.dsar.intake.conftest import install
from tests.dsar.intake.post import mail
from tests.flows.audit import look
from tests.installation import Installation, installation
from workflow.models import Mailbox

in_process = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


@pytest.fixture
def store(transactional_db: None, settings: Any, tmp_path: Path) -> Path:
    """An installation with a storage of its own."""
    location = tmp_path / "sealed"
    backend = {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": location}}
    settings.STORAGES = {**settings.STORAGES, "sealed": backend}
    settings.DATA_DIR = tmp_path
    install()
    return location


def on_server(number: int) -> InboundMessage:
    """A mail that was fetched and still lies in *Processed*."""
    raw = mail(message_id=f"<{number}@example.org>")
    message = intake.accept(raw, source="imap", received_at=timezone.now())
    box = Mailbox.objects.order_by("id")[0]
    account, _ = MailAccount.objects.get_or_create(
        name="box@host", mailbox=box, defaults={"created_at": timezone.now()}
    )
    folder, _ = MailFolder.objects.get_or_create(account=account, name="Processed", processed=True, uidvalidity=1)
    place = {"folder": folder, "uidvalidity": 1, "uid": number, "message": message}
    ServerCopy.objects.create(
        **place, state="there", size=len(raw), sha256=message.raw.sha256, taken_at=message.taken_at
    )
    InboundMessage.objects.filter(pk=message.pk).update(state="filed")
    return message


def due() -> set[int]:
    return set(cleaning.due(MailAccount.objects.get(), timezone.now()).values_list("uid", flat=True))


@in_process
def test_mails_leave_their_server_once_a_verified_backup_holds_them_and_no_other_does(
    store: Path, tmp_path: Path
) -> None:
    on_server(1)
    erased = on_server(2)
    services.make(tmp_path / "backup")
    on_server(3)
    vault.destroy(erased.raw)
    assert due() == set()  # made is not verified

    found = services.verify(tmp_path / "backup")

    assert due() == {1}
    assert (found.messages, found.released) == (2, 1)
    assert MailAccount.objects.get().backed_up_until == found.made_at


@in_process
def test_nothing_in_a_backup_can_be_read_without_the_key_store(store: Path, tmp_path: Path) -> None:
    on_server(1)
    services.make(tmp_path / "backup")

    content = b"".join(path.read_bytes() for path in (tmp_path / "backup").rglob("*") if path.is_file())
    for needle in (b"ada@example.org", b"personnelles", b"SQLite format 3", b"COPY"):
        assert needle not in content
    assert oct((tmp_path / "backup").stat().st_mode)[-3:] == "700"


@in_process
@pytest.mark.parametrize("harm", ["alter", "remove", "unlist", "database", "manifest", "swap"])
def test_a_harmed_backup_is_refused_and_lets_go_of_nothing(store: Path, tmp_path: Path, harm: str) -> None:
    first, second = on_server(1), on_server(2)
    folder = tmp_path / "backup"
    services.make(folder)
    file = folder / "sealed" / first.raw.name
    listing = folder / "files.sha256"
    if harm == "alter":
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.write_bytes(content)
    elif harm == "remove":
        file.unlink()
    elif harm == "unlist":
        listing.write_text(
            "".join(line for line in listing.read_text().splitlines(keepends=True) if first.raw.name not in line)
        )
    elif harm == "database":
        (folder / "database.sealed").write_bytes((folder / "database.sealed").read_bytes()[:-1])
    elif harm == "manifest":
        (folder / "manifest.json").unlink()
    else:  # another sealed file in its place, with lists that agree: only opening tells
        other = (folder / "sealed" / second.raw.name).read_bytes()
        lines = listing.read_text().replace(
            hashlib.sha256(file.read_bytes()).hexdigest(), hashlib.sha256(other).hexdigest()
        )
        before = hashlib.sha256(listing.read_bytes()).hexdigest()
        file.write_bytes(other)
        listing.write_text(lines)
        manifest = folder / "manifest.json"
        manifest.write_text(manifest.read_text().replace(before, hashlib.sha256(lines.encode()).hexdigest()))

    with pytest.raises(BackupBroken, match=r"backup|another"):
        services.verify(folder)

    assert due() == set()


@in_process
def test_a_file_missing_in_storage_is_told_when_the_backup_is_made_and_when_it_is_verified(
    store: Path, tmp_path: Path
) -> None:
    message = on_server(1)
    (store / message.raw.name).unlink()

    with pytest.raises(CommandError, match=r"^1 sealed files are missing in storage"):
        call_command("backup", str(tmp_path / "backup"))
    with pytest.raises(CommandError, match=r"^1 sealed files are not in the backup"):
        call_command("verify_backup", str(tmp_path / "backup"))


@in_process
def test_a_folder_that_holds_something_is_not_written_into(store: Path, tmp_path: Path) -> None:
    services.make(tmp_path / "backup")

    with pytest.raises(CommandError, match=r"is not empty: name a new folder"):
        call_command("backup", str(tmp_path / "backup"))


@in_process
def test_after_thirty_days_a_mail_goes_without_a_backup_too(store: Path) -> None:
    on_server(1)
    ServerCopy.objects.update(taken_at=timezone.now() - timedelta(days=29, hours=1))

    assert due() == {1}


# -- the whole way, by the commands --------------------------------------------------------------------


def done(place: Installation, *command: str) -> str:
    ended = place.manage(*command)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.mark.timeout(900)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_what_was_lost_comes_back_from_the_backup(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    urls: list[dict[str, str]] = [{}, {}]
    if engine == "postgresql":
        server = request.getfixturevalue("postgresql")
        urls = [
            {
                "DATABASE_URL": servers.create_database(server, f"backup_{number}"),
                "KEYS_DATABASE_URL": servers.create_database(server, f"backup_{number}_keys"),
            }
            for number in range(2)
        ]
    first = installation(tmp_path / "first", **urls[0])
    done(first, "install")
    for number in range(3):
        (tmp_path / "mail.eml").write_bytes(mail(message_id=f"<{number}@example.org>", text=f"É \\N \t {number}\nx"))
        done(first, "ingest", str(tmp_path / "mail.eml"))
    backup, keys = str(tmp_path / "backup"), str(tmp_path / "keys.backup")
    done(first, "backup", backup, "--keys", keys)
    assert "3 messages" in done(first, "verify_backup", backup)
    assert subprocess.run(["sha256sum", "-c", "--quiet", "files.sha256"], cwd=backup, check=False).returncode == 0

    lost = {**first.environment, "DATA_DIR": str(tmp_path / "second"), **urls[1]}  # the same MASTER_KEY
    (tmp_path / "second").mkdir()
    second = replace(first, data_dir=tmp_path / "second", environment=lost)
    done(second, "restore", backup, "--keys", keys)

    assert look(second, sweep=True) == look(first, sweep=True)
    assert look(second)["messages"]["received"] == 3
    assert "3 messages" in done(second, "verify_backup", backup)  # which opens them with the restored keys
    done(second, "install")
    done(second, "health", "database")
    (tmp_path / "mail.eml").write_bytes(mail(message_id="<later@example.org>"))
    done(second, "ingest", str(tmp_path / "mail.eml"))  # numbers go on where they were
    refused = second.manage("restore", backup)
    assert refused.returncode == 1
    assert "is in use: restore into an empty one." in refused.stderr
