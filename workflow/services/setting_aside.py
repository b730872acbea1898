"""A refusal for want of identity or mandate goes back to its author once the wait begins anew, or is over (T07)."""

from datetime import datetime

from workflow.actors import Actor
from workflow.models import Case, Claim
from workflow.services._moving import tell
from workflow.states import ClaimState, EventKind, Ground


def want_of_identity(case: Case, *, by: Actor, at: datetime) -> None:
    """Somebody is asked again, or the person or the mandate is known now; the caller holds the lock."""
    decided = [ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value]
    for claim in Claim.objects.select_for_update().filter(case=case, ground=Ground.G_ID.value, state__in=decided):
        claim.send_back()
        claim.version += 1
        claim.save()
        data = {"version": claim.version, "why": "identity"}
        tell(case, EventKind.CLAIM_SENT_BACK, by=by, at=at, claim=claim, data=data)
