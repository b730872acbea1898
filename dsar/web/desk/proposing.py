"""What stands in the form of a decision before the officer writes: the draft, or what silence leaves (T07)."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from dsar.web import words
from workflow import services
from workflow.deadlines import brussels_date
from workflow.guards import is_refusable_unidentified
from workflow.models import Case, Claim, Pause
from workflow.states import Ground, Outcome, PauseEnd, PauseKind, Right


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal is never saved by itself: the officer reads it and sends the form."""

    outcome: str
    ground: str
    facts: str


def proposed_of(case: Case, claim: Claim, facts: str) -> Proposed:
    """The draft as it stands; without one, after an identity question that had its time, a refusal for that."""
    if claim.outcome or not services.needs_identity(case, claim) or not services.is_unanswered(case, words.today()):
        return Proposed(claim.outcome, claim.ground, facts)
    if not is_refusable_unidentified(Right(claim.right)):
        return Proposed("", "", facts)
    return Proposed(Outcome.REFUSED.value, Ground.G_ID.value, _facts(case))


def _facts(case: Case) -> str:
    """In the language of the person, who reads it."""
    rows = [row for row in case.pauses.all() if row.kind == PauseKind.IDENTITY.value]
    last = max(rows, key=lambda row: row.pk, default=None)
    if last is None or last.asked_on is None:
        return ""
    with translation.override(case.language):
        asked = _("On %(day)s we asked you to confirm who you are.") % {"day": words.long(last.asked_on)}
        return " ".join(part for part in (asked, _answered(last) or _reminded(case, last)) if part)


def _answered(row: Pause) -> str:
    if row.answered_on is None or row.ended != PauseEnd.REPLY.value:
        return ""
    return _("What reached us on %(day)s was not enough to be sure.") % {"day": words.long(row.answered_on)}


def _reminded(case: Case, row: Pause) -> str:
    """Nothing of the person but the days on which we wrote."""
    rung = [one for one in case.milestones.all() if one.due == row.asked_on and one.code.startswith("M21")]
    days = [words.long(brussels_date(one.reached_at)) for one in sorted(rung, key=lambda one: one.reached_at)]
    if not days:
        return _("We had no answer.")
    return _("We reminded you (%(days)s) and had no answer.") % {"days": "; ".join(days)}
