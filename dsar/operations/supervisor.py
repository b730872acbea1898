"""Runs a set of programs as one: readable logs, restarts with back-off, and one stop for all.

Knows nothing of mail or cases. Each program lives in a process group of its own, so that a stop
reaches what it started, and Ctrl-C in the terminal reaches only the supervisor.
"""

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from dsar.operations import warden

STOP_SECONDS = 3.2  # after the request, the programs are killed; the last ones a little later; within five in all
LAST_SECONDS = 3.9
STEADY_SECONDS = 20  # a program that ran this long starts anew with a short delay
LONGEST_DELAY = 30.0
POLL_SECONDS = 0.05  # asyncio's own wait() waits for the pipe too, which an orphan may hold open
LEVELS = {"warning": "33", "error": "31", "critical": "31"}
LEVEL = re.compile(r"\[(warning|error|critical)\b")


@dataclass(frozen=True)
class Program:
    """One process to keep running.

    ``last``: stopped after the others, because they need it. ``hint``: where to look when it dies.
    """

    name: str
    command: Sequence[str]
    colour: str = "36"
    environment: Mapping[str, str] = field(default_factory=dict)
    last: bool = False
    hint: str = ""


class Console:
    """One place that writes lines, so that a progress bar below them stays whole."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.colours = self.stream.isatty() and "NO_COLOR" not in os.environ
        self._bar = ""

    def line(self, name: str, text: str, colour: str = "36") -> None:
        if self.colours:
            level = LEVEL.search(text)
            text = f"\x1b[{LEVELS[level[1]]}m{text}\x1b[0m" if level else text
            self._write(f"\x1b[{colour}m{name:<7}\x1b[0m {text}")
        elif text.startswith("{"):
            self._write(text)  # JSON for a log collector stays JSON
        else:
            self._write(f"{name:<7} {text}")

    def say(self, text: str) -> None:
        """What the supervisor itself has to tell."""
        self._write(f"\x1b[1m{text}\x1b[0m" if self.colours else text)

    def progress(self, label: str, done: int, total: int) -> None:
        """A bar that stays below the lines; without a terminal, one line in five steps."""
        width = 30
        filled = width * done // total
        bar = f"{label} {'█' * filled}{'░' * (width - filled)} {done}/{total}"
        if not self.colours:
            if done == total or done % max(1, total // 5) == 0:
                self._write(bar)
            return
        self._bar = "" if done == total else bar
        self._write(bar) if done == total else self._write(None)

    def _write(self, text: str | None) -> None:
        parts = ["\r\x1b[K"] if self.colours else []
        if text is not None:
            parts.append(text + "\n")
        parts.append(self._bar)
        with contextlib.suppress(BrokenPipeError):
            self.stream.write("".join(parts))
            self.stream.flush()


class Supervisor:
    """Keeps ``programs`` running until told to stop.

    ``warden_lock`` is a file that the warden holds while it may have something to stop.
    """

    def __init__(
        self, console: Console, *, warden_lock: Path, folder: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.console = console
        self.environment = {**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})}
        self.folder = folder
        self.warden_lock = warden_lock
        self.stopping = asyncio.Event()
        self._running: dict[str, tuple[Program, subprocess.Popen[bytes]]] = {}
        self._keepers: list[asyncio.Task[None]] = []
        self._warden: subprocess.Popen[bytes] | None = None

    async def run(
        self, programs: Sequence[Program], *, ready: Callable[["Supervisor"], Awaitable[None]] | None = None
    ) -> None:
        """Start them all in order, keep them, return when everything has stopped."""
        loop = asyncio.get_running_loop()
        outlives_terminal = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN  # as nohup asks
        for number in (signal.SIGINT, signal.SIGTERM, *(() if outlives_terminal else (signal.SIGHUP,))):
            loop.add_signal_handler(number, self._asked_to_stop)
        self._keepers.append(asyncio.create_task(self._keep_warden()))
        await asyncio.sleep(0)
        for program in programs:
            self.start(program)
        after = asyncio.create_task(ready(self)) if ready else None
        await self.stopping.wait()
        if after is not None:
            after.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await after
        await self._stop_all()

    def start(self, program: Program) -> None:
        self._keepers.append(asyncio.create_task(self._keep(program)))

    def stop(self) -> None:
        self.stopping.set()

    def _asked_to_stop(self) -> None:
        if self.stopping.is_set():  # asked twice: at once, then
            self._signal(signal.SIGKILL)
        else:
            self.console.say("Stopping…")
            self.stopping.set()

    async def _keep(self, program: Program) -> None:
        delay = 0.5
        while not self.stopping.is_set():
            begun = time.monotonic()
            try:
                code = await self._once(program)
            except OSError as error:
                self.console.line(program.name, f"cannot be started: {error.strerror}", program.colour)
                code = 127
            if self.stopping.is_set():
                return
            if time.monotonic() - begun > STEADY_SECONDS:
                delay = 0.5
            how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
            text = f"[warning] {how}; starting it again in {delay:g} s {program.hint}"
            self.console.line(program.name, text.rstrip(), program.colour)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), delay)
            delay = min(delay * 2, LONGEST_DELAY)

    async def _once(self, program: Program) -> int:
        process = subprocess.Popen(  # noqa: S603  the command is ours
            list(program.command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=self.folder,
            env={**self.environment, **program.environment},
        )
        self._running[program.name] = (program, process)
        self._tell_warden(f"+{process.pid}\n")
        if self.stopping.is_set():  # asked to stop while it was being started
            _send(process.pid, signal.SIGTERM)
        reading = asyncio.create_task(self._relay(program, process))
        code = await _ended(process)
        _send(process.pid, signal.SIGKILL)  # what it started and left behind
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(reading, 1)
        self._tell_warden(f"-{process.pid}\n")
        del self._running[program.name]
        return code

    async def _relay(self, program: Program, process: subprocess.Popen[bytes]) -> None:
        """Its output, line by line; a line without an end is cut rather than kept for ever."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader()
        transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), process.stdout)
        try:
            await self._relay_lines(program, reader)
        finally:
            transport.close()

    async def _relay_lines(self, program: Program, reader: asyncio.StreamReader) -> None:
        rest = b""
        while chunk := await reader.read(64 * 1024):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > 64 * 1024:
                lines, rest = [*lines, rest], b""
            for line in lines:
                self.console.line(program.name, line.decode(errors="replace").rstrip(), program.colour)
        if rest:
            self.console.line(program.name, rest.decode(errors="replace"), program.colour)

    async def _keep_warden(self) -> None:
        while not self.stopping.is_set():
            self._warden = subprocess.Popen(  # noqa: S603  the command is ours
                [sys.executable, "-IS", warden.__file__, str(self.warden_lock)],
                stdin=subprocess.PIPE,
                bufsize=0,
                start_new_session=True,
            )
            for _, process in self._running.values():
                self._tell_warden(f"+{process.pid}\n")
            await _ended(self._warden)
            self._dismiss_warden()

    def _tell_warden(self, text: str) -> None:
        if self._warden is not None and self._warden.stdin is not None and not self._warden.stdin.closed:
            with contextlib.suppress(BrokenPipeError):  # it died; its successor is told everything anew
                self._warden.stdin.write(text.encode())

    def _dismiss_warden(self) -> None:
        """A closed pipe is its sign to stop what it was told of, by then nothing, and to end."""
        if self._warden is not None and self._warden.stdin is not None:
            self._warden.stdin.close()

    def _signal(self, number: signal.Signals, *, last: bool | None = None) -> None:
        for program, process in self._running.values():
            if last is None or program.last == last:
                _send(process.pid, number)

    async def _stop_all(self) -> None:
        begun = time.monotonic()
        for last, until in ((False, STOP_SECONDS), (True, LAST_SECONDS)):
            self._signal(signal.SIGTERM, last=last)
            await self._wait_until_gone(last, begun + until)
            self._signal(signal.SIGKILL, last=last)
            await self._wait_until_gone(last, begun + until + 0.2)
        self._dismiss_warden()
        await asyncio.wait(self._keepers, timeout=max(0.1, begun + LAST_SECONDS + 0.4 - time.monotonic()))

    async def _wait_until_gone(self, last: bool, end: float) -> None:
        while any(program.last == last for program, _ in self._running.values()) and time.monotonic() < end:
            await asyncio.sleep(0.02)


async def _ended(process: subprocess.Popen[bytes]) -> int:
    while (code := process.poll()) is None:
        await asyncio.sleep(POLL_SECONDS)
    return code


def _send(leader: int, number: signal.Signals) -> None:
    """A request goes to the program, which knows how to end its own children; SIGKILL goes to them all."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if number == signal.SIGKILL:
            os.killpg(leader, number)
        else:
            os.kill(leader, number)
