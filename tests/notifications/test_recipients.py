"""Art. 19 from the act to the confirmation: the row follows the letter, is chased, and lets the case close."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from notifications import services
from notifications.models import Notification
from tests import factories
from tests.factories import actor
from tests.notifications.conftest import MailServer
from workflow import services as law
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event, RecipientNotice
from workflow.services.closing import closing_blockers
from workflow.states import EventKind, Language, Means, NoticeAction, NoticeState, Outcome, Right

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(time_machine) -> None:
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)


def corrected() -> Case:
    case = factories.in_progress((Right.RECTIFICATION,))
    claim = factories.claim(case, Right.RECTIFICATION)
    law.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    law.approve(claim.pk, version=1, by=actor("reviewer"))
    return case


def told(case: Case, name: str = "Mailer NV") -> RecipientNotice:
    law.tell_recipient(
        case.pk,
        recipient=name,
        address="privacy@mailer.example",
        action=NoticeAction.RECTIFIED,
        identifier="K-4711",
        language=Language.NL,
        by=actor("officer"),
    )
    return RecipientNotice.objects.get(recipient="mailer-nv")


def carried(code: str = "M13") -> Notification:
    services.sweep_pending()
    row = Notification.objects.filter(letter=code).latest("id")
    services.deliver(row.pk)
    row.refresh_from_db()
    return row


def test_it_is_planned_by_the_act_and_sent_with_its_letter(mail_server: MailServer):
    row = told(corrected())
    assert (row.state, row.sent_at) == (NoticeState.PLANNED.value, None)

    letter = carried()

    row.refresh_from_db()
    assert (row.state, row.sent_at) == (NoticeState.SENT.value, letter.finished_at)


def test_a_letter_that_did_not_leave_tells_nobody(mail_server: MailServer):
    row = told(corrected())
    mail_server.rcpt = "550 5.1.1 no such user"

    carried()

    row.refresh_from_db()
    assert row.state == NoticeState.PLANNED.value


def test_who_does_not_confirm_is_chased_after_7_and_14_days(mail_server: MailServer, time_machine):
    case = corrected()
    told(case)
    carried()
    start = timezone.now()

    for day in range(16):
        time_machine.move_to(start + timedelta(days=day), tick=False)
        law.ring()
        services.sweep_pending()

    officers = Notification.objects.filter(letter="A12", recipient="officer@assistool.com")
    assert [(one.created_at - start).days for one in officers.order_by("id")] == [7, 14]


def test_confirmed_it_is_waited_for_no_more_and_the_history_says_how():
    case = corrected()
    row = told(case)
    waits = "destinataire"
    assert any(waits in str(sentence) for sentence in blockers_of(case))

    law.settle_notice(case.pk, notice=row.pk, how=NoticeState.CONFIRMED, reason="Mail of today.", by=actor("officer"))

    row.refresh_from_db()
    assert (row.state, row.ended_at) == (NoticeState.CONFIRMED.value, timezone.now())
    assert not any(waits in str(sentence) for sentence in blockers_of(case))
    assert Event.objects.filter(stream=case.stream, kind=EventKind.RECIPIENT_SETTLED.value).count() == 1
    with pytest.raises(CannotDo):
        law.settle_notice(case.pk, notice=row.pk, how=NoticeState.IMPOSSIBLE, reason="Gone.", by=actor("officer"))


def blockers_of(case: Case) -> list[object]:
    return list(closing_blockers(factories.again(case), now=timezone.now()))


def test_a_disproportionate_effort_is_a_managers_word_and_nothing_ends_without_a_reason():
    case = corrected()
    row = told(case)
    how = NoticeState.DISPROPORTIONATE

    with pytest.raises(NotPermitted):
        law.settle_notice(case.pk, notice=row.pk, how=how, reason="Ten thousand.", by=actor("officer"))
    with pytest.raises(CannotDo):
        law.settle_notice(case.pk, notice=row.pk, how=how, reason=" ", by=actor("manager"))
    with pytest.raises(CannotDo):
        law.settle_notice(case.pk, notice=row.pk, how=NoticeState.SENT, reason="Sent.", by=actor("manager"))
    law.settle_notice(case.pk, notice=row.pk, how=how, reason="Ten thousand.", by=actor("manager"))

    row.refresh_from_db()
    assert row.state == how.value


def test_told_again_the_same_recipient_is_waited_for_anew():
    case = corrected()
    row = told(case)
    law.settle_notice(case.pk, notice=row.pk, how=NoticeState.CONFIRMED, reason="Yes.", by=actor("officer"))

    again = told(case)

    assert (again.pk, again.state, again.ended_at) == (row.pk, NoticeState.PLANNED.value, None)


def test_the_database_knows_no_notice_that_was_sent_at_no_time():
    row = told(corrected())

    with pytest.raises(IntegrityError), transaction.atomic():
        RecipientNotice.objects.filter(pk=row.pk).update(state=NoticeState.SENT.value)


def test_the_case_page_lists_them_and_its_form_ends_the_wait(client: Client):
    case = corrected()
    row = told(case)
    client.force_login(factories.staff("officer"))

    assert "mailer-nv" in client.get(f"/cases/{case.uuid}/").content.decode()
    address = f"/cases/{case.uuid}/recipient/{row.pk}/"
    refused = client.post(address, {"how": "confirmed", "reason": ""})
    done = client.post(address, {"how": "confirmed", "reason": "Mail du jour."})

    assert (refused.status_code, done.status_code) == (409, 302)
    row.refresh_from_db()
    assert row.state == NoticeState.CONFIRMED.value


def answered() -> Case:
    case = corrected()
    claim = factories.claim(case, Right.RECTIFICATION)
    factories.carry_out(claim.pk)
    law.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    return factories.again(case)


def test_a_case_closes_only_once_the_recipients_are_told_or_why_not_is_said(time_machine):
    case = answered()
    claim = factories.claim(case, Right.RECTIFICATION)
    time_machine.move_to("2027-05-01T09:00:00+00:00", tick=False)

    with translation.override("en"):
        assert law.close_quiet() == 0
        with pytest.raises(CannotDo, match="Tell those who had the data"):
            law.close(case.pk, by=actor("officer"))
        with pytest.raises(CannotDo, match="in a sentence"):
            law.explain_recipients(claim.pk, reason="none.", by=actor("officer"))
    with pytest.raises(IntegrityError, match="had the data"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="closed", closed_at=timezone.now())

    law.explain_recipients(claim.pk, reason="The register names no recipient of invoices.", by=actor("officer"))
    with translation.override("en"), pytest.raises(CannotDo, match="already"):
        law.explain_recipients(claim.pk, reason="The register names no recipient of invoices.", by=actor("officer"))
    assert law.close_quiet() == 1


def test_a_recipient_who_confirmed_lets_it_close_and_a_reopened_right_asks_anew(time_machine):
    case = answered()
    row = told(case)
    law.settle_notice(case.pk, notice=row.pk, how=NoticeState.CONFIRMED, reason="They wrote.", by=actor("officer"))
    other = answered()
    claim = factories.claim(other, Right.RECTIFICATION)
    law.explain_recipients(claim.pk, reason="The register names no recipient.", by=actor("officer"))
    law.reopen(other.pk, reason="One date is still wrong.", rights=[Right.RECTIFICATION], by=actor("officer"))
    claim.refresh_from_db()
    assert not claim.recipients_explained

    time_machine.move_to("2027-05-01T09:00:00+00:00", tick=False)
    assert law.close_quiet() == 1
    assert factories.again(case).state == "closed"


def test_what_nobody_decided_or_refused_has_no_recipients_to_explain():
    case = factories.in_progress((Right.RECTIFICATION,))

    with translation.override("en"), pytest.raises(CannotDo, match="not decided"):
        law.explain_recipients(
            factories.claim(case, Right.RECTIFICATION).pk, reason="Nobody had these data.", by=actor("officer")
        )
