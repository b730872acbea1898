"""Time, the ends of a case, what comes after them, and the alarms."""

from tests.lives.hands import Hand
from tests.lives.register import act
from workflow import deadlines, services
from workflow.actors import Actor
from workflow.states import (
    BreachSign,
    BreachVerdict,
    ComplaintKind,
    EventKind,
    ExtensionReason,
    InterimGround,
    Means,
    OutOfScope,
    ReopenReason,
    SecondLook,
)

# -- time ---------------------------------------------------------------------------------------------------------


@act()
def ask_extension(hand: Hand, by: Actor) -> None:
    services.ask_extension(
        hand.case.pk,
        months=hand.one_of([1, 2, 3]),
        reason=hand.one_of(list(ExtensionReason)),
        why=hand.words(),
        done=hand.words(),
        by=by,
    )


@act("reviewer")
def approve_extension(hand: Hand, by: Actor) -> None:
    services.approve_extension(hand.case.pk, seen=hand.one_of([None, None, 1]), by=by)


@act("reviewer")
def decline_extension(hand: Hand, by: Actor) -> None:
    services.decline_extension(hand.case.pk, comment=hand.words(), by=by)


@act("post office")
def announce_extension(hand: Hand, by: Actor) -> None:
    services.announce_extension(hand.case.pk, at=hand.moment(), evidence=hand.words(), by=by)


@act()
def apologise(hand: Hand, by: Actor) -> None:
    services.apologise(hand.case.pk, why=hand.words(), until=_day(hand, 5, -5), by=by)


@act("clock")
def ring(_hand: Hand, _by: Actor) -> None:
    services.ring()


@act("clock")
def close_quiet(_hand: Hand, _by: Actor) -> None:
    services.close_quiet()


@act()
def restrict_interim(hand: Hand, by: Actor) -> None:
    services.restrict_interim(hand.case.pk, ground=hand.one_of(list(InterimGround)), how=hand.words(), by=by)


@act()
def decline_interim(hand: Hand, by: Actor) -> None:
    services.decline_interim(hand.case.pk, reason=hand.words(), by=by)


@act()
def announce_lifting(hand: Hand, by: Actor) -> None:
    services.announce_lifting(hand.case.pk, on=_day(hand, 1, 0), reason=hand.words(), by=by)


@act()
def lift_interim(hand: Hand, by: Actor) -> None:
    services.lift_interim(hand.case.pk, evidence=hand.words(), by=by)


def _day(hand: Hand, *choices: int):  # type: ignore[no-untyped-def]
    return deadlines.brussels_date(hand.days(*choices))


# -- ends, and what comes after them -----------------------------------------------------------------------------


@act()
def declare_out_of_scope(hand: Hand, by: Actor) -> None:
    services.declare_out_of_scope(hand.case.pk, reason=hand.one_of(list(OutOfScope)), why=hand.words(), by=by)


@act()
def undo_out_of_scope(hand: Hand, by: Actor) -> None:
    services.undo_out_of_scope(hand.case.pk, why=hand.words(), by=by)


@act()
def withdraw_case(hand: Hand, by: Actor) -> None:
    services.withdraw_case(hand.case.pk, said=hand.words(), known_by=hand.words(), by=by)


@act()
def forward(hand: Hand, by: Actor) -> None:
    address = hand.one_of(["dpo@acme.example", "acme"])
    services.forward(hand.case.pk, controller=hand.words(), address=address, why=hand.words(), by=by)


@act()
def close(hand: Hand, by: Actor) -> None:
    services.close(hand.case.pk, by=by)


@act()
def reopen(hand: Hand, by: Actor) -> None:
    because = hand.one_of(list(ReopenReason))
    services.reopen(hand.case.pk, reason=hand.words(), rights=hand.rights(), because=because, by=by)


@act()
def raise_complaint(hand: Hand, by: Actor) -> None:
    services.raise_complaint(hand.case.pk, kind=hand.one_of(list(ComplaintKind)), words=hand.words(), by=by)


@act("examiner")
def decide_reexamination(hand: Hand, by: Actor) -> None:
    services.decide_reexamination(
        hand.case.pk,
        outcome=hand.one_of(list(SecondLook)),
        position=hand.words(),
        rights=hand.rights(),
        outside=hand.one_of(["", "", "Me Dubois"]),
        by=by,
    )


@act()
def answer_reexamination(hand: Hand, by: Actor) -> None:
    services.answer_reexamination(
        hand.case.pk, at=hand.moment(), means=hand.one_of(list(Means)), evidence=hand.words(), by=by
    )


@act("manager")
def release_hold(hand: Hand, by: Actor) -> None:
    services.release_hold(hand.case.pk, reason=hand.words(), by=by)


@act("post office")
def record_letter(hand: Hand, by: Actor) -> None:
    kind = hand.one_of([EventKind.LETTER_SENT, EventKind.LETTER_UNDELIVERABLE])
    services.record_letter(hand.case.pk, kind, letter="M12b", message_id="<a@example.org>", by=by)


# -- alarms ----------------------------------------------------------------------------------------------------------


@act("intake")
def propose_breach(hand: Hand, by: Actor) -> None:
    services.propose_breach(hand.case.pk, sign=BreachSign.REPORTED_BY_MAIL, words=hand.words(), by=by)


@act("post office")
def notice_lost(hand: Hand, by: Actor) -> None:
    services.notice_lost(hand.case.pk, by=by)


@act("post office")
def reexamination_answer_lost(hand: Hand, by: Actor) -> None:
    services.reexamination_answer_lost(hand.case.pk, written_at=hand.moment(), by=by)


@act("manager")
def assess_breach(hand: Hand, by: Actor) -> None:
    verdict = hand.one_of([BreachVerdict.BREACH, BreachVerdict.NO_RISK, BreachVerdict.NONE])
    services.assess_breach(hand.case.pk, verdict=verdict, reason=hand.words(), by=by)


@act("reviewer")
def report_breach(hand: Hand, by: Actor) -> None:
    services.report_breach(hand.case.pk, words=hand.words(), aware_at=hand.moment(), by=by)


@act()
def recognise_authority(hand: Hand, by: Actor) -> None:
    services.recognise_authority(hand.case.pk, words=hand.words(), by=by)


@act()
def record_call_back(hand: Hand, by: Actor) -> None:
    services.record_call_back(hand.case.pk, text=hand.words(), by=by)


@act()
def set_authority_due(hand: Hand, by: Actor) -> None:
    services.set_authority_due(hand.case.pk, due=_day(hand, 10, -1), by=by)


@act()
def deny_authority(hand: Hand, by: Actor) -> None:
    services.deny_authority(hand.case.pk, reason=hand.words(), by=by)
