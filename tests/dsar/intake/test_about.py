"""Whose data a mail is about, as its writer says; who is only told of does not count."""

import pytest

from dsar.intake.about import About, about, is_one_name

WRITER = "Jan Peeters"

REPRESENTED = [
    ("Je souhaite obtenir, au nom de ma cliente Marie Dubois, une copie de ses données.", "Marie Dubois"),
    ("Je représente également Monsieur Paul Martin et demande copie de ses données.", "Paul Martin"),
    ("Dans un autre dossier, ma cliente\nMarie Dubois souhaite l'effacement.", "Marie Dubois"),
    ("Concernant Madame Marie Dubois : veuillez communiquer ses données.", "Marie Dubois"),
    ("Concerne : dossier Mme Dubois", "Mme Dubois"),
    ("Marie Dubois demande également l'effacement de ses données.", "Marie Dubois"),
    ("Ma mère, Louise Peeters, souhaite aussi une copie de ses données.", "Louise Peeters"),
    ("Pourriez-vous envoyer aussi les données de Marie Dubois ?", "Marie Dubois"),
    ("Ik vraag een kopie van de persoonsgegevens van mijn cliënt Piet Janssens.", "Piet Janssens"),
    ("Gelieve ook de gegevens van Piet Janssens te wissen.", "Piet Janssens"),
    ("I also act for Ms Clara Brown and ask for a copy of her data.", "Clara Brown"),
    ("Please send me Clara Brown's personal data too.", "Clara Brown"),
    ("Im Namen meiner Mandantin Frau Clara Braun beantrage ich Auskunft.", "Clara Braun"),
]
NOBODY_ELSE = [
    "Je représente moi-même mes intérêts et demande mes données.",
    "Mme Claes de votre service demande une copie de ma carte.",
    "Mme Claes demande une copie de ma carte d'identité.",
    "My colleague Clara Brown told me to ask: please delete my data.",
    "Les données de Google Analytics me concernant.",
    "Je demande les données de Jan Peeters.",
    "Les données de mon compte Immo.",
    "",
]


@pytest.mark.parametrize(("text", "name"), REPRESENTED)
def test_who_is_asked_for_is_named(text: str, name: str) -> None:
    assert about(text, "Demande", writer=[WRITER]).represented == (name,)


@pytest.mark.parametrize("text", NOBODY_ELSE)
def test_neither_the_writer_nor_who_is_only_told_of(text: str) -> None:
    assert about(text, "Demande", writer=[WRITER]) == About()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Nom : Marie Dubois\nDroit : accès", "Marie Dubois"),
        ("Prénom : Marie\nNom : Dubois", "Marie Dubois"),
        ("Guest: Clara Brown (born 1980)\nRequest: access", "Clara Brown"),
        ("Betrokkene: Piet Janssens", "Piet Janssens"),
    ],
)
def test_a_form_names_who_filled_it_in(form: str, name: str) -> None:
    assert about(form, "").labelled == (name,)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mme Dubois", "Marie Dubois", True),
        ("DUBOIS Marie", "Marie Dubois", True),
        ("Marie-Claire Dubois", "Marie Dubois", True),
        ("Marie Duboys", "Marie Dubois", True),
        ("Zoé Lefèvre", "Zoe Lefevre", True),
        ("Louise Peeters", "Jan Peeters", False),
        ("Marie Dubois", "Paul Martin", False),
        ("", "Paul Martin", False),
    ],
)
def test_one_person_by_two_spellings(one: str, other: str, same: bool) -> None:
    assert (is_one_name(one, other), is_one_name(other, one)) == (same, same)


def test_what_is_kept_is_of_whole_names() -> None:
    names = tuple(f"Marie Dubois{'x' * 60}{number}" for number in range(10))

    assert About(names).kept == "; ".join(names[:5])


@pytest.mark.parametrize("text", ["A-" * 9000, "Aa " * 6000, "données de " * 1800, ("Aa " * 5 + "wil ") * 1000])
def test_time_is_bounded(text: str) -> None:
    about(text, text[:500])
