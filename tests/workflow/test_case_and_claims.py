"""The main path of both machines, and what they refuse with a sentence."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from tests import factories
from tests.factories import actor
from workflow import events, services
from workflow.actors import INTAKE, POST_OFFICE, Actor
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Claim, Event
from workflow.policy import Policy
from workflow.states import (
    CaseState,
    ClaimState,
    Compared,
    EventKind,
    Ground,
    IdentityMethod,
    Means,
    Outcome,
    PauseKind,
    Right,
)

pytestmark = pytest.mark.django_db


def kinds(case: Case) -> list[str]:
    return list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True))


def approved(case: Case, right: Right = Right.ACCESS) -> Claim:
    services.record_nothing_held(case.pk, source="by_hand", how="searched by name", by=actor("officer"))
    claim = factories.claim(case, right)
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    return Claim.objects.get(pk=claim.pk)


def test_a_case_goes_from_received_to_closed_and_every_step_is_told():
    case = factories.in_progress()
    claim = approved(case)

    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 123 456 789 BE", by=actor("officer"))
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        services.close(case.pk, by=actor("officer"))

    assert kinds(case) == [
        "case_received",
        "claims_confirmed",
        "identity_verified",
        "case_taken",
        "nothing_held_recorded",
        "claim_drafted",
        "claim_submitted",
        "claim_approved",
        "claim_answered",
        "case_processed",
        "case_closed",
    ]
    assert factories.again(case).state == CaseState.CLOSED
    assert events.verify(case.stream).intact


def test_references_count_up_in_the_brussels_year_of_receipt():
    first = factories.received(received_at=factories.utc(2026, 12, 31, 22, 59, 59))
    second = factories.received(received_at=factories.utc(2026, 12, 31, 23, 0, 0))
    third = factories.received(received_at=factories.utc(2027, 1, 2))

    assert [case.reference for case in (first, second, third)] == ["DSR-2026-0001", "DSR-2027-0001", "DSR-2027-0002"]


def test_the_same_act_twice_moves_once_and_the_second_gets_a_sentence():
    case = factories.confirmed()
    services.verify_identity(
        case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.", by=actor("officer")
    )

    with pytest.raises(CannotDo, match="go on to the next action") as refused:
        services.verify_identity(
            case.pk,
            method=IdentityMethod.LINK_KNOWN_CONTACT,
            note="A code to the account of 2024.",
            by=actor("manager"),
        )

    assert "Identity is settled" in str(refused.value.sentence)
    assert kinds(case).count("identity_verified") == 1


def test_a_method_below_the_needed_level_is_refused_and_nothing_is_written():
    case = factories.confirmed((Right.ERASURE,))

    with pytest.raises(CannotDo, match="L2"):
        services.verify_identity(case.pk, method=IdentityMethod.MAIL_AUTHENTICATED, by=actor("officer"))

    assert (factories.again(case).state, kinds(case)) == (CaseState.RECEIVED, ["case_received", "claims_confirmed"])


def test_identity_may_be_asked_only_with_a_doubt_of_this_case():
    case = factories.confirmed()

    with pytest.raises(CannotDo, match="doubt"):
        services.ask_identity(case.pk, doubt="  ", by=actor("officer"))

    services.ask_identity(case.pk, doubt="The address is not the one of the account.", by=actor("officer"))
    assert factories.again(case).state == CaseState.AWAITING_IDENTITY


def test_the_clock_stops_when_the_question_left_and_runs_from_the_day_the_proof_arrived(time_machine):
    time_machine.move_to(factories.utc(2027, 3, 2, 8), tick=False)
    case = factories.confirmed(received_at=factories.utc(2027, 3, 2, 8))
    time_machine.move_to(factories.utc(2027, 3, 3, 9), tick=False)
    services.ask_identity(case.pk, doubt="unknown address", by=actor("officer"))
    assert factories.again(case).case_due is not None  # asked, but nothing has left yet

    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=factories.utc(2027, 3, 3, 9), by=POST_OFFICE)
    paused = factories.again(case)
    time_machine.move_to(factories.utc(2027, 3, 12, 9), tick=False)
    services.verify_identity(
        case.pk,
        method=IdentityMethod.DOCUMENT_SEEN,
        compared=[Compared.NAME],
        note="Identity card, shown at the counter.",
        arrived_at=factories.utc(2027, 3, 10, 20),
        by=actor("officer"),
    )
    resumed = factories.again(case)

    assert (paused.case_due, paused.send_by, paused.never_paused_due.isoformat()) == (None, None, "2027-04-02")
    assert (resumed.case_due.isoformat(), resumed.month_due.isoformat()) == ("2027-04-08", "2027-04-09")  # vector V40


def test_rights_without_identity_skip_that_step_and_need_no_second_person():
    case = factories.confirmed((Right.OBJECTION_DM,))
    claim = factories.claim(case, Right.OBJECTION_DM)

    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.answer(
        claim.pk, at=timezone.now(), means=Means.HANDED_OVER, evidence="at the counter", by=actor("officer")
    )

    assert factories.again(case).state == CaseState.PROCESSED
    assert "identity_not_required" in kinds(case)


def test_the_author_never_approves_their_own_draft_not_even_by_sql():
    case = factories.in_progress()
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("manager"))
    claim = factories.claim(case)
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=actor("manager"))
    factories.submit(claim.pk, by=actor("manager"))

    with pytest.raises(CannotDo, match="another person"):
        services.approve(claim.pk, version=1, by=actor("manager"))
    with pytest.raises(IntegrityError, match="approved_by_another_person"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(
            state="approved", reviewer=actor("manager").code, approved_at=timezone.now()
        )

    assert Claim.objects.get(pk=claim.pk).state == ClaimState.IN_REVIEW


def test_a_reviewer_approves_the_version_they_read():
    case = factories.in_progress()
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    claim = factories.claim(case)
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, facts="searched twice", by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))

    with pytest.raises(CannotDo, match="changed"):
        services.approve(claim.pk, version=1, by=actor("reviewer"))


@pytest.mark.parametrize(
    ("outcome", "ground", "facts", "sentence"),
    [
        (Outcome.REFUSED, None, "because", "ground"),
        (Outcome.REFUSED, Ground.G_173B, "because", "ground"),  # a ground of erasure, not of access
        (Outcome.PARTLY_GRANTED, Ground.G_OTHERS, " ", "facts"),
        (Outcome.GRANTED, Ground.G_OTHERS, "", "refusal only"),
    ],
)
def test_a_decision_the_law_does_not_know_cannot_be_saved(outcome, ground, facts, sentence):
    claim = factories.claim(factories.in_progress())

    with pytest.raises(CannotDo, match=sentence):
        services.draft(claim.pk, outcome=outcome, ground=ground, facts=facts, by=actor("officer"))

    assert Claim.objects.get(pk=claim.pk).version == 0


def test_data_is_not_released_before_the_sources_have_answered():
    claim = factories.claim(factories.in_progress())
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))

    with pytest.raises(CannotDo, match="nothing is held"):
        factories.submit(claim.pk, by=actor("officer"))


def test_portability_needs_an_export_made_after_the_last_file():
    case = factories.in_progress((Right.PORTABILITY,))
    claim = factories.claim(case, Right.PORTABILITY)
    services.record_collection(case.pk, source="by_hand", records=2, digest="0" * 64, by=actor("officer"))
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    with pytest.raises(CannotDo, match="export"):
        factories.submit(claim.pk, by=actor("officer"))

    services.record_export_ready(case.pk, bundle=case.uuid, digest="1" * 64, by=actor("officer"))
    services.record_collection(case.pk, source="by_hand", records=1, digest="2" * 64, by=actor("officer"))
    with pytest.raises(CannotDo, match="export"):
        factories.submit(claim.pk, by=actor("officer"))


def test_a_decision_on_data_needs_a_new_approval_when_the_data_changed():
    case = factories.in_progress((Right.ACCESS, Right.RECTIFICATION))
    access, other = approved(case), factories.claim(case, Right.RECTIFICATION)
    services.draft(other.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(other.pk, by=actor("officer"))

    services.record_collection(case.pk, source="crm", records=1, digest="2" * 64, by=actor("officer"))

    states = {claim.right: claim.state for claim in case.claims.all()}
    assert states == {"access": ClaimState.OPEN, "rectification": ClaimState.IN_REVIEW}
    assert kinds(case)[-2:] == ["data_attached", "claim_sent_back"]
    with pytest.raises(CannotDo, match="not approved yet"):
        services.answer(access.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    with pytest.raises(CannotDo, match="would be wrong"):
        factories.submit(access.pk, by=actor("officer"))
    services.draft(access.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(access.pk, by=actor("officer"))
    with pytest.raises(CannotDo, match="changed after you opened it"):
        services.approve(access.pk, version=1, by=actor("reviewer"))


def test_nothing_is_added_to_data_that_was_handed_over():
    case = factories.in_progress((Right.ACCESS, Right.RECTIFICATION))
    services.record_collection(case.pk, source="crm", records=3, digest="1" * 64, by=actor("officer"))
    claim = factories.claim(case, Right.ACCESS)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))

    with pytest.raises(CannotDo, match="handed over already"):
        services.record_collection(case.pk, source="crm", records=1, digest="2" * 64, by=actor("officer"))

    assert case.collections.get().records == 3


def test_a_draft_is_neither_overwritten_nor_submitted_by_somebody_who_saw_another():
    case = factories.received((Right.OBJECTION_DM,))
    services.confirm_claims(case.pk, rights=[Right.OBJECTION_DM], by=actor("officer"))
    claim = factories.claim(case, Right.OBJECTION_DM)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, version=0, by=actor("officer"))
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, version=1, by=actor("manager"))

    with pytest.raises(CannotDo, match="changed after you opened it"):
        services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, version=1, by=actor("officer"))
    with pytest.raises(CannotDo, match="changed after you opened it"):
        factories.submit(claim.pk, version=1, by=actor("officer"))

    claim.refresh_from_db()
    assert (claim.state, claim.outcome, claim.author) == (ClaimState.OPEN, Outcome.GRANTED, actor("manager").code)


def test_a_right_that_came_after_the_page_was_opened_is_not_set_aside_unseen():
    case = factories.received((Right.ACCESS,))
    seen = Event.objects.filter(stream=case.stream).count()
    services.attach_message(
        case.pk,
        message=case.uuid,
        received_at=timezone.now(),
        digest="0" * 64,
        proposed=[Right.ERASURE],
        by=INTAKE,
    )

    with pytest.raises(CannotDo, match="Something new came"):
        services.confirm_claims(case.pk, rights=[Right.ACCESS], seen=seen, by=actor("officer"))
    with pytest.raises(CannotDo, match="Something new came"):
        services.read_reply(case.pk, seen=seen, by=actor("officer"))

    assert {claim.right for claim in case.claims.all()} == {"access", "erasure"}


def test_an_answer_recorded_to_the_minute_is_not_before_its_approval():
    case = factories.in_progress()
    claim = approved(case)
    minute = claim.approved_at.replace(second=0, microsecond=0)

    services.answer(claim.pk, at=minute, means=Means.POSTED, evidence="RE 1", by=actor("officer"))

    assert Claim.objects.get(pk=claim.pk).answered_at == claim.approved_at


def test_erasure_is_answered_after_access():
    case = factories.in_progress((Right.ACCESS, Right.ERASURE))
    erasure = approved(case, Right.ERASURE)

    with pytest.raises(CannotDo, match="access and portability first"):
        services.answer(erasure.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))


@pytest.mark.parametrize("shift", [timedelta(hours=-3), timedelta(hours=3)])
def test_an_answer_leaves_after_its_approval_and_not_in_the_future(shift):
    claim = approved(factories.in_progress())

    with pytest.raises(CannotDo, match="future"):
        services.answer(claim.pk, at=timezone.now() + shift, means=Means.POSTED, evidence="RE 1", by=actor("officer"))


def test_a_reopened_case_keeps_its_receipt_and_its_dates():
    case = factories.in_progress()
    claim = approved(case)
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    before = factories.again(case)

    services.reopen(case.pk, reason="The address book is missing.", rights=[Right.ACCESS], by=actor("officer"))

    after = factories.again(case)
    assert (after.state, after.receipt_date, after.case_due) == (
        CaseState.IN_PROGRESS,
        before.receipt_date,
        before.case_due,
    )
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.OPEN


def test_merging_keeps_the_earliest_receipt_and_never_joins_two_persons():
    old = factories.received((Right.ACCESS,), received_at=timezone.now() - timedelta(days=5))
    new = factories.received((Right.ERASURE,))
    stranger = factories.received(person_email="eve@example.org")

    with pytest.raises(CannotDo, match="Two persons"):
        services.merge(old.pk, into=stranger.pk, by=actor("officer"))
    services.merge(old.pk, into=new.pk, by=actor("officer"))

    target = factories.again(new)
    assert (target.received_at, target.receipt_date) == (old.received_at, old.receipt_date)
    assert {claim.right for claim in target.claims.all()} == {"access", "erasure"}
    assert factories.again(old).state == CaseState.MERGED


def test_staff_never_act_on_a_case_about_themselves():
    case = factories.received(person_email=factories.staff("officer").email.upper())

    with pytest.raises(NotPermitted, match="about you"):
        services.confirm_claims(case.pk, rights=[Right.ACCESS], by=actor("officer"))


@pytest.mark.parametrize("username", ["auditor", "administrator", "reviewer"])
def test_only_officers_and_managers_carry_cases(username):
    case = factories.received()

    with pytest.raises(NotPermitted):
        services.confirm_claims(case.pk, rights=[Right.ACCESS], by=actor(username))


def test_the_state_cannot_be_written_past_the_transitions():
    case = factories.received()

    with pytest.raises(AttributeError):
        case.state = CaseState.CLOSED.value
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=CaseState.IN_PROGRESS.value)


def test_a_reload_keeps_the_protection_of_the_state():
    case = factories.received()
    factories_case = Case.objects.get(pk=case.pk)
    services.confirm_claims(case.pk, rights=[Right.ACCESS], by=actor("officer"))
    services.verify_identity(case.pk, method=IdentityMethod.EID, by=actor("officer"))

    factories_case.refresh_from_db()

    assert factories_case.state == CaseState.IDENTITY_VERIFIED
    with pytest.raises(AttributeError):
        factories_case.state = CaseState.CLOSED.value


def test_a_milestone_rings_once_and_the_alarm_repeats_daily(time_machine):
    time_machine.move_to(factories.utc(2027, 3, 2, 8), tick=False)
    case = factories.received(received_at=factories.utc(2027, 3, 2, 8))  # send by 1 April
    rung = []
    for day in ("03-18", "03-18", "03-26", "03-31", "04-02", "04-02", "04-03"):
        time_machine.move_to(f"2027-{day}T12:00:00+00:00", tick=False)
        services.ring()
        services.ring()
        rung = [
            events.fields(event)["data"]["milestone"]
            for event in Event.objects.filter(stream=case.stream, kind=EventKind.MILESTONE_REACHED).order_by("seq")
        ]

    assert rung == ["A01-14", "A01-7", "A01-1", "A02-3", "A03", "A03"]
    assert factories.again(case).overdue
    assert kinds(case).count("case_overdue") == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_people_on_one_case_exactly_one_wins_and_the_other_is_told():
    case = factories.verified()
    people = [actor("officer"), actor("manager")]
    start = threading.Barrier(len(people))

    def act(person: Actor) -> str:
        try:
            start.wait()
            services.take(case.pk, by=person)
        except CannotDo as refused:
            return str(refused.sentence)
        finally:
            connections.close_all()
        return "won"

    with ThreadPoolExecutor(len(people)) as pool:
        results = sorted(pool.map(act, people))

    assert results.count("won") == 1
    assert any("traite déjà ce dossier" in said or "works on this case already" in said for said in results)
    assert kinds(case).count("case_taken") == 1


def test_a_right_added_later_brings_the_identity_step_back():
    case = factories.in_progress((Right.INFORMATION,))
    assert case.state == CaseState.IN_PROGRESS

    services.confirm_claims(case.pk, rights=[Right.INFORMATION, Right.ACCESS], by=actor("officer"))

    assert factories.again(case).state == CaseState.RECEIVED
    services.verify_identity(
        case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.", by=actor("officer")
    )
    assert factories.again(case).state == CaseState.IDENTITY_VERIFIED


def test_setting_the_last_open_right_aside_ends_the_case():
    case = factories.in_progress((Right.ACCESS, Right.RECTIFICATION))
    claim = approved(case)
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))

    services.confirm_claims(case.pk, rights=[Right.ACCESS], because="Only a copy was asked for.", by=actor("officer"))

    assert factories.again(case).state == CaseState.PROCESSED


def test_merging_keeps_a_right_that_was_once_set_aside_in_the_target():
    old = factories.received((Right.ACCESS,))
    new = factories.confirmed((Right.ACCESS, Right.ERASURE))
    services.confirm_claims(new.pk, rights=[Right.ERASURE], because="Not in this mail.", by=actor("officer"))

    services.merge(old.pk, into=new.pk, by=actor("officer"))

    living = factories.again(new).claims.exclude(state=ClaimState.WITHDRAWN)
    assert {claim.right for claim in living} == {"access", "erasure"}


def test_neither_the_author_nor_who_submitted_approves():
    case = factories.in_progress()
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    claim = factories.claim(case)
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=actor("manager"))
    factories.submit(claim.pk, by=actor("officer"))

    with pytest.raises(CannotDo, match="another person"):
        services.approve(claim.pk, version=1, by=actor("manager"))


def test_only_fast_lane_rights_go_without_a_second_person_also_by_sql():
    claim = approved(factories.in_progress())

    with pytest.raises(IntegrityError, match="only_in_the_fast_lane"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(four_eyes=False)


def test_every_date_in_an_event_has_one_spelling():
    case = factories.in_progress()
    claim = approved(case)
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))

    for event in Event.objects.filter(stream=case.stream):
        for name, value in events.fields(event)["data"].items():
            if name.endswith("_at"):
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", value), (event.kind, name)
            if name.endswith(("_date", "_due")):
                assert value is None or re.fullmatch(r"\d{4}-\d\d-\d\d", value), (event.kind, name)


def test_a_policy_change_leaves_every_switch_and_the_digest_in_the_history():
    controller = factories.installation()
    before = factories.received()

    version = services.set_policy(Policy(solo_review=True), controller=controller, by=actor("manager"))

    told = events.fields(Event.objects.filter(kind=EventKind.POLICY_CHANGED).latest("seq"))["data"]
    assert (told["solo_review"], told["sha256"], told["version"]) == (True, version.sha256, 2)
    assert factories.again(before).policy_version.number == 1
    assert factories.received().policy_version.number == 2


def test_reading_a_new_message_is_told_once():
    case = factories.received()
    services.attach_message(case.pk, message=case.uuid, received_at=timezone.now(), digest="0" * 64, by=INTAKE)

    services.read_reply(case.pk, by=actor("officer"))
    services.read_reply(case.pk, by=actor("officer"))

    assert Event.objects.filter(stream=case.stream, kind="reply_read").count() == 1


def test_no_export_before_identity():
    case = factories.confirmed((Right.PORTABILITY,))

    with pytest.raises(CannotDo, match="Verify identity"):
        services.record_export_ready(case.pk, bundle=case.uuid, digest="1" * 64, by=actor("officer"))

    assert not Event.objects.filter(stream=case.stream, kind="export_ready").exists()


def test_a_complaint_about_a_merged_case_is_one_about_the_case_that_goes_on():
    first, second, third = (factories.received() for _number in range(3))
    services.merge(first.pk, into=second.pk, by=actor("officer"))
    services.merge(second.pk, into=third.pk, by=actor("officer"))

    services.raise_complaint(first.pk, words="Still no answer.", by=actor("officer"))

    assert [factories.again(case).complaint for case in (first, second, third)] == [False, False, True]
    assert third.reexaminations.get().answered_at is None
