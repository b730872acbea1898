"""What is said of a sender: proven only by our own server or a signature we checked, and tricks named as such."""

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from dsar.identity import domains
from dsar.identity.dkim_check import check, key_names
from dsar.identity.evidence import Means, evidence
from dsar.identity.findings import FindingCode as Code
from dsar.identity.results import results
from dsar.identity.sender import House, sender_findings
from dsar.intake.parsing import parse
from tests.dsar.identity.chain import NOW
from tests.dsar.intake.post import mail

HOUSE = House("mx1.assistool.com", ("mx1.assistool.com",), "assistool.com", "Assistool SRL")
OURS = "Received: from x.example by mx1.assistool.com; Mon, 01 Feb 2027 10:00:00 +0100\r\n"
PASS = "Authentication-Results: mx1.assistool.com; dmarc=pass header.from=example.org\r\n"
KEY = rsa.generate_private_key(65537, 2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
RECORD = "v=DKIM1; k=rsa; p=" + "".join(
    KEY.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
    .splitlines()[1:-1]
)


def codes(raw: bytes, house: House = HOUSE) -> list[Code]:
    return [one.code for one in sender_findings(parse(raw), house, ())]


def named(name: str, address: str) -> bytes:
    return mail().replace(b"Ada <ada@example.org>", f'"{name}" <{address}>'.encode())


def signed(domain: bytes = b"example.org") -> bytes:
    raw = mail()
    return dkim.sign(raw, b"s1", domain, PEM, include_headers=[b"from", b"subject"]) + raw


# -- what our own server says ------------------------------------------------------------------


def test_from_alone_proves_nothing() -> None:
    assert codes(mail()) == [Code.SENDER_NOT_PROVEN]


@pytest.mark.parametrize(
    "line",
    [
        "dmarc=pass header.from=example.org",
        "dmarc=pass (p=reject; dis=none) header.from=example.org",
        "spf=pass smtp.mailfrom=ada@example.org; dkim=none",
        'dkim=pass (2048-bit key; secure) header.d=example.org header.i=@example.org header.b="abc"',
    ],
)
def test_our_own_server_proves_the_domain(line: str) -> None:
    raw = f"Authentication-Results: mx1.assistool.com;\r\n {line}\r\n".encode() + OURS.encode() + mail()

    assert codes(raw) == [Code.SENDER_PROVEN]


@pytest.mark.parametrize(
    "head",
    [
        OURS + PASS,  # below our server's line: the sender brought it along
        PASS.replace("mx1", "mx9") + OURS,
        PASS.replace("mx1.assistool.com", "mx1.assistool.com.evil.example") + OURS,
        PASS.replace("header.from=example.org", "header.from=example.net") + OURS,
        PASS.replace("header.from=example.org", "header.from=org") + OURS,
        PASS.replace("dmarc=pass", "dmarc=pass-through") + OURS,
        PASS.replace("dmarc=pass", "(dmarc=pass header.from=example.org) dmarc=none") + OURS,
        OURS + PASS + OURS,  # the second line of ours is forged too
        OURS.replace("from x.example", "from mx1.assistool.com (evil.example [192.0.2.1])") + PASS + OURS,
        OURS.replace("from x.example", "from mx1.assistool.com ([192.0.2.1])") + PASS + OURS,
        PASS + OURS.replace("by mx1", "by mx9"),  # came in by a server that we do not know
        PASS,  # without a Received line nobody of ours can have written it
    ],
)
def test_a_forged_or_foreign_result_proves_nothing(head: str) -> None:
    assert Code.SENDER_NOT_PROVEN in codes(head.encode() + mail())


def test_a_result_between_two_servers_of_ours_counts() -> None:
    inside = OURS.replace("from x.example", "from mx1.assistool.com (mx1.assistool.com [10.0.0.2])")

    assert codes((inside + PASS + OURS).encode() + mail()) == [Code.SENDER_PROVEN]


def test_without_an_id_of_ours_no_result_counts() -> None:
    assert Code.SENDER_NOT_PROVEN in codes((PASS + OURS).encode() + mail(), House("", (), "assistool.com", "Assistool"))


def test_what_our_server_refused_is_told() -> None:
    raw = (PASS.replace("dmarc=pass", "spf=softfail smtp.mailfrom=x@y.example; dmarc=fail") + OURS).encode() + mail()

    found = sender_findings(parse(raw), HOUSE, ())

    assert [(one.code, one.values.get("results")) for one in found][1] == (Code.FAILED_HERE, "spf=softfail, dmarc=fail")


@given(st.text(alphabet='();="ab. \\/,', max_size=200))
def test_results_read_any_header(value: str) -> None:
    results([("authentication-results", f"mx1.assistool.com;{value}")], authserv_id="mx1.assistool.com", receivers=())


# -- DKIM, checked by ourselves -----------------------------------------------------------------


def test_a_signature_of_the_senders_domain_is_verified_with_the_key_that_dns_gives() -> None:
    asked: list[str] = []

    def resolver(names: list[str]) -> dict[str, str | None]:
        asked.extend(names)
        return {"s1._domainkey.example.org": RECORD}

    raw = signed()
    found = evidence(parse(raw), raw, {}, received_at=NOW, means=Means(HOUSE, (), b"k", resolver))

    assert asked == ["s1._domainkey.example.org"]
    assert [one.code for one in found] == [Code.SENDER_PROVEN, Code.DKIM_VERIFIED]


@pytest.mark.parametrize(
    ("raw", "record", "verdict"),
    [
        (signed(), RECORD, "passed"),
        (signed().replace(b"mes donn", b"tes donn"), RECORD, "broken"),
        (signed(), "", "broken"),
        (signed(), "v=DKIM1; p=AAAA", "broken"),
        (signed(), None, "no_answer"),
        (b"DKIM-Signature: v=1; d=example.org; s=s1\r\n" + mail(), RECORD, "broken"),
    ],
)
def test_a_signature_is_what_its_key_says(raw: bytes, record: str | None, verdict: str) -> None:
    (one,) = check(raw, {"s1._domainkey.example.org": record})

    assert (one.domain, one.verdict.value) == ("example.org", verdict)


def test_without_dns_a_signature_is_not_checked_and_the_sender_not_proven() -> None:
    raw = signed()

    found = evidence(parse(raw), raw, {}, received_at=NOW, means=Means(HOUSE, (), b"k"))

    assert [one.code for one in found] == [Code.SENDER_NOT_PROVEN, Code.DKIM_NOT_CHECKED]


def test_a_signature_of_another_domain_does_not_prove_the_sender() -> None:
    raw = signed(b"mailer.example")
    means = Means(HOUSE, (), b"k", lambda names: dict.fromkeys(names, RECORD))

    found = evidence(parse(raw), raw, {}, received_at=NOW, means=means)

    assert [one.code for one in found] == [Code.SENDER_NOT_PROVEN, Code.DKIM_OTHER_DOMAIN]


@given(st.binary(max_size=300))
def test_key_names_read_any_bytes(tail: bytes) -> None:
    key_names(b"DKIM-Signature: d=" + tail)


# -- names and domains --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "address", "code"),
    [
        ("ada@bank.example", "mallory@example.net", Code.NAME_SHOWS_ADDRESS),
        ("Ada (at) bank.example", "mallory@example.net", Code.NAME_SHOWS_ADDRESS),
        ("ada(at)bank.example", "mallory@example.net", Code.NAME_SHOWS_ADDRESS),
        ("ada@example.org", "ada@example.org", None),
        ("Assistool Privacy", "mallory@example.net", Code.NAME_IS_OURS),
        ("Аssistооl", "mallory@example.net", Code.NAME_IS_OURS),
        ("Ada Lovelace", "ada@example.net", None),
    ],
)
def test_tricks_of_the_display_name(name: str, address: str, code: Code | None) -> None:
    assert codes(named(name, address)) == [Code.SENDER_NOT_PROVEN, *([code] if code else [])]


