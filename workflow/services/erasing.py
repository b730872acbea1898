"""What an erasure waits for besides its turn: it cannot be taken back, so nothing that has to be kept is destroyed."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.guards import is_carried_out
from workflow.models import Case, Claim
from workflow.states import Right


def blockers(case: Case, claim: Claim) -> list[str | Promise]:
    """Why the data of this person must not be erased today, each with what makes it possible."""
    erases = claim.right == Right.ERASURE.value and is_carried_out(claim) and claim.verified_at is None
    if not erases or not case.legal_hold:
        return []
    return [_("A legal hold keeps these data: a manager has to lift it before anything is erased.")]
