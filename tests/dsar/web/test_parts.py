"""Parts that are more than a file: pictures in their place, appointments, attached messages, what is encrypted."""

import base64
import re
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest

from dsar.intake.models import InboundMessage, MessagePart, PartScan, Recognition
from dsar.vault import services as vault
from tests import factories
from tests.dsar.identity import chain
from tests.dsar.intake.post import take_in
from tests.dsar.intake.test_invitations import WHOLE
from tests.dsar.intake.test_pictures import picture
from tests.dsar.web.conftest import As
from workflow.models import Case

TEXT = "Bonjour, je voudrais une copie de toutes mes données.\n\nAda Lovelace\n"
NUMBER = "85.07.30-033.28"


def letter() -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "ada@example.org", "vieprivee@assistool.com", "Mes données"
    message["Message-ID"] = "<parts@example.org>"
    message.set_content(TEXT)
    return message


def arrived(raw: bytes) -> tuple[InboundMessage, Case, str]:
    factories.installation()
    message = take_in(raw)
    assert message.case is not None
    return message, message.case, f"/cases/{message.case.uuid}/"


def pictured(html: str) -> bytes:
    message = letter()
    message.add_alternative(html, subtype="html")
    page = message.get_payload()[1]  # type: ignore[index]
    page.add_related(picture("PNG", (300, 200)), "image", "png", cid="<logo&1@example.org>")  # type: ignore[union-attr]
    return bytes(message)


FORMATTED = (
    '<p>Avant <img src="cid:logo&amp;1@example.org" onerror="x()" style="x"> apr\u00e8s</p>'
    '<img src="https://pixel.example/1.gif"><img src="cid:nobody"><img src="data:image/svg+xml;base64,AAAA">'
)


def frame(as_: As, message: InboundMessage, place: str) -> str:
    answer = as_("officer").get(f"{place}messages/{message.uuid}/html/")
    assert "img-src data:" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    return answer.content.decode()


def test_pictures_of_a_message_stand_in_their_place_as_pixels_drawn_anew(as_: As) -> None:
    message, _case, place = arrived(pictured(FORMATTED))

    page = frame(as_, message, place)

    (drawn,) = re.findall(r'Avant <img alt="" src="data:image/jpeg;base64,([^"]+)"> après', page)
    assert base64.b64decode(drawn).startswith(b"\xff\xd8")
    assert page.count("<img") == 1
    assert page.count("[image non affichée]") == 1
    for thing in ("pixel.example", "onerror", "style=", "svg", "cid:"):
        assert thing not in page


@pytest.mark.parametrize("why", ["identity document", "destroyed", "moved", "virus", "not scanned"])
def test_a_picture_with_a_door_of_its_own_is_not_shown_in_place(why: str, as_: As, settings: Any) -> None:
    message, _case, place = arrived(pictured(FORMATTED))
    part = message.parts.get()
    if why == "identity document":
        MessagePart.objects.update(identity_document=True)
    elif why == "destroyed":
        vault.destroy(part.blob)
    elif why == "moved":
        MessagePart.objects.update(moved_to=factories.received(person_email="bob@example.org"))
    elif why == "virus":
        PartScan.objects.create(part=part, verdict="found", says="X", scanned_at=factories.utc(2027, 2, 1))
    else:
        settings.CLAMD_URL = "unix:///nowhere/clamd.ctl"

    page = frame(as_, message, place)

    assert ("<img" in page, page.count("[image non affichée]")) == (False, 2)


def test_an_appointment_is_a_card_in_words(as_: As) -> None:
    message = letter()
    text = WHOLE.replace("Bruxelles", f"Bruxelles {NUMBER}").replace("Un autre", "<script>alert(1)</script>")
    message.add_attachment(text.encode(), "text", "calendar", filename="rdv.ics")
    _message, _case, place = arrived(bytes(message))

    page = as_("officer").get(place).content.decode()

    assert "Rendez-vous, mes données" in page
    assert "Lovelace: Ada &lt;ada@example.org&gt;" in page
    assert "1er\u00a0févr.\u00a02027, 10:00" in page
    assert NUMBER not in page
    assert "Rendez-vous, mes données" not in as_("auditor").get(place).content.decode()


