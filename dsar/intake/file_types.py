"""What a file is, by its first bytes and not by what its sender calls it. Pure; nothing is unpacked or run."""

import puremagic

_HEAD = 8192
_SURE = 0.3
# What a picture child may be asked to open; vector files are programs and are none.
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp"})


def kind_of(data: bytes) -> str:
    """The media type, "" when the bytes tell none (plain text mostly)."""
    head = data[:_HEAD]
    if head[:1024].find(b"%PDF-") >= 0:
        return "application/pdf"
    if head.startswith(b"PK"):
        return "application/zip"  # office files are archives too; which one would take opening it
    if head.startswith(b"BM"):
        return "image/bmp"
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    sure = [one.mime_type for one in found if one.mime_type and one.confidence >= _SURE]
    return sure[0][:120].lower() if sure else ""
