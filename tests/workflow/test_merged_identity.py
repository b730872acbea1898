"""A merge never lends one person's proof to another, and what a contact on file said is heard in the case that goes on.

Account take-over (domain §1.6): who can have two cases joined must not gain by it what either would have refused.
"""

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import actor
from tests.workflow.test_codes import ADDRESS, on_file, sent
from workflow import events, queries, services
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.services.rederiving import differences
from workflow.states import (
    CaseState,
    ClaimState,
    ContactKind,
    EventKind,
    IdentityLevel,
    Means,
    Outcome,
    Right,
)

pytestmark = pytest.mark.django_db
EVE = {"person_email": "eve@evil.example", "person_name": "Eve Mallory"}
WHY = "She says that she is Ada Lovelace."


def merge(case: Case, into: Case, why: str = "") -> Case:
    services.merge(case.pk, into=into.pk, same_person=why, by=actor("officer"))
    return factories.again(into)


def denied(case: Case) -> Case:
    text = "The holder phoned: asked for nothing."
    services.deny_contact(case.pk, contact=on_file(case), text=text, by=actor("officer"))
    return case


def fallen(case: Case) -> str | None:
    told = queries.history(case).filter(kind=EventKind.IDENTITY_FELL.value).first()
    return None if told is None else str(events.fields(told)["data"]["why"])


# -- denied ------------------------------------------------------------------------------------------


def test_a_denial_is_heard_in_the_case_that_goes_on() -> None:
    going_on = factories.in_progress()

    after = merge(denied(factories.confirmed()), going_on)

    assert (after.state, after.verified_at) == (CaseState.RECEIVED.value, None)
    assert fallen(after) == "denied"
    assert [row.value for row in after.known_contacts.filter(denied_at__isnull=False)] == [ADDRESS]
    assert differences(after) == []


def test_no_data_leave_after_a_denial_in_the_other_case() -> None:
    going_on = factories.in_progress()
    services.record_nothing_held(going_on.pk, source="by_hand", how="by name", by=actor("officer"))
    claim = factories.claim(going_on)
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("reviewer"))

    merge(denied(factories.confirmed()), going_on)

    with pytest.raises(CannotDo):
        services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    assert factories.claim(going_on).state == ClaimState.OPEN.value


def test_a_denial_of_a_contact_both_know_counts_in_both_and_its_code_is_worth_nothing() -> None:
    going_on = factories.confirmed()
    sent(going_on)

    after = merge(denied(factories.confirmed()), going_on)

    assert after.known_contacts.get().denied_at is not None
    assert not after.codes.filter(ended="").exists()


def test_a_contact_on_file_may_be_denied_after_the_merge_too() -> None:
    going_on, other = factories.in_progress(), factories.confirmed()
    contact = on_file(other)

    after = merge(other, going_on)
    moved = after.known_contacts.get()
    services.deny_contact(after.pk, contact=moved.uuid, text="The holder phoned: not them.", by=actor("officer"))

    assert moved.uuid != contact
    assert factories.again(after).verified_at is None


def test_who_wants_to_be_reached_elsewhere_needs_the_contact_on_file_after_a_merge_too() -> None:
    going_on, other = factories.confirmed((Right.RECTIFICATION,)), factories.confirmed((Right.RECTIFICATION,))
    new = "ada.new@example.net"
    services.announce_contact(other.pk, kind=ContactKind.EMAIL, value=new, by=actor("officer"))

    after = merge(other, going_on)

    assert services.needed_of(after) is IdentityLevel.L2
    assert after.new_contacts.get().value == new
    assert differences(after) == []


# -- two persons -------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["x", ".", "ok", "a b c", "same person"])
def test_two_addresses_are_not_one_person_for_a_word(why: str) -> None:
    going_on, other = factories.in_progress(), factories.confirmed((Right.ERASURE,), **EVE)

    with pytest.raises(CannotDo, match="in a sentence"):
        merge(other, going_on, why)


def test_what_somebody_else_asked_does_not_stand_on_the_proof_of_the_first() -> None:
    going_on, other = factories.in_progress(), factories.confirmed((Right.ERASURE,), **EVE)

    after = merge(other, going_on, WHY)

    assert (after.state, after.verified_at) == (CaseState.RECEIVED.value, None)
    assert fallen(after) == "joined"
    assert not after.possible_breach
    assert differences(after) == []


def test_both_proven_and_said_to_be_one_go_on_proven() -> None:
    going_on, other = factories.in_progress(), factories.verified((Right.ERASURE,), person_email="ada@home.example")

    after = merge(other, going_on, "The same customer number stands below both.")

    assert after.verified_at is not None
    assert fallen(after) is None


def test_what_needs_no_proof_takes_none_away() -> None:
    going_on, other = factories.in_progress(), factories.confirmed((Right.OBJECTION_DM,), **EVE)

    assert merge(other, going_on, WHY).verified_at is not None
