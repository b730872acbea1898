"""Repeated or abusive requests (Art. 12(5)): what the system counts, and what only a person may conclude."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import events, guards, queries
from workflow.actors import CLOCK, Actor
from workflow.guards import CannotDo, require, says_something
from workflow.models import Case, Claim, Event
from workflow.permissions import Act
from workflow.services._moving import deciding, in_open_case, stands_elsewhere, tell
from workflow.services.cases import rights_of
from workflow.states import ABUSE, ClaimState, EventKind, Ground, Right

NEVER_EXCESSIVE = 365  # days between two requests (EDPB Guidelines 01/2022 §185)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier request of the same address: how many days before this one, and which rights both use.

    ``answered``: those of them it was given an answer to; asking again what nobody answered is no repetition.
    """

    case: Case
    days: int
    overlap: tuple[Right, ...]
    answered: tuple[Right, ...] = ()


def earlier_requests(case: Case, *, to: Actor) -> list[Earlier]:
    """Every earlier request of the same address that ``to`` sees, the latest first.

    Merged ones count with their target; the law itself (``abuse_blockers``) counts all, whoever sees them.
    """
    now = set(rights_of(case))
    found = []
    for other in queries.of_same_person(case, to=to).filter(received_at__lt=case.received_at, merged_into=None)[:100]:
        days = (case.receipt_date - other.receipt_date).days
        stands = dict(other.claims.exclude(state=ClaimState.WITHDRAWN.value).values_list("right", "state"))
        both = tuple(right for right in Right if right in now and right.value in stands)
        answered = tuple(right for right in both if stands[right.value] == ClaimState.ANSWERED.value)
        found.append(Earlier(other, days, both, answered))
    return found


def evidence_abuse(claim_id: int, *, text: str, by: Actor) -> None:
    """What shows that the request abuses the right: needed where no earlier request does (C-526/24)."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(text):
        raise CannotDo(_("Write what shows the intent: rudeness, effort or a planned court case are never enough."))
    if not guards.is_a_sentence(text):
        raise CannotDo(_("Write the facts in a full sentence: the burden of proof is ours (Art. 12(5))."))
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        if claim.state in {ClaimState.ANSWERED.value, ClaimState.WITHDRAWN.value}:
            raise stands_elsewhere(claim)
        payload = {"text": text.strip()}
        tell(case, EventKind.ABUSE_EVIDENCED, by=by, at=now, claim=claim, payload=payload)


def abuse_blockers(case: Case, claim: Claim, ground: str) -> list[str | Promise]:
    """Why this ground cannot stand yet, for a refusal or a fee; the burden of proof is ours (Art. 12(5))."""
    if ground not in ABUSE or _is_evidenced(case, claim):
        return []
    near = [
        one
        for one in earlier_requests(case, to=CLOCK)
        if one.days < NEVER_EXCESSIVE and Right(claim.right) in one.answered
    ]
    if ground == Ground.G_EXC.value and near:
        return []
    return [
        _(
            "No request of this person for the same right was answered within a year: record what shows the abuse, "
            "or choose another outcome."
        )
    ]


def needs_a_manager(case: Case, claim: Claim) -> bool:
    """A refusal as abusive, and whatever concerns a child whose parents disagree, is a manager's to approve."""
    return claim.ground in ABUSE or case.minor_conflict


def _is_evidenced(case: Case, claim: Claim) -> bool:
    rows = Event.objects.filter(stream=case.stream, kind=EventKind.ABUSE_EVIDENCED.value)
    return any(events.fields(event)["claim"] == str(claim.uuid) for event in rows)
