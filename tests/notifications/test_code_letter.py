"""M27 goes to the contact on file alone, tells the code once, and says nothing about who writes or what they want."""

import email
import email.policy
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from notifications import services, tokens
from notifications.kinds import Letter, NotificationState
from notifications.models import Notification, Thread
from tests import factories
from tests.notifications.composing import text_of
from workflow import services as law
from workflow.actors import PERSON
from workflow.models import Case, ContactCode
from workflow.states import CodeEnd, ContactKind, ContactOrigin, Language

pytestmark = pytest.mark.django_db
ADDRESS = "ada.old@example.org"


def ordered(language: Language = Language.EN) -> Case:
    case = factories.confirmed(language=language)
    Thread.objects.create(case=case, address=case.person_email, in_reply_to="<theirs@example.org>")
    contact = law.record_contact(
        case.pk,
        kind=ContactKind.EMAIL,
        value=ADDRESS,
        origin=ContactOrigin.ACCOUNT,
        known_since=date(2020, 1, 1),
        by=factories.actor("officer"),
    )
    law.send_code(case.pk, contact=contact, by=factories.actor("officer"))
    services.sweep_pending()
    return case


def letter(case: Case) -> Notification:
    return Notification.objects.get(case=case, letter=Letter.M27.value)


def code_of(case: Case) -> str:
    return law.code_for_letter(ContactCode.objects.get(case=case).event_id, at=timezone.now())


@pytest.mark.parametrize("language", list(Language))
def test_it_leaves_for_the_contact_and_tells_code_and_case_only(mail_server: Any, language: Language) -> None:
    case = ordered(language)
    code = code_of(case)

    assert services.deliver(letter(case).pk) is NotificationState.SENT

    (envelope,) = mail_server.accepted
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    text = text_of(mail)
    assert envelope.rcpt_tos == [ADDRESS]
    assert code in text
    assert case.reference in mail["Subject"]
    assert "⟦" not in text
    assert mail["In-Reply-To"] is None
    assert not any(word in text for word in (case.person_email, case.person_name, tokens.portal_token(case)))


def test_what_is_stored_does_not_tell_the_code(outbox: Any) -> None:
    case = ordered()
    code = code_of(case)

    services.deliver(letter(case).pk)

    assert code not in services.content_of(letter(case)).text
    assert code in next(outbox.glob("*.eml")).read_text()


def test_a_code_worth_nothing_does_not_leave(mail_server: Any) -> None:
    case = ordered()
    law.return_code(case.pk, text=code_of(case), by=PERSON)

    assert services.deliver(letter(case).pk) is NotificationState.CANCELLED
    assert mail_server.accepted == []


def test_a_code_that_came_back_undelivered_is_over(mail_server: Any) -> None:
    case = ordered()
    mail_server.rcpt = "550 5.1.1 no such user"

    assert services.deliver(letter(case).pk) is NotificationState.UNDELIVERABLE

    assert ContactCode.objects.get(case=case).ended == CodeEnd.LOST.value


def test_a_new_contact_is_told_to_those_on_file_and_not_to_itself(mail_server: Any) -> None:
    case = ordered()
    law.announce_contact(case.pk, kind=ContactKind.EMAIL, value="ada.new@example.net", by=factories.actor("officer"))
    services.sweep_pending()

    warning = Notification.objects.get(case=case, letter=Letter.M28.value)
    assert services.deliver(warning.pk) is NotificationState.SENT

    assert warning.recipient == ADDRESS
    text = services.content_of(warning).text
    assert "ada.new@example.net" not in text
    assert case.person_email not in text
