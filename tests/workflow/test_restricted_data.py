"""Restricted data are only kept, unless the person wants them erased all the same (Art. 18(2))."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from tests.factories import actor, utc
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Claim
from workflow.states import ClaimState, Means, Outcome, Right

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)


@pytest.fixture(autouse=True)
def tuesday(time_machine):
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)


def both(outcome: Outcome = Outcome.GRANTED) -> Claim:
    """Restriction answered, erasure approved."""
    case = factories.in_progress((Right.RESTRICTION, Right.ERASURE), received_at=TUESDAY)
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    for right in (Right.RESTRICTION, Right.ERASURE):
        claim = factories.claim(case, right)
        services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
        factories.submit(claim.pk, by=actor("officer"))
        services.approve(claim.pk, version=1, by=actor("reviewer"))
        if right is Right.RESTRICTION:
            factories.carry_out(claim.pk)
            services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    return factories.claim(case, Right.ERASURE)


def test_they_are_not_erased_before_the_person_says_so():
    claim = both()

    with pytest.raises(CannotDo, match="A restriction was granted here"):
        factories.carry_out(claim.pk)
    seen = {"executed_at": timezone.now(), "verified_at": timezone.now(), "verified_by": "S-0001", "proof": "looked_up"}
    with pytest.raises(IntegrityError, match="only kept"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**seen, done=b"x")
    with pytest.raises(CannotDo, match="Copy the words"):
        services.erase_despite_restriction(claim.pk, said="ok", by=actor("officer"))
    services.erase_despite_restriction(claim.pk, said="Yes, please erase all of it now.", by=actor("officer"))
    factories.carry_out(claim.pk)

    assert factories.claim(claim.case, Right.ERASURE).verified_at is not None


def test_where_no_restriction_stands_nobody_is_asked():
    case = factories.in_progress((Right.ERASURE,), received_at=TUESDAY)
    claim = factories.claim(case, Right.ERASURE)

    with pytest.raises(CannotDo, match="No restriction of this case stands in the way"):
        services.erase_despite_restriction(claim.pk, said="Yes, erase all of it.", by=actor("officer"))
    assert claim.state == ClaimState.OPEN
