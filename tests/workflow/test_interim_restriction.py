"""T13: frozen before it is decided, lifted only after a warning."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor, utc
from workflow import services
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.states import EventKind, InterimGround, Right

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
    with pytest.raises(CannotDo, match="Nobody has to decide"):
        services.decline_interim(case.pk, reason="again", by=actor("officer"))


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