def test_an_attached_message_is_shown_with_its_head_its_text_and_what_came_in_it(as_: As) -> None:
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["To"], inner["Subject"] = "Bob <bob@example.net>", "ada@example.org", f"Facture {NUMBER}"
    inner["Date"] = "Mon, 01 Feb 2027 09:00:00 +0100"
    inner.set_content("Le texte de <b>Bob</b>.\n\n> Ce que Ada avait écrit\n")
    inner.add_attachment(b"a;b", maintype="text", subtype="csv", filename="facture.csv")
    message = letter()
    message.add_attachment(inner)
    _message, _case, place = arrived(bytes(message))

    page = as_("officer").get(place).content.decode()

    assert "Bob &lt;bob@example.net&gt;" in page
    assert "Le texte de &lt;b&gt;Bob&lt;/b&gt;." in page
    assert "dans le message joint «\u00a0Facture ••.••.••-•••.••.eml\u00a0»" in page
    assert NUMBER not in page
    assert "Le texte de" not in as_("auditor").get(place).content.decode()


def test_a_signed_message_is_read_and_its_envelope_named(as_: As) -> None:
    _message, _case, place = arrived(chain.signed_mail(chain.signer(), enclosed=True))

    page = as_("officer").get(place).content.decode()

    assert "Mes donnees, svp." in page
    assert "signature numérique" in page
    assert "chiffré" not in page


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_encrypted_is_kept_and_said_with_what_to_do(whole: bool, as_: As) -> None:
    secret = chain.encrypted(chain.signer(), b"Content-Type: text/plain\r\n\r\nSecret")
    if whole:
        head = b"From: ada@example.org\r\nTo: vieprivee@assistool.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        kind = b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        raw = head + kind + base64.encodebytes(secret)
    else:
        message = letter()
        message.add_attachment(b"-----BEGIN PGP MESSAGE-----\n\nhQ", "application", "octet-stream", filename="x.gpg")
        raw = bytes(message)
    row, _case, place = arrived(raw)

    page = as_("officer").get(place).content.decode()

    assert "Cette partie est chiffrée" in page
    assert ("Ce message est chiffré" in page) is whole
    assert (row.unreadable, row.parts.get().is_encrypted) == ("encrypted" if whole else "", True)


def test_a_part_with_a_virus_is_not_read_for_the_page(as_: As) -> None:
    message = letter()
    message.add_attachment(WHOLE.encode(), "text", "calendar", filename="rdv.ics")
    row, _case, place = arrived(bytes(message))
    PartScan.objects.create(part=row.parts.get(), verdict="found", says="X", scanned_at=factories.utc(2027, 2, 1))

    assert "Lovelace: Ada" not in as_("officer").get(place).content.decode()


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("", "Seulement une image"),
        ("not_here", "aucun programme qui lit les images dans cette langue"),
        ("nothing", "aucun texte n’y a été trouvé"),
        ("failed", "sa lecture a échoué"),
    ],
)
def test_a_part_that_is_only_a_picture_says_why_nobody_read_it(outcome: str, said: str, as_: As) -> None:
    message = letter()
    message.add_attachment(picture("JPEG", (1600, 2200)), "image", "jpeg", filename="IMG_0034.jpg")
    row, _case, place = arrived(bytes(message))
    if outcome:
        at = factories.utc(2027, 2, 1)
        Recognition.objects.create(part=row.parts.get(), outcome=outcome, language="fr", done_at=at)

    assert said in as_("officer").get(place).content.decode()
    assert said not in as_("auditor").get(place).content.decode()


def test_words_read_from_a_picture_are_shown_as_such(as_: As) -> None:
    message = letter()
    message.add_attachment(picture("JPEG", (1600, 2200)), "image", "jpeg", filename="IMG_0034.jpg")
    row, case, place = arrived(bytes(message))
    text = vault.put("Je demande l’effacement <b>de tout</b>.".encode(), kind="ocr-text", holder=case.uuid)
    at = factories.utc(2027, 2, 1)
    Recognition.objects.create(part=row.parts.get(), outcome="read", language="fr", text=text, done_at=at)

    page = as_("officer").get(place).content.decode()

    assert "Texte lu dans l’image par OCR" in page
    assert "effacement &lt;b&gt;de tout&lt;/b&gt;" in page
    assert "effacement" not in as_("auditor").get(place).content.decode()
