"""The parser in its child: same answer, bounded in time and memory, nothing of ours in its reach."""

import io
import os
import sys
import time
from pathlib import Path

import pytest

from dsar.intake import child, frames
from dsar.intake.child import parse_in_child
from dsar.intake.parsing import parse

MAILS = Path(__file__).parents[2] / "mails"
HEAD = (
    b"Received: from a by mx.example.org; Mon, 2 Mar 2026 10:00:00 +0100\r\n"
    b"From: ada@example.org\r\nSubject: Demande\r\nMessage-ID: <1@example.org>\r\n"
)


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Puts another program in the place of the parser."""

    def replace(source: str) -> None:
        path = tmp_path / "program.py"
        path.write_text(source)
        monkeypatch.setattr(child, "_PROGRAM", str(path))

    return replace


@pytest.mark.parametrize("number", [1, 15, 43, 70, 78, 96])
def test_the_child_says_what_the_parser_says(number):
    raw = (MAILS / f"{number:03}.eml").read_bytes()

    assert parse_in_child(raw, seconds=60) == parse(raw)


def test_a_stream_is_read_as_bytes_are():
    assert parse_in_child(io.BytesIO(HEAD + b"\r\nx"), seconds=60) == parse(HEAD + b"\r\nx")


@pytest.mark.parametrize("raw", [b"", b"\0" * 1000, b"\x89PNG\xff" * 100, b"=?utf-8?q?" * 100])
def test_what_is_no_mail_comes_back_unreadable(raw):
    assert parse_in_child(raw, seconds=60) == parse(raw)
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


def test_a_child_that_hangs_is_killed_and_the_head_still_read(program, tmp_path):
    mark = tmp_path / "pid"
    program(f"import os, pathlib, time\npathlib.Path({str(mark)!r}).write_text(str(os.getpid()))\ntime.sleep(600)")
    started = time.monotonic()

    parsed = parse_in_child(HEAD + b"\r\nx", seconds=5)

    assert salvaged(parsed) == the_head("timeout")
    assert time.monotonic() - started < 60
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("raise SystemExit(1)", "parser_failed"),
        ("import sys; sys.exit(3)", "out_of_memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "parser_failed"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "timeout"),
        ("print('hello')", "parser_failed"),
        ("", "parser_failed"),
    ],
)
def test_a_child_that_fails_leaves_the_head(program, source, code):
    program(source)

    assert salvaged(parse_in_child(HEAD + b"\r\nx", seconds=60)) == the_head(code)


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux limits the address space of a process.")
def test_memory_is_limited():
    raw = HEAD + b"\r\n" + b"x" * (20 * 1024 * 1024)

    assert salvaged(parse_in_child(raw, seconds=60, memory_mb=64)) == the_head("out_of_memory")


def test_a_mail_of_60_mb_is_not_parsed():
    raw = io.BytesIO(HEAD + b"\r\n" + b"x" * 60_000_000)

    parsed = parse_in_child(raw)

    assert salvaged(parsed) == the_head("too_large")
    assert parsed.text == ""


def test_the_child_sees_no_secret_and_no_package(program, tmp_path, monkeypatch):
    monkeypatch.setenv("MASTER_KEY", "secret")
    seen = tmp_path / "seen"
    program(
        f"import os, sys\nopen({str(seen)!r}, 'w').write(repr((sorted(set(os.environ) - {{'LC_CTYPE'}}),"
        " os.getcwd(), os.getsid(0) == os.getpid(), any('site-packages' in p for p in sys.path))))"
    )

    parse_in_child(HEAD, seconds=60)

    assert seen.read_text() == "([], '/', True, False)"


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
