"""A mail of several people is divided by itself only where no sentence can be another's; all else waits."""

import pytest

from dsar.intake import persons
from tests.dsar.intake.test_persons import found, parts

WE_DE = "Wir, Jörg Kessler und Anna Kessler, verlangen Auskunft über unsere Daten."
WE_FR = "Nous, Luc Marin et Zoé Colle, demandons une copie de nos données."
WE_NL = "Wij, Jan Aerts en Griet Bal, vragen een kopie van onze gegevens."
WE_EN = "We, Tom Reed and Amy Cole, ask you to erase our data."
HIS = "mein Mann Klaus Berger und ich möchten gelöscht werden."
MARI = "Mon mari Paul Lenain et moi demandons la suppression de nos données."
MAN = "Mijn man Wim Claes en ik willen dat u onze gegevens wist."
WIFE = "My wife Mary Doyle and I would like to see the data you hold on us."

# Sender, the first sentence, what follows: of it no rule can say whose it is.
WAITS = [
    ("Ute Berger", HIS, "Seine Kundennummer ist 77812, meine 77813."),
    ("Ute Berger", HIS, "Meine Kundennummer ist 77813, seine 77812."),
    ("Ute Berger", HIS, "Ich habe die Nummer 5. Die andere ist 6."),
    ("Ute Berger", HIS, "Ich kenne seine Nummer."),
    ("Ute Berger", HIS, "Klaus hat die Nummer 5. Ihre Nummer ist 6."),
    ("Ute Berger", HIS, "Meine Nummer ist 5. Die Nummer 6 ist die frühere."),
    ("Ute Berger", HIS, "Unsere Ärztin hat Klaus krankgeschrieben."),
    ("Ute Berger", HIS, "Die Scheidung ist noch nicht durch."),
    ("Jörg Kessler", WE_DE, "Jörgs Frau ist krank, deshalb eilt es."),
    ("Jörg Kessler", WE_DE, "Annas Nummer ist A, Jörgs B."),
    ("Jörg Kessler", WE_DE, "Wir sind besorgt, weil ich arbeitslos bin."),
    ("Jörg Kessler", WE_DE, "Einer von uns ist vorbestraft."),
    ("Jörg Kessler", WE_DE, "Unsere Nummern sind bekannt, Frau Kessler ist in Kur."),
    ("Ute Berger", HIS, "Mein Gatte hat die Nummer 77812."),
    ("Ute Berger", HIS, "Ich habe 77813, K. hat 77812."),
    ("Marie Lenain", MARI, "Mon petit ami a le 1300."),
    ("An Claes", MAN, "Ik heb nummer 5551, m'n man 5552."),
    ("Tom Reed", WE_EN, "My ex has number 5552."),
    ("Luc Marin", WE_FR, "Son numéro est 4711, le mien 4712."),
    ("Luc Marin", WE_FR, "Notre dossier parle de la maladie de Zoé."),
    ("Luc Marin", WE_FR, "La femme de Luc est malade."),
    ("Luc Marin", WE_FR, "L’un de nous est en faillite."),
    ("Luc Marin", WE_FR, "Luc habite Namur. Elle habite Gand."),
    ("Marie Lenain", MARI, "Mon numéro est 12, celui de mon mari 13."),
    ("Marie Lenain", MARI, "J’ai le contrat 12 et il a le contrat 13."),
    ("Marie Lenain", MARI, "Ma sœur le sait."),
    ("Jan Aerts", WE_NL, "Zijn klantnummer is 5, het mijne 6."),
    ("Jan Aerts", WE_NL, "Mijn nummer is 6 en zijn nummer is 5."),
    ("Jan Aerts", WE_NL, "Jans vrouw is ziek."),
    ("Jan Aerts", WE_NL, "Jan woont in Gent. Haar dossier is gesloten."),
    ("An Claes", MAN, "Het dossier van Wim gaat over onze schulden."),
    ("An Claes", MAN, "Onze nummers zijn respectievelijk bekend als A en B."),
    ("An Claes", MAN, "Wim werkt bij u, de ander niet."),
    ("Tom Reed", WE_EN, "His number is A, mine is B."),
    ("Tom Reed", WE_EN, "Amy's husband is ill."),
    ("Tom Reed", WE_EN, "Our file mentions Tom's bankruptcy."),
    ("Tom Reed", WE_EN, "One of us is bankrupt."),
    ("Tom Reed", WE_EN, "The bankruptcy was filed in Dublin."),
    ("Sean Doyle", WIFE, "The former account is closed, the latter is open."),
    ("Sean Doyle", WIFE, "I know that her account is closed."),
    ("Sean Doyle", WIFE, "Mr Doyle was ill."),
]  # fmt: skip

