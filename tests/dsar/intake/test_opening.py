"""A stranger's attachments: opened by a process that may die of them, within what one mail may take."""

import base64
import io
import json
import zipfile
import zlib
from email.message import EmailMessage

import pikepdf
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.management import call_command
from pikepdf import Array, Dictionary, Name, Stream

from dsar.intake import papers, services, sheets, tasks
from dsar.intake.measures import Sheet
from dsar.intake.models import InboundMessage
from dsar.intake.parsing import parse
from dsar.intake.pdftext import read_pdf
from dsar.intake.room import Overdrawn, Room, inflated, swell
from dsar.intake.sheet_process import pack, read_sheets
from dsar.intake.wordtext import read_word
from notifications.models import Thread
from tests.dsar.intake.post import take_in

ASKS = "Bonjour, je souhaite recevoir une copie de toutes mes donnees personnelles."
SPELLS = b"beginbfrange\n<20><7E><0020>\nendbfrange"
# Sixty-five thousand letters in seventeen signs, eleven thousand times.
EXPANDS = b"beginbfrange\n" + b"<0000><FFFF><41>\n" * 11_000 + b"endbfrange"


def letter(
    text: str = ASKS,
    *,
    table: bytes = SPELLS,
    packed: tuple[Name, ...] = (),
    names: int = 1,
    pages: int = 1,
    content: bytes = b"",
) -> bytes:
    """A PDF that says so, in one font under many names, on many pages; its table said to be packed in such ways."""
    pdf, out = pikepdf.new(), io.BytesIO()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font.ToUnicode = pdf.make_stream(table)
    if packed:
        font.ToUnicode.Filter = packed[0] if len(packed) == 1 else Array(packed)
    shared = pdf.make_indirect(Dictionary({f"/F{number}": pdf.make_indirect(font) for number in range(1)}))
    for number in range(1, names):
        shared[f"/F{number}"] = shared["/F0"]
    lines = content or b"BT " + b" ".join(b"/F%d 12 Tf" % number for number in range(names))
    drawn = pdf.make_stream(lines if content else lines + b" (" + text.encode() + b") Tj ET")
    for _ in range(pages):
        pdf.add_blank_page()
        pdf.pages[-1].obj.Resources = Dictionary(Font=shared)
        pdf.pages[-1].obj.Contents = drawn
    pdf.save(out, compress_streams=not packed, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def word(markup: bytes, *, way: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        archive.writestr("word/document.xml", markup)
    return out.getvalue()


def mail(*files: tuple[str, bytes], text: str = "Voir ma lettre.\n\nAda Lovelace\n") -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Ada <ada@example.org>", "vieprivee@assistool.com"
    message["Subject"], message["Message-ID"] = "Demande", "<one@example.org>"
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


# -- within the room ---------------------------------------------------------------------------


def test_a_table_is_read_once_whatever_its_font_is_called_and_on_how_many_pages() -> None:
    room = Room()

    sheet = read_pdf(letter(names=100, pages=6), room)

    assert sheet.text.splitlines()[0] == ASKS
    assert not sheet.refused
    assert Room().letters - room.letters <= 0x7E - 0x20 + 2


def test_a_table_of_millions_of_letters_is_refused_after_so_many() -> None:
    room = Room()

    assert read_pdf(letter(table=EXPANDS, names=100, pages=6), room).refused
    assert room.letters == -1


def test_a_table_without_an_end_is_looked_through_once() -> None:
    assert read_pdf(letter(table=b"beginbfchar " * 80_000)).text == ""


def test_all_letters_of_a_mail_share_one_room() -> None:
    parsed = parse(mail(*[(f"lettre{number}.pdf", letter(table=EXPANDS)) for number in range(3)], ("a.pdf", letter())))
    job, out = pack(list(parsed.parts)), io.BytesIO()

    read_sheets(Both(job, out), len(job))

    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(one["refused"], one["text"]) for one in told] == [(True, "")] * 4


class Both(io.BytesIO):
    """A stream that is read here and written there."""

    def __init__(self, read: bytes, out: io.BytesIO) -> None:
        super().__init__(read)
        self._out = out

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self._out.write(data)


def test_a_mail_with_more_letters_than_are_opened_is_one_to_look_at() -> None:
    parsed = sheets.opened(parse(mail(*[(f"brief{number}.docx", word(b"<w:p>Ja</w:p>")) for number in range(21)])))

    assert [part.sheet.text.strip() for part in parsed.parts if part.sheet] == ["Ja"] * 20 + [""]
    assert parsed.unreadable == "attachment_refused"


@pytest.mark.parametrize(
    ("table", "packed"),
    [
        (b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", (Name.LZWDecode,)),
        (b"\x81\x20" * 1000, (Name.RunLengthDecode,)),
        (zlib.compress(zlib.compress(SPELLS)), (Name.FlateDecode, Name.FlateDecode)),
        (b"<7e>", (Name.ASCIIHexDecode, Name.FlateDecode)),
    ],
    ids=["LZW", "run length", "twice", "hexadecimal"],
)
def test_what_is_packed_in_a_way_that_may_swell_is_never_unpacked(table: bytes, packed: tuple[Name, ...]) -> None:
    assert read_pdf(letter(table=table, packed=packed)) == Sheet(refused=True)


def test_the_lists_of_objects_are_packed_with_flate_or_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    spoilt = b"%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /LZWDecode /Length 9 >>\nstream\n0123456789"
    monkeypatch.setattr(pikepdf, "open", lambda _data: pytest.fail("the library unpacks without a limit"))

    assert read_pdf(spoilt + letter()) == Sheet(refused=True)


def test_a_letter_packed_as_letters_is_read_and_a_bomb_in_it_is_not() -> None:
    def drawn(content: bytes) -> bytes:
        pdf, out = pikepdf.new(), io.BytesIO()
        pdf.add_blank_page()
        stream = Stream(pdf, base64.a85encode(zlib.compress(content)) + b"~>")
        stream.Filter = Array([Name.ASCII85Decode, Name.FlateDecode])
        pdf.pages[0].obj.Contents = pdf.make_indirect(stream)
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out.getvalue()

    assert read_pdf(drawn(b"BT /F0 12 Tf (" + ASKS.encode() + b") Tj ET")).text == ASKS
    assert read_pdf(drawn(b" " * 40_000_000)).refused


def test_the_pages_of_a_mail_are_taken_apart_up_to_so_many_bytes() -> None:
    room = Room()
    data = letter(content=b"()Tj " * 190_000, pages=6)

    assert read_pdf(data, room).refused
    assert room.written < 0
    assert Room().written - room.written <= 5_000_000


def test_a_word_file_is_read_in_proportion_to_its_text() -> None:
    room, brackets = Room(), word(b"<" * 1_500_000)

    sheets_of_it = [read_word(brackets, room) for _ in range(3)]

    assert [sheet.refused for sheet in sheets_of_it] == [False, False, True]
    assert Room().written - room.written == 3 * 1_500_000


def test_a_word_file_packed_in_a_way_that_takes_memory_stays_shut() -> None:
    assert read_word(word(b"<w:p>Je demande</w:p>")) == Sheet("Je demande\n")
    assert read_word(word(b"<w:p>Je demande</w:p>", way=zipfile.ZIP_LZMA)) == Sheet(refused=True)


@pytest.mark.parametrize("reader", [read_pdf, read_word])
def test_running_out_of_memory_ends_the_process_and_is_not_taken_for_an_empty_letter(
    reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: object) -> None:
        raise MemoryError

    monkeypatch.setattr(pikepdf, "open", full)
    monkeypatch.setattr(zipfile, "ZipFile", full)

    with pytest.raises(MemoryError):
        reader(letter() if reader is read_pdf else b"PK")


def test_what_is_fed_to_zlib_counts_like_what_comes_out() -> None:
    nothing = b"\x78\x9c" + b"\x00\x00\x00\xff\xff" * 100_000  # blocks of no bytes at all
    room = Room(unpacked=200_000)

    with pytest.raises(Overdrawn):
        swell(nothing, 10**9, room)
    assert inflated(zlib.compress(b"a" * 9000), 10_000, Room()) == b"a" * 9000


# -- the process that opens them ---------------------------------------------------------------


def test_letters_that_are_no_text_come_back_as_text() -> None:
    raw = mail(("lettre.pdf", letter(table=b"beginbfrange <20><7E><D800> endbfrange")))

    (part,) = sheets.opened(parse(raw)).parts

    assert part.sheet is not None
    assert part.sheet.text.encode().decode() == part.sheet.text == "?" * len(ASKS)


@pytest.fixture
def shut_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a stranger's file is opened in this process, a worker's."""
    monkeypatch.setattr(papers, "READERS", {})
    monkeypatch.setattr(pikepdf, "open", lambda _file: pytest.fail("a worker opens an attachment"))


@pytest.mark.django_db
@pytest.mark.usefixtures("installed", "shut_here")
def test_a_worker_reads_a_request_in_an_attachment_without_opening_it() -> None:
    message = take_in(mail(("lettre.pdf", letter())))

    assert message.case is not None
    assert [claim.right for claim in message.case.claims.all()] == ["access"]
    assert message.unreadable == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("installed", "shut_here")
def test_a_mail_with_a_refused_letter_is_kept_whole_flagged_and_acknowledged() -> None:
    raw = mail(("lettre.pdf", letter(table=EXPANDS, names=100, pages=6)), text=f"{ASKS}\n\nAda Lovelace\n")

    message = take_in(raw)

    case = message.case
    assert case is not None
    assert (message.unreadable, case.unreadable, message.attempts) == ("attachment_refused", True, 1)
    assert [claim.right for claim in case.claims.all()] == ["access"]
    assert message.parts.count() == 1
    assert Thread.objects.get(case=case).acknowledge


@pytest.mark.usefixtures("shut_here")
def test_the_command_opens_nothing_itself(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mail.eml"
    file.write_bytes(mail(("a.pdf", letter(table=EXPANDS)), ("b.pdf", letter())))

    call_command("read", str(file), "--json")

    assert json.loads(capsys.readouterr().out)["sender"] == "ada@example.org"


@pytest.mark.django_db
@pytest.mark.parametrize("sweep", [tasks.sweep, tasks.inspect])
def test_a_task_that_ran_out_of_time_ends(sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(_id: int) -> None:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(services, "waiting", lambda: [1, 2])
    monkeypatch.setattr(services, "process", late)
    monkeypatch.setattr(tasks.inspecting, "due", lambda: [1, 2])
    monkeypatch.setattr(tasks.inspecting, "inspect", late)

    with pytest.raises(SoftTimeLimitExceeded):
        sweep()
    assert not InboundMessage.objects.exists()
