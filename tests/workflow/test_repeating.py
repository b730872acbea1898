"""Art. 12(5): excessive and unfounded are proven by us, and approved by a manager."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import actor
from workflow import services
from workflow.actors import CLOCK
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Claim
from workflow.states import ClaimState, Ground, Outcome, Right

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _by_day(time_machine):
    """Days before are counted in Brussels: late in the evening, summer and winter time would not agree."""
    time_machine.move_to("2027-03-02T09:00:00+00:00")


def refused(case: Case, ground: Ground = Ground.G_EXC) -> Claim:
    claim = factories.claim(case)
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=ground, facts="Five times.", by=actor("officer"))
    return claim


def before(days: int, right: Right = Right.ACCESS) -> Case:
    return factories.received((right,), received_at=timezone.now() - timedelta(days=days))


def answered_before(days: int, right: Right = Right.ACCESS) -> Case:
    return factories.answered(right, received_at=timezone.now() - timedelta(days=days))


def test_interval_and_overlap_are_counted_from_the_receipts():
    before(400), before(20, Right.ERASURE), before(10)
    factories.received(person_email="bob@example.org")
    case = factories.in_progress()

    found = services.earlier_requests(case, to=CLOCK)

    assert [(one.days, one.overlap) for one in found] == [(10, (Right.ACCESS,)), (20, ()), (400, (Right.ACCESS,))]


@pytest.mark.parametrize(("days", "right"), [(366, Right.ACCESS), (10, Right.ERASURE)])
def test_a_year_apart_or_another_right_is_never_excessive(days, right):
    answered_before(days, right)
    claim = refused(factories.in_progress())

    with pytest.raises(CannotDo, match="No request of this person"):
        factories.submit(claim.pk, by=actor("officer"))

    assert Claim.objects.get(pk=claim.pk).state == ClaimState.OPEN.value


def test_only_a_manager_approves_a_refusal_as_excessive():
    answered_before(10)
    claim = refused(factories.in_progress())
    factories.submit(claim.pk, by=actor("officer"))

    with pytest.raises(NotPermitted, match="Only a manager"):
        services.approve(claim.pk, version=1, by=actor("reviewer"))
    services.approve(claim.pk, version=1, by=actor("manager"))

    assert Claim.objects.get(pk=claim.pk).state == ClaimState.APPROVED.value


def test_unfounded_needs_evidence_even_after_earlier_requests():
    before(10)
    claim = refused(factories.in_progress(), Ground.G_UNF)
    with pytest.raises(CannotDo, match="record what shows the abuse"):
        factories.submit(claim.pk, by=actor("officer"))
    with pytest.raises(CannotDo, match="never enough"):
        services.evidence_abuse(claim.pk, text=" ", by=actor("officer"))

    services.evidence_abuse(claim.pk, text="offers to stop for money", by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))

    assert Claim.objects.get(pk=claim.pk).state == ClaimState.IN_REVIEW.value
