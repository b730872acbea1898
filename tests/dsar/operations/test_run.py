"""``make run`` from outside: real processes, a real mail, real kills. Slow on purpose, and few."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from dsar.operations.programs import answers
from tests.installation import ROOT, Installation, installation, running, wait_until

pytestmark = pytest.mark.xdist_group("run")  # one installation for the module, whatever runs beside it

README = (ROOT / "README.md").read_text()


def children(parent: int) -> dict[int, str]:
    """Process id and command line of what a process started itself."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "stat").read_text().rpartition(")")[2].split()[1] == str(parent):
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
        except OSError:  # it ended while being looked at
            continue
    return found


def everything_below(parent: int) -> set[int]:
    below = set(children(parent))
    return below.union(*map(everything_below, below)) if below else below


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running(tmp_path_factory.mktemp("run")) as started:
        yield started


def test_it_says_where_everything_is_and_shows_the_first_passwords(place: Installation) -> None:
    assert sorted(place.passwords) == ["administrator", "auditor", "manager", "officer", "reviewer"]
    assert f"Web:     {place.web}" in place.output
    assert f"SMTP on 127.0.0.1:{place.smtp_port}, for vieprivee@assistool.com" in place.output
    assert f"{place.data_dir}/outbox/*.eml (nothing leaves this machine)" in place.output


def test_the_mail_of_the_readme_is_acknowledged_within_seconds(place: Installation) -> None:
    [snippet] = re.findall(r"^\$ python3 - <<'END'\n(.*?)^END$", README, re.MULTILINE | re.DOTALL)
    before = len(place.letters())

    subprocess.run([sys.executable, "-c", snippet.replace("2525", str(place.smtp_port))], check=True, timeout=30)

    letter = place.wait_for_letters(before + 1, 30)[-1].read_text()
    assert "ada@example.org" in letter
    assert "<first@example.org>" in letter


def test_every_process_is_well(place: Installation) -> None:
    for who in ("web", "mail", "database", "beat", "worker"):
        wait_until(lambda who=who: place.manage("health", who).returncode == 0, 60, f"{who} well", lambda: place.output)


def test_a_sign_in_page_is_served_and_names_no_server_version(place: Installation) -> None:
    with urllib.request.urlopen(f"{place.web}/accounts/login/", timeout=10) as answer:
        assert answer.status == 200
        assert not re.search(r"\d", answer.headers.get("Server", ""))


def test_a_second_start_in_the_same_folder_is_one_sentence(place: Installation) -> None:
    second = place.manage("run")

    assert second.returncode == 1
    assert "is already in use by process" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_busy_port_is_one_sentence_before_anything_starts(place: Installation, tmp_path: Path) -> None:
    other = installation(tmp_path, WEB_PORT=str(place.web_port))

    refused = other.manage("run")

    assert refused.returncode == 1
    assert f"Port {place.web_port} for the web server is taken by another program" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "dsar.sqlite3").exists()


@pytest.mark.parametrize("who", ["listen", "dsar.celery worker", "beat", "gunicorn", "broker.sock"])
def test_a_killed_process_comes_back(place: Installation, who: str) -> None:
    supervisor = place.processes[0].pid
    [victim] = [pid for pid, command in children(supervisor).items() if who in command]

    os.kill(victim, signal.SIGKILL)

    def is_back() -> bool:
        return any(who in command for pid, command in children(supervisor).items() if pid != victim)

    wait_until(is_back, 20, f"{who} back", lambda: place.output)
    for port in (place.web_port, place.smtp_port):
        wait_until(lambda port=port: answers("127.0.0.1", port), 30, f"port {port}", lambda: place.output)


def test_a_mail_after_all_those_kills_is_acknowledged(place: Installation) -> None:
    before = len(place.letters())
    mail = b"".join(
        line + b"\r\n"
        for line in (
            b"From: bea@example.org",
            b"To: vieprivee@assistool.com",
            b"Subject: Inzage",
            b"Message-ID: <second@example.org>",
            b"",
            b"Ik wil graag een kopie van al mijn gegevens.",
            b"Bea",
        )
    )

    wait_until(lambda: sent(place, mail), 30, "the listener back", lambda: place.output)

    assert "bea@example.org" in place.wait_for_letters(before + 1, 60)[-1].read_text()


def sent(place: Installation, mail: bytes) -> bool:
    try:
        place.send(mail, "bea@example.org")
    except OSError:
        return False
    return True


def test_no_address_is_in_the_logs(place: Installation) -> None:
    assert "ada@example.org" not in place.output
    assert "bea@example.org" not in place.output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_everything_stops_and_the_next_start_keeps_all(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C, and the supervisor itself killed: within five seconds nothing of it runs."""
    with running(tmp_path) as first:
        supervisor = first.processes[0].pid
        # broker, mail, worker with two of its own, beat, web with one of its own, warden
        wait_until(lambda: len(everything_below(supervisor)) >= 9, 30, "all processes", lambda: first.output)
        pids = everything_below(supervisor)
        seconds = first.stop(number)
        wait_until(lambda: not any(map(is_alive, pids)), 5 - seconds, "the end of all", lambda: first.output)

    begun = time.monotonic()
    with running(tmp_path) as second:
        assert second.passwords == {}
        assert time.monotonic() - begun < 60
