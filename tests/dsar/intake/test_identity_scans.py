"""Identity documents are kept apart whatever the mail is judged to be, and whatever their sender calls the file."""

import io
from email.message import EmailMessage

import pytest
from PIL import Image

from dsar.intake.file_types import HEIC, kind_of
from dsar.intake.models import InboundMessage, MessagePart
from tests import factories
from tests.dsar.intake.post import take_in

pytestmark = pytest.mark.django_db

CARD = (1712, 1080)


def photograph(size: tuple[int, int] = CARD) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).save(out, "JPEG")
    return out.getvalue()


def heic(brand: bytes = b"heic") -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + bytes(range(256)) * 40


def with_file(
    data: bytes, name: str, kind: str, *, text: str = "Bonjour.", subject: str = "Bonjour", **headers: str
) -> InboundMessage:
    factories.installation()
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ada <ada@example.org>", "vieprivee@assistool.com", subject
    message["Message-ID"] = "<card@example.org>"
    for header, value in headers.items():
        message[header.replace("_", "-")] = value
    message.set_content(text + "\n")
    main, sub = kind.split("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return take_in(bytes(message))


@pytest.mark.parametrize(
    ("kind", "text", "headers"),
    [
        ("out_of_scope", "Bonjour, quels sont vos horaires d’ouverture samedi ?", {}),
        ("auto_reply", "Je suis absente jusqu’à lundi.", {"Auto_Submitted": "auto-replied"}),
    ],
)
def test_a_card_is_kept_apart_whatever_the_mail_is(kind: str, text: str, headers: dict[str, str]) -> None:
    message = with_file(photograph(), "carte identite recto.jpg", "image/jpeg", text=text, **headers)

    assert message.kind == kind
    assert message.parts.get().identity_document


@pytest.mark.parametrize(
    ("data", "name", "declared"),
    [
        (photograph(), "carte identite.dat", "application/octet-stream"),
        (photograph(), "carte identite", "application/octet-stream"),
        (photograph(), "identiteitskaart.txt", "application/x-unknown"),
    ],
    ids=["dat", "no ending", "wrong ending"],
)
def test_the_bytes_decide_that_a_file_is_a_picture(data: bytes, name: str, declared: str) -> None:
    assert with_file(data, name, declared).parts.get().identity_document


@pytest.mark.parametrize("declared", ["image/heic", "image/heif", "application/octet-stream"])
def test_a_photograph_of_a_telephone_with_a_caption_is_kept_apart(declared: str) -> None:
    text = "Bonjour, je voudrais une copie de mes données. Voici ma carte d’identité."

    part = with_file(heic(), "IMG_2041.HEIC", declared, text=text).parts.get()

    assert (part.found_type, part.identity_document, part.is_something_else) == (HEIC, True, False)


def test_a_photograph_of_a_telephone_without_a_word_about_it_is_not() -> None:
    part = with_file(heic(), "IMG_2041.HEIC", "image/heic", text="Bonjour, voici notre chien.").parts.get()

    assert not part.identity_document


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"msf1", b"hevc"])
def test_photographs_of_telephones_are_named_by_their_brand(brand: bytes) -> None:
    assert kind_of(heic(brand)) == HEIC


@pytest.mark.parametrize(
    ("said", "found", "other"),
    [
        ("image/jpg", "image/jpeg", False),
        ("image/pjpeg", "image/jpeg", False),
        ("image/heif", HEIC, False),
        ("image/png", "image/jpeg", True),
        ("application/pdf", "image/jpeg", True),
    ],
)
def test_another_name_of_one_format_is_no_other_content(said: str, found: str, other: bool) -> None:
    assert MessagePart(content_type=said, found_type=found).is_something_else is other
