"""What ends a wait for the person's reply: its arrival, other rights, or that nobody needs it (domain §2.4)."""

import uuid
from datetime import date, datetime

import pytest

from tests import factories
from tests.factories import actor, utc
from workflow import events, queries, services
from workflow.actors import INTAKE, POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.states import (
    CaseState,
    EventKind,
    Ground,
    IdentityMethod,
    Outcome,
    PauseEnd,
    PauseKind,
    Right,
)

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)
UNPAUSED = date(2027, 4, 1)


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def asked(*rights: Right) -> Case:
    case = factories.confirmed(rights or (Right.ACCESS,), received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="The name is spelled differently.", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    return factories.again(case)


def scope_asked() -> Case:
    case = factories.in_progress(received_at=TUESDAY)
    words = {"question": "Which year?", "choices": ["2025"], "volume": "Ten years of logs."}
    services.ask_clarification(case.pk, stops_clock=True, by=actor("officer"), **words)
    services.begin_pause(case.pk, kind=PauseKind.SCOPE, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    return factories.again(case)


def write(case: Case, at: datetime) -> None:
    services.attach_message(case.pk, message=uuid.uuid4(), received_at=at, digest="0" * 64, by=INTAKE)


def kinds(case: Case) -> list[str]:
    return [event.kind for event in queries.history(case)]


# -- the reply arrives -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [PauseKind.IDENTITY, PauseKind.MANDATE])
def test_a_message_ends_the_wait_on_the_day_it_came(move, kind: PauseKind) -> None:
    case = asked() if kind is PauseKind.IDENTITY else factories.confirmed(received_at=TUESDAY)
    if kind is PauseKind.MANDATE:
        services.ask_mandate(case.pk, question="Who gave the mandate to write?", by=actor("officer"))
        services.begin_pause(case.pk, kind=kind, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    stood = factories.again(case).case_due
    move(2027, 3, 7, 9)

    write(case, utc(2027, 3, 5, 9))  # taken in two days later: an outage of ours is not theirs

    now = factories.again(case)
    assert (stood, now.case_due) == (None, date(2027, 4, 4))
    assert (now.pauses.get().ended, now.reply_to_read) == (PauseEnd.REPLY.value, True)
    assert services.differences(now) == []
    move(2027, 3, 29, 9)
    services.ring()
    assert EventKind.MILESTONE_REACHED.value in kinds(case)  # the officer is reminded again, the person is not
    assert not [row for row in now.milestones.all() if row.code.startswith("M21")]


def test_a_reply_that_is_not_enough_is_followed_by_a_new_question(move) -> None:
    case = asked()
    move(2027, 3, 4, 9)
    write(case, utc(2027, 3, 4, 8))

    services.ask_identity(case.pk, doubt="The copy shows another name.", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 4, 9), by=POST_OFFICE)

    assert (factories.again(case).case_due, case.pauses.count()) == (None, 2)


def before_it_left() -> Case:
    """The question lay in the Outbox when a message came: it is read as a reply only by somebody."""
    case = factories.confirmed(received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="The name is spelled differently.", by=actor("officer"))
    return case


def test_a_later_reply_than_the_first_message_needs_a_reason_and_auditors_see_it(move) -> None:
    case = before_it_left()
    move(2027, 3, 3, 9)
    write(case, utc(2027, 3, 3, 9))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 3, 9), by=POST_OFFICE)
    move(2027, 3, 15, 9)
    later = {"kind": PauseKind.IDENTITY, "arrived_at": utc(2027, 3, 15, 8), "by": actor("officer")}

    with pytest.raises(CannotDo, match="came on 03/03/2027"):
        services.record_reply(case.pk, **later)
    assert EventKind.CLOCK_RESUMED.value not in kinds(case)
    services.record_reply(case.pk, note="It only asked when we answer.", **later)

    told = queries.history(case).get(kind=EventKind.LATER_REPLY_TAKEN.value)
    assert events.fields(told)["data"] == {"pause": "identity", "message_on": "2027-03-03"}
    assert services.differences(factories.again(case)) == []


def test_identity_verified_with_a_later_proof_needs_the_same_reason(move) -> None:
    case = before_it_left()
    move(2027, 3, 3, 9)
    write(case, utc(2027, 3, 3, 9))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 3, 9), by=POST_OFFICE)
    move(2027, 3, 15, 9)
    proof = {"method": IdentityMethod.LINK_KNOWN_CONTACT, "note": "A code to the account of 2024 came back."}
    proof |= {"arrived_at": utc(2027, 3, 15, 8), "by": actor("officer")}

    with pytest.raises(CannotDo, match="came on 03/03/2027"):
        services.verify_identity(case.pk, **proof)
    services.verify_identity(case.pk, later="It only asked when we answer.", **proof)

    assert EventKind.LATER_REPLY_TAKEN.value in kinds(case)


