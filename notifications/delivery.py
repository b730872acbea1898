"""Handing bytes over: to a mail server, or to a folder. The only importer of django.core.mail.

The mail server's last line is the proof of sending, so the SMTP dialogue is spoken step by step
and its reply kept. The folder is for installations that send nothing: what is written there has
not left this machine, and nobody claims that it has.
"""

import glob
import hashlib
import os
import re
import smtplib
import ssl
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend  # noqa: TID251  this is the one place

# What a server says when the fault is ours: not signed in, commands out of order, unknown commands.
_OUR_FAULT = frozenset({500, 501, 502, 503, 504, 530, 534, 535, 538})
_UNSAFE = re.compile(r"[^A-Za-z0-9.@_-]+")
_LONGEST_NAME = 180
_PART = ".part"
# Letters hold live links to the portal: on a disk they are kept no longer than somebody may need to find them.
KEEP_IN_FOLDER = timedelta(days=30)
_LEFTOVER_AGE = 30  # seconds: longer than writing takes


class Fate(StrEnum):
    ACCEPTED = "accepted"  # the server said 250: it is theirs now
    WRITTEN = "written"
    DEFERRED = "deferred"  # not now; the same bytes go again
    REFUSED = "refused"  # never, to this recipient
    UNCERTAIN = "uncertain"  # all was sent and no answer came


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mail; ``reply`` is the server's line, or ours when it never answered."""

    fate: Fate
    reply: str = ""


class LeaseLost(Exception):
    """Somebody else carries this letter now: stop before anything is sent twice."""


def by_smtp(mail: bytes, *, sender: str, recipient: str, still_ours: Callable[[], bool]) -> Outcome:
    """One mail to one recipient through the server of the settings.

    ``sender`` is the envelope's. ``still_ours`` is asked before the bytes go; when it says no,
    LeaseLost is raised and nothing has left. Never raises for what a server or a network does.
    """
    backend = EmailBackend()
    try:
        backend.open()
        return _dialogue(backend.connection, mail, sender, recipient, still_ours)
    except ssl.SSLError as error:
        return Outcome(Fate.DEFERRED, f"no secure connection to the mail server: {error.reason or 'SSLError'}")
    except smtplib.SMTPResponseException as error:
        return Outcome(Fate.DEFERRED, _line(error.smtp_code, error.smtp_error))
    except OSError as error:  # every SMTPException is one
        return Outcome(Fate.DEFERRED, f"no connection to the mail server: {type(error).__name__}")
    finally:
        _part(backend)


def _dialogue(
    server: smtplib.SMTP, mail: bytes, sender: str, recipient: str, still_ours: Callable[[], bool]
) -> Outcome:
    handed_over = False
    try:
        server.ehlo_or_helo_if_needed()
        size = [f"size={len(mail)}"] if server.has_extn("size") else []
        code, text = server.mail(sender, size)
        if code != 250:
            return Outcome(Fate.DEFERRED, _line(code, text))  # our sender was refused: that is ours to repair
        code, text = server.rcpt(recipient)
        if code not in {250, 251}:
            return _unaccepted(code, text)
        if not still_ours():
            raise LeaseLost
        handed_over = True
        code, text = server.data(mail)
        return Outcome(Fate.ACCEPTED, _line(code, text)) if code == 250 else _unaccepted(code, text)
    except smtplib.SMTPDataError as error:  # DATA itself was refused: no byte of the mail has left
        return _unaccepted(error.smtp_code, error.smtp_error)
    except smtplib.SMTPResponseException as error:
        return Outcome(Fate.DEFERRED, _line(error.smtp_code, error.smtp_error))
    except OSError as error:
        server.close()  # at once: a server that has fallen silent would not answer a QUIT either
        fate = Fate.UNCERTAIN if handed_over else Fate.DEFERRED
        return Outcome(fate, f"the mail server fell silent: {type(error).__name__}")


def _unaccepted(code: int, text: bytes | str) -> Outcome:
    final = 500 <= code < 600 and code not in _OUR_FAULT
    return Outcome(Fate.REFUSED if final else Fate.DEFERRED, _line(code, text))


def _line(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}"[:500]


def _part(backend: EmailBackend) -> None:
    """Say goodbye; whatever happens now, the server's answer stands."""
    try:
        backend.close()
    except OSError:
        backend.connection = None


def to_folder(mail: bytes, *, message_id: str) -> Outcome:
    """Write the mail to OUTBOX_DIR, durable before this returns; again overwrites the same file.

    The name comes from the Message-ID, so one letter is one file whatever happens on the way.
    Raises OSError when the folder cannot be written.
    """
    folder = Path(settings.OUTBOX_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)  # also one that was made by hand
    name = file_name(message_id)
    _clear_leftovers(folder, name)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}.", suffix=_PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(mail)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, folder / name)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _fsync(folder)
    return Outcome(Fate.WRITTEN)


def clear_folder(before: datetime) -> int:
    """Delete the letters in OUTBOX_DIR written before ``before`` (aware); returns how many.

    What is not a letter of ours stays. What is left becomes readable by its owner only.
    """
    folder = Path(settings.OUTBOX_DIR)
    if not folder.is_dir():
        return 0
    folder.chmod(0o700)
    deleted = 0
    for path in (*folder.glob("*.eml"), *folder.glob(f".*{_PART}")):
        try:
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
                deleted += 1
            else:
                path.chmod(0o600)
        except FileNotFoundError:  # the other writer was faster
            continue
    if deleted:
        _fsync(folder)
    return deleted


def file_name(message_id: str) -> str:
    """A file name out of a Message-ID: nothing a path could be made of, never two ids in one name."""
    plain = message_id.strip("<>")
    safe = _UNSAFE.sub("_", plain)[:_LONGEST_NAME].strip(".")
    if not safe or safe != plain:
        safe = f"{safe or 'letter'}-{hashlib.sha256(message_id.encode()).hexdigest()[:16]}"
    return f"{safe}.eml"


def _clear_leftovers(folder: Path, name: str) -> None:
    """A process killed while writing leaves half a letter behind; the next try takes it away."""
    for part in folder.glob(f".{glob.escape(name)}.*{_PART}"):
        if time.time() - part.stat().st_mtime > _LEFTOVER_AGE:
            part.unlink(missing_ok=True)


def _fsync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
