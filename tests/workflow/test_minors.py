"""Domain §3.1: a child who understands may act alone; where child and parent disagree a manager decides."""

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor
from workflow import events, queries, services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Claim
from workflow.states import ClaimState, EventKind, Outcome, Right

pytestmark = pytest.mark.django_db
WHY = "She says that she is fifteen; her father asks us to keep the account."


def in_review() -> Claim:
    case = factories.in_progress((Right.RECTIFICATION,))
    claim = factories.claim(case, Right.RECTIFICATION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    return factories.claim(case, Right.RECTIFICATION)


def test_an_officer_records_a_child_and_how_they_know():
    case = factories.received()

    services.record_minor(case.pk, minor=True, why=WHY, by=actor("officer"))

    after, told = factories.again(case), queries.history(case).last()
    assert (after.minor, after.minor_conflict) == (True, False)
    assert told.kind == EventKind.MINOR_RECORDED
    assert events.fields(told)["data"] == {"minor": True, "minor_conflict": False}
    assert events.payload_of(told) == {"text": WHY}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"minor": True, "why": " "}, "Say how you know"),
        ({"minor": False, "conflict": True, "why": WHY}, "only where the person is a child"),
        ({"minor": False, "why": WHY}, "recorded already"),
    ],
)
def test_nothing_half_said_is_recorded(values, sentence):
    case = factories.received()

    with pytest.raises(CannotDo, match=sentence):
        services.record_minor(case.pk, **values, by=actor("officer"))

    with pytest.raises(NotPermitted):
        services.record_minor(case.pk, minor=True, why=WHY, by=actor("auditor"))


def test_in_a_conflict_a_manager_approves_and_says_when_it_is_over_not_even_by_sql():
    claim = in_review()
    services.record_minor(claim.case_id, minor=True, conflict=True, why=WHY, by=actor("officer"))

    with pytest.raises(NotPermitted, match="conflict about a child"):
        services.approve(claim.pk, version=1, by=actor("reviewer"))
    with pytest.raises(NotPermitted, match="agree again"):
        services.record_minor(claim.case_id, minor=True, why=WHY, by=actor("officer"))
    by_sql = {"state": "approved", "reviewer": actor("reviewer").code, "approved_at": claim.submitted_at}
    with pytest.raises(IntegrityError, match="child and parent disagree"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**by_sql)

    services.approve(claim.pk, version=1, by=actor("manager"))
    services.record_minor(claim.case_id, minor=True, why="They agreed.", by=actor("manager"))
    assert not Case.objects.get(pk=claim.case_id).minor_conflict


def test_what_was_approved_before_the_conflict_goes_back_unless_it_is_done():
    waiting, done = in_review(), in_review()
    for claim in (waiting, done):
        services.approve(claim.pk, version=1, by=actor("reviewer"))
    factories.carry_out(done.pk)

    for claim in (waiting, done):
        services.record_minor(claim.case_id, minor=True, conflict=True, why=WHY, by=actor("officer"))

    states = [Claim.objects.get(pk=claim.pk).state for claim in (waiting, done)]
    assert states == [ClaimState.OPEN.value, ClaimState.APPROVED.value]
    assert [event.kind for event in queries.history(waiting.case)][-2:] == ["minor_recorded", "claim_sent_back"]
