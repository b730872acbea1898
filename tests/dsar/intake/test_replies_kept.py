"""Who is on holiday answers us all the same: in the thread of a case, words alone make nobody a program."""

from datetime import UTC, datetime
from typing import Any

import pytest

from dsar.intake.models import InboundMessage
from dsar.intake.suggestions import filed_beside
from notifications import tokens
from notifications.models import Thread
from tests.dsar.intake.post import mail, take_in
from workflow.models import Case

pytestmark = pytest.mark.usefixtures("installed")

AT = datetime(2027, 2, 3, 9, tzinfo=UTC)
ANSWERS = [
    "Ich bin bis zum 30. November im Urlaub. Die letzte Rechnung betrug 38,20 Euro, angemeldet habe ich mich im Mai."
    " In dringenden Fällen erreichen Sie mich unter 0471 555019.\n\nGerd Lohmann",
    "Je suis absente jusqu'au 4 décembre. Mon adresse est bien celle-là. En cas d'urgence vous pouvez joindre mon mari"
    " au 0475 11 22 33.\n\nSolange",
    "Je suis en vacances jusqu'au 30 novembre. Pour toute question urgente, contactez mon avocat, Me Dubois.",
    "Well received, we will get back to you shortly with the signed mandate.\nHartley & Moss",
    "Bedankt, wij antwoorden u binnen de week met de volmacht van onze cliënt.\nMr. Hendrickx",
    "Ik ben met verlof tot 4 januari. Mijn klantnummer is 4471. Dringend? Bel mijn vrouw.",
    "I am on annual leave until Monday. The account you ask about is the second one. Urgent? Call my brother.",
    "Wir melden uns innerhalb von drei Werktagen mit der Vollmacht.",
    "Nous vous répondrons dans la semaine, le temps de retrouver la facture.",
    "This mailbox is full. I write from my phone: yes, please go on.",
]


@pytest.fixture
def case() -> Case:
    case = take_in(mail(), at=datetime(2027, 2, 1, 9, tzinfo=UTC)).case
    assert case is not None
    return case


def answered(case: Case, text: str, **more: Any) -> InboundMessage:
    told: dict[str, Any] = {"subject": f"Re: {case.reference}", "message_id": "<two@example.org>", **more}
    to = told.pop("to", [tokens.reply_address(case)])
    return take_in(mail(text, **told), at=AT, envelope_to=to)


@pytest.mark.parametrize("text", ANSWERS)
def test_a_persons_answer_at_the_cases_own_address_joins_it(case: Case, text: str) -> None:
    message = answered(case, text)

    assert (message.state, message.case, message.kind) == ("attached", case, "reply")
    case.refresh_from_db()
    assert case.reply_to_read is True


@pytest.mark.parametrize("text", ANSWERS[:6])
def test_nor_is_it_lost_when_only_the_reference_in_the_title_names_the_case(case: Case, text: str) -> None:
    message = answered(case, text, to=["vieprivee@assistool.com"])

    assert (message.state, message.case) == ("attached", case)


@pytest.mark.parametrize("text", ANSWERS[:6])
def test_from_another_mailbox_at_the_cases_own_address_an_officer_links_it(case: Case, text: str) -> None:
    message = answered(case, text, sender="office@lawyers.example")

    assert message.state == "opened"
    assert message.case is not None
    assert message.case.to_be_linked is True


def test_what_it_asks_beside_is_heard(case: Case) -> None:
    text = "Je suis en congé jusqu'au 3 mars, en mon absence contactez ma fille. Au fait, effacez aussi mon compte."
    answered(case, text)

    assert set(case.claims.values_list("right", flat=True)) >= {"access", "erasure"}


def test_an_answer_sent_through_the_persons_own_list_or_marked_by_a_filter_joins_the_case(case: Case) -> None:
    listed = answered(case, "Yes, that is me.", extra=["List-Id: <staff.example.org>", "Precedence: list"])
    flagged = answered(
        case,
        "Oui, voir http://photos.example/1 http://photos.example/2",
        message_id="<three@example.org>",
        extra=["X-Spam-Flag: YES", "X-Spam-Status: Yes, score=9"],
    )

    assert {(listed.state, listed.case), (flagged.state, flagged.case)} == {("attached", case)}


PROGRAMS = [
    (["Auto-Submitted: auto-replied"], "Re: demande", "Je suis absente jusqu'au 4 décembre."),
    (["X-Autoreply: yes"], "Re: verzoek", "Ik ben met verlof tot 4 januari."),
    (["X-Auto-Response-Suppress: All"], "Automatische Antwort: Anfrage", "Ich bin bis zum 4. Januar im Urlaub."),
    ([], "Automatic reply: your request", "I am out of the office until Monday."),
    (["Auto-Submitted: auto-generated"], "Re: Anfrage", "Ihre Anfrage ist eingegangen. Bitte antworten Sie nicht."),
]


@pytest.mark.parametrize(("extra", "title", "text"), PROGRAMS)
def test_a_programs_answer_stays_filed_and_is_shown_with_the_case(
    case: Case, extra: list[str], title: str, text: str
) -> None:
    message = answered(case, text, subject=title, extra=extra)

    assert (message.state, message.kind) == ("filed", "auto_reply")
    assert filed_beside(case) == [message]
    case.refresh_from_db()
    assert case.reply_to_read is False


def test_a_programs_answer_from_another_mailbox_is_shown_when_it_came_to_the_cases_own_address(case: Case) -> None:
    robot = ["Auto-Submitted: auto-replied"]
    at_its_address = answered(case, "Je suis absente.", sender="info@firm.example", extra=robot)
    elsewhere = ["vieprivee@assistool.com"]
    answered(case, "Absente.", sender="b@firm.example", to=elsewhere, message_id="<three@example.org>", extra=robot)

    assert filed_beside(case) == [at_its_address]


def test_what_was_there_before_the_case_and_what_came_back_is_not_shown_with_it(case: Case) -> None:
    robot = ["Auto-Submitted: auto-replied"]
    early = mail("Absent.", subject="Automatic reply: hello", message_id="<zero@example.org>", extra=robot)
    take_in(early, at=datetime(2027, 1, 15, 9, tzinfo=UTC))
    answered(case, "User unknown", subject="Undelivered mail", sender="mailer-daemon@example.org", extra=robot)

    assert filed_beside(case) == []


def test_a_notice_without_any_tie_stays_filed_and_one_whose_sender_was_denied_too(case: Case) -> None:
    text = "Je suis absente jusqu'au 4 décembre. En cas d'urgence, contactez mon collègue."
    stranger = take_in(mail(text, sender="x@else.example", message_id="<nine@else.example>", subject="Absence"))
    denied = answered(
        case,
        text,
        to=["vieprivee@assistool.com"],
        extra=["Authentication-Results: mx.assistool.com; dmarc=fail"],
    )

    assert (stranger.state, denied.state) == ("filed", "filed")
    assert Thread.objects.count() == 1
