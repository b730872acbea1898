"""PDFs and letters of a mail are opened by a process with limits: a bomb of a few kB costs seconds, not a worker."""

import io
import json
import time
import zipfile
from dataclasses import asdict
from email.message import EmailMessage
from unittest.mock import Mock

import pikepdf
import pytest

from dsar.intake import sheets
from dsar.intake.child import Gone
from dsar.intake.frames import BadFrame, sheet_from
from dsar.intake.measures import Sheet
from dsar.intake.parsing import ParsedMessage, parse
from dsar.intake.pdftext import read_pdf
from dsar.intake.reading import read
from dsar.intake.wordtext import read_word
from tests.dsar.intake.post import take_in
from workflow.states import Right

ASKS = "Je souhaite recevoir une copie de toutes mes données personnelles. Ada Lovelace"


def pdf(*, names: int = 1, pages: int = 1, table: bytes = b"", words: str = "Hello") -> bytes:
    """A file whose pages call one font by many names."""
    with pikepdf.new() as file:
        told = {"/Type": pikepdf.Name.Font, "/Subtype": pikepdf.Name.Type1, "/BaseFont": pikepdf.Name.Helvetica}
        if table:
            told["/ToUnicode"] = file.make_stream(table)
        font = file.make_indirect(pikepdf.Dictionary(told))
        fonts = file.make_indirect(pikepdf.Dictionary({f"/F{n}": font for n in range(names)}))
        for _ in range(pages):
            file.add_blank_page()
            page = file.pages[-1]
            page.obj.Resources = pikepdf.Dictionary(Font=fonts)
            page.obj.Contents = file.make_stream(b"BT /F0 12 Tf (" + words.encode("cp1252") + b") Tj ET")
        out = io.BytesIO()
        file.save(out, compress_streams=True)
        return out.getvalue()


def docx(markup: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", markup)
    return out.getvalue()


BOMB = pdf(names=100, pages=6, table=b"beginbfrange\n" + b"<0000><FFFF><41>\n" * 11_000 + b"endbfrange")
OPEN_BLOCKS = pdf(table=b"beginbfchar " * 16_000)
TAGS = docx("<" * 2_000_000)


def with_files(*files: tuple[str, bytes], text: str = "Voir ma lettre.") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ada <ada@example.org>", "vieprivee@assistool.com", "Lettre"
    message["Message-ID"] = "<one@example.org>"
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def opened(*files: tuple[str, bytes]) -> ParsedMessage:
    return sheets.opened(parse(with_files(*files)))


@pytest.mark.parametrize("data", [BOMB, OPEN_BLOCKS])
def test_a_font_is_read_once_and_its_letters_are_counted(data: bytes) -> None:
    begun = time.process_time()

    assert len(data) < 4_000
    read_pdf(data)
    assert time.process_time() - begun < 1.5


def test_a_file_of_opening_brackets_is_no_letter_and_costs_little() -> None:
    begun = time.process_time()

    read_word(TAGS)
    assert time.process_time() - begun < 1.5


def test_what_letters_say_is_read_as_before() -> None:
    table = b"beginbfrange\n<41><43><0061>\nendbfrange beginbfchar <44> <00650066> endbfchar"

    assert read_pdf(pdf(words=ASKS)).text == ASKS
    assert read_pdf(pdf(words="ABCD", table=table)).text == "abcef"
    assert read_word(docx(f"<w:p>{ASKS}</w:p><w:p>Ada &amp; Co</w:p>")).text == f"{ASKS}\nAda & Co\n"


def test_the_process_tells_what_each_file_says_and_the_reading_opens_none(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = opened(("a.pdf", pdf(words=ASKS)), ("notes.bin", b"1234"), ("b.docx", docx(f"<w:p>{ASKS}</w:p>")))
    monkeypatch.setattr("dsar.intake.papers.READERS", {})

    found = [part.sheet.text.strip() if part.sheet else None for part in mail.parts]
    assert (found, mail.unreadable) == ([ASKS, None, ASKS], "")
    assert read(mail).rights == (Right.ACCESS,)


def test_what_was_read_before_a_file_over_the_limit_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    first = json.dumps(asdict(Sheet(ASKS))).encode() + b"\n"
    monkeypatch.setattr(sheets._pool, "ask", lambda data, limits: (-9, first + b'{"text": "cut', None))

    mail = opened(("a.pdf", pdf(words=ASKS)), ("b.docx", TAGS))

    assert mail.unreadable == "attachment_timeout"
    assert [part.sheet.text for part in mail.parts if part.sheet] == [ASKS, ""]


@pytest.mark.parametrize(
    ("ended", "why"),
    [
        ((3, b"", None), "attachment_out_of_memory"),
        ((-9, b"", None), "attachment_timeout"),
        ((1, b"", None), "attachment_parser_failed"),
    ],
)
def test_a_process_that_dies_leaves_the_mail_to_a_person(
    ended: object, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets._pool, "ask", lambda data, limits: ended)

    mail = opened(("a.pdf", pdf(words=ASKS)))

    assert (mail.unreadable, mail.text.strip(), mail.parts[0].sheet) == (why, "Voir ma lettre.", Sheet())


def test_a_server_that_is_gone_or_too_slow_leaves_it_to_a_person_too(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for failure in (Gone(), TimeoutError()):
        monkeypatch.setattr(sheets._pool, "ask", Mock(side_effect=failure))
        told.append(opened(("a.pdf", pdf(words=ASKS))).unreadable)

    assert told == ["attachment_parser_failed", "attachment_timeout"]


@pytest.mark.parametrize("answer", [None, [], {"text": 1}, {"text": "", "pictures": [["x"]], "inside": []}])
def test_an_answer_that_is_none_is_refused(answer: object) -> None:
    with pytest.raises(BadFrame):
        sheet_from(answer)


@pytest.mark.usefixtures("installed")
def test_a_mail_with_bombs_is_taken_in_without_waiting_for_them() -> None:
    files = [(f"{n}.docx", TAGS) for n in range(19)]
    begun = time.process_time()

    message = take_in(with_files(("lettre.pdf", BOMB), *files, text=f"Bonjour,\n\n{ASKS}"))
    assert message.case is not None
    assert set(message.case.claims.values_list("right", flat=True)) == {"access"}
    assert time.process_time() - begun < 10
