"""By which account a letter leaves: the first of OUTGOING_URL that can, and what is remembered of those that cannot.

An account in trouble twice in a row rests for a while, so that a server that is down costs one letter a minute of
waiting and not each of them. With all of them resting nothing is tried: letters wait, and the page of sending says why.
"""

import errno
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from notifications import delivery
from notifications.accounts import Account
from notifications.delivery import Fate, Outcome
from notifications.kinds import Why
from notifications.models import SendingAccount

log = structlog.get_logger(__name__)

FOLDER = "folder"
_FIRST_REST = timedelta(seconds=15)
LONGEST_REST = timedelta(minutes=2)
_GIVES_UP = timedelta(days=3)  # less than a mail server's five (RFC 5321, 4.5.4.1): a time limit of the law runs


def send(mail: bytes, *, sender: str, recipient: str, still_ours: Callable[[], bool]) -> tuple[str, Outcome]:
    """Hand the mail to the first account that takes it; that account's name, and what became of it.

    Another is asked only where nothing has left: a letter that may have arrived stays with its account.
    Raises LeaseLost.
    """
    now = timezone.now()
    resting = {
        row.name: row for row in SendingAccount.objects.filter(next_try_at__gt=now, next_try_at__lte=now + LONGEST_REST)
    }
    name, outcome = "", _all_rest(resting)
    for account in settings.OUTGOING:
        if account.name in resting:
            continue
        name = account.name
        outcome = _by(account, mail, sender=sender, recipient=recipient, still_ours=still_ours)
        remember(name, outcome)
        if not outcome.elsewhere:
            break
    return name, outcome


def to_folder(mail: bytes, *, message_id: str) -> Outcome:
    """Write the mail where nothing is sent; what became of it, remembered of the folder as of any account."""
    try:
        outcome = delivery.to_folder(mail, message_id=message_id)
    except OSError as error:
        told = f"the outbox folder cannot be written: {error.strerror}"
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        outcome = Outcome(Fate.DEFERRED, told, Why.STORE_FULL if full else Why.FOLDER, ill=True, nameless=True)
    remember(FOLDER, outcome)
    return outcome


def is_given_up(since: datetime, outcome: Outcome, now: datetime) -> bool:
    """Has one recipient's server put a letter off for so long that the person has to be reached another way?"""
    return outcome.fate is Fate.DEFERRED and outcome.why is Why.MAILBOX_FULL and now - since > _GIVES_UP


def _by(account: Account, mail: bytes, **how: object) -> Outcome:
    carry = delivery.by_api if account.provider else delivery.by_smtp
    return carry(mail, account=account, **how)  # type: ignore[arg-type]


def _all_rest(resting: dict[str, SendingAccount]) -> Outcome:
    first = min(resting.values(), key=lambda row: row.next_try_at or timezone.now(), default=None)
    why = Why(first.why) if first is not None and first.why else Why.UNREACHABLE
    return Outcome(Fate.DEFERRED, "no account answered a moment ago; it is asked again shortly", why, ill=True)


def remember(name: str, outcome: Outcome) -> None:
    """How this account was found; what a refused recipient says of it, it is well."""
    row, _ = SendingAccount.objects.get_or_create(name=name)
    if not outcome.ill:
        _well(row, accepted=outcome.fate in {Fate.ACCEPTED, Fate.WRITTEN})
        return
    now = timezone.now()
    # What it says of a named recipient may be about that one: the next letter finds out.
    tired = row.failures and outcome.nameless
    rest = min(_FIRST_REST * 2 ** max(row.failures - 1, 0), LONGEST_REST) if tired else timedelta(0)
    SendingAccount.objects.filter(pk=row.pk).update(
        why=(outcome.why or Why.UNREACHABLE).value,
        words=outcome.reply if outcome.nameless else "",
        named=not outcome.nameless,
        failures=F("failures") + 1,
        failed_since=row.failed_since or now,
        next_try_at=now + rest,
    )
    if not row.failures:
        log.error("an account of OUTGOING_URL is in trouble: see the page of sending", account=row.pk)


def _well(row: SendingAccount, *, accepted: bool) -> None:
    changes: dict[str, object] = {"accepted_at": timezone.now()} if accepted else {}
    if row.failures:
        changes |= {"why": "", "words": "", "named": False, "failures": 0, "failed_since": None, "next_try_at": None}
    if changes:
        SendingAccount.objects.filter(pk=row.pk).update(**changes)


def down_since() -> datetime | None:
    """Since when no account has carried anything; None while one of them is well or untried."""
    names = [FOLDER] if settings.OUTGOING_IS_FOLDER else [account.name for account in settings.OUTGOING]
    ill = {row.name: row.failed_since for row in SendingAccount.objects.filter(name__in=names, failures__gte=1)}
    since = [moment for moment in ill.values() if moment is not None]
    return max(since) if len(since) == len(names) else None
