"""Somebody tells of a death: what was the dead one's is no request of the writer, what is the writer's own is one."""

import pytest

from dsar.intake.parsing import parse
from dsar.intake.reading import Reading, read
from dsar.intake.understanding_child import model
from tests.dsar.intake.post import mail

MODEL = model()

OF_THE_DEAD = [
    "Mon père, Roger Hanssens, est décédé le 2 octobre. Il avait un abonnement chez vous, merci de bien vouloir y "
    "mettre fin et de ne plus lui envoyer de courrier.",
    "Ma maman est décédée en août, elle s'appelait Yvette Lambert. Pouvez-vous arrêter de lui envoyer votre magazine ?",
    "Mijn moeder is vorige maand overleden. Gelieve haar geen reclame meer te sturen.",
    "Mein Vater Heinz Krug ist am 3. Oktober verstorben. Bitte kündigen Sie seinen Vertrag und schicken Sie keine "
    "Werbung mehr an ihn.",
    "My mother Edna Ross passed away last month. Please close her account and take her off your mailing list.",
    "My husband died in May. Please stop all advertising and delete the account.",
    "Mon père est décédé. Je voudrais supprimer le compte ; pouvez-vous me confirmer que c'est fait ?",
    "Mijn vader is overleden. Ik wil het account laten verwijderen. Laat het mij weten als het gebeurd is.",
    "Mein Mann ist gestorben. Ich möchte das Konto löschen lassen, bitte bestätigen Sie es mir.",
    "My dad passed away. I would like to have his data deleted, please confirm it to me.",
]
OF_THE_WRITER = [
    ("Mon père est décédé le 2 octobre. Merci de ne plus m'envoyer de publicité, à moi non plus.", "objection_dm"),
    ("Depuis la mort de mon mari, je ne veux plus recevoir votre publicité.", "objection_dm"),
    ("Ma maman est décédée en août. Effacez aussi mon compte et toutes mes données.", "erasure"),
    ("Mijn moeder is overleden. Ik wil zelf ook geen reclame meer krijgen van jullie.", "objection_dm"),
    ("Mein Vater ist verstorben. Bitte schicken Sie mir keine Werbung mehr.", "objection_dm"),
    ("My mother passed away last month. I no longer want to receive your newsletter either.", "objection_dm"),
    ("My late husband had an account. Please send me a copy of all the data you hold about me.", "access"),
]

TAKEN_FOR_DEAD = [
    "Mon mari est décédé en janvier, et depuis votre fiche me dit décédée aussi. Je ne suis pas morte : "
    "corrigez ma fiche.",
    "Mijn man is overleden, maar ik ben niet overleden. Pas mijn gegevens aan.",
    "Mein Mann ist verstorben, ich bin am Leben. Bitte berichtigen Sie meine Daten.",
    "My husband died in January and you wrote me down as deceased. I am not dead: please correct my record.",
]


def told(text: str, *, by_model: bool) -> Reading:
    return read(parse(mail(f"{text}\n\nNathalie Hanssens", subject="Message")), model=MODEL if by_model else None)


@pytest.mark.parametrize("by_model", [True, False], ids=["model", "rules"])
@pytest.mark.parametrize("text", OF_THE_DEAD)
def test_what_is_to_end_for_the_dead_is_no_wish_of_who_writes(text: str, by_model: bool) -> None:
    found = told(text, by_model=by_model)

    assert (found.kind, found.rights) == ("out_of_scope", ())


@pytest.mark.parametrize("text", TAKEN_FOR_DEAD)
def test_who_was_taken_for_dead_asks_for_themselves(text: str) -> None:
    found = told(text, by_model=True)

    assert (found.kind, [one.value for one in found.rights]) == ("request", ["rectification"])


@pytest.mark.parametrize("by_model", [True, False], ids=["model", "rules"])
@pytest.mark.parametrize(("text", "right"), OF_THE_WRITER)
def test_who_mourns_may_ask_for_themselves(text: str, right: str, by_model: bool) -> None:
    found = told(text, by_model=by_model)

    assert (found.kind, [one.value for one in found.rights]) == ("request", [right])
