"""National register numbers and machine-readable lines: recognised by their check digits, never by their shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.identity.card_words import is_of_an_identity_document
from dsar.identity.mrz import has_mrz
from dsar.identity.register_number import digest, is_valid, masked, masked_bytes, masked_where_misread

PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("85.07.30-033.28", "••.••.••-•••.••"),
        ("NISS 85073003328, merci", "NISS •••••••••••, merci"),
        ("85 07 30 033 28", "•• •• •• ••• ••"),
        ("8507307M2501017BEL850730033284", "8507307M2501017BEL•••••••••••4"),
        ("85.07.30–033.28", "••.••.••–•••.••"),
        ("85.07.30 - 033.28", "••.••.•• - •••.••"),
        ("85 07 30 - 033 28", "•• •• •• - ••• ••"),
        ("85.07.30.-033.28", "••.••.••.-•••.••"),
        ("8507 3003 328", "•••• •••• •••"),
        ("85.07.30\u202f—\u00a0033.28", "••.••.••\u202f—\u00a0•••.••"),
        ("85.07.30&nbsp;-&#160;<b>033</b>.28", "••.••.••&nbsp;-&#160;<b>•••</b>.••"),
        ("85.07.30\n033.28", "••.••.••\n•••.••"),
        ("> 85.07.30-\r\n> 033.28", "> ••.••.••-\r\n> •••.••"),
        ("85.07.30:033:28", "••.••.••:•••:••"),
        ("85_07_30_033_28", "••_••_••_•••_••"),
        ("(85.07.30)-033.28", "(••.••.••)-•••.••"),
        ("85.07.30-033(28)", "••.••.••-•••(••)"),
        ("85.07.30|033.28", "••.••.••|•••.••"),
        ("19850403-002-72", "••••••••-•••-••"),
        ("850403 002 72", "•••••• ••• ••"),
        ("2005.07.30-033.26", "••••.••.••-•••.••"),
        ("345 678 901 85.07.30-033.28", "345 678 901 ••.••.••-•••.••"),  # three numbers before it
        ("20850730-033-28", "20850730-033-28"),  # the control number of another century
        ("+32 470 12 34 56", "+32 470 12 34 56"),
        ("85.07.30-033.29", "85.07.30-033.29"),  # wrong control number
        ("IBAN BE68 5390 0754 7034", "IBAN BE68 5390 0754 7034"),
        ("ticket 850730033281234", "ticket 850730033281234"),
    ],
)
def test_numbers_are_hidden_where_the_control_number_is_right(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize("control", [one for one in range(100) if one not in {28, 97 - 2850730033 % 97}])
def test_eleven_digits_with_another_control_number_stay(control: int) -> None:
    assert masked(f"850730033{control:02d}") == f"850730033{control:02d}"


def test_a_file_of_text_keeps_its_length_and_all_but_the_digits() -> None:
    written = "NISS é 85.07.30-033.=\r\n28 & 85073003329".encode()

    assert masked_bytes(written) == "NISS é **.**.**-***.=\r\n** & 85073003329".encode()


def test_born_since_2000_and_bis_numbers_count_too() -> None:
    since_2000 = "050730033" + f"{97 - int('2050730033') % 97:02d}"
    bis = "854730033" + f"{97 - 854730033 % 97:02d}"

    assert is_valid(since_2000)
    assert is_valid(bis)


@given(st.text(max_size=200))
def test_hiding_keeps_every_other_letter_in_its_place(text: str) -> None:
    shown = masked(text)

    assert len(shown) == len(text)
    assert all(one == other or other == "•" for one, other in zip(text, shown, strict=True))


def test_the_digest_recognises_a_number_only_under_its_key() -> None:
    assert digest("85.07.30-033.28", key=b"a") == digest("85073003328", key=b"a")
    assert digest("85073003328", key=b"a") != digest("85073003328", key=b"b")


@pytest.mark.parametrize("text", [PASSPORT, CARD, f"Copie :\n{PASSPORT.replace('P<', 'P <')}\nmerci"])
def test_machine_readable_lines_with_right_check_digits_are_found(text: str) -> None:
    assert has_mrz(text)


@pytest.mark.parametrize(
    "text", [PASSPORT.replace("7408122", "7408123"), CARD.replace("D23145890", "D23145891"), "A<<B\n" * 5, "<" * 30]
)
def test_wrong_check_digits_are_no_document(text: str) -> None:
    assert not has_mrz(text)


@given(st.text(alphabet="AB<01 \n", max_size=400))
def test_any_text_can_be_looked_at(text: str) -> None:
    has_mrz(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("85.07.30-033.28", "••.••.••-•••.••"),
        ("85.07.30-033.29", "••.••.••-•••.••"),  # a digit misread: the control does not fit
        ("85.O7.3O - O33. 28", "••.••.•• - •••. ••"),
        ("+32 470 12 34 56", "+32 470 12 34 56"),
        ("le 30.07.1985", "le 30.07.1985"),
        ("SOS BOB ZOO BIS SOBIS", "SOS BOB ZOO BIS SOBIS"),
    ],
)
def test_read_off_a_picture_every_number_of_that_shape_is_hidden(text: str, shown: str) -> None:
    assert masked_where_misread(text) == shown


@pytest.mark.parametrize("text", [PASSPORT, CARD, CARD.replace("0", "O").lower(), CARD.replace("<<<<", "««")])
def test_lines_of_a_document_are_known_even_where_they_were_misread(text: str) -> None:
    assert is_of_an_identity_document(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour,\n\nJe suis né à Bruxelles, mon nom est Lovelace et ma nationalité est belge.\n\nMerci",
        "LETTRE RECOMMANDÉE AVEC ACCUSÉ DE RÉCEPTION\nJE DEMANDE L'EFFACEMENT DE TOUTES MES DONNÉES",
        "if a << 2 and b << 3",
        "",
    ],
)
def test_a_letter_is_no_document(text: str) -> None:
    assert not is_of_an_identity_document(text)


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    assert is_of_an_identity_document(text) in {True, False}
    assert len(masked_where_misread(text)) == len(text)
