"""A change that was made or is a firm's own is told, not asked; what asks for one is heard."""

from email.message import EmailMessage

import pytest

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
