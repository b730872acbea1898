"""Which mailboxes are fetched, from IMAP_URLS. Errors are sentences that say what to write instead."""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from dsar.env import WrongSetting


class Tls(StrEnum):
    """``none`` is for this machine only; what is configured is used or nothing is."""

    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"


_PORTS = {Tls.IMPLICIT: 993, Tls.STARTTLS: 143, Tls.NONE: 143}
# Where the two large providers give tokens, and for what; "{tenant}" is the organisation's directory.
_TOKEN_URLS = {
    "microsoft": "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
    "google": "https://oauth2.googleapis.com/token",
}
_PARAMETERS = {"tls", "mailbox", "folders", "processed", "auth", "tenant", "token_url", "cafile"}
ALL_FOLDERS = ("*",)


@dataclass(frozen=True, slots=True)
class Account:
    """One mailbox on one server. ``secret`` is a password, or a refresh token when ``token_url`` is set.

    With ``token_url`` and no ``secret`` the application signs in by itself (client credentials).
    ``address`` is the mailbox people write to.
    """

    host: str
    port: int
    tls: Tls
    user: str
    secret: str = field(repr=False)
    address: str
    folders: tuple[str, ...] = ("INBOX",)
    processed: str = "Processed"
    token_url: str = ""
    provider: str = ""
    cafile: str = ""

    @property
    def name(self) -> str:
        """What it is called in the tables and on the status page."""
        return f"{self.user}@{self.host}"

    @property
    def bell(self) -> str:
        """The folder whose arrivals end a wait early."""
        return "INBOX" if self.folders == ALL_FOLDERS else self.folders[0]

    @property
    def oauth(self) -> bool:
        return bool(self.token_url)


def accounts(urls: Sequence[str], *, mailbox: str) -> list[Account]:
    """The accounts of IMAP_URLS; ``mailbox`` is the address of one that names none. Raises WrongSetting."""
    found = [_account(number, url, mailbox) for number, url in enumerate(urls, start=1)]
    twice = {account.name for account in found if [other.name for other in found].count(account.name) > 1}
    if twice:
        raise WrongSetting(
            "IMAP_URLS names the same user on the same server twice: name it once, with all its folders."
        )
    return found


def _account(number: int, url: str, mailbox: str) -> Account:
    """The sentences never repeat the value: it holds a password."""
    where = f"IMAP_URLS, address {number}"
    try:
        parts = urlsplit(url)
        port = parts.port
        query = {name: values[-1] for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
    except ValueError:
        raise WrongSetting(f"{where} cannot be read: write imap://user:password@host:993?tls=implicit") from None
    _check(where, parts, query)
    tls = Tls(query.get("tls", "implicit"))
    host = parts.hostname or ""
    if tls is Tls.NONE and not is_loopback(host):
        raise WrongSetting(
            f"{where} has tls=none for another machine: set tls=implicit or tls=starttls, so that nobody on the way "
            "reads the password and the mail."
        )
    auth = query.get("auth", "password")
    return Account(
        host=host,
        port=port or _PORTS[tls],
        tls=tls,
        user=unquote(parts.username or ""),
        secret=unquote(parts.password or ""),
        address=query.get("mailbox", mailbox).lower(),
        folders=tuple(query.get("folders", "INBOX").split("|")),
        processed=query.get("processed", "Processed"),
        token_url=_token_url(where, auth, query),
        provider=auth if auth in _TOKEN_URLS else "",
        cafile=query.get("cafile", ""),
    )


def _check(where: str, parts: SplitResult, query: Mapping[str, str]) -> None:
    if parts.scheme != "imap" or not parts.hostname or not parts.username:
        raise WrongSetting(f"{where} cannot be read: write imap://user:password@host:993?tls=implicit")
    if unknown := set(query) - _PARAMETERS:
        raise WrongSetting(f"{where} has {', '.join(sorted(unknown))}=: use {', '.join(sorted(_PARAMETERS))}.")
    if query.get("tls", "implicit") not in set(Tls):
        raise WrongSetting(f"{where} has a wrong tls=: set it to implicit, starttls or none.")
    auth = query.get("auth", "password")
    if auth not in {"password", "oauth2", *_TOKEN_URLS}:
        raise WrongSetting(f"{where} has a wrong auth=: set it to password, microsoft, google or oauth2.")
    if auth == "password" and not parts.password:
        raise WrongSetting(f"{where} has no password: write it after the user, or set auth=microsoft or auth=google.")


def _token_url(where: str, auth: str, query: Mapping[str, str]) -> str:
    if auth == "password":
        return ""
    if auth == "microsoft" and not query.get("tenant"):
        raise WrongSetting(f"{where} has no tenant=: set it to the directory (tenant) id of your organisation.")
    tenant = quote(query.get("tenant", ""), safe="")
    url = query.get("token_url") or _TOKEN_URLS.get(auth, "").format(tenant=tenant)
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if not safe or not parts.hostname:
        raise WrongSetting(f"{where} has no usable token_url=: write https://host/path of the token server.")
    return url


def is_loopback(host: str) -> bool:
    """This machine, by name or by number."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
