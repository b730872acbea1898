"""What an answer holds: no right is granted without the data or the words the person is given (domain §1.1)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import guards
from workflow.models import Case, Claim
from workflow.states import Outcome

WRITE_IT = _("Write what the person will read: what is done or answered, what is kept, why and until when.")


def blockers(case: Case, claim: Claim) -> list[str | Promise]:
    """What the answer still lacks, each with what makes it possible."""
    found: list[str | Promise] = []
    if not claim.outcome:
        found.append(
            _("Draft the decision first: choose whether the right is granted or refused, in whole or in part.")
        )
    elif guards.answers_in_words(claim) and claim.facts is None:
        found.append(WRITE_IT)
    elif not guards.draft_is_complete(claim):
        found.append(_("A refusal, even of a part, needs an allowed ground and the facts."))
    records = case.collections.filter(records__gt=0).exists()
    if claim.outcome == Outcome.NOTHING_HELD.value and records:
        found.append(_("Records of this person are attached: “nothing held” would be wrong. Take them out, or grant."))
    if guards.hands_over_data(claim) and not records and claim.outside_at is None:
        found.append(_("No record of this person is attached: attach the data, or answer that nothing is held."))
    return found
