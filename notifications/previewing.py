"""The answer to a right before anybody let it go: the same order, the same texts, and nothing is written."""

from django.utils import timezone

from notifications import letters, rendering
from workflow.models import Claim


def answer(claim: Claim) -> rendering.Content | None:
    """As it would leave today; None where there is none, or none by mail. Raises EmptyVariable with what it lacks."""
    made = letters.answer_as_it_stands(claim.case, claim, timezone.now())
    return next((rendering.compose(order, letters.wordings_of(order)) for order in made), None)
