"""The program that ``child`` starts: a mail on stdin, a frame on stdout, limits on itself before the first byte.

It imports the parser and the standard library only and runs without ``site``: a mail should wait for its parser, not
for the imports of a web application.
"""

import os
import resource
import sys

if __name__ == "__main__":  # an isolated interpreter does not look beside the project by itself
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from dsar.intake import frames
from dsar.intake.parsing import parse

OUT_OF_MEMORY = 3


def _limit(seconds: int, memory_mb: int) -> None:
    memory = memory_mb * 1024 * 1024
    wanted = (
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),  # a core dump would be a mail in plaintext on the disk
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 16),
        (resource.RLIMIT_NPROC, 0),
    )
    for name, value in wanted:
        _, hard = resource.getrlimit(name)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(name, (value, value))
        except (ValueError, OSError):
            continue  # macOS knows no limit of address space; the others still hold


def main(arguments: list[str]) -> int:
    """Read a mail from stdin, write its frame to stdout. Exit codes: 0 done, 3 out of memory."""
    seconds, memory_mb = int(arguments[0]), int(arguments[1])
    _limit(seconds, memory_mb)
    try:
        frames.write(parse(sys.stdin.buffer.read()), sys.stdout.buffer)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
