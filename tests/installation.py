"""A whole installation in processes of its own, for tests that look at it from outside."""

import contextlib
import os
import re
import signal
import smtplib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.services import free_port

ROOT = Path(__file__).resolve().parents[1]
MAILBOX = "vieprivee@assistool.com"


def wait_until(happened: Callable[[], object], seconds: float, what: str, told: Callable[[], str] = str) -> None:
    """Raises AssertionError with the output when it did not happen in time."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not happen within {seconds} s:\n{told()}")
        time.sleep(0.05)


@dataclass
class Installation:
    """Where it stands and what it said."""

    data_dir: Path
    web_port: int
    smtp_port: int
    environment: Mapping[str, str]
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def output(self) -> str:
        return "".join(self.lines)

    @property
    def web(self) -> str:
        return f"http://localhost:{self.web_port}"

    @property
    def passwords(self) -> dict[str, str]:
        """Of the first accounts, by user name, from the frame shown on the first start."""
        return dict(re.findall(r"^│   (\w+) +(\S{20}) +│$", self.output, re.MULTILINE))

    def start(self, command: Sequence[str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self.processes.append(process)
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()
        return process

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command of this installation, to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=400,
        )

    def send(self, raw: bytes, sender: str = "ada@example.org") -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=30) as client:
            client.sendmail(sender, [MAILBOX], raw)

    def letters(self) -> list[Path]:
        return sorted((self.data_dir / "outbox").glob("*.eml"))

    def wait_for(self, text: str, seconds: float = 90) -> None:
        wait_until(lambda: text in self.output, seconds, f"{text!r} in the output", lambda: self.output)

    def wait_for_letters(self, count: int, seconds: float = 60) -> list[Path]:
        wait_until(lambda: len(self.letters()) >= count, seconds, f"letter number {count}", lambda: self.output)
        return self.letters()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """Ask every process to stop; the seconds until the last was gone."""
        begun = time.monotonic()
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(number)
        for process in self.processes:
            process.wait(30)
        self.processes.clear()
        return time.monotonic() - begun

    def kill(self) -> None:
        """Whatever is left, with what it started."""
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)
        self.processes.clear()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                self.lines.append(line)


def installation(data_dir: Path, **variables: str) -> Installation:
    """Not started yet; nothing of the developer's environment or .env reaches it."""
    web, smtp = free_port(), free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    environment = {
        **kept,
        "DSAR_ENV_FILE": str(data_dir / "env"),
        "DATA_DIR": str(data_dir),
        "WEB_PORT": str(web),
        "SMTP_PORT": str(smtp),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        **variables,
    }
    data_dir.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "dsar.env"], cwd=ROOT, env=environment, check=True, capture_output=True)
    return Installation(data_dir, web, smtp, environment)


@contextlib.contextmanager
def running(data_dir: Path, command: str = "run", **variables: str) -> Iterator[Installation]:
    """The one-command form, ready; stopped at the end, however the test went."""
    place = installation(data_dir, **variables)
    process = place.start([sys.executable, "manage.py", command])
    try:
        wait_until(
            lambda: "Ready." in place.output or process.poll() is not None, 300, "the start", lambda: place.output
        )
        assert process.poll() is None, place.output
        yield place
    finally:
        with contextlib.suppress(subprocess.TimeoutExpired):
            place.stop()
        place.kill()
