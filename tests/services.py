"""Real servers for tests: started when their programs are found, otherwise said in a sentence.

As a command it runs another one with PostgreSQL as the database:

    python -m tests.services postgresql pytest -x
"""

import contextlib
import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

NO_POSTGRESQL = "PostgreSQL is not installed here: `make test-services` installs it."
NO_REDIS = "No Redis or Valkey server is installed here: `make test-services` installs one."
NO_CHROMIUM = "Chromium is not installed here: `make test-services` installs it."


class Missing(Exception):
    """A server is not on this machine; the text is for the person who reads the skip."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def chromium() -> str:
    """The path of a Chromium or Chrome. Raises Missing."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    raise Missing(NO_CHROMIUM)


@contextlib.contextmanager
def redis_server() -> Iterator[str]:
    """A Redis or Valkey from this machine on a free port of loopback; its address without a database number."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise Missing(NO_REDIS)
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="dsar-redis-") as folder:
        server = subprocess.Popen(
            [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait_for_port(port)
            yield f"redis://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(10)


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL of our own, else the one that runs here; its address without a database name.

    The role in it may create databases. Nothing of it outlives the block when it is our own.
    """
    installed = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"))  # where Debian keeps them, off the PATH
    found = shutil.which("pg_ctl") or (installed[-1] if installed else "")
    if found:
        with _own_cluster(Path(os.path.realpath(found)).parent) as address:
            yield address
        return
    address = "postgresql://postgres@127.0.0.1:5432"
    try:
        psycopg.connect(f"{address}/postgres", connect_timeout=2).close()
    except psycopg.Error:
        raise Missing(NO_POSTGRESQL) from None
    yield address


@contextlib.contextmanager
def _own_cluster(binaries: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="dsar-pg-"))
    as_postgres: list[str] = []
    if os.geteuid() == 0:  # initdb refuses root
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_postgres = ["runuser", "-u", "postgres", "--"]
    port, data, log = free_port(), folder / "data", folder / "log"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100"
    try:
        _run([*as_postgres, str(binaries / "initdb"), "-D", str(data), "-U", "dsar", "--auth=trust", "--no-sync",
              "--encoding=UTF8", "--locale=C.UTF-8"])  # fmt: skip
        _run([*as_postgres, str(binaries / "pg_ctl"), "-D", str(data), "-l", str(log), "-w", "-o", options, "start"])
        try:
            yield f"postgresql://dsar@127.0.0.1:{port}"
        finally:
            _run([*as_postgres, str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create_database(address: str, name: str) -> str:
    """A fresh, empty database on that server; its full address."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{address}/{name}"


def _run(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"{command[-1]} of {command[0]} failed: {done.stderr.decode(errors='replace')}")


def _wait_for_port(port: int, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise TimeoutError(f"nothing listens on port {port} after {seconds} s")


def main(arguments: list[str]) -> int:
    try:
        with postgresql() as address:
            environment = {
                **os.environ,
                "DATABASE_URL": create_database(address, "dsar"),
                "KEYS_DATABASE_URL": create_database(address, "dsar_keys"),
            }
            return subprocess.run(arguments, env=environment, check=False).returncode
    except Missing as missing:
        print(f"{missing} The tests on PostgreSQL are skipped.")
        return 0


if __name__ == "__main__":
    if sys.argv[1:2] != ["postgresql"]:
        sys.exit("Usage: python -m tests.services postgresql COMMAND…")
    sys.exit(main(sys.argv[2:]))
