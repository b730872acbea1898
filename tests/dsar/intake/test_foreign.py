"""A writer whose language is none of ours is written to in English and French."""

import pytest

from dsar.intake.language import is_foreign
from dsar.intake.parsing import parse
from dsar.intake.placing import written_in
from tests.dsar.intake.test_parsing import MAILS
from workflow.states import Language

FOREIGN = {
    "es": "Buenos días, quisiera saber qué datos personales tienen ustedes sobre mí. Les ruego que me envíen copia.",
    "it": "Buongiorno, vorrei sapere quali dati personali conservate su di me. Vi prego di inviarmi una copia. Anna",
    "pl": "Dzień dobry, proszę o informację jakie moje dane osobowe przetwarzacie oraz o kopię tych danych.",
    "uk": "Добрий день, прошу надіслати мені копію моїх персональних даних. Дякую, Анна",
    "ar": "مرحبا، أرجو إرسال نسخة من بياناتي الشخصية التي تحتفظون بها. شكرا",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_foreign_letter_is_answered_in_english_and_french(language: str) -> None:
    assert written_in(FOREIGN[language], "fr") == {"language": Language.EN, "second_language": Language.FR}


def test_no_mail_of_the_four_languages_is_foreign() -> None:
    texts = {path.name: parse(path.read_bytes()).text for path in sorted(MAILS.glob("*.eml"))}

    assert [name for name, text in texts.items() if is_foreign(text)] == []


@pytest.mark.parametrize("short", ["", "Löschung", "DSR-2027-0042", "4711 4712 Muster Max"])
def test_a_short_text_is_never_sure(short: str) -> None:
    assert written_in(short, "de") == {"language": Language.DE}
