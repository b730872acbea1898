"""Access tokens for mailboxes that take no password: one POST to the provider's token server (RFC 6749).

Microsoft 365 by client credentials or a delegated refresh token, Google by a refresh token, any other
server the same way. A provider may answer with a newer refresh token, and the first one then dies some
weeks later in silence: the newest is kept, sealed, until another one is configured.
"""

import hashlib
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any

import structlog

from dsar import env
from dsar.intake.mailbox.accounts import Account, is_loopback
from dsar.intake.mailbox.models import MailAccount
from dsar.intake.mailbox.port import MailboxTrouble, Trouble
from workflow.models.key import seal_for, unseal_for
from workflow.sealing import KeyGone, SealBroken

log = structlog.get_logger(__name__)

ANSWER_SECONDS = 30
LONGEST_ANSWER = 64 * 1024
EARLY_SECONDS = 300  # a token is renewed this long before its end
_AAD = b"imap-refresh-token:v1"
_SCOPES = {
    ("microsoft", "client_credentials"): "https://outlook.office365.com/.default",
    ("microsoft", "refresh_token"): "https://outlook.office365.com/IMAP.AccessAsUser.All offline_access",
}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token server that sends us elsewhere would get our secret sent there too."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Tokens:
    """Access tokens of this process, by account, each until shortly before its end."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, float]] = {}

    def of(self, account: Account) -> str:
        """A token that is still good. Raises MailboxTrouble(TOKEN) when none can be had."""
        token, until = self._held.get(account.name, ("", 0.0))
        if time.monotonic() >= until:
            token, seconds = _renewed(account)
            self._held[account.name] = (token, time.monotonic() + max(0.0, seconds - EARLY_SECONDS))
        return token

    def forget(self, account: Account) -> None:
        """The server refused it."""
        self._held.pop(account.name, None)


def _renewed(account: Account) -> tuple[str, float]:
    refresh = _newest_refresh_token(account)
    grant = "refresh_token" if refresh else "client_credentials"
    form = {
        "grant_type": grant,
        "client_id": env.text(env.OAUTH_CLIENT_ID),
        "client_secret": env.text(env.OAUTH_CLIENT_SECRET),
        "scope": _SCOPES.get((account.provider, grant), ""),
        "refresh_token": refresh,
    }
    answer = _ask(account.token_url, {name: value for name, value in form.items() if value})
    token, newer, seconds = answer.get("access_token"), answer.get("refresh_token"), answer.get("expires_in", 3600)
    if not isinstance(token, str) or not token:
        raise MailboxTrouble(Trouble.TOKEN, "the answer holds no access token")
    if isinstance(newer, str) and newer and refresh and newer != refresh:
        _keep(account, newer)
    return token, float(seconds) if isinstance(seconds, int | float) else 3600.0


def _ask(url: str, form: Mapping[str, str]) -> dict[str, Any]:
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if is_loopback(urllib.parse.urlsplit(url).hostname or ""):
        handlers.append(urllib.request.ProxyHandler({}))
    opener = urllib.request.build_opener(*handlers)
    # Only https, or http on this machine: accounts.py lets no other address through.
    request = urllib.request.Request(url, urllib.parse.urlencode(form).encode(), {"Accept": "application/json"})  # noqa: S310
    try:
        with opener.open(request, timeout=ANSWER_SECONDS) as response:
            answer = json.loads(response.read(LONGEST_ANSWER))
    except urllib.error.HTTPError as error:
        with error:
            raise MailboxTrouble(Trouble.TOKEN, _reason(error)) from None
    except (OSError, ValueError) as error:
        raise MailboxTrouble(Trouble.TOKEN, type(error).__name__) from error
    if not isinstance(answer, dict):
        raise MailboxTrouble(Trouble.TOKEN, "the answer is no object")
    return answer


def _reason(error: urllib.error.HTTPError) -> str:
    """The error code of the answer (RFC 6749, 5.2), which names nobody; the description may."""
    try:
        code = str(json.loads(error.read(LONGEST_ANSWER)).get("error", ""))
    except (ValueError, AttributeError, OSError):
        code = ""
    return code if code.replace("_", "").isalpha() and len(code) < 60 else f"HTTP {error.code}"


def _newest_refresh_token(account: Account) -> str:
    """The one kept from an earlier answer, as long as the configured one has not been changed since."""
    row = MailAccount.objects.filter(name=account.name).first()
    if row is None or row.refresh_token is None or row.refresh_token_of != _digest(account.secret):
        return account.secret
    try:
        return unseal_for(row.uuid, bytes(row.refresh_token), aad=_AAD).decode()
    except (KeyGone, SealBroken):
        log.error("the kept refresh token cannot be opened; the configured one is used", account=row.pk)
        return account.secret


def _keep(account: Account, token: str) -> None:
    row = MailAccount.objects.get(name=account.name)
    MailAccount.objects.filter(pk=row.pk).update(
        refresh_token=seal_for(row.uuid, token.encode(), aad=_AAD), refresh_token_of=_digest(account.secret)
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
