"""ClamAV over its own protocol, where ``CLAMD_URL`` names one: what was not scanned is not opened.

A file is scanned when somebody opens it, with the signatures of that moment; ``arrivals`` scans it before that too.
"""

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from workflow.guards import CannotDo

SECONDS = 60.0
_CHUNK = 256 * 1024
_LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Answer:
    """What clamd said of a file. ``found`` names what is in it, ``refused`` why it could not scan; clean is neither."""

    found: str = ""
    refused: str = ""


def asked(stream: BinaryIO) -> Answer:
    """Ask the scanner of ``CLAMD_URL``. Raises OSError when it does not answer."""
    answer = _asked(settings.CLAMD_URL, stream).removeprefix("stream: ")
    if answer == "OK":
        return Answer()
    if answer.endswith(" FOUND"):
        return Answer(found=answer.removesuffix(" FOUND"))
    return Answer(refused=answer or "?")


def require_clean(stream: BinaryIO) -> None:
    """Raises CannotDo with the sentence that says why unless clamd calls the stream clean. Nothing without a clamd."""
    if not settings.CLAMD_URL:
        return
    try:
        answer = asked(stream)
    except OSError:
        sentence = _(
            "The virus scanner does not answer, so this file cannot be opened now. "
            "Try again later, or ask the administrator."
        )
        raise CannotDo(sentence) from None
    if answer.found:
        sentence = _("The virus scanner found something in this file (%(name)s), so it is not opened.")
        raise CannotDo(sentence % {"name": answer.found})
    if answer.refused:
        sentence = _("The virus scanner could not scan this file (%(why)s), so it is not opened.")
        raise CannotDo(sentence % {"why": answer.refused})


def _asked(address: str, stream: BinaryIO) -> str:
    """clamd's answer to one INSTREAM. Raises OSError when it cannot be reached or hangs up."""
    with _connected(address) as clamd:
        try:
            clamd.sendall(b"zINSTREAM\0")
            while chunk := stream.read(_CHUNK):
                clamd.sendall(struct.pack("!L", len(chunk)) + chunk)
            clamd.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # larger than clamd takes: it says so and hangs up while we still write
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            piece = clamd.recv(_LONGEST_ANSWER)
            if not piece:
                break
            answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")[:200]


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 3310), timeout=SECONDS)
    clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    clamd.settimeout(SECONDS)
    try:
        clamd.connect(parts.path)
    except OSError:
        clamd.close()
        raise
    return clamd
