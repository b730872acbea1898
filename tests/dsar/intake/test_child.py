"""The parser in its child: same answer, bounded in time and memory, nothing of ours in its reach."""

import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import indent

import pytest

from dsar.intake import child, frames
from dsar.intake.child import Limits, measured, parse_in_child
from dsar.intake.parsing import parse

ROOT = Path(__file__).parents[3]
MAILS = ROOT / "tests" / "mails"
PROGRAM = """
import os, signal, socket, sys, time
sys.path.insert(0, {root!r})
from dsar.intake import parser_process
read = parser_process.parse

def parse(raw):
{source}
    return read(raw)

parser_process.parse = parse
parser_process.serve(socket.socket(fileno=0), parser_process.read_mail)
"""
HEAD = (
    b"Received: from a by mx.example.org; Mon, 2 Mar 2026 10:00:00 +0100\r\n"
    b"From: ada@example.org\r\nSubject: Demande\r\nMessage-ID: <1@example.org>\r\n"
)


PATIENT = Limits(cpu=30, wall=60)


@pytest.fixture
def parser(tmp_path, monkeypatch):
    """Puts a function of the given lines in the place of ``parse``, in servers of their own."""
    made = []

    def replace(source: str) -> child.Pool:
        path = tmp_path / "program.py"
        path.write_text(PROGRAM.format(root=str(ROOT), source=indent(source, "    ")))
        made.append(child.Pool(str(path), list))
        monkeypatch.setattr(child, "_pool", made[-1])
        return made[-1]

    yield replace
    for pool in made:
        pool.close()


@pytest.mark.parametrize("number", [1, 15, 43, 70, 78, 96])
def test_the_child_says_what_the_parser_says(number):
    raw = (MAILS / f"{number:03}.eml").read_bytes()

    assert parse_in_child(raw, limits=PATIENT) == parse(raw)


def test_a_stream_is_read_as_bytes_are():
    assert parse_in_child(io.BytesIO(HEAD + b"\r\nx"), limits=PATIENT) == parse(HEAD + b"\r\nx")


@pytest.mark.parametrize("raw", [b"", b"\0" * 1000, b"\x89PNG\xff" * 100, b"=?utf-8?q?" * 100])
def test_what_is_no_mail_comes_back_unreadable(raw):
    assert parse_in_child(raw, limits=PATIENT) == parse(raw)
    assert parse(raw).unreadable in {"empty", "not_mail"}


def salvaged(parsed):
    return (
        parsed.unreadable,
        parsed.subject,
        [address.address for address in parsed.senders],
        parsed.message_id,
        [one.by for one in parsed.received],
    )


def the_head(code):
    return (code, "Demande", ["ada@example.org"], "<1@example.org>", ["mx.example.org"])


def test_a_process_that_hangs_is_killed_and_the_head_still_read(parser, tmp_path):
    mark = tmp_path / "pid"
    parser(f"os.close(os.open({str(mark)!r} + str(os.getpid()), os.O_CREAT))\ntime.sleep(600)")

    parsed = parse_in_child(HEAD + b"\r\nx", limits=Limits(wall=5))

    assert salvaged(parsed) == the_head("timeout")
    [path] = tmp_path.glob("pid*")
    with pytest.raises(ProcessLookupError):
        wait_for_the_end(int(path.name[3:]))


