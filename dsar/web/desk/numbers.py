"""The numbers beside the navigation and in the first line of the queue."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from dsar.intake.models import InboundMessage, MessageState, PassedOn
from dsar.web.desk.standing import Group, next_working_day
from notifications import notices, sending
from notifications.models import Unmade
from workflow import queries
from workflow.actors import Actor
from workflow.models import Claim, Controller, Staff
from workflow.states import CaseState, ClaimState, ExtensionState

IDENTITY = Q(state=CaseState.AWAITING_IDENTITY.value) | Q(
    state=CaseState.RECEIVED.value, confirmed_at__isnull=False, identity_needed=True
)

# What a message that opened a case still waits for, however far its time limit is.
TO_LINK = Q(to_be_linked=True)
UNREADABLE = Q(unreadable=True)
PASSED_ON = Exists(PassedOn.objects.filter(case=OuterRef("pk"), confirmed_at=None))


def counts(owner: Controller, today: date, staff_id: int | None, *, to: Actor) -> dict[str, int]:
    """One query over the open cases; the groups follow the rules of ``standing.group_of``.

    "All cases" has no number: counting an archive of a million would cost more than the page.
    """
    late = Q(case_due__lt=today)
    dated = Q(send_by__lte=today) | late
    rest = Q(next_due__gt=today) & (Q(send_by__gt=today) | Q(send_by__isnull=True))
    task = Q(next_due__lte=today) & (Q(send_by__gt=today) | Q(send_by__isnull=True))
    unsorted = Q(confirmed_at__isnull=True)
    held = Q(case_due__isnull=True)
    tomorrow = Q(next_due__lte=next_working_day(today))
    in_review = Exists(Claim.objects.filter(case=OuterRef("pk"), state=ClaimState.IN_REVIEW.value))
    wanted = {
        "todo": Q(),
        "mine": queries.carried_by(staff_id, today),
        "identity": IDENTITY,
        "review": in_review | Q(extension__state=ExtensionState.ASKED.value),
        "held": held,
        "link": TO_LINK,
        "unreadable": UNREADABLE,
        "passed": PASSED_ON,
        Group.LATE.value: late,
        Group.TODAY.value: dated & ~late,
        Group.TASKS.value: task & ~late,
        Group.SORT.value: rest & ~late & unsorted,
        Group.SUSPENDED.value: rest & ~late & ~unsorted & held,
        Group.TOMORROW.value: rest & ~late & ~unsorted & ~held & tomorrow,
        Group.LATER.value: rest & ~late & ~unsorted & ~held & ~tomorrow,
    }
    found: dict[str, int] = (
        queries.open_cases(owner, to=to)
        .order_by()
        .aggregate(**{name: Count("id", filter=condition) for name, condition in wanted.items()})
    )
    return found


def with_trays(owners: "QuerySet[Controller]") -> "QuerySet[Controller]":
    """Messages without a case, filed or from before we began, that nobody has judged: in a query asked anyway."""
    waiting = InboundMessage.objects.filter(controller=OuterRef("pk"), erased_at=None).order_by()
    return owners.annotate(
        filed=_count(waiting.filter(state=MessageState.FILED.value)),
        before=_count(waiting.filter(state=MessageState.BEFORE.value, judged="")),
    )


def with_signs(owners: "QuerySet[Controller]", *, me: Staff, actor: Actor) -> "QuerySet[Controller]":
    """The trays, what this person has not read yet, and the letters that do not leave, in one query."""
    return with_trays(owners).annotate(
        unread=_count(notices.of(me, actor).filter(read_at=None)),
        hindered=_count(sending.hindered()) + _count(Unmade.objects.all()),
    )


def trays_of(owner: Controller) -> dict[str, int]:
    """The numbers that ``with_trays`` brought."""
    return {"filed": owner.filed, "before": owner.before}  # type: ignore[attr-defined]


def _count(rows: "QuerySet[Any]") -> Coalesce:
    one = rows.order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(one.annotate(n=Count("pk")).values("n")), 0)
