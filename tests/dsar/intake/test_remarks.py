"""What stands beside a wish: by what one is found, what one threatens to ask, why one asks; in four languages."""

import pytest

from dsar.intake import identifiers, leaks, parsing
from dsar.intake.asides import asides
from dsar.intake.folding import fold_plain
from dsar.intake.language import language_of
from dsar.intake.lexicon import lexicon
from dsar.intake.reading import Reading, read
from dsar.intake.understanding_child import model
from tests.dsar.intake.post import mail

MODEL = model()


def reading(text: str, *, model_too: bool = True) -> Reading:
    return read(parsing.parse(mail(text, subject="Message")), model=MODEL if model_too else None)


def rights(text: str) -> list[str]:
    return [right.value for right in reading(text).rights]


def names(text: str, language: str) -> set[str]:
    return {name for aside in asides(fold_plain(text), lexicon(language)) for name in aside.names}


PLACED = [
    ("fr", "Mon compte est au nom de p.leroy@example.org."),
    ("fr", "J'utilisais l'adresse ancien.mail@example.org à l'époque."),
    ("fr", "Avant mon mariage je m'appelais Dupuis."),
    ("fr", "J'habitais rue des Champs 3 à Huy. Je vivais chez mes parents.".partition(". ")[2]),
    ("fr", "Mon nom de jeune fille est Renard."),
    ("fr", "Vous me trouverez sous le numéro 0470 12 34 56."),
    ("nl", "Mijn account staat op jan.oud@example.org."),
    ("nl", "Ik gebruikte het adres jan.oud@example.org."),
    ("nl", "Ik woonde vroeger in de Kerkstraat 4 in Mol."),
    ("nl", "Vroeger heette ik Els Maes."),
    ("nl", "Ik was ingeschreven met het nummer 0486 11 22 33."),
    ("nl", "Jullie vinden mij terug onder de naam Peeters."),
    ("de", "Mein Konto läuft auf h.schmitz@example.de."),
    ("de", "Früher wohnte ich in der Hauptstraße 5 in Aachen."),
    ("de", "Angemeldet bin ich mit ute@example.de, Kundennummer 889-11."),
    ("de", "Mein Geburtsname ist Kern."),
    ("de", "Ich habe damals unter dem Namen Becker gebucht."),
    ("en", "My account is under tom.old@example.org."),
    ("en", "I booked in 2024 using tom.h@example.org, booking ref AB-99172."),
    ("en", "The address on your list is tom.old@example.org."),
    ("en", "I used to be called Tom Young."),
    ("en", "Back then I lived at 4 Mill Lane."),
    ("en", "You will find me under my mobile, 07700 900456."),
]
CHANGED = [
    ("fr", "Mon compte est au nom de mon ex, mettez-le au mien."),
    ("fr", "J'utilisais l'adresse a@example.org, désormais c'est b@example.org."),
    ("fr", "Je m'appelais Dupuis, corrigez en Leroy."),
    ("nl", "Mijn account staat op jan.oud@example.org maar dat moet jan@example.org zijn."),
    ("nl", "Ik woonde vroeger in de Kerkstraat 4, nu in de Molenstraat 1."),
    ("nl", "Mijn dossier staat op de verkeerde naam."),
    ("de", "Früher wohnte ich in Aachen, jetzt in Köln."),
    ("de", "Mein Konto läuft auf alt@example.de, bitte auf neu@example.de ändern."),
    ("de", "Bei Ihnen bin ich unter dem Namen Mayer registriert, richtig ist Meier."),
    ("en", "My account is under old@example.org, please change it to new@example.org."),
    ("en", "I used to be called Tom Young, I'm called Tom Old now."),
    ("en", "My details are under the wrong name."),
]


@pytest.mark.parametrize(("language", "text"), PLACED)
def test_by_what_somebody_is_found_is_no_correction(language: str, text: str) -> None:
    assert "rectification" in names(text, language)


@pytest.mark.parametrize(("language", "text"), CHANGED)
def test_what_names_the_old_and_the_new_is_one(language: str, text: str) -> None:
    assert "rectification" not in names(text, language)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Was steht bei Ihnen über mich? Mein Konto läuft auf h.schmitz@example.de.", ["access"]),
        ("Wis mij uit jullie systemen. Ik gebruikte het adres jan.oud@example.org.", ["erasure"]),
        ("No more newsletters please. The address on your list is tom.old@example.org.", ["objection_dm"]),
        ("Could I have a look at what you keep about me? I used to be called Tom Young.", ["access"]),
        ("My account is under old@example.org. Please change that to new@example.org.", ["rectification"]),
        ("Mijn dossier staat nog op mijn oude adres, Kerkstraat 4. Zet daar Molenstraat 1 in Mol.", ["rectification"]),
    ],
)
def test_a_wish_is_named_without_what_stands_beside_it(text: str, wanted: list[str]) -> None:
    assert rights(text) == wanted


THREATS = [
    "Si vous ne me montrez pas ce que vous avez sur moi, je demanderai l'effacement.",
    "Je demanderai l'effacement de tout si vous ne me dites pas quelles données vous avez sur moi.",
    "If you don't show me what you hold about me I will ask you to erase it.",
    "I will have everything deleted unless you tell me what you hold about me.",
    "Als jullie mij niet tonen wat jullie over mij hebben, vraag ik straks om alles te wissen.",
    "Wenn Sie mir nicht zeigen, was Sie über mich haben, werde ich die Löschung verlangen.",
    "Sagen Sie mir, was Sie über mich gespeichert haben, sonst verlange ich die Löschung.",
]
ASKED_NOW = [
    "If you no longer need my data, please delete it.",
    "If possible, I would like you to delete my account.",
    "Si vous n'avez plus besoin de mes données, je demande leur effacement.",
    "Als het kan, wil ik dat jullie mijn account wissen.",
    "Falls noch etwas über mich gespeichert ist, löschen Sie es bitte.",
    "Delete my account. If you don't answer, I will ask the authority to have it deleted.",
]


