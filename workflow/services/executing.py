"""T17: carrying out an approved decision. A step that failed in a source keeps the right from being answered."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import events
from workflow.actors import Actor
from workflow.events import Value
from workflow.guards import CannotDo, is_carried_out, require, says_something
from workflow.models import Claim, Event, Execution
from workflow.permissions import Act
from workflow.services._moving import deciding, in_open_case, tell
from workflow.states import ClaimState, EventKind, ExecutionState

NOT_CARRIED_OUT = _(
    "There is nothing to carry out here yet: only an approved rectification, erasure, restriction or objection is. "
    "Have the decision approved first."
)


def record_step_failed(claim_id: int, *, source: str, why: str, by: Actor) -> None:
    """What was approved could not be done in this source: the right is open again, its letter does not leave.

    Its name is typed, so it may name a person: it is sealed, and the step has a number in the table and the history.
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(source) or not says_something(why):
        raise CannotDo(_("Name the source and write why it could not be done there."))
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        if not is_carried_out(claim) or claim.state not in {ClaimState.APPROVED.value, ClaimState.OPEN.value}:
            raise CannotDo(NOT_CARRIED_OUT)
        name = " ".join(source.split())
        row = _step(claim, name) or Execution(claim=claim, source=f"step-{claim.executions.count() + 1}", tries=0)
        if claim.state == ClaimState.OPEN.value and row.state != ExecutionState.FAILED.value:
            raise CannotDo(NOT_CARRIED_OUT)
        row.state, row.failed_at, row.settled_at, row.settled_by = ExecutionState.FAILED.value, now, None, ""
        row.tries += 1
        row.save()
        if claim.state == ClaimState.APPROVED.value:
            claim.send_back()
            claim.version += 1
        data: dict[str, Value] = {"source": row.source, "tries": row.tries, "version": claim.version}
        said = {"where": name, "text": why.strip()}
        tell(case, EventKind.EXECUTION_FAILED, by=by, at=now, claim=claim, data=data, payload=said)


def settle_step(claim_id: int, *, source: str, by_hand: bool, reason: str, by: Actor) -> None:
    """The step was tried again and is done, or it was done by hand; ``reason`` says how that was seen."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(reason):
        raise CannotDo(_("Write what was done and how you saw that it is done."))
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        row = _step(claim, source)
        if row is None or row.state != ExecutionState.FAILED.value:
            raise CannotDo(_("Nothing failed in this place, or it is settled already: the history says how."))
        row.state = (ExecutionState.BY_HAND if by_hand else ExecutionState.DONE).value
        row.settled_at, row.settled_by = now, by.code
        row.tries += 0 if by_hand else 1
        row.save()
        data: dict[str, Value] = {"source": row.source, "tries": row.tries, "execution": row.state}
        tell(case, EventKind.EXECUTION_SETTLED, by=by, at=now, claim=claim, data=data, payload={"text": reason.strip()})


def failed_steps(claim: Claim) -> dict[str, str]:
    """What still stands in the way of the answer: the number of each step and the name of its source."""
    names = _names(claim)
    rows = claim.executions.filter(state=ExecutionState.FAILED.value)
    return {row.source: names.get(row.source, row.source) for row in rows}


def _names(claim: Claim) -> dict[str, str]:
    """By the number of the step, as it was last typed; nothing of what is erased."""
    if not claim.executions.exists():
        return {}
    told = Event.objects.filter(stream=claim.case.stream, kind=EventKind.EXECUTION_FAILED.value).order_by("seq")
    mine = [event for event in told if events.fields(event)["claim"] == str(claim.uuid)]
    found = {str(events.fields(event)["data"]["source"]): events.payload_of(event) or {} for event in mine}
    return {code: str(said["where"]) for code, said in found.items() if said.get("where")}


def _step(claim: Claim, source: str) -> Execution | None:
    """The step of this number, or of a source of this name."""
    names = _names(claim)
    rows = claim.executions.select_for_update()
    wanted = source.strip().casefold()
    return next((row for row in rows if wanted in {row.source, names.get(row.source, "").casefold()}), None)


def blockers(claim: Claim) -> list[str | Promise]:
    """A failed step for each source, and what makes the answer possible; a refusal carries nothing out."""
    if not is_carried_out(claim):
        return []
    failed = failed_steps(claim).values()
    sentence = _("It failed in “%(source)s”: try again there, or do it by hand and record how you saw that it is done.")
    return [sentence % {"source": source} for source in failed]
