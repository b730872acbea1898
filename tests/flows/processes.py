"""Which process is which, below one supervisor."""

from pathlib import Path

_COMMANDS = {
    "listener": "manage.py listen",
    "worker parent": "dsar.celery worker",
    "beat": "dsar.celery beat",
    "web": "gunicorn",
    "broker": "broker.sock",
    "fetch": "manage.py fetch",
}


def find(supervisor: int, name: str) -> list[int]:
    """The living processes of that name. "worker child": what the worker forked; "web": master and its workers."""
    if name == "worker child":
        return [child for parent in find(supervisor, "worker parent") for child in _children(parent)]
    found = [pid for pid, command in _living(supervisor) if _COMMANDS[name] in command]
    return found + [child for parent in found for child in _children(parent)] if name == "web" else found


def _children(parent: int) -> list[int]:
    return [pid for pid, _ in _living(parent)]


def _living(parent: int) -> list[tuple[int, str]]:
    """Process id and command line of what a process started itself, but for what has ended."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, above = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            if above == str(parent) and state != "Z":
                found.append((int(entry.name), (entry / "cmdline").read_text().replace("\0", " ").strip()))
        except OSError:  # it ended while being looked at
            continue
    return found
