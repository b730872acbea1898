"""What staff do and are told about sending: try again, take back, test; and an alarm when nothing can leave (A07).

The clock asks the tables, so that a carrier that died does not keep its own alarm silent.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications import ends, routes
from notifications.kinds import Letter, NotificationState, Why
from notifications.models import WAITING, Notification, SendingAccount
from workflow import events, leases
from workflow import services as law
from workflow.actors import CLOCK, Actor
from workflow.guards import CannotDo
from workflow.models import Controller, Event
from workflow.states import EventKind

log = structlog.get_logger(__name__)

PATIENCE = timedelta(minutes=10)  # a mail server is restarted now and then
REPEAT = timedelta(days=1)
_SAME_TROUBLE = timedelta(hours=1)
# What no waiting mends: somebody has to.
_AT_ONCE = frozenset({Why.NOT_SECURE, Why.SIGN_IN, Why.SENDER_REFUSED, Why.FOLDER, Why.STORE_FULL})
_ALARMS = (EventKind.SENDING_ALARM_RAISED, EventKind.SENDING_ALARM_REPEATED, EventKind.SENDING_ALARM_ENDED)
# Longer ahead than any retry: such a time was written while the clock stood wrong.
_FARTHEST = timedelta(seconds=leases.LONGEST_RETRY) + timedelta(minutes=5)
_WAITING = [state.value for state in WAITING]


# -- by hand ---------------------------------------------------------------------------------------


def try_again(letter_id: int, *, reason: str, by: Actor) -> None:
    """The letter goes with the next sweep, as the same bytes. Raises CannotDo where it left, or is leaving."""
    with transaction.atomic():
        letter = _locked(letter_id)
        if letter.state not in {*_WAITING, NotificationState.UNDELIVERABLE.value}:
            raise CannotDo(_("This letter has left already, or was taken back. Reload the page."))
        law.record_letter_retried(
            letter.case_id, letter=letter.letter, message_id=letter.message_id, reason=reason, by=by
        )
        letter.state, letter.finished_at, letter.next_try_at = NotificationState.QUEUED.value, None, None
        letter.why, letter.attempts = "", 0
        letter.save()


def take_back(letter_id: int, *, reason: str, by: Actor) -> None:
    """The letter never leaves. A question it put was never put; an answer leaves its right as it stands."""
    with transaction.atomic():
        letter = _locked(letter_id)
        if letter.state not in _WAITING:
            raise CannotDo(_("This letter has left already, or was taken back. Reload the page."))
        law.record_letter_cancelled(
            letter.case_id, letter=letter.letter, message_id=letter.message_id, reason=reason, by=by
        )
        letter.state, letter.finished_at = NotificationState.CANCELLED.value, timezone.now()
        letter.lease = letter.leased_until = letter.next_try_at = None
        letter.why = Why.BY_HAND.value
        letter.save()
        ends.never_put(letter)


def _locked(letter_id: int) -> Notification:
    letter = Notification.objects.select_for_update(of=("self",)).select_related("case").get(pk=letter_id)
    if letter.leased_until is not None and letter.leased_until > timezone.now():
        raise CannotDo(_("This letter is leaving at this moment. Reload the page."))
    return letter


def may_be_taken_back(letter: Notification) -> bool:
    """Has it not left? Whether this reader may, the services say."""
    return letter.state in _WAITING


# -- the alarm ---------------------------------------------------------------------------------------


def standing() -> tuple[datetime, Why] | None:
    """Since when nothing can leave, and why; None while something can, or where it may pass by itself.

    What a server said once a recipient was named may be about that one: it counts when others meet the same.
    """
    since = routes.down_since()
    if since is None:
        return None
    row = SendingAccount.objects.filter(failed_since=since).first()
    why = Why(row.why) if row is not None and row.why else Why.UNREACHABLE
    if row is not None and row.named and not _is_met_by_several(why):
        return None
    passing = why not in _AT_ONCE and timezone.now() - since < PATIENCE
    return None if passing else (since, why)


def _is_met_by_several(why: Why) -> bool:
    met = Notification.objects.filter(state__in=_WAITING, why=why.value).values("recipient").distinct()
    return len(met[:2]) > 1


def check() -> None:
    """Raise, repeat each day and end the alarm; told once an hour at most. Two clocks ring one after the other."""
    with transaction.atomic():
        Controller.objects.select_for_update().order_by("id").first()
        last = Event.objects.filter(kind__in=[kind.value for kind in _ALARMS]).order_by("-pk").first()
        rings = last is not None and last.kind != EventKind.SENDING_ALARM_ENDED.value
        found, now = standing(), timezone.now()
        if found is None:
            if rings and last is not None and routes.down_since() is None:
                law.record_sending_alarm(EventKind.SENDING_ALARM_ENDED, why="", since=_since(last), by=CLOCK)
            return
        age = now - last.utc if last is not None else None
        if not rings and (age is None or age > _SAME_TROUBLE):
            kind = EventKind.SENDING_ALARM_RAISED
        elif rings and age is not None and age >= REPEAT:
            kind = EventKind.SENDING_ALARM_REPEATED
        else:
            return
        law.record_sending_alarm(kind, why=found[1].value, since=found[0], by=CLOCK)
    log.error("no letter can leave: see the page of sending", why=found[1].value)


def _since(alarm: Event) -> datetime:
    """When the trouble began that this alarm told of."""
    return datetime.fromisoformat(str(events.fields(alarm)["data"]["since"]))


# -- a clock that stood wrong ----------------------------------------------------------------------------


def bring_back() -> int:
    """Letters put off to a time no retry would choose go now; how many. So a clock set back keeps none of them."""
    now = timezone.now()
    waiting = Notification.objects.filter(state__in=_WAITING)
    lost_lease = Q(leased_until__gt=now + timedelta(minutes=15))
    # Made in what is now the future, so its turn was counted there too; else a turn may lie hours ahead.
    turned = Q(state=NotificationState.QUEUED.value, created_at__gt=now + timedelta(minutes=5))
    failed = ~Q(state=NotificationState.QUEUED.value) & Q(next_try_at__gt=now + _FARTHEST)
    paced = Q(why=Why.PACED.value, next_try_at__gt=now + timedelta(hours=2))
    freed = waiting.filter(lost_lease).update(leased_until=now)
    due = waiting.filter(turned | failed | paced).filter(next_try_at__gt=now).update(next_try_at=now)
    SendingAccount.objects.filter(next_try_at__gt=now + _FARTHEST).update(next_try_at=F("failed_since"))
    return freed + due


# -- reading ---------------------------------------------------------------------------------------------


def waiting() -> "QuerySet[Notification]":
    """Letters that have not left, the oldest first."""
    return Notification.objects.filter(state__in=_WAITING).select_related("case", "controller").order_by("id")


def hindered() -> "QuerySet[Notification]":
    """Those of them that were tried in vain, or wait for something."""
    return waiting().exclude(why="").exclude(why=Why.PACED.value)


def last_test(code: str) -> Notification | None:
    """The last test mail this member of staff asked for."""
    asked = Event.objects.filter(kind=EventKind.SENDING_TESTED.value, actor=code).order_by("-pk").first()
    letters = Notification.objects.filter(letter=Letter.A00.value, event_id=asked.pk if asked else None)
    return letters.first() if asked else None
