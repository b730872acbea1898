"""Who sells a place in a search engine, and who wants to be found there no more."""

import pytest

from dsar.intake.parsing import parse
from dsar.intake.reading import read
from tests.dsar.intake.post import mail

PITCHES = [
    "Beste zaakvoerder,\n\nWist u dat 80 % van de websites in uw sector onvindbaar is in Google? Wij zetten "
    "uw bedrijf in 30 dagen op pagina 1. Vraag nu uw gratis SEO-audit aan en krijg 20 % korting. Interesse? "
    "Antwoord dan even met JA.\n\nKevin van RankBoost",
    "Bonjour,\n\nSaviez-vous que 80 % des sites de votre secteur sont introuvables sur Google ? Nous "
    "plaçons votre entreprise en première page en 30 jours. Demandez votre audit SEO gratuit et profitez de "
    "20 % de remise. Intéressé ? Répondez OUI.\n\nKevin de RankBoost",
    "Hi,\n\nDid you know that 80% of the websites in your sector cannot be found on Google? We put your "
    "business on page 1 within 30 days. Ask for your free SEO audit and get 20% off. Interested? Just reply "
    "YES.\n\nKevin, RankBoost",
    "Guten Tag,\n\nwussten Sie, dass 80 % der Websites Ihrer Branche bei Google nicht gefunden werden? Wir "
    "bringen Ihr Unternehmen in 30 Tagen auf Seite 1. Fordern Sie Ihr kostenloses SEO-Audit an und sparen "
    "Sie 20 %. Interesse? Antworten Sie mit JA.\n\nKevin von RankBoost",
    "Dag, wij brengen uw webshop bovenaan in Google. Gratis scan van uw website. Antwoord met JA en wij bellen u.",
    "Bonjour, nous faisons remonter votre site dans Google. Audit gratuit de votre site. Répondez OUI pour "
    "le recevoir.",
]
PEOPLE = [
    "Wist u dat ik via Google nog altijd op pagina 1 van uw website sta? Graag weg. Antwoord me even met ja "
    "of nee.\nJan",
    "Saviez-vous que mon nom sort en première page de Google à cause de votre site ? Retirez-le.\nJean",
    "Did you know that your website shows my name on page 1 of Google? Please take it down.\nSam",
    "Wussten Sie, dass mein Name bei Google auf Seite 1 mit Ihrer Website erscheint? Bitte entfernen.\nUwe",
]


@pytest.mark.parametrize("text", PITCHES)
def test_a_pitch_is_not_acknowledged(text: str) -> None:
    found = read(parse(mail(text, subject="Google")))

    assert (found.kind, found.acknowledge) == ("spam", False)


@pytest.mark.parametrize("text", PEOPLE)
def test_a_person_in_the_same_words_is(text: str) -> None:
    found = read(parse(mail(text, subject="Google")))

    assert found.kind != "spam"
    assert found.acknowledge is True