def wait_for_the_end(pid: int) -> None:
    """Until a killed process is gone: the system takes a moment to clear it away."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        os.kill(pid, 0)
        time.sleep(0.05)


def test_a_process_that_works_too_long_is_stopped_by_the_system(parser):
    parser("while True: pass")

    parsed, cost = measured(HEAD + b"\r\nx", limits=Limits(cpu=1, wall=120))

    assert salvaged(parsed) == the_head("timeout")
    assert cost is not None
    assert 0.5 < cost.cpu < 3  # the kernel stops by its ticks and reports by its own count: under load they differ


FAILURES = [
    ("raise SystemExit(1)", "parser_failed"),
    ("raise ZeroDivisionError", "parser_failed"),
    ("raise MemoryError", "out_of_memory"),
    ("os._exit(0)", "parser_failed"),
    ("os.kill(os.getpid(), signal.SIGSEGV)", "parser_failed"),
    ("os.kill(os.getpid(), signal.SIGXCPU)", "timeout"),
    ("os.kill(os.getppid(), signal.SIGKILL)", "parser_failed"),
    ("os.closerange(0, 100); time.sleep(1)", "parser_failed"),
]


@pytest.mark.parametrize(("source", "code"), FAILURES)
def test_a_mail_that_kills_its_process_leaves_its_head_and_no_other_mail_notices(parser, source, code):
    parser(f"if b'poison' in raw:\n    {source}")
    sound = HEAD + b"\r\nsound"

    with ThreadPoolExecutor(4) as threads:
        mails = [HEAD + b"\r\npoison", sound, HEAD + b"\r\npoison", sound, sound, sound]
        read = list(threads.map(lambda raw: parse_in_child(raw, limits=PATIENT), mails))

    assert [salvaged(read[0]), salvaged(read[2])] == [the_head(code)] * 2
    assert [read[number] for number in (1, 3, 4, 5)] == [parse(sound)] * 4


def test_servers_are_used_again_and_a_mail_leaves_nothing_behind(parser):
    pool = parser("if hasattr(parser_process, 'seen'): raise ValueError\nparser_process.seen = raw")

    read = [parse_in_child(HEAD + b"\r\n%d" % number, limits=PATIENT).text for number in range(5)]

    assert read == ["0", "1", "2", "3", "4"]
    assert len(pool._idle) == 1


def test_a_server_that_died_while_it_waited_costs_no_mail(parser):
    pool = parser("pass")
    parse_in_child(HEAD, limits=PATIENT)
    [server] = pool._idle
    os.kill(server._process.pid, signal.SIGKILL)
    server._process.wait()

    assert parse_in_child(HEAD + b"\r\nx", limits=PATIENT) == parse(HEAD + b"\r\nx")


def test_without_a_server_the_head_is_still_read(monkeypatch):
    monkeypatch.setattr(child, "_pool", child.Pool("/nonexistent/program.py", list))

    assert salvaged(parse_in_child(HEAD + b"\r\nx", limits=PATIENT)) == the_head("parser_failed")


def test_an_endless_answer_is_cut_off(parser):
    parser("import socket as s\nmail = s.socket(fileno=4)\nwhile True: mail.sendall(bytes(1024 * 1024))")

    parsed = parse_in_child(HEAD + b"\r\nx", limits=Limits(cpu=30, wall=60, memory_mb=64))

    assert salvaged(parsed) == the_head("parser_failed")


def test_a_forked_worker_has_servers_of_its_own():
    program = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from dsar.intake import child
child.parse_in_child(b"Subject: a\\n\\nx")
[mine] = child._pool._idle
pid = os.fork()
if not pid:
    known = list(child._pool._idle)
    child.parse_in_child(b"Subject: b\\n\\nx")
    [other] = child._pool._idle
    os._exit(known != [] or other._process.pid == mine._process.pid)
assert os.waitpid(pid, 0)[1] == 0
assert child.parse_in_child(b"Subject: c\\n\\nx").subject == "c"
assert child._pool._idle == [mine]
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux limits the address space of a process.")
def test_memory_is_limited():
    raw = HEAD + b"\r\n" + b"x" * (20 * 1024 * 1024)

    assert salvaged(parse_in_child(raw, limits=Limits(cpu=30, wall=60, memory_mb=64))) == the_head("out_of_memory")


def test_a_mail_of_60_mb_is_not_parsed():
    raw = io.BytesIO(HEAD + b"\r\n" + b"x" * 60_000_000)

    parsed = parse_in_child(raw)

    assert salvaged(parsed) == the_head("too_large")
    assert parsed.text == ""


def test_the_process_sees_no_secret_and_no_package(parser, tmp_path, monkeypatch):
    monkeypatch.setenv("MASTER_KEY", "secret")
    parser(
        "found = (sorted(set(os.environ) - {'LC_CTYPE'}), os.getcwd(), os.getsid(0) == os.getppid(),"
        " [p for p in sys.path if 'site-packages' in p])\nreturn read(b'Subject: ' + repr(found).encode() + b'\\n\\nx')"
    )

    assert parse_in_child(HEAD, limits=PATIENT).subject == "([], '/', True, [])"


def frame(raw: bytes) -> bytes:
    out = io.BytesIO()
    frames.write(parse(raw), out)
    return out.getvalue()


def test_a_frame_comes_back_whole():
    raw = (MAILS / "078.eml").read_bytes()

    assert frames.read(frame(raw)) == parse(raw)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: b"X" + data[1:],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data.replace(b'"signed": false', b'"signed": "no"'),
        lambda data: data.replace(b'"parts"', b'"sharp"'),
        lambda data: data[:8] + b"\xff" * 8 + data[16:],
        lambda _: b"",
    ],
    ids=["short", "long", "magic", "part", "type", "field", "length", "nothing"],
)
def test_a_spoilt_frame_is_refused(spoil):
    data = frame((MAILS / "004.eml").read_bytes())

    with pytest.raises(frames.BadFrame):
        frames.read(spoil(data))
