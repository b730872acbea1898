"""The supervisor with real processes: small ones, that misbehave on purpose."""

import asyncio
import contextlib
import io
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from dsar.operations.supervisor import Console, Program, Supervisor

ROOT = Path(__file__).resolve().parents[3]
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(code)]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"  # ended, only not yet collected


def wait_until(condition, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def run_until(tmp_path: Path, programs: list[Program], done) -> tuple[str, float]:
    """Supervise until ``done(output)``; the output and how long stopping took."""
    stream = io.StringIO()
    took = []

    async def main() -> None:
        supervisor = Supervisor(Console(stream), warden_lock=tmp_path / "warden.lock", folder=tmp_path)

        async def watch(_: Supervisor) -> None:
            async with asyncio.timeout(20):
                while not done(stream.getvalue()):
                    await asyncio.sleep(0.02)
            took.append(time.monotonic())
            supervisor.stop()

        await supervisor.run(programs, ready=watch)

    asyncio.run(main())
    return stream.getvalue(), time.monotonic() - took[0]


def test_lines_of_each_program_carry_its_name(tmp_path: Path) -> None:
    programs = [
        Program("one", python("import time; print('hello'); time.sleep(60)")),
        Program("two", python("import sys, time; sys.stderr.write('world\\n'); time.sleep(60)")),
    ]

    output, _ = run_until(tmp_path, programs, lambda text: "hello" in text and "world" in text)

    assert sorted(output.splitlines()) == ["one     hello", "two     world"]


def test_a_program_that_dies_is_started_again_ever_later(tmp_path: Path) -> None:
    dying = [Program("frail", python("print('alive'); raise SystemExit(3)"))]

    output, _ = run_until(tmp_path, dying, lambda text: text.count("alive") == 3)

    assert output.index("starting it again in 0.5 s") < output.index("starting it again in 1 s")
    assert "frail   [warning] ended with code 3" in output


def test_a_killed_program_is_named_with_its_signal_and_comes_back(tmp_path: Path) -> None:
    code = """
        import os, pathlib, signal
        before = pathlib.Path("once")
        if before.exists():
            print("back", flush=True)
            signal.pause()
        before.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    """

    output, _ = run_until(tmp_path, [Program("victim", python(code))], lambda text: "back" in text)

    assert "was ended by SIGKILL" in output


def test_what_a_dead_program_left_behind_is_ended_before_it_starts_again(tmp_path: Path) -> None:
    code = """
        import os, subprocess, sys
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print(f"child={child.pid}", flush=True)
        os._exit(1)
    """

    output, _ = run_until(tmp_path, [Program("parent", python(code))], lambda text: text.count("child=") == 2)

    first = int(output.split("child=")[1].split()[0])
    assert not alive(first)


def test_everything_stops_within_five_seconds_even_the_deaf(tmp_path: Path) -> None:
    programs = [
        Program("deaf", python(STUBBORN)),
        Program("broker", python(STUBBORN), last=True),
        Program("kind", python("import time; print('kind', flush=True); time.sleep(60)")),
    ]

    _, seconds = run_until(tmp_path, programs, lambda text: text.count("deaf\n") >= 2 and "kind" in text)

    assert seconds < 5


def test_the_last_ones_are_stopped_after_the_others(tmp_path: Path) -> None:
    code = """
        import signal, sys, time
        def end(*_):
            print("stopping", sys.argv[1], flush=True)
            time.sleep(0.2)
            sys.exit(0)
        signal.signal(signal.SIGTERM, end)
        print("up", flush=True)
        time.sleep(60)
    """
    programs = [Program("base", [*python(code), "base"], last=True), Program("user", [*python(code), "user"])]

    output, _ = run_until(tmp_path, programs, lambda text: text.count("up") == 2)

    assert [line.split()[-1] for line in output.splitlines() if "stopping" in line] == ["user", "base"]


def test_a_line_without_an_end_is_cut_and_not_kept_for_ever(tmp_path: Path) -> None:
    code = "import time; print('x' * 300_000); print('end', flush=True); time.sleep(60)"

    output, _ = run_until(tmp_path, [Program("long", python(code))], lambda text: "end\n" in text)

    assert output.count("x") == 300_000
    assert max(map(len, output.splitlines())) < 200_000


def test_a_program_that_cannot_be_started_is_said_and_the_others_run(tmp_path: Path) -> None:
    programs = [
        Program("missing", ["/nonexistent/program"]),
        Program("good", python("import time; print('fine', flush=True); time.sleep(60)")),
    ]

    output, _ = run_until(tmp_path, programs, lambda text: "fine" in text and "cannot be started" in text)

    assert "missing cannot be started: No such file or directory" in output


FAMILY = """
    import os, subprocess, sys, time
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    open("pids", "w").write(f"{os.getpid()} {grandchild.pid} ")
    time.sleep(60)
"""
SUPERVISE = """
    import asyncio, pathlib, sys
    from dsar.operations.supervisor import Console, Program, Supervisor
    folder = pathlib.Path(sys.argv[1])
    supervisor = Supervisor(Console(), warden_lock=folder / "warden.lock", folder=folder)
    asyncio.run(supervisor.run([Program("family", sys.argv[2:])]))
"""


def supervising_process(tmp_path: Path) -> subprocess.Popen:
    """A supervisor in a process of its own, with a child and a grandchild that write their ids."""
    return subprocess.Popen([*python(SUPERVISE), str(tmp_path), *python(FAMILY)], cwd=ROOT, stdout=subprocess.DEVNULL)


def wardens_of(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            is_child = (entry / "stat").read_text().rpartition(")")[2].split()[1] == str(parent)
            if is_child and "warden.py" in (entry / "cmdline").read_text():
                found.append(int(entry.name))
    return found


def pids_of(tmp_path: Path) -> list[int]:
    wait_until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text().count(" ") == 2)
    return [int(pid) for pid in (tmp_path / "pids").read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_survives_the_supervisor_however_it_ends(tmp_path: Path, number: signal.Signals) -> None:
    # As from a terminal: run under nohup, this test would hand its ignored SIGHUP down.
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        process = supervising_process(tmp_path)
    finally:
        signal.signal(signal.SIGHUP, before)
    pids = pids_of(tmp_path)

    os.kill(process.pid, number)
    process.wait(6)

    wait_until(lambda: not any(alive(pid) for pid in pids), 6)


def test_a_killed_warden_is_replaced_and_still_guards(tmp_path: Path) -> None:
    process = supervising_process(tmp_path)
    pids = pids_of(tmp_path)
    [first] = wardens_of(process.pid)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: wardens_of(process.pid) not in ([], [first]))
    time.sleep(0.3)  # it has taken its lock and read what to guard

    process.kill()
    process.wait(6)

    wait_until(lambda: not any(alive(pid) for pid in pids), 6)


def test_the_progress_bar_is_one_line_in_five_steps_without_a_terminal() -> None:
    stream = io.StringIO()
    console = Console(stream)

    for done in range(31):
        console.progress("Sending", done, 30)

    lines = stream.getvalue().splitlines()
    assert [line.split()[-1] for line in lines] == ["0/30", "6/30", "12/30", "18/30", "24/30", "30/30"]
    assert lines[0].count("░") == lines[-1].count("█") == 30


def test_json_lines_stay_json() -> None:
    stream = io.StringIO()

    Console(stream).line("web", '{"event": "x"}')

    assert stream.getvalue() == '{"event": "x"}\n'
