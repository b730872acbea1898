"""The parser in processes of its own, with limits, so that no mail can take a worker or another mail with it.

A server (``parser_process``) waits with the parser imported and forks for every mail. It has no keys, no settings and
no database in its reach; it is asked over a socket and answers with one frame, so no plaintext touches the disk. A
pool keeps idle servers, one for each mail that is read at the same time.
"""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from dsar.intake import frames
from dsar.intake.parser_process import ORDER, OUT_OF_MEMORY, REPORT
from dsar.intake.parsing import ParsedMessage, scan

# What the listener takes at most, and a little: a larger one came by pipe and is kept whole, unread.
SIZE_LIMIT = 52 * 1024 * 1024
_PROGRAM = str(Path(__file__).with_name("parser_process.py"))
_IDLE_LIMIT = 4
CODES = {-signal.SIGXCPU: "timeout", -signal.SIGKILL: "timeout", OUT_OF_MEMORY: "out_of_memory"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one mail may use: seconds of CPU, MB of address space, seconds on the clock (the machine may be busy)."""

    cpu: int = 2
    memory_mb: int = 256
    wall: float = 30


@dataclass(frozen=True, slots=True)
class Cost:
    """What one mail used: seconds of CPU, and the most memory its process held, in MB."""

    cpu: float
    peak_mb: float


LIMITS = Limits()


def parse_in_child(raw: IO[bytes] | bytes, *, limits: Limits = LIMITS) -> ParsedMessage:
    """What a mail says, read by a process that dies at its ``limits``.

    Never raises on any content. ``unreadable`` is ``too_large`` above 52 MiB (nothing is parsed), ``timeout``,
    ``out_of_memory`` or ``parser_failed`` when the process gave up; then the fields hold what a bounded scan of the
    first 64 kB of header gives. Errors of reading ``raw`` itself and of starting a process (OSError) are the caller's.
    """
    return measured(raw, limits=limits)[0]


def measured(raw: IO[bytes] | bytes, *, limits: Limits = LIMITS) -> tuple[ParsedMessage, Cost | None]:
    """As ``parse_in_child``, with what it took; None for a mail whose process told nothing in the end."""
    data = raw if isinstance(raw, bytes) else raw.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        return scan(data, "too_large"), None
    try:
        code, answer, cost = _pool.ask(data, limits)
    except TimeoutError:
        return scan(data, "timeout"), None
    except Gone:
        return scan(data, "parser_failed"), None
    return _understood(data, code, answer), cost


def _understood(data: bytes, code: int, answer: bytes) -> ParsedMessage:
    if code:
        return scan(data, CODES.get(code, "parser_failed"))
    try:
        return frames.read(answer)
    except frames.BadFrame:
        return scan(data, "parser_failed")


class Gone(Exception):
    """The server ended."""


class Server:
    """One waiting program that forks for each job. Not for two threads at once."""

    def __init__(self, program: str, arguments: Sequence[str]) -> None:
        self._control, theirs = socket.socketpair()
        # -I: no variables, no working directory, no user's packages; -S: no packages but the named ones.
        command = [sys.executable, "-I", "-S", program, *arguments]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  the interpreter that runs now and our file
                command,
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                start_new_session=True,
            )

    def ask(self, data: bytes, limits: Limits) -> tuple[int, bytes, Cost]:
        """Exit code, answer and cost of one job. Raises TimeoutError, and Gone when there is no server any more."""
        end = time.monotonic() + limits.wall
        ours, theirs = socket.socketpair()
        with ours:
            with theirs, _gone_when_broken():
                order = ORDER.pack(limits.cpu, limits.memory_mb, len(data))
                socket.send_fds(self._control, [order], [theirs.fileno()])
            answer = _exchange(ours, data, end, limits.memory_mb * 1024 * 1024)
        with _gone_when_broken():
            self._control.settimeout(_until(end))
            report = self._control.recv(REPORT.size)
        if len(report) < REPORT.size:
            raise Gone
        code, microseconds, kilobytes = REPORT.unpack(report)
        return code, answer, Cost(microseconds / 1e6, kilobytes / (1024 if sys.platform == "linux" else 1024**2))

    def kill(self) -> None:
        """End it, and the process of the mail it has."""
        self._control.close()
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def forget(self) -> None:
        """After a fork: this server belongs to the other process."""
        self._control.close()
        self._process.returncode = 0


class Pool:
    """Idle servers of this process; they end with it and are not shared with its forks."""

    def __init__(self, program: str, arguments: Callable[[], Sequence[str]]) -> None:
        self._program, self._arguments = program, arguments
        self._lock = threading.Lock()
        self._idle: list[Server] = []
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self.forget)

    def ask(self, data: bytes, limits: Limits) -> tuple[int, bytes, Cost]:
        """Exit code, answer and cost of one job, by a server that waits or a new one.

        Raises TimeoutError, and Gone when two servers ended over it: the first may have been killed while it
        waited, and the job is not to blame. A server that did not answer in order is not used again.
        """
        try:
            return self._ask_one(data, limits)
        except Gone:
            return self._ask_one(data, limits)

    def _ask_one(self, data: bytes, limits: Limits) -> tuple[int, bytes, Cost]:
        server = self.take()
        try:
            told = server.ask(data, limits)
        except BaseException:
            server.kill()
            raise
        self.give_back(server)
        return told

    def take(self) -> Server:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return Server(self._program, self._arguments())

    def give_back(self, server: Server) -> None:
        with self._lock:
            if len(self._idle) < _IDLE_LIMIT:
                self._idle.append(server)
                return
        server.kill()

    def close(self) -> None:
        """Kill the idle servers."""
        with self._lock:
            idle, self._idle = self._idle, []
        for server in idle:
            server.kill()

    def forget(self) -> None:
        """After a fork: start with none; another thread may have held the lock."""
        self._lock = threading.Lock()
        idle, self._idle = self._idle, []
        for server in idle:
            server.forget()


@contextlib.contextmanager
def _gone_when_broken():  # type: ignore[no-untyped-def]
    try:
        yield
    except (BrokenPipeError, ConnectionResetError) as error:
        raise Gone from error


def _exchange(mail: socket.socket, data: bytes, end: float, most: int) -> bytes:
    """Hand over a mail, take what comes back until the other side closes; at most so many bytes of it."""
    try:
        mail.settimeout(_until(end))
        mail.sendall(data)
    except (BrokenPipeError, ConnectionResetError):
        return b""  # it died while reading; its exit code says why
    answer = bytearray()
    while len(answer) <= most:
        mail.settimeout(_until(end))
        try:
            piece = mail.recv(1024 * 1024)
        except ConnectionResetError:
            break
        if not piece:
            break
        answer += piece
    return bytes(answer)


def _until(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _readers() -> list[str]:
    """The folder of the optional package that opens winmail.dat; none where it is not installed."""
    found = find_spec("tnefparse")
    return [str(Path(found.origin).parents[1])] if found and found.origin else []


_pool = Pool(_PROGRAM, _readers)
