"""The request reached us earlier than we thought: what was in time by the later receipt is judged anew.

An extension nobody was told of within the first month is none (domain §2.5), a refusal after that month is late, an
answer after the due date was overdue (T25): whichever receipt it was judged by before.
"""

from datetime import datetime

from workflow import deadlines
from workflow.actors import Actor
from workflow.guards import is_late_refusal
from workflow.models import Case, Claim, Extension
from workflow.services import clock, extending
from workflow.services._moving import tell
from workflow.states import ClaimState, EventKind, ExtensionState


def judge_anew(case: Case, *, by: Actor, at: datetime) -> None:
    """After an act that brought a date of the case forward; the caller holds the lock and has wound the clock."""
    _extension(case, by=by, at=at)
    _refusals(case, by=by, at=at)
    _overdue(case, by=by, at=at)


def _extension(case: Case, *, by: Actor, at: datetime) -> None:
    row = Extension.objects.filter(case=case).first()
    if row is None or case.month_due is None:
        return
    if row.state == ExtensionState.IN_FORCE.value and row.announced_on is not None:
        late = row.announced_on > case.month_due
        row.state = (ExtensionState.LAPSED if late else ExtensionState.IN_FORCE).value
        row.notice_by = case.month_due
        row.save()
        case.extension = row
        clock.wind(case)
        if late:
            data = {"notice_by": case.month_due, "announced_on": row.announced_on, "case_due": case.case_due}
            tell(case, EventKind.EXTENSION_LAPSED, by=by, at=at, data=data)
    elif row.state == ExtensionState.APPROVED.value and extending.promises_too_much(case, row):
        promised = row.promised
        row.delete()  # its letter would promise a date the law does not allow: it is asked for anew, with another
        tell(case, EventKind.EXTENSION_DECLINED, by=by, at=at, data={"promised": promised, "too_late": True})


def _refusals(case: Case, *, by: Actor, at: datetime) -> None:
    answered = Claim.objects.select_for_update().filter(case=case, state=ClaimState.ANSWERED.value, late_refusal=False)
    for claim in answered:
        if claim.answered_at is not None and is_late_refusal(case, claim, claim.answered_at):
            claim.late_refusal = True
            claim.save()
            tell(case, EventKind.REFUSAL_FOUND_LATE, by=by, at=at, claim=claim, data={"late_refusal": True})


def _overdue(case: Case, *, by: Actor, at: datetime) -> None:
    """An open case by today, one that is over by its last answer."""
    last = at if case.is_open else case.processed_at
    if case.overdue or case.case_due is None or last is None or deadlines.brussels_date(last) <= case.case_due:
        return
    case.overdue = True
    tell(case, EventKind.CASE_OVERDUE, by=by, at=at, data={"case_due": case.case_due})
