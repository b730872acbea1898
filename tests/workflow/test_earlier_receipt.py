"""An earlier receipt, of a copy or a merged case: what was in time is judged anew, and nothing that runs is lost."""

import uuid
from datetime import date

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import actor, utc
from workflow import events, queries, services
from workflow.actors import INTAKE, POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.states import (
    BreachSign,
    ComplaintKind,
    EventKind,
    ExtensionReason,
    ExtensionState,
    Ground,
    InterimGround,
    Means,
    Outcome,
    Right,
    SecondLook,
)

pytestmark = pytest.mark.django_db
LATER, EARLIER = utc(2027, 3, 15, 9), utc(2027, 3, 2, 9)  # the first month ends on 15 April, or on 2 April


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 16, 10)
    return to


def a_copy_had_come_before(case: Case) -> None:
    services.receive_earlier(case.pk, message=uuid.uuid4(), received_at=EARLIER, digest="a" * 64, by=INTAKE)


def another_case_had_come_before(case: Case) -> None:
    other = factories.confirmed((Right.ERASURE,), received_at=EARLIER)
    services.merge(other.pk, into=case.pk, by=actor("officer"))


def ask_extension(case: Case, promised: date | None = None) -> None:
    services.ask_extension(
        case.pk,
        months=2,
        reason=ExtensionReason.COMPLEXITY,
        why="four systems",
        done="two",
        promised=promised,
        by=actor("officer"),
    )


def kinds(case: Case) -> list[str]:
    return list(queries.history(case).values_list("kind", flat=True))


@pytest.mark.parametrize("earlier", [a_copy_had_come_before, another_case_had_come_before])
@pytest.mark.parametrize(("announced", "counts"), [((2027, 4, 2, 10), True), ((2027, 4, 10, 10), False)])
def test_an_extension_told_after_the_first_month_by_the_earlier_receipt_is_none(move, earlier, announced, counts):
    case = factories.in_progress(received_at=LATER)
    move(*announced)
    ask_extension(case)
    services.approve_extension(case.pk, by=actor("reviewer"))
    services.announce_extension(case.pk, at=timezone.now(), evidence="RE 1", by=actor("officer"))
    move(2027, 4, 12, 10)

    earlier(case)

    after = factories.again(case)
    state = ExtensionState.IN_FORCE if counts else ExtensionState.LAPSED
    assert (after.extension.state, after.extension.notice_by) == (state.value, date(2027, 4, 2))
    assert after.case_due == (date(2027, 6, 2) if counts else date(2027, 4, 1))
    assert (after.overdue, "case_overdue" in kinds(after)) == (not counts, not counts)
    assert services.differences(after) == []


def test_an_extension_never_promises_a_date_the_earlier_receipt_does_not_allow(move):
    case = factories.in_progress(received_at=LATER)
    ask_extension(case)

    another_case_had_come_before(case)

    with pytest.raises(CannotDo, match="02/06/2027 at the latest"):
        services.approve_extension(case.pk, by=actor("reviewer"))
    services.decline_extension(case.pk, comment="another date", by=actor("officer"))
    ask_extension(factories.again(case))
    services.approve_extension(case.pk, by=actor("reviewer"))
    assert factories.again(case).extension.promised == date(2027, 6, 2)


def test_an_approved_extension_whose_letter_would_promise_too_much_is_asked_for_anew(move):
    case = factories.in_progress(received_at=LATER)
    ask_extension(case)
    services.approve_extension(case.pk, by=actor("reviewer"))

    a_copy_had_come_before(case)

    after = factories.again(case)
    assert not services.may_still_be_announced(after)
    assert "extension_declined" in kinds(after)
    ask_extension(after)
    assert services.differences(factories.again(case)) == []


def test_an_approved_extension_that_promises_less_stands(move):
    case = factories.in_progress(received_at=LATER)
    ask_extension(case, promised=date(2027, 5, 20))
    services.approve_extension(case.pk, by=actor("reviewer"))

    a_copy_had_come_before(case)

    assert services.may_still_be_announced(factories.again(case))


