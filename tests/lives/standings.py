"""A case wherever it can stand, each brought there through the services; and what every act does there."""

from collections.abc import Callable, Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from time_machine import Traveller

from tests import factories
from tests.factories import actor
from tests.lives.acts import ACTS
from tests.lives.hands import WORDS, Hand
from tests.lives.machine import rows_of, second_officer, told_of
from workflow import services
from workflow.actors import POST_OFFICE, Actor
from workflow.guards import CannotDo, untold_recipients
from workflow.models import Case
from workflow.states import ExtensionReason, IdentityMethod, Means, Outcome, OutOfScope, Right

RIGHTS = (Right.RECTIFICATION, Right.OBJECTION_GENERAL)
Place = Callable[[Traveller], Case]
DONE = "done"


def _pass(clock: Traveller, **much: int) -> None:
    clock.move_to(timezone.now() + timedelta(**much), tick=False)


def without_rights(_clock: Traveller) -> Case:
    return factories.received(())


def received(_clock: Traveller) -> Case:
    return factories.received(RIGHTS)


def confirmed(_clock: Traveller) -> Case:
    return factories.confirmed(RIGHTS)


def awaiting_identity(_clock: Traveller) -> Case:
    case = factories.confirmed(RIGHTS)
    services.ask_identity(case.pk, doubt=WORDS, by=actor("officer"))
    return case


def identity_verified(_clock: Traveller) -> Case:
    return factories.verified(RIGHTS)


def awaiting_clarification(_clock: Traveller) -> Case:
    case = factories.in_progress(RIGHTS)
    services.ask_clarification(case.pk, question=WORDS, choices=["a", "b"], by=actor("officer"))
    return case


def in_progress(_clock: Traveller) -> Case:
    return factories.in_progress(RIGHTS)


def drafted(clock: Traveller) -> Case:
    case = in_progress(clock)
    for claim in case.claims.all():
        services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    return case


def in_review(clock: Traveller) -> Case:
    case = drafted(clock)
    for claim in case.claims.all():
        factories.submit(claim.pk, by=actor("officer"))
    return case


def approved(clock: Traveller) -> Case:
    case = in_review(clock)
    for claim in case.claims.all():
        services.approve(claim.pk, version=claim.version, by=actor("reviewer"))
    return case


def carried_out(clock: Traveller) -> Case:
    case = approved(clock)
    for claim in case.claims.all():
        factories.carry_out(claim.pk)
    return case


def processed(clock: Traveller) -> Case:
    case = carried_out(clock)
    _pass(clock, minutes=5)
    for claim in case.claims.all():
        services.answer(claim.pk, at=timezone.now(), means=Means.EMAIL, by=POST_OFFICE)
    return case


def closed(clock: Traveller) -> Case:
    case = processed(clock)
    for claim in untold_recipients(case):
        services.explain_recipients(claim.pk, reason=WORDS, by=actor("officer"))
    _pass(clock, days=40)
    services.close(case.pk, by=actor("officer"))
    return case


def disputed(clock: Traveller) -> Case:
    case = processed(clock)
    services.raise_complaint(case.pk, words=WORDS, by=actor("officer"))
    return case


def extension_asked(clock: Traveller) -> Case:
    case = in_progress(clock)
    words = {"why": WORDS, "done": WORDS}
    services.ask_extension(case.pk, months=1, reason=ExtensionReason.COMPLEXITY, **words, by=actor("officer"))
    return case


def extension_approved(clock: Traveller) -> Case:
    case = extension_asked(clock)
    services.approve_extension(case.pk, by=actor("reviewer"))
    return case


def extended(clock: Traveller) -> Case:
    case = extension_approved(clock)
    services.announce_extension(case.pk, at=timezone.now(), by=POST_OFFICE)
    return case


def fee_asked(clock: Traveller) -> Case:
    case = in_progress(clock)
    for name in ("evidence_abuse", "ask_fee"):
        ACTS[name].do(Hand(case), actor("officer"))
    return case


def fee_told(clock: Traveller) -> Case:
    case = fee_asked(clock)
    ACTS["approve_fee"].do(Hand(case), actor("manager"))
    ACTS["announce_fee"].do(Hand(case), POST_OFFICE)
    return case


def overdue(clock: Traveller) -> Case:
    case = in_progress(clock)
    _pass(clock, days=60)
    services.ring()
    return case


def frozen(clock: Traveller) -> Case:
    case = in_progress(clock)
    hand = Hand(case)
    ACTS["restrict_interim"].do(hand, actor("officer"))
    return case


