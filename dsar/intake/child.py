"""The parser in a process of its own, with limits, so that no mail can take a worker with it.

The child (``parser_process``) gets the bytes on stdin and an empty environment: no keys, no settings, no database.
It answers on stdout with one frame, so no plaintext touches the disk.
"""

import contextlib
import math
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

from dsar.intake import frames
from dsar.intake.parser_process import OUT_OF_MEMORY
from dsar.intake.parsing import ParsedMessage, scan

# What the listener takes at most, and a little: a larger one came by pipe and is kept whole, unread.
SIZE_LIMIT = 52 * 1024 * 1024
_PROGRAM = str(Path(__file__).with_name("parser_process.py"))


def parse_in_child(raw: IO[bytes] | bytes, *, seconds: float = 10, memory_mb: int = 512) -> ParsedMessage:
    """What a mail says, read by a child that lives at most ``seconds`` and has ``memory_mb`` MB of address space.

    Never raises on any content. ``unreadable`` is ``too_large`` above 60 MB (nothing is parsed), ``timeout``,
    ``out_of_memory`` or ``parser_failed`` when the child gave up; then the fields hold what a bounded scan of the
    first 64 kB of header gives. Errors of reading ``raw`` itself and of starting a process (OSError) are the caller's.
    """
    data = raw if isinstance(raw, bytes) else raw.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        return scan(data, "too_large")
    try:
        return _ask(data, seconds, memory_mb)
    except subprocess.TimeoutExpired:
        return scan(data, "timeout")
    except subprocess.CalledProcessError as error:
        if error.returncode == -signal.SIGXCPU:
            return scan(data, "timeout")
        return scan(data, "out_of_memory" if error.returncode == OUT_OF_MEMORY else "parser_failed")
    except frames.BadFrame:
        return scan(data, "parser_failed")


def _ask(data: bytes, seconds: float, memory_mb: int) -> ParsedMessage:
    # -I: no variables, no working directory, no user's packages; -S: no packages at all.
    command = [sys.executable, "-I", "-S", _PROGRAM, str(math.ceil(seconds)), str(memory_mb)]
    with subprocess.Popen(  # noqa: S603  the interpreter that runs now and our file: nothing from a mail
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as process:
        try:
            answer, _ = process.communicate(data, timeout=seconds)
        except BaseException:
            _kill(process)
            raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "the mail parser")
    return frames.read(answer)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):  # it may have ended between the time-out and here
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
