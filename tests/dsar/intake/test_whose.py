"""One address, several people: a lawyer's next client in the thread of the first, a platform that passes mail on."""

from datetime import UTC, datetime

import pytest
from django.db.models import QuerySet

from dsar.intake import rereading
from dsar.intake import services as intake
from dsar.intake.models import InboundMessage, MessageState, SuggestedBy
from dsar.intake.suggestions import of_people, people_of
from notifications import services as post_office
from notifications import tokens
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import mail, take_in
from workflow.actors import INTAKE
from workflow.models import Case
from workflow.states import CaseState

AT = datetime(2027, 2, 1, 9, tzinfo=UTC)
LAWYER = "jan@avocats.example"
FOR_ANNE = "Maître,\n\nJe représente Madame Anne Claes et demande copie de ses données personnelles.\n\nJan Peeters"
FOR_MARIE = "Bonjour,\n\nJe représente aussi Madame Marie Dubois et demande copie de ses données.\n\nJan Peeters"

pytestmark = pytest.mark.usefixtures("installed")


def written(text: str, number: int = 1, *, name: str = "Jan Peeters", sender: str = LAWYER, **more: object) -> bytes:
    raw = mail(text, sender=sender, message_id=f"<{number}@avocats.example>", subject="Demande", **more)  # type: ignore[arg-type]
    return raw.replace(b"From: Ada <", f"From: {name} <".encode())


def case_of(message: InboundMessage) -> Case:
    assert message.case is not None
    return message.case


@pytest.fixture
def anne() -> Case:
    """A lawyer's case for Anne Claes."""
    return case_of(take_in(written(FOR_ANNE), at=AT))


def suggested(case: Case) -> set[tuple[Case, str]]:
    return {(row.candidate, row.why) for row in case.suggestions.all()}


def letters(case: Case) -> "QuerySet[Notification, str]":
    post_office.sweep_pending()
    return Notification.objects.filter(case=case).values_list("letter", flat=True)


def in_the_thread(case: Case, text: str, number: int = 2) -> InboundMessage:
    return take_in(written(text, number, extra=["Subject: Re: Demande"]), envelope_to=[tokens.reply_address(case)])


@pytest.mark.parametrize(
    "text",
    [
        FOR_MARIE,
        "Bonjour,\n\nVoici le mandat de ma cliente Marie Dubois.\n\nJan Peeters",
        "Bonjour,\n\nAvez-vous des nouvelles de la demande de ma cliente Marie Dubois ?\n\nJan Peeters",
        "Goedendag,\n\nGelieve ook de gegevens van mijn cliënte Marie Dubois te wissen.\n\nJan Peeters",
        "Dear Sirs,\n\nPlease also send me Marie Dubois's personal data.\n\nJan Peeters",
        "Guten Tag,\n\nim Namen meiner Mandantin Frau Marie Dubois beantrage ich Auskunft.\n\nJan Peeters",
    ],
)
def test_another_client_in_the_thread_of_the_first_is_held_with_both_suggested(anne: Case, text: str) -> None:
    marie = case_of(take_in(written("Une copie de mes données svp.", 9, name="Marie Dubois", sender="m@x.example")))

    held = case_of(in_the_thread(anne, text))

    assert (held.to_be_linked, held.case_due is not None) == (True, True)
    assert {(anne, SuggestedBy.TOKEN), (marie, SuggestedBy.NAME)} <= suggested(held)
    assert "M01" not in letters(held)
    assert not factories.again(anne).reply_to_read


def test_the_case_a_lawyer_opened_for_the_other_client_is_suggested(anne: Case) -> None:
    marie = case_of(take_in(written(FOR_MARIE, 2)))

    held = case_of(in_the_thread(anne, "Voici le mandat de ma cliente Marie Dubois.", 3))

    assert (marie, SuggestedBy.NAME) in suggested(held)


@pytest.mark.parametrize(
    "text",
    [
        "Voici le mandat de ma cliente Anne Claes.\n\nJan Peeters",
        "Bonjour, ma cliente Mme Claes demande aussi l'effacement de ses données.\n\nJan Peeters",
        "Bonjour,\n\nVoici la pièce demandée.\n\nMe Peeters",
        "Bonjour,\n\nMa cliente souhaite aussi l'effacement de ses données.\n\nMe Peeters",
    ],
)
def test_what_is_of_the_same_client_joins(anne: Case, text: str) -> None:
    assert in_the_thread(anne, text).case == anne


def test_the_name_of_whom_nobody_had_named_is_an_answer() -> None:
    case = case_of(take_in(written("Je demande, pour ma cliente, une copie de ses données.\n\nJan Peeters"), at=AT))

    assert in_the_thread(case, "Ma cliente Marie Dubois habite à Namur.\n\nJan Peeters").case == case


def test_who_asks_in_their_own_thread_for_their_mother_asks_for_somebody_else() -> None:
    own = case_of(take_in(written("Je souhaite une copie de mes données.\n\nJan Peeters"), at=AT))

    held = case_of(in_the_thread(own, "Ma mère voudrait aussi une copie de ses données.\n\nJan Peeters"))

    assert (held == own, held.to_be_linked) == (False, True)


def test_after_the_answer_another_client_is_still_another_person(anne: Case) -> None:
    Case.objects.filter(pk=anne.pk).update(state=CaseState.CLOSED.value, closed_at=AT)

    held = case_of(in_the_thread(anne, FOR_MARIE))

    assert (held.to_be_linked, held.linked_to) == (True, None)


# -- without a thread ------------------------------------------------------------------------------------


PORTAL = "requests@platform.example"