def test_no_reply_about_identity_is_made_up_to_refuse_at_once(move) -> None:
    case = asked()
    officer = actor("officer")

    with pytest.raises(CannotDo, match="No message of theirs came"):
        services.record_reply(case.pk, kind=PauseKind.IDENTITY, by=officer)
    claim = factories.claim(case)
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_ID, facts="No proof came.", by=officer)
    with pytest.raises(CannotDo, match="has not been reminded"):
        factories.submit(claim.pk, by=officer)


# -- other rights wait for no question about the scope of access -----------------------------------


def joined_by_confirming(case: Case) -> None:
    services.confirm_claims(case.pk, rights=(Right.ACCESS, Right.RECTIFICATION), by=actor("officer"))


def joined_by_merging(case: Case) -> None:
    other = factories.confirmed((Right.ERASURE,), received_at=TUESDAY)
    services.merge(other.pk, into=case.pk, by=actor("officer"))


@pytest.mark.parametrize("join", [joined_by_confirming, joined_by_merging])
def test_another_right_starts_the_clock_again_and_the_question_stays(move, join) -> None:
    case = scope_asked()
    move(2027, 3, 9, 9)

    join(case)

    now = factories.again(case)
    row = now.pauses.get()
    assert (now.case_due, now.state) == (UNPAUSED, CaseState.AWAITING_CLARIFICATION.value)
    assert (row.kind, row.answered_on) == (PauseKind.DETAIL.value, None)
    assert services.differences(now) == []
    services.record_reply(case.pk, kind=PauseKind.DETAIL, by=actor("officer"))
    assert factories.again(case).state == CaseState.IN_PROGRESS.value


def test_days_counted_for_access_alone_count_no_more_once_another_right_joins(move) -> None:
    case = scope_asked()
    move(2027, 3, 9, 9)
    write(case, utc(2027, 3, 9, 9))
    paused = factories.again(case).case_due

    joined_by_confirming(case)

    assert (paused, factories.again(case).case_due) == (date(2027, 4, 8), UNPAUSED)
    assert services.differences(factories.again(case)) == []


def test_a_question_of_scope_that_lies_in_the_outbox_stops_nothing_once_another_right_joined(move) -> None:
    case = factories.in_progress(received_at=TUESDAY)
    words = {"question": "Which year?", "choices": ["2025"], "volume": "Ten years of logs."}
    services.ask_clarification(case.pk, stops_clock=True, by=actor("officer"), **words)

    joined_by_confirming(case)
    for kind in (PauseKind.SCOPE, PauseKind.DETAIL):
        services.begin_pause(case.pk, kind=kind, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)

    assert factories.again(case).case_due == UNPAUSED
    assert services.differences(factories.again(case)) == []


def test_the_fast_lane_beside_access_leaves_the_stop_as_it_is(move) -> None:
    case = scope_asked()

    services.confirm_claims(case.pk, rights=(Right.ACCESS, Right.OBJECTION_DM), by=actor("officer"))

    assert factories.again(case).case_due is None


# -- nobody needs the proof any more ---------------------------------------------------------------


def withdrawn(case: Case) -> None:
    claim = factories.claim(case)
    services.withdraw_claim(claim.pk, said="No access.", known_by="They answered our letter.", by=actor("officer"))


def corrected(case: Case) -> None:
    words = "They only ask about the notice."
    services.confirm_claims(case.pk, rights=(Right.COMPLAINT,), because=words, by=actor("officer"))


@pytest.mark.parametrize("give_up", [withdrawn, corrected])
def test_no_wait_is_left_for_a_proof_that_nobody_needs(move, give_up) -> None:
    case = asked(Right.ACCESS, Right.COMPLAINT)
    move(2027, 3, 9, 9)

    give_up(case)

    now = factories.again(case)
    assert (now.state, now.identity_needed) == (CaseState.IDENTITY_VERIFIED.value, False)
    assert (now.pauses.get().ended, now.case_due) == (PauseEnd.NOT_NEEDED.value, date(2027, 4, 8))
    assert services.differences(now) == []
    services.take(case.pk, by=actor("officer"))
