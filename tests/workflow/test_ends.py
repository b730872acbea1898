"""T04, T20, T21 and T23: how a case ends without an answer, and what forbids it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from tests.factories import actor, utc
from workflow import events, services
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event
from workflow.policy import Policy
from workflow.states import CaseState, ClaimState, EventKind, Means, Outcome, OutOfScope, PauseKind, Right, Role

pytestmark = pytest.mark.django_db


def kinds(case: Case) -> list[str]:
    return list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True))


def out_of_scope(case: Case, reason: OutOfScope = OutOfScope.SUPPORT) -> Case:
    services.declare_out_of_scope(case.pk, reason=reason, why="asks for a refund", by=actor("officer"))
    return factories.again(case)


def answered(right: Right = Right.OBJECTION_DM) -> Case:
    case = factories.confirmed((right,))
    claim = factories.claim(case, right)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    return factories.again(case)


@pytest.mark.parametrize("made", [factories.received, factories.confirmed, factories.verified, factories.in_progress])
def test_an_open_undecided_case_can_be_out_of_scope_and_come_back_with_its_first_receipt(made):
    case = made()
    due = case.case_due

    ended = out_of_scope(case)
    services.undo_out_of_scope(case.pk, why="the second page asks for a copy", by=actor("officer"))

    back = factories.again(case)
    assert (ended.state, ended.end_reason) == (CaseState.OUT_OF_SCOPE.value, "support")
    assert (back.receipt_date, back.case_due, back.end_reason, back.ended_at) == (case.receipt_date, due, "", None)
    assert back.state in {CaseState.RECEIVED.value, CaseState.IDENTITY_VERIFIED.value}
    assert back.verified_at == case.verified_at
    assert kinds(case)[-2:] == ["case_out_of_scope", "case_back_in_scope"]


def test_after_30_days_out_of_scope_stands():
    case = out_of_scope(factories.received())

    with (
        time_machine.travel(timezone.now() + timedelta(days=31)),
        pytest.raises(CannotDo, match="30 days to undo this are over"),
    ):
        services.undo_out_of_scope(case.pk, why="a request", by=actor("officer"))

    assert factories.again(case).state == CaseState.OUT_OF_SCOPE.value


def test_an_open_question_ends_with_the_case_so_that_a_return_finds_the_clock_running():
    case = factories.confirmed()
    services.ask_identity(case.pk, doubt="another address", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=timezone.now(), by=POST_OFFICE)

    out_of_scope(case)
    services.undo_out_of_scope(case.pk, why="a request", by=actor("officer"))

    assert factories.again(case).case_due is not None


def test_a_decided_right_forbids_out_of_scope_and_forwarding():
    case = factories.in_progress()
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    claim = factories.claim(case)
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    before = kinds(case)

    with pytest.raises(CannotDo, match="decided already"):
        out_of_scope(case)
    with pytest.raises(CannotDo, match="decided already"):
        services.forward(case.pk, controller="Acme", address="dpo@acme.example", why="their list", by=actor("officer"))

    assert kinds(case) == before


@pytest.mark.parametrize("end", ["out_of_scope", "withdrawn", "forwarded"])
def test_nothing_is_decided_in_a_case_that_ended(end):
    case = factories.confirmed((Right.OBJECTION_DM, Right.ACCESS))
    if end == "out_of_scope":
        out_of_scope(case)
    elif end == "withdrawn":
        services.withdraw_case(
            case.pk, said="please forget it", known_by="They answered our letter.", by=actor("officer")
        )
    else:
        services.forward(case.pk, controller="Acme", address="dpo@acme.example", why="list", by=actor("officer"))
    claim = factories.claim(case, Right.OBJECTION_DM)

    for act in (
        lambda: services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer")),
        lambda: factories.submit(claim.pk, by=actor("officer")),
        lambda: services.approve(claim.pk, version=0, by=actor("reviewer")),
        lambda: out_of_scope(case),
        lambda: services.withdraw_case(case.pk, said="no", known_by="They answered our letter.", by=actor("officer")),
    ):
        with pytest.raises(CannotDo):
            act()
    assert factories.again(case).state == end


def test_the_person_withdraws_one_right_and_then_the_last():
    case = factories.confirmed((Right.ACCESS, Right.OBJECTION_DM))

    services.withdraw_claim(
        factories.claim(case, Right.ACCESS).pk,
        said="no copy needed",
        known_by="They answered our letter.",
        by=actor("officer"),
    )
    between = factories.again(case)
    services.withdraw_claim(
        factories.claim(case, Right.OBJECTION_DM).pk,
        said="nor this",
        known_by="They answered our letter.",
        by=actor("officer"),
    )

    assert (between.state, between.identity_needed) == (CaseState.IDENTITY_VERIFIED.value, False)
    assert factories.again(case).state == CaseState.WITHDRAWN.value
    assert kinds(case)[-3:] == ["claim_withdrawn", "identity_not_required", "case_withdrawn"]
    assert set(case.claims.values_list("state", flat=True)) == {ClaimState.WITHDRAWN.value}


def test_the_rest_withdrawn_after_an_answer_ends_the_case_as_processed():
    case = factories.confirmed((Right.ACCESS, Right.OBJECTION_DM))
    claim = factories.claim(case, Right.OBJECTION_DM)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))

    with pytest.raises(CannotDo, match="one by one"):
        services.withdraw_case(case.pk, said="all of it", known_by="They answered our letter.", by=actor("officer"))
    services.withdraw_claim(
        factories.claim(case, Right.ACCESS).pk,
        said="no copy",
        known_by="They answered our letter.",
        by=actor("officer"),
    )

    assert factories.again(case).state == CaseState.PROCESSED.value


def test_silence_and_an_unknown_writer_withdraw_nothing():
    silent, unknown = factories.received(), factories.received(person_email="")

    with pytest.raises(CannotDo, match="silence is never"):
        services.withdraw_case(silent.pk, said=" ", by=actor("officer"))
    with pytest.raises(CannotDo, match="verify identity"):
        services.withdraw_case(unknown.pk, said="forget it", by=actor("officer"))

    assert factories.again(silent).is_open
    assert factories.again(unknown).is_open


def test_forwarding_names_the_company_in_the_sealed_part_only():
    case = factories.received()

    services.forward(case.pk, controller="Acme SA", address="dpo@acme.example", why="their list", by=actor("manager"))

    event = Event.objects.get(stream=case.stream, kind=EventKind.CASE_FORWARDED.value)
    assert b"Acme" not in bytes(event.body)
    assert events.payload_of(event) == {"text": "their list", "company": "Acme SA", "address": "dpo@acme.example"}
    assert factories.again(case).state == CaseState.FORWARDED.value


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"controller": " "}, "Name the company"),
        ({"address": "acme"}, "like name@example.org"),
        ({"why": ""}, "Say how you know"),
    ],
)
def test_a_forwarding_needs_company_address_and_reason(values, sentence):
    case = factories.received()
    given = {"controller": "Acme", "address": "dpo@acme.example", "why": "their list", **values}

    with pytest.raises(CannotDo, match=sentence):
        services.forward(case.pk, by=actor("officer"), **given)

    assert factories.again(case).is_open


def test_only_officers_and_managers_end_a_case():
    case = factories.received()

    with pytest.raises(NotPermitted):
        services.declare_out_of_scope(case.pk, reason=OutOfScope.SPAM, why="spam", by=actor("reviewer"))
    with pytest.raises(NotPermitted):
        services.withdraw_case(case.pk, said="x", by=actor("auditor"))

    assert kinds(case) == ["case_received"]


def test_the_database_asks_for_a_reason_too():
    case = out_of_scope(factories.received())

    for column, value in (("end_reason", ""), ("ended_at", None), ("end_reason", "rude")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**{column: value})


# -- T23 ---------------------------------------------------------------------------------------


def test_a_case_closes_by_itself_after_30_quiet_days_and_not_a_day_earlier():
    case = answered()

    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert services.close_quiet() == 0
        with pytest.raises(CannotDo, match="closes by itself after"):
            services.close(case.pk, by=actor("officer"))
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert services.close_quiet() == 1
        assert services.close_quiet() == 0

    assert factories.again(case).state == CaseState.CLOSED.value
    assert kinds(case)[-1] == "case_closed"


def test_what_keeps_a_case_from_closing():
    asked_again, complained, held = answered(), answered(), answered()
    Case.objects.filter(pk=asked_again.pk).update(reply_to_read=True)
    services.raise_complaint(complained.pk, by=actor("officer"))
    Case.objects.filter(pk=held.pk).update(legal_hold=True)

    with time_machine.travel(timezone.now() + timedelta(days=90)):
        assert services.close_quiet() == 0
        with pytest.raises(CannotDo, match="Read the new message"):
            services.close(asked_again.pk, by=actor("officer"))
        with pytest.raises(CannotDo, match="legal hold"):
            services.close(held.pk, by=actor("officer"))


@pytest.mark.parametrize("end", ["out_of_scope", "withdrawn", "forwarded"])
def test_cases_that_ended_without_an_answer_close_too(end):
    case = factories.received()
    if end == "out_of_scope":
        out_of_scope(case)
    elif end == "withdrawn":
        services.withdraw_case(
            case.pk, said="please forget it", known_by="They answered our letter.", by=actor("officer")
        )
    else:
        services.forward(case.pk, controller="Acme", address="dpo@acme.example", why="list", by=actor("officer"))

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert services.close_quiet() == 1


@time_machine.travel(utc(2027, 3, 2, 9), tick=False)
def test_what_is_out_of_scope_is_closed_only_once_it_can_no_longer_be_undone():
    policy = replace(Policy(), quiet_days=7)
    services.set_policy(policy, controller=factories.installation(), reason="For a test.", by=actor("manager"))
    case = factories.confirmed(received_at=utc(2027, 3, 2, 8))
    services.declare_out_of_scope(
        case.pk, reason=OutOfScope.SUPPORT, why="They only ask for help.", by=actor("officer")
    )

    with time_machine.travel(utc(2027, 4, 1, 9), tick=False):
        early = services.close_quiet()
    with time_machine.travel(utc(2027, 4, 2, 9), tick=False):
        in_time = services.close_quiet()

    assert (early, in_time) == (0, 1)


def test_a_case_that_reopens_is_never_that_of_a_closed_account():
    case = factories.answered()
    factories.colleague("second", Role.OFFICER)
    services.close_account(staff=factories.staff("officer"), by=actor("administrator"))

    services.reopen(case.pk, reason="A page was missing.", rights=(Right.ACCESS,), by=actor("second"))

    assert factories.again(case).assignee == factories.staff("second")
