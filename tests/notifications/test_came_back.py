"""What counted because a letter had left counts no longer when it comes back (domain §2.2, T22)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from notifications import services as post
from notifications.models import Notification
from tests import factories
from tests.factories import actor
from workflow import services
from workflow.models import Case
from workflow.states import ComplaintKind, Ground, Means, Outcome, Right, SecondLook

pytestmark = pytest.mark.django_db
START = "2027-03-02T09:00:00+00:00"


def carried(case: Case, code: str) -> Notification:
    post.sweep_pending()
    row: Notification = Notification.objects.filter(case=case, letter=code).latest("id")
    assert post.deliver(row.pk) == "sent"
    return row


def answered(right: Right, outcome: Outcome = Outcome.GRANTED, **more: Any) -> tuple[Case, Notification]:
    case = factories.in_progress((right,))
    claim = factories.claim(case, right)
    services.draft(claim.pk, outcome=outcome, by=actor("officer"), **{**factories.SAID, **more})
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    if outcome is Outcome.GRANTED:
        factories.carry_out(claim.pk)
    row = carried(case, "M09" if outcome is Outcome.GRANTED else "M06")
    assert factories.again(case).state == "processed"
    return case, row


def test_an_answer_that_bounced_after_three_hours_leaves_its_case_open(mail_server, time_machine):
    time_machine.move_to(START, tick=False)
    case, row = answered(Right.RECTIFICATION)
    time_machine.shift(timedelta(hours=3))

    post.bounced(addresses=[], message_ids=[row.message_id])
    time_machine.shift(timedelta(days=60))
    services.close_quiet()

    claim = factories.claim(case, Right.RECTIFICATION)
    assert (factories.again(case).state, claim.state, claim.answered_at) == ("in_progress", "open", None)
    assert services.differences(factories.again(case)) == []


def complained(case: Case) -> Notification:
    services.raise_complaint(case.pk, kind=ComplaintKind.DISAGREEMENT, by=actor("officer"))
    services.decide_reexamination(case.pk, outcome=SecondLook.UPHELD, position="It stands.", by=actor("manager"))
    return carried(case, "M24")


def test_the_answer_to_a_complaint_that_came_back_has_to_reach_the_person_another_way(mail_server, time_machine):
    time_machine.move_to(START, tick=False)
    case, _refusal = answered(Right.ERASURE, Outcome.REFUSED, ground=Ground.G_173B, facts="Paid invoices are kept.")
    time_machine.shift(timedelta(days=1))
    row = complained(case)
    assert not factories.again(case).complaint
    services.release_hold(case.pk, reason="Accepted.", by=actor("manager"))

    time_machine.shift(timedelta(hours=3))
    post.bounced(addresses=[], message_ids=[row.message_id])

    case = factories.again(case)
    assert (case.complaint, case.legal_hold, case.reexaminations.get().answered_at) == (True, True, None)
    assert services.differences(case) == []
    posted = {"at": timezone.now(), "means": Means.POSTED, "evidence": "RE 1"}
    services.answer_reexamination(case.pk, by=actor("officer"), **posted)
    assert not factories.again(case).complaint


def test_a_complaint_answered_by_post_since_stays_answered(mail_server, time_machine):
    time_machine.move_to(START, tick=False)
    case, _refusal = answered(Right.ERASURE, Outcome.REFUSED, ground=Ground.G_173B, facts="Paid invoices are kept.")
    row = complained(case)
    post.bounced(addresses=[], message_ids=[row.message_id])
    posted = {"at": timezone.now(), "means": Means.POSTED, "evidence": "RE 1"}
    services.answer_reexamination(case.pk, by=actor("officer"), **posted)

    Notification.objects.filter(pk=row.pk).update(state="sent")  # a second report of the same letter
    post.bounced(addresses=[], message_ids=[row.message_id])

    assert not factories.again(case).complaint
