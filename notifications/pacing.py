"""How fast acknowledgements leave, so that two machines never thank each other for ever; an alarm when a letter waits.
At which hours mail to staff leaves.

A cap per sender stops one correspondent, one per domain a robot that changes its address each time, one over all of
them whatever nobody thought of. Caps only delay: every acknowledgement leaves in the end (domain §3.1). What a member
of staff orders leaves at once, but for the pace of all letters: so many a minute, and so many an hour to one address.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import DateTimeField, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from notifications.kinds import Audience, Letter, NotificationState, Why
from notifications.letters.register import REGISTER
from notifications.letters.words import newest_policy
from notifications.models import WAITING, Notification, Unmade
from workflow import events, leases
from workflow import services as law
from workflow.actors import POST_OFFICE
from workflow.deadlines import BRUSSELS
from workflow.models import Case, Event
from workflow.policy import Policy
from workflow.states import ActorKind

log = structlog.get_logger(__name__)

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_HELD_FOR = timedelta(minutes=5)
LATE = timedelta(minutes=60)
# What the server of one person says of that person's mailbox: no other letter waits because of it.
_OF_ONE = [why.value for why in (Why.MAILBOX_FULL, Why.GREYLISTED, Why.BUSY)]


def not_before(recipient: str, policy: Policy, *, event_id: int, now: datetime) -> datetime | None:
    """When an acknowledgement may leave at the earliest; None for at once. ``event_id`` is what ordered it."""
    if events.fields(Event.objects.get(pk=event_id))["actor_kind"] == ActorKind.STAFF.value:
        return None
    domain = recipient.rpartition("@")[2]
    slots = (
        _slot(_acknowledgements(now).filter(recipient=recipient), policy.ack_per_sender_per_hour, now),
        _slot(_acknowledgements(now).filter(recipient__iendswith=f"@{domain}"), policy.ack_per_domain_per_hour, now),
        _slot(_acknowledgements(now), policy.ack_per_hour, now),
    )
    return max((slot for slot in slots if slot is not None), default=None)


def hold(jobs: "QuerySet[Notification]", letter_id: int, lease: UUID) -> None:
    """It neither leaves nor is lost: somebody has to decide about it first."""
    later = {"state": NotificationState.QUEUED.value, "next_try_at": timezone.now() + _HELD_FOR}
    jobs.filter(pk=letter_id, lease=lease).update(lease=None, leased_until=None, **later)


def _acknowledgements(now: datetime) -> "QuerySet[Notification]":
    """Those that still count: on their way, or gone within the hour."""
    recent = Q(finished_at__gte=now - _HOUR) | Q(finished_at__isnull=True)
    return Notification.objects.filter(recent, letter=Letter.M01.value)


def _slot(rows: "QuerySet[Notification]", cap: int, now: datetime) -> datetime | None:
    """An hour after the one that many places before; None when that is over already."""
    planned = Coalesce("finished_at", "next_try_at", "created_at", output_field=DateTimeField())
    last = list(rows.annotate(planned=planned).order_by("-planned", "-id").values_list("planned", flat=True)[:cap])
    if len(last) < cap or last[-1] + _HOUR <= now:
        return None
    return last[-1] + _HOUR


def waits_its_turn(jobs: "QuerySet[Notification]", letter_id: int) -> bool:
    """Is the pace of all letters, or of those to this address, used up? Then the row says when its turn comes."""
    now = timezone.now()
    ready = leases.available(jobs.filter(pk=letter_id), now=now)
    letter = ready.only("recipient", "audience").first()
    turn = _turn(letter, now) if letter is not None else None
    if turn is None:
        return False
    ready.update(next_try_at=turn, why=Why.PACED.value)
    return True


def _turn(letter: Notification, now: datetime) -> datetime | None:
    """When there is room again: counted are letters that left, so no order of carriers can lose one."""
    turns = [_room(Notification.objects.all(), settings.OUTGOING_PER_MINUTE, now, _MINUTE)]
    if letter.audience != Audience.STAFF.value:
        to_them = Notification.objects.filter(recipient=letter.recipient)
        turns.append(_room(to_them, settings.OUTGOING_PER_RECIPIENT, now, _HOUR))
    return max((turn for turn in turns if turn is not None), default=None)


def _room(rows: "QuerySet[Notification]", cap: int, now: datetime, span: timedelta) -> datetime | None:
    gone = rows.filter(finished_at__gt=now - span, finished_at__lte=now).exclude(
        state=NotificationState.CANCELLED.value
    )
    last = list(gone.order_by("-finished_at").values_list("finished_at", flat=True)[cap - 1 : cap])
    return last[0] + span if last and last[0] is not None else None


# What cannot wait for the morning: a complaint, an authority, a breach with its 72 hours, mail that no longer runs.
AT_ANY_HOUR = frozenset({Letter.A07, Letter.A07B, Letter.A07C, Letter.A08, Letter.A10})


def morning(policy: Policy, now: datetime) -> datetime | None:
    """When mail to staff may leave next, None for now: not at night by a Brussels clock."""
    local = now.astimezone(BRUSSELS)
    if policy.staff_mail_from <= local.hour < policy.staff_mail_until:
        return None
    day = local.date() if local.hour < policy.staff_mail_from else local.date() + timedelta(days=1)
    return datetime.combine(day, time(policy.staff_mail_from), BRUSSELS)


def alarm_late(now: datetime | None = None) -> bool:
    """Tell staff when letters to people wait longer than an hour, whatever keeps them; at most once an hour.

    The case whose letter waits longest carries the alarm, which tells how many there are. True when it was raised.
    Of letters that only a person can mend, or that one recipient's server puts off, it speaks once a day and not at
    night, as soon as they were told.
    """
    now = now or timezone.now()
    held, unmade = list(_held(now - LATE)), list(_unmade(now - LATE))
    late = sorted([*held, *unmade])
    told = Event.objects.filter(kind__in=[kind.value for kind in REGISTER[Letter.A07].on])
    if not late or told.filter(utc__gt=now - _HOUR).exists():
        return False
    if not _is_everybodys(now - LATE) and _is_known(late, told.order_by("-utc").first(), now):
        return False
    _since, case_id, letter = late[0]
    law.record_late_letters(case_id, waiting=len(late), letter=letter, by=POST_OFFICE)
    log.error("letters to people have been waiting for more than an hour", waiting=len(late))
    return True


def _is_known(late: list[tuple[datetime, int, str]], last: Event | None, now: datetime) -> bool:
    """Were all of them told within a day, or is it night?"""
    if last is None or max(since for since, _case, _letter in late) > last.utc - LATE:
        return False
    case = Case.objects.get(pk=min(late)[1])
    return last.utc > now - _DAY or morning(newest_policy(case), now) is not None


def _is_everybodys(before: datetime) -> bool:
    """Does anything but one recipient's own server keep letters back?"""
    rows = _waiting(before)
    return rows.exclude(why__in=_OF_ONE).exists() or len(rows.values("recipient").distinct()[:2]) > 1


def _held(before: datetime) -> Iterator[tuple[datetime, int, str]]:
    """Letters of cases to anybody but staff, made before this instant, that have not left."""
    yield from _waiting(before).values_list("created_at", "case_id", "letter")


def _waiting(before: datetime) -> "QuerySet[Notification]":
    states = [state.value for state in WAITING]
    rows = Notification.objects.filter(state__in=states, created_at__lte=before, case__isnull=False)
    return rows.exclude(audience=Audience.STAFF.value)


def _unmade(before: datetime) -> Iterator[tuple[datetime, int, str]]:
    """Those that were ordered before it and cannot be made; of some errors nobody knows which letter they keep back."""
    rows = Unmade.objects.filter(since__lte=before, case__isnull=False)
    to_staff = [code.value for code, entry in REGISTER.items() if entry.audience is Audience.STAFF]
    yield from rows.exclude(letter__in=to_staff).values_list("since", "case_id", "letter")
