"""Who writes for somebody close, without any word of law: told apart from who only mentions them."""

import pytest

from dsar.intake import parsing, reading
from tests.dsar.intake.post import mail

FOR_ANOTHER = [
    "My mother is 84 and does not use computers. My mother asks you to delete the data you hold about her.",
    "My mother cannot write any more; please delete the data you hold about her.",
    "She is my aunt. Delete everything you have about her, please.",
    "Zij is mijn tante. Wis alles wat u over haar bewaart.",
    "My husband would like a copy of his data.",
    "Ma mère ne sait plus écrire : veuillez effacer les données la concernant.",
    "Mon père voudrait recevoir une copie de ses données.",
    "Mijn moeder kan niet meer schrijven, gelieve de gegevens die u over haar bewaart te wissen.",
    "Mijn vader wil een kopie van zijn gegevens.",
    "Meine Mutter kann nicht mehr schreiben, löschen Sie bitte die Daten, die Sie über sie gespeichert haben.",
    "Mein Vater möchte eine Kopie, also schicken Sie bitte seine Daten.",
]
FOR_THEMSELVES = [
    "My mother told me that you keep a lot. Please delete the data you hold about me.",
    "My sister works for you. I would like a copy of my data.",
    "Ma mère m’a parlé de vous. Veuillez effacer mes données.",
    "Mijn moeder is ook klant. Gelieve mijn gegevens te wissen.",
    "Meine Mutter ist auch Kundin. Bitte löschen Sie meine Daten.",
    "Mijn vrouw en ik zijn verhuisd; ik wil dat u mijn gegevens wist.",
]


@pytest.mark.parametrize("text", FOR_ANOTHER)
def test_who_asks_for_somebody_close_is_a_representative(text: str) -> None:
    assert reading.read(parsing.parse(mail(text, subject="Message"))).representative


@pytest.mark.parametrize("text", FOR_THEMSELVES)
def test_who_only_mentions_somebody_close_asks_for_themself(text: str) -> None:
    assert not reading.read(parsing.parse(mail(text, subject="Message"))).representative
