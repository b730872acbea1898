"""Two workers whose clocks differ, and a clock that is set back: the order is the history's, no date moves by it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import actor, utc
from workflow import events, queries, services
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.states import EventKind, ExtensionReason, IdentityMethod, Means, Outcome, Right, SecondLook

pytestmark = pytest.mark.django_db
NOON = utc(2027, 3, 2, 12)
SKEWS = [timedelta(minutes=7), timedelta(hours=3), timedelta(hours=30)]


@pytest.fixture
def worker(time_machine):
    """Whose clock the next lines go by: so far ahead of noon, or behind it."""

    def goes(skew: timedelta) -> None:
        time_machine.move_to(NOON + skew, tick=False)

    goes(timedelta(0))
    return goes


def dates(case: Case) -> tuple[object, ...]:
    case = factories.again(case)
    return case.received_at, case.receipt_date, case.case_due, case.month_due, case.send_by, case.never_paused_due


def seqs(case: Case) -> list[int]:
    return list(queries.history(case).values_list("seq", flat=True))


@pytest.mark.parametrize("skew", SKEWS, ids=str)
@pytest.mark.parametrize("first_ahead", [True, False], ids=["first ahead", "first behind"])
def test_the_history_is_in_the_order_of_what_happened_and_no_date_moves(worker, skew, first_ahead):
    case = factories.received((Right.RECTIFICATION,), received_at=utc(2027, 3, 2, 8))
    before = dates(case)
    claim = factories.claim(case, Right.RECTIFICATION)
    acts = [
        lambda by: services.confirm_claims(case.pk, rights=[Right.RECTIFICATION], by=by),
        lambda by: services.verify_identity(
            case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.", by=by
        ),
        lambda by: services.take(case.pk, by=by),
        lambda by: services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=by),
    ]

    for number, act in enumerate(acts):
        worker(skew if (number % 2 == 0) is first_ahead else timedelta(0))
        act(actor("officer"))

    assert dates(case) == before
    assert seqs(case) == list(range(1, len(seqs(case)) + 1))
    assert events.verify(case.stream).intact
    assert services.differences(factories.again(case)) == []


@pytest.mark.parametrize("back", SKEWS, ids=str)
def test_a_clock_set_back_reaches_no_milestone_twice_and_moves_no_date(worker, back):
    case = factories.confirmed((Right.ACCESS,), received_at=utc(2027, 3, 2, 8))
    worker(timedelta(days=40))
    services.ring()
    before = dates(case)

    worker(timedelta(days=40) - back)
    services.ring()
    worker(timedelta(days=40))
    services.ring()

    told = queries.history(case).filter(kind=EventKind.MILESTONE_REACHED.value)
    reached = [str(sorted(events.fields(event)["data"].items())) for event in told]
    assert len(reached) == len(set(reached))
    assert dates(case) == before
    assert seqs(case) == list(range(1, len(seqs(case)) + 1))
    assert events.verify(case.stream).intact


def approved(worker, skew: timedelta) -> tuple[Case, int]:
    """An answer whose approval stands in the future of the clock that goes on."""
    case = factories.in_progress((Right.INFORMATION,), received_at=utc(2027, 3, 2, 8))
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    claim = factories.claim(case, Right.INFORMATION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    worker(skew)
    services.approve(claim.pk, version=factories.claim(case, Right.INFORMATION).version, by=actor("reviewer"))
    worker(timedelta(0))
    return case, claim.pk


@pytest.mark.parametrize("skew", SKEWS, ids=str)
def test_a_person_who_answers_before_the_approval_is_told_and_nothing_changes(worker, skew):
    case, claim = approved(worker, skew)
    before = seqs(case), dates(case)

    with pytest.raises(CannotDo, match="cannot have left before it was approved"):
        services.answer(claim, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))

    assert (seqs(case), dates(case)) == before
    assert factories.claim(case, Right.INFORMATION).answered_at is None


@pytest.mark.parametrize("skew", [*SKEWS, *(-skew for skew in SKEWS)], ids=str)
def test_a_letter_that_left_is_recorded_whatever_the_clock_of_its_worker_says(worker, skew):
    case, claim = approved(worker, skew)

    services.answer(claim, at=timezone.now(), means=Means.EMAIL, by=POST_OFFICE)

    row = factories.claim(case, Right.INFORMATION)
    assert row.answered_at >= row.approved_at
    assert services.differences(factories.again(case)) == []


@pytest.mark.parametrize("skew", [*SKEWS, *(-skew for skew in SKEWS)], ids=str)
def test_a_notice_of_an_extension_that_left_counts_whatever_the_clock_of_its_worker_says(worker, skew):
    case = factories.in_progress(received_at=utc(2027, 3, 2, 8))
    services.ask_extension(
        case.pk, months=2, reason=ExtensionReason.COMPLEXITY, why="four", done="two", by=actor("officer")
    )
    worker(skew)
    services.approve_extension(case.pk, by=actor("reviewer"))
    worker(timedelta(0))
    if skew > timedelta(0):
        with pytest.raises(CannotDo, match="before it was approved"):
            services.announce_extension(case.pk, at=timezone.now(), evidence="RE 1", by=actor("officer"))

    services.announce_extension(case.pk, at=timezone.now(), by=POST_OFFICE)

    after = factories.again(case)
    assert (after.extension.state, after.case_due.month) == ("in_force", 6)
    assert services.differences(after) == []


@pytest.mark.parametrize("skew", SKEWS, ids=str)
def test_an_answer_to_a_complaint_that_left_ends_it_whatever_the_clock_of_its_worker_says(worker, skew):
    case = factories.answered(received_at=utc(2027, 3, 2, 8))
    services.raise_complaint(case.pk, words="no", by=actor("officer"))
    worker(skew)
    services.decide_reexamination(
        case.pk, outcome=SecondLook.UPHELD, position="It stands as it is.", by=actor("manager")
    )
    worker(timedelta(0))

    services.answer_reexamination(case.pk, at=timezone.now(), means=Means.EMAIL, by=POST_OFFICE)

    row = case.reexaminations.get()
    assert (factories.again(case).complaint, row.answered_at) == (False, row.decided_at)


def test_nobody_of_staff_opens_a_case_from_a_later_instant(time_machine):
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)

    with pytest.raises(CannotDo, match="in the future"):
        services.open_case(
            controller=factories.installation(),
            received_at=utc(2027, 3, 2, 9, 1),
            person_email="ada@example.org",
            by=factories.actor("officer"),
        )
