"""Letters that are only a picture: read in a job of their own, where this machine can, and said where it cannot."""

import io
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from PIL import Image, ImageDraw, ImageFont

from dsar.intake import moving, ocr, recognising, tasks
from dsar.intake.models import InboundMessage, MessagePart, Recognition
from dsar.vault import services as vault
from dsar.vault.models import Blob
from notifications import services as post_office
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import take_in
from tests.dsar.intake.test_pictures import bomb, picture
from tests.fakes import tesseract
from workflow import queries
from workflow import services as workflow
from workflow.models import Case
from workflow.states import EventKind, Right

pytestmark = pytest.mark.usefixtures("installed")

LETTER = """Bruxelles, le 1er f\u00e9vrier 2027

Madame, Monsieur,

Je vous demande de supprimer toutes mes donn\u00e9es personnelles.
Mon num\u00e9ro national est le 85.07.30-033.28.

Ada Lovelace"""
PASSPORT = """Royaume de Belgique
P<BELLOVELACE<<ADA<<<<<<<<<<<<<<<<<<<<<<<<<<
EM12345678BEL8507301F3007309850730033280<<84"""
FONT = Path(__file__).parents[3] / "dsar" / "paper" / "fonts" / "Inter-Regular.otf"
Reads = Callable[..., None]


@pytest.fixture
def reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reads]:
    """Installs a program that reads this text in every picture; ocr forgets what it knew."""

    def install(says: str, **more: Any) -> None:
        monkeypatch.setenv("PATH", tesseract.install(tmp_path, says, **more))
        ocr.tesseract.cache_clear()

    yield install
    ocr.tesseract.cache_clear()


@pytest.fixture
def no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr.tesseract.cache_clear()
    yield
    ocr.tesseract.cache_clear()


