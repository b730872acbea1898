"""T16: another person approves; a solo office after a wait and with a checklist; the settings may ask for less."""

import dataclasses
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor, utc
from workflow import events, queries, services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Claim, Event
from workflow.policy import ClockPolicy, FourEyesPolicy, Policy
from workflow.states import Compared, EventKind, Ground, IdentityMethod, Means, Outcome, Right, SelfCheck

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)  # due 2027-04-01, month 2027-04-02
EVERY_LINE = list(SelfCheck)


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def settings(**choices) -> None:
    services.set_policy(Policy(**choices), controller=factories.installation(), by=actor("manager"))


def submitted(right: Right = Right.RECTIFICATION, outcome: Outcome = Outcome.GRANTED, **more) -> tuple[Case, Claim]:
    case = factories.in_progress((right,), received_at=TUESDAY)
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("manager"))
    claim = factories.claim(case, right)
    services.draft(claim.pk, outcome=outcome, by=actor("manager"), **{**factories.SAID, **more})
    factories.submit(claim.pk, by=actor("manager"))
    return case, factories.claim(case, right)


def approve(claim: Claim, by: str = "manager", checked=()) -> Claim:
    services.approve(claim.pk, version=claim.version, checked=checked, by=actor(by))
    return Claim.objects.get(pk=claim.pk)


REFUSAL = {"outcome": Outcome.REFUSED, "ground": Ground.G_NOTWRONG, "facts": "The passport shows it."}
DECISIONS = [
    ("refusal", Right.RECTIFICATION, REFUSAL),
    ("partial", Right.RECTIFICATION, {**REFUSAL, "outcome": Outcome.PARTLY_GRANTED}),
    ("disclosure", Right.ACCESS, {"outcome": Outcome.NOTHING_HELD}),
    ("erasure", Right.ERASURE, {"outcome": Outcome.GRANTED}),
    ("other", Right.RECTIFICATION, {"outcome": Outcome.GRANTED}),
]


@pytest.mark.parametrize(("name", "right", "draft"), DECISIONS)
def test_every_kind_of_decision_wants_another_person(move, name, right, draft):
    _case, claim = submitted(right, **draft)

    with pytest.raises(CannotDo, match="another person"):
        approve(claim)

    assert claim.state == "in_review"


@pytest.mark.parametrize(("name", "right", "draft"), DECISIONS)
def test_a_setting_lets_the_author_approve_just_that_kind_and_it_is_told(move, name, right, draft):
    settings(four_eyes=dataclasses.replace(FourEyesPolicy(), **{name: False}))
    case, claim = submitted(right, **draft)

    after = approve(claim)

    told = events.fields(Event.objects.filter(stream=case.stream, kind=EventKind.CLAIM_APPROVED).get())["data"]
    assert (after.state, after.four_eyes, after.four_eyes_off) == ("approved", False, name)
    assert (told["four_eyes"], told["switched_off"]) == (False, name)


def test_of_two_settings_about_one_decision_the_stricter_counts(move):
    settings(four_eyes=FourEyesPolicy(partial=False))
    case = factories.in_progress(received_at=TUESDAY)
    services.record_collection(case.pk, source="crm", records=1, digest="1" * 64, by=actor("officer"))
    claim = factories.claim(case)
    partly = {"outcome": Outcome.PARTLY_GRANTED, "ground": Ground.G_OTHERS, "facts": "A letter of a neighbour."}
    services.draft(claim.pk, by=actor("manager"), **partly)
    factories.submit(claim.pk, by=actor("manager"))

    with pytest.raises(CannotDo, match="another person"):
        approve(factories.claim(case))


def test_no_setting_takes_the_second_person_from_a_refusal_as_abusive(move):
    settings(four_eyes=FourEyesPolicy(refusal=False))
    case = factories.in_progress(received_at=TUESDAY)
    claim = factories.claim(case)
    abusive = {"outcome": Outcome.REFUSED, "ground": Ground.G_EXC, "facts": "The ninth time."}
    services.draft(claim.pk, by=actor("manager"), **abusive)
    services.evidence_abuse(claim.pk, text="A mail that says why.", by=actor("officer"))
    factories.submit(claim.pk, by=actor("manager"))

    with pytest.raises(CannotDo, match="another person"):
        approve(factories.claim(case))
    with pytest.raises(IntegrityError, match="never_about_abuse"), transaction.atomic():
        Claim.objects.update(four_eyes=False, four_eyes_off="refusal")


