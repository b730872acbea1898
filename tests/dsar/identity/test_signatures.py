"""Signatures of a chain shaped like the eID's: whole, changed, or under an authority nobody knows here."""

from datetime import timedelta

import pytest

from dsar.identity.evidence import Means, evidence
from dsar.identity.findings import Finding, FindingCode
from dsar.identity.sender import House
from dsar.intake.parsing import parse
from tests.dsar.identity import chain
from tests.dsar.intake.post import mail

HOUSE = House(authserv_id="", receivers=(), domain="assistool.com", name="Assistool SRL")
SIGNER = chain.signer()
SIGNATURES = [code for code in FindingCode if code.value.startswith("signature_")]


def found(raw: bytes, *pdfs: bytes, roots: tuple[bytes, ...] = (SIGNER.root_der,), **more: object) -> list[Finding]:
    means = Means(HOUSE, roots, key=b"k" * 32)
    numbered = dict(enumerate(pdfs, start=1))
    findings = evidence(parse(raw), raw, numbered, received_at=chain.NOW, means=means, **more)
    return [one for one in findings if one.code in {*SIGNATURES, FindingCode.NOT_INSPECTED}]


def test_a_pdf_signed_with_an_eid_is_valid_and_its_register_number_is_a_digest_only() -> None:
    (signature,) = found(mail(), chain.signed_pdf(SIGNER))

    assert signature.code is FindingCode.SIGNATURE_VALID
    assert signature.values["name"] == "Ada Lovelace (Signature)"
    assert (signature.values["issuer"], signature.values["valid_until"]) == ("Citizen CA", "2029-07-20")
    assert len(signature.values["number_digest"]) == 64
    assert chain.NUMBER not in str(signature)


def test_a_root_nobody_trusts_here_is_said_and_nothing_is_proven() -> None:
    (signature,) = found(mail(), chain.signed_pdf(SIGNER), roots=(chain.signer().root_der,))

    assert signature.code is FindingCode.SIGNATURE_UNKNOWN_ISSUER


def test_a_pdf_changed_after_signing_is_not_what_was_signed() -> None:
    signed = chain.signed_pdf(SIGNER)

    (changed,) = found(mail(), signed.replace(b"/MediaBox", b"/MediaBux", 1))

    assert changed.code is FindingCode.SIGNATURE_CHANGED


def test_a_certificate_that_had_run_out_at_receipt_is_not_valid() -> None:
    old = chain.signer(until=chain.NOW - timedelta(days=1))

    (signature,) = found(mail(), chain.signed_pdf(old), roots=(old.root_der,))

    assert signature.code is FindingCode.SIGNATURE_UNKNOWN_ISSUER


@pytest.mark.parametrize("enclosed", [False, True])
def test_a_signed_mail_is_validated_in_both_forms(enclosed: bool) -> None:
    (signature,) = found(chain.signed_mail(SIGNER, enclosed=enclosed))

    assert (signature.code, signature.values["place"]) == (FindingCode.SIGNATURE_VALID, "mail")


def test_a_mail_changed_on_the_way_or_signed_for_another_address_says_so() -> None:
    changed = found(chain.signed_mail(SIGNER).replace(b"Mes donnees", b"Ses donnees"))
    other = found(chain.signed_mail(SIGNER, sender="mallory@example.net"))

    assert [one.code for one in changed] == [FindingCode.SIGNATURE_CHANGED]
    assert [one.code for one in other] == [FindingCode.SIGNATURE_VALID, FindingCode.SIGNATURE_OTHER_ADDRESS]


BEFORE = chain.NOW - timedelta(days=3)


def test_a_signature_that_brings_no_answer_says_nothing_of_revocation() -> None:
    (signature,) = found(mail(), chain.signed_pdf(SIGNER))

    assert (signature.values["not_revoked_on"], signature.values["revoked_on"]) == ("", "")


@pytest.mark.parametrize("in_mail", [False, True])
def test_an_answer_brought_along_is_used_for_its_own_day(in_mail: bool) -> None:
    answer = chain.revocation_list(SIGNER, BEFORE)

    (signature,) = found(
        chain.mail_with_list(chain.signed_mail(SIGNER, enclosed=True), answer) if in_mail else mail(),
        *(() if in_mail else (chain.with_list(chain.signed_pdf(SIGNER), answer),)),
    )

    assert (signature.code, signature.values["not_revoked_on"]) == (FindingCode.SIGNATURE_VALID, "2027-01-29")


@pytest.mark.parametrize("in_mail", [False, True])
def test_a_certificate_that_was_revoked_is_said_to_be(in_mail: bool) -> None:
    answer = chain.revocation_list(SIGNER, BEFORE, revoked_on=BEFORE - timedelta(days=1))

    (signature,) = found(
        chain.mail_with_list(chain.signed_mail(SIGNER, enclosed=True), answer) if in_mail else mail(),
        *(() if in_mail else (chain.with_list(chain.signed_pdf(SIGNER), answer),)),
    )

    assert (signature.code, signature.values["revoked_on"]) == (FindingCode.SIGNATURE_REVOKED, "2027-01-28")


@pytest.mark.parametrize(
    "answer",
    [
        chain.revocation_list(SIGNER, BEFORE, key=chain.signer().key),
        chain.revocation_list(chain.signer(), BEFORE),
        chain.revocation_list(SIGNER, chain.NOW + timedelta(days=1)),
    ],
    ids=["forged", "another authority's", "later than the receipt"],
)
def test_an_answer_that_does_not_count_leaves_revocation_unchecked(answer: bytes) -> None:
    (signature,) = found(mail(), chain.with_list(chain.signed_pdf(SIGNER), answer))

    assert (signature.code, signature.values["not_revoked_on"]) == (FindingCode.SIGNATURE_VALID, "")


@pytest.mark.parametrize("damaged", [b"%PDF-1.7 /ByteRange [0 1 2 3]", b"/ByteRange" * 1000])
def test_a_file_that_only_looks_signed_fails_nothing(damaged: bytes) -> None:
    assert {one.code for one in found(mail(), damaged)} <= {FindingCode.SIGNATURE_UNREADABLE}


def test_an_ordinary_mail_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dsar.identity.evidence.ask", None)

    assert found(mail(), chain.pdf()) == []
