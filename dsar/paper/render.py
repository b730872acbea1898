"""Ask a process of its own to draw a PDF, and wait for it only so long.

The child gets one frame on stdin and an environment made here: no settings, no keys, no database,
no home. It exits after one document, so its memory (about 0.3 MB a table row) is given back.
"""

import ctypes
import hashlib
import io
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from dsar.paper.characters import FONTS
from dsar.sandbox import frames

FAMILIES = ("Inter", "JetBrains Mono")
ROOT = FONTS.parent.parent.parent
CHILD = "dsar.paper.child"
INSTALL = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_LIBRARIES = (
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
)
_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


class PaperFailed(Exception):
    """The document was not drawn; the text says why and what to do, and holds nothing of its content."""


class PaperUnavailable(PaperFailed):
    """This machine lacks a system library; the text says what to install."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file embedded in the PDF. ``relationship`` is the AFRelationship of PDF/A-3."""

    name: str
    data: bytes
    mime: str
    description: str
    relationship: Literal["Data", "Source", "Supplement", "Alternative", "Unspecified"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the document says of itself. ``created`` is aware and comes from the data, not the clock."""

    title: str
    author: str
    lang: str
    created: datetime
    description: str = ""


def why_unavailable() -> str:
    """The sentence that says what to install, or nothing when this machine can print."""
    missing = [names[0] for names in _LIBRARIES if not any(map(_loads, names))]
    if not missing:
        return ""
    return f"PDF needs system libraries that this machine lacks ({', '.join(missing)}). As root, run: {INSTALL}"


def available() -> bool:
    """True when the system libraries are there; :func:`why_unavailable` has the sentence."""
    return not why_unavailable()


def render_pdf(
    html: str,
    *,
    css: str,
    attachments: Sequence[Attachment] = (),
    metadata: Metadata,
    seconds: int = 120,
    memory_mb: int = 2048,
) -> bytes:
    """Draw a tagged PDF/A-3u that also declares PDF/UA-1. Same arguments, same bytes.

    Nothing is fetched: pictures are ``data:`` addresses or inline SVG, everything else stays blank.

    :param seconds: wall-clock limit; the child is killed after it
    :param memory_mb: address space of the child
    :raises PaperUnavailable: a system library is missing
    :raises PaperFailed: too long, too big, or the child died
    """
    if sentence := why_unavailable():
        raise PaperUnavailable(sentence)
    request = _request(html, css, attachments, metadata, seconds, memory_mb)
    with tempfile.TemporaryDirectory(prefix="dsar-paper-") as folder:
        reply, code = _ask(request, Path(folder), metadata.created, seconds)
    try:
        answer, blobs = frames.unpack(io.BytesIO(reply))
    except frames.BrokenFrame as error:
        raise PaperFailed(_last_words(code, memory_mb)) from error
    if not answer.get("ok"):
        raise PaperFailed(f"The document could not be drawn ({answer.get('error')}): please report this.")
    return blobs[0]


def _request(
    html: str, css: str, attachments: Sequence[Attachment], metadata: Metadata, seconds: int, memory_mb: int
) -> bytes:
    described = [
        {"name": a.name, "mime": a.mime, "description": a.description, "relationship": a.relationship}
        for a in attachments
    ]
    created = metadata.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    header = {
        "attachments": described,
        "metadata": {**asdict(metadata), "created": created},
        "families": FAMILIES,
        "seconds": seconds,
        "memory_mb": memory_mb,
    }
    blobs = (html.encode(), css.encode(), *(a.data for a in attachments))
    # The PDF's identifier: a function of all that went in.
    header["identifier"] = hashlib.sha256(frames.pack(header, *blobs)).hexdigest()[:32]
    return frames.pack(header, *blobs)


def _ask(request: bytes, folder: Path, created: datetime, seconds: int) -> tuple[bytes, int]:
    """The bytes the child wrote and its exit code. Raises PaperFailed when time is up."""
    config = folder / "fonts.conf"
    config.write_text(_FONTCONFIG.format(fonts=escape(str(FONTS)), cache=escape(str(folder / "cache"))))
    environment = {
        "FONTCONFIG_FILE": str(config),
        "TMPDIR": str(folder),
        "PYTHONHASHSEED": "0",  # the order of sets, hence of objects in the file
        "SOURCE_DATE_EPOCH": str(int(created.timestamp())),
    }
    # -s: no user site; -B: writes no bytecode. The module path comes from cwd, not from the environment.
    command = [sys.executable, "-s", "-B", "-m", CHILD]
    with subprocess.Popen(  # noqa: S603  our own interpreter and module, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a traceback may quote the document; the reply names the place instead
        cwd=ROOT,
        env=environment,
        start_new_session=True,  # Ctrl-C at the supervisor is the parent's to handle
    ) as child:
        try:
            reply, _ = child.communicate(request, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise PaperFailed(
                f"The document was not drawn within {seconds} s and was stopped: "
                "try again when the machine is less busy, or ask for fewer events."
            ) from None
        finally:
            child.kill()
        return reply, child.returncode


def _last_words(code: int, memory_mb: int) -> str:
    if code < 0:
        return f"The drawing process was ended by signal {-code}; it may use {memory_mb} MB: raise that, or print less."
    return f"The drawing process ended with code {code} and no answer: run `python -m dsar.paper.child` to see why."


def _loads(name: str) -> bool:
    with suppress(OSError):
        ctypes.CDLL(name)
        return True
    return False
