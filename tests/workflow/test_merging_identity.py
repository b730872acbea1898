"""What a merge brings rides on nobody's proof: not its rights, not a contact that was to change, not a denial."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor, utc
from workflow import services
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case, Claim
from workflow.states import (
    CaseState,
    ClaimState,
    ContactKind,
    ContactOrigin,
    Ground,
    IdentityLevel,
    IdentityMethod,
    Outcome,
    PauseKind,
    Right,
)

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)
CODE = {"method": IdentityMethod.LINK_KNOWN_CONTACT, "note": "A code to the account of 2024."}


@pytest.fixture(autouse=True)
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def merged(*rights: Right) -> Case:
    """A mail nobody proved, taken for the same person's as a verified case."""
    known = factories.in_progress((Right.ACCESS,), received_at=TUESDAY)
    spoofed = factories.confirmed(rights or (Right.ERASURE,), received_at=TUESDAY)
    services.merge(spoofed.pk, into=known.pk, by=actor("officer"))
    return factories.again(known)


def drafted(case: Case, right: Right, **values) -> Claim:
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    claim = factories.claim(case, right)
    services.draft(
        claim.pk,
        by=actor("officer"),
        **{"outcome": Outcome.GRANTED, "facts": "Compte effacé, facture de 2024 gardée.", **values},
    )
    return claim


def test_erasure_from_somebody_unknown_does_not_ride_on_the_proof_given_for_access():
    case = merged()
    claim = drafted(case, Right.ERASURE)

    with pytest.raises(CannotDo, match="came from somebody nobody verified"):
        factories.submit(claim.pk, by=actor("officer"))
    assert services.identity_is_wanting(case)
    services.verify_identity(case.pk, **CODE, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))

    after = factories.again(case)
    assert factories.claim(case, Right.ERASURE).state == ClaimState.IN_REVIEW
    assert (after.state, services.differences(after)) == (CaseState.IN_PROGRESS, [])


def test_what_was_asked_with_proof_before_goes_on_meanwhile():
    case = merged()
    claim = drafted(case, Right.ACCESS, outcome=Outcome.NOTHING_HELD)

    factories.submit(claim.pk, by=actor("officer"))

    assert factories.claim(case).state == ClaimState.IN_REVIEW


def test_a_right_asked_for_in_both_was_proven_already():
    case = merged(Right.ACCESS)

    assert not services.identity_is_wanting(case)


def test_so_was_one_whose_own_case_was_verified_for_it():
    known = factories.in_progress((Right.ACCESS,), received_at=TUESDAY)
    other = factories.verified((Right.ERASURE,), received_at=TUESDAY)

    services.merge(other.pk, into=known.pk, by=actor("officer"))

    assert not services.identity_is_wanting(factories.again(known))


def test_nobody_proved_it_and_it_is_refused_for_want_of_identity_after_a_question(move):
    case = merged()
    services.ask_identity(case.pk, doubt="The second mail came from a shop's computer.", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    for day in ((2027, 3, 12), (2027, 3, 22), (2027, 4, 1)):
        move(*day, 9)
        services.ring()
        factories.reminders_leave(case)

    facts = {"outcome": Outcome.REFUSED, "ground": Ground.G_ID, "facts": "Asked on 2 March, reminded twice."}
    claim = drafted(case, Right.ERASURE, **facts)
    factories.submit(claim.pk, by=actor("officer"))

    assert factories.claim(case, Right.ERASURE).state == ClaimState.IN_REVIEW


def test_more_was_proven_before_stays_proven():
    case = merged()
    Case.objects.filter(pk=case.pk).update(identity_level=IdentityLevel.L3)

    services.verify_identity(case.pk, **CODE, by=actor("officer"))

    assert factories.again(case).identity_level == IdentityLevel.L3


def test_the_database_knows_no_decision_on_anothers_proof():
    case = merged()
    claim = drafted(case, Right.ERASURE)

    handed_in = {"submitted_by": actor("officer").code, "submitted_at": utc(2027, 3, 2, 9), "open_checks": 0}

    with pytest.raises(IntegrityError, match="unproven_is_not_decided"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(state="in_review", **handed_in)


@pytest.mark.parametrize("because", ["x", "same one"])
def test_two_addresses_are_one_persons_only_with_a_reason_that_says_something(because: str):
    known = factories.in_progress((Right.ACCESS,), received_at=TUESDAY)
    other = factories.confirmed((Right.ERASURE,), received_at=TUESDAY, person_email="eve@example.net")

    with pytest.raises(CannotDo, match="say in a sentence how you know"):
        services.merge(other.pk, into=known.pk, same_person=because, by=actor("officer"))


def test_nor_does_a_split_wash_it_clean():
    case = merged()

    part = services.split(case.pk, rights=[Right.ERASURE], why="Access is answered sooner.", by=actor("officer"))

    assert factories.claim(part, Right.ERASURE).unproven
    assert services.identity_is_wanting(factories.again(part))


def denied() -> Case:
    case = factories.confirmed((Right.ACCESS,), received_at=TUESDAY)
    contact = services.record_contact(
        case.pk,
        kind=ContactKind.EMAIL,
        value="ada.home@example.org",
        origin=ContactOrigin.CONTRACT,
        known_since=date(2024, 1, 1),
        by=actor("officer"),
    )
    services.deny_contact(case.pk, contact=contact, text="They called: it is not theirs.", by=actor("officer"))
    return factories.again(case)


def test_a_denial_goes_with_the_case_and_proof_that_was_verified_falls():
    known = factories.in_progress((Right.ERASURE,), received_at=TUESDAY)

    services.merge(denied().pk, into=known.pk, by=actor("officer"))

    after = factories.again(known)
    assert (after.verified_at, after.state) == (None, CaseState.RECEIVED)
    assert after.known_contacts.get().denied_at is not None
    with pytest.raises(CannotDo, match="not theirs"):
        services.verify_identity(after.pk, **CODE, by=actor("officer"))
    assert services.differences(after) == []


def test_a_contact_that_is_to_change_is_to_change_there_too():
    other = factories.confirmed((Right.RECTIFICATION,), received_at=TUESDAY)
    services.announce_contact(other.pk, kind=ContactKind.EMAIL, value="eve@example.net", by=actor("officer"))
    known = factories.confirmed((Right.RECTIFICATION,), received_at=TUESDAY)
    services.verify_identity(known.pk, method=IdentityMethod.MAIL_AUTHENTICATED, by=actor("officer"))

    services.merge(other.pk, into=known.pk, by=actor("officer"))

    after = factories.again(known)
    assert (services.needed_of(after), services.identity_is_wanting(after)) == (IdentityLevel.L2, True)
