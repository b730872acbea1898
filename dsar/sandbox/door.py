"""What a process that opens strangers' files takes away from itself before it does.

The interpreter itself then refuses sockets, processes, reading outside the libraries and writing outside a private
folder. That holds against a mistake in a library, not against machine code; the kernel's limits hold against both.
"""

import os
import resource
import sys
import sysconfig
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

_REFUSED = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.putenv",
    "os.kill", "pty.", "ctypes.", "ftplib.", "http.client.", "smtplib.", "webbrowser.", "sqlite3.",
)  # fmt: skip
# Acts that change files, and how many of their arguments are paths.
_CHANGES = {
    "os.remove": 1, "os.mkdir": 1, "os.rmdir": 1, "os.truncate": 1, "os.chmod": 1, "os.chown": 1, "os.utime": 1,
    "os.rename": 2, "os.link": 2, "os.symlink": 2,
}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def limit(seconds: int, memory_mb: int) -> None:
    """Hard limits of the kernel: time, memory, open files, size of a file, no core dump."""
    memory = memory_mb * 1024 * 1024
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_FSIZE, 64 * 1024 * 1024),
        (resource.RLIMIT_CORE, 0),
    ):
        _, ceiling = resource.getrlimit(what)
        most = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(what, (most, most))


def shut(*, private: Path | None, libraries: Iterable[Path] = ()) -> None:
    """From here on: no socket, no process, no file but the libraries' and those in ``private`` (none without one)."""
    code = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    code |= {str(Path(__file__).parent.parent), *map(str, libraries)}
    writable = (os.path.realpath(private),) if private is not None else ()
    readable = (*writable, *map(os.path.realpath, code))
    sys.addaudithook(partial(_watch, readable, writable))


def _watch(readable: tuple[str, ...], writable: tuple[str, ...], event: str, args: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"This process may not do {event}.")
    if event == "open" and not isinstance(args[0], int):
        path, mode, flags = args
        writes = bool(set(mode or "") & set("wax+")) or bool((flags or 0) & _WRITING)
        if not _inside(path, writable if writes else readable):
            raise PermissionError(f"This process may not {'write' if writes else 'read'} outside its own folder.")
    elif event in _CHANGES and not all(_inside(path, writable) for path in args[: _CHANGES[event]]):
        raise PermissionError("This process may not change files outside its own folder.")


def _inside(path: str | bytes | os.PathLike[str], roots: tuple[str, ...]) -> bool:
    real = os.path.realpath(os.fsdecode(path))
    return any(real == root or real.startswith(root + os.sep) for root in roots)