def withdrawn(_clock: Traveller) -> Case:
    case = factories.confirmed(RIGHTS)
    services.withdraw_case(case.pk, said=WORDS, known_by=WORDS, by=actor("officer"))
    return case


def out_of_scope(_clock: Traveller) -> Case:
    case = factories.received(RIGHTS)
    services.declare_out_of_scope(case.pk, reason=OutOfScope.SUPPORT, why=WORDS, by=actor("officer"))
    return case


def forwarded(_clock: Traveller) -> Case:
    case = factories.received(RIGHTS)
    services.forward(case.pk, controller="Acme", address="dpo@acme.example", why=WORDS, by=actor("officer"))
    return case


def merged(_clock: Traveller) -> Case:
    case, other = factories.received(RIGHTS), factories.received(RIGHTS)
    services.merge(case.pk, into=other.pk, by=actor("officer"))
    return case


def consent_answered(clock: Traveller) -> Case:
    case = factories.confirmed((Right.CONSENT_WITHDRAWAL,))
    claim = factories.claim(case, Right.CONSENT_WITHDRAWAL)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    _pass(clock, minutes=5)
    services.answer(claim.pk, at=timezone.now(), means=Means.EMAIL, by=POST_OFFICE)
    return case


def fast_lane_while_asked(clock: Traveller) -> Case:
    """A question about the one right is out, the other is carried out at once and approved."""
    case = factories.in_progress((Right.RECTIFICATION, Right.OBJECTION_DM))
    services.ask_clarification(case.pk, question=WORDS, choices=["a", "b"], by=actor("officer"))
    services.withdraw_claim(factories.claim(case, Right.RECTIFICATION).pk, said=WORDS, by=actor("officer"))
    claim = factories.claim(case, Right.OBJECTION_DM)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    _pass(clock, minutes=5)
    return case


def erasure_before_access(clock: Traveller) -> Case:
    """Both approved, nothing answered: erasing now would leave nothing to hand over."""
    case = factories.confirmed((Right.ERASURE, Right.ACCESS))
    by, method = actor("officer"), IdentityMethod.LINK_KNOWN_CONTACT
    services.verify_identity(case.pk, method=method, note=WORDS, by=by)
    services.take(case.pk, by=by)
    services.record_nothing_held(case.pk, source="by-hand", how=WORDS, by=by)
    claim = factories.claim(case, Right.ERASURE)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=by)
    factories.submit(claim.pk, by=by)
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    _pass(clock, minutes=5)
    return case


PLACES: dict[str, Place] = {
    place.__name__: place
    for place in (
        without_rights,
        received,
        confirmed,
        awaiting_identity,
        identity_verified,
        awaiting_clarification,
        in_progress,
        drafted,
        in_review,
        approved,
        carried_out,
        extension_asked,
        extension_approved,
        extended,
        fee_asked,
        fee_told,
        overdue,
        frozen,
        processed,
        consent_answered,
        fast_lane_while_asked,
        erasure_before_access,
        disputed,
        closed,
        withdrawn,
        out_of_scope,
        forwarded,
        merged,
    )
}


def tried(case: Case, others: list[Case], *, names: Collection[str] = ACTS) -> dict[str, tuple[str, str]]:
    """What becomes of each act done well by who usually does it: DONE, "" where it does nothing, or the refusal.

    In English and in French; an act that is refused in one is tried in the other right after. Each is undone again.
    A refusal that changed something raises AssertionError.
    """
    before = rows_of(case.pk), told_of(case.pk)
    return {name: _tried(name, case, others, before) for name in names}


def _tried(name: str, case: Case, others: list[Case], before: object) -> tuple[str, str]:
    by = ACTS[name].actor()
    place = transaction.savepoint()
    try:
        english = _refused(name, case, others, by, "en")
        french = _refused(name, case, others, by, "fr") if english else ""
        changed = (rows_of(case.pk), told_of(case.pk)) != before
    finally:
        transaction.savepoint_rollback(place)
    if english:
        assert french, f"{name} is refused in English and not in French"
        assert not changed, f"{name} was refused and changed something"
        return english, french
    return (DONE, DONE) if changed else ("", "")


def _refused(name: str, case: Case, others: list[Case], by: Actor, language: str) -> str:
    """The sentence of the refusal in that language; "" where the act is done or does nothing."""
    with translation.override(language):
        try:
            ACTS[name].do(Hand(factories.again(case), others), by)
        except CannotDo as refused:
            return str(refused.sentence)
    return ""


def prepared(place: str, clock: Traveller) -> tuple[Case, list[Case]]:
    """The case there, and another one of the same person that is open."""
    factories.installation()
    second_officer()
    case = PLACES[place](clock)
    return factories.again(case), [factories.received(RIGHTS)]
