"""Mail that went wrong on the way or was made to: real mails, cut, doubled, spliced and sprinkled with syntax."""

import re
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from tests.corpora import CORPORA

ROOT = Path(__file__).resolve().parents[2]
FINDINGS = Path(__file__).with_name("findings")
LARGEST = 200_000
# Pieces of syntax that readers of mail trip over.
TOKENS = [
    b"\r\n", b"\n", b"\r", b"\r\n\r\n", b"\0", b"\xff\xfe", b"\xe9", b"=?utf-8?q?=C3=A9?=", b"=?utf-7?b?+2AA-?=",
    b"=?", b"?=", b"=\r\n", b"=3D", b"==", b"<", b">", b'"', b"\\", b"(", b")", b",", b";", b":", b"@", b"--", b" ",
    b"\t",
    b"From: ", b"To: a@b.example, ", b"Subject: ", b"Date: Mon, 2 Mar 2026 10:00:00 +0100\r\n",
    b"Message-ID: <a@b>\r\n",
    b"Received: from a by mx.example.org; Mon, 2 Mar 2026 10:00:00 +0100\r\n", b"In-Reply-To: <a@b>\r\n",
    b"boundary=",
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", b"Content-Type: message/rfc822\r\n\r\n",
    b"--b--\r\n",
    b"Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n", b"Content-Type: text/html\r\n\r\n", b"--b\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n", b"charset=utf-16",
    b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"Content-Disposition: attachment; filename*0*=utf-8''%E9; filename*1=x",
    b"Content-Type: application/ms-tnef; name=winmail.dat\r\n", b"\x78\x9f\x3e\x22\x01\x00", b"begin 644 a\n",
    b"\nend\n",
    b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n", b"Auto-Submitted: auto-replied\r\n",
    b"%PDF-1.4\n",
    b"<blockquote>", b"<table><tr><td>", b"<!--", b"<script>", b"&#x41;", b"&#99999999;", b"> ", b"-- \r\n",
    b"http://x ",
    b"-----Original Message-----\r\n", "Le lun. 2 mars 2026 à 10:00, Ada a écrit :\r\n".encode(),
    b"IDBEL000<<<<<<<<<<",
    "Je demande une copie de mes données. ".encode(), b"Please delete my account. ", b"Bitte nicht ", b"niet meer ",
]  # fmt: skip


@cache
def seeds() -> list[bytes]:
    """The development mails, earlier findings and, where they are, the corpora beside the repository."""
    folders = [ROOT / "tests" / "mails", FINDINGS, CORPORA]
    paths = (
        path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in {".eml", ".msg", ".txt"}
    )
    return [raw for path in paths if path.is_file() and 0 < len(raw := path.read_bytes()) <= LARGEST]


@st.composite
def mails(draw: st.DrawFn) -> bytes:
    """One seed after a few accidents."""
    raw = draw(st.sampled_from(seeds()))
    for accident in draw(st.lists(st.sampled_from(ACCIDENTS), max_size=6)):
        raw = accident(draw, raw)[:LARGEST]
    return raw


def _place(draw: st.DrawFn, raw: bytes) -> int:
    """Anywhere, but as often where a line begins or in the head."""
    spot = draw(st.floats(0, 1))
    lines = [found.end() for found in re.finditer(rb"\n", raw[:LARGEST])]
    among = draw(st.sampled_from(["anywhere", "line", "head"]))
    if among == "anywhere" or not lines:
        return int(spot * len(raw))
    return lines[int(spot * (len(lines) - 1) * (0.2 if among == "head" else 1))]


def _cut(draw: st.DrawFn, raw: bytes) -> bytes:
    start = _place(draw, raw)
    return raw[:start] + raw[start + draw(st.integers(1, 2000)) :]


def _end(draw: st.DrawFn, raw: bytes) -> bytes:
    return raw[: _place(draw, raw)]


def _insert(draw: st.DrawFn, raw: bytes) -> bytes:
    at, token = _place(draw, raw), draw(st.sampled_from(TOKENS))
    return raw[:at] + token * draw(st.sampled_from([1, 1, 1, 2, 40, 3000])) + raw[at:]


def _noise(draw: st.DrawFn, raw: bytes) -> bytes:
    at, noise = _place(draw, raw), draw(st.binary(max_size=30))
    return raw[:at] + noise + raw[at + len(noise) :]


def _repeat(draw: st.DrawFn, raw: bytes) -> bytes:
    start = _place(draw, raw)
    piece = raw[start : start + draw(st.integers(1, 400))]
    return raw[:start] + piece * draw(st.sampled_from([2, 3, 30, 600])) + raw[start:]


def _splice(draw: st.DrawFn, raw: bytes) -> bytes:
    other = draw(st.sampled_from(seeds()))
    return raw[: _place(draw, raw)] + other[_place(draw, other) :]


def _attach(draw: st.DrawFn, raw: bytes) -> bytes:
    other = draw(st.sampled_from(seeds()))
    head = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=zz\r\n\r\n--zz\r\n\r\nVoir annexe\r\n"
    return head + b"--zz\r\nContent-Type: message/rfc822\r\n\r\n" + raw + b"\r\n--zz\r\n" + other + b"\r\n--zz--\r\n"


def _ends(draw: st.DrawFn, raw: bytes) -> bytes:
    plain = raw.replace(b"\r\n", b"\n")
    return plain.replace(b"\n", draw(st.sampled_from([b"\n", b"\r", b"\r\n", b"\r\r\n"])))


ACCIDENTS = [_cut, _end, _insert, _insert, _insert, _noise, _repeat, _splice, _attach, _ends]
