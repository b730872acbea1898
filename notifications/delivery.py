"""Handing bytes over: to a mail server, a provider, or a folder. The only importer of django.core.mail.

The mail server's last line is the proof of sending, so the SMTP dialogue is spoken step by step
and its reply kept. The folder is for installations that send nothing: what is written there has
not left this machine, and nobody claims that it has.
"""

import email
import email.policy
import glob
import hashlib
import os
import re
import smtplib
import ssl
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection  # noqa: TID251  this is the one place
from django.core.mail.backends.smtp import EmailBackend  # noqa: TID251

from notifications import reasons
from notifications.accounts import Account
from notifications.kinds import Why
from notifications.reasons import Step

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
    """What became of one mail; ``reply`` is the server's line, or ours when it never answered.

    ``elsewhere``: this account cannot carry it and nothing has left, so another may be asked. ``ill``: the account
    itself is in trouble, whatever the letter. ``nameless``: the recipient had not been named yet when it replied.
    """

    fate: Fate
    reply: str = ""
    why: Why | None = None
    elsewhere: bool = False
    ill: bool = False
    nameless: bool = False


class LeaseLost(Exception):
    """Somebody else carries this letter now: stop before anything is sent twice."""


def by_smtp(mail: bytes, *, account: Account, sender: str, recipient: str, still_ours: Callable[[], bool]) -> Outcome:
    """One mail to one recipient through this server, whose certificate must hold.

    ``sender`` is the envelope's. ``still_ours`` is asked before the bytes go; when it says no,
    LeaseLost is raised and nothing has left. Never raises for what a server or a network does.
    """
    backend = _backend(account)
    try:
        if account.tls != "none":
            backend.ssl_context = ssl.create_default_context(cafile=account.cafile or None)
        backend.open()
        return _dialogue(backend.connection, mail, sender, recipient, still_ours)
    except ssl.SSLError as error:
        reason = error.reason or type(error).__name__
        return _ill(Why.NOT_SECURE, f"no secure connection to the mail server: {reason}")
    except smtplib.SMTPNotSupportedError:
        return _ill(Why.NOT_SECURE, "no connection to the mail server: SMTPNotSupportedError")
    except smtplib.SMTPResponseException as error:
        return _ill(_why(error), _line(error.smtp_code, error.smtp_error))
    except OSError as error:  # every SMTPException is one
        return _ill(Why.UNREACHABLE, f"no connection to the mail server: {type(error).__name__}")
    finally:
        _part(backend)


def by_api(mail: bytes, *, account: Account, sender: str, recipient: str, still_ours: Callable[[], bool]) -> Outcome:
    """One mail to one recipient through a provider's interface (django-anymail), which signs it itself.

    The provider makes the bytes anew; Message-ID, Reply-To and our other headers go with them. Where it reports what
    comes back by mail, that goes to ``sender``. Raises LeaseLost; never raises for what a provider or a network does.
    """
    from anymail import exceptions  # noqa: PLC0415  installed only where a provider is used
    from anymail.message import AnymailMessage  # noqa: PLC0415

    try:
        # Not every provider knows an envelope sender; then it has to forward what comes back (see .env.example).
        options = {**account.options, "timeout": settings.EMAIL_TIMEOUT, "ignore_unsupported_features": True}
        connection = get_connection(f"anymail.backends.{account.provider}.EmailBackend", **options)
        parsed = email.message_from_bytes(mail, policy=email.policy.default)
        message = AnymailMessage(
            parsed["Subject"], _plain(parsed), parsed["From"], [recipient], connection=connection, headers=_rest(parsed)
        )
        if (html := parsed.get_body(("html",))) is not None:
            message.attach_alternative(html.get_content(), "text/html")
        message.envelope_sender = sender
        if not still_ours():
            raise LeaseLost
        message.send()
    except exceptions.AnymailRecipientsRefused:
        return Outcome(Fate.REFUSED, "the provider refuses this recipient", Why.REFUSED)
    except exceptions.AnymailAPIError as error:
        return _of_provider(error)
    except (exceptions.AnymailError, exceptions.AnymailConfigurationError, ImportError) as error:
        return _ill(Why.SENDER_REFUSED, f"the provider cannot be used: {type(error).__name__}")
    status = message.anymail_status
    return Outcome(Fate.ACCEPTED, f"accepted by {account.provider}: {status.message_id}"[:500])


