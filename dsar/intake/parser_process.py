"""The program that ``child`` starts: it waits with the parser imported and forks a process for each mail.

Every mail so has a process, a memory and limits of its own, at the price of a fork instead of the start of an
interpreter. This one reads no mail: it gets a socket for each and passes it on. It runs without ``site``, with an
empty environment, and ends when the socket it was started with does.

Control message in: CPU seconds, memory in MB, bytes of the mail, with the mail's socket beside it. Out: exit code
(negative: the signal), CPU used in microseconds, most memory in kB.
"""

import gc
import os
import resource
import socket
import struct
import sys

if __name__ == "__main__":  # an isolated interpreter does not look beside the project by itself
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    sys.path += sys.argv[1:]  # where the optional readers of foreign formats are

from collections.abc import Callable
from typing import IO

from dsar.intake import frames
from dsar.intake.parsing import parse

ORDER = struct.Struct("!IIQ")
REPORT = struct.Struct("!iQQ")
FAILED, OUT_OF_MEMORY = 1, 3


Work = Callable[[IO[bytes], int], None]


def serve(control: socket.socket, work: Work) -> None:
    """Fork for each mail until the other side closes; ``work`` reads so many bytes from a stream and answers on it."""
    while True:
        order, sockets, _flags, _address = socket.recv_fds(control, ORDER.size, 1)
        if not order:
            return
        child = os.fork()
        if not child:
            control.close()
            _do_one(work, sockets[0], *ORDER.unpack(order))
        os.close(sockets[0])
        _, status, used = os.wait4(child, 0)
        code = os.waitstatus_to_exitcode(status)
        control.sendall(REPORT.pack(code, int((used.ru_utime + used.ru_stime) * 1e6), used.ru_maxrss))


def _do_one(work: Work, number: int, seconds: int, memory_mb: int, size: int) -> None:
    """Do the work on a socket and leave: nothing that happens here may reach the loop above."""
    code = FAILED
    try:
        _limit(seconds, memory_mb)
        with socket.socket(fileno=number) as mail, mail.makefile("rwb") as stream:
            work(stream, size)
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    finally:
        os._exit(code)


def _limit(seconds: int, memory_mb: int) -> None:
    wanted = (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory_mb * 1024 * 1024),
        (resource.RLIMIT_CORE, 0),  # a core dump would be a mail in plaintext on the disk
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 16),
        (resource.RLIMIT_NPROC, 0),
    )
    for name, value in wanted:
        _, hard = resource.getrlimit(name)
        soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
        # A second more before the signal that nobody can catch.
        most = soft + 1 if name == resource.RLIMIT_CPU else soft
        try:
            resource.setrlimit(name, (soft, most if hard == resource.RLIM_INFINITY else min(most, hard)))
        except (ValueError, OSError):
            continue  # macOS knows no limit of address space; the others still hold


def read_mail(stream: IO[bytes], size: int) -> None:
    """Parse the mail on the stream."""
    frames.write(parse(stream.read(size)), stream)


if __name__ == "__main__":
    gc.freeze()  # what is here now stays shared with every child
    with socket.socket(fileno=0) as given:
        serve(given, read_mail)
