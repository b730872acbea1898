"""The one place that reads the environment; ``.env.example`` lists exactly these names.

The environment says where this installation stands and runs. What the organisation
decides (deadlines, formalities, texts) is policy and lives in the database.
Every error here is one sentence that says what to do.
"""

import base64
import os
import re
import secrets
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent


_CERTIFICATES = frozenset({".pem", ".crt", ".cer"})  # the files of a folder that count
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


class WrongSetting(Exception):
    """A variable is missing or cannot be used; the text is the cure."""


@dataclass(frozen=True)
class Variable:
    name: str
    default: str
    about: str


VARIABLES: dict[str, Variable] = {}


def _declare(name: str, default: str, about: str) -> str:
    VARIABLES[name] = Variable(name, default, about)
    return name


SECRET_KEY = _declare(
    "SECRET_KEY",
    "",
    "Signs sessions and links. Generated on first start; to change it, move the old one to SECRET_KEY_FALLBACKS.",
)
SECRET_KEY_FALLBACKS = _declare(
    "SECRET_KEY_FALLBACKS",
    "",
    "Earlier secret keys, comma-separated: what they signed still holds. Drop them when those links have expired.",
)
MASTER_KEY = _declare(
    "MASTER_KEY",
    "",
    "Wraps every sealing key: 32 bytes in base64. Generated on first start. "
    "LOST = ALL CASE FILES LOST; keep a copy apart.",
)
OLD_MASTER_KEYS = _declare(
    "OLD_MASTER_KEYS", "", "Earlier master keys, comma-separated, until everything is re-wrapped."
)
DATA_DIR = _declare(
    "DATA_DIR", "var", "Where the default database, sealed files and the outbox live; relative to this folder."
)
DATABASE_URL = _declare("DATABASE_URL", "", "Empty: SQLite in DATA_DIR. Or postgresql://user:password@host:5432/name")
KEYS_DATABASE_URL = _declare(
    "KEYS_DATABASE_URL",
    "",
    "The key store, a database of its own left out of data backups. Empty: SQLite in DATA_DIR.",
)
BROKER_URL = _declare(
    "BROKER_URL",
    "",
    "Empty: `make run` starts a Valkey or Redis of its own on a private socket. Or redis://host:6379/0",
)
PUBLIC_URL = _declare("PUBLIC_URL", "http://localhost:8000", "The address people see in links.")
WEB_HOST = _declare("WEB_HOST", "127.0.0.1", "Where the web server listens.")
WEB_PORT = _declare("WEB_PORT", "8000", "Port of the web server.")
SMTP_HOST = _declare("SMTP_HOST", "127.0.0.1", "Where the mail listener listens.")
SMTP_PORT = _declare("SMTP_PORT", "2525", "Port of the mail listener.")
SMTP_PROTOCOL = _declare("SMTP_PROTOCOL", "smtp", "smtp or lmtp.")
MAX_MAIL_MB = _declare("MAX_MAIL_MB", "50", "Largest mail the listener accepts, in MB.")
MAILBOX = _declare("MAILBOX", "vieprivee@assistool.com", "The mailbox people write to.")
MAILBOX_ALIASES = _declare(
    "MAILBOX_ALIASES",
    "mailvieprivee@assistool.com",
    "Other addresses of the same mailbox, comma-separated (the policy misprints one).",
)
CONTROLLER_NAME = _declare("CONTROLLER_NAME", "Assistool SRL", "The controller's name on letters and reports.")
TRUSTED_RECEIVERS = _declare(
    "TRUSTED_RECEIVERS",
    "mx1.assistool.com,mx2.assistool.com",
    "Hosts whose Received line is believed for the receipt time of piped and LMTP mail.",
)
AUTHSERV_ID = _declare(
    "AUTHSERV_ID",
    "",
    "Id under which your mail server writes Authentication-Results (RFC 8601), such as mx1.assistool.com. "
    "Empty: no such line is believed.",
)
CHECK_DKIM = _declare(
    "CHECK_DKIM",
    "no",
    "yes looks up the keys of DKIM signatures in DNS. no: nothing is asked, senders stay not proven.",
)
SIGNATURE_ROOTS = _declare(
    "SIGNATURE_ROOTS",
    "",
    "A PEM file, or a folder of .pem, .crt and .cer files, with the root certificates trusted above a signature, such "
    "as the Belgium Root CAs of the eID (docs/signatures.md). "
    "Empty: a signature is checked for changes, its issuer counts as unknown.",
)
CLAMD_URL = _declare(
    "CLAMD_URL",
    "",
    "Empty: attachments are not scanned for viruses. Or unix:///run/clamav/clamd.ctl or tcp://host:3310; "
    "then attachments are scanned when they arrive and when they are opened, and one that cannot be scanned cannot be "
    "opened.",
)
OUTGOING_URL = _declare(
    "OUTGOING_URL",
    "",
    "Empty: letters are written to DATA_DIR/outbox and nothing leaves this machine. "
    "Or smtp://user:password@host:587?tls=starttls (tls=starttls, implicit or none; cafile=own certificate authority). "
    "Several, separated by spaces, are tried in this order. Or a provider's interface through django-anymail, which is "
    "installed apart (pip install 'django-anymail>=15.2,<16'): api://postmark?server_token=secret, "
    "api://mailjet?api_key=key&secret_key=secret; names and options as django-anymail has them, in lower case. "
    "What comes back must reach MAILBOX: let the provider forward it where it has no envelope sender.",
)
OUTGOING_PER_MINUTE = _declare(
    "OUTGOING_PER_MINUTE", "600", "Letters that leave within a minute at most; the others wait their turn."
)
OUTGOING_PER_RECIPIENT = _declare(
    "OUTGOING_PER_RECIPIENT",
    "20",
    "Letters to one address outside the staff within an hour at most; the others wait their turn.",
)
DKIM_KEY = _declare(
    "DKIM_KEY",
    "",
    "A PEM file with the private RSA key that signs letters (DKIM), for the domain of MAILBOX. "
    "Empty: letters leave unsigned, or the mail server signs them.",
)
DKIM_SELECTOR = _declare("DKIM_SELECTOR", "dsar", "Its public key stands in DNS under selector._domainkey.domain.")
IMAP_URLS = _declare(
    "IMAP_URLS",
    "",
    "Empty: mail comes in through the listener only. Or mailboxes to fetch from, separated by spaces: "
    "imap://user:password@host:993?tls=implicit (tls=implicit, starttls, or none on this machine), special "
    "characters of user and password percent-encoded. Also: mailbox=address people write to, folders=INBOX|Junk "
    "(or * for all), processed=folder for what was taken in, cafile=own certificate authority; "
    "auth=microsoft&tenant=id or auth=google: no password, or a refresh token in its place.",
)
OAUTH_CLIENT_ID = _declare(
    "OAUTH_CLIENT_ID", "", "Application (client) id registered with Microsoft or Google, for auth= in IMAP_URLS."
)
OAUTH_CLIENT_SECRET = _declare("OAUTH_CLIENT_SECRET", "", "The secret of that application.")
IMAP_POLL_SECONDS = _declare(
    "IMAP_POLL_SECONDS", "60", "Seconds between two looks into a fetched mailbox; the server may ring in between."
)
STORAGE_URL = _declare(
    "STORAGE_URL",
    "",
    "Empty: sealed files in DATA_DIR/sealed. Or s3://bucket/prefix?endpoint=https://host&region=eu-west-1",
)
ALLOWED_HOSTS = _declare(
    "ALLOWED_HOSTS", "localhost,127.0.0.1", "Host names the web server answers to, comma-separated."
)
WORKERS = _declare("WORKERS", "2", "Worker processes `make run` starts.")
DEBUG = _declare("DEBUG", "no", "yes shows errors in full; never where real data is.")
LOG_FORMAT = _declare("LOG_FORMAT", "console", "console (readable, coloured) or json.")

