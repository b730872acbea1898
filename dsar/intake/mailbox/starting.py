"""From when on the mail of a fetched mailbox is new: a start for each account, set before its first look or later.

What it received earlier was there before us: it waits in the tray, and nobody is written to.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.intake.mailbox.accounts import Account
from dsar.intake.mailbox.models import MailAccount
from dsar.intake.models import InboundMessage, MessageState
from workflow import services
from workflow.actors import INTAKE, Actor
from workflow.guards import CannotDo, require
from workflow.models import Mailbox
from workflow.permissions import Act

__all__ = ["at_first_look", "lying_of", "row_of", "start", "start_unread"]


def row_of(account: Account) -> MailAccount:
    """The account's row, made where there is none yet, under the address people write to."""
    box = Mailbox.objects.filter(address=account.address).first() or Mailbox.objects.get(address=settings.MAILBOX)
    row = MailAccount.objects.select_related("mailbox").filter(name=account.name).first()
    if row is None:
        row, _new = MailAccount.objects.get_or_create(
            name=account.name, defaults={"mailbox": box, "created_at": timezone.now()}
        )
    elif row.mailbox_id != box.pk:
        MailAccount.objects.filter(pk=row.pk).update(mailbox=box)
        row.mailbox = box
    return row


def at_first_look(row: MailAccount) -> MailAccount:
    """The same with a start: that of its address for the first account of it, now for one that is new beside others.

    A whole second: the server's dates have no parts of one, and what arrives now is new.
    """
    if row.begins_at is not None:
        return row
    with transaction.atomic():
        row = MailAccount.objects.select_for_update(of=("self",)).select_related("mailbox").get(pk=row.pk)
        if row.begins_at is None and row.mailbox.begins_at is not None and not _is_beside_another(row):
            row.begins_at = row.mailbox.begins_at
            row.save(update_fields=["begins_at"])
        elif row.begins_at is None:
            _begin(row, timezone.now().replace(microsecond=0), by=INTAKE)
    return row


def start(account_id: int, *, at: datetime, by: Actor) -> None:
    """Somebody says from when on its mail is new; ``at`` has a zone. What was taken in already stays where it is."""
    require(by, Act.SET_MAILBOX)
    if at > timezone.now():
        raise CannotDo(_("Choose today or an earlier day: what comes before the start date is not answered by itself."))
    with transaction.atomic():
        row = MailAccount.objects.select_for_update(of=("self",)).select_related("mailbox").get(pk=account_id)
        if row.begins_at != at:
            _begin(row, at, by=by)


def start_unread(account: Account, *, at: datetime, by: Actor) -> None:
    """The same of one that is configured, and into which perhaps nobody has looked yet."""
    require(by, Act.SET_MAILBOX)
    with transaction.atomic():
        start(row_of(account).pk, at=at, by=by)


def lying_of(row: MailAccount) -> int:
    """How many of its messages wait in the tray."""
    lying = InboundMessage.objects.filter(state=MessageState.BEFORE.value, judged="")
    return lying.filter(copies_on_server__folder__account=row).distinct().count()


def _begin(row: MailAccount, at: datetime, *, by: Actor) -> None:
    row.begins_at = at
    row.save(update_fields=["begins_at"])
    beside = _is_beside_another(row)
    services.begin_mailbox(row.mailbox_id, at=at, account=str(row.uuid), beside=beside, by=by)


def _is_beside_another(row: MailAccount) -> bool:
    return MailAccount.objects.filter(mailbox=row.mailbox_id, pk__lt=row.pk).exists()
