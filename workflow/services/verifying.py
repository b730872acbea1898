"""T17: what was approved is done, and somebody saw that it is; only then its letter is made and leaves.

Until a source can tell by itself, the officer says so: what was done, where, when, and how it was checked.
"""

from collections.abc import Collection
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import events, guards
from workflow.actors import Actor
from workflow.checklists import Check, carried_out
from workflow.events import Value
from workflow.guards import CannotDo, is_a_sentence, require, says_something
from workflow.models import Case, Claim, Event
from workflow.permissions import Act
from workflow.reach import says_how_to_reach
from workflow.services import contents, decisions, erasing, fresh_eyes, turns
from workflow.services._moving import deciding, in_open_case, sealed, tell, unsealed
from workflow.services.executing import NOT_CARRIED_OUT
from workflow.states import ClaimState, EventKind, ExecutionProof, Right

# How a person may have seen it.
PROOFS = tuple(proof for proof in ExecutionProof if proof is not ExecutionProof.NOT_RECORDED)


def record_execution(
    claim_id: int,
    *,
    where: str,
    at: datetime,
    proof: ExecutionProof,
    seen: str,
    checked: Collection[Check] = (),
    done: str = "",
    by: Actor,
) -> bool:
    """The approved decision is carried out and was checked: its answer may leave.

    ``where`` names the systems, ``at`` is when it was done (an instant, never before this right was first approved),
    ``seen`` how it was checked, ``checked`` the lines that are true only now. The person reads what the second person
    has read: ``done`` that says something else becomes the draft of a new version, which is read again, and False is
    returned (T16: a plan that changed needs a new approval). Raises CannotDo for an erasure before access and
    portability are answered: what is gone can no longer be handed over.
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(where) or not says_something(seen):
        raise CannotDo(_("Write in which systems it was done, and how you checked that it is done."))
    if proof not in PROOFS:
        raise CannotDo(_("Choose how you saw that it is done."))
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        if claim.state != ClaimState.APPROVED.value or not guards.is_carried_out(claim):
            raise CannotDo(NOT_CARRIED_OUT)
        for sentence in [*execution_blockers(case, claim), *_is_told(case, claim, done or decisions.facts_of(claim))]:
            raise CannotDo(sentence)
        read = decisions.facts_of(claim)
        if not read.strip() and not done.strip():
            raise CannotDo(contents.WRITE_IT)
        if done.split() and done.split() != read.split():
            _read_again(case, claim, done, by=by, at=now)
            return False
        if set(carried_out(Right(claim.right))) - set(checked):
            raise CannotDo(_("Confirm every line of what has to be true once it is done."))
        approved = _first_approval(case, claim)
        if at < approved.replace(second=0, microsecond=0) or at > now:
            raise CannotDo(_("It cannot have been done before it was approved, or in the future."))
        at = max(at, approved)  # a form knows minutes only
        told = sealed(case, read, what=f"done:{claim.uuid}")
        claim.see_done(executed_at=at, at=now, by=by.code, proof=proof, done=told)
        tell(
            case,
            EventKind.EXECUTION_VERIFIED,
            by=by,
            at=now,
            claim=claim,
            data={
                "executed_at": at,
                "proof": proof.value,
                "version": claim.version,
                "checked": ",".join(line.value for line in carried_out(Right(claim.right))),
            },
            payload={"done": read, "where": where.strip(), "seen": seen.strip()},
        )
    return True


def _read_again(case: Case, claim: Claim, text: str, *, by: Actor, at: datetime) -> None:
    """What was done is not what was approved: the new text goes the way of every draft, to a second person."""
    if not is_a_sentence(text, least=2):
        raise CannotDo(_("The person reads this text: write it in words, or leave it empty."))
    before: dict[str, Value] = {"version": claim.version, "why": "done_otherwise"}
    claim.send_back()
    fresh_eyes.check_author(case, claim, by=by)
    claim.facts = sealed(case, text, what=f"facts:{claim.uuid}")
    claim.version += 1
    claim.author = by.code
    tell(case, EventKind.CLAIM_SENT_BACK, by=by, at=at, claim=claim, data=before)
    tell(
        case,
        EventKind.CLAIM_DRAFTED,
        by=by,
        at=at,
        claim=claim,
        data={"outcome": claim.outcome, "ground": claim.ground, "version": claim.version},
        payload={"facts": text.strip()},
    )


def execution_blockers(case: Case, claim: Claim) -> list[str | Promise]:
    """Why an approved decision must not be carried out now, each with what makes it possible."""
    if claim.verified_at is not None:
        return [_("It is recorded already that this was done: the answer can leave.")]
    changed = decisions.blockers(case, claim) if claim.right == Right.ERASURE.value else []
    return [*changed, *turns.order_blockers(claim), *erasing.blockers(case, claim)]


def _is_told(case: Case, claim: Claim, done: str) -> list[str | Promise]:
    """What was decided as a plain correction is not carried out as a change of address or account."""
    if claim.right != Right.RECTIFICATION.value or case.changes_reach or not says_how_to_reach(done):
        return []
    return [
        _(
            "What you did changes how the person is reached or paid: have the right sent back, say so in its draft, "
            "and prove identity through a contact that was on file before."
        )
    ]


def done_of(claim: Claim) -> str:
    """What was done, where it was once written apart from the decision; "" where the person reads the approved text.

    Raises KeyGone when the case was shredded.
    """
    text = unsealed(claim.case, claim.done, what=f"done:{claim.uuid}")
    return "" if text.split() == decisions.facts_of(claim).split() else text


def _first_approval(case: Case, claim: Claim) -> datetime:
    """What one approval permitted stays done when a step that failed, or a letter that came back, needs another."""
    approvals = Event.objects.filter(stream=case.stream, kind=EventKind.CLAIM_APPROVED.value).order_by("seq")
    found = (event.utc for event in approvals if events.fields(event)["claim"] == str(claim.uuid))
    first = next(found, claim.approved_at)
    if first is None:
        raise CannotDo(NOT_CARRIED_OUT)
    return first
