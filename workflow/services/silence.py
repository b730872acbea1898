"""T07: a question about identity or mandate that ran out. Silence after the reminders, or proof that was not enough.

What is refused for want of identity was asked for first, for this very right: proof at its level, or the mandate.
Reads ``case.pauses`` as a whole, so that a list of cases may prefetch them.
"""

from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.guards import is_refusable_unidentified, level_needed
from workflow.models import Case, Claim, Milestone, Pause
from workflow.services import admissibility
from workflow.states import (
    FAST_LANE,
    CaseState,
    Ground,
    IdentityLevel,
    Outcome,
    PauseEnd,
    PauseKind,
    Right,
)

# Nothing of the person is told in the answer to these, whoever asks.
WITHOUT_MANDATE = FAST_LANE | {Right.INFORMATION, Right.COMPLAINT}
# Ends of a question that nobody had the time to answer.
_NOT_PUT = {PauseEnd.UNDELIVERABLE.value, PauseEnd.NOT_NEEDED.value, PauseEnd.CASE_ENDED.value}
# The person is reminded on these days after a question about identity or mandate left (domain §2.4).
QUESTION_DAYS = (10, 20)


def reminder_code(number: int, kind: str) -> str:
    """The milestone of the first or second reminder."""
    return f"M21-{number}-{kind}"


def reminders(case: Case) -> list[tuple[int, int]]:
    """The reminders that come before a decision, each as its number and its day."""
    before = case.policy_version.policy.identity_silence_days
    return [(number, day) for number, day in enumerate(QUESTION_DAYS, 1) if day < before]


def reminders_to_leave(case: Case, row: Pause) -> list[Milestone]:
    """The reminders of this question whose day came and that have not left, the first one first."""
    codes = [reminder_code(number, row.kind) for number, _day in reminders(case)]
    rung = [one for one in case.milestones.all() if one.code in codes and one.due == row.asked_on]
    return sorted((one for one in rung if one.left_on is None), key=lambda one: one.code)


def decide_from(case: Case, asked_on: date, reminded_on: date) -> date:
    """From when silence is enough to decide, the last reminder having left on ``reminded_on``.

    A reminder that an outage delayed leaves the person as many days as one that came in time.
    """
    days = case.policy_version.policy.identity_silence_days
    _number, last = reminders(case)[-1]
    return max(asked_on + timedelta(days=days), reminded_on + timedelta(days=days - last))


def had_its_time(case: Case, claim: Claim, today: date) -> PauseKind | None:
    """Which question about this right was asked in vain; None while somebody may still answer."""
    asked = {row.kind for row in case.pauses.all()} & {PauseKind.IDENTITY.value, PauseKind.MANDATE.value}
    if not asked or not case.is_open:
        return None
    needed = level_needed(case, [Right(claim.right)])
    return next((kind for kind in lacks(case, claim) if not _why_not(case, kind, today, level=needed)), None)


def ran_out(case: Case, row: Pause, today: date) -> bool:
    """Has this question had its time? Where the clock runs on, the decision must leave by its own date."""
    return (row.decide_from is not None and row.decide_from <= today) or _is_pressing(case, row, today)


def lacks(case: Case, claim: Claim) -> list[PauseKind]:
    """What keeps us from knowing for whom this right is: proof at the level it needs, the mandate of who writes."""
    right = Right(claim.right)
    found = []
    if level_needed(case, [right]) > (IdentityLevel.L0 if claim.unproven else _reached(case)):
        found.append(PauseKind.IDENTITY)
    if right not in WITHOUT_MANDATE and admissibility.lacks_mandate(case):
        found.append(PauseKind.MANDATE)
    return found


def is_unanswered(case: Case, today: date) -> bool:
    """Nobody proved who wrote this, and the law lets us wait no longer: refuse, or be sure in another way."""
    return case.state == CaseState.AWAITING_IDENTITY.value and not _why_not(case, PauseKind.IDENTITY, today)


def has_no_mandate(case: Case, today: date) -> bool:
    """Somebody writes for the person, and the mandate was asked for in vain."""
    asked = case.is_open and any(row.kind == PauseKind.MANDATE.value for row in case.pauses.all())
    return bool(asked and admissibility.lacks_mandate(case) and not _why_not(case, PauseKind.MANDATE, today))


def is_on_anothers_proof(case: Case, claim: Claim, today: date) -> bool:
    """Proof was given for the rights of the case, not for this one, which a merge brought from somebody unknown."""
    if not claim.unproven or PauseKind.IDENTITY not in lacks(case, claim):
        return False
    return is_refusable_unidentified(Right(claim.right)) or had_its_time(case, claim, today) is None


def waits_for_mandate(case: Case, claim: Claim, today: date) -> bool:
    """Nothing is granted to a representative without mandate, but what no want of identity refuses, asked in vain."""
    if PauseKind.MANDATE not in lacks(case, claim):
        return False
    return is_refusable_unidentified(Right(claim.right)) or not has_no_mandate(case, today)


def needs_identity(case: Case, claim: Claim) -> bool:
    """This right is not answered to somebody we do not know."""
    return level_needed(case, [Right(claim.right)]) > IdentityLevel.L0


