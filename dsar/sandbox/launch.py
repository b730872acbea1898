"""Become another program, with the kernel's limits on it: ``python -m dsar.sandbox.launch SECONDS MB PROGRAM …``."""

import os
import sys

from dsar.sandbox import door

_NICE = 10


def main(seconds: str, memory_mb: str, *command: str) -> None:
    door.limit(int(seconds), int(memory_mb))
    os.nice(_NICE)
    os.chdir("/")
    os.execv(command[0], command)  # noqa: S606  what our own code names


if __name__ == "__main__":
    main(*sys.argv[1:])
