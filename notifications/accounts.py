"""Through whom letters leave, from OUTGOING_URL: mail servers and providers, in the order they are tried. Pure.

Errors are sentences that say what to write instead; they never repeat the value, which holds a password.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_PORTS = {"starttls": 25, "implicit": 465, "none": 25}
_SMTP_OPTIONS = frozenset({"tls", "cafile"})


class WrongAccount(ValueError):
    """OUTGOING_URL cannot be used; the text is the cure."""


@dataclass(frozen=True, slots=True)
class Account:
    """One way out. ``provider`` is empty for a mail server, else the name of its module in django-anymail.

    ``tls`` is starttls, implicit or none; with the first two the certificate is verified, against ``cafile`` when set.
    """

    host: str = ""
    port: int = 0
    tls: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    cafile: str = ""
    provider: str = ""
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """What it is called in the tables and on the page of sending; no secret."""
        if self.provider:
            return self.provider
        return f"{self.user}@{self.host}:{self.port}" if self.user else f"{self.host}:{self.port}"


def accounts(text: str) -> list[Account]:
    """Those of OUTGOING_URL, separated by spaces, the first to be tried first. Raises WrongAccount."""
    found = [_account(number, url) for number, url in enumerate(text.split(), start=1)]
    if len({account.name for account in found}) < len(found):
        raise WrongAccount("OUTGOING_URL names the same account twice: name each once.")
    return found


def _account(number: int, url: str) -> Account:
    where = f"OUTGOING_URL, address {number}"
    try:
        parts = urlsplit(url)
        port = parts.port
        query = {name: values[-1] for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
    except ValueError:
        raise WrongAccount(f"{where} cannot be read: write smtp://user:password@host:587?tls=starttls") from None
    if parts.scheme == "api" and parts.hostname:
        return Account(provider=parts.hostname.replace("-", "_"), tls="implicit", options=query)
    return _server(where, parts, port, query)


def _server(where: str, parts: SplitResult, port: int | None, query: Mapping[str, str]) -> Account:
    if parts.scheme != "smtp" or not parts.hostname:
        raise WrongAccount(f"{where} begins with {parts.scheme or 'nothing'}: use smtp://host or api://provider.")
    if unknown := set(query) - _SMTP_OPTIONS:
        raise WrongAccount(f"{where} has {', '.join(sorted(unknown))}=: use {', '.join(sorted(_SMTP_OPTIONS))}.")
    tls = query.get("tls", "starttls")
    if tls not in _PORTS:
        raise WrongAccount(f"{where} has tls={tls!r}: set it to starttls, implicit or none.")
    return Account(
        host=parts.hostname,
        port=port or _PORTS[tls],
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        cafile=query.get("cafile", ""),
    )
