"""How fast acknowledgements leave, so that two machines never thank each other for ever; and an alarm when one waits.

A cap per sender stops one correspondent, one per domain a robot that changes its address each time, one over all of
them whatever nobody thought of. Caps only delay: every acknowledgement leaves in the end (domain §3.1). What a member
of staff orders leaves at once.
"""

from datetime import datetime, timedelta

import structlog
from django.db.models import DateTimeField, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from notifications.kinds import Letter
from notifications.models import WAITING, Notification
from workflow import events, queries
from workflow import services as law
from workflow.actors import POST_OFFICE
from workflow.models import Case, Event
from workflow.policy import Policy
from workflow.states import ActorKind, EventKind

log = structlog.get_logger(__name__)

_HOUR = timedelta(hours=1)
LATE = timedelta(minutes=60)


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


def alarm_late(now: datetime | None = None) -> bool:
    """Tell staff when acknowledgements wait longer than an hour; at most once an hour, whatever their number.

    The oldest case of those that wait carries the alarm. True when it was raised.
    """
    now = now or timezone.now()
    late = _waiting_since(now - LATE)
    oldest = late.order_by("received_at", "id").first()
    if oldest is None or Event.objects.filter(kind=EventKind.ACKNOWLEDGEMENT_LATE.value, utc__gt=now - _HOUR).exists():
        return False
    count = late.count()
    law.record_late_acknowledgement(oldest.pk, waiting=count, by=POST_OFFICE)
    log.error("acknowledgements have been waiting for more than an hour", waiting=count)
    return True


def _waiting_since(before: datetime) -> "QuerySet[Case]":
    """Open cases whose acknowledgement was made before this instant and has not left."""
    letters = Notification.objects.filter(
        letter=Letter.M01.value, state__in=[state.value for state in WAITING], created_at__lte=before
    )
    return queries.any_open().filter(pk__in=letters.values("case_id"))