# -- an office of one -----------------------------------------------------------------------------


def test_a_solo_office_approves_its_own_draft_after_twelve_hours_with_the_whole_checklist(move):
    settings(solo_review=True)
    case, claim = submitted()

    move(2027, 3, 2, 20, 59)
    with pytest.raises(CannotDo, match="after 02/03/2027 22:00"):
        approve(claim, checked=EVERY_LINE)
    move(2027, 3, 2, 21)
    with pytest.raises(CannotDo, match="every line"):
        approve(claim, checked=EVERY_LINE[1:])
    after = approve(claim, checked=EVERY_LINE)

    told = events.fields(Event.objects.filter(stream=case.stream, kind=EventKind.CLAIM_APPROVED).get())["data"]
    assert (after.alone, after.reviewer, after.alone_from) == (True, actor("manager").code, utc(2027, 3, 2, 21))
    assert (told["alone"], told["checked"]) == (True, "read_again,facts_shown,right_person,law_kept")


def test_the_wait_ends_with_the_due_date_and_for_a_refusal_with_the_first_month(move):
    settings(solo_review=True)
    move(2027, 4, 1, 20)
    _case, claim = submitted()

    move(2027, 4, 1, 21, 59, 59)
    after = approve(claim, checked=EVERY_LINE)

    assert after.alone_from == utc(2027, 4, 1, 21, 59, 59)


def test_somebody_else_need_not_wait_in_a_solo_office(move):
    settings(solo_review=True)
    _case, claim = submitted()

    after = approve(claim, by="reviewer")

    assert (after.alone, after.alone_from) == (False, None)


def test_the_wait_begins_again_with_a_new_submission(move):
    settings(solo_review=True)
    _case, claim = submitted()
    move(2027, 3, 2, 21)
    services.send_back(claim.pk, comment="A spelling.", by=actor("manager"))
    factories.submit(claim.pk, by=actor("manager"))

    with pytest.raises(CannotDo, match="12 hours"):
        approve(claim, checked=EVERY_LINE)


def test_whether_it_is_a_solo_office_is_about_today(move):
    settings(solo_review=True)
    _case, claim = submitted()
    settings(solo_review=False)
    move(2027, 3, 3, 9)

    with pytest.raises(CannotDo, match="another person"):
        approve(claim, checked=EVERY_LINE)


def test_a_solo_officer_still_needs_the_manager_where_the_law_of_the_house_wants_one(move):
    settings(solo_review=True)
    case = factories.in_progress(received_at=TUESDAY)
    claim = factories.claim(case)
    abusive = {"outcome": Outcome.REFUSED, "ground": Ground.G_EXC, "facts": "The ninth time."}
    services.draft(claim.pk, by=actor("officer"), **abusive)
    services.evidence_abuse(claim.pk, text="A mail that says why.", by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))

    with pytest.raises(NotPermitted, match="manager"):
        approve(factories.claim(case), by="reviewer")


@pytest.mark.parametrize(
    "change",
    [
        {"alone": True},
        {"alone": True, "alone_from": None},
        {"alone": True, "alone_from": utc(2027, 3, 2, 21)},
        {"alone": True, "alone_from": utc(2027, 3, 2, 8)},
        {"alone": True, "alone_from": utc(2027, 3, 2, 9), "reviewer": "S-0099"},
        {"four_eyes": False},
    ],
    ids=[
        "no wait",
        "wait never stored",
        "before its end",
        "before it was handed in",
        "somebody else",
        "no second person",
    ],
)
def test_the_database_refuses_what_the_service_would(move, change):
    settings(solo_review=True)
    _case, claim = submitted()
    approved = {"state": "approved", "reviewer": actor("manager").code, "approved_at": utc(2027, 3, 2, 20)}

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**{**approved, **change})


def test_a_wait_that_was_never_stored_is_no_wait_for_the_database_either(move):
    """NULL compares as neither true nor false, and a CHECK lets that pass."""
    settings(solo_review=True)
    _case, claim = submitted()
    me = actor("manager").code
    own = {"state": "approved", "reviewer": me, "approved_at": utc(2027, 3, 9), "alone": True, "alone_from": None}

    with pytest.raises(IntegrityError, match="claim_approved_alone_after_the_wait"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**own)


