"""Delivery reports come back to their letter: in words, once, and an answer that came back is none (T22)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from notifications import services, tokens
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import take_in
from tests.notifications.test_carrying import decided, happened, last_event, made
from workflow import events
from workflow.models import Case
from workflow.states import CaseState, ClaimState, EventKind, Means, Right

pytestmark = pytest.mark.django_db

REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: {address}
Subject: {subject}
Message-ID: <{unique}@mx.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ada@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--b--
"""


def report(
    letter: Notification, action: str, status: str, words: str, *, address: str = "", unique: str = "r1"
) -> None:
    to = address or tokens.bounce_address(letter)
    subject = "Undelivered Mail Returned to Sender" if action == "failed" else "Delivery report"
    raw = REPORT.format(
        address=to,
        subject=subject,
        action=action,
        status=status,
        words=words,
        unique=unique,
        message_id=letter.message_id,
    )
    message = take_in(raw.replace("\n", "\r\n").encode(), envelope_from="", envelope_to=[to])
    assert (message.state, message.case) == ("filed", None), "a report opens no case and is never acknowledged"
    letter.refresh_from_db()


def sent(letter: Notification) -> Notification:
    assert services.deliver(letter.pk) == "sent"
    letter.refresh_from_db()
    return letter


@pytest.mark.parametrize(
    ("status", "words", "why"),
    [
        ("5.1.1", "550 5.1.1 <ada@example.org> User unknown", "no_mailbox"),
        ("5.2.2", "552 mailbox full", "mailbox_full"),
        ("5.7.1", "554 5.7.1 blocked by policy", "rejected"),
        ("5.0.0", "550 no", "refused"),
    ],
)
def test_a_failure_comes_back_with_its_reason_and_the_servers_words(
    mail_server: Any, status: str, words: str, why: str
) -> None:
    letter = sent(made(factories.received()))

    report(letter, "failed", status, words)

    assert (letter.state, letter.why, services.reply_of(letter)) == ("undeliverable", why, words)
    event = last_event(letter, EventKind.LETTER_UNDELIVERABLE)
    assert events.payload_of(event) == {"reply": words}
    assert made(letter.case, "A09").recipient == "officer@assistool.com"
    assert Case.objects.count() == 1
    assert Notification.objects.filter(letter="M01").count() == 1


@pytest.mark.parametrize(
    ("action", "status", "why"), [("delayed", "4.4.1", "delayed"), ("delivered", "2.0.0", "delivered")]
)
def test_a_delay_or_an_arrival_is_noted_and_changes_nothing(
    mail_server: Any, action: str, status: str, why: str
) -> None:
    letter = sent(made(factories.received()))
    before = happened(letter)

    report(letter, action, status, "later")

    assert (letter.state, letter.why) == ("sent", why)
    assert happened(letter) == before
    report(letter, "failed", "5.4.7", "expired", unique="r2")
    assert letter.state == "undeliverable"


def test_an_answer_that_comes_back_opens_its_right_again_with_its_first_receipt(mail_server: Any) -> None:
    letter = sent(decided())
    case = factories.again(letter.case)
    assert case.state == CaseState.PROCESSED.value

    report(letter, "failed", "5.1.1", "550 5.1.1 User unknown")

    after = factories.again(case)
    claim = factories.claim(after, Right.OBJECTION_DM)
    assert (claim.state, after.is_open, after.received_at) == (ClaimState.OPEN.value, True, case.received_at)
    event = last_event(letter, EventKind.CASE_REOPENED)
    assert events.fields(event)["data"] == {"rights": "objection_dm", "because": "bounce"}
    assert events.fields(event)["actor_kind"] == "system"
    report(letter, "failed", "5.1.1", "550 5.1.1 User unknown", unique="r2")
    assert happened(letter).count(EventKind.CASE_REOPENED) == 1


def test_an_answer_that_was_posted_since_stays_answered(mail_server: Any) -> None:
    letter = sent(decided())
    claim = factories.claim(letter.case, Right.OBJECTION_DM)
    posted_at = timezone.now() + timedelta(minutes=1)
    type(claim).objects.filter(pk=claim.pk).update(answered_by_means=Means.POSTED.value, answered_at=posted_at)

    report(letter, "failed", "5.1.1", "550 5.1.1 User unknown")

    claim.refresh_from_db()
    assert (claim.state, letter.state) == (ClaimState.ANSWERED.value, "undeliverable")


def test_a_letter_that_is_no_answer_opens_nothing(mail_server: Any) -> None:
    answer = sent(decided())
    acknowledgement = sent(Notification.objects.get(case=answer.case, letter="M01"))

    report(acknowledgement, "failed", "5.1.1", "550 5.1.1 User unknown")

    assert EventKind.CASE_REOPENED not in happened(answer)


def test_a_report_under_a_forged_address_and_a_guessed_identity_changes_nothing(mail_server: Any) -> None:
    letter = sent(decided())
    letter.message_id = letter.message_id.replace(".m08.", ".m09.")
    address = tokens.bounce_address(letter).replace("+b.a", "+b.b")

    report(letter, "failed", "5.1.1", "550 5.1.1 User unknown", address=address)

    assert letter.state == "sent"
