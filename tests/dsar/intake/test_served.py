"""Ombudsmen write as authorities, and what a bailiff serves is a court's; a bill or a story is neither."""

import pytest

from dsar.intake.gravity import gravity
from dsar.intake.parsing import parse
from tests.dsar.intake.post import mail

OFFICES = {
    "known domain": ("Dossier <dossier@federaalombudsman.be>", "Goedendag."),
    "fr": (
        "Contact <contact@mediation.example>",
        "Madame, Monsieur, un citoyen nous a saisis au sujet de vos services. Merci de nous répondre sous 30 jours.\n"
        "Le Médiateur fédéral",
    ),
    "nl": (
        "De federale Ombudsman <info@klachten.example>",
        "Geachte, een burger heeft zich tot ons gewend over uw bedrijf. Gelieve ons uw standpunt mee te delen.",
    ),
    "de": (
        "Post <post@buerger.example>",
        "Ein Bürger hat sich wegen Ihrer Firma an uns gewandt. Wir bitten um Stellungnahme.\nFöderaler Ombudsmann",
    ),
    "en": (
        "Caseworker <casework@complaints.example>",
        "A citizen has complained to us about your company. Please provide your response within 14 days.\n"
        "Federal Ombudsman",
    ),
    "writ fr": (
        "Huissier de justice Petit <p@etude.example>",
        "Veuillez trouver en annexe l'exploit de citation qui vous est signifié ce jour.",
    ),
    "writ nl": (
        "Gerechtsdeurwaarder Maes <info@maes.example>",
        "Geachte, hierbij de akte van dagvaarding. De zitting is op 3 maart.",
    ),
    "writ de": (
        "Obergerichtsvollzieher Klein <k@gv.example>",
        "In der Anlage die Ladung zum Termin am 12. Januar, sie wird Ihnen hiermit zugestellt.",
    ),
    "writ en": ("Smith Bailiffs <s@service.example>", "Please find attached the writ of summons, served on you today."),
}
OTHERS = {
    "bill fr": (
        "Huissier Petit <p@huissier.example>",
        "Vous restez devoir 120 euros. À défaut de paiement, une citation vous sera signifiée.",
    ),
    "bill nl": ("Gerechtsdeurwaarder Maes <info@maes.example>", "Gelieve 80 euro te betalen. Bij gebreke dagvaarding."),
    "bill de": ("Gerichtsvollzieher Klein <k@gv.example>", "Bitte zahlen Sie 80 Euro, sonst folgt eine Klage."),
    "bill en": ("Smith Bailiffs <s@service.example>", "You owe 80 pounds. If you do not pay, a writ will follow."),
    "story fr": (
        "Marie <m@example.org>",
        "L'huissier de justice m'a remis une citation ci-jointe. Effacez mes données.",
    ),
    "story nl": ("Jan <j@example.org>", "De gerechtsdeurwaarder bracht een dagvaarding. Wat weet u over mij?"),
    "story de": ("Anna <a@example.org>", "Ich habe mich an den Ombudsmann gewandt. Löschen Sie meine Daten."),
    "story en": ("Tom <t@example.org>", "I will go to the Ombudsman unless you send me my data."),
    "advice": (
        "Luc <l@example.org>",
        "Le Médiateur fédéral m'a conseillé de vous écrire. Quelles données avez-vous sur moi ?",
    ),
}


def marked(sender: str, text: str) -> str:
    raw = mail(text, subject="Référence 26/112", sender="x@example.org")
    return gravity(parse(raw.replace(b"Ada <x@example.org>", sender.encode()))).authority


@pytest.mark.parametrize(("sender", "text"), OFFICES.values(), ids=OFFICES)
def test_an_ombudsman_and_a_served_document_are_marked(sender: str, text: str) -> None:
    assert marked(sender, text)


@pytest.mark.parametrize(("sender", "text"), OTHERS.values(), ids=OTHERS)
def test_a_bill_and_a_story_are_not(sender: str, text: str) -> None:
    assert not marked(sender, text)
