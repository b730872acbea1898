"""T07: the identity question that ran out. Silence after the reminders, or proof that was not enough.

Reads ``case.pauses`` as a whole, so that a list of cases may prefetch them.
"""

from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import is_refusable_unidentified, level_needed
from workflow.models import Case, Claim, Pause
from workflow.services._moving import tell
from workflow.states import (
    CaseState,
    ClaimState,
    EventKind,
    Ground,
    IdentityLevel,
    Outcome,
    PauseEnd,
    PauseKind,
    Right,
)

# The person is reminded on these days after a question about identity or mandate left (domain §2.4).
QUESTION_DAYS = (10, 20)


def reminder_code(number: int, kind: str) -> str:
    """The milestone of the first or second reminder."""
    return f"M21-{number}-{kind}"


def reminders(case: Case) -> list[tuple[int, int]]:
    """The reminders that come before a decision, each as its number and its day."""
    before = case.policy_version.policy.identity_silence_days
    return [(number, day) for number, day in enumerate(QUESTION_DAYS, 1) if day < before]


def decide_from(case: Case, asked_on: date, reminded_on: date) -> date:
    """From when silence is enough to decide, the last reminder having left on ``reminded_on``.

    A reminder that an outage delayed leaves the person as many days as one that came in time.
    """
    days = case.policy_version.policy.identity_silence_days
    _number, last = reminders(case)[-1]
    return max(asked_on + timedelta(days=days), reminded_on + timedelta(days=days - last))


def ran_out(case: Case, row: Pause, today: date) -> bool:
    """Has this question had its time? Where the clock runs on, the decision must leave by its own date."""
    return (row.decide_from is not None and row.decide_from <= today) or _is_pressing(case, row, today)


def is_unanswered(case: Case, today: date) -> bool:
    """Nobody proved who wrote this, and the law lets us wait no longer: refuse, or be sure in another way."""
    return case.state == CaseState.AWAITING_IDENTITY.value and not _why_not(case, today)


def needs_identity(case: Case, claim: Claim) -> bool:
    """This right is not answered to somebody we do not know."""
    return level_needed(case, [Right(claim.right)]) > IdentityLevel.L0


def is_decided_unidentified(claim: Claim) -> bool:
    """Drafted as silence allows: refused for want of identity, or, where that is no ground, in any other way."""
    return is_refused_unidentified(claim) or bool(claim.outcome and not is_refusable_unidentified(Right(claim.right)))


def is_refused_unidentified(claim: Claim) -> bool:
    return bool(claim.outcome == Outcome.REFUSED.value and claim.ground == Ground.G_ID.value)


def blockers(case: Case, claim: Claim, today: date) -> list[str | Promise]:
    """Why a right that needs identity cannot be decided yet, outside the work on a taken case."""
    if case.state != CaseState.AWAITING_IDENTITY.value:
        return [_("Verify identity and take the case first.")]
    refusable = is_refusable_unidentified(Right(claim.right))
    if refusable and not is_refused_unidentified(claim):
        return [_("Verify identity and take the case first.")]
    if case.reply_to_read:
        return [_("Read the new message first: it may be the proof.")]
    why = _why_not(case, today)
    if not why or refusable:
        return [why] if why else []
    return [why, _("Then decide this right on what the request says alone: it is never refused for want of identity.")]


def set_aside(case: Case, *, by: Actor, at) -> None:  # type: ignore[no-untyped-def]
    """The wait begins anew or the person is known: a refusal for want of identity goes back to its author."""
    decided = [ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value]
    for claim in Claim.objects.select_for_update().filter(case=case, ground=Ground.G_ID.value, state__in=decided):
        claim.send_back()
        claim.version += 1
        claim.save()
        data = {"version": claim.version, "why": "identity"}
        tell(case, EventKind.CLAIM_SENT_BACK, by=by, at=at, claim=claim, data=data)


def _why_not(case: Case, today: date) -> str | Promise:
    rows = [row for row in case.pauses.all() if row.kind == PauseKind.IDENTITY.value]
    last = max(rows, key=lambda row: row.pk, default=None)
    if last is None or last.ended in {PauseEnd.UNDELIVERABLE.value, PauseEnd.NOT_NEEDED.value}:
        return _("The person never got the question about identity: ask it again, by another way.")
    if last.answered_on is not None or ran_out(case, last, today):
        return ""
    if last.asked_on is None:
        return _("The question about identity has not left yet.")
    if last.decide_from is None:
        return _("The person has not been reminded of the question about identity yet: that happens by itself.")
    sentence = _("The person may still answer: without proof of identity you can decide from %(day)s.")
    return sentence % {"day": last.decide_from.strftime("%d/%m/%Y")}


def _is_pressing(case: Case, row: Pause, today: date) -> bool:
    """The clock was not stopped, so the decision must leave by its own date, not after thirty days of silence."""
    return row.asked_on is not None and case.send_by is not None and case.send_by <= today
