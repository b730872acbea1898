"""Stops what the supervisor started, should the supervisor itself be killed.

A small process that holds the other end of a pipe. The supervisor tells it which process groups
live (``+123``) and which are gone (``-123``); when the pipe closes, whatever lives is stopped.
Standard library only: it is started before anything else and must never fail.
"""

import contextlib
import fcntl
import os
import signal
import sys
import time

PATIENCE_SECONDS = 3.0


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def stop(groups: set[int]) -> None:
    """SIGTERM to each leader, which ends its own children; SIGKILL to all that remains after a moment."""
    for send, number, patience in ((os.kill, signal.SIGTERM, PATIENCE_SECONDS), (os.killpg, signal.SIGKILL, 1.0)):
        for group in groups:
            with contextlib.suppress(ProcessLookupError):
                send(group, number)
        end = time.monotonic() + patience
        while any(alive(group) for group in groups) and time.monotonic() < end:
            time.sleep(0.05)


def main(lock_path: str) -> None:
    with open(lock_path, "w") as lock:
        # Held while there may be something to stop: a new start waits for it.
        fcntl.flock(lock, fcntl.LOCK_EX)
        groups: set[int] = set()
        for line in sys.stdin:
            sign, group = line[0], int(line[1:])
            (groups.add if sign == "+" else groups.discard)(group)
        stop(groups)


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    main(sys.argv[1])