@pytest.mark.parametrize(
    ("domain", "code"),
    [
        ("assistoo1.com", Code.LOOKALIKE_DOMAIN),
        ("asisstool.com", Code.LOOKALIKE_DOMAIN),
        ("assistool-privacy.example", Code.LOOKALIKE_DOMAIN),
        ("assistool.com.example.net", Code.LOOKALIKE_DOMAIN),
        ("gmai1.com", Code.LOOKALIKE_DOMAIN),
        ("telenett.be", Code.LOOKALIKE_DOMAIN),
        ("gmail.com", None),
        ("hotmail.fr", None),
        ("mail.telenet.be", None),
        ("mail.com", None),
        ("email.com", None),
        ("ymail.com", None),
        ("gmall.com", Code.LOOKALIKE_DOMAIN),
        ("example.org", None),
        ("xn--80ak6aa92e.com", Code.FOREIGN_LETTERS),
        ("xn--bcher-kva.example", Code.FOREIGN_LETTERS),
        ("xn--pple-43d.example", Code.MIXED_LETTERS),
    ],
)
def test_domains_that_look_like_another(domain: str, code: Code | None) -> None:
    found = codes(named("Ada", f"ada@{domain}"))

    assert (code in found) if code else (found == [Code.SENDER_NOT_PROVEN])


def test_our_own_domain_without_proof_is_named() -> None:
    assert Code.OWN_DOMAIN in codes(named("Ada", "ada@assistool.com"))
    proven = PASS.replace("example.org", "assistool.com") + OURS
    assert Code.OWN_DOMAIN not in codes(proven.encode() + named("Ada", "ada@assistool.com"))


def test_answers_that_would_go_elsewhere_and_several_or_no_writers_are_named() -> None:
    elsewhere = mail(extra=["Reply-To: mallory@example.net"])
    several = mail().replace(b"From: Ada <ada@example.org>", b"From: ada@example.org, eve@example.net")
    nobody = mail().replace(b"From: Ada <ada@example.org>\r\n", b"")

    assert codes(elsewhere) == [Code.SENDER_NOT_PROVEN, Code.REPLY_ELSEWHERE]
    assert codes(several) == [Code.SENDER_NOT_PROVEN, Code.SEVERAL_SENDERS]
    assert codes(nobody) == [Code.NO_SENDER]


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_domain_can_be_looked_at(domain: str, other: str) -> None:
    domains.resembles(domain, (other, "assistool.com"))
    domains.mixed(domains.shown(domain))
    domains.borrows(domain, "assistool.com")
