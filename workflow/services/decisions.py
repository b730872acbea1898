"""Claims: drafted by one person, approved by another, answered when the answer has left."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, guards
from workflow.actors import Actor
from workflow.checklists import ONLY_FOR_A_PART, Check, checklist, outcomes
from workflow.events import Value
from workflow.guards import CannotDo, NotPermitted, require, says_something
from workflow.models import Case, Claim
from workflow.permissions import Act
from workflow.services import (
    charging,
    clock,
    contents,
    executing,
    fresh_eyes,
    identity,
    opinions,
    own_words,
    releasing,
    repeating,
    restricting,
    second_eyes,
    silence,
)
from workflow.services._moving import (
    as_shown,
    check_means,
    deciding,
    in_open_case,
    moving,
    sealed,
    stands_elsewhere,
    tell,
    unsealed,
)
from workflow.services.cases import finish
from workflow.services.turns import order_blockers
from workflow.states import (
    ALLOWED_GROUNDS,
    DISCLOSES_DATA,
    FAST_LANE,
    IN_WORDS,
    ActorKind,
    CaseState,
    ClaimState,
    Consumer,
    EventKind,
    Ground,
    IdentityLevel,
    Language,
    Means,
    Outcome,
    RequirementCode,
    RequirementState,
    Right,
    Role,
    SelfCheck,
)


def draft(
    claim_id: int,
    *,
    outcome: Outcome,
    ground: Ground | None = None,
    facts: str = "",
    by_download: bool = False,
    own: Mapping[Language, str] | None = None,
    changes_reach: bool = False,
    version: int | None = None,
    by: Actor,
) -> None:
    """The officer's proposal: outcome, for a refusal or part of one ground and facts, paragraphs of their ``own``.

    ``by_download``: a copy of data waits behind the person's link; else it is posted or handed over.
    ``changes_reach``: a correction changes how the person is reached or paid, which the contact on file proves.

    Raises CannotDo on a ground the law does not know for this right (domain §1.2) or
    missing facts (the 12(4) block needs both), and when the draft is no longer the ``version``
    that was on the screen.
    """
    require(by, Act.WORK_ON_CASE)
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        if claim.state != ClaimState.OPEN.value:
            raise stands_elsewhere(claim, "draft")
        as_shown(claim, version)
        _check_ground(claim, outcome, ground, facts)
        claim.outcome = outcome.value
        claim.by_download = by_download and guards.hands_over_data(claim)
        fresh_eyes.check_author(case, claim, by=by)
        claim.ground = ground.value if ground else ""
        claim.facts = sealed(case, facts, what=f"facts:{claim.uuid}")
        said = own_words.checked(case, own or {})
        claim.own_words = own_words.sealed_words(case, claim, said)
        claim.version += 1
        claim.author = by.code
        claim.begin_checklist()
        claim.save()
        if claim.right == Right.RECTIFICATION.value:
            case.changes_reach = changes_reach and outcome is not Outcome.REFUSED
        clock.wind(case)  # a refusal has a date of its own in an extended case
        tell(
            case,
            EventKind.CLAIM_DRAFTED,
            by=by,
            at=now,
            claim=claim,
            data={"outcome": outcome.value, "ground": claim.ground, "version": claim.version}
            | ({"by_download": True} if claim.by_download else {})
            | ({"own_words": True} if said else {})
            | ({"changes_reach": True} if case.changes_reach else {}),
            payload=own_words.payload_of(said) | ({"facts": facts.strip()} if facts.strip() else {}) or None,
        )


def submit(claim_id: int, *, version: int | None = None, checked: Collection[Check] = (), by: Actor) -> None:
    """T14: to a second pair of eyes; T18: a fast-lane right is approved at once.

    ``checked``: the lines of the checklist of this right that the officer confirms, all of them or nothing
    moves. Raises CannotDo when the draft is no longer the ``version`` that was on the screen.
    """
    require(by, Act.WORK_ON_CASE)
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        as_shown(claim, version)
        for sentence in blockers(case, claim):
            raise CannotDo(sentence)
        lines = checklist(Right(claim.right), Outcome(claim.outcome), claim.ground)
        if set(lines) - set(checked):
            raise CannotDo(
                _("The checklist of this right is not complete: confirm every line, or change the draft first.")
            )
        data: dict[str, Value] = {"outcome": claim.outcome, "version": claim.version}
        data["checked"] = ",".join(line.value for line in lines)
        if Right(claim.right) in FAST_LANE:
            claim.approve_at_once(by=by.code, at=now)
            tell(case, EventKind.CLAIM_APPROVED, by=by, at=now, claim=claim, data={**data, "fast_lane": True})
        else:
            solo = second_eyes.solo_from(case, since=now, due=second_eyes.decision_due(case, claim))
            always = repeating.needs_a_manager(case, claim)
            off = "" if always else second_eyes.switched_off(case, claim)
            before = fresh_eyes.check_author(case, claim, by=by)
            claim.look_again(not_by=before.column, nobody_else=before.nobody_else)
            claim.submit(by=by.code, at=now, four_eyes_off=off, alone_from=solo)
            if before.nobody_else:
                data["nobody_else"] = True
            tell(case, EventKind.CLAIM_SUBMITTED, by=by, at=now, claim=claim, data=data)


def send_back(claim_id: int, *, comment: str, by: Actor) -> None:
    """T15: the reviewer wants changes and says which."""
    require(by, Act.REVIEW)
    if not says_something(comment):
        raise CannotDo(_("Say what has to change."))
    with deciding(claim_id, by=by) as (case, claim, now):
        claim.send_back()
        tell(
            case,
            EventKind.CLAIM_SENT_BACK,
            by=by,
            at=now,
            claim=claim,
            data={"version": claim.version},
            payload={"text": comment.strip()},
        )


def approve(claim_id: int, *, version: int, checked: Collection[SelfCheck] = (), by: Actor) -> None:
    """T16: another person than the author approves exactly the version that was on the screen.

    In a solo office the author does, after the wait and with the whole checklist of the own reading in
    ``checked``; it is flagged.
    """
    require(by, Act.REVIEW)
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        as_shown(claim, version)
        alone_from = _read_alone(case, claim, checked, by=by, at=now)
        if repeating.needs_a_manager(case, claim) and not by.has(Role.MANAGER):
            raise NotPermitted(_("Only a manager approves this: a refusal as abusive, or a conflict about a child."))
        for sentence in [*blockers(case, claim), *opinions.objections(case, claim)]:
            raise CannotDo(sentence)
        before = fresh_eyes.check_reviewer(case, claim, by=by)
        claim.look_again(not_by=before.column, nobody_else=before.nobody_else)
        claim.approve(by=by.code, at=now, alone_from=alone_from)
        data: dict[str, Value] = {"outcome": claim.outcome, "version": claim.version, "fast_lane": False}
        if alone_from is not None:
            data |= {"alone": True, "checked": ",".join(check.value for check in SelfCheck)}
        elif not claim.four_eyes:
            data |= {"four_eyes": False, "switched_off": claim.four_eyes_off}
        if before.nobody_else:
            data["nobody_else"] = True
        tell(case, EventKind.CLAIM_APPROVED, by=by, at=now, claim=claim, data={**data, **_export_of(case, claim)})


def answer(claim_id: int, *, at: datetime, means: Means, evidence: str = "", by: Actor) -> None:
    """T17: the answer has left; T19 follows with the last one.

    ``at`` is when the person's mail server accepted the letter, or when it was posted or
    handed over; never before the approval and what was seen to be done, never in the future. A recorded
    posting needs its evidence (registered number, who received it). What the post office tells was
    released before it left, whatever the clocks of two workers say: it counts from the release then. What a colleague
    answered from another mailbox left before its approval: there ``at`` is when that mail did, see ``outside``.
    """
    require(by, Act.WORK_ON_CASE)
    with deciding(claim_id, by=by) as (case, claim, now):
        check_means(means, evidence, by=by)
        released = _released(case, claim, means=means)
        if means is not Means.OUTSIDE:
            if by.kind is not ActorKind.SYSTEM and not released.replace(second=0, microsecond=0) <= at <= now:
                raise CannotDo(_too_early(claim))
            at = max(min(at, now), released)  # a form knows minutes only; a letter that left has left
        claim.answer(at=at, means=means)
        claim.late_refusal = guards.is_late_refusal(case, claim, at)
        claim.save()
        clock.wind(case)
        tell(
            case,
            EventKind.CLAIM_ANSWERED,
            by=by,
            at=now,
            claim=claim,
            data={
                "outcome": claim.outcome,
                "answered_at": at,
                "means": means.value,
                "in_time": case.case_due is None or deadlines.brussels_date(at) <= case.case_due,
                **({"late_refusal": True} if claim.late_refusal else {}),
            },
            payload={"evidence": evidence.strip()} if evidence.strip() else None,
            # from now on no advertising: the list outlives the case (Art. 21(3))
            also=(Consumer.LISTS,) if claim.right == Right.OBJECTION_DM.value else (),
        )
        if means is Means.EMAIL:
            releasing.begin(case, claim, at=at, by=by)
        finish(case, by=by, at=now, answered_at=_last_answer(case, at))


def record_suppression(claim_id: int, *, listed: bool, by: Actor) -> None:
    """The person of an answered objection to advertising stands on the list; not ``listed``: no address is known."""
    require(by, Act.APPLY_RETENTION)
    with deciding(claim_id, by=by) as (case, claim, now):
        tell(case, EventKind.ADDRESS_SUPPRESSED, by=by, at=now, claim=claim, data={"listed": listed})


def _last_answer(case: Case, at: datetime) -> datetime:
    """An answer from outside may be told after a later one."""
    others = case.claims.aggregate(last=Max("answered_at"))["last"]
    return max(at, others or at)


def _released(case: Case, claim: Claim, *, means: Means) -> datetime:
    """The instant from which this answer may leave. Raises CannotDo when it may not."""
    if means is Means.EMAIL and guards.is_handed_over_by_staff(claim):
        raise CannotDo(_("A letter does not hand over the data: record how the data was posted or handed over."))
    if means is Means.OUTSIDE and claim.outside_at is None:
        raise CannotDo(_("Confirm first that the colleague’s mail answers this right."))
    if claim.state in {ClaimState.OPEN.value, ClaimState.IN_REVIEW.value}:
        raise CannotDo(_("The decision is not approved yet: have it approved first."))
    left = means in {Means.EMAIL, Means.OUTSIDE}  # what left has left, whoever objected meanwhile
    for sentence in [*order_blockers(claim), *([] if left else opinions.objections(case, claim))]:
        raise CannotDo(sentence)
    if claim.state == ClaimState.APPROVED.value and guards.awaits_execution(claim):
        raise CannotDo(_("Record first what was done and how you checked it: the answer says so."))
    released = claim.verified_at or claim.approved_at
    if released is None:
        raise stands_elsewhere(claim)
    if _about_data(claim):  # words alone cannot change after their approval, data could
        for sentence in blockers(case, claim):
            raise CannotDo(sentence)
    return released


def _too_early(claim: Claim) -> Promise:
    if claim.verified_at is None:
        return _("The answer cannot have left before it was approved, or in the future.")
    return _("The answer cannot have left before you saw that what it says is done, or in the future.")


def record_unsuppression(case_id: int, *, reason: str, by: Actor) -> None:
    """The person of the case is off the list: put there by mistake, or a consent was given since. A manager decides."""
    require(by, Act.DECIDE_EXCEPTION)
    if not says_something(reason):
        raise CannotDo(_("Say why advertising may go to this person again: the reason stays in the history."))
    with moving(case_id, by=by) as (case, now):
        tell(case, EventKind.ADDRESS_UNSUPPRESSED, by=by, at=now, payload={"text": reason.strip()})


def _about_data(claim: Claim) -> bool:
    erases = claim.right == Right.ERASURE.value and claim.outcome != Outcome.REFUSED.value
    return erases or guards.hands_over_data(claim)


def _read_alone(
    case: Case, claim: Claim, checked: Collection[SelfCheck], *, by: Actor, at: datetime
) -> datetime | None:
    """From when the author could approve; None where somebody else does, or nobody else is wanted."""
    if not claim.four_eyes or by.code not in {claim.author, claim.submitted_by} or claim.submitted_at is None:
        return None
    due = second_eyes.decision_due(case, claim)
    solo = second_eyes.solo_from(case, since=claim.submitted_at, due=due)
    return second_eyes.check_own_reading(solo, checked=checked, at=at)


def facts_of(claim: Claim) -> str:
    """The facts text in clear. Raises KeyGone when the case was shredded."""
    return unsealed(claim.case, claim.facts, what=f"facts:{claim.uuid}")


def blockers(case: Case, claim: Claim) -> list[str | Promise]:
    """Why this claim cannot be submitted or approved now, each with what makes it possible."""
    right = Right(claim.right)
    needed = guards.level_needed(case, [right])
    found: list[str | Promise] = []
    if not claim.confirmed:
        found.append(_("Confirm the rights of this case first."))
    if right in FAST_LANE and needed > IdentityLevel(case.identity_level):
        found += _for_another(case, claim)
    today = deadlines.brussels_date(timezone.now())
    if silence.is_refused_unidentified(claim):
        found += silence.refusal_blockers(case, claim, today)
    elif right not in FAST_LANE and case.state != CaseState.IN_PROGRESS.value and needed > IdentityLevel.L0:
        found += silence.blockers(case, claim, today)
    if not silence.is_refused_unidentified(claim) and silence.is_on_anothers_proof(case, claim, today):
        found.append(_("This right came from somebody nobody verified: verify identity for it, or ask for proof."))
    found += contents.blockers(case, claim)
    about_data = claim.outcome != Outcome.REFUSED.value and right in DISCLOSES_DATA | {Right.ERASURE}
    if about_data and not _met(case, RequirementCode.SOURCES_ANSWERED):
        found.append(_("Attach the person's data, or record that nothing is held."))
    if claim.outcome != Outcome.REFUSED.value and silence.waits_for_mandate(case, claim, today):
        found.append(
            _("Somebody writes for the person: ask for the mandate, or record how it was shown or why none is needed.")
        )
    guarded = about_data or (claim.outcome != Outcome.REFUSED.value and guards.changes_contact(case))
    if guarded and needed > IdentityLevel(case.identity_level):
        found.append(
            _("This right needs identity level %(needed)s; %(reached)s was reached.")
            % {"needed": needed.value, "reached": case.identity_level}
        )
    found += identity.blockers_of_change(case, claim)
    hands_over = claim.outcome in {Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value}
    if right is Right.PORTABILITY and hands_over and not _met(case, RequirementCode.EXPORT_READY):
        found.append(_("Make the export of the data first."))
    found += restricting.freeze_comes_first(case, claim)
    abuse = repeating.abuse_blockers(case, claim, claim.ground)
    return [*found, *releasing.blockers(case, claim), *charging.blockers(claim), *executing.blockers(claim), *abuse]


def _for_another(case: Case, claim: Claim) -> list[str | Promise]:
    """T18: who writes for somebody else proves a little, or the question about identity had its time."""
    if silence.is_unanswered(case, deadlines.brussels_date(timezone.now())):
        return silence.blockers(case, claim, deadlines.brussels_date(timezone.now()))
    return [_("Somebody wrote this for another person: verify identity at level L1 first, or ask the person.")]


def _export_of(case: Case, claim: Claim) -> dict[str, Value]:
    """The export this approval is about, by its id; what is handed over later must be that one."""
    if not guards.hands_over_data(claim) or not (claim.by_download or claim.right == Right.PORTABILITY.value):
        return {}
    return {"bundle": case.requirements.get(claim=None, code=RequirementCode.EXPORT_READY.value).evidence}


def _met(case: Case, code: RequirementCode) -> bool:
    return case.requirements.filter(
        code=code.value, claim=None, state__in=[RequirementState.MET.value, RequirementState.WAIVED.value]
    ).exists()


def _check_ground(claim: Claim, outcome: Outcome, ground: Ground | None, facts: str) -> None:
    right = Right(claim.right)
    if outcome not in outcomes(right, refusable=bool(ALLOWED_GROUNDS[right])):
        raise CannotDo(_("This right does not know this outcome. Choose one of those its form offers."))
    if outcome in {Outcome.REFUSED, Outcome.PARTLY_GRANTED}:
        if ground is None or ground not in ALLOWED_GROUNDS[right]:
            raise CannotDo(_("Choose a ground the law allows for this right."))
        if outcome is Outcome.REFUSED and ground in ONLY_FOR_A_PART:
            raise CannotDo(
                _("This ground touches only a part of the answer: grant the rest and choose “partly granted”.")
            )
        if outcome is Outcome.REFUSED and ground is Ground.G_ID and not silence.lacks(claim.case, claim):
            raise CannotDo(
                _(
                    "The identity of this person is proven. If some data cannot be tied to them, grant the rest and "
                    "choose “partly granted”."
                )
            )
        if not guards.is_a_sentence(facts, least=2):
            raise CannotDo(_("Write the facts: a refusal without them is not lawful (Art. 12(4))."))
    elif ground is not None:
        raise CannotDo(_("A ground belongs to a refusal only."))
    elif facts.strip() and not guards.is_a_sentence(facts, least=2 if right in IN_WORDS else 1):
        raise CannotDo(_("The person reads this text: write it in words, or leave it empty."))
