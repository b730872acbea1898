"""Several people in one mail: who asks, whose the words are, and who is only told of."""

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.intake import persons
from dsar.intake.parsing import parse
from dsar.intake.persons import EVERYBODY, Several, Standing
from tests.dsar.intake.post import LABELS, development_mail

ROOT = Path(__file__).resolve().parents[3]

COUPLE = """Bonjour,

Mon mari Jan Peeters et moi souhaitons une copie de toutes nos données personnelles.
Je veux aussi que mon adresse soit corrigée : rue Neuve 3.
Mon mari veut que son numéro de téléphone soit effacé. Il ne veut plus être appelé.

Cordialement,
Marie Dubois
"""
LIST = """Beste,

Namens mijn cliënten vraag ik het volgende:

1. Jan Peeters: een kopie van al zijn gegevens.
   Zijn klantnummer is 4711.
2. Marie Van den Broeck: het wissen van haar account.

Met vriendelijke groeten,
Luc De Smet, advocaat
"""

# Sign, sender's name, text, names.
SURE = [
    ("couple", "Marie Dubois", COUPLE, ["Marie Dubois", "Jan Peeters"]),
    ("couple", "An Maes", "Beste,\n\nMijn man Jan Peeters en ik willen dat u onze gegevens wist.\n\nAn Maes",
     ["An Maes", "Jan Peeters"]),
    ("couple", "Karl Weber", "Guten Tag,\n\nmeine Frau Anna Weber und ich möchten, dass Sie unsere Daten löschen.\n\n"
     "Karl Weber", ["Karl Weber", "Anna Weber"]),
    ("couple", "John Smith", "Hello,\n\nMy wife Mary Smith and I would like a copy of our personal data.\n\n"
     "John Smith\nMary Smith", ["John Smith", "Mary Smith"]),
    ("undersigned", "Famille Peeters", "Nous, soussignés, Jan Peeters et Marie Dubois, demandons l'accès à nos "
     "données.\n\nJan Peeters et Marie Dubois", ["Jan Peeters", "Marie Dubois"]),
    ("undersigned", "", "Wir, Anna Weber und Karl Vogt, widersprechen der Nutzung unserer Daten.",
     ["Anna Weber", "Karl Vogt"]),
    ("undersigned", "", "We, Mary Smith and Peter Brown, ask you to erase our data.", ["Mary Smith", "Peter Brown"]),
    ("clients", "Me Claire Lenoir", "Au nom de mes clients Jan Peeters, Marie Dubois (née le 3.4.1980) et Luc Van den "
     "Broeck, je demande l'accès à leurs données.\n\nClaire Lenoir, avocate",
     ["Jan Peeters", "Marie Dubois", "Luc Van den Broeck"]),
    ("clients", "RA Vogt", "Im Namen meiner Mandanten Anna Weber und Karl Weber beantrage ich Auskunft über deren "
     "Daten.", ["Anna Weber", "Karl Weber"]),
    ("clients", "J. Doe", "I write on behalf of my clients Mary Smith and Peter Brown. Please send a copy of their "
     "data.", ["Mary Smith", "Peter Brown"]),
    ("list", "Luc De Smet", LIST, ["Jan Peeters", "Marie Van den Broeck"]),
    ("children", "An Maes", "Graag ontvang ik alle gegevens van mijn kinderen Emma en Louis Janssens.\n\nAn Maes",
     ["Emma Janssens", "Louis Janssens"]),
    ("children", "Sophie Petit", "Je demande au nom de mes deux enfants Emma Petit et Louis Petit l'effacement de "
     "leurs photos.", ["Emma Petit", "Louis Petit"]),
    ("list", "Anwalt Roth", "Ich vertrete folgende Personen und verlange für jede Auskunft nach Art. 15 DSGVO:\n\n"
     "1. Frau Eva Klein, geb. 1.1.1970\n2. Herr Udo Gross, geb. 2.2.1971\n\nRoth, Rechtsanwalt",
     ["Eva Klein", "Udo Gross"]),
    ("wishes", "Koen en Els", "Koen Baert (geboren 1/2/1980) wil een kopie van al zijn gegevens.\n\n"
     "Els Nijs (geboren 3/4/1982) wil dat al haar gegevens worden gewist.\n\nKoen Baert en Els Nijs",
     ["Koen Baert", "Els Nijs"]),
    ("couple", "Familie Jacobs", "Ik, Peter Jacobs, geboren 3/4/1970, wil een kopie van mijn gegevens.\n"
     "Mijn vrouw, An Willems, geboren 5/6/1972, wil dat haar gegevens gewist worden.\n\n"
     "Peter Jacobs en An Willems", ["Peter Jacobs", "An Willems"]),
    ("signatures", "Jan Peeters", "Wij wensen dat u onze gegevens wist.\n\nJan Peeters en Marie Dubois",
     ["Jan Peeters", "Marie Dubois"]),
]  # fmt: skip

