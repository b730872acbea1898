"""Reports of mail servers, answers of robots and lists: told apart by what they carry, never taken for a person."""

from typing import Any

import pytest

from dsar.intake.models import InboundMessage
from dsar.intake.parsing import parse
from dsar.intake.reading import read
from notifications.models import Thread
from tests.dsar.intake.post import mail, take_in

RETURNED = (
    "From: vieprivee@assistool.com\r\nTo: gone@example.net\r\nSubject: Votre demande\r\n"
    "Message-ID: <m01@assistool.com>\r\n\r\nBonjour"
)


def written(*headers: str, body: str = "") -> bytes:
    return "\r\n".join([*headers, "To: vieprivee@assistool.com", "MIME-Version: 1.0", "", body]).encode()


def report(kind: str, *parts: tuple[str, str], headers: tuple[str, ...] = (), text: str = "") -> bytes:
    """A multipart mail with a text, parts of (type, content) and more headers."""
    pieces = [("text/plain", text), *parts] if text else list(parts)
    body = "".join(f"--cut\r\nContent-Type: {name}\r\n\r\n{content}\r\n" for name, content in pieces) + "--cut--\r\n"
    return written(*headers, f"Content-Type: multipart/{kind}; boundary=cut", body=body)


FROM = ("From: feedback@provider.example", "Subject: Fw: Votre demande")
DAEMON = "From: MAILER-DAEMON@mx.example.net"
REPORTS = {
    "feedback report": report(
        "report", ("message/feedback-report", "Feedback-Type: abuse"), ("message/rfc822", RETURNED), headers=FROM
    ),
    "complaint that only brings the mail": report(
        "mixed",
        ("message/rfc822", RETURNED),
        headers=("From: staff@provider.example", "Subject: complaint about message from 192.0.2.1"),
    ),
    "notice in JSON": written(
        "From: no-reply@sns.example",
        "Subject: Notification",
        body='{"notificationType":"Bounce","bounce":{"bounceType":"Permanent"}}',
    ),
    "notice in JSON in JSON": written(
        "From: no-reply@sns.example",
        "Subject: Notification",
        body='{"Type":"Notification","Message":"{\\"eventType\\":\\"Bounce\\"}"}',
    ),
    "daemon without further ado": written(DAEMON, "Subject: Postfix SMTP server: errors from x", body="In: EHLO x"),
    "daemon that says auto-replied": written(DAEMON, "Subject: Hello", "Auto-Submitted: auto-replied", body="Sorry."),
    "postmaster in words": written(
        "From: post_master@gateway.example",
        "Subject: Re:Test",
        body="550 Requested action not taken: no such user here",
    ),
    "report whose type is missing": report(
        "report",
        ("message/rfc822", RETURNED),
        headers=("From: Mail.Service@mx.example", "Subject: Delivery status notification"),
        text="Aborted after 5 hours.",
    ),
    "no-reply that returns the mail": report(
        "mixed",
        ("message/rfc822", RETURNED),
        headers=("From: no-reply@telecom.example", "Subject: =?utf-8?b?44Oh44O844Or?="),
        text="Your mail could not be delivered to: <gone@example.net>",
    ),
}


@pytest.mark.parametrize("raw", REPORTS.values(), ids=REPORTS)
def test_a_report_of_a_mail_server_is_a_bounce_and_not_acknowledged(raw: bytes) -> None:
    found = read(parse(raw))

    assert (found.kind, found.acknowledge, found.rights) == ("bounce", False, ())


def test_an_answer_of_a_responder_is_no_bounce_whoever_it_says_it_is() -> None:
    raw = written(
        "From: postmaster@example.net",
        "Return-Path: <>",
        "Subject: notice",
        "Auto-Submitted: auto-replied",
        body="Your mail was received. The mailbox is full, please write again.",
    )

    assert read(parse(raw)).kind == "auto_reply"


def test_a_person_who_attaches_a_report_is_a_person() -> None:
    bounce = report(
        "report",
        ("message/delivery-status", "Action: failed"),
        headers=("From: MAILER-DAEMON@mx.example", "Subject: Undelivered"),
        text="It failed.",
    ).decode()
    raw = report(
        "mixed",
        ("message/rfc822", bounce.replace("cut", "inner")),
        headers=("From: Ada <ada@example.org>", "Subject: Mes données"),
        text="Bonjour, mon message n'est pas arrivé. Je souhaite une copie de mes données personnelles.",
    )

    found = read(parse(raw))

    assert (found.kind, [right.value for right in found.rights], found.acknowledge) == ("request", ["access"], True)


@pytest.fixture
def came_back(monkeypatch: Any) -> list[dict[str, Any]]:
    """What the post office was told."""
    told: list[dict[str, Any]] = []
    monkeypatch.setattr("notifications.services.bounced", lambda **values: told.append(values))
    return told


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("name", "times"), [("feedback report", 0), ("daemon without further ado", 1)])
def test_a_letter_that_arrived_and_annoyed_is_not_marked_undeliverable(
    came_back: list[dict[str, Any]], name: str, times: int
) -> None:
    message = take_in(REPORTS[name])

    assert (message.state, len(came_back)) == ("filed", times)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("said", "times"), [("is full: could not be delivered.", 1), ("is read on Mondays.", 0)])
def test_a_responder_marks_a_letter_undeliverable_only_when_it_says_so(
    came_back: list[dict[str, Any]], said: str, times: int
) -> None:
    raw = mail(f"This mailbox {said}", subject="notice", extra=["Auto-Submitted: auto-replied"])

    assert (take_in(raw).kind, len(came_back)) == ("auto_reply", times)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    "header",
    [
        "Precedence: bulk",
        "Mailing-List: contact x@example.org; run by y",
        "X-MLServer: fml",
        "Auto-Submitted: auto-generated",
    ],
)
def test_what_looks_like_a_reply_from_a_machine_opens_a_case_without_acknowledgement(header: str) -> None:
    take_in(mail("Where is it?", extra=["In-Reply-To: <unknown@example.net>", header]))

    assert list(Thread.objects.values_list("acknowledge", flat=True)) in ([False], [])
    assert InboundMessage.objects.count() == 1


SUPPRESS = "X-Auto-Response-Suppress: {}"


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("value", ["All", "OOF, AutoReply", "DR, RN, NRN, OOF, AutoReply"])
def test_a_person_whose_program_wants_no_automatic_answers_is_acknowledged(value: str) -> None:
    message = take_in(mail("Je souhaite une copie de mes données.", extra=[SUPPRESS.format(value)]))

    assert (message.state, message.kind) == ("opened", "request")
    assert list(Thread.objects.values_list("acknowledge", flat=True)) == [True]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("extra", [[], ["In-Reply-To: <unknown@example.net>"]])
def test_without_a_wish_the_same_header_gets_no_automatic_answer_but_a_case(extra: list[str]) -> None:
    message = take_in(mail("Le colis est là.", subject="Colis", extra=[SUPPRESS.format("All"), *extra]))

    assert message.state == "opened"
    assert list(Thread.objects.values_list("acknowledge", flat=True)) == [False]


@pytest.mark.parametrize("extra", [[], ["In-Reply-To: <unknown@example.net>"]])
def test_beside_words_of_a_robot_it_is_a_robots(extra: list[str]) -> None:
    raw = mail("Votre demande a bien été enregistrée.", subject="Ticket", extra=[SUPPRESS.format("All"), *extra])

    assert read(parse(raw)).kind == "auto_reply"
