"""Messages that were taken in leave the server: once a backup holds them, and never later than the limits.

One that carried an identity document goes with the first look after the decision on identity: the
document must be gone everywhere within 72 hours of it (domain §1.6), whatever a backup holds.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from dsar.intake.mailbox.models import CopyState, MailAccount, MailFolder, ServerCopy
from dsar.intake.mailbox.port import CommandRefused, Server
from dsar.intake.models import MessageState
from workflow.models.case import OPEN

log = structlog.get_logger(__name__)

LIMIT = timedelta(days=30)
KEEP = LIMIT - timedelta(days=1)  # a day of failing still ends within the limit
IDENTITY_LIMIT = timedelta(hours=72)
_BATCH = 500


def waiting_for_a_backup() -> list[UUID]:
    """The messages that are still on a server and in no verified backup."""
    copies = ServerCopy.objects.filter(state=CopyState.THERE.value, backed_up_at=None)
    return list(copies.order_by("message_id").values_list("message__uuid", flat=True).distinct())


def backed_up(messages: Sequence[UUID], *, at: datetime) -> None:
    """A backup made ``at`` (aware) was verified and holds these messages; where there is none, ``KEEP`` decides."""
    MailAccount.objects.update(backed_up_until=at)
    for start in range(0, len(messages), _BATCH):
        some = ServerCopy.objects.filter(message__uuid__in=messages[start : start + _BATCH], backed_up_at=None)
        some.update(backed_up_at=at)


def due(account: MailAccount, now: datetime) -> "QuerySet[ServerCopy]":
    """Copies that are to leave the server now. A message nobody has read in yet stays."""
    old = Q(taken_at__lte=now - KEEP)
    held = Q(backed_up_at__isnull=False)
    return (
        _on_server(account)
        .exclude(message__state=MessageState.RECEIVED.value)
        .filter(old | held | Q(pk__in=_identity_decided(account, now)))
    )


def overdue(account: MailAccount, now: datetime) -> bool:
    """Does the server still hold what should have left it?"""
    copies = _on_server(account)
    return copies.filter(taken_at__lt=now - LIMIT).exists() or _identity_decided(account, now - IDENTITY_LIMIT).exists()


def astray(account: MailAccount) -> "QuerySet[ServerCopy]":
    """Copies with an identity document that somebody moved or removed, and that we see nowhere now.

    We remove only what we see: in another folder the document would stay for ever (domain §1.6). What appears again in
    a watched folder is known by its bytes and leaves with the rest; of the others somebody says that they looked.
    """
    left = ServerCopy.objects.filter(folder__account=account, state=CopyState.GONE.value, looked_for_at=None)
    again = ServerCopy.objects.filter(message=OuterRef("message"), state=CopyState.THERE.value)
    return left.filter(_identity(("message__", "message__same_as__"))).exclude(Exists(again)).distinct()


def _identity(ways: Sequence[str]) -> Q:
    """The message, or the one it repeats, holds an identity document or a register number."""
    holds = Q()
    for way in ways:
        holds |= Q(**{f"{way}parts__identity_document": True}) | Q(**{f"{way}holds_number": True})
    return holds


def _on_server(account: MailAccount) -> "QuerySet[ServerCopy]":
    return ServerCopy.objects.filter(folder__account=account, state=CopyState.THERE.value)


def _identity_decided(account: MailAccount, by: datetime) -> "QuerySet[ServerCopy]":
    """Those whose case was decided on identity at ``by`` or earlier, with a document or a register number in them.

    The copy of a message that came twice carries the same document.
    """
    decided = Q()
    for way in ("message__", "message__same_as__"):
        for owner in ("case", "parts__moved_to"):  # of a divided message each document has a case of its own
            case = f"{way}{owner}__"
            over = Q(**{f"{way}{owner}__isnull": False, "taken_at__lte": by}) & ~Q(**{f"{case}state__in": OPEN})
            verified = Q(**{f"{case}verified_at__lte": by})
            unneeded = Q(**{f"{case}identity_needed": False, f"{case}confirmed_at__lte": by})
            decided |= _identity([way]) & (verified | unneeded | over)
    return _on_server(account).filter(decided).distinct()


def clean(account: MailAccount, server: Server, *, now: datetime, hold: Callable[[], None]) -> int:
    """Remove for good what is due; how many left. ``hold`` keeps the lease in each transaction.

    Believed only when the folder no longer shows them; otherwise staff are told.
    """
    refused, removed = False, 0
    for folder in MailFolder.objects.filter(pk__in=due(account, now).values("folder")):
        if server.open(folder.name).uidvalidity != folder.uidvalidity:
            continue  # the next look finds them again, by their bytes
        copies = due(account, now).filter(folder=folder, uidvalidity=folder.uidvalidity)
        uids = sorted(copies.values_list("uid", flat=True))
        try:
            server.expunge(uids)
        except CommandRefused as why:
            log.error("messages cannot be removed from the mailbox", account=account.pk, why=str(why))
        left = server.uids()
        gone = [uid for uid in uids if uid not in left]
        with transaction.atomic():
            hold()
            here = ServerCopy.objects.filter(folder=folder, uidvalidity=folder.uidvalidity)
            removed += here.filter(uid__in=gone).update(state=CopyState.EXPUNGED.value, ended_at=now)
        refused = refused or len(gone) < len(uids)
    MailAccount.objects.filter(pk=account.pk).update(cannot_expunge=refused)
    if removed:
        log.info("messages were removed from the mailbox", account=account.pk, n=removed)
    return removed
