"""Pictures as pixels: decoded and drawn anew by a process that can be killed, never by this one."""

from collections.abc import Sequence

from dsar.sandbox.ask import SandboxFailed, ask

_PROCESS = "dsar.intake.picture_process"
_MEMORY_MB = 1024  # sixty million pixels, twice
_LONGEST_SIDE = 2000


def redrawn(data: bytes) -> bytes:
    """The picture as JPEG, without any byte of its file. Raises SandboxFailed for what is no picture or too large."""
    _answer, (jpeg,) = ask(_PROCESS, {"longest": _LONGEST_SIDE}, data, memory_mb=_MEMORY_MB)
    if not jpeg:
        raise SandboxFailed("This is no picture that can be drawn.")
    return jpeg


def all_redrawn(pictures: Sequence[bytes], *, longest: int) -> list[bytes]:
    """Several at once, at most ``longest`` pixels long; b"" for what cannot be drawn, for all when it took long."""
    if not pictures:
        return []
    try:
        return ask(_PROCESS, {"longest": longest}, *pictures, memory_mb=_MEMORY_MB)[1]
    except SandboxFailed:
        return [b""] * len(pictures)
