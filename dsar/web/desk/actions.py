"""The one next action of a case: the same sentence in the queue and at the top of its page.

It proposes; nothing is blocked by it. Whether an act is possible the services decide.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dsar.history import labels
from dsar.intake.enclosures import Through
from dsar.intake.models import PassedOn
from dsar.web import words
from dsar.web.desk.access import REVIEWS, WORKS_ON_CASES
from workflow import services
from workflow.actors import Actor
from workflow.guards import (
    awaits_execution,
    data_are_frozen,
    is_carried_out,
    is_refusable_unidentified,
    no_freeze_is_forgotten,
    recipients_were_told,
    restriction_stands,
    waits_for_another,
)
from workflow.models import Case, Claim
from workflow.states import (
    DISCLOSES_DATA,
    FAST_LANE,
    INTERIM_FIRST,
    TOLD_TO_RECIPIENTS,
    CaseState,
    ClaimState,
    ExtensionState,
    Outcome,
    RequirementCode,
    RequirementState,
    Right,
)


@dataclass(frozen=True, slots=True)
class NextAction:
    """``anchor`` is the section of the case page where it is done; "" when there is nothing to do."""

    sentence: str
    detail: str = ""
    anchor: str = ""
    button: str = ""


def next_action(case: Case) -> NextAction:
    """What the team does next on this case. Uses prefetched claims, requirements and pauses."""
    if not case.is_open:
        return _when_over(case)
    return (
        _when_unsorted(case)
        or _fast_lane(case)
        or _extension(case)
        or _after_consent(case)
        or _freeze(case)
        or _before_work(case)
        or _second_look(case)
        or _work(case)
    )


def next_for(case: Case, actor: Actor) -> NextAction:
    """The next action as this reader has it: who only reviews decides drafts, and does not do the officer's work."""
    if actor.has(*WORKS_ON_CASES) or not actor.has(*REVIEWS) or not case.is_open:
        return next_action(case)
    for claim in live_claims(case):
        if claim.state == ClaimState.IN_REVIEW.value and actor.code not in {claim.author, claim.submitted_by}:
            right, anchor = str(labels.RIGHTS[Right(claim.right)]), f"claim-{claim.uuid}"
            return NextAction(_("Read the draft and decide"), right, anchor, _("Read the draft"))
    row = getattr(case, "extension", None)
    asked = _extension(case) if row is not None and row.state == ExtensionState.ASKED.value else None
    if asked is not None:
        return asked
    detail = _("With the officer: %(act)s") % {"act": next_action(case).sentence}
    return NextAction(_("Nothing for you to decide now"), detail)


def live_claims(case: Case) -> list[Claim]:
    """The rights still meant, in the order of the law."""
    order = [right.value for right in Right]
    claims = [claim for claim in case.claims.all() if claim.state != ClaimState.WITHDRAWN.value]
    return sorted(claims, key=lambda claim: order.index(claim.right))


def is_met(case: Case, code: RequirementCode) -> bool:
    met = {RequirementState.MET.value, RequirementState.WAIVED.value}
    return any(row.code == code.value and row.state in met for row in case.requirements.all())


def _when_over(case: Case) -> NextAction:
    if second_look := _second_look(case):
        return second_look
    if case.reply_to_read:
        return NextAction(
            _("Read the new message"),
            _("The person wrote again after the answer: reopen the case if something is missing."),
            "messages",
            _("Go to the message"),
        )
    if not no_freeze_is_forgotten(case):
        detail = _("Frozen data are only kept: warn the person, then end the freeze")
        return NextAction(_("End the freeze"), detail, "freeze", _("Go to the freeze"))
    if services.wants_another_way(case, today=words.today()):
        detail = _("Nobody downloaded them for ten days: call, or offer the post")
        return NextAction(_("Offer the data another way"), detail, "release", _("Go to the data"))
    if case.state == CaseState.PROCESSED.value and _owes_recipients(case):
        detail = _("Each who had the data learns what was done to them, or the history says why nobody does (Art. 19)")
        return NextAction(_("Tell the recipients of the data"), detail, "letters", _("Go to the recipients"))
    if case.state == CaseState.PROCESSED.value:
        return NextAction(
            _("Nothing to do"), _("Close the case when the person has no more to ask."), "other", _("Other actions")
        )
    return NextAction(_("Nothing to do"))


def _owes_recipients(case: Case) -> bool:
    """Asked of the database only where a right was carried out that recipients hear of."""
    done = [claim for claim in case.claims.all() if Right(claim.right) in TOLD_TO_RECIPIENTS and is_carried_out(claim)]
    return any(not claim.recipients_explained for claim in done) and not recipients_were_told(case)


def _why_asked(passed_on: PassedOn) -> str:
    if passed_on.doubtful:
        return _("It may be forged: ask the colleague it names first.")
    return {
        Through.COLLEAGUE.value: _("A colleague passed it on; the person is acknowledged when you confirm."),
        Through.SOMEBODY.value: _("Somebody sent another’s request; that person is acknowledged when you confirm."),
        Through.LIST.value: _("A list or a forwarder stands as sender; the person is acknowledged when you confirm."),
    }[passed_on.through]


