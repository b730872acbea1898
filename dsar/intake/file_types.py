"""What a file is, by its first bytes and not by what its sender calls it. Pure; nothing is unpacked or run."""

import puremagic

from dsar.intake import cms

_HEAD = 8192
# What telephones make: the brand of the file says that the frames in it are HEVC (ISO/IEC 23008-12).
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_SURE = 0.3
HEIC = "image/heic"
ENCRYPTED_CMS, SIGNED_CMS = "application/pkcs7-mime", "application/pkcs7-signature"
ENCRYPTED_PGP, SIGNED_PGP = "application/pgp-encrypted", "application/pgp-signature"
# What nobody can read here without the key.
ENCRYPTED = frozenset({ENCRYPTED_CMS, ENCRYPTED_PGP})
SIGNATURES = frozenset({SIGNED_CMS, SIGNED_PGP})
CALENDARS = frozenset({"text/calendar", "application/ics"})
MAILS = frozenset({"message/rfc822", "message/global"})
# What a picture child may be asked to open; vector files are programs and are none.
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp"})

_SAME = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "image/heif": HEIC,
    "image/heic-sequence": HEIC,
    "image/heif-sequence": HEIC,
    "application/x-pdf": "application/pdf",
}


def one_name(media_type: str) -> str:
    """Media types that are one format under several names, by one of them."""
    return _SAME.get(media_type.lower(), media_type.lower())


def kind_of(data: bytes) -> str:
    """The media type, "" when the bytes tell none (plain text mostly)."""
    head = data[:_HEAD]
    if head[:1024].find(b"%PDF-") >= 0:
        return "application/pdf"
    if head.startswith(b"PK"):
        return "application/zip"  # office files are archives too; which one would take opening it
    if head.startswith(b"BM"):
        return "image/bmp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    if sealed := _sealed(data, head):
        return sealed
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    sure = [one.mime_type for one in found if one.mime_type and one.confidence >= _SURE]
    return sure[0][:120].lower() if sure else ""


def _sealed(data: bytes, head: bytes) -> str:
    """Encrypted or signed: the envelopes of S/MIME and PGP."""
    if head.lstrip().startswith(b"-----BEGIN PGP MESSAGE-----"):
        return ENCRYPTED_PGP
    if head.lstrip().startswith(b"-----BEGIN PGP SIGNATURE-----"):
        return SIGNED_PGP
    if not head.startswith(b"\x30"):
        return ""
    if cms.is_encrypted(data):
        return ENCRYPTED_CMS
    return SIGNED_CMS if cms.kind(data) == cms.SIGNED else ""
