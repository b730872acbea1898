"""What staff must look after in the fetched mailboxes: raised and cleared by what the tables say.

The clock asks, not the program that fetches: a program that died must not keep its own alarm silent.
Staff are written to (A07): once when an episode begins, each day while it stands, and once when it is over.
What comes and goes is told once an hour at most, and what was never told needs no end.
"""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.intake.mailbox import cleaning, decisions
from dsar.intake.mailbox.accounts import accounts
from dsar.intake.mailbox.models import AlarmCode, MailAccount, MailAlarm, ServerCopy
from dsar.intake.mailbox.port import Trouble
from workflow import events
from workflow.actors import CLOCK, Actor
from workflow.guards import CannotDo, require
from workflow.permissions import Act
from workflow.services.installing import STREAM
from workflow.states import Consumer, EventKind

log = structlog.get_logger(__name__)

REPEAT = timedelta(days=1)
SAME_TROUBLE = timedelta(hours=1)  # told so lately, it is told again only if it stands after this
# Somebody who moves mail while it is counted makes a difference that the next count no longer finds.
# What was moved between two watched folders is found in the second one within the same visit.
_MOVING = timedelta(minutes=5)
_PATIENCE = dict.fromkeys([AlarmCode.COUNTS_DIFFER.value, AlarmCode.MISSED.value, AlarmCode.ASTRAY.value], _MOVING)
_AT_ONCE = {Trouble.REFUSED.value, Trouble.TOKEN.value, Trouble.NOT_SECURE.value}


def check() -> None:
    """Bring the alarms in line with the tables: one row from the time it is raised until it is cleared."""
    configured = {account.name for account in accounts(settings.IMAP_URLS, mailbox=settings.MAILBOX)}
    now = timezone.now()
    for account in MailAccount.objects.all():
        wanted = standing(account, now) if account.name in configured else set()
        with transaction.atomic():
            MailAccount.objects.select_for_update().get(pk=account.pk)  # two clocks ring one after the other
            open_ones = MailAlarm.objects.filter(account=account, cleared_at=None)
            present = set(open_ones.values_list("code", flat=True))
            for alarm in open_ones.exclude(code__in=wanted):
                _end(alarm, now, fetched=account.name in configured)
            raised = sorted(wanted - present)
            MailAlarm.objects.bulk_create([MailAlarm(account=account, code=code, raised_at=now) for code in raised])
            for alarm in open_ones.order_by("id"):
                _tell_when_due(alarm, now)
        for code in raised:
            log.error("a mailbox needs somebody: see the page of mailboxes", account=account.pk, alarm=code)


def _end(alarm: MailAlarm, now: datetime, *, fetched: bool) -> None:
    alarm.cleared_at = now
    alarm.save(update_fields=["cleared_at"])
    if alarm.told_at is not None:
        _order_letters(EventKind.MAILBOX_ALARM_ENDED, alarm, now, fetched=fetched)


def _tell_when_due(alarm: MailAlarm, now: datetime) -> None:
    if alarm.told_at is None:
        earlier = MailAlarm.objects.filter(account=alarm.account, code=alarm.code, told_at__gt=now - SAME_TROUBLE)
        if earlier.exists() or now - alarm.raised_at < _PATIENCE.get(alarm.code, timedelta(0)):
            return
        kind = EventKind.MAILBOX_ALARM_RAISED
    elif now - alarm.told_at >= REPEAT:
        kind = EventKind.MAILBOX_ALARM_REPEATED
    else:
        return
    alarm.told_at = now
    alarm.save(update_fields=["told_at"])
    _order_letters(kind, alarm, now)


def _order_letters(kind: EventKind, alarm: MailAlarm, now: datetime, **more: bool) -> None:
    """The event is the order; letters are unique for each event, so a second clock writes none twice."""
    account = alarm.account
    data: dict[str, events.Value] = {
        "account": str(account.uuid),
        "mailbox": account.mailbox_id,
        "alarm": alarm.code,
        "since": alarm.raised_at,
    }
    events.record(STREAM, kind, by=CLOCK, at=now, data={**data, **more}, consumers=(Consumer.LETTERS,))


def standing(account: MailAccount, now: datetime) -> set[str]:
    """The codes of what is wrong with this mailbox now."""
    unreadable = decisions.cannot_be_read(
        read_at=account.read_at, created_at=account.created_at, refused=account.trouble in _AT_ONCE, now=now
    )
    found = {
        AlarmCode.UNREADABLE: unreadable,
        AlarmCode.COUNTS_DIFFER: account.difference > 0,
        AlarmCode.MISSED: account.missed > 0,
        AlarmCode.CANNOT_MOVE: account.cannot_move,
        AlarmCode.CANNOT_EXPUNGE: account.cannot_expunge or cleaning.overdue(account, now),
        AlarmCode.ASTRAY: cleaning.astray(account).exists(),
    }
    return {code.value for code, wrong in found.items() if wrong}


def raised() -> "QuerySet[MailAlarm]":
    """The alarms that stand, the oldest first."""
    return MailAlarm.objects.filter(cleared_at=None).select_related("account").order_by("raised_at", "id")


def astray_seen(account_id: int, number: int, *, by: Actor) -> None:
    """Somebody made sure that the ``number`` identity documents that left without us lie nowhere else there."""
    require(by, Act.WORK_ON_CASE)
    with transaction.atomic():
        account = MailAccount.objects.select_for_update().get(pk=account_id)
        copies = sorted(cleaning.astray(account).values_list("pk", flat=True))
        if not 0 < number == len(copies):
            raise CannotDo(_("Their number changed since this page was shown. Reload it, and look again."))
        now = timezone.now()
        ServerCopy.objects.filter(pk__in=copies).update(looked_for_at=now)
        data: dict[str, events.Value] = {"account": str(account.uuid), "messages": number, "identity_documents": True}
        events.record(STREAM, EventKind.MESSAGES_MISSED_SEEN, by=by, at=now, data=data)


def missed_seen(account_id: int, number: int, *, by: Actor) -> None:
    """Somebody looked for the ``number`` messages that left the mailbox unread; later ones raise it anew."""
    require(by, Act.WORK_ON_CASE)
    with transaction.atomic():
        account = MailAccount.objects.select_for_update().get(pk=account_id)
        if not 0 < number <= account.missed:
            raise CannotDo(_("This was looked after already. Reload the page."))
        account.missed -= number
        account.save(update_fields=["missed"])
        events.record(
            STREAM,
            EventKind.MESSAGES_MISSED_SEEN,
            by=by,
            at=timezone.now(),
            data={"account": str(account.uuid), "messages": number},
        )
