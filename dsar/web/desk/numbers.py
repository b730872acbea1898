"""The numbers beside the navigation and in the first line of the queue."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from dsar.web.desk.standing import Group, next_working_day
from workflow import queries
from workflow.actors import Actor
from workflow.models import Claim, Controller
from workflow.states import CaseState, ClaimState, ExtensionState

IDENTITY = Q(state=CaseState.AWAITING_IDENTITY.value) | Q(
    state=CaseState.RECEIVED.value, confirmed_at__isnull=False, identity_needed=True
)


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
        "mine": Q(assignee=staff_id),
        "identity": IDENTITY,
        "review": in_review | Q(extension__state=ExtensionState.ASKED.value),
        "held": held,
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
