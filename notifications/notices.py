"""What each member of staff is told of at the desk, by mail or once a day: their choice, but for the alarms.

No text here holds anything of a person: it is the subject of a letter to staff, a reference and a date.
"""

import hashlib
import secrets
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from notifications.kinds import Channel, Letter
from notifications.letters import Order
from notifications.models import Notice, Notification, Preference
from workflow import queries
from workflow.actors import Actor
from workflow.models import Staff
from workflow.states import Role

# Nobody is asked after the manager and the data protection officer, and a date of the law is at stake.
_ALARMS = frozenset({Letter.A02, Letter.A03, Letter.A08})
_ALARMED = frozenset({Role.MANAGER, Role.DPO})
# A mailbox in trouble keeps requests from everybody.
_FOR_ALL = frozenset({Letter.A07, Letter.A07B, Letter.A07C})


def preference_of(staff: Staff) -> Preference:
    """What this person chose; the default where they never did."""
    return Preference.objects.filter(staff=staff).first() or Preference(staff_id=staff.pk)


def choose(staff: Staff, *, channel: Channel, weekly: bool) -> None:
    """From the next notice on. What already waits to leave still leaves."""
    Preference.objects.update_or_create(staff_id=staff.pk, defaults={"channel": channel.value, "weekly": weekly})


def is_alarm(letter: Letter, staff: Staff) -> bool:
    """Whether this is mailed at once to this person whatever they chose."""
    return letter in _FOR_ALL or (letter in _ALARMS and not _ALARMED.isdisjoint(staff.role_set()))


def note(order: Order, text: str, *, event_id: int, at: datetime) -> bool:
    """List it at the desk of its reader, in the caller's transaction; whether it is mailed as well."""
    reader = order.reader
    if reader is None:
        return True  # a colleague without an account: mail is all they have
    wanted = is_alarm(order.letter, reader) or preference_of(reader).channel == Channel.MAIL.value
    mailed = wanted and bool(order.recipient)
    values = {"case": order.case, "text": text[:250], "mailed": mailed, "made_at": at}
    Notice.objects.get_or_create(event_id=event_id, letter=order.letter.value, staff=reader, defaults=values)
    # Of several who share an address each is told at the desk, and the address once.
    same = Notification.objects.filter(event_id=event_id, letter=order.letter.value, recipient=order.recipient)
    return mailed and not same.exists()


def of(staff: Staff, actor: Actor) -> "QuerySet[Notice]":
    """What this person was told, the newest first; nothing of a case they no longer see."""
    seen = Q(case=None) | queries.seen_by(actor, "case__")
    return Notice.objects.filter(seen, staff=staff).select_related("case").order_by("-id")


def mark_read(staff: Staff, *, up_to: int) -> int:
    """All of theirs that were on the screen; how many were new."""
    unread = Notice.objects.filter(staff=staff, read_at=None, pk__lte=up_to)
    return unread.update(read_at=timezone.now())


# -- the calendar --------------------------------------------------------------------------------


def open_feed(staff: Staff) -> str:
    """A new secret for the address of this person's calendar, told once; the one before no longer opens it."""
    secret = secrets.token_urlsafe(32)
    values = {"feed": _digest(secret), "feed_since": timezone.now()}
    Preference.objects.update_or_create(staff_id=staff.pk, defaults=values)
    return secret


def close_feed(staff: Staff) -> None:
    Preference.objects.filter(staff=staff).update(feed="", feed_since=None)


def reader_of(secret: str) -> Staff | None:
    """Whose calendar this secret opens; None when it was revoked, never given, or the account is closed."""
    found = Preference.objects.filter(feed=_digest(secret), staff__is_active=True).select_related("staff").first()
    return found.staff if found else None


def _digest(secret: str) -> str:
    return hashlib.sha256(f"dsar-feed-v1:{secret}".encode()).hexdigest()
