"""Art. 18(3): a restriction we granted ends on a day the person was told of before, also when the case is over."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from tests.factories import actor, utc
from workflow import services
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case, Claim, Event
from workflow.states import CaseState, EventKind, InterimGround, Means, Outcome, Right

pytestmark = pytest.mark.django_db


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def decided(outcome: Outcome = Outcome.GRANTED, *, frozen: bool = False) -> Case:
    case = factories.in_progress((Right.RESTRICTION,), received_at=utc(2027, 3, 2, 8))
    if frozen:
        services.restrict_interim(
            case.pk, ground=InterimGround.ACCURACY, how="Billing: account locked.", by=actor("officer")
        )
    claim = factories.claim(case, Right.RESTRICTION)
    services.draft(claim.pk, outcome=outcome, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    if outcome is Outcome.GRANTED:
        factories.carry_out(claim.pk)
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    return factories.again(case)


def restriction(case: Case) -> Claim:
    return factories.claim(case, Right.RESTRICTION)


def test_a_granted_restriction_ends_after_its_warning_though_the_case_is_processed(move):
    case = decided()
    assert case.state == CaseState.PROCESSED.value
    with pytest.raises(CannotDo, match="Warn the person first"):
        services.lift_interim(case.pk, by=actor("officer"))

    services.announce_lifting(case.pk, on=date(2027, 3, 9), reason="The address is right now.", by=actor("officer"))
    with pytest.raises(CannotDo, match="another day"):
        services.lift_interim(case.pk, by=actor("officer"))
    move(2027, 3, 9, 9)
    with pytest.raises(CannotDo, match="has not left"):
        services.lift_interim(case.pk, by=actor("officer"))
    services.record_letter(case.pk, EventKind.LETTER_SENT, letter="M12b", message_id="<a@b>", by=POST_OFFICE)
    services.lift_interim(case.pk, by=actor("officer"))

    assert restriction(case).lifted_at == timezone.now()
    kinds = list(Event.objects.filter(stream=case.stream).order_by("-seq").values_list("kind", flat=True)[:3])
    assert kinds == [EventKind.RESTRICTION_LIFTED, EventKind.LETTER_SENT, EventKind.LIFTING_ANNOUNCED]
    with pytest.raises(CannotDo, match="not frozen"):
        services.announce_lifting(case.pk, on=date(2027, 3, 19), reason="again", by=actor("officer"))


def test_the_freeze_that_became_the_restriction_ends_with_it(move):
    case = decided(frozen=True)

    services.announce_lifting(case.pk, on=date(2027, 3, 9), reason="Checked.", by=actor("officer"))
    move(2027, 3, 9, 9)
    services.lift_interim(case.pk, evidence="Registered letter RE 2", by=actor("officer"))

    after = factories.again(case)
    assert (after.interim_restricted, after.lifting_on) == (False, None)
    assert restriction(case).lifted_at is not None


def test_what_was_not_granted_is_not_lifted(move):
    case = decided(Outcome.NOTHING_HELD)

    with pytest.raises(CannotDo, match="not frozen"):
        services.announce_lifting(case.pk, on=date(2027, 3, 9), reason="Checked.", by=actor("officer"))
    with pytest.raises(IntegrityError, match="lifted_only"), transaction.atomic():
        Claim.objects.filter(case=case).update(lifting_on=date(2027, 3, 9))


def test_no_end_of_a_restriction_without_its_announcement_in_the_tables(move):
    case = decided()

    with pytest.raises(IntegrityError, match="after_it_was_announced"), transaction.atomic():
        Claim.objects.filter(case=case).update(lifted_at=timezone.now())


def test_a_right_that_is_opened_again_was_not_lifted(move):
    case = decided()
    services.announce_lifting(case.pk, on=date(2027, 3, 9), reason="Checked.", by=actor("officer"))

    services.reopen(case.pk, reason="It had never been done.", rights=[Right.RESTRICTION], by=actor("officer"))

    assert (restriction(case).lifting_on, restriction(case).lifted_at) == (None, None)
