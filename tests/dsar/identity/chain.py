"""A chain shaped like the Belgian eID's, made here: root, citizen CA, and a signer with a national register number."""

import base64
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pikepdf
from asn1crypto import cms
from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

NUMBER = "85073003328"
NOW = datetime(2027, 2, 1, 10, tzinfo=UTC)
Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Signer:
    key: Key
    certificate: x509.Certificate
    authority: x509.Certificate
    root: x509.Certificate
    authority_key: Key

    @property
    def root_der(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.DER)


def signer(*, mail: str = "ada@example.org", until: datetime = NOW + timedelta(days=900)) -> Signer:
    root_key, authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    root_name = _name(COUNTRY="BE", COMMON="Test Root CA4")
    authority_name = _name(COUNTRY="BE", COMMON="Citizen CA", SERIAL="202701")
    name = _name(COUNTRY="BE", COMMON="Ada Lovelace (Signature)", SURNAME="Lovelace", GIVEN="Ada", SERIAL=NUMBER)
    root = _certificate(root_name, root_name, root_key, root_key, authority=True)
    authority = _certificate(authority_name, root_name, authority_key, root_key, authority=True)
    own = _certificate(name, authority_name, key, authority_key, mail=mail, until=until)
    return Signer(key, own, authority, root, authority_key)


def pdf(text: str = "Je demande une copie de mes données.") -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(300, 200))
    document.docinfo["/Title"] = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def signed_pdf(by: Signer) -> bytes:
    store = SimpleCertificateStore()
    store.register_multiple([_asn1(by.authority), _asn1(by.root)])
    private = by.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    hand = signers.SimpleSigner(
        signing_cert=_asn1(by.certificate), signing_key=asn1_keys.PrivateKeyInfo.load(private), cert_registry=store
    )
    about = signers.PdfSignatureMetadata(field_name="Signature1", md_algorithm="sha256")
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf()))
    return signers.sign_pdf(writer, about, signer=hand).getvalue()


def revocation_list(by: Signer, at: datetime, *, revoked_on: datetime | None = None, key: Key | None = None) -> bytes:
    """The list of the signer's authority at an instant, valid for an hour; signed with another ``key`` it is forged."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.authority.subject)
        .last_update(at)
        .next_update(at + timedelta(hours=1))
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.authority_key.public_key()), False)
        .add_extension(x509.CRLNumber(1), False)
    )
    if revoked_on is not None:
        entry = x509.RevokedCertificateBuilder().serial_number(by.certificate.serial_number)
        builder = builder.add_revoked_certificate(entry.revocation_date(revoked_on).build())
    return builder.sign(key or by.authority_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def with_list(signed: bytes, crl: bytes) -> bytes:
    """A signed PDF to which a reader added the list, as programs do for long-term validation."""
    out = io.BytesIO(signed)
    lists = [asn1_crl.CertificateList.load(crl)]
    DocumentSecurityStore.add_dss(out, sig_contents=None, crls=lists, force_write=True)
    return out.getvalue()


def mail_with_list(signed: bytes, crl: bytes) -> bytes:
    """An enclosed signed mail whose signature carries the list."""
    head, _blank, body = signed.partition(b"\r\n\r\n")
    content = cms.ContentInfo.load(base64.b64decode(body))
    choice = cms.RevocationInfoChoice("crl", asn1_crl.CertificateList.load(crl))
    content["content"]["crls"] = cms.RevocationInfoChoices([choice])
    return head + b"\r\n\r\n" + base64.encodebytes(content.dump(force=True)).replace(b"\n", b"\r\n")


def signed_mail(by: Signer, *, sender: str = "ada@example.org", enclosed: bool = False) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"Content-Type: text/plain\r\n\r\nMes donnees, svp.\r\nAda\r\n")
    builder = builder.add_signer(by.certificate, by.key, hashes.SHA256()).add_certificate(by.authority)
    if enclosed:
        packed = base64.encodebytes(builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary]))
        kind = b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
        body = kind + b"\nContent-Transfer-Encoding: base64\n\n" + packed
    else:
        options = [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.DetachedSignature]
        body = builder.sign(serialization.Encoding.SMIME, options)
    head = f"From: Ada <{sender}>\r\nTo: vieprivee@assistool.com\r\nSubject: x\r\nMessage-ID: <s@example.org>\r\n"
    return head.encode() + body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def enveloped(by: Signer, content: bytes) -> bytes:
    """A signed-data envelope with the content inside."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(by.certificate, by.key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def encrypted(by: Signer, content: bytes) -> bytes:
    """An enveloped-data envelope for somebody else, who alone could open it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = _name(COMMON="Somebody")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by.root.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(NOW + timedelta(days=9))
        .sign(by.authority_key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(content).add_recipient(certificate)
    return builder.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def _name(**values: str) -> x509.Name:
    oids = {
        "COUNTRY": NameOID.COUNTRY_NAME,
        "COMMON": NameOID.COMMON_NAME,
        "SURNAME": NameOID.SURNAME,
        "GIVEN": NameOID.GIVEN_NAME,
        "SERIAL": NameOID.SERIAL_NUMBER,
    }
    return x509.Name([x509.NameAttribute(oids[name], value) for name, value in values.items()])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: Key,
    issuer_key: Key,
    *,
    authority: bool = False,
    mail: str = "",
    until: datetime = NOW + timedelta(days=900),
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if mail:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(mail)]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=not authority,  # non-repudiation, as the eID's signature certificate has it
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
