"""Who reports another's mail that came to them complains of nothing yet; who asks who has their data asks to know."""

import pytest

from dsar.intake import misdirected
from dsar.intake.folding import fold_plain
from dsar.intake.parsing import parse
from dsar.intake.reading import Reading, read
from dsar.intake.understanding_child import model
from tests.dsar.intake.post import mail

MODEL = model()

REPORTS = [
    "Beste, ik kreeg net een mail van jullie met de bestelling en het adres van een wildvreemde. Dat lijkt me niet de "
    "bedoeling.",
    "Bonjour, je viens de recevoir un mail de votre part avec la commande et l'adresse d'une inconnue. Ce n'est pas "
    "normal.",
    "Guten Tag, ich habe gerade eine E-Mail von Ihnen mit der Bestellung und der Adresse einer Fremden bekommen. Das "
    "kann doch nicht sein.",
    "Hello, I just got an e-mail from you with the order and address of a stranger. That can't be right.",
]
WHO_HAS = [
    "Ik vraag me nu ook af wie mijn gegevens gekregen heeft, dat wil ik graag weten.",
    "Je me demande aussi qui a reçu mes données, j'aimerais le savoir.",
    "Ich frage mich, wer meine Daten bekommen hat, das möchte ich wissen.",
    "I also wonder who has received my data, I would like to know.",
]
COMPLAINTS = [
    "Beste, ik kreeg net een mail met het adres van een wildvreemde. Ik dien hierbij een klacht in over hoe jullie met "
    "gegevens omgaan.",
    "Bonjour, je viens de recevoir le mail d'une inconnue. Je porte plainte : je dépose une réclamation contre votre "
    "gestion des données.",
]


def told(text: str) -> Reading:
    return read(parse(mail(f"{text}\n\nBart Nys", subject="Message")), model=MODEL)


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_flagged_and_no_complaint(report: str) -> None:
    found = told(report)

    assert found.kind == "out_of_scope"
    assert found.leak


@pytest.mark.parametrize(("report", "asks"), list(zip(REPORTS, WHO_HAS, strict=True)))
def test_who_then_asks_who_has_their_own_data_asks_to_know_and_not_to_take_them_along(report: str, asks: str) -> None:
    found = told(f"{report} {asks}")

    assert (found.kind, [right.value for right in found.rights]) == ("request", ["access"])
    assert found.leak


@pytest.mark.parametrize("text", COMPLAINTS)
def test_who_says_that_they_complain_does(text: str) -> None:
    assert told(text).kind == "complaint"


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("Ik wil graag mijn gegevens krijgen.", ["access", "portability"]),
        ("Wie kann ich meine Daten bekommen? Bitte schicken Sie mir meine Daten.", ["access", "portability"]),
    ],
)
def test_who_asks_for_their_data_has_both_rights(text: str, rights: list[str]) -> None:
    assert [right.value for right in told(text).rights] == rights


@pytest.mark.parametrize(
    "text",
    [
        "Quelqu'un d'autre a reçu mes données par votre faute.",
        "Iemand anders heeft mijn gegevens gezien.",
        "Jemand anders hat meine Daten gesehen.",
        "Someone else has seen my data.",
        "I got told that someone else has my data.",
    ],
)
def test_who_tells_that_others_have_their_own_data_reports_no_stray_mail(text: str) -> None:
    assert not misdirected.is_reported([fold_plain(text)])
