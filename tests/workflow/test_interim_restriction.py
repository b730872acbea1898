"""T13: frozen before it is decided, lifted only after a warning."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from tests.factories import actor, utc
from workflow import services
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case, Claim
from workflow.states import CaseState, EventKind, InterimGround, Means, Outcome, Right

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def freeze(case: Case) -> None:
    services.restrict_interim(
        case.pk, ground=InterimGround.ACCURACY, how="Billing: account locked.", by=actor("officer")
    )


@pytest.mark.parametrize("right", [Right.RESTRICTION, Right.OBJECTION_GENERAL])
def test_somebody_decides_within_one_working_day(move, right):
    case = factories.confirmed((right,), received_at=TUESDAY)
    assert factories.again(case).next_due == date(2027, 3, 3)

    freeze(case)

    after = factories.again(case)
    assert (after.interim_restricted, after.next_due, after.case_due) == (True, date(2027, 4, 1), date(2027, 4, 1))


def test_no_freeze_needs_a_reason(move):
    case = factories.confirmed((Right.OBJECTION_GENERAL,), received_at=TUESDAY)

    with pytest.raises(CannotDo, match="Say why"):
        services.decline_interim(case.pk, reason=" ", by=actor("officer"))
    services.decline_interim(case.pk, reason="Nothing is processed any more.", by=actor("officer"))

    assert factories.again(case).next_due == date(2027, 4, 1)
    with pytest.raises(CannotDo, match="nothing to decline"):
        services.decline_interim(case.pk, reason="once again", by=actor("officer"))


def test_a_freeze_ends_on_the_announced_day_and_after_the_warning_left(move):
    case = factories.confirmed((Right.RESTRICTION,), received_at=TUESDAY)
    with pytest.raises(CannotDo, match="not frozen"):
        services.announce_lifting(case.pk, on=date(2027, 3, 9), reason="checked", by=actor("officer"))
    freeze(case)
    with pytest.raises(CannotDo, match="Warn the person first"):
        services.lift_interim(case.pk, by=actor("officer"))
    with pytest.raises(CannotDo, match="after today"):
        services.announce_lifting(case.pk, on=date(2027, 3, 2), reason="checked", by=actor("officer"))
    services.announce_lifting(case.pk, on=date(2027, 3, 9), reason="checked", by=actor("officer"))
    with pytest.raises(CannotDo, match="another day"):
        services.lift_interim(case.pk, by=actor("officer"))
    move(2027, 3, 9, 9)
    with pytest.raises(CannotDo, match="has not left"):
        services.lift_interim(case.pk, by=actor("officer"))
    services.record_letter(case.pk, EventKind.LETTER_SENT, letter="M12b", message_id="<a@b>", by=POST_OFFICE)

    services.lift_interim(case.pk, by=actor("officer"))

    after = factories.again(case)
    assert (after.interim_restricted, after.lifting_on) == (False, None)


def test_the_database_knows_no_end_of_a_freeze_that_is_none(move):
    case = factories.confirmed((Right.RESTRICTION,), received_at=TUESDAY)

    with pytest.raises(IntegrityError, match="lifts_only"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(lifting_on=date(2027, 3, 9))
    with pytest.raises(IntegrityError, match="has_its_decision"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(interim_restricted=True)


def test_two_freezes_of_one_case_are_one(move):
    case = factories.confirmed((Right.RESTRICTION,), received_at=TUESDAY)
    freeze(case)

    with pytest.raises(CannotDo, match="already"):
        freeze(case)


# -- frozen data are kept --------------------------------------------------------------------------


def approved(case: Case, right: Right) -> Claim:
    claim = factories.claim(case, right)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    return claim


def answer(claim: Claim) -> None:
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))


def test_frozen_data_are_not_erased_until_the_person_was_warned_and_the_freeze_is_over(move):
    case = factories.in_progress((Right.ERASURE,), received_at=TUESDAY)
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    services.restrict_interim(case.pk, ground=InterimGround.ERASURE_DISPUTE, how="CRM: locked.", by=actor("officer"))
    erasure = approved(case, Right.ERASURE)

    with pytest.raises(CannotDo, match="only kept until the person is warned"):
        factories.carry_out(erasure.pk)
    erasure.refresh_from_db()
    untouched = erasure.verified_at
    services.announce_lifting(case.pk, on=date(2027, 3, 9), reason="No claim was brought.", by=actor("officer"))
    move(2027, 3, 9, 9)
    services.lift_interim(case.pk, evidence="Registered letter RE 2", by=actor("officer"))
    factories.carry_out(erasure.pk)

    assert untouched is None
    assert factories.claim(case, Right.ERASURE).verified_at is not None


def test_what_was_erased_before_the_freeze_is_answered_all_the_same(move):
    case = factories.in_progress((Right.ERASURE,), received_at=TUESDAY)
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    erasure = approved(case, Right.ERASURE)
    factories.carry_out(erasure.pk)

    freeze(case)  # of what is kept
    answer(erasure)

    assert factories.again(case).state == CaseState.PROCESSED.value


@pytest.mark.parametrize("right", [Right.OBJECTION_GENERAL, Right.RESTRICTION])
def test_a_case_is_not_closed_over_a_freeze_unless_it_became_the_restriction_we_granted(move, right):
    case = factories.in_progress((right,), received_at=TUESDAY)
    freeze(case)
    decided = approved(case, right)
    factories.carry_out(decided.pk)
    answer(decided)
    if right is Right.RESTRICTION:
        services.explain_recipients(decided.pk, reason="The register names no recipient.", by=actor("officer"))
    move(2027, 5, 3, 9)

    closed = services.close_quiet()

    assert closed == (1 if right is Right.RESTRICTION else 0)
    if right is Right.OBJECTION_GENERAL:
        with pytest.raises(CannotDo, match="still frozen"):
            services.close(case.pk, by=actor("officer"))
        services.announce_lifting(case.pk, on=date(2027, 5, 4), reason="It is no longer used.", by=actor("officer"))
        move(2027, 5, 4, 9)
        services.lift_interim(case.pk, evidence="Registered letter RE 2", by=actor("officer"))
        services.close(case.pk, by=actor("officer"))
    assert factories.again(case).state == CaseState.CLOSED.value
