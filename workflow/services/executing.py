"""T17: carrying out an approved decision. A step that failed in a source keeps the right from being answered."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.events import Value
from workflow.guards import CannotDo, require
from workflow.models import Claim, Execution
from workflow.permissions import Act
from workflow.services._moving import deciding, in_open_case, tell
from workflow.states import ClaimState, EventKind, ExecutionState, Outcome, Right

# What these rights ask for is done in the sources, not in words.
CARRIED_OUT = frozenset({Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION})


def is_carried_out(claim: Claim) -> bool:
    """Something is done in the sources for this decision."""
    done = {Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value}
    return Right(claim.right) in CARRIED_OUT and claim.outcome in done


def record_step_failed(claim_id: int, *, source: str, why: str, by: Actor) -> None:
    """What was approved could not be done in this source: the right is open again, its letter does not leave."""
    require(by, Act.WORK_ON_CASE)
    if not source.strip() or not why.strip():
        raise CannotDo(_("Name the source and write why it could not be done there."))
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        if not is_carried_out(claim) or claim.state not in {ClaimState.APPROVED.value, ClaimState.OPEN.value}:
            raise CannotDo(_("Only an approved rectification, erasure or restriction is carried out in the sources."))
        row = claim.executions.select_for_update().filter(source=source).first() or Execution(
            claim=claim, source=source, tries=0
        )
        if claim.state == ClaimState.OPEN.value and row.state != ExecutionState.FAILED.value:
            raise CannotDo(_("Only an approved rectification, erasure or restriction is carried out in the sources."))
        row.state, row.failed_at, row.settled_at, row.settled_by = ExecutionState.FAILED.value, now, None, ""
        row.tries += 1
        row.save()
        if claim.state == ClaimState.APPROVED.value:
            claim.send_back()
            claim.version += 1
        data: dict[str, Value] = {"source": source, "tries": row.tries, "version": claim.version}
        tell(case, EventKind.EXECUTION_FAILED, by=by, at=now, claim=claim, data=data, payload={"text": why.strip()})


def settle_step(claim_id: int, *, source: str, by_hand: bool, reason: str, by: Actor) -> None:
    """The step was tried again and is done, or it was done by hand; ``reason`` says how that was seen."""
    require(by, Act.WORK_ON_CASE)
    if not reason.strip():
        raise CannotDo(_("Write what was done and how you saw that it is done."))
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        row = claim.executions.select_for_update().filter(source=source, state=ExecutionState.FAILED.value).first()
        if row is None:
            raise CannotDo(_("No such step failed. Reload the page to see what was done."))
        row.state = (ExecutionState.BY_HAND if by_hand else ExecutionState.DONE).value
        row.settled_at, row.settled_by = now, by.code
        row.tries += 0 if by_hand else 1
        row.save()
        data: dict[str, Value] = {"source": source, "tries": row.tries, "execution": row.state}
        tell(case, EventKind.EXECUTION_SETTLED, by=by, at=now, claim=claim, data=data, payload={"text": reason.strip()})


def blockers(claim: Claim) -> list[str | Promise]:
    """A failed step for each source, and what makes the answer possible; a refusal carries nothing out."""
    if not is_carried_out(claim):
        return []
    failed = claim.executions.filter(state=ExecutionState.FAILED.value).values_list("source", flat=True)
    sentence = _("It failed in “%(source)s”: try again there, or do it by hand and record how you saw that it is done.")
    return [sentence % {"source": source} for source in failed]
