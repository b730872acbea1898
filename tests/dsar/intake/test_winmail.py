"""winmail.dat, packed here as Outlook packs it: what is in it becomes the mail's text and parts."""

import base64
import struct

import pytest
from compressed_rtf import compress

from dsar.intake import winmail
from dsar.intake.child import Limits, parse_in_child
from dsar.intake.parsing import ParsedMessage, parse

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20
TEXT, HTML, RTF = 0x1000, 0x1013, 0x1009
LONG_NAME, MIME_TAG, CONTENT_ID, OBJECT = 0x3707, 0x370E, 0x3712, 0x3701
A_MESSAGE = b"\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"


def attribute(level: int, name: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def mapi(values: dict[int, bytes | str]) -> bytes:
    """Properties: text as UTF-16, bytes as binary."""
    packed = [struct.pack("<I", len(values))]
    for name, value in values.items():
        kind, data = (0x1F, f"{value}\0".encode("utf-16-le")) if isinstance(value, str) else (0x0102, value)
        packed.append(struct.pack("<HHII", kind, name, 1, len(data)) + data + b"\0" * (-len(data) % 4))
    return b"".join(packed)


def attached(name: bytes, data: bytes, values: dict[int, bytes | str] | None = None) -> bytes:
    pieces = [attribute(2, 0x9002, bytes(14)), attribute(2, 0x8010, name + b"\0"), attribute(2, 0x800F, data)]
    return b"".join(pieces) + attribute(2, 0x9005, mapi(values or {}))


def tnef(values: dict[int, bytes | str], *files: bytes) -> bytes:
    head = b"\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x9006, struct.pack("<I", 0x10000))
    head += attribute(1, 0x9007, struct.pack("<II", 1252, 0))
    return head + attribute(1, 0x9003, mapi(values)) + b"".join(files)


def outlook(data: bytes, *, text: str = "", kind: str = "application/ms-tnef", name: str = "winmail.dat") -> bytes:
    lines = ["From: Ada <ada@example.org>", "Subject: Demande", "Message-ID: <1@example.org>", "MIME-Version: 1.0"]
    lines += ["Content-Type: multipart/mixed; boundary=cut", "", "--cut", "Content-Type: text/plain; charset=utf-8", ""]
    lines += [text, "--cut", f"Content-Type: {kind}; name={name}", "Content-Transfer-Encoding: base64", ""]
    return "\r\n".join([*lines, base64.encodebytes(data).decode(), "--cut--", ""]).encode()


def names(parsed: ParsedMessage) -> list[tuple[str, str, str]]:
    return [(part.path, part.content_type, part.filename) for part in parsed.parts]


ID = attached(b"CARTE~1.JPG", JPEG, {LONG_NAME: "carte d’identité.jpg", MIME_TAG: "image/jpeg", CONTENT_ID: "id@x"})


def test_files_become_parts_and_the_text_of_the_mail_stays() -> None:
    parsed = parse(outlook(tnef({TEXT: "autre texte"}, ID, attached(b"a.bin", b"\0\1\0")), text="Voici ma carte."))

    assert names(parsed) == [
        ("2.1", "image/jpeg", "carte d’identité.jpg"),
        ("2.2", "application/octet-stream", "a.bin"),
    ]
    assert [part.data for part in parsed.parts] == [JPEG, b"\0\1\0"]
    assert (parsed.parts[0].content_id, parsed.parts[0].inline) == ("id@x", True)
    assert (parsed.text, parsed.unreadable, parsed.defects) == ("Voici ma carte.", "", ("no_date",))


ASKED = "Je demande l’accès à mes données.\nAda"
BODIES = {
    "text": {TEXT: ASKED.replace("\n", "\r\n")},
    "html": {HTML: "<p>Je demande l’accès à mes données.<br>Ada</p>".encode()},
    "rich": {RTF: compress(rb"{\rtf1\ansi\ansicpg1252 Je demande l\'92acc\'e8s \u224\'e0 mes donn\'e9es.\par Ada}")},
}


@pytest.mark.parametrize("values", BODIES.values(), ids=BODIES)
def test_a_mail_that_says_all_in_winmail_is_read(values: dict[int, bytes | str]) -> None:
    parsed = parse(outlook(tnef(values, ID)))

    assert (parsed.text, parsed.unreadable) == (ASKED, "")
    assert [part.filename for part in parsed.parts] == ["carte d’identité.jpg"]


def test_a_message_in_it_is_opened_too() -> None:
    inner = tnef({TEXT: "Texte transmis"}, ID)
    outer = tnef({TEXT: "Voir ci-joint"}, attached(b"demande", b"", {OBJECT: A_MESSAGE + inner}))

    parsed = parse(outlook(outer))

    assert [(part.filename, part.text) for part in parsed.parts] == [
        ("demande.txt", "Texte transmis"),
        ("carte d’identité.jpg", ""),
    ]


@pytest.mark.parametrize("kind", ["application/vnd.ms-tnef", "application/octet-stream"])
def test_it_is_known_by_its_type_or_its_name(kind: str) -> None:
    assert len(parse(outlook(tnef({}, ID), text="x", kind=kind, name="WinMail.dat")).parts) == 1


SUBJECT = attribute(1, 0x8004, b"x" * 20)
BROKEN = {
    "not its format": b"hello",
    "cut": tnef({}, ID)[:-3000],
    "nothing behind the signature": b"\x78\x9f\x3e\x22\x01",
    "file without beginning": tnef({}, attribute(2, 0x8010, b"a\0" * 20)),
    "wrong codepage": tnef({}) + attribute(1, 0x9007, struct.pack("<II", 4_000_000_000, 0)) + SUBJECT,
}  # fmt: skip


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_opened_stays_an_attachment(data: bytes) -> None:
    parsed = parse(outlook(data, text="Voir annexe"))

    if winmail.opened(data) is None:
        assert [(part.filename, part.data) for part in parsed.parts] == [("winmail.dat", data)]
        assert "bad_winmail" in parsed.defects
    assert (parsed.text, parsed.unreadable) == ("Voir annexe", "")


def test_without_any_text_a_person_opens_it() -> None:
    assert parse(outlook(b"hello")).unreadable == "winmail"


def test_without_the_package_it_stays_an_attachment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(winmail, "TNEF", None)

    assert [part.filename for part in parse(outlook(tnef({}, ID), text="x")).parts] == ["winmail.dat"]


def test_many_small_objects_are_not_opened() -> None:
    """The package copies the rest of the file for each: that would take minutes."""
    data = tnef({}) + attribute(1, 0x8005, b"xxxxxxxxxxxxxx") * 200_000

    assert winmail.opened(data) is None


def test_more_files_than_a_mail_may_have_parts() -> None:
    parsed = parse(outlook(tnef({}, *[attached(b"a", b"")] * 501), text="x"))

    assert (parsed.unreadable, [part.filename for part in parsed.parts]) == ("too_many_parts", ["winmail.dat"])


def test_the_process_of_a_mail_can_open_it() -> None:
    raw = outlook(tnef(BODIES["rich"], ID))

    assert parse_in_child(raw, limits=Limits(cpu=30, wall=60)) == parse(raw)


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}Bonjour\par\tab x}", "Bonjour\n\tx"),
        (rb"{\fromhtml1{\*\htmltag <p>}\htmlrtf {\htmlrtf0 Oui\htmlrtf\par}\htmlrtf0{\*\htmltag </p>}Non}", "Oui\nNon"),
        (rb"{\rtf1\ansicpg1251 \'cf\'f0\'e8}", "При"),
        (rb"{\rtf1 \u8364?5 \{x\} a\~b \u-10179?\u-8704?}", "€5 {x} a\N{NO-BREAK SPACE}b 😀"),
        (rb"}}}{\rtf1 x\u55357", "x\N{REPLACEMENT CHARACTER}"),
        (rb"\u0 \ansicpg99999 \'80", "€"),
    ],
    ids=["groups", "hidden html", "codepage", "unicode", "broken", "unknown codepage"],
)  # fmt: skip
def test_rich_text_reads_as_text(rtf: bytes, text: str) -> None:
    assert winmail.rtf_text(rtf) == text
