"""Digital signatures in PDF files and S/MIME mail: whole, by whom, and under whose authority. Pure, never raises.

Runs in a process of its own (``inspector``), which opened its event loop before its door was shut. Nothing is fetched:
revocation is judged by the answers a signature brings along, for the instant they speak of; without one it is said
to be not checked.
"""

import asyncio
import email
import email.policy
import io
import re
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from enum import StrEnum
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from dsar.identity.revocation import ANSWERED, Brought, in_cms, in_pdf

_SIGNATURES_LIMIT = 5
# The eID signs with non-repudiation, S/MIME programs mostly with digital signature: either will do.
_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
_WHOLE = {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}
_EID_NUMBER = re.compile(r"\d{11}")


class SignatureVerdict(StrEnum):
    """Valid: whole, and a known authority stands above the signer. Changed: not what was signed.

    Revoked: whole, but that authority had withdrawn the certificate, as an answer brought along says.
    """

    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN_ISSUER = "unknown_issuer"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. ``place`` is "mail" or the number of the part; dates are ISO; ``number`` is the certificate's
    serialNumber, a national register number on an eID: to be digested and forgotten by whoever gets this.
    ``not_revoked_on``: the day of the answer that said so, "" when revocation was not checked."""

    place: str
    verdict: SignatureVerdict
    name: str = ""
    issuer: str = ""
    valid_from: str = ""
    valid_until: str = ""
    emails: tuple[str, ...] = ()
    number: str = ""
    not_revoked_on: str = ""
    revoked_on: str = ""


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the library says of one signature at the instant of receipt, and of revocation."""

    status: Any
    certificate: x509.Certificate
    whole: bool
    not_revoked_on: str
    revoked_on: str


class Validator:
    """Validates with the roots that are trusted and nothing else. ``at``: the instant of receipt, aware."""

    def __init__(self, roots: Sequence[bytes], *, at: datetime, loop: asyncio.AbstractEventLoop) -> None:
        self._roots = [x509.Certificate.load(root) for root in roots]
        self._at = at
        self._loop = loop

    def pdf(self, data: bytes, place: str) -> list[Signature]:
        """Every signature of a PDF, none when it has none."""
        if b"/ByteRange" not in data:
            return []
        try:
            embedded = PdfFileReader(io.BytesIO(data)).embedded_signatures[:_SIGNATURES_LIMIT]
        except Exception:  # noqa: BLE001  a stranger's file: all of the library's errors mean "cannot be read"
            return [Signature(place, SignatureVerdict.UNREADABLE)]
        return [self._guarded(place, self._pdf, one) for one in embedded]

    def mail(self, raw: bytes) -> list[Signature]:
        """The S/MIME signature around a mail, in either form; none when it has none."""
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        if message.get_content_type() == "multipart/signed" and "pkcs7" in str(message.get_param("protocol", "")):
            return [self._guarded("mail", self._detached, raw, message)]
        if message.get_content_type() in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
            body = message.get_payload(decode=True)
            return [self._guarded("mail", self._enclosed, body)] if isinstance(body, bytes) and _is_signed(body) else []
        return []

    def _guarded(self, place: str, validate: Callable[..., _Judged], *what: Any) -> Signature:
        try:
            return _told(place, validate(*what))
        except Exception:  # noqa: BLE001  as above
            return Signature(place, SignatureVerdict.UNREADABLE)

    def _pdf(self, one: EmbeddedPdfSignature) -> _Judged:
        def validation(context: ValidationContext) -> Any:
            return async_validate_pdf_signature(one, signer_validation_context=context, key_usage_settings=_USAGE)

        brought = _brought(in_pdf, one.reader, one.signer_info)
        status, not_revoked, revoked = self._judge(validation, one.other_embedded_certs, brought)
        changed = status.modification_level is not None and status.modification_level.name == "OTHER"
        whole = status.coverage in _WHOLE and not changed
        return _Judged(status, one.signer_cert, whole, not_revoked, revoked)

    def _detached(self, raw: bytes, message: Message) -> _Judged:
        parts = message.get_payload()
        signed = cms.ContentInfo.load(parts[1].get_payload(decode=True))["content"]  # type: ignore[index,union-attr]
        return self._cms(_first_part(raw, str(message.get_boundary())), signed)

    def _enclosed(self, body: bytes) -> _Judged:
        signed = cms.ContentInfo.load(body)["content"]
        inner = bytes(signed["encap_content_info"]["content"])
        # From here on it is checked like a detached one: the digest is over what was inside.
        signed["encap_content_info"] = type(signed["encap_content_info"])({"content_type": "data"})
        return self._cms(inner, signed)

    def _cms(self, content: bytes, signed: cms.SignedData) -> _Judged:
        def validation(context: ValidationContext) -> Any:
            return async_validate_detached_cms(content, signed, context, key_usage_settings=_USAGE)

        status, not_revoked, revoked = self._judge(validation, _certificates(signed), _brought(in_cms, signed))
        return _Judged(status, status.signing_cert, whole=True, not_revoked_on=not_revoked, revoked_on=revoked)

    def _judge(
        self, validation: Callable[[ValidationContext], Any], others: Sequence[x509.Certificate], brought: Brought
    ) -> tuple[Any, str, str]:
        """The status at receipt, and the day of the newest answer that says revoked or not; "" where none says."""
        status = self._run(validation(self._context(others)))
        for instant in brought.instants(until=self._at):
            then = self._run(validation(self._context(others, brought, instant)))
            if then.revocation_details is not None:
                return status, "", then.revocation_details.revocation_date.date().isoformat()
            if then.trusted:
                return status, instant.date().isoformat(), ""
        return status, "", ""

    def _context(
        self, others: Sequence[x509.Certificate], brought: Brought | None = None, at: datetime | None = None
    ) -> ValidationContext:
        """``brought``: an answer about the signer's certificate is demanded, for the instant ``at``."""
        about: dict[str, Any] = {}
        if brought is not None:
            about = {"crls": brought.crls, "ocsps": brought.ocsps, "revinfo_policy": ANSWERED}
        return ValidationContext(
            trust_roots=self._roots, other_certs=list(others), moment=at or self._at, allow_fetching=False, **about
        )

    def _run(self, validation: Coroutine[Any, Any, Any]) -> Any:
        return self._loop.run_until_complete(validation)


