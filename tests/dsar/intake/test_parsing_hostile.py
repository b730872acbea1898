"""Mail made to harm: nothing raises, nothing takes long, what can be had is given and the reason is named."""

import time
from email.feedparser import FeedParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.intake.filenames import safe
from dsar.intake.parsing import ParsedMessage, parse, scan
from dsar.intake.plaintext import from_html

HEAD = b"From: ada@example.org\r\nSubject: Demande\r\nMessage-ID: <1@example.org>\r\n"
SECONDS = 30  # the aim is 2; a loaded machine of two cores gets room, quadratic time does not fit anyway


def nested(depth: int) -> bytes:
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
    closed = b"".join(b"--b%d--\r\n" % n for n in reversed(range(depth)))
    return HEAD + opened + b"Content-Type: text/plain\r\n\r\nau fond\r\n" + closed


def siblings(count: int) -> bytes:
    part = b"--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nBonjour\r\n" + part * count + b"--b--"


HOSTILE = {
    "3,000 levels": (nested(3000), "too_deep"),
    "2,000 attached messages": ((HEAD + b"Content-Type: message/rfc822\r\n\r\n") * 2000 + HEAD, "too_deep"),
    "20,000 siblings": (siblings(20_000), "too_many_parts"),
    "20,000 encoded words": (b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n" + HEAD + b"\r\nx", "header_too_large"),
    "201 encoded words": (HEAD + b"X-A: " + b"=?utf-8?q?a?= " * 201 + b"\r\n\r\nx", "too_many_words"),
    "50,000 headers": (HEAD + b"X-A: b\r\n" * 50_000 + b"\r\nx", "too_many_headers"),
    "20,000 recipients": (HEAD + b"To: " + b"u@example.org, " * 20_000 + b"\r\n\r\nx", "header_too_large"),
    "2,000 brackets": (HEAD + b"Cc: " + b"(" * 2000 + b"\r\n\r\nx", ""),
    "open quotes": (HEAD + b"Cc: " + b'"\\' * 30_000 + b"\r\n\r\nx", ""),
    "endless type": (HEAD + b"Content-Type: text/plain; " + b'a="b;' * 12_000 + b"\r\n\r\nx", ""),
    "digits of a date": (HEAD + b"Date: " + b"9" * 60_000 + b"\r\n\r\nx", ""),
}


@pytest.mark.parametrize(("raw", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_mail_is_bounded_and_says_why(raw, code):
    started = time.perf_counter()
    parsed = parse(raw)
    taken = time.perf_counter() - started

    assert taken < SECONDS
    assert parsed.unreadable == code
    assert [address.address for address in parsed.senders] == ["ada@example.org"]
    assert parsed.message_id == "<1@example.org>"


def test_what_came_before_the_cap_is_given():
    parsed = parse(siblings(3000))

    assert parsed.text == "Bonjour"
    assert 400 < len(parsed.parts) < 500


def test_depth_below_the_cap_is_ordinary():
    assert (parse(nested(30)).text, parse(nested(30)).unreadable) == ("au fond", "")


def test_parts_too_deep_are_kept_shut_with_their_bytes():
    assert b"au fond" in parse(nested(40)).parts[0].data


@pytest.mark.parametrize(
    "page",
    [
        "<a" * 200_000,
        "<!--" * 200_000,
        '<a ">' * 200_000,
        "<script>" * 100_000,
        "a<b>c</b>" * 50_000,
        "<blockquote>x" * 50_000,
        "< " * 300_000,
        "&#" + "9" * 6000 + ";",
    ],
    ids=["tags", "comments", "quotes", "scripts", "pieces", "quotations", "brackets", "digits"],
)
def test_hostile_html_is_bounded(page):
    started = time.perf_counter()
    from_html(page)

    assert time.perf_counter() - started < SECONDS


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Un</p><p>Deux<br>Trois</p>", "Un\n\nDeux\nTrois"),
        ("<div>Oui</div><blockquote><p>Question ?</p></blockquote>Non", "Oui\n\n> Question ?\n\nNon"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb"),
        ("<style>p{}</style><script>if (a<b) x()</script>caf&eacute;&nbsp;&lt;3", "café <3"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ('<a title="a > b">x</a> 1 < 2', "x 1 < 2"),
        ("avant<!-- caché -->après", "avantaprès"),
        ('<img src="data:image/png;base64,' + "A" * 2_000_000 + '">Bonjour', "Bonjour"),
        ("<script>jamais fermé", "jamais fermé"),
    ],
)
def test_html_reads_as_text(page, text):
    assert from_html(page) == text


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\carte.jpg", "carte.jpg"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("..", "part-1.2.pdf"),
        ("", "part-1.2.pdf"),
        ("con.txt", "_con.txt"),
        ("Pièce d'identité.pdf", "Pièce d'identité.pdf"),
        ("é" * 200 + ".pdf", "é" * 73 + ".pdf"),
        ('a"b<c>|?*.pdf', "a_b_c____.pdf"),
    ],
)
def test_file_names_are_made_safe(filename, expected):
    assert safe(filename, "application/pdf", "1.2", set()) == expected


def test_file_names_are_unique_in_a_mail():
    taken: set[str] = set()

    names = [safe(name, "image/jpeg", "1", taken) for name in ("id.jpg", "ID.jpg", "a/id.jpg", "")]

    assert names == ["id.jpg", "ID (2).jpg", "id (3).jpg", "part-1.jpg"]


@pytest.mark.parametrize("error", [RecursionError, ValueError, LookupError, AttributeError, AssertionError])
def test_when_the_library_raises_the_head_is_still_read(monkeypatch, error):
    def fail(_self: FeedParser, _data: str) -> None:
        raise error

    monkeypatch.setattr(FeedParser, "feed", fail)

    parsed = parse(HEAD + b"Received: from a by mx.example.org; Mon, 2 Mar 2026 10:00:00 +0100\r\n\r\nx")

    assert parsed.unreadable == "parser_failed"
    assert parsed.subject == "Demande"
    assert parsed.sender is not None
    assert parsed.sender.address == "ada@example.org"
    assert parsed.received[0].by == "mx.example.org"


def test_running_out_of_memory_has_its_own_name(monkeypatch):
    def fail(_self: FeedParser, _data: str) -> None:
        raise MemoryError

    monkeypatch.setattr(FeedParser, "feed", fail)

    assert parse(HEAD + b"\r\nx").unreadable == "out_of_memory"


def complete(parsed: ParsedMessage) -> bool:
    texts = [parsed.subject, parsed.text, parsed.html, *(part.text + part.filename for part in parsed.parts)]
    whole = "".join(texts) + "".join(name + value for name, value in parsed.headers)
    return "\0" not in whole and bool(whole.encode("utf-8") is not None) and len(parsed.body_digest) == 64


PIECES = st.sampled_from(
    [
        b"From: ", b"a@b.example", b"\r\n", b"\n", b"\r", b" ", b"\t", b":", b";", b'"', b"\\", b"--b", b"--b--", b"\0",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", b"Content-Type: message/rfc822\r\n\r\n",
        b"Content-Type: text/html\r\n\r\n", b"Content-Type: multipart/alternative;boundary=\"b\"\r\n\r\n",
        b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n",
        b"Content-Disposition: attachment; filename*0*=utf-8''%E9", b"; filename*1=\"x", b"charset=utf-7",
        b"Received: from x by y; ", b"Message-ID: <", b">", b"=?utf-8?q?=E9?=", b"=?", b"?=", b"<p>", b"&#x",
        b"\xe9\xff", b"Date: Mon, 2 Mar 2026 10:00:00 +0100\r\n", b"begin 644 a\n",
    ]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=40).map(b"".join)))
def test_any_bytes_give_a_message(raw):
    assert complete(parse(raw))
    assert complete(scan(raw, "timeout"))
    assert parse(raw).unreadable != "parser_failed"