_FILE = Path(os.environ.get("DSAR_ENV_FILE", ROOT / ".env"))
_from_file = {k: v for k, v in dotenv_values(_FILE).items() if v is not None} if _FILE.is_file() else {}


def text(name: str) -> str:
    """The variable, stripped; its default when unset or empty."""
    if name not in VARIABLES:
        raise KeyError(f"{name} is not declared in dsar/env.py")
    return (os.environ.get(name) or _from_file.get(name) or VARIABLES[name].default).strip()


def integer(name: str, low: int, high: int) -> int:
    value = text(name)
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise WrongSetting(f"{name} is {value!r}: set it to a whole number from {low} to {high}.")
    return int(value)


def yes(name: str) -> bool:
    value = text(name).lower()
    if value not in {"yes", "no", "true", "false", "1", "0"}:
        raise WrongSetting(f"{name} is {value!r}: set it to yes or no.")
    return value in {"yes", "true", "1"}


def choice(name: str, *allowed: str) -> str:
    value = text(name)
    if value not in allowed:
        raise WrongSetting(f"{name} is {value!r}: set it to one of {', '.join(allowed)}.")
    return value


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def address(name: str) -> str:
    value = text(name).lower()
    local, at, domain = value.partition("@")
    if not (local and at and domain) or "@" in domain or " " in value:
        raise WrongSetting(f"{name} is {value!r}: set it to one address such as vieprivee@example.org.")
    return value