def scanned(*pages: Image.Image) -> bytes:
    """A PDF whose pages are one picture each, as a copier makes it."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=list(pages[1:]), resolution=150)
    return out.getvalue()


def sheet(text: str = "") -> Image.Image:
    """An A4 page of 150 dots an inch."""
    page = Image.new("L", (1240, 1754), "white")
    ImageDraw.Draw(page).multiline_text((120, 150), text, fill="black", font=ImageFont.truetype(FONT, 30), spacing=14)
    return page


def with_file(
    data: bytes, name: str = "lettre.pdf", kind: str = "application/pdf", text: str = "Bonjour, voir ma lettre jointe."
) -> InboundMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ada <ada@example.org>", "vieprivee@assistool.com", "Demande"
    message["Message-ID"] = f"<{name}@example.org>"
    message.set_content(text + "\n")
    main, sub = kind.split("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return take_in(bytes(message))


def has_osd() -> bool:
    found = ocr.tesseract()
    return found is not None and "osd" in found.packs


def case_of(message: InboundMessage) -> Case:
    assert message.case is not None
    return Case.objects.get(pk=message.case_id)


def rights(message: InboundMessage) -> set[str]:
    return set(case_of(message).claims.values_list("right", flat=True))


def outcome() -> str:
    return Recognition.objects.get().outcome


def kept() -> str:
    text = Recognition.objects.get().text
    assert text is not None
    return vault.read(text).decode()


def all_plaintext() -> str:
    """Everything that was sealed, but the files as they came."""
    return "".join(
        vault.read(blob).decode("utf-8", "replace")
        for blob in Blob.objects.exclude(kind__in=["mail-raw", "mail-part"])
        if blob.destroyed_at is None and storage_has(blob)
    )


def storage_has(blob: Blob) -> bool:
    return vault.storage().exists(blob.name)


# -- what is a picture ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "kind", "is_one"),
    [
        (scanned(sheet()), "lettre.pdf", "application/pdf", True),
        (picture("JPEG", (1600, 2200)), "IMG_0034.jpg", "image/jpeg", True),
        (picture("JPEG", (640, 404)), "IMG_1.jpg", "image/jpeg", True),
        (picture("JPEG", (640, 420)), "IMG_2.jpg", "image/jpeg", False),
        (picture("PNG", (120, 60)), "x.png", "image/png", False),
        (picture("PNG", (900, 700)), "logo.png", "image/png", False),
        (b"Bonjour", "lettre.txt", "text/plain", False),
    ],
    ids=["scan", "photograph", "a card", "no card", "small", "logo", "text"],
)
def test_what_is_only_a_picture_is_known_at_once(data: bytes, name: str, kind: str, is_one: bool) -> None:
    message = with_file(data, name, kind)

    assert message.parts.get().only_a_picture is is_one
    assert recognising.due() == ([message.parts.get().pk] if is_one else [])


def test_an_identity_document_is_not_read_at_all(reads: Reads) -> None:
    reads(LETTER)
    out = io.BytesIO()
    Image.effect_noise((1712, 1080), 60).save(out, "JPEG")
    asks = "Bonjour, je voudrais une copie de toutes mes données. Voici ma carte d’identité."
    message = with_file(out.getvalue(), "carte identite recto.jpg", "image/jpeg", text=asks)

    tasks.recognise()

    assert message.parts.get().identity_document
    assert not Recognition.objects.exists()


# -- with the program -------------------------------------------------------------------------------------


def test_what_is_read_becomes_a_proposal_of_the_case_and_is_told_in_its_history(reads: Reads) -> None:
    reads(LETTER)
    message = with_file(scanned(sheet()))
    before = rights(message)

    tasks.recognise()

    events = [event.kind for event in queries.history(case_of(message))]
    assert (before, rights(message), outcome()) == (set(), {"erasure"}, "read")
    assert events == [EventKind.CASE_RECEIVED, EventKind.MESSAGE_REREAD]
    assert Recognition.objects.get().text.holder == case_of(message).uuid  # type: ignore[union-attr]
    assert recognising.due() == []


def test_the_acknowledgement_waits_for_nobody_to_read(reads: Reads) -> None:
    reads(LETTER)
    with_file(scanned(sheet()))

    post_office.sweep_pending()
    before = list(Notification.objects.values_list("letter", flat=True))
    tasks.recognise()
    post_office.sweep_pending()

    assert (before, list(Notification.objects.values_list("letter", flat=True))) == (["M01"], ["M01"])


def test_rights_that_were_confirmed_stay_and_the_new_one_is_a_proposal(reads: Reads) -> None:
    reads(LETTER)
    message = with_file(scanned(sheet()))
    workflow.confirm_claims(case_of(message).pk, rights=[Right.ACCESS], by=factories.actor("officer"))

    tasks.recognise()

    assert set(case_of(message).claims.values_list("right", "confirmed")) == {("access", True), ("erasure", False)}


def test_a_register_number_is_hidden_before_anything_is_kept(reads: Reads) -> None:
    reads(LETTER.replace("85.07.30-033.28", "85.O7.3O - 033.29"))
    with_file(scanned(sheet()))

    tasks.recognise()

    assert "supprimer toutes" in kept()
    assert "033" not in all_plaintext()


@pytest.mark.parametrize(
    "says",
    [
        PASSPORT,
        "IDBEL590330101085<<<<<<<<<<<<<\n8502117F1807278BEL850211002004\nROOD<<CATHERINE<<<<<<<<<<<<<<<",
        "I0BEL59O33O1O1O85<<<<\n85O2117F18O7278BEL",
        "BELGIE BELGIQUE BELGIEN IDENTITEITSKAART CARTE D'IDENTITE Naam Nom Lovelace Voornamen Pr\u00e9noms Ada "
        "Geslacht Sexe F Nationaliteit Belg Geboortedatum 30 07 1985",
    ],
    ids=["passport", "card", "misread", "front"],
)
def test_of_an_identity_document_no_word_is_kept(says: str, reads: Reads) -> None:
    reads(f"{says}\n")
    message = with_file(scanned(sheet()), "document.pdf")

    tasks.recognise()

    assert (outcome(), message.parts.get().identity_document, rights(message)) == ("identity", True, set())
    assert "BEL" not in all_plaintext()
    assert Recognition.objects.get().text is None


@pytest.mark.parametrize("says", ["", "~ | . ,, 3 %% $$ (( )) \u00ac = + 1 2 3 4 5 6 7 8 ; : / * a b"])
def test_noise_is_no_text(says: str, reads: Reads) -> None:
    reads(says)
    message = with_file(picture("JPEG", (1600, 1200)), "IMG_0034.jpg", "image/jpeg")

    tasks.recognise()

    assert (outcome(), rights(message)) == ("nothing", set())


def test_what_moved_to_another_case_is_read_there_and_proposes_nothing_here(reads: Reads) -> None:
    reads(LETTER)
    message = with_file(scanned(sheet()))
    other = factories.received(person_email="bob@example.org")
    moving.move_part(message.parts.get().pk, to=other, reason="Autre personne", by=factories.actor("officer"))

    tasks.recognise()

    text = Recognition.objects.get().text
    assert text is not None
    assert (text.holder, rights(message)) == (other.uuid, set())


def test_the_text_moves_with_its_part(reads: Reads) -> None:
    reads(LETTER)
    message = with_file(scanned(sheet()))
    other = factories.received(person_email="bob@example.org")
    tasks.recognise()

    moving.move_part(message.parts.get().pk, to=other, reason="Autre personne", by=factories.actor("officer"))

    text = Recognition.objects.get().text
    assert text is not None
    assert text.holder == other.uuid


def test_two_pages_are_read_and_one_picture_at_a_time(reads: Reads) -> None:
    reads(LETTER)
    with_file(scanned(sheet(), sheet()))
    with_file(scanned(sheet()), "deux.pdf")

    tasks.recognise()

    assert Recognition.objects.count() == 1
    assert kept().count("Ada Lovelace") == 2
    Recognition.objects.update(outcome="", done_at=None, text=None, leased_until="2099-01-01T00:00Z")
    tasks.recognise()
    assert Recognition.objects.count() == 1


# -- without it, or when it fails -------------------------------------------------------------------------


def test_without_the_program_the_part_is_marked_and_read_once_it_is_there(no_program: None, reads: Reads) -> None:
    message = with_file(scanned(sheet()))
    ocr.tesseract.cache_clear()

    tasks.recognise()
    marked = outcome()
    idle = recognising.due()
    reads(LETTER)
    tasks.recognise()

    assert (marked, idle, outcome(), rights(message)) == ("not_here", [], "read", {"erasure"})


def test_without_the_pack_of_the_language_it_is_not_read_in_another(reads: Reads) -> None:
    reads(LETTER, packs=("nld",))
    with_file(scanned(sheet()))

    tasks.recognise()

    assert (outcome(), ocr.languages()) == ("not_here", frozenset({"nl"}))


def test_a_program_that_never_ends_is_killed_and_tried_three_times(
    reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads(LETTER, busy=True)
    monkeypatch.setattr(ocr, "_SECONDS", 1)
    with_file(scanned(sheet()))

    seen = []
    for _ in range(3):
        tasks.recognise()
        Recognition.objects.update(next_try_at=None)
        seen.append(outcome())

    assert seen == ["", "", "failed"]


def test_a_file_that_holds_no_page_says_so(reads: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(LETTER)
    message = with_file(picture("PNG", (900, 1200)), "IMG_1.png", "image/png")
    part = message.parts.get()
    MessagePart.objects.filter(pk=part.pk).update(blob=vault.put(bomb(), kind="mail-part", holder=part.blob.holder))
    Recognition.objects.create(part=part, attempts=2)

    tasks.recognise()

    assert outcome() in {"nothing", "failed"}


def test_a_locked_pdf_harms_nothing(reads: Reads) -> None:
    reads(LETTER)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(scanned(sheet()))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user="y"))
    message = with_file(out.getvalue())

    tasks.recognise()

    assert message.state == "opened"
    assert rights(message) == set()


@pytest.mark.parametrize("values", [{"outcome": "maybe"}, {"outcome": "nothing"}, {"done_at": "2027-02-01T10:00Z"}])
def test_the_database_knows_the_rules(values: dict[str, str]) -> None:
    row = Recognition.objects.create(part=with_file(scanned(sheet())).parts.get())

    with pytest.raises(IntegrityError), transaction.atomic():
        Recognition.objects.filter(pk=row.pk).update(**values)


# -- by the real one --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["scan", "photograph", "upside down"])
def test_tesseract_itself_reads_a_letter(form: str) -> None:
    ocr.tesseract.cache_clear()
    if "fr" not in ocr.languages():
        pytest.skip("Tesseract with its French pack is not installed here: `make test-services` installs it.")
    page = sheet(LETTER)
    if form == "scan":
        message = with_file(scanned(page))
    else:
        out = io.BytesIO()
        page.rotate(180 if form == "upside down" and has_osd() else 0).save(out, "JPEG", quality=80)
        message = with_file(out.getvalue(), "IMG_0034.jpg", "image/jpeg")

    tasks.recognise()

    assert (outcome(), rights(message)) == ("read", {"erasure"})
    assert "supprimer toutes mes données personnelles" in kept()
    assert "033" not in kept()
