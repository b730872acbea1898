"""The fetched mailboxes: are they read, do the counts agree, what needs somebody, from when do they begin."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dsar.intake.mailbox import alarms, cleaning, starting
from dsar.intake.mailbox.accounts import Account, accounts
from dsar.intake.mailbox.models import AlarmCode, CopyState, MailAccount, ServerCopy
from dsar.intake.mailbox.port import Trouble
from dsar.web.desk import shell
from dsar.web.desk.access import TENDS_MAILBOXES, actor_of, controller, staff
from workflow.deadlines import BRUSSELS
from workflow.guards import CannotDo, NotPermitted
from workflow.states import Role

TROUBLES = {
    Trouble.UNREACHABLE.value: gettext_lazy("The server does not answer."),
    Trouble.NOT_SECURE.value: gettext_lazy(
        "The connection is not secure: the certificate does not hold, or encryption is not offered. "
        "Nothing was sent. Correct the server, or tls= and cafile= in IMAP_URLS."
    ),
    Trouble.REFUSED.value: gettext_lazy("The sign-in is refused: renew the password or the access in IMAP_URLS."),
    Trouble.TOKEN.value: gettext_lazy(
        "The provider gives no access: renew the consent, then put the new refresh token into IMAP_URLS."
    ),
    Trouble.FOLDER.value: gettext_lazy(
        "A folder cannot be opened or made: correct folders= or processed= in IMAP_URLS."
    ),
    Trouble.CUT.value: gettext_lazy("The connection was cut while reading."),
    Trouble.STORE.value: gettext_lazy(
        "A message could not be stored on this side: look at the disk and the database. It stays in the mailbox."
    ),
}
ALARMS = {
    AlarmCode.UNREADABLE.value: gettext_lazy("This mailbox is not being read."),
    AlarmCode.COUNTS_DIFFER.value: gettext_lazy(
        "The server and this installation do not count the same messages: some were not taken in yet."
    ),
    AlarmCode.MISSED.value: gettext_lazy(
        "Messages left the mailbox before they were read: look for them in its trash and its other folders, "
        "and put them back into the inbox."
    ),
    AlarmCode.CANNOT_MOVE.value: gettext_lazy(
        "Messages that were taken in stay where they are: the account may only read there, or may not move or delete. "
        "Give it these rights, also on the folder for processed mail."
    ),
    AlarmCode.CANNOT_EXPUNGE.value: gettext_lazy(
        "Messages cannot be removed from the mailbox in time: give the account the right to delete, "
        "or remove them there by hand."
    ),
    AlarmCode.ASTRAY.value: gettext_lazy(
        "A message with an identity document left the folder for processed mail, and not by us: look for it in the "
        "other folders, the trash and the archive of this mailbox, and delete it there for good."
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """``row`` is empty until the first look into the mailbox, or until somebody set its start. ``lying``: to sort."""

    account: Account
    row: MailAccount | None
    trouble: str
    alarms: list[tuple[str, datetime]]
    on_server: int
    lying: int = 0
    astray: int = 0

    @property
    def encrypted(self) -> bool:
        return self.account.tls != "none"

    @property
    def begins(self) -> datetime | None:
        """Of one that was never looked into, the day somebody chose; None where nobody did."""
        return (self.row.begins_at or self.row.mailbox.begins_at) if self.row else None


@require_safe
@staff(*TENDS_MAILBOXES)
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Every configured mailbox, its counts and its alarms."""
    return _show(request)


@require_POST
@staff(*TENDS_MAILBOXES)
def begin(request: HttpRequest, account: UUID) -> HttpResponse:
    """The administrator says from which day on mail is new."""
    row = get_object_or_404(MailAccount, uuid=account)
    return _begin(request, partial(starting.start, row.pk))


@require_POST
@staff(*TENDS_MAILBOXES)
def begin_unread(request: HttpRequest) -> HttpResponse:
    """The same of a configured mailbox into which nobody has looked yet."""
    configured = accounts(settings.IMAP_URLS, mailbox=settings.MAILBOX)
    wanted = next((one for one in configured if one.name == request.POST.get("account")), None)
    if wanted is None:
        return _show(request, failed=_("This mailbox is not configured any more: reload the page."), status=404)
    return _begin(request, partial(starting.start_unread, wanted))


def _begin(request: HttpRequest, start: Callable[..., None]) -> HttpResponse:
    try:
        day = date.fromisoformat(request.POST.get("on", ""))
        at = datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)
        start(at=at, by=actor_of(request))
    except ValueError:
        return _show(request, failed=_("Choose a day."), status=400)
    except NotPermitted as refused:
        return _show(request, failed=str(refused.sentence), status=403)
    except CannotDo as refused:
        return _show(request, failed=str(refused.sentence), status=409)
    messages.success(request, _("The start date was set; it counts for mail that is taken in from now on."))
    return redirect("mailboxes")


@require_POST
@staff(*TENDS_MAILBOXES)
def missed_seen(request: HttpRequest, account: UUID) -> HttpResponse:
    """Somebody looked for the messages that had left unread."""
    return _looked(request, account, alarms.missed_seen)


@require_POST
@staff(*TENDS_MAILBOXES)
def astray_seen(request: HttpRequest, account: UUID) -> HttpResponse:
    """Somebody looked for the identity documents that had left without us."""
    return _looked(request, account, alarms.astray_seen)


def _looked(request: HttpRequest, account: UUID, seen: Callable[..., None]) -> HttpResponse:
    row = get_object_or_404(MailAccount, uuid=account)
    number = request.POST.get("number", "")
    try:
        seen(row.pk, int(number) if number.isdecimal() else 0, by=actor_of(request))
    except CannotDo as refused:
        return _show(request, failed=str(refused.sentence), status=409)
    alarms.check()
    messages.success(request, _("Noted. The alarm rings again for the next one."))
    return redirect("mailboxes")


def _show(request: HttpRequest, *, failed: str = "", status: int = 200) -> HttpResponse:
    configured = accounts(settings.IMAP_URLS, mailbox=settings.MAILBOX)
    rows = {row.name: row for row in MailAccount.objects.select_related("mailbox")}
    owner = controller()
    context = {
        "view": "mailboxes",
        "shown": [_shown(account, rows.get(account.name)) for account in configured],
        "administers": actor_of(request).has(Role.ADMIN),
        "failed": failed,
    }
    return shell.render(request, "desk/mailboxes.html", context, owner=owner, status=status)


def _shown(account: Account, row: MailAccount | None) -> Shown:
    if row is None:
        return Shown(account, None, "", [], 0)
    there = ServerCopy.objects.filter(folder__account=row, state=CopyState.THERE.value, folder__processed=True)
    return Shown(
        account=account,
        row=row,
        trouble=str(TROUBLES.get(row.trouble, "")),
        alarms=[(str(ALARMS[alarm.code]), alarm.raised_at) for alarm in alarms.raised().filter(account=row)],
        on_server=there.count(),
        lying=starting.lying_of(row),
        astray=cleaning.astray(row).count(),
    )