def url(name: str, *schemes: str) -> str:
    value = text(name)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  a wrong port raises here
    except ValueError as error:
        raise WrongSetting(f"{name} cannot be read as an address ({error}); write it as {schemes[0]}://host…") from None
    if parts.scheme not in schemes:
        raise WrongSetting(
            f"{name} begins with {parts.scheme or 'no scheme'}: use {' or '.join(s + '://' for s in schemes)}."
        )
    return value


def certificates(name: str) -> list[bytes]:
    """The certificates of a PEM file, or of every file of a folder, in DER; none when the variable is empty."""
    value = text(name)
    if not value:
        return []
    path = Path(value)
    try:
        files = sorted(file for file in path.iterdir() if file.suffix in _CERTIFICATES) if path.is_dir() else [path]
        found = [one for file in files for one in _certificates(file.read_bytes())]
    except (OSError, ValueError) as error:
        raise WrongSetting(f"{name} is {value!r}, which cannot be read ({error}): name a PEM file.") from None
    if not found:
        raise WrongSetting(f"{name} is {value!r}, where no certificate is: put them there, or leave it empty.")
    return found


def _certificates(data: bytes) -> list[bytes]:
    """Those of a file in PEM, or the one of a file in DER, which begins as any ASN.1 sequence of its length."""
    if data[:2] == b"\x30\x82":
        return [data]
    return [ssl.PEM_cert_to_DER_cert(block) for block in _PEM.findall(data.decode("ascii"))]


def signing_key(name: str) -> bytes:
    """The PEM of an RSA private key of 2048 bits or more; empty when the variable is. Raises WrongSetting."""
    value = text(name)
    if not value:
        return b""
    try:
        key = serialization.load_pem_private_key(Path(value).read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise WrongSetting(
            f"{name} is {value!r}, which cannot be read ({type(error).__name__}): name a PEM file "
            "with an RSA key and no password."
        ) from None
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < 2048:
        raise WrongSetting(f"{name} is {value!r}: make it an RSA key of 2048 bits (openssl genrsa 2048).")
    pkcs1 = serialization.PrivateFormat.TraditionalOpenSSL  # the one form dkimpy reads
    return key.private_bytes(serialization.Encoding.PEM, pkcs1, serialization.NoEncryption())


def key(value: str, name: str = MASTER_KEY) -> bytes:
    """32 bytes from base64. Raises WrongSetting with the cure."""
    if not value:
        raise WrongSetting(f"{name} is not set: run `python -m dsar.env`, which generates it into .env.")
    try:
        raw = base64.b64decode(value, validate=True)
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise WrongSetting(f"{name} is not 32 bytes in base64: restore it from your copy; a new one opens nothing.")
    return raw


def data_dir() -> Path:
    path = Path(text(DATA_DIR))
    return path if path.is_absolute() else ROOT / path


def example() -> str:
    """The text of .env.example: every variable with its reason and default."""
    blocks = [f"# {v.about}\n{v.name}={v.default}" for v in VARIABLES.values()]
    return "# Copied to .env on first start, where the two keys are generated.\n\n" + "\n\n".join(blocks) + "\n"


def generate(path: Path = _FILE) -> bool:
    """Create .env with fresh keys, readable by its owner only; True when it was created."""
    if path.exists():
        return False
    body = example()
    body = body.replace("\nSECRET_KEY=\n", f"\nSECRET_KEY={secrets.token_urlsafe(48)}\n")
    body = body.replace("\nMASTER_KEY=\n", f"\nMASTER_KEY={base64.b64encode(secrets.token_bytes(32)).decode()}\n")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    return True


def without_secrets() -> None:
    """Keys of this process only, for commands that keep nothing; set ones stay as they are."""
    os.environ.setdefault(SECRET_KEY, text(SECRET_KEY) or secrets.token_urlsafe(48))
    os.environ.setdefault(MASTER_KEY, text(MASTER_KEY) or base64.b64encode(secrets.token_bytes(32)).decode())


if __name__ == "__main__":
    if "--example" in sys.argv:
        sys.stdout.write(example())
    elif generate():
        print(
            f"{_FILE.name} created with new keys. Keep a copy of MASTER_KEY apart: without it no case file can be read."
        )