def test_a_date_to_send_by_needs_a_due_date(move):
    case, _claim = submitted()

    with pytest.raises(IntegrityError, match="send_by_is_never_after_case_due"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(case_due=None)


def test_the_answer_of_a_solo_office_leaves_like_any_other(move):
    settings(solo_review=True)
    case, claim = submitted()
    move(2027, 3, 2, 21)
    approve(claim, checked=EVERY_LINE)

    factories.carry_out(claim.pk)
    services.answer(claim.pk, at=utc(2027, 3, 2, 21), means=Means.POSTED, evidence="RE 1", by=actor("manager"))

    assert factories.claim(case, Right.RECTIFICATION).alone


def test_the_figures_count_what_only_its_author_saw(move):
    settings(solo_review=True)
    owner, since = factories.installation(), utc(2027, 1, 1)
    _case, claim = submitted()
    risky = factories.confirmed(person_email="bob@example.org")
    looked = {
        "method": IdentityMethod.DOCUMENT_SEEN,
        "compared": [Compared.NAME],
        "note": "Identity card, shown at the counter.",
    }
    services.verify_identity(risky.pk, **looked, high_risk="A new bank account.", by=actor("officer"))
    before = queries.seen_by_one(owner, since=since)
    move(2027, 3, 2, 21)
    approve(claim, checked=EVERY_LINE)

    settings(four_eyes=FourEyesPolicy(other=False))
    _other, free = submitted()
    approve(free)

    assert before == queries.OnePair(decisions=0, extensions=0, documents=1, switched_off=0)
    assert queries.seen_by_one(owner, since=since) == queries.OnePair(1, 0, 1, 1)
    assert queries.seen_by_one(owner, since=utc(2027, 3, 3)) == queries.OnePair(0, 0, 0, 0)


# -- the office becomes one person's, or no longer is, while cases are open (ADR 23) -----------------


def test_open_cases_leave_room_for_the_wait_from_the_day_the_office_is_one_persons(move):
    case = factories.in_progress((Right.RECTIFICATION,), received_at=TUESDAY)
    before = factories.again(case)

    settings(solo_review=True)
    alone, differ = factories.again(case), services.differences(factories.again(case))
    settings(solo_review=False, quiet_days=20)
    after = factories.again(case)

    assert (before.send_by, alone.send_by, after.send_by) == (date(2027, 4, 1), date(2027, 3, 31), date(2027, 4, 1))
    assert (alone.case_due, alone.month_due) == (before.case_due, before.month_due)
    assert differ == []
    assert services.differences(after) == []


def test_a_case_that_is_over_keeps_its_day_and_takes_the_office_of_today_when_it_comes_back(move):
    case = factories.answered(received_at=TUESDAY)

    settings(solo_review=True)
    over = factories.again(case)
    services.reopen(case.pk, reason="The chat is missing.", rights=[Right.ACCESS], by=actor("officer"))

    assert over.send_by == date(2027, 4, 1)
    assert services.differences(over) == []
    assert factories.again(case).send_by == date(2027, 3, 31)
    assert services.differences(factories.again(case)) == []


def test_no_other_setting_touches_an_open_case(move):
    case = factories.in_progress((Right.RECTIFICATION,), received_at=TUESDAY)
    before = factories.again(case)

    settings(
        clock=ClockPolicy(rule="month", closed_days=(date(2027, 4, 1),), max_ask_delay=0),
        fast_lane_days=5,
        triage_days=3,
        four_eyes=FourEyesPolicy(other=False),
    )

    after = factories.again(case)
    columns = ("case_due", "month_due", "policy_due", "send_by", "next_due", "solo_wait", "policy_version_id")
    assert [getattr(after, name) for name in columns] == [getattr(before, name) for name in columns]
    assert services.differences(after) == []


def test_what_nobody_else_read_is_not_approved_alone_once_a_second_person_is_there(move):
    settings(solo_review=True)
    _case, claim = submitted()
    settings(solo_review=False)
    move(2027, 3, 3, 9)

    with pytest.raises(CannotDo, match="another person"):
        approve(claim, checked=EVERY_LINE)