# Seen, but left to an officer: each text with the reason.
UNSURE = {
    "two lines may be a name and a firm": "Wij wensen dat u onze gegevens wist.\n\nJan Peeters\nPeeters Consulting",
    "no last name": "Mon mari Jan et moi demandons une copie de nos données.\n\nMarie Dubois",
    "the writer asks too": "Je demande les données de mes enfants Emma et Louis Petit, et aussi mes données.",
    "a number in everybody's sentence": "Wij vragen beiden inzage; klantnummer 4711.\n\nJan Peeters en Marie Dubois",
    "an address in everybody's sentence": "Wir beide bitten um Auskunft über unsere Daten an karl@example.org.\n\n"
    "Karl Vogt und Anna Weber",
    "one of them is spoken of without a name": "Je vous écris pour mes parents :\n- Luc Denis : effacer ses données\n"
    "- Marie Poncelet : copie de ses données\n\nMon père a été fiché pour dettes.\n\nAnne Denis",
    "a sentence ends inside a bracket": "Bitte löschen Sie die Daten meiner Kinder Lena Vogel (geb. 3.4.2012, "
    "lena.vogel@example.org, Kundennr. 4471) und Max Vogel (geb. 5.6.2015, Kundennr. 8812).\n\nSabine Vogel",
    "a sentence is about one and the writer": "Nous souhaitons tous deux une copie de nos données. Le compte de Lucie "
    "porte le numéro 77812, le mien 1123.\n\nJean Petit\nLucie Grand",
    "something is quoted": f"{COUPLE}\n> Bonjour, nous avons bien reçu votre message.",
    "one sentence for two wishes": "Jan Peeters wil inzage, en Marie Dubois wil dat alles weg is van haar account.\n"
    "Namens mijn cliënten Jan Peeters en Marie Dubois vraag ik dit.",
}

ONE = [
    "Bonjour, je demande l'effacement de mes données auprès de vos collègues :\n1. Luc Denis\n2. Marie Poncelet",
    "Hello, please delete my data. These people at your company know about it:\n1. Bob Ray\n2. Cat Moe\n\nAnn Lee",
    "Hello, I spoke with Mary Jones and Peter Brown of your team. Please delete my data.\n\nJohn Smith",
    "La juge Anne Leroy et votre employé Paul Martin ont dit que je pouvais demander mes données.\n\nSophie Petit",
    "Ma femme Marie Dubois et moi avons été clients. Je voudrais une copie de mes données.\n\nJan Peeters",
    "Mijn kinderen Emma en Louis zijn dol op uw website. Wis mijn gegevens.\n\nAn Maes",
    "Bitte löschen Sie meine Daten.\n\n- Account Number: 4711\n- Customer Name: Karl Weber\n\nKarl Weber",
    "Guten Tag,\n\nich bitte um Auskunft.\n\nMit freundlichen Grüßen\nKarl Weber\nWeber Consulting",
    "Je demande l'accès aux données de ma mère Jeanne Dubois.\n\nMarie Dubois",
    "My husband Jan Peeters told me to write to you. I want a copy of my data.\n\nMary Smith",
    "Liebe Leute,\n\nwir haben zwei Jahre lang Ihre Box bezogen. Bitte löschen Sie unsere Daten.\n\nFamilie Overdick",
]


def found(text: str, sender: str = "") -> Several:
    several = persons.find(text, sender_name=sender)
    assert several is not None
    return several


def parts(text: str, several: Several) -> list[str]:
    names = [person.name for person in several.people]
    return [persons.part_of(text, several.passages, names, number) for number in range(1, len(names) + 1)]


@pytest.mark.parametrize(("sign", "sender", "text", "names"), SURE, ids=[f"{row[0]}-{row[3][-1]}" for row in SURE])
def test_who_asks_together_is_found_with_every_name(sign: str, sender: str, text: str, names: list[str]) -> None:
    several = found(text, sender)

    assert ([person.name for person in several.people], several.sign, several.sure) == (names, sign, True)
    for part, name in zip(parts(text, several), names, strict=True):
        assert not [other for other in names if other != name and other in part]


@pytest.mark.parametrize("why", list(UNSURE))
def test_what_is_not_plain_is_left_to_an_officer(why: str) -> None:
    assert not found(UNSURE[why], "Jan Peeters").sure


@pytest.mark.parametrize("text", ONE)
def test_people_told_of_are_not_people_who_ask(text: str) -> None:
    assert persons.find(text, sender_name="Ada Lovelace") is None


def test_each_sentence_goes_to_whom_it_speaks_for() -> None:
    several = found(COUPLE, "Marie Dubois")

    hers, his = parts(COUPLE, several)

    assert [person.standing for person in several.people] == [Standing.WRITES, Standing.REPRESENTED]
    assert hers == (
        "Bonjour,\n\nMon mari […] et moi souhaitons une copie de toutes nos données personnelles.\n"
        "Je veux aussi que mon adresse soit corrigée : rue Neuve 3.\n\nCordialement,\nMarie Dubois"
    )
    assert his == (
        "Bonjour,\n\nMon mari Jan Peeters et moi souhaitons une copie de toutes nos données personnelles.\n"
        "Mon mari veut que son numéro de téléphone soit effacé. Il ne veut plus être appelé.\n\nCordialement,"
    )


