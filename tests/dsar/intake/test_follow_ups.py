"""What goes on with an open case, what asks for something new, and what is the same mail once more."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from dsar.intake.keys import former_key
from dsar.intake.models import InboundMessage
from dsar.intake.parsing import parse
from tests import factories
from tests.dsar.intake.post import ASKS, mail, take_in
from tests.dsar.intake.test_routing import OURS, answer, write
from workflow import events, queries
from workflow.models import Case
from workflow.states import CaseState, EventKind

pytestmark = pytest.mark.usefixtures("installed")
AT = datetime(2027, 2, 1, 9, tzinfo=UTC)
LINKED = [f"In-Reply-To: {OURS}"]
ERASE = "Bonjour,\n\nVeuillez supprimer mon compte et toutes mes données personnelles.\n\nAda"


@pytest.fixture
def case() -> Case:
    message = take_in(mail(), at=AT)
    assert message.case is not None
    write(message.case, OURS)
    return message.case


def opened(message: InboundMessage) -> Case:
    assert (message.state, message.case is not None) == ("opened", True)
    assert message.case is not None
    return message.case


@pytest.mark.parametrize(
    "text",
    [
        "Hi, any update on this?\n\nAda",
        "Ik wacht nog steeds op uw antwoord.\n\nAda",
        "Gibt es inzwischen etwas Neues zu meinem Anliegen?\n\nAda",
        "Voici la copie demandée.\n\nAda",
        "Bonjour, mon adresse de compte est ada@compte.example\n\nAda",
        ASKS + "!",
    ],
)
def test_what_asks_nothing_new_from_the_address_of_an_open_case_waits_to_be_linked(case: Case, text: str) -> None:
    later = opened(take_in(mail(text, message_id="<later@example.org>", subject="Bonjour")))

    assert later.to_be_linked
    assert [row.candidate for row in later.suggestions.all()] == [case]


def test_a_new_right_from_the_same_address_is_a_request_of_its_own(case: Case) -> None:
    assert not opened(take_in(mail(ERASE, message_id="<later@example.org>", subject="Suppression"))).to_be_linked


def test_the_same_words_from_a_stranger_follow_nothing(case: Case) -> None:
    stranger = mail("Hi, any update on this?", sender="bob@example.org", message_id="<bob@example.org>", subject="Hi")

    assert not opened(take_in(stranger.replace(b"From: Ada", b"From: Bob"))).to_be_linked


def test_a_first_mail_that_quotes_a_foreign_message_is_read_as_a_first_mail(installed: object) -> None:
    foreign = mail(ERASE, subject="Re: votre offre", extra=["In-Reply-To: <abc@unknown.example>"])

    claims = opened(take_in(foreign)).claims.values_list("right", "unsure")

    assert list(claims) == [("erasure", False)]


def test_a_right_in_an_answer_to_an_open_case_is_proposed_whatever_its_words(case: Case) -> None:
    take_in(answer(text=ERASE, extra=LINKED))

    assert set(case.claims.values_list("right", flat=True)) == {"access", "erasure"}


@pytest.mark.parametrize("text", [ASKS, ERASE])
def test_a_wish_after_the_answer_opens_a_linked_case(case: Case, text: str) -> None:
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED.value, closed_at=timezone.now())

    new = opened(take_in(answer(text=text, extra=LINKED)))

    assert (new.linked_to, new.claims.count()) == (case, 1)


# -- the same mail once more -----------------------------------------------------------------------------


def test_the_earlier_of_two_receipts_runs_the_clock(case: Case) -> None:
    first = InboundMessage.objects.get(case=case)

    copy = take_in(mail(), at=AT - timedelta(days=4), source="imap")

    again = factories.again(case)
    assert (copy.state, copy.same_as) == ("duplicate", first)
    assert again.received_at == InboundMessage.objects.get(pk=first.pk).received_at == AT - timedelta(days=4)
    assert again.case_due < case.case_due
    last = queries.history(case).last()
    assert last is not None
    assert last.kind == EventKind.RECEIVED_EARLIER
    told = events.fields(last)["data"]
    assert (told["message"], told["case_due"]) == (str(copy.uuid), again.case_due.isoformat())


def test_a_later_copy_moves_nothing(case: Case) -> None:
    copy = take_in(mail(), at=AT + timedelta(days=4))

    assert (copy.state, factories.again(case).received_at) == ("duplicate", AT)
    assert EventKind.RECEIVED_EARLIER not in [event.kind for event in queries.history(case)]


def test_the_same_id_and_text_under_another_subject_is_another_message(installed: object) -> None:
    text = "Voir objet."
    first = take_in(mail(text, subject="Effacez toutes mes données"))

    second = take_in(mail(text, subject="Copie de toutes mes données"))

    assert (first.state, second.state, second.flag) == ("opened", "opened", "same_message_id")


def test_a_copy_of_a_message_kept_under_its_former_key_is_still_a_copy(case: Case) -> None:
    InboundMessage.objects.filter(case=case).update(content_key=former_key(parse(mail())))

    assert take_in(mail()).state == "duplicate"


@pytest.mark.parametrize("known", [True, False])
def test_a_request_taken_back_is_marked_and_ends_nothing_by_itself(known: bool) -> None:
    first = take_in(mail()).case
    assert first is not None
    sender = "ada@example.org" if known else "somebody@example.net"
    raw = mail("Hiermit nehme ich meinen Antrag zurück.\n\nAda", sender=sender, message_id="<two@example.org>")

    message = take_in(raw)

    assert message.takes_back
    assert message.case is not None
    assert (message.case != first, message.case.to_be_linked) == (True, known)
    assert [claim.state for claim in first.claims.all()] == ["open"]