@pytest.mark.parametrize("text", THREATS)
def test_a_threat_to_ask_for_more_asks_only_what_it_hangs_on(text: str) -> None:
    assert rights(text) == ["access"]


@pytest.mark.parametrize("text", ASKED_NOW)
def test_another_condition_leaves_the_wish_a_wish(text: str) -> None:
    assert rights(text) == ["erasure"]


@pytest.mark.parametrize(
    "text",
    [
        "Mijn man Erik Vos ligt in het ziekenhuis en vroeg mij dit te schrijven: wis alles wat jullie van hem hebben.",
        "Wis mij, want ik gebruik jullie app al jaren niet meer.",
        "Wis alles wat jullie over mij hebben.",
        "Wis wat er over mij in jullie bestanden staat.",
    ],
)
def test_wis_is_to_wipe_and_not_to_know(text: str) -> None:
    assert rights(text) == ["erasure"]


def test_wis_with_a_negation_keeps_what_there_is() -> None:
    assert rights("Wis het niet en doe er niets mee tot de rechter beslist heeft: bevries mijn dossier.") == [
        "restriction"
    ]


WHY = [
    "Please wipe my details because I moved abroad.",
    "I no longer use your service, so please erase my account.",
    "Effacez mon compte car je n'utilise plus vos vélos.",
    "Comme j'ai vendu ma voiture, effacez mon compte.",
    "Wis mijn account, want ik vertrouw jullie niet meer.",
    "Omdat ik verhuisd ben, mogen jullie mijn gegevens verwijderen.",
    "Löschen Sie mein Konto, weil ich ausgewandert bin.",
    "Da ich ausgewandert bin, löschen Sie bitte mein Konto.",
    "Please stop analysing my trips: someone is stalking me.",
]
NO_WHY = [
    "Please delete my account and confirm it to me.",
    "Effacez mon compte, comme je vous l'ai demandé au téléphone.",
    "Wis mijn account, een reden geef ik niet.",
    "Löschen Sie mein Konto, darum bitte ich Sie.",
    "Could you delete my account as soon as possible?",
]


@pytest.mark.parametrize("text", WHY)
def test_who_says_why_gives_reasons(text: str) -> None:
    assert reading(text).reasons_given


@pytest.mark.parametrize("text", NO_WHY)
def test_who_does_not_gives_none(text: str) -> None:
    assert not reading(text).reasons_given


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Ich schreibe für meinen Vater Karl Noll, er hat keinen Computer. Er möchte wissen, was Sie haben.",
            "Karl Noll",
        ),
        ("I hold power of attorney for my aunt, Mrs Ida Frost. Please wipe her out of your systems.", "Ida Frost"),
        ("Meine Oma Helga Busch hat mich gebeten, Ihnen zu schreiben: Bitte löschen Sie ihr Konto.", "Helga Busch"),
        ("Ma grand-mère, Odette Simon, m'a chargé de vous écrire : effacez son compte.", "Odette Simon"),
        ("Namens mijn zus Els Maes vraag ik de wissing van haar gegevens.", "Els Maes"),
        ("Ich bin Vormund von Lena Krämer und bitte um eine Kopie ihrer Daten.", "Lena Krämer"),
    ],
)
def test_whoever_is_written_for_is_named(text: str, name: str) -> None:
    found = reading(text)

    assert found.representative
    assert found.person_name == name


def test_kin_only_told_of_is_not_the_person() -> None:
    found = reading("Mijn zus Els Maes werkt bij jullie. Wis mijn gegevens.\n\nJan Oud", model_too=False)

    assert not found.representative
    assert found.person_name == "Jan Oud"


def test_the_undersigned_is_named_in_full() -> None:
    said = ["Je soussigné, Marc Antoine Petit, demande une copie de mes données."]

    assert identifiers.person_name(said, "M.A. Petit", "") == "Marc Antoine Petit"
    assert identifiers.person_name(said, "", "") == "Marc Antoine Petit"
    assert identifiers.person_name(said, "Luc Denis", "Luc Denis") == "Luc Denis"


def test_a_date_behind_farewell_and_name_dates_the_mail() -> None:
    told = "Beste, blijf voorlopig van mijn dossier af: wis het niet en doe er niets mee tot de rechter beslist heeft."

    assert reading(f"{told} Met groet, Greet Janssens, 3 november 2026", model_too=False).dated


def test_borrowed_words_do_not_make_a_text_english() -> None:
    assert language_of(["Hallo, pls delete mijn account, thx. Groetjes Jan"]) == "nl"
    assert language_of(["Pls delete my account, thx"]) == "en"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The password list of your staff is visible on your website.", True),
        ("La liste de vos clients est consultable sur votre site.", True),
        ("De lijst met wachtwoorden is leesbaar op jullie website.", True),
        ("Ihre Kundenliste ist auf Ihrer Seite einsehbar.", True),
        ("The list of your opening hours is visible on your website.", False),
        ("My photo is visible on your website.", False),
    ],
)
def test_a_list_of_people_on_our_page_is_a_leak(text: str, told: bool) -> None:
    assert (leaks.report([fold_plain(text)]) is not None) is told
