"""The data, the conditions and the decisions of a case."""

import uuid

from tests.lives.hands import Hand
from tests.lives.register import act, on_claim
from workflow import services
from workflow.actors import Actor
from workflow.checklists import carried_out, checklist, outcomes
from workflow.models import Claim
from workflow.states import (
    ALLOWED_GROUNDS,
    AfterConsent,
    ExecutionProof,
    Ground,
    Means,
    Outcome,
    RequirementCode,
    Right,
)

# -- data and conditions -----------------------------------------------------------------------------------


@act()
def record_nothing_held(hand: Hand, by: Actor) -> None:
    services.record_nothing_held(hand.case.pk, source="by-hand", how=hand.words(), by=by)


@act()
def record_collection(hand: Hand, by: Actor) -> None:
    services.record_collection(hand.case.pk, source="by-hand", records=3, digest="1" * 64, by=by)


@act()
def record_removal(hand: Hand, by: Actor) -> None:
    if hand.case.collections.filter(source="by-hand").exists():  # else there is no file to take away
        services.record_removal(
            hand.case.pk,
            source="by-hand",
            records=3,
            digest="1" * 64,
            attached_at=hand.case.received_at,
            last=hand.yes(),
            reason=hand.words(),
            by=by,
        )


@act()
def record_export_ready(hand: Hand, by: Actor) -> None:
    services.record_export_ready(hand.case.pk, bundle=uuid.uuid4(), digest="2" * 64, by=by)


@act()
def meet_condition(hand: Hand, by: Actor) -> None:
    services.meet_condition(hand.case.pk, code=hand.one_of(_CONDITIONS), reason=hand.words(), by=by)


@act()
def waive_condition(hand: Hand, by: Actor) -> None:
    services.waive_condition(hand.case.pk, code=hand.one_of(_CONDITIONS), reason=hand.words(), by=by)


_CONDITIONS = [RequirementCode.SIGNED, *RequirementCode]


# -- decisions ------------------------------------------------------------------------------------------------


@on_claim()
def draft(hand: Hand, claim: Claim, by: Actor) -> None:
    right = Right(claim.right)
    known = outcomes(right, refusable=bool(ALLOWED_GROUNDS[right]))
    outcome = hand.one_of([*known, *known, *Outcome])
    refuses = outcome in {Outcome.REFUSED, Outcome.PARTLY_GRANTED}
    ground = hand.one_of([*ALLOWED_GROUNDS[right], Ground.G_SCOPE]) if refuses else hand.one_of([None, Ground.G_EXC])
    services.draft(claim.pk, outcome=outcome, ground=ground, facts=hand.words(), by=by)


@on_claim()
def submit(hand: Hand, claim: Claim, by: Actor) -> None:
    lines = checklist(Right(claim.right), Outcome(claim.outcome), claim.ground) if claim.outcome else ()
    services.submit(claim.pk, version=hand.version(claim), checked=lines if hand.yes() else lines[1:], by=by)


@on_claim("reviewer")
def send_back(hand: Hand, claim: Claim, by: Actor) -> None:
    services.send_back(claim.pk, comment=hand.words(), by=by)


@on_claim("reviewer")
def approve(hand: Hand, claim: Claim, by: Actor) -> None:
    services.approve(claim.pk, version=hand.version(claim), by=by)


@on_claim()
def record_execution(hand: Hand, claim: Claim, by: Actor) -> None:
    proof = hand.one_of(list(ExecutionProof))
    words = {"done": hand.words(), "where": hand.words(), "seen": hand.words()}
    lines = carried_out(Right(claim.right)) if hand.one_of([True, True, False]) else ()
    services.record_execution(claim.pk, at=hand.moment(), proof=proof, checked=lines, **words, by=by)


@on_claim()
def record_step_failed(hand: Hand, claim: Claim, by: Actor) -> None:
    services.record_step_failed(claim.pk, source="crm", why=hand.words(), by=by)


@on_claim()
def settle_step(hand: Hand, claim: Claim, by: Actor) -> None:
    services.settle_step(claim.pk, source="crm", by_hand=hand.yes(), reason=hand.words(), by=by)


@on_claim()
def answer(hand: Hand, claim: Claim, by: Actor) -> None:
    means = hand.one_of([Means.POSTED, Means.EMAIL])
    services.answer(claim.pk, at=hand.moment(), means=means, evidence=hand.words(), by=by)


@on_claim()
def erase_despite_restriction(hand: Hand, claim: Claim, by: Actor) -> None:
    services.erase_despite_restriction(claim.pk, said=hand.words(), by=by)


@on_claim()
def evidence_abuse(hand: Hand, claim: Claim, by: Actor) -> None:
    services.evidence_abuse(claim.pk, text=hand.words(), by=by)


@on_claim()
def ask_fee(hand: Hand, claim: Claim, by: Actor) -> None:
    services.ask_fee(
        claim.pk,
        cents=hand.one_of([2500, 2500, 0]),
        ground=hand.one_of([Ground.G_EXC, Ground.G_UNF, Ground.G_ID]),
        facts=hand.words(),
        calculation=hand.words(),
        how_to_pay=hand.words(),
        by=by,
    )


@on_claim("manager")
def approve_fee(hand: Hand, claim: Claim, by: Actor) -> None:
    services.approve_fee(claim.pk, cents=hand.one_of([2500, 2500, 2000]), by=by)


@on_claim("post office")
def announce_fee(hand: Hand, claim: Claim, by: Actor) -> None:
    services.announce_fee(claim.pk, at=hand.moment(), evidence=hand.words(), by=by)


@on_claim()
def record_fee_paid(hand: Hand, claim: Claim, by: Actor) -> None:
    services.record_fee_paid(claim.pk, evidence=hand.words(), by=by)


@on_claim()
def record_fee_unpaid(hand: Hand, claim: Claim, by: Actor) -> None:
    services.record_fee_unpaid(claim.pk, said=hand.words(), by=by)


@on_claim()
def drop_fee(hand: Hand, claim: Claim, by: Actor) -> None:
    services.drop_fee(claim.pk, reason=hand.words(), by=by)


@on_claim()
def follow_consent(hand: Hand, claim: Claim, by: Actor) -> None:
    services.follow_consent(claim.pk, answer=hand.one_of(list(AfterConsent)), basis=hand.words(), by=by)


@on_claim()
def withdraw_claim(hand: Hand, claim: Claim, by: Actor) -> None:
    services.withdraw_claim(claim.pk, said=hand.words(), known_by=hand.words(), by=by)
