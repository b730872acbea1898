"""What staff must look after in the fetched mailboxes: raised and cleared by what the tables say.

The clock asks, not the program that fetches: a program that died must not keep its own alarm silent.
"""

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.intake.mailbox import cleaning, decisions
from dsar.intake.mailbox.accounts import accounts
from dsar.intake.mailbox.models import AlarmCode, MailAccount, MailAlarm
from dsar.intake.mailbox.port import Trouble
from workflow import events
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.services.installing import STREAM
from workflow.states import EventKind, Role

log = structlog.get_logger(__name__)

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
            open_ones.exclude(code__in=wanted).update(cleared_at=now)
            raised = sorted(wanted - present)
            MailAlarm.objects.bulk_create([MailAlarm(account=account, code=code, raised_at=now) for code in raised])
        for code in raised:
            log.error("a mailbox needs somebody: see the page of mailboxes", account=account.pk, alarm=code)


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
    }
    return {code.value for code, wrong in found.items() if wrong}


def raised() -> "QuerySet[MailAlarm]":
    """The alarms that stand, the oldest first."""
    return MailAlarm.objects.filter(cleared_at=None).select_related("account").order_by("raised_at", "id")


def missed_seen(account_id: int, number: int, *, by: Actor) -> None:
    """Somebody looked for the ``number`` messages that left the mailbox unread; later ones raise it anew."""
    require(by, Role.OFFICER, Role.MANAGER)
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