def _when_unsorted(case: Case) -> NextAction | None:
    proposed = [claim for claim in live_claims(case) if not claim.confirmed]
    if case.unreadable and case.confirmed_at is None:
        return NextAction(
            _("Read the original message"),
            _("It could not be read automatically. Say which rights it uses."),
            "rights",
            _("Choose the rights"),
        )
    passed_on = getattr(case, "passed_on", None)
    if passed_on is not None and passed_on.confirmed_at is None:
        return NextAction(
            _("Say who wrote it"),
            _why_asked(passed_on),
            "passed-on",
            _("Go to the proposal"),
        )
    if case.authority and case.authority_due is None:
        return NextAction(
            _("Call the authority back"),
            _("On a number from a register; then set the date its letter gives."),
            "authority",
            _("Go to the letter"),
        )
    if case.to_be_linked and case.confirmed_at is None:
        return NextAction(
            _("Find the case this message belongs to"),
            _("Merge it, or acknowledge it as a request of its own."),
            "link",
            _("Go to the proposals"),
        )
    if case.confirmed_at is None or proposed:
        count = len(proposed)
        detail = (
            ngettext("%(n)d proposal to choose from", "%(n)d proposals to choose from", count) % {"n": count}
            if count
            else _("No right was recognised")
        )
        return NextAction(_("Confirm the rights"), detail, "rights", _("Go to the rights"))
    if case.reply_to_read:
        return NextAction(_("Read the new message"), _("The person wrote again"), "messages", _("Go to the message"))
    return None


def _fast_lane(case: Case) -> NextAction | None:
    for claim in live_claims(case):
        if Right(claim.right) in FAST_LANE and claim.state in {ClaimState.OPEN.value, ClaimState.APPROVED.value}:
            return _of_claim(case, claim)
    return None


def _extension(case: Case) -> NextAction | None:
    row = getattr(case, "extension", None)
    if row is not None and row.state == ExtensionState.ASKED.value:
        detail = _("A second person decides; the person must be told within the first month")
        return NextAction(_("Decide about the extension"), detail, "extension", _("Go to the extension"))
    if services.notice_has_to_be_posted(case):
        detail = _("It came back: the extension counts only if the person is told within the first month")
        return NextAction(_("Post the notice of the extension"), detail, "extension", _("Go to the extension"))
    return None


def _second_look(case: Case) -> NextAction | None:
    if not case.complaint:
        return None
    return NextAction(
        _("Look at the case a second time"),
        _("By somebody who took no part in its decisions"),
        "second-look",
        _("Go to the complaint"),
    )


def _after_consent(case: Case) -> NextAction | None:
    """Everything is answered but the question a withdrawn consent leaves."""
    claims = live_claims(case)
    asked = [claim for claim in claims if claim.right == Right.CONSENT_WITHDRAWAL.value and not claim.follow_up]
    if not asked or any(claim.state != ClaimState.ANSWERED.value for claim in claims):
        return None
    anchor = f"claim-{asked[0].uuid}"
    detail = _("The case ends only when this is answered")
    return NextAction(_("Say: another basis, or erase?"), detail, anchor, _("Go to the question"))


def _freeze(case: Case) -> NextAction | None:
    """T13: while a restriction or an objection is examined the data stand still, or somebody says why not."""
    asked = (claim for claim in live_claims(case) if claim.confirmed and Right(claim.right) in INTERIM_FIRST)
    if case.interim_decided_at is not None or not any(claim.state != ClaimState.ANSWERED.value for claim in asked):
        return None
    return NextAction(
        _("Say whether the data are frozen"),
        _("Freeze them while the request is examined, or say why not: within a working day"),
        "freeze",
        _("Go to the freeze"),
    )


def _before_work(case: Case) -> NextAction | None:
    if case.state == CaseState.AWAITING_IDENTITY.value and services.is_unanswered(case, words.today()):
        return _unanswered(case)
    if case.state in _UNKNOWN and services.has_no_mandate(case, words.today()):
        return _without_mandate(case)
    if case.state == CaseState.AWAITING_IDENTITY.value:
        detail = _("The clock stands still until then") if case.suspended else _("The clock keeps running")
        return NextAction(_("Wait for proof of identity"), detail, "identity", _("Record the proof"))
    if case.state == CaseState.AWAITING_CLARIFICATION.value:
        detail = _("The clock stands still until then") if case.suspended else _("The clock keeps running")
        return NextAction(_("Wait for the clarification"), detail, "questions", _("Record the reply"))
    if case.state == CaseState.RECEIVED.value:
        return NextAction(
            _("Verify identity"),
            _("Ask only if you doubt who writes"),
            "identity",
            _("Go to identity"),
        )
    if case.state == CaseState.IDENTITY_VERIFIED.value:
        return NextAction(_("Take the case"), _("Collection and decisions can then begin"), "other", _("Take the case"))
    return None