def _brought(read: Callable[..., Brought], *where: Any) -> Brought:
    """The answers about revocation; a broken one spoils the others, not the signature."""
    try:
        brought = read(*where)
        brought.instants(until=datetime.max.replace(tzinfo=UTC))  # parses them all
    except Exception:  # noqa: BLE001  as above: not an answer
        return Brought()
    return brought


def _told(place: str, judged: _Judged) -> Signature:
    status, certificate = judged.status, judged.certificate
    verdict = SignatureVerdict.CHANGED
    if status.intact and status.valid and judged.whole:
        verdict = SignatureVerdict.VALID if status.trusted else SignatureVerdict.UNKNOWN_ISSUER
        if judged.revoked_on:
            verdict = SignatureVerdict.REVOKED
    subject = certificate.subject.native
    validity = certificate["tbs_certificate"]["validity"].native
    issuer = certificate.issuer.native
    number = str(subject.get("serial_number", ""))
    return Signature(
        place=place,
        verdict=verdict,
        name=str(subject.get("common_name", ""))[:200],
        issuer=str(issuer.get("common_name") or issuer.get("organization_name") or "")[:200],
        valid_from=validity["not_before"].date().isoformat(),
        valid_until=validity["not_after"].date().isoformat(),
        emails=_emails(certificate),
        number=number if _EID_NUMBER.fullmatch(number) else "",
        not_revoked_on=judged.not_revoked_on,
        revoked_on=judged.revoked_on,
    )


def _emails(certificate: x509.Certificate) -> tuple[str, ...]:
    names = certificate.subject_alt_name_value or []
    found = [str(name.native).lower() for name in names if name.name == "rfc822_name"]
    return tuple(found[:5])


def _certificates(signed: cms.SignedData) -> list[x509.Certificate]:
    return [choice.chosen for choice in signed["certificates"] if choice.name == "certificate"]


def _is_signed(body: bytes) -> bool:
    try:
        return bool(cms.ContentInfo.load(body)["content_type"].native == "signed_data")
    except ValueError:
        return False


def _first_part(raw: bytes, boundary: str) -> bytes:
    """The signed bytes between the first two boundaries, line ends as they travel (RFC 8551, 3.1.1)."""
    text = re.sub(rb"\r?\n", b"\r\n", raw)
    mark = b"--" + boundary.encode("ascii", "surrogateescape")
    start = text.index(b"\r\n" + mark + b"\r\n") + len(mark) + 4
    return text[start : text.index(b"\r\n" + mark, start)]
