"""M06F as the post office lives it: what it says in four languages, that it stops no clock, when it stays in."""

import pytest

from notifications import services
from notifications.kinds import NotificationState
from notifications.models import Notification
from tests import factories
from tests.factories import actor
from tests.notifications.conftest import MailServer
from tests.workflow.test_fee import approved, move, repeated  # noqa: F401  the fixture
from workflow import services as law
from workflow.models import Fee
from workflow.states import Ground, Language

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("move")]


def letter() -> Notification:
    services.sweep_pending()
    return Notification.objects.get(letter="M06F")


def test_the_letter_tells_amount_calculation_choice_and_the_block_of_12_4():
    approved(repeated())

    text = services.content_of(letter()).text

    for said in (
        "contre paiement de frais de 25,00\u00a0€",
        "Comment ce montant est calculé : 1 heure à 25 €.",
        "Comment payer : BE00 0000 0000 0000, avec la référence du dossier.",
        "Vous choisissez, jusqu'au 16 mars 2027 :",
        "Vous retirez votre demande : répondez à ce message. Cela ne coûte rien.",
        "Un responsable a approuvé cette décision. Notre délai de réponse continue de courir.",
        "Autorité de protection des données",
        "saisir le tribunal",
    ):
        assert said in text
    assert "20 février" not in text, "the facts stand behind the link, not in the mail"


@pytest.mark.parametrize(
    ("language", "amount"),
    [
        (Language.FR, "25,00\u00a0€"),
        (Language.NL, "€\u00a025,00"),
        (Language.DE, "25,00\u00a0€"),
        (Language.EN, "€25.00"),
    ],
)
def test_the_amount_stands_as_the_language_writes_it(language, amount):
    approved(repeated(language=language))

    assert amount in services.content_of(letter()).text


def test_when_it_left_the_person_is_told_and_the_clock_runs(mail_server: MailServer):
    case = repeated()
    before = factories.again(case).case_due
    approved(case)

    services.deliver(letter().pk)

    assert letter().state == NotificationState.SENT
    assert Fee.objects.get().told_on.isoformat() == "2027-03-02"
    assert factories.again(case).case_due == before


def test_a_fee_dropped_before_its_letter_left_is_never_told(mail_server: MailServer):
    claim = approved(repeated())
    row = letter()

    law.drop_fee(claim.pk, reason="Answered free of charge.", by=actor("officer"))
    services.deliver(row.pk)

    assert letter().state == NotificationState.CANCELLED
    assert mail_server.accepted == []


def test_no_letter_before_a_manager_agreed():
    case = repeated()
    law.ask_fee(
        factories.claim(case).pk,
        cents=2500,
        ground=Ground.G_EXC,
        facts="Asked five times.",
        calculation="Two hours of copying.",
        how_to_pay="By transfer to the account named here.",
        by=actor("officer"),
    )

    services.sweep_pending()

    assert not Notification.objects.filter(letter="M06F").exists()
