"""A code that comes back by mail counts where the writer wrote it, and nowhere else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from dsar.intake.models import MessageState
from notifications import tokens
from tests import factories
from tests.dsar.intake.post import mail, take_in
from workflow import services
from workflow.models import Case, ContactCode
from workflow.states import CaseState, CodeEnd, ContactKind, ContactOrigin, Right

pytestmark = pytest.mark.usefixtures("installed")
AT = datetime(2027, 2, 1, 9, tzinfo=UTC)
ON_FILE = "ada.old@example.org"


@pytest.fixture
def case() -> Case:
    """Ada's case, and a code on its way to the address we knew."""
    with time_machine.travel(AT + timedelta(hours=1), tick=True):
        message = take_in(mail(), at=AT)
        assert message.case is not None
        officer = factories.actor("officer")
        services.confirm_claims(message.case.pk, rights=[Right.ACCESS], by=officer)
        contact = services.record_contact(
            message.case.pk,
            kind=ContactKind.EMAIL,
            value=ON_FILE,
            origin=ContactOrigin.ACCOUNT,
            known_since=date(2020, 1, 1),
            by=officer,
        )
        services.send_code(message.case.pk, contact=contact, by=officer)
    return factories.again(message.case)


def code_of(case: Case) -> str:
    return services.code_for_letter(ContactCode.objects.get(case=case).event_id, at=AT + timedelta(hours=2))


def answered(case: Case, text: str, **changes: Any) -> Any:
    at = AT + timedelta(days=1)
    raw = mail(text, message_id="<two@example.org>", subject="Re: code", **changes)
    with time_machine.travel(at + timedelta(minutes=1), tick=True):
        return take_in(raw, at=at, envelope_to=[tokens.reply_address(case)])


def test_the_code_in_an_answer_of_the_contact_on_file_verifies_identity(case: Case) -> None:
    message = answered(case, f"Bonjour,\n\nvoici mon code : {code_of(case).lower()}.\n\nAda", sender=ON_FILE)

    assert message.state == MessageState.ATTACHED.value
    assert factories.again(case).state == CaseState.IDENTITY_VERIFIED.value


def test_a_code_sent_from_a_holiday_is_no_absence_notice(case: Case) -> None:
    code = code_of(case)
    text = f"Je suis en vacances jusqu'au 30 novembre. Question urgente ? Contactez mon avocat. Le code est {code}."

    assert answered(case, text).state == MessageState.ATTACHED.value
    assert factories.again(case).state == CaseState.IDENTITY_VERIFIED.value


def test_the_code_in_an_answer_of_the_person_does_too(case: Case) -> None:
    answered(case, f"Voici le code que vous avez envoyé : {code_of(case)}\n\nAda")

    assert factories.again(case).state == CaseState.IDENTITY_VERIFIED.value


def test_a_quoted_code_proves_nothing(case: Case) -> None:
    text = f"Ce n'était pas moi !\n\nLe 1 février 2027, Assistool a écrit :\n> Voici votre code\n> {code_of(case)}\n"

    message = answered(case, text, sender=ON_FILE)

    assert message.state == MessageState.ATTACHED.value
    assert factories.again(case).verified_at is None
    assert ContactCode.objects.get(case=case).ended == ""


def test_words_and_numbers_are_no_tries(case: Case) -> None:
    answered(case, "Voici mon numéro de client : B2B-2027 et mon vol AB3-C4D, merci.\n\nAda")

    assert ContactCode.objects.get(case=case).wrong == 0


def test_a_wrong_code_counts(case: Case) -> None:
    answered(case, "Le code est B2B-B2B-B2B.\n\nAda")

    row = ContactCode.objects.get(case=case)
    assert (row.wrong, row.ended) == (1, "")


def test_after_the_end_a_code_is_an_ordinary_message(case: Case) -> None:
    code = code_of(case)
    answered(case, f"Le code : {code}\n\nAda")

    message = answered(case, f"Encore le code : {code}\n\nMerci, Ada", extra=["X-Again: 1"])

    assert message.state in {MessageState.ATTACHED.value, MessageState.DUPLICATE.value}
    assert ContactCode.objects.get(case=case).ended == CodeEnd.RETURNED.value
