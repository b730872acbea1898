"""What is said before anything starts: ports, folders, two starts at once, demo and real cases apart."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dsar import env
from dsar.management.commands import demo
from dsar.operations.broker import NoBroker, check_answers
from dsar.operations.install import CannotInstall, accounts_box, check_keys
from dsar.operations.programs import CannotStart, Lock, check_port, check_settings
from dsar.operations.start import DEMO_MARK, mailboxes, mark_store
from tests import factories
from tests.services import free_port
from workflow.services import FirstAccount
from workflow.states import Role


def test_a_busy_port_is_one_sentence_with_the_cure() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CannotStart) as refusal:
            check_port("127.0.0.1", port, env.WEB_PORT, "the web server")

    assert str(refusal.value) == (
        f"Port {port} for the web server is taken by another program: stop that one, "
        f"or choose a free port with WEB_PORT={port + 10}."
    )


def test_a_free_port_may_be_used() -> None:
    port = free_port()

    check_port("127.0.0.1", port, env.WEB_PORT, "the web server")
    check_port("127.0.0.1", port, env.WEB_PORT, "the web server")  # and was not left open


def test_a_host_of_another_machine_is_one_sentence() -> None:
    with pytest.raises(CannotStart, match=r"^The mail listener cannot listen on 192\.0\.2\.1 .*: correct SMTP_HOST\.$"):
        check_port("192.0.2.1", free_port(), env.SMTP_PORT, "the mail listener")


def test_one_port_for_web_and_mail_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    port = str(free_port())
    monkeypatch.setenv(env.WEB_PORT, port)
    monkeypatch.setenv(env.SMTP_PORT, port)

    with pytest.raises(CannotStart, match=f"WEB_PORT and SMTP_PORT are both {port}"):
        check_settings()


def test_a_protocol_nobody_speaks_is_said_before_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(env.SMTP_PROTOCOL, "pop")

    with pytest.raises(env.WrongSetting, match="set it to one of smtp, lmtp"):
        check_settings()


def test_a_broker_that_does_not_answer_is_said_before_the_start() -> None:
    with pytest.raises(NoBroker, match="BROKER_URL does not answer"):
        check_answers(f"redis://127.0.0.1:{free_port()}/0")


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_master_key_of_another_store_is_said_before_the_start(settings) -> None:  # type: ignore[no-untyped-def]
    factories.received()
    settings.MASTER_KEYS = [os.urandom(32)]

    with pytest.raises(CannotInstall, match="MASTER_KEY does not open the files of this store"):
        check_keys()


def test_two_starts_in_one_folder(tmp_path: Path) -> None:
    first, second = Lock(tmp_path), Lock(tmp_path)
    first.take()

    with pytest.raises(CannotStart, match=f"already in use by process {os.getpid()}"):
        second.take()

    first.release()
    second.take()
    second.release()


def test_a_killed_start_leaves_no_lock(tmp_path: Path) -> None:
    code = f"""
import pathlib, time
from dsar.operations.programs import Lock
lock = Lock(pathlib.Path({str(tmp_path)!r})); lock.take(); print("taken", flush=True); time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"taken\n"
        other.send_signal(signal.SIGKILL)

    lock = Lock(tmp_path)
    lock.take()
    lock.release()


def test_a_start_waits_for_the_leftovers_of_a_killed_one(tmp_path: Path) -> None:
    code = f"""
import fcntl, time
lock = open({str(tmp_path / "warden.lock")!r}, "w"); fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True); time.sleep(0.5)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as leftover:
        assert leftover.stdout.readline() == b"held\n"
        lock = Lock(tmp_path)

        lock.take()

        assert leftover.wait(1) == 0
        lock.release()


def test_the_demo_refuses_a_store_with_real_cases(tmp_path: Path) -> None:
    (tmp_path / "dsar.sqlite3").touch()

    with pytest.raises(CannotStart, match="holds real cases, so the demo does not touch it"):
        mark_store(tmp_path, demo=True)

    assert not (tmp_path / DEMO_MARK).exists()


def test_real_work_refuses_a_store_of_the_demo(tmp_path: Path) -> None:
    mark_store(tmp_path, demo=True)
    (tmp_path / "dsar.sqlite3").touch()

    mark_store(tmp_path, demo=True)
    with pytest.raises(CannotStart, match="invented cases of the demo"):
        mark_store(tmp_path, demo=False)


@pytest.mark.parametrize("variable", ["DATABASE_URL", "KEYS_DATABASE_URL", "STORAGE_URL", "OUTGOING_URL", "IMAP_URLS"])
def test_the_demo_reaches_nothing_outside_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    for name in ("DATABASE_URL", "KEYS_DATABASE_URL"):  # set when the suite runs on PostgreSQL
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "scheme://elsewhere")

    with pytest.raises(CannotStart, match=f"unset {variable}"):
        mark_store(tmp_path, demo=True)


def test_the_demo_takes_the_same_thirty_mails_each_time() -> None:
    mails = sorted(demo.MAILS.glob("**/*.eml"))

    chosen = demo.choose(mails)

    assert len(chosen) == len(set(chosen)) == 30
    assert chosen == demo.choose(mails)
    assert chosen == sorted(chosen)


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        (b"From: Ada <ada@example.com>\r\n\r\nx", "ada@example.com"),
        (b"From: mailer-daemon@example.com\r\nReturn-Path: <>\r\n\r\nx", ""),
        (b"Subject: none\r\n\r\nx", ""),
    ],
)
def test_the_envelope_sender_of_a_mail_of_the_demo(raw: bytes, sender: str) -> None:
    assert demo.envelope_sender(raw) == sender


def test_passwords_are_shown_in_a_frame_that_closes() -> None:
    box = accounts_box([FirstAccount("officer", "pass-word", Role.OFFICER)], "http://localhost:8000")

    lines = box.splitlines()
    assert "  officer        pass-word" in lines[3]
    assert len({len(line) for line in lines}) == 1


def test_a_second_run_in_the_same_folder_is_a_sentence(settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    first = Lock(tmp_path)
    first.take()

    with pytest.raises(CommandError, match="already in use by process"):
        call_command("run")

    first.release()


def test_a_wrong_variable_is_one_sentence_without_a_traceback(tmp_path: Path) -> None:
    done = manage("run", tmp_path, SMTP_PORT="no number")

    assert done.stderr == "SMTP_PORT is 'no number': set it to a whole number from 1 to 65535.\n"
    assert done.returncode == 78


def test_a_mail_server_that_pipes_a_mail_is_asked_to_keep_it(tmp_path: Path) -> None:
    done = manage("ingest", tmp_path, MAX_MAIL_MB="many")

    assert done.stderr == "MAX_MAIL_MB is 'many': set it to a whole number from 1 to 2000.\n"
    assert done.returncode == 75


def manage(command: str, data_dir: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "dsar.settings", **variables}
    return subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=env.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_mailbox_that_cannot_be_fetched_is_one_sentence_before_the_start(settings) -> None:
    settings.IMAP_URLS = ["imap://user:password@imap.example.org?tls=none"]

    with pytest.raises(CannotStart, match="set tls=implicit or tls=starttls") as refusal:
        mailboxes()

    assert "password@" not in str(refusal.value)
