"""``manage.py demo``: as ``run``, in a store of its own, with 30 invented mails sent through the listener."""

import asyncio
import email.message
import email.utils
import smtplib
from email import policy
from email.parser import BytesHeaderParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from dsar import env
from dsar.management.commands.run import Command as Run
from dsar.operations.start import DEMO_MARK, public_url, start
from dsar.operations.supervisor import Console, Supervisor

MAILS = env.ROOT / "tests" / "mails"
HOW_MANY = 30


class Command(Run):
    help = "As run, with invented cases in a data folder of its own; refuses a folder with real ones."

    def begin(self) -> None:
        mails = choose(sorted(MAILS.glob("**/*.eml")))
        if not mails:
            raise CommandError(f"The demo's mails are not in {MAILS}: run it from a full checkout.")
        console = Console()

        async def send_once(_: Supervisor) -> None:
            mark = settings.DATA_DIR / DEMO_MARK
            if mark.read_text() == "sent":
                console.say(f"The {HOW_MANY} mails of the demo are here since an earlier start.")
                return
            await send_all(mails, console)
            mark.write_text("sent")
            console.say(f"{len(mails)} mails sent: sign in at {public_url()} and look at the queue.")

        start(demo=True, after=send_once, console=console)


def choose(mails: list[Path]) -> list[Path]:
    """HOW_MANY of them, evenly spread, in order: the same ones each time."""
    if len(mails) <= HOW_MANY:
        return mails
    return [mails[index * len(mails) // HOW_MANY] for index in range(HOW_MANY)]


async def send_all(mails: list[Path], console: Console) -> None:
    """Through the listener, as any mail server would; a refusal to wait is waited for."""
    for done, mail in enumerate(mails):
        console.progress("Sending the mails of the demo", done, len(mails))
        for attempt in range(5):
            try:
                await asyncio.to_thread(send, mail.read_bytes())
                break
            except (OSError, smtplib.SMTPException):
                await asyncio.sleep(1 + attempt)
        else:
            console.say(f"{mail.name} was not taken after five attempts; the others follow.")
    console.progress("Sending the mails of the demo", len(mails), len(mails))


def send(raw: bytes) -> None:
    """One mail to our mailbox, from the address its From names (none for a bounce)."""
    client = smtplib.LMTP if env.text(env.SMTP_PROTOCOL) == "lmtp" else smtplib.SMTP
    with client(env.text(env.SMTP_HOST), env.integer(env.SMTP_PORT, 1, 65535), timeout=30) as connection:
        connection.ehlo()
        options = ["SMTPUTF8"] if not envelope_sender(raw).isascii() else []
        connection.sendmail(envelope_sender(raw), [settings.MAILBOX], raw, mail_options=options)


def envelope_sender(raw: bytes) -> str:
    headers: email.message.Message = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
    if str(headers.get("Return-Path", "")).strip() == "<>":
        return ""
    return email.utils.parseaddr(str(headers.get("From", "")))[1]
