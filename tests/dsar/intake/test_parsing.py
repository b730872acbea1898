"""Reading mail as people send it: the development set, charsets, bodies, attachments."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dsar.intake.file_types import kind_of
from dsar.intake.parsing import ParsedMessage, parse
from tests.dsar.identity import chain

SIGNER = chain.signer()
MAILS = Path(__file__).parents[2] / "mails"
LABELS = [json.loads(line) for line in (MAILS / "labels.jsonl").read_text(encoding="utf-8").splitlines()]


def mail(body: bytes = b"Bonjour", *headers: bytes, content_type: bytes = b"text/plain; charset=utf-8") -> bytes:
    head = [b"From: Ada <ada@example.org>", b"Subject: Demande", b"Message-ID: <1@example.org>", *headers]
    return b"\r\n".join([*head, b"MIME-Version: 1.0", b"Content-Type: " + content_type, b"", body])


def multipart(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"
    return mail(body, content_type=b"multipart/" + kind + b"; boundary=cut")


def the_mail(number: int) -> ParsedMessage:
    return parse((MAILS / f"{number:03}.eml").read_bytes())


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label["file"])
def test_development_mail_has_the_labelled_sender_and_instant(label):
    parsed = parse((MAILS / label["file"]).read_bytes())

    assert parsed.sender is not None
    assert parsed.sender.address == label["sender"]
    assert parsed.received[0].at == datetime.fromisoformat(label["received_at"])
    assert parsed.unreadable == ""
    assert parsed.text.strip() or parsed.subject


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (4, ["eID voorkant.jpg", "eID achterkant.jpg"]),
        (7, ["carte identité recto.jpg"]),
        (15, ["uittreksel geboorteakte (Coëlho).pdf"]),
        (20, ["attestation de résidence.pdf"]),
        (29, ["Demande d'effacement - Leroisse.pdf", "CI_recto.png"]),
        (83, ["CV Emma Claeskens – 2026.pdf"]),
        (86, ["Questionnaire sécurité.pdf"]),
    ],
)
def test_attachment_names_are_read_however_they_are_encoded(number, names):
    assert [part.filename for part in the_mail(number).parts] == names


def test_raw_latin_1_without_any_mime_header_is_read():
    parsed = the_mail(96)

    assert "hat sich geändert" in parsed.text
    assert parsed.defects == ("no_charset",)


def test_attached_message_is_a_part_with_its_text_and_its_own_attachments_follow():
    raw = (MAILS / "078.eml").read_bytes()

    message, picture = parse(raw).parts

    assert (message.content_type, message.filename) == ("message/rfc822", "Copy of my data.eml")
    assert "Could I have a copy of all the personal data" in message.text
    assert message.data in raw
    assert (picture.path, picture.filename) == ("2.2", "id.jpg")
    assert picture.data.startswith(b"\xff\xd8")
    assert picture.sha256 == hashlib.sha256(picture.data).hexdigest()
    assert picture.size == len(picture.data)


def test_delivery_report_keeps_status_and_returned_message_as_parts():
    status, returned = the_mail(70).parts

    assert status.content_type == "message/delivery-status"
    assert "Final-Recipient" in status.text
    assert returned.filename == "Nous avons bien reçu votre demande – DSR-2026-0069.eml"


def test_signed_mail_keeps_text_and_signature():
    parsed = the_mail(62)

    assert parsed.signed
    assert "Löschung" in parsed.subject
    assert [part.safe_name for part in parsed.parts] == ["smime.p7s"]


def test_inline_logo_is_inline_and_html_is_text_too():
    parsed = the_mail(47)

    assert [(part.filename, part.inline) for part in parsed.parts] == [("logo.png", True)]
    assert parsed.parts[0].content_id == "logo1@refuge.example.org"


@pytest.mark.parametrize(
    ("charset", "data", "text", "defect"),
    [
        (b"utf-8", "é".encode(), "é", ""),
        (b"iso-8859-1", b"\x80 \xe9", "€ é", ""),
        (b"iso-8859-1", "é".encode(), "é", "wrong_charset"),
        (b"us-ascii", b"\xe9t\xe9", "été", ""),
        (b"utf-8", b"\xe9t\xe9", "été", "wrong_charset"),
        (b"klingon", b"\xe9t\xe9", "été", "unknown_charset"),
        (b"rot13", b"Bonjour", "Bonjour", "unknown_charset"),
        (b"punycode", b"a-b", "a-b", "unknown_charset"),
        (b"gb2312", "数据".encode("gb18030"), "数据", ""),
        (b"utf-16", "é".encode("utf-16"), "é", ""),
        (b"utf-7", b"+2AA-x", "\ufffdx", ""),
        (b"utf-8", b"a\0b", "ab", "nul"),
        (b'""', "é".encode(), "é", ""),
    ],
)
def test_charset_is_mended_and_the_mending_named(charset, data, text, defect):
    parsed = parse(mail(data, content_type=b"text/plain; charset=" + charset))

    assert parsed.text == text
    assert (set(parsed.defects) - {"no_date"}) == ({defect} - {""})


def test_utf_8_with_one_broken_byte_stays_utf_8():
    parsed = parse(mail("Données à caractère privé".encode() + b"\xff"))

    assert parsed.text == "Données à caractère privé\ufffd"


@pytest.mark.parametrize(
    ("encoding", "data", "expected", "defect"),
    [
        (b"base64", b"Qm9uam91cg==", "Bonjour", ""),
        (b"BASE64", b"Qm9u\r\nam91\r\ncg", "Bonjour", ""),
        (b"base64", b"Qm9u!am91cg==", "Bonjour", "bad_base64"),
        (b"base64", b"Qm9uam91cg==\r\nIQ==", "Bonjour!", ""),
        (b"base64", b"w6k= ignored", "é", "bad_base64"),
        (b"base64", b"\xff\xff", "ÿÿ", "bad_base64"),
        (b"quoted-printable", b"Bon=\r\njour =C3=A9 =ZZ", "Bonjour é =ZZ", ""),
        (b"x-uuencode", b"begin 644 a\n'0F]N:F]U<@\n`\nend\n", "Bonjour", ""),
        (b"zip", b"Bonjour", "Bonjour", "unknown_transfer_encoding"),
    ],
)
def test_transfer_encoding_is_undone_tolerantly(encoding, data, expected, defect):
    parsed = parse(mail(data, b"Content-Transfer-Encoding: " + encoding))

    assert parsed.text == expected
    assert not defect or defect in parsed.defects


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (b"=?utf-8?Q?Donn=C3=A9es?= =?utf-8?Q?_=C3=A0_effacer?=", "Données à effacer"),
        (b"=?utf-8?B?w6k=?=x", "éx"),
        (b"=?utf-8?B?ww==?= =?utf-8?B?qQ==?=", "é"),
        (b"=?iso-8859-1*fr?Q?=E9?=", "é"),
        (b"=?nope?Q?=E9?=", "é"),
        (b"\xc3\xa9 brut", "é brut"),
        (b"\xe9 brut", "é brut"),
        (b"=?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        (b"un\r\n deux", "un deux"),
        (b"=?utf-8?Q?ouvert", "=?utf-8?Q?ouvert"),
        (b"=?utf-8?Z?x?= =?", "=?utf-8?Z?x?= =?"),
    ],
)
def test_subject_is_one_decoded_line(subject, text):
    assert parse(b"Subject: " + subject + b"\r\n\r\nx").subject == text


def test_alternative_gives_the_plain_text_and_keeps_the_html():
    raw = multipart(b"alternative", b"\r\nBonjour", b"Content-Type: text/html\r\n\r\n<p>Bonjour <b>!</b></p>")

    parsed = parse(raw)

    assert (parsed.text, parsed.html, parsed.parts) == ("Bonjour", "<p>Bonjour <b>!</b></p>", ())


def test_alternative_with_blank_plain_text_is_read_from_the_html():
    raw = multipart(b"alternative", b"\r\n \r\n", b"Content-Type: text/html\r\n\r\n<p>Effacez tout</p>")

    assert parse(raw).text == "Effacez tout"


def test_text_after_a_picture_is_still_the_writers_text():
    raw = multipart(b"mixed", b"\r\nAvant", b"Content-Type: image/png\r\n\r\nx", b"\r\nApr\xc3\xa8s")

    parsed = parse(raw)

    assert parsed.text == "Avant\n\nAprès"
    assert [part.content_type for part in parsed.parts] == ["image/png"]


def test_only_text_with_a_file_name_is_the_body():
    raw = multipart(b"mixed", b"Content-Type: text/plain; name=lettre.txt\r\n\r\nJe demande")

    assert parse(raw).text == "Je demande"


def test_attached_text_is_a_part_and_not_the_body():
    raw = multipart(b"mixed", b"\r\nVoir annexe", b"Content-Disposition: attachment; filename=a.txt\r\n\r\nannexe")

    parsed = parse(raw)

    assert parsed.text == "Voir annexe"
    assert [(part.filename, part.text) for part in parsed.parts] == [("a.txt", "annexe")]


@pytest.mark.parametrize("kind", ["application/ms-tnef", "text/calendar", "application/pgp-encrypted"])
def test_foreign_formats_are_kept_as_parts(kind):
    raw = multipart(b"mixed", b"\r\nTexte", b"Content-Type: " + kind.encode() + b"\r\n\r\ndata")

    assert [(part.content_type, part.data) for part in parse(raw).parts] == [(kind, b"data")]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (mail(b"\x30\x80", content_type=b"application/pkcs7-mime; name=smime.p7m"), "encrypted"),
        (mail(b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQ\r\n"), "encrypted"),
        (multipart(b"mixed", b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx"), "winmail"),
        (b"Subject: \r\nFrom: a@b.example\r\n\r\n", "empty"),
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"just some words\r\n", "not_mail"),
    ],
)
def test_what_a_person_must_read_says_why(raw, code):
    assert parse(raw).unreadable == code


def test_text_without_any_header_is_still_given():
    assert parse("Bonjour, je demande mes données.".encode()).text == "Bonjour, je demande mes données."


def test_binary_is_one_part_with_all_bytes():
    raw = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20

    parsed = parse(raw)

    assert (parsed.unreadable, parsed.text) == ("not_mail", "")
    assert [part.data for part in parsed.parts] == [raw]


@pytest.mark.parametrize(
    "raw",
    [
        b"\r\n\r\nFrom: ada@example.org\r\nSubject: x\r\n\r\ntexte",
        b"\xef\xbb\xbfFrom: ada@example.org\r\nSubject: x\r\n\r\ntexte",
        b"From : ada@example.org\r\nSubject : x\r\n\r\ntexte",
        b"Received: by x\r\nstray line\r\nFrom: ada@example.org\r\nSubject: x\r\n\r\ntexte",
        b"From ada Mon Jan  5 10:00:00 2026\nFrom: ada@example.org\nSubject: x\n\ntexte",
        b"From: ada@example.org\rSubject: x\r\rtexte",
    ],
    ids=["blank lines first", "byte order mark", "blank before colon", "stray line", "mbox", "bare CR"],
)
def test_damaged_heads_lose_neither_header_nor_text(raw):
    parsed = parse(raw)

    assert [address.address for address in parsed.senders] == ["ada@example.org"]
    assert (parsed.subject, parsed.text) == ("x", "texte")


def test_text_outside_the_parts_is_given_and_a_person_looks_at_it():
    raw = mail(
        b"avant\r\n--cut\r\n\r\n--cut--\r\nJe demande mes donn\xc3\xa9es\r\n",
        content_type=b"multipart/mixed; boundary=cut",
    )

    parsed = parse(raw)

    assert parsed.text.split() == ["avant", "Je", "demande", "mes", "données"]
    assert parsed.unreadable == "outside_parts"


def test_a_forgotten_semicolon_hides_no_part():
    part = b"--cut\r\nContent-Type: image/png\r\nContent-Disposition: ; filename=id.png\r\n\r\nx\r\n--cut--\r\n"

    parsed = parse(mail(part, content_type=b'multipart/mixed\r\n boundary="cut"'))

    assert [(one.content_type, one.filename) for one in parsed.parts] == [("image/png", "id.png")]


def test_bytes_in_a_return_path_are_text():
    assert parse(b"Return-Path: <a\xff@example.org>\r\n\r\nx").return_path == "a\xff@example.org"


def test_text_that_follows_the_headers_without_a_blank_line_is_kept():
    assert "Je demande" in parse(b"From: ada@example.org\r\nJe demande\r\n\r\nmes donn\xc3\xa9es").text


def test_bytes_of_an_attachment_survive_whatever_its_size():
    data = bytes(range(256)) * 400
    encoded = base64.encodebytes(data).replace(b"\n", b"\r\n")
    part = b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encoded

    parts = parse(multipart(b"mixed", part, part)).parts

    assert [part.data for part in parts] == [data, data]


def test_fields_for_threading_and_transport():
    parsed = parse(
        b"Return-Path: <>\r\n"
        b"Received: from by (x [192.0.2.1]) by MX1.Example.org. (Postfix) id 1; Mon, 2 Mar 2026 10:00:00 +0100\r\n"
        b"Received: nonsense\r\n"
        b"From: ada@example.org\r\nTo: b@example.org\r\nDelivered-To: c@example.org\r\nReply-To: d@example.org\r\n"
        b"Date: Mon, 2 Mar 2026 09:59:00 -0000\r\n"
        b"Message-ID: <a @example.org>\r\nMessage-ID: <b@example.org>\r\n"
        b"In-Reply-To: Your message of Monday <c@example.org>\r\n"
        b"References: <d@example.org>\r\n\t<e@example.org> <d@example.org>\r\n\r\nx"
    )

    assert parsed.return_path == ""
    assert [(one.by, one.at) for one in parsed.received] == [
        ("mx1.example.org", datetime(2026, 3, 2, 9, 0, tzinfo=UTC)),
        ("", None),
    ]
    assert [address.address for address in parsed.recipients] == ["b@example.org", "c@example.org"]
    assert [address.address for address in parsed.reply_to] == ["d@example.org"]
    assert parsed.date == datetime(2026, 3, 2, 9, 59, tzinfo=UTC)
    assert parsed.message_ids == ("<a@example.org>", "<b@example.org>")
    assert parsed.in_reply_to == ("<c@example.org>",)
    assert parsed.references == ("<d@example.org>", "<e@example.org>")
    assert parsed.defects == ("several_message_ids",)


def test_absence_of_everything_is_named():
    parsed = parse(b"X-A: b\r\nSubject: x\r\n\r\ntexte")

    assert (parsed.sender, parsed.date, parsed.return_path, parsed.message_id) == (None, None, None, "")
    assert parsed.defects == ("no_date", "no_from", "no_message_id")


@pytest.mark.parametrize("date", [b"yesterday", b"Mon, 2 Mar 1601 10:00:00 +0000", b"9" * 5000, b"1 Jan 2026 25:61:00"])
def test_impossible_date_is_none(date):
    parsed = parse(mail(b"x", b"Date: " + date))

    assert parsed.date is None
    assert "bad_date" in parsed.defects


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Mon, 23 Nov 2026 00:30:00 CET", "2026-11-22T23:30:00+00:00"),
        ("Wed, 1 Jul 2026 01:30:00 CEST", "2026-06-30T23:30:00+00:00"),
        ("Wed, 1 Jul 2026 00:30:00 BST", "2026-06-30T23:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 GMT", "2026-11-23T23:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 -0000", "2026-11-23T23:30:00+00:00"),
        ("Thu, 31 Dec 2026 23:59:60 +0000", "2026-12-31T23:59:59+00:00"),
        ("Mon, 23 Nov 2026 10:00:00 +0100 (CET; envelope-from x)", "2026-11-23T09:00:00+00:00"),
        ("Mon, 23 Nov 2026 10:00:00 +0100; extra", "2026-11-23T09:00:00+00:00"),
        ("2026-11-23T23:30:00+01:00", "2026-11-23T22:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 +01:00", "2026-11-23T22:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 +01:00 (CET)", "2026-11-23T22:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 +01:00; extra", "2026-11-23T22:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00+01:00", "2026-11-23T22:30:00+00:00"),
        ("Mon, 23 Nov 2026 20:30:00 -05:00", "2026-11-24T01:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 +1", "2026-11-23T22:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 +100", "2026-11-23T22:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 +5:30", "2026-11-23T18:00:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 GMT+1", "2026-11-23T22:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 UTC+01:00", "2026-11-23T22:30:00+00:00"),
        ("Wed, 1 Jul 2026 01:30:00 CEST +0200", "2026-06-30T23:30:00+00:00"),
        ("Wed, 1 Jul 2026 01:30:00 MET DST", "2026-06-30T23:30:00+00:00"),
        ("Mon, 23 Nov 2026 11:30:00 PM +0100", "2026-11-23T22:30:00+00:00"),
        ("Mon, 23 Nov 2026 12:30:00 AM +0100", "2026-11-22T23:30:00+00:00"),
        ("2026-11-23 23:30:00 +0100", "2026-11-23T22:30:00+00:00"),
        ("2026-11-23 23:30:00 CET", "2026-11-23T22:30:00+00:00"),
        ("2026-11-23 23:30:00Z", "2026-11-23T23:30:00+00:00"),
        # Without a zone the earlier of the likely readings counts.
        ("Mon, 23 Nov 2026 23:30:00", "2026-11-23T22:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 (CET)", "2026-11-23T22:30:00+00:00"),
        ("Mon Nov 23 23:30:00 2026", "2026-11-23T22:30:00+00:00"),
        ("Mon, 23 Nov 2026 23:30:00 Z", "2026-11-23T23:30:00+00:00"),
    ],
)
def test_the_top_received_line_is_understood_however_a_server_writes_it(written: str, instant: str) -> None:
    parsed = parse(f"Received: from a by mx.example; {written}\r\nFrom: a@example.org\r\n\r\nx".encode())

    assert parsed.received[0].at is not None
    assert parsed.received[0].at.astimezone(UTC).isoformat() == instant


def test_a_received_line_without_a_semicolon_still_tells_its_date() -> None:
    parsed = parse(b"Received: from a by mx.example with SMTP id 77 Mon, 23 Nov 2026 10:00:00 +0100\r\n\r\nx")

    assert parsed.received[0].at is not None
    assert parsed.received[0].at.isoformat() == "2026-11-23T10:00:00+01:00"


def test_text_inside_a_signed_envelope_is_the_writers():
    parsed = parse(chain.signed_mail(SIGNER, enclosed=True))

    assert (parsed.text, parsed.signed, parsed.unreadable) == ("Mes donnees, svp.\nAda", True, "")
    assert [(part.path, part.content_type) for part in parsed.parts] == [("1", "application/pkcs7-mime")]


def test_attachments_inside_a_signed_envelope_stand_behind_it():
    inner = multipart(b"mixed", b"\r\nMes donnees", b"Content-Type: text/csv; name=a.csv\r\n\r\n1,2")
    envelope = base64.encodebytes(chain.enveloped(SIGNER, inner.partition(b"MIME-Version: 1.0\r\n")[2]))
    head = b"application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64"

    for raw in (
        mail(envelope, content_type=head),
        multipart(b"mixed", b"Content-Type: " + head + b"\r\n\r\n" + envelope),
    ):
        parsed = parse(raw)
        assert (parsed.text, [part.filename for part in parsed.parts]) == ("Mes donnees", ["", "a.csv"])


def test_what_is_encrypted_inside_a_signed_envelope_stays_shut():
    secret = base64.encodebytes(chain.encrypted(SIGNER, b"Content-Type: text/plain\r\n\r\nSecret"))
    inner = b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n" + secret
    envelope = base64.encodebytes(chain.enveloped(SIGNER, inner))
    head = b"application/pkcs7-mime\r\nContent-Transfer-Encoding: base64"

    parsed = parse(mail(envelope, content_type=head))

    assert (parsed.text, parsed.unreadable) == ("", "encrypted")


def nested(levels: int) -> bytes:
    inner = b"Content-Type: text/plain\r\n\r\nau fond"
    for _ in range(levels):
        head = b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        inner = head + chain.enveloped(SIGNER, inner)
    return b"From: ada@example.org\r\nMIME-Version: 1.0\r\n" + inner


def test_envelopes_in_envelopes_are_opened_up_to_the_depth_of_any_mail():
    assert parse(nested(3)).text == "au fond"
    assert "too_deep" in parse(nested(40)).defects


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQ", "application/pgp-encrypted"),
        (b"-----BEGIN PGP SIGNATURE-----\r\n", "application/pgp-signature"),
        (chain.encrypted(SIGNER, b"x"), "application/pkcs7-mime"),
        (chain.enveloped(SIGNER, b"x"), "application/pkcs7-signature"),
        (b"\x30\x80", ""),
    ],
    ids=["pgp", "pgp signature", "enveloped", "signed", "cut"],
)
def test_what_is_encrypted_or_signed_is_known_by_its_bytes(data, kind):
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("plain", "read"),
    [
        ("Votre logiciel de messagerie ne prend pas en charge le HTML.", "page"),
        ("Diese E-Mail wird nur im HTML-Format angezeigt: https://mail.example/view/123", "page"),
        ("Please erase everything.", "plain"),
        ("Effacez les données que vous avez, merci beaucoup d'avance !", "plain"),
    ],
)
def test_a_line_for_programs_without_html_is_not_taken_for_the_text(plain, read):
    page = "<p>Bonjour, effacez toutes les données que vous avez sur moi. Please erase everything.</p>"
    head = "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
    parts = f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{plain}\r\n--b\r\nContent-Type: text/html\r\n\r\n"

    parsed = parse(f"From: a@b.example\r\n{head}{parts}{page}\r\n--b--\r\n".encode())

    assert parsed.text == {"plain": plain, "page": "Bonjour, effacez toutes les données que vous avez sur moi. Please"
                           " erase everything."}[read]  # fmt: skip


def in_base64(data: bytes, *, kind: bytes = b"application/pkcs7-mime; name=smime.p7m") -> bytes:
    return mail(base64.encodebytes(data), content_type=kind + b"\r\nContent-Transfer-Encoding: base64")


# SignedData without a signer or a content (RFC 8551, 3.8): certificates that somebody hands on.
CERTIFICATES_ONLY = bytes.fromhex("3023 06092a864886f70d010702 a016 3014 020101 3100 300b06092a864886f70d010701 3100")
ENCRYPTED = chain.encrypted(SIGNER, b"Content-Type: text/plain\r\n\r\nSecret")
BESIDE = [b"\r\nMes donnees", b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\n"]


@pytest.mark.parametrize(
    "raw",
    [
        in_base64(ENCRYPTED),
        in_base64(ENCRYPTED, kind=b"application/x-pkcs7-mime; smime-type=enveloped-data"),
        in_base64(ENCRYPTED, kind=b"application/pkcs7-mime; smime-type=signed-data"),
        in_base64(CERTIFICATES_ONLY, kind=b"application/pkcs7-mime; smime-type=certs-only"),
        in_base64(b"nothing of the kind"),
        multipart(b"mixed", BESIDE[0], BESIDE[1] + ENCRYPTED),
        mail(b"x", content_type=b'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b'),
    ],
    ids=["enveloped", "x-", "says signed", "certificates", "nonsense", "beside a text", "pgp"],
)
def test_what_is_only_encrypted_is_signed_by_nobody(raw):
    assert parse(raw).signed is False


@pytest.mark.parametrize(
    "raw",
    [
        in_base64(chain.enveloped(SIGNER, b"Content-Type: text/plain\r\n\r\nMes donnees")),
        in_base64(chain.enveloped(SIGNER, b"Content-Type: application/pkcs7-mime\r\n\r\n" + ENCRYPTED)),
        chain.signed_mail(SIGNER),
        chain.signed_mail(SIGNER, enclosed=True),
    ],
    ids=["opaque", "around something encrypted", "beside", "mail"],
)
def test_what_somebody_signed_is_signed(raw):
    assert parse(raw).signed is True
