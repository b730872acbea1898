"""A card is found inside the file that holds it, and nothing is unpacked further than that takes."""

import base64
import io
import zipfile
from email.message import EmailMessage

import pikepdf
import pytest

from dsar.intake.child import parse_in_child
from dsar.intake.measures import Inside, inside
from dsar.intake.models import InboundMessage, MessagePart
from dsar.intake.pdftext import read_pdf
from tests import factories
from tests.dsar.intake.post import take_in
from tests.dsar.intake.test_identity_scans import heic, photograph, with_file

CARD = "Je souhaite une copie de mes données. Copie de ma carte d’identité ci-jointe."
ASKS = "Je souhaite une copie de mes données."
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def packed(**members: bytes) -> bytes:
    """An archive; of each name the first "__" stands for a folder and the last "_" for the dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            stem, _line, ending = name.replace("__", "/").rpartition("_")
            archive.writestr(f"{stem}.{ending}", data)
    return out.getvalue()


def word_file() -> bytes:
    text = b"<w:document><w:body><w:p><w:t>Copie</w:t></w:p></w:body></w:document>"
    return packed(word__document_xml=text, word__media__image1_jpeg=photograph())


def portfolio() -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.attachments["carte identite.jpg"] = photograph()
    pdf.save(out)
    return out.getvalue()


def saved_mail() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ada <ada@example.org>", "Carte"
    message.set_content("Voici ma carte d’identité.\n")
    message.add_attachment(photograph(), maintype="image", subtype="jpeg", filename="carte identite.jpg")
    return bytes(message)


def marked(message: InboundMessage) -> dict[str, bool]:
    return dict(MessagePart.objects.filter(message=message).values_list("path", "identity_document"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "kind", "text"),
    [
        (packed(scan_jpg=photograph()), "carte-identite.zip", "application/zip", ASKS),
        (packed(scan_jpg=photograph()), "documents.zip", "application/zip", CARD),
        (packed(recto_heic=heic()), "documents.zip", "application/zip", CARD),
        (packed(carte_identite_pdf=b"%PDF-1.4 locked"), "documents.zip", "application/zip", ASKS),
        (word_file(), "demande.docx", DOCX, CARD),
        (packed(content_xml=b"<p/>", Pictures__1_png=photograph()), "demande.odt", "application/octet-stream", CARD),
        (portfolio(), "documents.pdf", "application/pdf", ASKS),
    ],
    ids=["zip by its name", "zip by the caption", "heic", "pdf in a zip", "docx", "odt", "portfolio"],
)
def test_what_holds_a_card_is_kept_apart(data: bytes, name: str, kind: str, text: str) -> None:
    assert marked(with_file(data, name, kind, text=text)) == {"2": True}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "text"),
    [(packed(vacances_jpg=photograph((1600, 1200))), ASKS), (packed(liste_csv=b"a;b\n" * 2000), CARD)],
    ids=["a photograph nobody spoke of", "no picture"],
)
def test_what_holds_none_stays_an_ordinary_attachment(data: bytes, text: str) -> None:
    assert marked(with_file(data, "documents.zip", "application/zip", text=text)) == {"2": False}


@pytest.mark.django_db
def test_a_mail_saved_as_a_file_is_opened_like_an_attached_one() -> None:
    assert marked(with_file(saved_mail(), "mail.eml", "application/octet-stream", text=ASKS)) == {
        "2": True,
        "2.2": True,
    }


@pytest.mark.django_db
def test_a_picture_in_the_text_itself_is_a_part() -> None:
    factories.installation()
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ada <ada@example.org>", "vieprivee@assistool.com", "Copie"
    message["Message-ID"] = "<drawn@example.org>"
    message.set_content(CARD + "\n")
    drawn = base64.b64encode(photograph()).decode()
    message.add_alternative(f'<p>{CARD}</p><img src="data:image/jpeg;base64,{drawn}">', subtype="html")

    taken = take_in(bytes(message))

    part = taken.parts.get()
    assert (part.path, part.found_type, part.inline, part.identity_document) == ("2.1", "image/jpeg", True, True)


# -- nothing is unpacked further -----------------------------------------------------------------------------


def test_the_first_bytes_of_a_few_files_are_all_that_is_read() -> None:
    bomb = packed(**{f"n{n}_png": b"\x89PNG\r\n\x1a\n" + b"\0" * 5_000_000 for n in range(25)})

    assert len(inside(bomb)) == 20


def test_an_archive_in_an_archive_stays_shut() -> None:
    assert inside(packed(inner_zip=packed(carte_jpg=photograph()))) == ()


@pytest.mark.parametrize(
    "data", [b"PK", b"PK\x03\x04" + b"\0" * 60, packed(a_jpg=b"\xff\xd8\xff")[:-5], b"", b"x" * 90]
)
def test_a_broken_archive_holds_nothing(data: bytes) -> None:
    assert inside(data) == ()


def test_a_list_of_too_many_files_is_not_read() -> None:
    assert inside(packed(**{f"n{n}_jpg": b"\xff\xd8\xff" for n in range(2_001)})) == ()


def test_what_the_child_saw_comes_back_from_it() -> None:
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("x")
    message.add_attachment(packed(a_png=b"\x89PNG\r\n\x1a\n"), maintype="application", subtype="zip", filename="a.zip")

    (part,) = parse_in_child(bytes(message)).parts

    assert part.inside == (Inside("a.png", 8, 0, 0),)


def test_a_pdf_tells_what_is_attached_to_it() -> None:
    (found,) = read_pdf(portfolio()).inside
    assert (found.name, found.width, found.height) == ("carte identite.jpg", 1712, 1080)