# What each may still say: it stays divided by itself.
PLAIN = [
    ("Ute Berger", HIS, "Ich habe die Kundennummer 77813. Klaus hat die Kundennummer 77812.", ("77813", "77812")),
    ("Jörg Kessler", WE_DE, "Jörgs Nummer ist 5001. Annas Nummer ist 5002. Vielen Dank im Voraus.", ("5001", "5002")),
    ("Marie Lenain", MARI, "Mon numéro est 1200. Mon mari a le numéro 1300. Il habite Namur.", ("1200", "Namur")),
    ("Luc Marin", WE_FR, "Nous attendons votre réponse. Zoé a le numéro 4400. J’ai le numéro 3300.", ("3300", "4400")),
    ("Jan Aerts", WE_NL, "Jan wil dat zijn nummer 5 verdwijnt. Griet heeft nummer 6. Alvast bedankt.", ("5", "6")),
    ("Sean Doyle", WIFE, "Mary's email is mary@doyle.example. I moved in 2020.", ("2020", "mary@")),
]  # fmt: skip


def whole(sender: str, first: str, then: str) -> str:
    return f"{first} {then}\n\n{sender}\n"


@pytest.mark.parametrize(("sender", "first", "then"), WAITS, ids=[row[2] for row in WAITS])
def test_a_sentence_that_may_be_anothers_makes_the_mail_wait(sender: str, first: str, then: str) -> None:
    assert not found(whole(sender, first, then), sender).sure


@pytest.mark.parametrize("first", [WE_DE, WE_FR, WE_NL, WE_EN, HIS, MARI, MAN, WIFE])
def test_the_first_sentence_alone_does_not(first: str) -> None:
    sender = next(row[0] for row in WAITS if row[1] == first)

    assert found(whole(sender, first, ""), sender).sure


@pytest.mark.parametrize(("sender", "first", "then", "told"), PLAIN, ids=[row[2] for row in PLAIN])
def test_a_sentence_of_one_person_stands_in_that_persons_part_alone(
    sender: str, first: str, then: str, told: tuple[str, str]
) -> None:
    text = whole(sender, first, then)
    several = found(text, sender)

    made = parts(text, several)

    assert several.sure
    assert [[word in part for word in told] for part in made] == [[True, False], [False, True]]


def test_two_numbers_in_one_sentence_are_given_to_nobody_alone() -> None:
    text = whole("Ute Berger", HIS, "Seine Kundennummer ist 77812, meine 77813.")

    [passage] = [one for one in found(text, "Ute Berger").passages if "77812" in text[one.start : one.end]]

    assert passage.whose == persons.EVERYBODY


def test_an_item_that_speaks_of_another_of_them_waits() -> None:
    text = "Bonjour,\n\n1. Marie Noël : copie de ses données\n2. Paul Noël : suppression. Marie doit l'ignorer.\n"

    assert not found(text, "Marie Noël").sure


@pytest.mark.parametrize("name", ["Jörgs", "Jörg's", "Jörg’s", "Kesslers", "JÖRGS"])
def test_a_name_with_the_s_of_possession_is_hidden(name: str) -> None:
    assert persons.subject_of(f"{name} Daten", ["Anna Weber", "Jörg Kessler"], 1) == "[…] Daten"


def test_the_s_that_makes_another_name_hides_nothing_of_it() -> None:
    assert persons.subject_of("Peters und Peter", ["An Peters", "Peter Jacobs"], 1) == "Peters und […]"


@pytest.mark.parametrize(
    ("subject", "plain"),
    [
        ("Nos données", True),
        ("Demande selon l'article 15 du RGPD", True),
        ("Données de Jan Peeters et Marie Dubois", True),
        ("Jans Scheidung", False),
        ("Dossier de Marie Dubois", False),
        ("Klant 4711", False),
        ("Ma femme est malade", False),
        ("His account and mine", False),
    ],
)
def test_a_subject_that_tells_of_one_of_them_is_for_an_officer(subject: str, plain: bool) -> None:
    assert persons.plain_subject(subject, ["Jan Peeters", "Marie Dubois"]) is plain
