"""Who says who they are asks no change, and who wants something kept does not ask to see it; beside each, who does."""

import pytest

from dsar.intake.parsing import parse
from dsar.intake.reading import Reading, read
from dsar.intake.understanding_child import model
from tests.dsar.intake.post import mail

MODEL = model()


def told(text: str, subject: str = "Message") -> Reading:
    return read(parse(mail(f"{text}\n\nClaire Petit", subject=subject)), model=MODEL)


def rights(found: Reading) -> list[str]:
    return [right.value for right in found.rights]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Bonjour, pour que vous me retrouviez : j'habite 12 rue Haute à Mons, mon mail est claire@example.be et "
            "mon gsm le 0470 12 12 12. Merci de tout effacer.",
            "erasure",
        ),
        (
            "Je vous écris au nom de ma sœur, hospitalisée depuis septembre, Mme Brigitte Noël (née le 5 mai 1960). "
            "Elle voudrait savoir quelles informations vous avez sur elle.",
            "access",
        ),
        (
            "Om mij terug te vinden: ik woon in de Kerkstraat 5 te Gent en mijn mailadres is jan@example.be. Graag "
            "alles wissen.",
            "erasure",
        ),
        (
            "Naam: Jan Claes\nGeboortedatum: 2 maart 1980\n\nIk wil weten welke gegevens jullie van mij hebben.",
            "access",
        ),
        (
            "Ich heiße Karl Weber, geboren am 3. April 1975, wohnhaft Hauptstraße 5, 4700 Eupen. Bitte löschen Sie "
            "alle meine Daten.",
            "erasure",
        ),
        (
            "To help you find me: I live at 4 Mill Lane, my e-mail is peter@example.org. "
            "Please send me a copy of my data.",
            "access",
        ),
    ],
)
def test_who_says_who_they_are_asks_no_change(text: str, asked: str) -> None:
    assert rights(told(text)) == [asked]


def test_the_lines_of_a_contact_form_ask_no_change() -> None:
    form = "Name: Jane Roe\nE-mail: jane.roe@example.be\nMessage: Please delete my account and all my data."

    assert rights(told(form, subject="New message from your website")) == ["erasure"]


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, j'habite maintenant 12 rue Haute à Mons, mon mail est claire@example.be. Merci d'adapter ma fiche.",
        "Ma date de naissance est fausse chez vous : je suis née le 5 mai 1960.",
        "Vous avez mal noté ma date de naissance : je suis née le 5 mai 1960 et pas 1906.",
        "Il y a un chiffre de trop dans mon numéro de gsm, le bon c'est 0499 00 11 28.",
        "Mijn adres klopt niet: ik woon in de Kerkstraat 5 te Gent.",
        "Ich bin umgezogen und wohne jetzt Hauptstraße 5, 4700 Eupen. Bitte ändern Sie das.",
        "Ich bin am 5. April geboren, Tag und Monat sind vertauscht, bitte umdrehen.",
        "You have my old number. My number is 0470 11 22 33.",
        "Name: Jane Roe\nE-mail: jane.roe@example.be\nMessage: My name is spelled Roe, not Row. Please correct it.",
    ],
)
def test_who_says_what_is_wrong_asks_for_a_change(text: str) -> None:
    assert rights(told(text)) == ["rectification"]


@pytest.mark.parametrize(
    "text",
    [
        "I need you to hold on to the recordings of my calls; please don't delete them when your usual period runs "
        "out, and don't do anything else with them.",
        "Please retain the recordings of my calls without deleting any of them, there is a court case.",
        "Gardez les enregistrements de mes appels, ne les effacez pas : il y a un procès en cours.",
        "Conservez les enregistrements de mes appels sans les effacer, j'en ai besoin en justice.",
        "Gelieve de opnames van mijn gesprekken bij te houden en niet te wissen, er loopt een rechtszaak.",
        "Bitte bewahren Sie die Aufnahmen meiner Anrufe auf und löschen Sie sie nicht, es läuft ein Verfahren.",
    ],
)
def test_what_is_to_be_kept_is_restricted_and_not_shown(text: str) -> None:
    found = told(text)

    assert rights(found) == ["restriction"]
    assert "access" not in [right.value for right in found.unsure]


@pytest.mark.parametrize(
    "text",
    [
        "Please keep the recordings of my calls, do not delete them, and send me a copy of them.",
        "Conservez mes enregistrements sans les effacer et envoyez-m'en une copie.",
        "Bewaar de opnames van mijn gesprekken, wis ze niet, en stuur mij er een kopie van.",
        "Bewahren Sie die Aufnahmen meiner Anrufe auf, löschen Sie sie nicht und schicken Sie mir eine Kopie davon.",
    ],
)
def test_who_wants_it_kept_and_a_copy_asks_to_see_it(text: str) -> None:
    found = rights(told(text))

    assert "access" in found
    assert "erasure" not in found
