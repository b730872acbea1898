"""What makes two copies one message, and the instant from which the time limit runs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dsar.intake.keys import content_key
from dsar.intake.parsing import parse, receipt_instant, scan

MAILS = Path(__file__).parents[2] / "mails"
TRACE = (
    b"Return-Path: <ada@example.org>\r\nDelivered-To: x@example.org\r\nReceived: from a\r\n\tby mx; Mon, 2 Mar 2026\r\n"
    b"Authentication-Results: mx; spf=pass\r\nX-Spam-Score: 1\r\nARC-Seal: i=1\r\nDKIM-Signature: v=1;\r\n b=x\r\n"
    b"X-Received: by x\r\n"
)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def mail(*, sender=b"ada@example.org", ident=b"Message-ID: <1@example.org>\r\n", body=b"Bonjour", extra=b"") -> bytes:
    return b"From: " + sender + b"\r\nSubject: x\r\n" + ident + extra + b"\r\n" + body


def key(raw: bytes) -> str:
    return content_key(parse(raw), raw)


@pytest.mark.parametrize("ident", [b"Message-ID: <1@example.org>\r\n", b""], ids=["with id", "without id"])
def test_trace_headers_and_line_ends_do_not_matter(ident):
    raw = mail(ident=ident)

    assert key(TRACE + raw) == key(raw)
    assert key(raw.replace(b"\r\n", b"\n") + b"\n") == key(raw)


@pytest.mark.parametrize("ident", [b"Message-ID: <1@example.org>\r\n", b""], ids=["with id", "without id"])
@pytest.mark.parametrize("other", [{"sender": b"eve@example.org"}, {"body": b"Bonsoir"}], ids=["sender", "text"])
def test_another_sender_or_another_text_is_another_message(ident, other):
    assert key(mail(ident=ident)) != key(mail(ident=ident, **other))


def test_another_message_id_is_another_message():
    assert key(mail()) != key(mail(ident=b"Message-ID: <2@example.org>\r\n"))


def test_without_id_another_date_is_another_message():
    first, later = (mail(ident=b"", extra=b"Date: 2 Mar %d 10:00:00 +0000\r\n" % year) for year in (2026, 2027))

    assert key(first) != key(later)


def test_transfer_encoding_does_not_matter():
    plain = mail(body="Données".encode(), extra=b"Content-Type: text/plain; charset=utf-8\r\n")
    quoted = mail(
        body=b"Donn=E9es",
        extra=b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n",
    )

    assert parse(plain).body_digest == parse(quoted).body_digest
    assert key(plain) == key(quoted)


def test_the_digest_covers_attachments():
    def with_file(data: bytes) -> bytes:
        part = b"--b\r\nContent-Type: application/pdf\r\n\r\n" + data + b"\r\n--b--\r\n"
        return mail(body=b"--b\r\n\r\nBonjour\r\n" + part, extra=b"Content-Type: multipart/mixed; boundary=b\r\n")

    assert key(with_file(b"a")) != key(with_file(b"b"))


def test_the_digest_covers_what_an_attached_mail_says_however_it_is_encoded():
    def around(inner: bytes, encoding: bytes) -> bytes:
        enclosed = b"Subject: s\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: " + encoding + b"\r\n"
        part = b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + enclosed + b"\r\n" + inner + b"\r\n--b--\r\n"
        return mail(body=b"--b\r\n\r\nBonjour\r\n" + part, extra=b"Content-Type: multipart/mixed; boundary=b\r\n")

    plain, encoded = around(b"Effacez tout", b"8bit"), around(b"RWZmYWNleiB0b3V0", b"base64")

    assert key(plain) == key(encoded)
    assert key(plain) != key(around(b"Gardez tout", b"8bit"))


@pytest.mark.parametrize("body", [b"", b"Voir objet."])
def test_another_subject_is_another_message(body):
    raw = mail(body=body)

    assert key(raw) != key(raw.replace(b"Subject: x", b"Subject: y"))
    assert key(raw.replace(b"Subject: x", b"Subject: x\r\n y")) == key(raw.replace(b"Subject: x", b"Subject: x y"))


@pytest.mark.parametrize("tag", [b"[EXTERN] ", b"[EXTERNAL][SPAM] ", b"***SPAM*** ", b"EXTERNAL: ", b"[Extern]"])
def test_a_gateways_tag_before_the_subject_makes_no_other_message(tag):
    raw = mail()

    assert key(raw) == key(raw.replace(b"Subject: x", b"Subject: " + tag + b"x"))


@pytest.mark.parametrize("code", ["timeout", "parser_failed", "processing_failed"])
def test_what_could_not_be_read_counts_by_its_bytes(code):
    first, other = mail(), mail(body=b"Bonsoir")

    keys = [content_key(scan(raw, code), raw) for raw in (first, TRACE + first, other)]

    assert keys[0] == keys[1] != keys[2]


def test_behind_a_cap_another_content_is_another_message():
    """Else whoever sends the same five hundred parts first would hide what stands behind them."""
    part = b"--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n"
    head = b"From: a@x.example\r\nMessage-ID: <1@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 600

    first, other = (head + b"--b\r\n\r\n" + text + b"\r\n--b--" for text in (b"Bonjour", b"Effacez tout"))

    assert parse(first).unreadable == "too_many_parts"
    assert key(first) != key(other)


def test_the_development_mail_delivered_twice_is_one_message():
    keys = {number: key((MAILS / f"{number:03}.eml").read_bytes()) for number in range(1, 101)}

    assert keys[84] == keys[85]
    assert len(set(keys.values())) == 99


def received(header: bytes, *, trusted: tuple[str, ...] = ("MX.example.org",)) -> datetime:
    return receipt_instant(parse(header + b"\r\n" + mail()), trusted=trusted, now=NOW)


TRUSTED = b"Received: from a by mx.example.org; Mon, 2 Mar 2026 11:00:00 +0100"


def test_the_top_header_of_a_trusted_host_is_believed():
    assert received(TRUSTED) == datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "header",
    [
        b"Received: from a by evil.example; Mon, 2 Mar 2026 11:00:00 +0100",
        b"Received: from a by evil.example; Mon, 2 Mar 2026 11:00:00 +0100\r\n" + TRUSTED,
        b"Received: from by.mx.example.org (by mx.example.org) by evil.example; Mon, 2 Mar 2026 11:00:00 +0100",
        b"Received: from a by mx.example.org; Mon, 2 Mar 2026 13:00:01 +0100",
        b"Received: from a by mx.example.org; soon",
        b"Date: Mon, 2 Mar 2026 11:00:00 +0100",
    ],
    ids=["stranger", "trusted one below", "name in a comment", "future", "no date", "only Date"],
)
def test_anything_else_counts_from_now(header):
    assert received(header) == NOW


LATER = b"Received: %s; Mon, 2 Mar 2026 11:50:00 +0100\r\n"


@pytest.mark.parametrize(
    "above",
    [
        b"from mx.example.org by store.example.org with LMTP",
        b"from mx.example.org ([10.0.0.9]) by store.example.org with LMTP id x",
        b"from mx.example.org (mx.example.org [10.0.0.9]) by mx.example.org (Postfix)",
        b"from localhost (localhost [127.0.0.1]) by mx.example.org (Postfix)",
    ],
    ids=["store", "store with an address", "to itself", "filter"],
)
def test_what_our_own_servers_handed_on_counts_from_the_first_of_them(above):
    assert received(LATER % above + TRUSTED) == datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "above",
    [
        b"from mx.example.org (evil.example [192.0.2.7]) by mx.example.org",
        b"from mx.example.org (unknown [192.0.2.7]) by mx.example.org",
        b"from localhost (localhost [192.0.2.7]) by mx.example.org",
        b"from mail.example.net (mail.example.net [192.0.2.7]) by mx.example.org",
    ],
)
def test_below_the_line_that_took_it_from_outside_nothing_counts(above):
    assert received(LATER % above + TRUSTED) == datetime(2026, 3, 2, 10, 50, tzinfo=UTC)


def test_no_trusted_host_means_now():
    assert received(TRUSTED, trusted=()) == NOW
