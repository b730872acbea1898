"""What stands in the form of a decision before the officer writes: the draft, or what silence leaves (T07)."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from dsar.web import words
from workflow import services
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
    """The draft as it stands; without one, after a question that had its time, a refusal for that."""
    asked = None if claim.outcome or case.reply_to_read else services.had_its_time(case, claim, words.today())
    if asked is None:
        return Proposed(claim.outcome, claim.ground, facts)
    if not is_refusable_unidentified(Right(claim.right)):
        return Proposed("", "", facts)
    return Proposed(Outcome.REFUSED.value, Ground.G_ID.value, _facts(case, asked))


def _facts(case: Case, kind: PauseKind) -> str:
    """In the language of the person, who reads it."""
    rows = [row for row in case.pauses.all() if row.kind == kind.value]
    last = max(rows, key=lambda row: row.pk, default=None)
    if last is None or last.asked_on is None:
        return ""
    day = {"day": words.long(last.asked_on)}
    with translation.override(case.language):
        if kind is PauseKind.IDENTITY:
            asked = _("On %(day)s we asked you to confirm who you are.") % day
        else:
            asked = _("On %(day)s we asked for the mandate of the person whose data they are.") % day
        return " ".join(part for part in (asked, _answered(last) or _reminded(case, last)) if part)


def _answered(row: Pause) -> str:
    if row.answered_on is None or row.ended != PauseEnd.REPLY.value:
        return ""
    return _("What reached us on %(day)s was not enough to be sure.") % {"day": words.long(row.answered_on)}


def _reminded(case: Case, row: Pause) -> str:
    """Nothing of the person but the days on which we wrote."""
    rung = [one for one in case.milestones.all() if one.due == row.asked_on and one.code.startswith("M21")]
    left = [one.left_on for one in rung if one.code.endswith(row.kind) and one.left_on is not None]
    days = [words.long(day) for day in sorted(left)]
    if not days:
        return _("We had no answer.")
    return _("We reminded you (%(days)s) and had no answer.") % {"days": "; ".join(days)}