def is_decided_unidentified(claim: Claim) -> bool:
    """Drafted as silence allows: refused for want of identity, or, where that is no ground, in any other way."""
    return is_refused_unidentified(claim) or bool(claim.outcome and not is_refusable_unidentified(Right(claim.right)))


def is_refused_unidentified(claim: Claim) -> bool:
    return bool(claim.outcome == Outcome.REFUSED.value and claim.ground == Ground.G_ID.value)


def refusal_blockers(case: Case, claim: Claim, today: date) -> list[str | Promise]:
    """Why this right cannot be refused for want of identity yet, in whatever state the case stands."""
    wanting = lacks(case, claim)
    if not wanting:
        return [_("Nothing is missing to know who asks for this right: choose another outcome, or another ground.")]
    if case.reply_to_read:
        return [_("Read the new message first: it may be the proof.")]
    needed = level_needed(case, [Right(claim.right)])
    found = [_why_not(case, kind, today, level=needed) for kind in wanting]
    return found if all(found) else []  # one of them suffices


def blockers(case: Case, claim: Claim, today: date) -> list[str | Promise]:
    """Why a right that needs identity cannot be decided yet, outside the work on a taken case."""
    wanting = lacks(case, claim)
    if case.state == CaseState.AWAITING_IDENTITY.value and PauseKind.IDENTITY not in wanting:
        return []  # proof is asked for another right, which needs more
    if is_refusable_unidentified(Right(claim.right)) or not wanting:
        return [_("Verify identity and take the case first.")]
    if case.reply_to_read:
        return [_("Read the new message first: it may be the proof.")]
    if PauseKind.MANDATE in wanting and has_no_mandate(case, today):
        return []
    if case.state != CaseState.AWAITING_IDENTITY.value:
        return [_("Verify identity and take the case first.")]
    why = _why_not(case, PauseKind.IDENTITY, today)
    if not why:
        return []
    return [why, _("Then decide this right on what the request says alone: it is never refused for want of identity.")]


def _why_not(case: Case, kind: PauseKind, today: date, *, level: IdentityLevel = IdentityLevel.L0) -> str | Promise:
    """Why the question of this kind, about proof at this level, is no silence yet; "" once it had its time."""
    identity = kind is PauseKind.IDENTITY
    last = max((row for row in case.pauses.all() if row.kind == kind.value), key=lambda row: row.pk, default=None)
    if last is None or (last.level and IdentityLevel(last.level) < level):
        return _NEVER_ASKED[identity]
    if last.ended in _NOT_PUT or (last.ended and last.asked_on is None):
        return _NOT_RECEIVED[identity]
    if last.asked_on is None:
        return _NOT_LEFT[identity]
    if last.answered_on is not None:
        return _NEVER_ASKED[identity] if identity and _was_proven(case, last) else ""
    if _is_pressing(case, last, today):
        return ""
    if last.decide_from is None:
        return _NOT_REMINDED[identity]
    if reminders_to_leave(case, last):
        return _("A reminder of this question has not left yet: have it sent, or record how it was posted.")
    if last.decide_from <= today:
        return ""
    return _STILL_TIME[identity] % {"day": last.decide_from.strftime("%d/%m/%Y")}


def _was_proven(case: Case, row: Pause) -> bool:
    """What this question asked for was given; it was lost since, and nobody asked for it again."""
    checks = case.identity_checks.filter(checked_at__gte=row.raised_at, needs_second_look=False)
    return any(IdentityLevel(check.level) >= IdentityLevel(row.level or check.level) for check in checks)


def _reached(case: Case) -> IdentityLevel:
    return IdentityLevel(case.identity_level) if case.verified_at is not None else IdentityLevel.L0


def _is_pressing(case: Case, row: Pause, today: date) -> bool:
    """The clock was not stopped, so the decision must leave by its own date, not after thirty days of silence.

    Never on the day the question left: somebody had a day to answer at least.
    """
    return row.asked_on is not None and row.asked_on < today and case.send_by is not None and case.send_by <= today


# By whether the question is about identity; else it is about the mandate.
_NEVER_ASKED = {
    True: _("Ask for proof of identity first, for this right: nobody is refused for want of what was never asked for."),
    False: _("Ask for the mandate first: nobody is refused for want of what was never asked for."),
}
_NOT_RECEIVED = {
    True: _("The person never got the question about identity: ask it again, by another way."),
    False: _("The question about the mandate was never put to whoever writes: ask it again, by another way."),
}
_NOT_LEFT = {
    True: _("The question about identity has not left yet."),
    False: _("The question about the mandate has not left yet."),
}
_NOT_REMINDED = {
    True: _("The person has not been reminded of the question about identity yet: that happens by itself."),
    False: _("Whoever writes has not been reminded of the question about the mandate yet: that happens by itself."),
}
_STILL_TIME = {
    True: _("The person may still answer: without proof of identity you can decide from %(day)s."),
    False: _("Whoever writes may still answer: without the mandate you can decide from %(day)s."),
}