@pytest.mark.parametrize("day", [(2027, 3, 31, 9), (2027, 4, 10, 9)])
def test_a_refusal_that_left_after_the_first_month_by_the_earlier_receipt_is_late(move, day):
    case = factories.in_progress((Right.RECTIFICATION,), received_at=LATER)
    move(*day)
    claim = factories.claim(case, Right.RECTIFICATION)
    services.draft(
        claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_NOTWRONG, facts="it is right", by=actor("officer")
    )
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))

    a_copy_had_come_before(case)
    a_copy_had_come_before(case)  # told once

    late, after = day[1] == 4, factories.again(case)
    assert (factories.claim(after, Right.RECTIFICATION).late_refusal, after.overdue) == (late, late)
    assert kinds(after).count(EventKind.REFUSAL_FOUND_LATE.value) == int(late)
    assert services.differences(after) == []


# -- what runs on the other case goes on ---------------------------------------------------------------


def merged(source: Case, target: Case) -> tuple[Case, Case]:
    services.merge(source.pk, into=target.pk, by=actor("officer"))
    return factories.again(source), factories.again(target)


def test_a_complaint_and_its_hold_go_on_in_the_case_that_goes_on(move):
    source, target = factories.confirmed((Right.ERASURE,)), factories.in_progress()
    services.raise_complaint(source.pk, kind=ComplaintKind.DISAGREEMENT, words="no", by=actor("officer"))
    due = source.reexaminations.get().due

    source, target = merged(source, target)

    assert (source.complaint, source.legal_hold) == (False, False)
    assert (target.complaint, target.legal_hold, target.reexaminations.get().due) == (True, True, due)
    services.decide_reexamination(
        target.pk, outcome=SecondLook.UPHELD, position="It stands.", by=factories.actor("manager")
    )
    services.answer_reexamination(target.pk, at=timezone.now(), means=Means.EMAIL, by=POST_OFFICE)
    assert not factories.again(target).complaint


def test_two_complaints_are_not_made_one(move):
    source, target = factories.confirmed((Right.ERASURE,)), factories.in_progress()
    for case in (source, target):
        services.raise_complaint(case.pk, words="no", by=actor("officer"))

    with pytest.raises(CannotDo, match="Answer the complaint in this case first"):
        services.merge(source.pk, into=target.pk, by=actor("officer"))


def test_a_freeze_goes_on_and_is_announced_to_end_anew(move):
    source, target = factories.confirmed((Right.RESTRICTION,)), factories.in_progress((Right.ERASURE,))
    services.restrict_interim(source.pk, ground=InterimGround.ACCURACY, how="CRM: locked.", by=actor("officer"))
    services.announce_lifting(source.pk, on=date(2027, 3, 20), reason="checked", by=actor("officer"))

    source, target = merged(source, target)

    assert (source.interim_restricted, target.interim_restricted, target.lifting_on) == (False, True, None)
    with pytest.raises(CannotDo, match="Warn the person first"):
        services.lift_interim(target.pk, by=actor("officer"))


def test_an_open_breach_goes_on_and_two_are_settled_one_by_one(move):
    source, target = factories.confirmed((Right.ERASURE,)), factories.in_progress()
    services.propose_breach(source.pk, sign=BreachSign.SEEN_BY_STAFF, by=INTAKE)
    other = factories.confirmed((Right.ERASURE,))
    services.propose_breach(other.pk, sign=BreachSign.SEEN_BY_STAFF, by=INTAKE)

    source, target = merged(source, target)

    assert (source.breach_open, target.possible_breach, target.breach_open) == (False, True, True)
    assert target.breaches.filter(settled_at=None).count() == 1
    with pytest.raises(CannotDo, match="settle that of one of them first"):
        services.merge(other.pk, into=target.pk, by=actor("officer"))


def test_the_earlier_date_an_authority_set_counts_and_follows_from_the_events(move):
    source, target = factories.confirmed((Right.ERASURE,)), factories.in_progress()
    for case, due in ((source, date(2027, 3, 22)), (target, date(2027, 3, 29))):
        services.recognise_authority(case.pk, words="APD", by=actor("officer"))
        services.set_authority_due(case.pk, due=due, by=actor("officer"))

    _source, target = merged(source, target)

    assert (target.authority, target.authority_due, target.next_due) == (True, date(2027, 3, 22), date(2027, 3, 22))
    assert services.differences(target) == []
    absorbed = queries.history(target).get(kind=EventKind.CASE_ABSORBED.value)
    assert events.fields(absorbed)["data"]["authority_due"] == "2027-03-22"
