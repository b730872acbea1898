"""Who the writer says to be beside a relative, whatever the mailbox is called."""

import pytest

from dsar.intake.parsing import parse
from dsar.intake.reading import read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Je suis Luc, le mari de Sophie. Je voudrais une copie de mes données.", "Luc"),
        ("Ik, Els Peeters, en mijn zus Mia Peeters willen inzage in onze gegevens.", "Els Peeters"),
        ("Je suis Luc, le mari de Sophie. Je voudrais une copie de mes données.\n\nLuc Denis", "Luc Denis"),
        ("Je suis client depuis 2019 et je voudrais une copie de mes données.\n\nAda Vos", "Ada Vos"),
    ],
)
def test_the_name_given_beside_a_relative_is_the_writer_s(text: str, name: str) -> None:
    raw = f"From: famille <fam@example.org>\nSubject: Message\n\n{text}\n"

    assert read(parse(raw.encode())).person_name == name
