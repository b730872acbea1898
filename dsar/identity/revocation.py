"""Answers about revocation that a signature brings along: lists (CRL) and single answers (OCSP). Pure.

Nothing is looked up. An answer is signed by the authority itself, so it counts wherever it lies, and only for the
instant it speaks of: whether it fits the certificate is judged with it (``signatures``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, crl, ocsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import NonexistentAttributeError, find_unique_cms_attribute
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

_ANSWERS_LIMIT = 20
_INSTANTS_LIMIT = 3
# The signer's own certificate needs an answer; one above it is revoked only where an answer says so.
ANSWERED = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.CRL_OR_OCSP_REQUIRED,
        intermediate_ca_cert_rule=RevocationCheckingRule.CHECK_IF_DECLARED_SOFT,
    )
)


@dataclass(frozen=True, slots=True)
class Brought:
    """The answers of one signature."""

    crls: tuple[crl.CertificateList, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()

    def instants(self, *, until: datetime) -> list[datetime]:
        """The instants they speak of, the newest first; none after ``until``, a few at most."""
        said = {one["tbs_cert_list"]["this_update"].native for one in self.crls}
        for answer in self.ocsps:
            if answer["response_status"].native == "successful":
                said |= {one["this_update"].native for one in answer.response_data["responses"]}
        return sorted((instant for instant in said if instant <= until), reverse=True)[:_INSTANTS_LIMIT]


def in_pdf(reader: PdfFileReader, signer: cms.SignerInfo) -> Brought:
    """Those of a signature in a PDF: in its signed attributes, and in the store beside it. Raises as the library."""
    lists: list[crl.CertificateList] = []
    answers: list[ocsp.OCSPResponse] = []
    try:
        archived = find_unique_cms_attribute(signer["signed_attrs"], "adobe_revocation_info_archival")
        lists += archived["crl"] or ()
        answers += archived["ocsp"] or ()
    except NonexistentAttributeError:
        pass  # most signatures bring none there
    try:
        store = DocumentSecurityStore.read_dss(reader)
        lists += [crl.CertificateList.load(one.get_object().data) for one in store.crls[:_ANSWERS_LIMIT]]
        answers += [ocsp.OCSPResponse.load(one.get_object().data) for one in store.ocsps[:_ANSWERS_LIMIT]]
    except NoDSSFoundError:
        pass  # nor there
    return _few(lists, answers)


def in_cms(signed: cms.SignedData) -> Brought:
    """Those beside a signature of a mail. Raises as the library."""
    choices = list(signed["crls"] or ())
    others = [choice.chosen for choice in choices if choice.name == "other"]
    return _few(
        (choice.chosen for choice in choices if choice.name == "crl"),
        (one["other_rev_info"].parsed for one in others if one["other_rev_info_format"].native == "ocsp_response"),
    )


def _few(lists: Iterable[crl.CertificateList], answers: Iterable[ocsp.OCSPResponse]) -> Brought:
    return Brought(tuple(lists)[:_ANSWERS_LIMIT], tuple(answers)[:_ANSWERS_LIMIT])
