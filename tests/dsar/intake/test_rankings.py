"""A place in a search engine is sold in four languages; who stands in one without wanting it is a person."""

import pytest

from dsar.intake.parsing import parse
from dsar.intake.reading import Reading, read
from dsar.intake.understanding_child import model
from tests.dsar.intake.post import mail

MODEL = model()

PITCHES = [
    "Beste zaakvoerder,\n\nWist u dat 80 % van de websites in uw sector onvindbaar is in Google? Wij zetten uw "
    "bedrijf in "
    "30 dagen op pagina 1. Vraag nu uw gratis SEO-audit aan en krijg 20 % korting. Antwoord dan even met JA.\n\nKevin",
    "Bonjour,\n\nSaviez-vous que 80 % des sites de votre secteur sont invisibles sur Google ? Nous plaçons votre "
    "entreprise en première page. Demandez votre audit SEO gratuit. Répondez simplement OUI.\n\nKevin",
    "Hello,\n\nDid you know that 80% of the websites in your sector cannot be found on Google? We put your company on "
    "page 1 in 30 days. Ask for your free SEO audit now. Interested? Just reply YES.\n\nKevin",
    "Guten Tag,\n\nwussten Sie, dass 80 % der Webseiten Ihrer Branche bei Google unsichtbar sind? Wir bringen Ihr "
    "Unternehmen auf Seite 1. Fordern Sie jetzt Ihr kostenloses SEO-Audit an. Antworten Sie einfach mit JA.\n\nKevin",
]
PEOPLE = [
    (
        "Bonjour, mon nom apparaît en première page de Google à cause de votre site. Merci d'effacer mes données.",
        "erasure",
    ),
    ("Beste, ik heb ooit jullie gratis scan geprobeerd. Verwijder mijn account en al mijn gegevens.", "erasure"),
    ("Hello, my old profile still shows on page 1 of Google. Please delete my account.", "erasure"),
    ("Guten Tag, mein Profil steht bei Google auf Seite 1. Bitte löschen Sie mein Konto.", "erasure"),
    ("Beste, ik kreeg een mail over een gratis SEO-audit van jullie. Hoe komen jullie aan mijn adres?", "access"),
]


def told(text: str, *, by_model: bool) -> Reading:
    return read(parse(mail(text, subject="Google")), model=MODEL if by_model else None)


@pytest.mark.parametrize("by_model", [True, False], ids=["model", "rules"])
@pytest.mark.parametrize("text", PITCHES)
def test_who_sells_a_place_in_a_search_engine_gets_no_acknowledgement(text: str, by_model: bool) -> None:
    found = told(text, by_model=by_model)

    assert (found.kind, found.acknowledge) == ("spam", False)


@pytest.mark.parametrize("by_model", [True, False], ids=["model", "rules"])
@pytest.mark.parametrize(("text", "right"), PEOPLE)
def test_a_person_who_speaks_of_a_search_engine_asks(text: str, right: str, by_model: bool) -> None:
    found = told(text, by_model=by_model)

    assert (found.kind, [one.value for one in found.rights]) == ("request", [right])
