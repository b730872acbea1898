"""What an installation consists of, and whether its ports are free.

The commands are those of ``docker-compose.yml``; a test compares the two.
"""

import errno
import fcntl
import os
import socket
import sys
import time
from pathlib import Path
from typing import IO

from dsar import env
from dsar.operations.supervisor import Program

BIN = Path(sys.executable).parent


class CannotStart(Exception):
    """The processes cannot be started; the text is the cure."""


def programs(data_dir: Path, workers: int) -> list[Program]:
    """Web server, mail listener, worker and clock; all work is theirs, all truth the database's.

    Where mailboxes are configured, one more fetches from them.
    """
    python = sys.executable
    fetching = [Program("fetch", [python, "manage.py", "fetch"], colour="35")] if env.text(env.IMAP_URLS) else []
    return [
        Program("mail", [python, "manage.py", "listen"], colour="33"),
        *fetching,
        Program(
            "worker",
            [
                *(python, "-m", "celery", "--quiet", "--app", "dsar.celery", "worker"),
                *("--queues", "intake,mail,heavy", "--concurrency", str(workers)),
                *("--without-gossip", "--without-mingle"),  # workers have nothing to tell each other
            ],
            colour="34",
            # Meant for pickled tasks, which are refused here; ids in JSON can do no harm.
            environment={"PYTHONWARNINGS": "ignore:You're running the worker with superuser"},
        ),
        Program(
            "beat",
            [
                *(python, "-m", "celery", "--quiet", "--app", "dsar.celery", "beat"),
                *("--schedule", str(data_dir / "beat-schedule"), "--pidfile", ""),
            ],
            colour="36",
        ),
        Program("web", [python, "-m", "gunicorn", "--config", "python:dsar.operations.webserver"], colour="32"),
    ]


def check_settings() -> None:
    """What the processes will read, read once before any of them starts.

    Raises CannotStart or WrongSetting, one sentence with the cure.
    """
    env.choice(env.SMTP_PROTOCOL, "smtp", "lmtp")
    (_, web, _, _), (_, mail, _, _) = addresses()
    if web == mail:
        raise CannotStart(
            f"WEB_PORT and SMTP_PORT are both {web}: give the mail listener another with SMTP_PORT={web + 1}."
        )
    for host, port, variable, what in addresses():
        check_port(host, port, variable, what)


def check_port(host: str, port: int, variable: str, what: str) -> None:
    """Raises CannotStart when ``host:port`` cannot be listened on."""
    host_variable = variable.replace("PORT", "HOST")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {port} for {what} is taken by another program: stop that one, "
                f"or choose a free port with {variable}={port + 10}."
            ) from None
        if error.errno == errno.EACCES:
            raise CannotStart(
                f"Port {port} for {what} may only be used by root: choose one above 1023 with {variable}={port + 8000}."
            ) from None
        raise CannotStart(
            f"{what.capitalize()} cannot listen on {host} ({error.strerror}): correct {host_variable}."
        ) from None


def answers(host: str, port: int) -> bool:
    """Does something accept connections there?"""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not bound
    try:
        with socket.create_connection((address, port), timeout=1):
            return True
    except OSError:
        return False


class Lock:
    """One start per data folder; released by the kernel when this process ends, however it ends."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / "run.lock"
        self.warden_path = data_dir / "warden.lock"
        self._file: IO[str] | None = None

    def take(self, wait_seconds: float = 8.0) -> None:
        """Raises CannotStart when another start has it. Waits for the leftovers of a killed one to stop."""
        file = self.path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            pid = file.read().strip()
            file.close()
            raise CannotStart(
                f"This data folder ({self.path.parent}) is already in use by process {pid}: "
                "stop that one with Ctrl-C, or choose another folder with DATA_DIR."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file
        self._wait_for_warden(wait_seconds)

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _wait_for_warden(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        with self.warden_path.open("a") as file:
            while time.monotonic() < end:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    time.sleep(0.1)
                else:
                    return
        raise CannotStart("Processes of an earlier start are still stopping: try again in a few seconds.")


def addresses() -> list[tuple[str, int, str, str]]:
    """(host, port, variable of the port, what for), as the environment says."""
    return [
        (env.text(env.WEB_HOST), env.integer(env.WEB_PORT, 1, 65535), env.WEB_PORT, "the web server"),
        (env.text(env.SMTP_HOST), env.integer(env.SMTP_PORT, 1, 65535), env.SMTP_PORT, "the mail listener"),
    ]
