"""Letters that a program on the way took for others: mended where that is certain, and nowhere else."""

import pytest

from dsar.intake.mojibake import mended
from dsar.intake.parsing import parse
from dsar.intake.reading import read
from dsar.vault import services as vault
from tests.dsar.intake.post import mail, take_in

FRENCH = "Madame,\n\nVoilà : j’ai déclaré à l’hôtel que mes données étaient erronées.\nÀ bientôt, « Zoé »"
ASKS = "Bonjour,\n\nJe désire une copie de toutes mes données à caractère personnel.\n\nZoé Lefèvre"


def broken(text: str, charset: str = "latin-1", times: int = 1) -> str:
    for _time in range(times):
        text = "".join(
            bytes([byte]).decode(charset, "ignore") or bytes([byte]).decode("latin-1") for byte in text.encode()
        )
    return text


@pytest.mark.parametrize("charset", ["latin-1", "cp1252"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_text_encoded_too_often_is_read_as_it_was_written(charset: str, times: int) -> None:
    assert mended(broken(FRENCH, charset, times)) == FRENCH


@pytest.mark.parametrize("times", [1, 2])
def test_the_blanks_a_program_made_ordinary_are_found_again(times: int) -> None:
    text = "Je m’adresse à vous, voilà, à propos de déjà"

    assert mended(broken(text, "cp1252", times).replace("\xa0", " ")) == text
    assert mended(broken(text, "cp1252").rstrip("\xa0")) == text


def test_one_pair_in_an_ordinary_word_is_enough() -> None:
    assert mended("Copie de mes donnÃ©es svp") == "Copie de mes données svp"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello",
        FRENCH,
        "SÃO PAULO",
        "My name is written RenÃ© in your letters.",  # what the mail is about
        "Vous écrivez « RenÃ© », « donnÃ©es » et « hÃ´tel ».",  # true letters beside
        "Zażółć gęślą jaźń",
        "Ã© 数据 Ã© Ã©",
    ],
)
def test_what_is_not_certain_stays_as_it_came(text: str) -> None:
    assert mended(text) == text


def test_a_mended_mail_is_read_shown_and_told_and_its_digest_is_of_what_came() -> None:
    came, sound = parse(mail(broken(ASKS), subject="DonnÃ©es")), parse(mail(ASKS, subject="Données"))

    assert (came.text, came.subject, "encoded_twice" in came.defects) == (sound.text, "Données", True)
    assert (read(came).rights, read(came).person_name) == (read(sound).rights, read(sound).person_name)
    assert came.body_digest != sound.body_digest
    assert "encoded_twice" not in sound.defects


@pytest.mark.usefixtures("installed")
def test_the_mended_text_is_kept_beside_the_raw_mail() -> None:
    raw = mail(broken(ASKS))

    message = take_in(raw)

    assert message.text is not None
    with vault.open_blob(message.text) as text, vault.open_blob(message.raw) as kept:
        assert "désire une copie" in text.read().decode()
        assert kept.read() == raw
