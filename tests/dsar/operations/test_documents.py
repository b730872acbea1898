"""An identity document is gone everywhere after the decision, and the request it came with is still there."""

import base64
import io
import zipfile
import zlib
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from PIL import Image

from dsar.intake import documents
from dsar.intake import services as intake
from dsar.intake.models import InboundMessage, Inspection, MessagePart
from dsar.operations import tasks
from dsar.vault import services as vault
from notifications import services as post
from tests import factories
from tests.dsar.intake.post import take_in
from tests.dsar.operations import needles
from tests.workflow.test_codes import on_file
from workflow import events, queries, services
from workflow.actors import RETENTION
from workflow.guards import NotPermitted
from workflow.models import Case
from workflow.sealing import KeyGone
from workflow.states import ContactKind, EventKind, IdentityMethod, Right

DOCUMENT = {
    "photo": b"NEEDLE-photo-1f7a93c2d5",
    "pdf": b"NEEDLE-pdf-64bd02e8a1",
    "zip": b"NEEDLE-zip-9c0e5517fb",
    "utf16": b"NEEDLE-utf16-33aa7d40",
    "printable": b"NEEDLE=quoted=e06f21b9",
}
SMALL = (428, 270)
CLEAR = b"NEEDLE-in-clear-5d88c1"
ASKS = f"Bonjour,\n\nJe souhaite recevoir une copie de mes données. {CLEAR.decode()}\n\nAda Lovelace"


