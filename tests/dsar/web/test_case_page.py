"""The case page: shown to those who may, and every act on it."""

from datetime import timedelta

from django.db import connection

from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.dsar.web.conftest import As
from workflow import services, triggers
from workflow.models import Event
from workflow.states import EventKind, Outcome, Right


def test_page_of_a_case_at_each_milestone_opens(as_: As) -> None:
    both = (Right.ACCESS, Right.ERASURE)
    cases = [factories.received(both), factories.confirmed(both), factories.verified(both), factories.in_progress(both)]

    answers = [as_("officer").get(f"/cases/{case.uuid}/") for case in cases]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200]
    assert Event.objects.filter(kind=EventKind.CASE_VIEWED.value).count() == 4


def test_reviewer_is_led_to_the_draft_that_waits(as_: As) -> None:
    case = factories.in_progress((Right.RECTIFICATION, Right.RESTRICTION))
    claim = factories.claim(case, Right.RESTRICTION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=factories.actor("officer"))
    factories.submit(claim.pk, by=factories.actor("officer"))

    page = as_("reviewer").get(f"/cases/{case.uuid}/").content.decode()

    assert f'class="btn btn--primary" href="/cases/{case.uuid}/claims/{claim.uuid}/review/"' in page
    assert f"/claims/{claim.uuid}/approve/" in page


def test_next_action_is_the_same_in_the_queue_and_on_the_page(as_: As) -> None:
    for case in (factories.received(), factories.confirmed(), factories.verified(), factories.in_progress()):
        queue = as_("officer").get("/").context["sections"]
        shown = [row.next for section in queue for row in section.rows if row.case.pk == case.pk]

        assert [as_("officer").get(f"/cases/{case.uuid}/").context["next"]] == shown


def test_broken_chain_is_told_on_the_page(as_: As) -> None:
    case = factories.in_progress()
    triggers.remove(connection)
    Event.objects.filter(stream=case.stream, seq=2).update(hash="0" * 64)

    page = as_("officer").get(f"/cases/{case.uuid}/")

    assert not page.context["integrity"].intact


def test_a_programs_answer_that_was_filed_is_shown_with_the_case_it_answers(as_: As) -> None:
    case = factories.confirmed()
    headers = ["Auto-Submitted: auto-replied"]
    raw = mail("Away.", sender=case.person_email, subject="Automatic reply", message_id="<a@b.example>", extra=headers)
    filed = take_in(raw, at=case.received_at + timedelta(hours=1))

    page = as_("officer").get(f"/cases/{case.uuid}/").content.decode()

    assert filed.state == "filed"
    assert f"/messages/{filed.uuid}/" in page
