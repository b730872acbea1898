"""What waits for somebody else than the officer: a draft for its reviewer, a recipient's confirmation (domain §2.5)."""

from datetime import date, datetime

from workflow import deadlines
from workflow.actors import CLOCK
from workflow.events import Value
from workflow.models import Case, Claim, Extension, RecipientNotice
from workflow.services._moving import moving, tell
from workflow.services._rung import each, mark, was_rung
from workflow.states import ClaimState, EventKind, ExtensionState, NoticeState

# A draft handed in is told of at once; one that still waits after a whole working day, once more.
REVIEW_DAYS = 1


def ring_waiting(now: datetime) -> int:
    """Tell again of each review and each recipient that time has passed over; how many."""
    return _ring_claims(now) + _ring_extensions(now) + _ring_recipients(now)


def _ring_claims(now: datetime) -> int:
    rows = Claim.objects.filter(state=ClaimState.IN_REVIEW.value).select_related("case").order_by("id")
    waiting = rows.prefetch_related("case__milestones")
    due = [row.pk for row in waiting if _review_waits(row.case, f"A04-{row.pk}", row.submitted_at, now)]
    return each(due, _ring_claim)


def _ring_claim(claim_id: int) -> int:
    with moving(Claim.objects.values_list("case_id", flat=True).get(pk=claim_id), by=CLOCK) as (case, now):
        row = Claim.objects.get(pk=claim_id)
        if row.state != ClaimState.IN_REVIEW.value or not _review_waits(case, f"A04-{row.pk}", row.submitted_at, now):
            return 0
        return _tell_review(case, f"A04-{row.pk}", row.submitted_at, now, claim=row)


def _ring_extensions(now: datetime) -> int:
    rows = Extension.objects.filter(state=ExtensionState.ASKED.value).select_related("case").order_by("id")
    waiting = rows.prefetch_related("case__milestones")
    due = [row.pk for row in waiting if _review_waits(row.case, "A04-extension", row.created_at, now)]
    return each(due, _ring_extension)


def _ring_extension(extension_id: int) -> int:
    with moving(Extension.objects.values_list("case_id", flat=True).get(pk=extension_id), by=CLOCK) as (case, now):
        row = Extension.objects.filter(pk=extension_id, state=ExtensionState.ASKED.value).first()
        if row is None or not _review_waits(case, "A04-extension", row.created_at, now):
            return 0
        return _tell_review(case, "A04-extension", row.created_at, now)


def _review_waits(case: Case, code: str, since: datetime | None, now: datetime) -> bool:
    if since is None or not case.is_open:
        return False
    day = deadlines.brussels_date(since)
    waited = deadlines.brussels_date(now) > deadlines.add_working_days(day, REVIEW_DAYS)
    return waited and not was_rung(case, code, day, now)


def _tell_review(case: Case, code: str, since: datetime, now: datetime, *, claim: Claim | None = None) -> int:
    day = deadlines.brussels_date(since)
    mark(case, code, day, now)
    data: dict[str, Value] = {"milestone": code, "about": day, "days_left": days_left(case, now)}
    tell(case, EventKind.MILESTONE_REACHED, by=CLOCK, at=now, claim=claim, data=data)
    return 1


def days_left(case: Case, now: datetime) -> int:
    """Calendar days to the last day to send, below nothing when it is over; nothing where there is no date."""
    return (case.send_by - deadlines.brussels_date(now)).days if case.send_by else 0


# -- recipients who were told what was rectified, erased or restricted (Art. 19) ----------------------


def _ring_recipients(now: datetime) -> int:
    rows = RecipientNotice.objects.filter(
        state=NoticeState.SENT.value, sent_at__isnull=False, claim__case__anonymised_at=None
    )
    waiting = rows.select_related("claim__case__policy_version").prefetch_related("claim__case__milestones")
    return each([row.pk for row in waiting.order_by("id") if _chases(row, row.claim.case, now)], _ring_recipient)


def _ring_recipient(notice_id: int) -> int:
    case_id = RecipientNotice.objects.values_list("claim__case_id", flat=True).get(pk=notice_id)
    with moving(case_id, by=CLOCK) as (case, now):
        row = RecipientNotice.objects.select_related("claim").get(pk=notice_id)
        reached = _chases(row, case, now)
        if not reached:
            return 0
        for code, about in reached:
            mark(case, code, about, now)
        waited = (deadlines.brussels_date(now) - reached[-1][1]).days
        data: dict[str, Value] = {
            "milestone": reached[-1][0],
            "about": reached[-1][1],
            "days_left": 0,
            "waited": waited,
        }
        tell(case, EventKind.MILESTONE_REACHED, by=CLOCK, at=now, claim=row.claim, data=data)
        return 1


def _chases(row: RecipientNotice, case: Case, now: datetime) -> list[tuple[str, date]]:
    """The days on which this recipient should have been asked again, the nearest last; none when that one was told."""
    if row.state != NoticeState.SENT.value or row.sent_at is None:
        return []
    sent = deadlines.brussels_date(row.sent_at)
    waited = (deadlines.brussels_date(now) - sent).days
    days = sorted(case.policy_version.policy.notice_chase_days)
    reached = [(f"A12-{day}-{row.pk}", sent) for day in days if day <= waited]
    return [] if not reached or was_rung(case, *reached[-1], now) else reached
