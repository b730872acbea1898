"""T24 and T22: a complaint is looked at by somebody who was not involved, and only its letter ends that."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from notifications import services as post
from notifications.models import Notification
from tests import factories
from tests.factories import actor
from workflow import services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event, Reexamination
from workflow.states import (
    CaseState,
    ClaimState,
    ComplaintKind,
    Means,
    Outcome,
    ReopenReason,
    Right,
    SecondLook,
)

pytestmark = pytest.mark.django_db


def processed(right: Right = Right.ACCESS, approver: str = "reviewer") -> Case:
    case = factories.in_progress((right,))
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    claim = factories.claim(case, right)
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor(approver))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    return factories.again(case)


def complained(approver: str = "reviewer") -> Case:
    case = processed(approver=approver)
    services.raise_complaint(case.pk, kind=ComplaintKind.DISAGREEMENT, words="not true", by=actor("officer"))
    return factories.again(case)


def decide(case: Case, by: str = "manager", **more) -> None:
    services.decide_reexamination(
        case.pk,
        **{"outcome": SecondLook.UPHELD, "position": "We searched again and hold nothing.", "by": actor(by), **more},
    )


def kinds(case: Case) -> list[str]:
    return list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True))


@pytest.mark.parametrize("by", ["officer", "reviewer"])
def test_author_and_reviewer_may_not_look_a_second_time(by):
    case = complained()

    with pytest.raises(CannotDo, match="somebody else has to look at it"):
        decide(case, by)

    assert case.reexaminations.get().decided_at is None


@time_machine.travel("2027-01-31T10:00:00+01:00", tick=False)
def test_it_has_a_date_of_its_own_by_the_rule_of_requests():
    case = complained()

    assert case.reexaminations.get().due == date(2027, 3, 1), "one month is shorter than 30 days here"
    assert (case.complaint, case.legal_hold) == (True, True)


def test_only_its_letter_ends_it_and_only_a_manager_lifts_the_hold(settings):
    case = complained()
    with pytest.raises(CannotDo, match="position has to be written first"):
        services.answer_reexamination(
            case.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 2", by=actor("officer")
        )
    with pytest.raises(CannotDo, match="Answer the complaint first"):
        services.release_hold(case.pk, reason="over", by=actor("manager"))

    decide(case)
    open_still = factories.again(case).complaint
    services.answer_reexamination(case.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 2", by=actor("officer"))
    with pytest.raises(NotPermitted):
        services.release_hold(case.pk, reason="over", by=actor("officer"))
    services.release_hold(case.pk, reason="the person accepts", by=actor("manager"))

    after = factories.again(case)
    assert (open_still, after.complaint, after.legal_hold) == (True, False, False)
    assert kinds(case)[-4:] == [
        "complaint_raised",
        "reexamination_decided",
        "reexamination_answered",
        "hold_released",
    ]


def test_its_letter_by_mail_does_not_leave_once_it_was_posted():
    case = complained()
    decide(case)
    post.sweep_pending()
    letter = Notification.objects.get(case=case, letter="M24")

    services.answer_reexamination(case.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 2", by=actor("officer"))

    assert letter.claim_uuid is None
    assert "hold nothing" not in post.content_of(letter).text, "reasons stand on the portal, not in the mail"
    assert post.deliver(letter.pk) == "cancelled", "answered by other means meanwhile: it does not leave twice"
    assert case.reexaminations.get().answered_by_means == "posted"


def test_what_is_to_be_decided_anew_is_open_again_with_its_first_receipt():
    case = complained()

    decide(case, outcome=SecondLook.CHANGED, rights=[Right.ACCESS], position="We forgot the chat.")

    after = factories.again(case)
    assert (after.state, after.receipt_date) == (CaseState.IN_PROGRESS.value, case.receipt_date)
    assert factories.claim(case).state == ClaimState.OPEN.value


def test_a_change_names_a_right_that_was_answered_or_nothing_moves():
    case = complained()
    before = kinds(case)

    with pytest.raises(CannotDo, match="Choose the right"):
        decide(case, outcome=SecondLook.CHANGED)
    with pytest.raises(CannotDo, match="None of these rights"):
        decide(case, outcome=SecondLook.CHANGED, rights=[Right.ERASURE])

    assert kinds(case) == before
    assert factories.again(case).state == CaseState.PROCESSED.value


def test_where_nobody_is_left_a_manager_names_somebody_from_outside():
    case = complained(approver="manager")
    services.close_account(staff=factories.staff("reviewer"), by=actor("administrator"))
    with pytest.raises(NotPermitted):
        decide(case, "officer", outside="Maître Dupont")
    decide(case, outside="Maître Dupont")

    row = case.reexaminations.get()
    assert row.examiner == Reexamination.OUTSIDE
    event = Event.objects.get(stream=case.stream, kind="reexamination_decided")
    assert b"Dupont" not in bytes(event.body)


def test_a_reviewer_who_sent_an_earlier_version_through_stays_involved_after_a_reopening():
    case = processed()
    services.reopen(case.pk, reason="a page is missing", rights=[Right.ACCESS], by=actor("officer"))
    services.raise_complaint(case.pk, by=actor("officer"))

    assert factories.claim(case).reviewer == ""
    with pytest.raises(CannotDo, match="somebody else"):
        decide(case, "reviewer")


def test_the_database_refuses_an_examiner_who_was_involved_and_a_second_open_one():
    case = complained()
    decide(case)
    row = case.reexaminations.get()
    code = actor("officer").code

    for change in ({"examiner": code}, {"outcome": ""}, {"position": None}, {"answered_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reexamination.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reexamination.objects.create(
            case=case, kind="complaint", opened_at=timezone.now(), due=date(2027, 1, 1), involved=","
        )


def test_a_complaint_is_recorded_once_and_again_after_its_answer():
    case = complained()
    with pytest.raises(CannotDo, match="recorded already"):
        services.raise_complaint(case.pk, by=actor("officer"))

    decide(case)
    services.answer_reexamination(case.pk, at=timezone.now(), means=Means.POSTED, evidence="RE", by=actor("officer"))
    services.raise_complaint(case.pk, kind=ComplaintKind.LAWSUIT, by=actor("officer"))

    assert case.reexaminations.count() == 2


def test_a_case_under_complaint_is_never_closed_by_time():
    complained()

    with time_machine.travel(timezone.now() + timedelta(days=200)):
        assert services.close_quiet() == 0


def test_reopening_has_a_reason_that_holds():
    case = processed()

    with pytest.raises(CannotDo, match="second look decides"):
        services.reopen(
            case.pk, reason="no", rights=[Right.ACCESS], because=ReopenReason.SECOND_LOOK, by=actor("officer")
        )
    with pytest.raises(CannotDo, match="No letter of this case came back"):
        services.reopen(case.pk, reason="no", rights=[Right.ACCESS], because=ReopenReason.BOUNCE, by=actor("officer"))

    assert factories.again(case).state == CaseState.PROCESSED.value