@pytest.fixture
def house(settings: Any, tmp_path: Path) -> list[Path]:
    backend = {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": tmp_path / "sealed"}}
    settings.STORAGES = {**settings.STORAGES, "sealed": backend}
    settings.OUTGOING_IS_FOLDER, settings.OUTBOX_DIR = True, tmp_path / "outbox"
    factories.installation()
    return [tmp_path]


def photograph(size: tuple[int, int] = (1712, 1080)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).save(out, "JPEG", comment=DOCUMENT["photo"])
    return out.getvalue()


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("card.txt", DOCUMENT["zip"] * 3)
    return out.getvalue()


def holding(member: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as files:
        files.writestr(member, photograph(SMALL))
    return out.getvalue()


def page() -> bytes:
    inside = zlib.compress(b"BT (" + DOCUMENT["pdf"] + b") Tj ET")
    head = f"1 0 obj<</Length {len(inside)}/Filter/FlateDecode>>stream".encode()
    return b"%PDF-1.4\n" + head + b"\n" + inside + b"\nendstream endobj\n%%EOF\n"


def arrived(*, cards: bool = True) -> tuple[Case, InboundMessage]:
    """A request with a card in five spellings, all parts of it marked as what they are."""
    message = EmailMessage()
    message["From"], message["To"] = "Ada <ada@example.org>", "vieprivee@assistool.com"
    message["Subject"], message["Message-ID"] = "Mes données", "<card@example.org>"
    message.set_content(ASKS + "\n")
    if cards:
        message.add_attachment(photograph(), maintype="image", subtype="jpeg", filename="carte identite recto.jpg")
        message.add_attachment(page(), maintype="application", subtype="pdf", filename="carte identite.pdf")
        message.add_attachment(packed(), maintype="application", subtype="zip", filename="carte identite.zip")
        wide = DOCUMENT["utf16"].decode().encode("utf-16-le")
        message.add_attachment(wide, maintype="application", subtype="octet-stream", filename="carte identite.bin")
        text = DOCUMENT["printable"].decode()
        message.add_attachment(text, filename="carte identite.txt", cte="quoted-printable")
    taken = take_in(bytes(message))
    assert taken.case is not None
    taken.parts.update(identity_document=True)
    Inspection.objects.update_or_create(message=taken, defaults={"done_at": timezone.now()})
    services.confirm_claims(taken.case.pk, rights=[Right.ACCESS], by=factories.actor("officer"))
    post.sweep_pending()
    post.deliver_due()
    return factories.again(taken.case), taken


def verified(case: Case) -> None:
    services.verify_identity(
        case.pk,
        method=IdentityMethod.LINK_KNOWN_CONTACT,
        note="A code to the account of 2024.",
        by=factories.actor("officer"),
    )


@pytest.mark.django_db(transaction=True)
def test_after_the_decision_no_byte_of_the_document_is_left_and_the_request_is(
    house: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    case, message = arrived()
    before = needles.found({**DOCUMENT, "clear": CLEAR}, folders=house)
    assert all(before.values()), "the search finds what lies there, else it proves nothing"

    verified(case)
    tasks.destroy_documents()

    after = needles.found({**DOCUMENT, "clear": CLEAR}, folders=house, texts=[caplog.text])
    assert {name: places for name, places in after.items() if places} == {"clear": {"blob mail-text"}}
    message.refresh_from_db()
    assert message.raw.sha256
    assert ASKS.split()[0] in vault.read(message.text).decode()
    assert {part.blob.destroyed_at is not None for part in message.parts.all()} == {True}


@pytest.mark.django_db(transaction=True)
def test_what_holds_a_card_and_a_register_number_are_gone_from_mail_note_and_event(house: list[Path]) -> None:
    number = b"85.07.30-033.28"
    inner, outer = EmailMessage(), EmailMessage()
    inner["Subject"], inner["From"] = "Ma carte", "Ada <ada@example.org>"
    inner.set_content("Voici un scan de ma carte d’identité.\n")
    inner.add_attachment(photograph(SMALL), maintype="image", subtype="jpeg", filename="carte identite.jpg")
    outer["From"], outer["To"] = "Ada <ada@example.org>", "vieprivee@assistool.com"
    outer["Subject"], outer["Message-ID"] = f"Mes données {number.decode()}", "<both@example.org>"
    outer.set_content(f"Je souhaite une copie de mes données. Mon numéro : {number.decode()}.\n")
    outer.add_attachment(b"NISS " + number, maintype="text", subtype="plain", filename="niss.txt")
    outer.add_attachment(inner)
    for name, member in (("carte-identite.zip", "scan.jpg"), ("carte identite.docx", "word/media/image1.jpeg")):
        outer.add_attachment(holding(member), maintype="application", subtype="octet-stream", filename=name)
    message = take_in(bytes(outer))
    assert message.case is not None
    case, officer = message.case, factories.actor("officer")
    Inspection.objects.update_or_create(message=message, defaults={"done_at": timezone.now()})
    services.confirm_claims(case.pk, rights=[Right.ACCESS], by=officer)
    services.add_note(case.pk, text=f"Au téléphone : {number.decode()}.", by=officer)
    wanted = {"photo": DOCUMENT["photo"], "number": number}
    before = needles.found(wanted, folders=house)

    verified(case)
    tasks.destroy_documents()

    assert before == {"photo": {"blob mail-raw", "blob mail-part"}, "number": {"blob mail-raw"}}
    assert [part.path for part in message.parts.all() if part.identity_document] == ["3", "3.2", "4", "5"]
    assert needles.found(wanted, folders=house) == {"photo": set(), "number": set()}


@pytest.mark.django_db(transaction=True)
def test_the_case_tells_each_document_once_with_its_digest(house: list[Path]) -> None:
    case, message = arrived()
    verified(case)

    tasks.destroy_documents()
    tasks.destroy_documents()

    lines = queries.history(case).filter(kind=EventKind.DOCUMENT_DESTROYED.value)
    told = [events.fields(line)["data"] for line in lines]
    assert sorted(one["sha256"] for one in told) == sorted(part.sha256 for part in message.parts.all())
    assert {one["destroyed"] for one in told} == {documents.DECIDED}
    assert events.verify(case.stream).intact


@pytest.mark.django_db(transaction=True)
def test_an_undecided_document_stays_thirty_days_and_a_hold_extends_nothing(house: list[Path]) -> None:
    case, message = arrived()
    Case.objects.filter(pk=case.pk).update(legal_hold=True)

    with time_machine.travel(message.received_at + timedelta(days=29, hours=23), tick=False):
        assert documents.sweep(timezone.now(), by=RETENTION) == 0
    with time_machine.travel(message.received_at + timedelta(days=30), tick=False):
        assert documents.sweep(timezone.now(), by=RETENTION) == message.parts.count()

    with pytest.raises(KeyGone):
        vault.read(message.raw)


@pytest.mark.django_db(transaction=True)
def test_a_document_that_is_still_to_be_compared_stays(house: list[Path]) -> None:
    case, _message = arrived()
    verified(case)
    officer = factories.actor("officer")
    services.take(case.pk, by=officer)
    services.deny_contact(case.pk, contact=on_file(case), text="It was not me.", by=officer)
    services.ask_identity(case.pk, doubt="Somebody at the contact on file says it was not them.", by=officer)

    assert documents.sweep(timezone.now(), by=RETENTION) == 0

    changing, _other = factories.confirmed((Right.RECTIFICATION,)), None
    services.announce_contact(
        changing.pk, kind=ContactKind.EMAIL, value="new@example.net", by=factories.actor("officer")
    )
    assert services.identity_is_wanting(factories.again(changing))


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_the_mail_goes_too_and_ordinary_attachments_stay(house: list[Path]) -> None:
    case, message = arrived()
    with vault.open_blob(message.raw) as raw:
        copy = take_in(raw.read())
    ordinary = message.parts.latest("position")
    MessagePart.objects.filter(pk=ordinary.pk).update(identity_document=False)
    verified(case)

    tasks.destroy_documents()

    assert copy.same_as_id == message.pk
    for row in (message, copy):
        row.raw.refresh_from_db()
        assert row.raw.destroyed_at is not None
    assert vault.read(ordinary.blob)


@pytest.mark.django_db(transaction=True)
def test_a_document_of_nobody_goes_when_its_time_is_over(house: list[Path]) -> None:
    case, message = arrived()
    InboundMessage.objects.filter(pk=message.pk).update(state="filed", case=None)

    with time_machine.travel(message.received_at + timedelta(days=31), tick=False):
        assert documents.sweep(timezone.now(), by=RETENTION) == message.parts.count()

    assert not queries.history(case).filter(kind=EventKind.DOCUMENT_DESTROYED.value).exists()


@pytest.mark.django_db(transaction=True)
def test_a_message_without_document_keeps_its_original(house: list[Path]) -> None:
    case, message = arrived(cards=False)
    verified(case)

    tasks.destroy_documents()

    assert CLEAR in vault.read(message.raw)
    assert intake.read_again(message).parsed.text


@pytest.mark.django_db
def test_nobody_destroys_by_hand(house: list[Path]) -> None:
    _case, message = arrived()

    with pytest.raises(NotPermitted):
        documents.destroy(message.parts.all()[0].pk, by=factories.actor("manager"))


def test_the_search_knows_the_spellings() -> None:
    needle = DOCUMENT["photo"]
    spelled = [
        needle,
        base64.b64encode(b"xy" + needle + b"z"),
        base64.encodebytes(b"a" * 70 + needle * 2),
        needle.decode().encode("utf-16-le"),
        packed(),
    ]

    forms = needles._spellings(needle)
    seen = [any(form in piece for piece in needles._opened(one, 0) for form in forms) for one in spelled]
    assert seen == [True, True, True, True, False]