def _of_provider(error: Exception) -> Outcome:
    """Nothing left where it answered with an error or was not reached; where it fell silent nobody knows."""
    code = getattr(error, "status_code", None)
    if code is None:
        cause = error.__cause__ or error
        told = f"the provider does not answer: {type(cause).__name__}"
        return _ill(Why.UNREACHABLE, told) if _unreached(cause) else Outcome(Fate.UNCERTAIN, told, Why.SILENT)
    told = f"the provider answers {code}"
    if code in {401, 402, 403}:
        return _ill(Why.SIGN_IN, told)
    if code in {500, 502, 504}:  # it broke while it had our letter
        return Outcome(Fate.UNCERTAIN, told, Why.SILENT)
    return _ill(Why.BUSY if code in {429, 503} else Why.SENDER_REFUSED, told)


def _unreached(cause: BaseException) -> bool:
    """No connection was made, so nothing can have arrived; by name, as the client is an optional package."""
    reason = getattr(cause.args[0], "reason", None) if cause.args else None
    kinds = {kind.__name__ for kind in (*type(cause).__mro__, *type(reason).__mro__)}
    return not kinds.isdisjoint({"ConnectTimeout", "NewConnectionError", "ConnectTimeoutError"})


def _plain(parsed: EmailMessage) -> str:
    body = parsed.get_body(("plain",))
    return "" if body is None else str(body.get_content())


def _rest(parsed: EmailMessage) -> dict[str, str]:
    """Our headers, less those a provider makes itself."""
    own = {"from", "to", "subject", "mime-version", "content-type", "content-transfer-encoding", "dkim-signature"}
    return {name: str(value) for name, value in parsed.items() if name.lower() not in own}


def _backend(account: Account) -> EmailBackend:
    return EmailBackend(
        host=account.host,
        port=account.port,
        username=account.user,
        password=account.password,
        use_tls=account.tls == "starttls",
        use_ssl=account.tls == "implicit",
        timeout=settings.EMAIL_TIMEOUT,
    )


def _ill(why: Why, reply: str) -> Outcome:
    return Outcome(Fate.DEFERRED, reply, why, elsewhere=True, ill=True, nameless=True)


def _why(error: smtplib.SMTPResponseException) -> Why:
    return reasons.why(error.smtp_code, _line(error.smtp_code, error.smtp_error))


def _dialogue(
    server: smtplib.SMTP, mail: bytes, sender: str, recipient: str, still_ours: Callable[[], bool]
) -> Outcome:
    handed_over = False
    try:
        server.ehlo_or_helo_if_needed()
        options = [f"size={len(mail)}"] if server.has_extn("size") else []
        if not recipient.isascii():
            if not (server.has_extn("smtputf8") and server.has_extn("8bitmime")):
                words = "the mail server cannot carry an address with such letters (no SMTPUTF8)"
                return Outcome(Fate.REFUSED, words, Why.ADDRESS_UNSUPPORTED, elsewhere=True)
            server.command_encoding = "utf-8"
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        code, text = server.mail(sender, options)
        if code != 250:  # our sender was refused: that is ours to repair
            line = _line(code, text)
            return _ill(Why.SENDER_REFUSED if reasons.final(code) else reasons.why(code, line), line)
        code, text = server.rcpt(recipient)
        if code not in {250, 251}:
            return _unaccepted(code, text, Step.RECIPIENT)
        if not still_ours():
            raise LeaseLost
        handed_over = True
        code, text = server.data(mail)
        return Outcome(Fate.ACCEPTED, _line(code, text)) if code == 250 else _unaccepted(code, text, Step.BYTES)
    except smtplib.SMTPDataError as error:  # DATA itself was refused: no byte of the mail has left
        return _unaccepted(error.smtp_code, error.smtp_error, Step.BYTES)
    except smtplib.SMTPResponseException as error:
        return replace(_ill(_why(error), _line(error.smtp_code, error.smtp_error)), nameless=False)
    except OSError as error:
        server.close()  # at once: a server that has fallen silent would not answer a QUIT either
        words = f"the mail server fell silent: {type(error).__name__}"
        return Outcome(Fate.UNCERTAIN, words, Why.SILENT) if handed_over else _ill(Why.SILENT, words)


def _unaccepted(code: int, text: bytes | str, step: Step) -> Outcome:
    line = _line(code, text)
    fate = Fate.REFUSED if reasons.final(code, line, step) else Fate.DEFERRED
    whole = reasons.of_the_server(code, line, step)
    return Outcome(fate, line, reasons.why(code, line, step), elsewhere=whole, ill=whole)


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
