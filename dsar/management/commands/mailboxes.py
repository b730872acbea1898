"""python manage.py mailboxes [--account NAME --starts DAY]: the fetched mailboxes, and from when on mail is new."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dsar import env
from dsar.intake.mailbox import starting
from dsar.intake.mailbox.accounts import Account, accounts
from dsar.intake.mailbox.models import MailAccount
from workflow.actors import INSTALLER
from workflow.deadlines import BRUSSELS
from workflow.guards import CannotDo

_STARTS = (
    "mail from {day} on becomes cases with their true receipt date, and is acknowledged (more than a week old when "
    "first seen: only once an officer says so); earlier mail waits for an officer, and nobody is written to"
)
_NOT_SET = (
    "no start date is set: what lies in it at the first look will wait for an officer, and nobody is written to; set "
    "one with --account {name} --starts YYYY-MM-DD"
)


class Command(BaseCommand):
    help = (
        "Lists the mailboxes of IMAP_URLS and what happens to the mail in them. With --starts, sets the day from which "
        "on mail is new, also before the first look; it counts for mail that is not taken in yet."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--account", default="", metavar="USER@SERVER", help="one of them; needed if there are more"
        )
        parser.add_argument("--starts", default="", metavar="YYYY-MM-DD", help="the first day of new mail, in Brussels")

    def handle(self, *args: Any, account: str, starts: str, **options: Any) -> None:
        try:
            configured = accounts(settings.IMAP_URLS, mailbox=settings.MAILBOX)
        except env.WrongSetting as wrong:
            raise CommandError(str(wrong)) from None
        if not configured:
            raise CommandError("No mailbox is configured: set IMAP_URLS, or receive mail through the listener.")
        chosen = [one for one in configured if account in ("", one.name)]
        if not chosen:
            raise CommandError(
                f"There is no such mailbox. IMAP_URLS names: {', '.join(one.name for one in configured)}."
            )
        if starts and len(chosen) > 1:
            raise CommandError(f"Name one with --account: {', '.join(one.name for one in chosen)}.")
        if starts:
            self._start(chosen[0], starts)
        for one in chosen:
            self.stdout.write(self._said(one))

    def _start(self, account: Account, starts: str) -> None:
        try:
            day = date.fromisoformat(starts)
            at = datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)
            starting.start_unread(account, at=at, by=INSTALLER)
        except ValueError:
            raise CommandError("Write the day as YYYY-MM-DD.") from None
        except CannotDo as refused:
            raise CommandError(str(refused.sentence)) from None

    def _said(self, account: Account) -> str:
        row = MailAccount.objects.select_related("mailbox").filter(name=account.name).first()
        begins = (row.begins_at or row.mailbox.begins_at) if row else None
        if row is None or begins is None:
            return f"{account.name}: {_NOT_SET.format(name=account.name)}."
        day = begins.astimezone(BRUSSELS).isoformat(sep=" ", timespec="minutes")
        looked = f"last read {row.read_at:%Y-%m-%d %H:%M} UTC" if row.read_at else "not looked into yet"
        return f"{account.name}: {looked}; {_STARTS.format(day=day)} ({starting.lying_of(row)} wait now)."
