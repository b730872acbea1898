"""A change that was made or is a firm's own is told, not asked; what asks for one is heard."""

from collections.abc import Sequence
from email.message import EmailMessage

import pytest

from dsar.intake.labels import LABELS, MAIL_LABELS, Understood
from dsar.intake.parsing import parse
from dsar.intake.reading import Reading, read
from workflow.states import Right


def reading(subject: str, body: str) -> Reading:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Luc Bex <luc@example.org>", "vieprivee@assistool.com", subject
    made.set_content(body)
    return read(parse(made.as_bytes()))


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Adresse modifiée", "Bonjour,\n\nMerci d'avoir modifié mon adresse, tout est en ordre.\n\nLuc Bex"),
        ("Adresse modifiée", "Bonjour,\n\nVotre adresse a bien été modifiée dans notre système."),
        ("Adresse modifiée", "Nos bureaux ont déménagé. Adresse modifiée : rue Haute 5.\n\nLe service comptable"),
        ("Adreswijziging", "Onze firma is verhuisd naar Kerkstraat 5. Gelieve uw leveranciersbestand aan te passen."),
        ("Adressänderung", "Wir sind umgezogen: Hauptstr. 5, Köln. Bitte aktualisieren Sie Ihre Lieferantendaten."),
        ("Change of address", "Our offices have moved to 5 High Street. Please update your vendor records."),
        ("Gegevens", "Bedankt om mijn adres aan te passen, alles klopt nu.\n\nLuc"),
    ],
)
def test_a_change_that_is_only_told_is_not_proposed(subject: str, body: str) -> None:
    assert Right.RECTIFICATION not in reading(subject, body).rights


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Adresse", "Bonjour, j'ai déménagé, mon adresse est maintenant rue Haute 5. Merci de corriger.\n\nLuc Bex"),
        ("Adresse modifiée", "Mon adresse a changé : rue Haute 5. Pouvez-vous l'adapter dans mon dossier ?\n\nLuc"),
        ("Adreswijziging", "Mijn adres is gewijzigd naar Kerkstraat 5. Gelieve dit aan te passen in mijn dossier."),
        (
            "Mes données",
            "Merci d'avoir corrigé mon nom. Pouvez-vous aussi corriger mon adresse ?\n\nLuc",
        ),
        ("My data", "Our firm moved, and my own address is wrong too: please correct my address to 5 High Street."),
        ("Correction", "Je voudrais modifer mon adresse, elle est fausse.\n\nLuc"),
    ],
)
def test_a_change_that_is_asked_is_heard(subject: str, body: str) -> None:
    assert Right.RECTIFICATION in reading(subject, body).rights


class Hears:
    """A model that takes every sentence for a rectification, and those with a word of asking for access too."""

    def understand(self, sentences: Sequence[str]) -> Understood:
        rows = tuple(tuple(self._says(label, sentence) for label in LABELS) for sentence in sentences)
        whole = tuple(0.9 if label in {"rectification", "access"} else 0.0 for label in MAIL_LABELS)
        return Understood(rows, whole, (0.0,) * len(sentences))

    @staticmethod
    def _says(label: str, sentence: str) -> float:
        asks = any(word in sentence for word in ("copie", "kopie", "Kopie", "copy"))
        if label == "access":
            return 0.95 if asks else 0.0
        return 0.95 if label == "rectification" and not asks and len(sentence.split()) > 3 else 0.0


def by_model(body: str) -> Reading:
    raw = EmailMessage()
    raw["From"], raw["To"], raw["Subject"] = "Luc Bex <luc@example.org>", "vieprivee@assistool.com", "Bonjour"
    raw.set_content(body)
    return read(parse(raw.as_bytes()), model=Hears())


@pytest.mark.parametrize(
    "body",
    [
        "Une copie de ses données svp. Il s'agit de Mme Brigitte Noël (née le 5 mai 1960).",
        "Une copie de mes données svp. Pour que vous me retrouviez : j'habite 12 rue Haute à Namur.",
        "Graag een kopie van mijn gegevens. Om mij terug te vinden: ik woon Hoogstraat 12 in Gent.",
        "Graag een kopie van haar gegevens. Het gaat om Maria Thys, geboren op 2 maart 1940.",
        "Bitte eine Kopie meiner Daten. Damit Sie mich finden: Ich wohne in der Hochstraße 12.",
        "Bitte eine Kopie ihrer Daten. Es geht um Eva Kurz, geboren am 2. März 1940.",
        "Please send a copy of my data. So that you can find me: I live at 12 High Street.",
        "Please send a copy of my data. Date of birth 2 March 1980, 12 High Street.",
    ],
)
def test_details_by_which_somebody_is_found_are_no_correction(body: str) -> None:
    assert by_model(body).rights == (Right.ACCESS,)


def test_such_a_detail_stays_in_sight() -> None:
    found = by_model("Graag een kopie van haar gegevens. Het gaat om Maria Thys, geboren op 2 maart 1940.")

    assert found.unsure == (Right.RECTIFICATION,)


@pytest.mark.parametrize(
    "body",
    [
        "Une copie de mes données svp. Je suis née le 5 mai 1960, pas le 6 comme chez vous.",
        "Une copie de mes données svp. Pour que vous me retrouviez, ma nouvelle adresse est 12 rue Haute.",
        "Graag een kopie van mijn gegevens. Ik ben geboren op 5 mei 1960, niet op 6 mei.",
        "Bitte eine Kopie meiner Daten. Das Geburtsdatum stimmt nicht: geboren am 5. Mai 1960.",
        "Please send a copy of my data. I was born on 5 May 1960, your date is wrong.",
        "Please send a copy of my data. So that you can find me: I moved to 12 High Street.",
    ],
)
def test_a_detail_that_is_wrong_or_new_is_one(body: str) -> None:
    assert Right.RECTIFICATION in by_model(body).rights
