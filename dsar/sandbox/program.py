"""Have a program of this machine look at a stranger's data, and wait for it only so long.

It gets them on stdin, an almost empty environment and the kernel's limits (``door``); its answer is what it prints.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

from dsar.sandbox.ask import ROOT, SandboxFailed

_LONGEST_ANSWER = 4 * 1024 * 1024
# One thread: as many as it likes would take the machine from the mail that is just coming in.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def run(command: Sequence[str], data: bytes = b"", *, seconds: int, memory_mb: int) -> bytes:
    """What ``command`` prints. ``seconds`` limits its CPU and, three times over, the clock.

    Raises SandboxFailed when it takes too long, dies or fails; the text holds nothing of the data.
    """
    launch = [sys.executable, "-s", "-B", "-m", "dsar.sandbox.launch", str(seconds), str(memory_mb), *command]
    with subprocess.Popen(  # noqa: S603  our own interpreter, which becomes the program; no shell
        launch,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=_ENVIRONMENT,
        start_new_session=True,
    ) as child:
        try:
            answer, _ = child.communicate(data, timeout=3 * seconds)
        except subprocess.TimeoutExpired:
            raise SandboxFailed(f"{command[0]} was stopped after {3 * seconds} s.") from None
        finally:
            with suppress(ProcessLookupError):  # it and what it may have started are gone already
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode:
        raise SandboxFailed(f"{command[0]} ended with code {child.returncode}.")
    return answer[:_LONGEST_ANSWER]
