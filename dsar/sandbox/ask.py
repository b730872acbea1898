"""Ask a process of its own to look into a stranger's file, and wait for it only so long.

It gets one frame on stdin and an empty environment: no settings, no keys, no database, no home. It answers with one
frame and ends. ``serve`` is what runs there.
"""

import io
import os
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dsar.sandbox import door, frames

ROOT = Path(__file__).resolve().parents[2]
Answer = tuple[dict[str, Any], list[bytes]]


class SandboxFailed(Exception):
    """No answer: too long, too big, or the process died. The text holds nothing of the content."""


def ask(module: str, header: dict[str, Any], *blobs: bytes, seconds: int = 10, memory_mb: int = 512) -> Answer:
    """The answer of ``python -m module``. ``seconds`` limits its CPU and, six times over, the clock.

    Raises SandboxFailed, also when the work raised: nothing a stranger sent may decide more than that.
    """
    request = frames.pack({"seconds": seconds, "memory_mb": memory_mb, "asked": header}, *blobs)
    with subprocess.Popen(  # noqa: S603  our own interpreter and module, no shell
        [sys.executable, "-s", "-B", "-m", module],  # the module path comes from cwd, not from the environment
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a traceback may quote the file; the answer names the place instead
        cwd=ROOT,
        env={},
        start_new_session=True,
    ) as child:
        try:
            reply, _ = child.communicate(request, timeout=6 * seconds)
        except subprocess.TimeoutExpired:
            raise SandboxFailed(f"{module} was stopped after {6 * seconds} s.") from None
        finally:
            child.kill()
    try:
        answer, found = frames.unpack(io.BytesIO(reply))
    except frames.BrokenFrame:
        raise SandboxFailed(f"{module} ended with code {child.returncode} and no answer.") from None
    if "answer" not in answer:
        raise SandboxFailed(f"{module} could not do it ({answer.get('error')}).")
    return answer["answer"], found


def serve(work: Callable[[dict[str, Any], list[bytes]], Answer]) -> None:
    """In the child: read the frame, shut the door, work, answer. Import what ``work`` needs before."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints stays out of the answer
    warnings.simplefilter("ignore")
    header, blobs = frames.unpack(sys.stdin.buffer)
    door.limit(header["seconds"], header["memory_mb"])
    door.shut(private=None)
    try:
        answer, found = work(header["asked"], blobs)
        reply = frames.pack({"answer": answer}, *found)
    except Exception as error:  # noqa: BLE001  becomes the answer; only the kind and the place, never the content
        place = traceback.extract_tb(error.__traceback__)[-1]
        reply = frames.pack({"error": f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"})
    with out:
        out.write(reply)
