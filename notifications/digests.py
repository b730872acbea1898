"""One mail a day for who wants one, and one a week for everybody who works with cases: made when the morning has come.

Found again from the tables at every sweep, so an outage delays a digest and loses none; once each by constraint.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications import services
from notifications.kinds import Channel, Letter
from notifications.letters import Order
from notifications.models import Digest, Notice
from notifications.notices import of, preference_of
from workflow import queries
from workflow.actors import Actor
from workflow.deadlines import BRUSSELS, brussels_date
from workflow.models import Controller, PolicyVersion, Staff
from workflow.permissions import Act, may
from workflow.states import Language

_WEEK = timedelta(days=7)


def sweep(now: datetime | None = None) -> int:
    """Make the digests whose hour has come and that were not made; how many."""
    now = now or timezone.now()
    today = brussels_date(now)
    version = PolicyVersion.objects.select_related("controller").order_by("-number").first()
    if version is None or now.astimezone(BRUSSELS).hour < version.policy.staff_mail_from:
        return 0
    return _daily(version.controller, today) + _weekly(version.controller, today)


def _daily(controller: Controller, today: date) -> int:
    """Whose notices wait, and who still wants one mail a day."""
    waiting = Notice.objects.filter(mailed=False, gathered_on=None, read_at=None).values("staff")
    wanted = Staff.objects.filter(pk__in=waiting, is_active=True, preference__channel=Channel.DIGEST.value).exclude(
        digests__letter=Letter.A06D.value, digests__day=today
    )
    return sum(_make_daily(one, controller, today) for one in wanted.exclude(email="").order_by("id"))


def _make_daily(staff: Staff, controller: Controller, today: date) -> int:
    with transaction.atomic():
        if not _first(staff, Letter.A06D, today):
            return 0
        rows = list(of(staff, staff.actor()).filter(mailed=False, gathered_on=None, read_at=None).order_by("id"))
        Notice.objects.filter(staff=staff, mailed=False, gathered_on=None, read_at=None).update(gathered_on=today)
        if not rows:
            return 0  # of cases they no longer see
        said = {"lines": [row.text for row in rows], "count": len(rows), "link": f"{settings.PUBLIC_URL}/notices/"}
        return _write(Letter.A06D, staff, controller, today, said)


def _weekly(controller: Controller, today: date) -> int:
    """From Monday morning on, to who reads cases and was here before that day."""
    monday = today - timedelta(days=today.weekday())
    here = Staff.objects.filter(is_active=True, created_at__lt=datetime.combine(monday, datetime.min.time(), BRUSSELS))
    wanted = here.exclude(digests__letter=Letter.A06.value, digests__day=monday).exclude(email="").order_by("id")
    return sum(_make_weekly(one, controller, today, monday) for one in wanted if _wants_week(one))


def _wants_week(staff: Staff) -> bool:
    return preference_of(staff).weekly and may(staff.actor(), Act.READ_CASE)


def _make_weekly(staff: Staff, controller: Controller, today: date, monday: date) -> int:
    with transaction.atomic():
        if not _first(staff, Letter.A06, monday):
            return 0
        said = {**_figures(controller, staff.actor(), today), "link": settings.PUBLIC_URL + "/"}
        return _write(Letter.A06, staff, controller, monday, said)


def _figures(controller: Controller, actor: Actor, today: date) -> dict[str, object]:
    """How many of the cases this person sees stand where."""
    mine = queries.open_cases(controller, to=actor)
    return {
        "open": mine.count(),
        "overdue": queries.overdue(controller, today, to=actor).count(),
        "this_week": mine.filter(send_by__gte=today, send_by__lt=today + _WEEK).count(),
        "review": queries.awaiting_review(controller, to=actor).count(),
        "identity": queries.awaiting_identity(controller, to=actor).count(),
        "suspended": queries.suspended(controller, to=actor).count(),
    }


def _first(staff: Staff, letter: Letter, day: date) -> bool:
    """Of two sweeps at once one makes it."""
    _row, created = Digest.objects.get_or_create(
        staff=staff, letter=letter.value, day=day, defaults={"made_at": timezone.now()}
    )
    return created


def _write(letter: Letter, staff: Staff, controller: Controller, day: date, said: dict[str, object]) -> int:
    order = Order(
        letter, None, staff.email, Language(staff.language), said, controller=controller, identity=f"{staff.code}:{day}"
    )
    services.write(order, None, timezone.now())
    return 1