def test_an_item_of_a_list_is_its_persons_with_the_lines_that_follow() -> None:
    jan, marie = parts(LIST, found(LIST, "Luc De Smet"))

    assert ("kopie" in jan, "4711" in jan, "wissen" in jan) == (True, True, False)
    assert ("kopie" in marie, "4711" in marie, "wissen" in marie) == (False, False, True)
    assert "Luc De Smet, advocaat" in jan
    assert "Luc De Smet, advocaat" in marie


def test_who_signs_from_a_shared_address_is_nobodys_representative() -> None:
    several = found(SURE[4][2], "Famille Peeters")

    assert [person.standing for person in several.people] == [Standing.SIGNS, Standing.SIGNS]


def test_the_subject_hides_the_others_too() -> None:
    assert persons.subject_of("Données de Jan Peeters et Marie Dubois", ["Jan Peeters", "Marie Dubois"], 1) == (
        "Données de Jan Peeters et […]"
    )


def test_a_last_name_they_share_is_not_hidden() -> None:
    text = "Namens mijn cliënten Jan Peeters en An Peeters vraag ik inzage in hun gegevens. De familie Peeters wacht."

    assert parts(text, found(text))[0] == (
        "Namens mijn cliënten Jan Peeters en […] vraag ik inzage in hun gegevens. De familie Peeters wacht."
    )


def test_no_mail_of_one_person_is_divided_by_itself() -> None:
    """All mails of the development set and of the lessons: written by one person each, one of whom asks for two."""
    texts = [(parse(development_mail(name)).text, LABELS[name]["sender"]) for name in LABELS]
    for path in sorted((ROOT / "dsar/intake/lessons").glob("mails-*.jsonl")):
        for line in path.read_text().splitlines():
            told = json.loads(line)["sentences"]
            texts.append(("\n".join("" if piece == "¶" else piece for piece, _labels in told), "Ada Lovelace"))

    named = [text for text, sender in texts if persons.find(text, sender_name=sender) is not None]

    assert len(texts) > 700
    assert ["mijn nummer en dat van mijn broer" in text for text in named] == [True]


# -- whatever comes ----------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *COUPLE.split(" "),
        *LIST.split(" "),
        "\n\n",
        "\n",
        "> ",
        "-- \n",
        "Jan Peeters",
        "Marie Dubois",
        "et",
        "nous",
        ".",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=120).map(" ".join), st.text(max_size=400))


@given(TEXTS)
def test_every_word_is_in_one_passage_and_every_passage_is_somebodys(text: str) -> None:
    several = persons.find(text, sender_name="Marie Dubois")
    cut = list(several.passages) if several else persons.passages(text)

    assert [one.start for one in cut] == sorted(one.start for one in cut)
    assert all(one.end <= other.start for one, other in pairwise(cut))
    left = "".join(
        text[a:b] for a, b in zip([0, *(one.end for one in cut)], [*(one.start for one in cut), len(text)], strict=True)
    )
    assert not left.strip()
    if several:
        assert {one.whose for one in cut} <= set(range(len(several.people) + 1))


@given(TEXTS, st.data())
def test_every_sentence_is_in_at_least_one_part_and_nobodys_name_in_anothers(text: str, data: st.DataObject) -> None:
    names = ["Marie Dubois", "Jan Peeters", "Zoë Q'Vist"]
    cut = persons.passages(text)
    whose = data.draw(st.lists(st.integers(0, 3), min_size=len(cut), max_size=len(cut)))
    cut = [persons.Passage(one.start, one.end, person) for one, person in zip(cut, whose, strict=True)]

    made = [persons.part_of(text, cut, names, number) for number in (1, 2, 3)]

    for one in cut:
        holders = [number for number in (1, 2, 3) if one.whose in (EVERYBODY, number)]
        for number in holders:
            assert persons.subject_of(text[one.start : one.end], names, number) in made[number - 1]
    for number, part in enumerate(made, 1):
        assert not [name for n, name in enumerate(names, 1) if n != number and name in part]


@pytest.mark.parametrize(
    "piece",
    ["Jan Peeters, ", "Namens mijn cliënten Jan Peeters en ", "1. Jan Peeters: wist\n", "A" * 50 + " ", "de van der ",
     "mon mari Jan ", "(" * 20, "Nous, Jan "],
)  # fmt: skip
def test_time_is_bounded_whatever_comes(piece: str) -> None:
    text = (piece * 50_000)[:49_000]
    begun = time.process_time()

    persons.find(text, sender_name="Ada")

    assert time.process_time() - begun < 2


def test_what_a_bracket_says_of_another_person_is_hidden_with_the_name():
    text = (
        "Au nom de mes clients Jan Peeters (né le 3.4.1980) et Marie Dubois (née le 5.6.1981), je demande l'accès à "
        "leurs données.\n\nClaire Lenoir, avocate"
    )
    several = found(text)

    names = [person.name for person in several.people]
    jan, marie = (persons.part_of(text, several.passages, names, number) for number in (1, 2))

    assert several.sure
    assert ("1980" in jan, "1981" in jan, "1980" in marie, "1981" in marie) == (True, False, False, True)
