"""By what a mail lets its person be found: proposals with their places, nothing that proves anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.intake.identifiers import identifiers
from dsar.intake.parsing import parse
from dsar.intake.reading import Reading, read


def reading(body: str, sender: str = "Ada Lovelace <ada@example.org>") -> Reading:
    return read(parse(f"From: {sender}\nSubject: Mes données\n\n{body}\n".encode()))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("L'adresse de mon compte est ada.old@example.net, merci.", "email", "ada.old@example.net"),
        ("Mon GSM : 0470/12.34.56", "phone", "0470/12.34.56"),
        ("Call me on +44 20 7946 0018 please", "phone", "+44 20 7946 0018"),
        ("mon numéro de client est 4455667", "customer_number", "4455667"),
        ("Mijn klantnummer: K-99231", "customer_number", "K-99231"),
        ("Kundennummer 2026-00417", "customer_number", "2026-00417"),
        ("my account number is AB 12345", "customer_number", "AB 12345"),
        ("voir mon dossier dsr-2026-0012", "earlier_case", "DSR-2026-0012"),
        ("ma demande du 3 mars 2026 reste sans réponse", "earlier_case", "3 mars 2026"),
        ("mijn verzoek van 12/04/2026", "earlier_case", "12/04/2026"),
        ("meine Anfrage vom 5. Mai 2026", "earlier_case", "5. Mai 2026"),
        ("my request of 14 February", "earlier_case", "14 February"),
    ],
)
def test_what_a_person_may_be_known_by_is_found_where_it_stands(text: str, kind: str, value: str) -> None:
    (found,) = identifiers(text)

    assert (found.kind, found.value) == (kind, value)
    assert text[found.start : found.end].upper() == value.upper()


@pytest.mark.parametrize(
    "text",
    [
        "Écrivez à vieprivee@assistool.com ou à moi, ada@example.org",  # ours, and the address they write from
        "Mon numéro de registre national est 85.07.30-033.28",
        "IBAN BE68 5390 0754 7034, montant 1 250,00 euros",
        "Le 3 mars 2026 à 10:15, facture 2026.",
        "Je ne suis plus client depuis 2019.",
    ],
)
def test_what_is_none_is_not_taken_for_one(text: str) -> None:
    assert identifiers(text, own_addresses=("assistool.com",), sender="ada@example.org") == ()


@pytest.mark.parametrize(
    ("body", "sender", "name"),
    [
        ("Effacez mes données.\n\nAda Lovelace", "ada@example.org", "Ada Lovelace"),
        ("Effacez mes données.\n\nBien à vous,\nAda", "Ada Lovelace <ada@example.org>", "Ada Lovelace"),
        ("Effacez mes données.", "Ada Lovelace <ada@example.org>", "Ada Lovelace"),
        ("Hasselt, 3 mei 2026\n\nWis mijn gegevens.\n\nDr. Ada Peeters", "a.peeters@example.be", "Ada Peeters"),
        ("Je suis le conseil de Monsieur Gaspard Niessen.\n\nMe Claire Renard", "c@bar.example", "Gaspard Niessen"),
        ("Namens mijn cliënte mevrouw Els De Smet vraag ik inzage.\n\nJan Claes", "j@bar.example", "Els De Smet"),
        ("I am writing on behalf of Mary O'Neill.\n\nTom Byrne", "tom@law.example", "Mary O'Neill"),
        ("dass ich Herrn Falk Kreutz vertrete.\n\nW. Ortmanns", "o@ra.example", "Falk Kreutz"),
    ],
)
def test_the_person_is_whom_the_writer_acts_for_else_who_signed(body: str, sender: str, name: str) -> None:
    body = f"{body}\n" if "données" in body else f"Copie de toutes mes données.\n{body}\n"

    assert reading(body, sender).person_name == name


def test_a_robot_names_nobody() -> None:
    found = read(parse(b"From: x@example.org\nAuto-Submitted: auto-replied\nSubject: Absent\n\nAda Lovelace\n"))

    assert (found.person_name, found.identifiers) == ("", ())


def test_a_quoted_mail_names_nobody() -> None:
    found = reading("Effacez mes données.\n\n> Appelez le 0470 12 34 56")

    assert found.identifiers == ()


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert all(text[item.start : item.end] for item in identifiers(text))