def relayed(name: str, number: int, *, text: str = "", shown: str = "Platform") -> InboundMessage:
    text = text or f"Nom : {name}\nDroit : accès\n\nJe souhaite recevoir une copie de toutes mes données personnelles."
    return take_in(written(text, number, name=shown, sender=PORTAL), at=AT)


def test_each_client_of_a_platform_has_a_case_and_is_acknowledged() -> None:
    first, second = case_of(relayed("Marie Dubois", 1)), case_of(relayed("Paul Martin", 2))

    assert [case.to_be_linked for case in (first, second)] == [False, False]
    assert ["M01" in letters(case) for case in (first, second)] == [True, True]


def test_a_platform_that_writes_in_its_clients_names() -> None:
    text = "Je souhaite recevoir une copie de toutes mes données."
    relayed("", 1, text=text, shown="Marie Dubois via Platform")

    second = case_of(relayed("", 2, text=text + "!", shown="Paul Martin via Platform"))

    assert not second.to_be_linked


def test_the_same_client_of_a_platform_waits_to_be_linked() -> None:
    first = case_of(relayed("Marie Dubois", 1))
    relayed("Paul Martin", 2)

    again = case_of(relayed("Marie Dubois", 3))

    assert again.to_be_linked
    assert (first, SuggestedBy.NAME) in suggested(again)


def test_the_next_client_of_a_lawyer_is_a_case_of_their_own(anne: Case) -> None:
    marie = case_of(take_in(written(FOR_MARIE, 2)))

    assert (marie == anne, marie.to_be_linked) == (False, False)
    assert "M01" in letters(marie)


def test_a_reminder_for_an_unnamed_client_waits_to_be_linked(anne: Case) -> None:
    again = case_of(take_in(written("Ma cliente n'a toujours reçu aucune réponse à sa demande.\n\nJan Peeters", 2)))

    assert again.to_be_linked


# -- from a question to a request ---------------------------------------------------------------------------

HOURS = "Bonjour,\n\nQuelles sont vos heures d'ouverture le samedi ?\n\nAda"
WISH = "Bonjour,\n\nJe souhaite recevoir une copie de toutes mes données personnelles.\n\nAda"


@pytest.mark.parametrize("wish", [WISH, "Bonjour,\n\nVeuillez corriger mon adresse dans vos fichiers.\n\nAda"])
def test_a_plain_request_after_a_question_is_a_case_and_acknowledged(wish: str) -> None:
    asked = take_in(mail(HOURS, subject="Horaires"))
    assert case_of(asked).claims.count() == 0

    request = case_of(take_in(mail(wish, message_id="<2@example.org>", subject="Demande")))

    assert not request.to_be_linked
    assert "M01" in letters(request)


@pytest.mark.parametrize("extra", [[], ["In-Reply-To: <one@example.org>"]])
def test_a_plain_request_after_a_filed_message_is_a_case_and_acknowledged(extra: list[str]) -> None:
    asked = take_in(mail(HOURS, subject="Horaires", extra=["List-Id: <news.example.org>", "Precedence: bulk"]))
    assert asked.state == MessageState.FILED

    request = case_of(take_in(mail(WISH, message_id="<2@example.org>", subject="Demande", extra=extra)))

    assert not request.to_be_linked
    assert intake.unsettled() == []


def test_a_reminder_of_a_filed_message_is_still_held() -> None:
    take_in(mail(HOURS, subject="Horaires", extra=["List-Id: <news.example.org>", "Precedence: bulk"]))
    chaser = mail(
        "Bonjour, je n'ai toujours aucune réponse à ma demande.\n\nAda",
        message_id="<2@example.org>",
        extra=["In-Reply-To: <one@example.org>"],
    )

    assert case_of(take_in(chaser)).to_be_linked


# -- cases from before the column that names other people (migration 0017) -----------------------


@pytest.fixture
def from_before(anne: Case) -> Case:
    """A case whose message was read when nobody noted yet whose data it is about."""
    InboundMessage.objects.filter(case=anne).update(about="")
    return anne


def test_an_old_message_names_nobody_and_is_no_wild_card(from_before: Case) -> None:
    assert people_of(from_before) == ()
    assert [one.case for one in of_people(["Marie Dubois", "Anne Claes"], from_before.controller)] == []


def test_who_names_their_client_in_the_thread_of_an_old_case_answers_it(from_before: Case) -> None:
    """Whom it was about nobody noted: as the name may be the answer, it is not torn out of the case."""
    message = in_the_thread(from_before, FOR_ANNE)

    assert (message.state, message.case) == (MessageState.ATTACHED.value, from_before)


def test_a_new_mail_for_another_client_is_a_case_beside_an_old_one(from_before: Case) -> None:
    new = case_of(take_in(written(FOR_MARIE, 2)))

    assert new != from_before
    assert (from_before, SuggestedBy.ADDRESS.value) in suggested(new)


def test_a_plain_answer_joins_an_old_case(from_before: Case) -> None:
    message = in_the_thread(from_before, "Bonjour,\n\nVoici le document demandé.\n\nJan Peeters")

    assert (message.state, message.case) == (MessageState.ATTACHED.value, from_before)


def test_an_old_case_of_a_person_is_told_from_another_persons_by_its_name() -> None:
    old = case_of(take_in(written("Je souhaite une copie de mes données.\n\nMarie Dubois", name="Marie Dubois")))
    InboundMessage.objects.update(about="")

    found = [(one.case, one.why) for one in of_people(["Marie Dubois"], old.controller)]

    assert found == [(old, SuggestedBy.NAME)]


def test_reading_an_old_message_again_notes_whom_it_is_about(from_before: Case) -> None:
    rereading.reparse(InboundMessage.objects.get(case=from_before).pk, by=INTAKE)

    assert people_of(from_before) == ("Anne Claes",)
