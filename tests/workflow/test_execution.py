"""T17: a step that failed in a source keeps the right from being answered until it is done."""

import pytest
from django.db import IntegrityError, transaction

from notifications import services as post_office
from notifications.kinds import NotificationState
from notifications.models import Notification
from tests import factories
from tests.factories import actor
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case, Claim, Event, Execution
from workflow.states import ClaimState, Ground, Outcome, Right

pytestmark = pytest.mark.django_db


def approved(right: Right = Right.ERASURE) -> tuple[Case, Claim]:
    case = factories.in_progress((right,))
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    services.draft(factories.claim(case, right).pk, outcome=Outcome.GRANTED, by=actor("officer"))
    again(case, right)
    return case, factories.claim(case, right)


def again(case: Case, right: Right) -> None:
    claim = factories.claim(case, right)
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=factories.claim(case, right).version, by=actor("reviewer"))


def fail(claim: Claim) -> None:
    services.record_step_failed(claim.pk, source="mailchimp", why="The interface answered 500.", by=actor("officer"))


@pytest.mark.parametrize("right", [Right.ERASURE, Right.RECTIFICATION])
def test_a_failed_step_opens_the_right_again_and_says_what_makes_the_answer_possible(right):
    case, claim = approved(right)
    fail(claim)

    assert factories.claim(case, right).state == ClaimState.OPEN
    assert any("mailchimp" in str(one) for one in services.blockers(case, factories.claim(case, right)))
    with pytest.raises(CannotDo, match="try again there, or do it by hand"):
        factories.submit(claim.pk, by=actor("officer"))


def test_its_letter_does_not_leave():
    case, claim = approved()
    post_office.sweep_pending()
    letters = list(Notification.objects.filter(case=case, letter="M10"))

    fail(claim)

    assert letters
    assert {post_office.deliver(letter.pk) for letter in letters} == {NotificationState.CANCELLED}


@pytest.mark.parametrize(("by_hand", "state", "tries"), [(True, "by_hand", 1), (False, "done", 2)])
def test_tried_again_or_done_by_hand_with_a_reason_it_goes_on(by_hand, state, tries):
    case, claim = approved()
    fail(claim)
    with pytest.raises(CannotDo, match="how you saw"):
        services.settle_step(claim.pk, source="mailchimp", by_hand=by_hand, reason=" ", by=actor("officer"))

    services.settle_step(claim.pk, source="mailchimp", by_hand=by_hand, reason="Looked it up.", by=actor("officer"))
    again(case, Right.ERASURE)

    row = Execution.objects.get()
    kinds = Event.objects.filter(stream=case.stream).values_list("kind", flat=True)
    assert (row.state, row.tries) == (state, tries)
    assert factories.claim(case, Right.ERASURE).state == ClaimState.APPROVED
    assert {"execution_failed", "execution_settled"} <= set(kinds)


def test_a_refusal_carries_nothing_out():
    case, claim = approved()
    fail(claim)

    values = {"outcome": Outcome.REFUSED, "ground": Ground.G_173B, "facts": "Seven years by law."}
    services.draft(claim.pk, by=actor("officer"), **values)

    assert services.blockers(case, factories.claim(case, Right.ERASURE)) == []


def test_the_database_knows_no_settled_step_without_a_name():
    _case, claim = approved()
    fail(claim)

    with pytest.raises(IntegrityError, match="execution_settled"), transaction.atomic():
        Execution.objects.update(state="done")
