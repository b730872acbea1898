"""A case split in two by an officer: one person, one receipt, one clock, two histories that name each other."""

from datetime import date

import pytest

from tests import factories
from tests.factories import actor, utc
from workflow import events, queries, services
from workflow.actors import INTAKE, POST_OFFICE
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Extension, Pending
from workflow.states import (
    ClaimState,
    ContactKind,
    ContactOrigin,
    EventKind,
    ExtensionReason,
    IdentityMethod,
    Means,
    Outcome,
    PauseKind,
    Right,
)

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)  # due 2027-04-01
WHY = "The erasure touches four systems, the access is ready."


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def split(case: Case, *rights: Right, by: str = "officer") -> Case:
    return factories.again(services.split(case.pk, rights=rights, why=WHY, by=actor(by)))


def rights(case: Case) -> dict[str, str]:
    return dict(case.claims.exclude(state=ClaimState.WITHDRAWN.value).values_list("right", "state"))


def test_the_chosen_right_goes_on_in_a_case_of_its_own_with_receipt_identity_and_clock(move):
    case = factories.confirmed((Right.ACCESS, Right.ERASURE), received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="The name differs from the one of the account.", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    move(2027, 3, 9, 9)
    proof = {"method": IdentityMethod.LINK_KNOWN_CONTACT, "note": "A code to the account of 2024."}
    services.verify_identity(case.pk, **proof, by=actor("officer"))
    services.take(case.pk, by=actor("officer"))
    case = factories.again(case)
    assert case.case_due == date(2027, 4, 8)

    part = split(case, Right.ERASURE)

    after = factories.again(case)
    assert (rights(after), rights(part)) == ({"access": "open"}, {"erasure": "open"})
    for name in ("received_at", "case_due", "month_due", "send_by", "verified_at", "identity_level", "state",
                 "assignee_id", "person_email", "person_name", "language"):  # fmt: skip
        assert getattr(part, name) == getattr(after, name) == getattr(case, name), name
    assert part.split_from == after
    assert services.subjects_of([part]) == {part.pk: "Mes données"}
    assert services.differences(after) == services.differences(part) == []
    assert [row.level for row in part.identity_checks.all()] == ["L2"]


def test_each_history_names_the_other_case_and_why_and_both_chains_hold(move):
    case = factories.in_progress((Right.ACCESS, Right.ERASURE), received_at=TUESDAY)

    part = split(case, Right.ERASURE)

    left, gone = queries.history(case).last(), queries.history(part).last()
    assert (left.kind, gone.kind) == (EventKind.CASE_SPLIT, EventKind.CASE_SPLIT_OFF)
    assert events.fields(left)["data"] == {"into": part.reference, "rights": "erasure"}
    assert (events.fields(gone)["data"]["from"], events.payload_of(gone)) == (case.reference, {"text": WHY})
    assert queries.history(part).first().kind == EventKind.CASE_RECEIVED
    assert events.verify(case.stream).intact
    assert events.verify(part.stream).intact
    received = queries.history(part).first()
    assert not Pending.objects.filter(event=received).exists(), "nobody is acknowledged a second time"


def test_an_extension_in_force_counts_in_both_and_none_is_asked_again(move):
    case = factories.in_progress((Right.ACCESS, Right.ERASURE), received_at=TUESDAY)
    words = {"reason": ExtensionReason.COMPLEXITY, "why": "Four systems.", "done": "Two are read."}
    services.ask_extension(case.pk, months=2, **words, by=actor("officer"))
    with pytest.raises(CannotDo, match="extension waits"):
        split(case, Right.ERASURE)
    services.approve_extension(case.pk, by=actor("reviewer"))
    services.announce_extension(case.pk, at=utc(2027, 3, 2, 9), by=POST_OFFICE)

    part = split(case, Right.ERASURE)

    assert part.case_due == factories.again(case).case_due == date(2027, 6, 2)
    assert services.differences(part) == []
    with pytest.raises(CannotDo, match="allows it once"):
        services.ask_extension(part.pk, months=1, **words, by=actor("officer"))
    services.notice_lost(case.pk, by=POST_OFFICE)
    assert set(Extension.objects.values_list("state", flat=True)) == {"approved"}
    assert factories.again(part).case_due == date(2027, 4, 1)
    assert services.differences(factories.again(part)) == []


def test_erasure_waits_for_the_copy_the_other_part_owes(move):
    case = factories.in_progress((Right.ACCESS, Right.ERASURE), received_at=TUESDAY)
    part = split(case, Right.ERASURE)
    row = factories.claim(part, Right.ERASURE)
    services.record_nothing_held(part.pk, source="by_hand", how="by name and address", by=actor("officer"))
    services.draft(row.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(row.pk, by=actor("officer"))
    services.approve(row.pk, version=1, by=actor("reviewer"))

    with pytest.raises(CannotDo, match=case.reference):
        factories.carry_out(row.pk)

    services.record_nothing_held(case.pk, source="by_hand", how="by name and address", by=actor("officer"))
    access = factories.claim(case)
    services.draft(access.pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))
    factories.submit(access.pk, by=actor("officer"))
    services.approve(access.pk, version=1, by=actor("reviewer"))
    services.answer(access.pk, at=utc(2027, 3, 2, 9), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    assert factories.again(case).state == "processed"
    factories.carry_out(row.pk)


def test_a_request_of_its_own_for_a_copy_comes_first_too_but_not_that_of_a_namesake_at_the_address(move):
    case = factories.in_progress((Right.ERASURE,), received_at=TUESDAY)
    row = factories.claim(case, Right.ERASURE)
    services.record_nothing_held(case.pk, source="by_hand", how="by name and address", by=actor("officer"))
    services.draft(row.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(row.pk, by=actor("officer"))
    services.approve(row.pk, version=1, by=actor("reviewer"))
    factories.received((Right.ACCESS,), received_at=TUESDAY, person_name="William King")
    other = factories.received((Right.ACCESS,), received_at=TUESDAY)

    with pytest.raises(CannotDo, match=other.reference):
        factories.carry_out(row.pk)

    services.withdraw_case(other.pk, said="Never mind.", known_by="They answered our letter.", by=actor("officer"))
    services.attach_message(case.pk, message=case.uuid, received_at=utc(2027, 3, 2, 9), digest="0" * 64, by=INTAKE)
    with pytest.raises(CannotDo, match="Read the new message"):
        factories.carry_out(row.pk)
    services.read_reply(case.pk, by=actor("officer"))
    factories.carry_out(row.pk)


def test_a_contact_that_denied_or_changes_protects_the_new_case_too(move):
    case = factories.in_progress((Right.ACCESS, Right.ERASURE), received_at=TUESDAY)
    known = {"kind": ContactKind.EMAIL, "value": "old@example.org", "origin": ContactOrigin.ACCOUNT}
    services.record_contact(case.pk, **known, known_since=date(2024, 1, 1), by=actor("officer"))
    services.announce_contact(case.pk, kind=ContactKind.EMAIL, value="new@example.org", by=actor("officer"))

    part = split(case, Right.ERASURE)

    assert [row.value for row in part.known_contacts.all()] == ["old@example.org"]
    assert [row.value for row in part.new_contacts.all()] == ["new@example.org"]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [((), "Choose the rights"), ((Right.ACCESS, Right.ERASURE), "stays in this case"), ((Right.RESTRICTION,), "right")],
)
def test_one_right_goes_and_one_stays(move, chosen, sentence):
    case = factories.in_progress((Right.ACCESS, Right.ERASURE), received_at=TUESDAY)

    with pytest.raises(CannotDo, match=sentence):
        split(case, *chosen)

    assert Case.objects.count() == 1


def test_what_only_one_case_can_go_on_with_is_settled_first(move):
    case = factories.in_progress((Right.ACCESS, Right.ERASURE), received_at=TUESDAY)
    services.draft(factories.claim(case).pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    services.ask_mandate(case.pk, question="Who gave you the mandate?", by=actor("officer"))
    with pytest.raises(CannotDo, match="question to the person is open"):
        split(case, Right.ERASURE)

    other = factories.in_progress((Right.ACCESS, Right.ERASURE), person_email="b@example.org", received_at=TUESDAY)
    services.raise_complaint(other.pk, words="Too slow.", by=actor("officer"))
    with pytest.raises(CannotDo, match="runs on this case"):
        split(other, Right.ERASURE)


def test_without_a_reason_or_the_role_nothing_is_split(move):
    case = factories.in_progress((Right.ACCESS, Right.ERASURE), received_at=TUESDAY)

    with pytest.raises(CannotDo, match="Say why"):
        services.split(case.pk, rights=[Right.ERASURE], why=" ", by=actor("officer"))
    with pytest.raises(NotPermitted):
        split(case, Right.ERASURE, by="reviewer")
    with pytest.raises(CannotDo, match="Something new"):
        services.split(case.pk, rights=[Right.ERASURE], why=WHY, seen=1, by=actor("officer"))
    assert Case.objects.count() == 1


def test_a_restricted_case_stays_restricted_in_both_parts(move):
    case = factories.in_progress((Right.ACCESS, Right.ERASURE), received_at=TUESDAY)
    services.restrict_access(case.pk, named=[factories.staff("manager")], reason="A colleague.", by=actor("manager"))

    part = split(case, Right.ERASURE, by="manager")

    assert part.restricted_access
    assert not queries.sees(actor("officer"), part)
    assert queries.sees(actor("manager"), part)


def test_what_needs_no_proof_goes_on_without_it_once_it_stands_alone(move):
    case = factories.confirmed((Right.ACCESS, Right.INFORMATION), received_at=TUESDAY)

    part = split(case, Right.INFORMATION)

    assert (part.identity_needed, part.state, factories.again(case).state) == (False, "identity_verified", "received")