def _unanswered(case: Case) -> NextAction:
    """T07: the question about identity had its time."""
    needing = [claim for claim in live_claims(case) if services.needs_identity(case, claim)]
    begun = [claim for claim in needing if services.is_decided_unidentified(claim)]
    waiting = [claim for claim in begun if claim.state != ClaimState.ANSWERED.value]
    if begun and len(begun) == len(needing) and waiting:
        return _of_claim(case, waiting[0])
    undecided = next((claim for claim in needing if claim not in begun), None)
    refusable = undecided is None or is_refusable_unidentified(Right(undecided.right))
    return NextAction(
        _("Decide without proof of identity"),
        _("The question had its time: refuse for want of identity, or be sure in another way")
        if refusable
        else _("The question had its time: decide this right on what the request says alone"),
        f"claim-{undecided.uuid}" if undecided else "identity",
        _("Go to the decision"),
    )


def _without_mandate(case: Case) -> NextAction:
    """T07: the question about the mandate had its time."""
    waiting = [claim for claim in live_claims(case) if claim.state != ClaimState.ANSWERED.value]
    begun = next((claim for claim in waiting if services.is_decided_unidentified(claim)), None)
    if begun is not None:
        return _of_claim(case, begun)
    return NextAction(
        _("Decide without the mandate"),
        _("Whoever writes showed none: refuse for want of identity, or record the mandate"),
        f"claim-{waiting[0].uuid}" if waiting else "questions",
        _("Go to the decision"),
    )


def _work(case: Case) -> NextAction:
    claims = live_claims(case)
    in_order = [
        *sorted((claim for claim in claims if claim.state == ClaimState.OPEN.value), key=_turn),
        *[claim for claim in claims if claim.state == ClaimState.APPROVED.value],
        *[claim for claim in claims if claim.state == ClaimState.IN_REVIEW.value],
    ]
    if not in_order:
        return NextAction(_("Confirm the rights"), "", "rights", _("Go to the rights"))
    return _of_claim(case, in_order[0])


def _turn(claim: Claim) -> int:
    """Restriction and objection first, erasure last (domain §3.1)."""
    if Right(claim.right) in INTERIM_FIRST:
        return 0
    return 2 if claim.right == Right.ERASURE.value else 1


def _of_claim(case: Case, claim: Claim) -> NextAction:
    right = str(labels.RIGHTS[Right(claim.right)])
    anchor = f"claim-{claim.uuid}"
    if claim.state == ClaimState.IN_REVIEW.value:
        return NextAction(_("Review by a second person"), right, anchor, _("Read the draft"))
    if claim.state == ClaimState.APPROVED.value and awaits_execution(claim):
        return _execution(case, claim, right, anchor)
    if claim.state == ClaimState.APPROVED.value:
        return NextAction(_("Have the answer leave, then record it"), right, anchor, _("Go to the answer"))
    refused = claim.outcome == Outcome.REFUSED.value
    needs_data = Right(claim.right) in DISCLOSES_DATA | {Right.ERASURE} and not refused
    if needs_data and not is_met(case, RequirementCode.SOURCES_ANSWERED):
        return NextAction(_("Collect the person's data"), right, "collection", _("Go to the collection"))
    portable = claim.right == Right.PORTABILITY.value and claim.outcome in {"", *_HANDS_OVER}
    has_records = any(row.records for row in case.collections.all())
    if portable and has_records and not is_met(case, RequirementCode.EXPORT_READY):
        return NextAction(_("Make the export"), right, "collection", _("Go to the export"))
    if not claim.outcome:
        return NextAction(_("Draft the decision"), right, anchor, _("Go to the decision"))
    if Right(claim.right) in FAST_LANE:
        return NextAction(_("Carry it out and approve it"), right, anchor, _("Go to the decision"))
    return NextAction(_("Submit the draft for review"), right, anchor, _("Go to the decision"))


def _execution(case: Case, claim: Claim, right: str, anchor: str) -> NextAction:
    if data_are_frozen(claim):
        detail = _("Frozen data are only kept: warn the person, then end the freeze")
        return NextAction(_("End the freeze before the erasure"), detail, "freeze", _("Go to the freeze"))
    if restriction_stands(claim):
        detail = _("Restricted data are only kept, unless the person wants them erased in writing")
        return NextAction(_("Ask whether the restricted data are erased"), detail, anchor, _("Go to the decision"))
    if waits_for_another(claim):
        detail = _("Only when the other rights are answered: what is erased can no longer be handed over")
        return NextAction(_("Answer the other rights before the erasure"), detail, anchor, _("Go to the decision"))
    why_not = services.execution_blockers(case, claim)
    if why_not:
        return NextAction(_("Not yet to be carried out"), str(why_not[0]), anchor, _("Go to the decision"))
    return NextAction(_("Carry it out, then record how you saw that it is done"), right, anchor, _("Record it"))


# Nobody is known to have written this yet.
_UNKNOWN = frozenset({CaseState.RECEIVED.value, CaseState.AWAITING_IDENTITY.value})
_HANDS_OVER = frozenset({Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value})
