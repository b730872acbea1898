"""What a PKCS #7 envelope is, and the mail inside one that is only signed (RFC 8551, 3.5.2). Pure, bounded.

A reader of the few elements above the content, in BER as Outlook and OpenSSL write it: the parser's process has no
library for it. Whether the signature fits is judged elsewhere (``dsar.identity.signatures``).
"""

from collections.abc import Iterator

__all__ = ["SIGNED", "enclosed", "is_encrypted", "is_signed", "kind"]

_PKCS7 = bytes.fromhex("2a864886f70d0107")
SIGNED = _PKCS7 + b"\x02"
_ENCRYPTED = {_PKCS7 + b"\x03", _PKCS7 + b"\x06", bytes.fromhex("2a864886f70d0109100117")}
_SEQUENCE, _OID, _TAGGED, _OCTETS = 0x30, 0x06, 0xA0, 0x04
_CONSTRUCTED = 0x20
_DEPTH_LIMIT = 8
_END = (0, 0)
Element = tuple[int, int, int, int]  # tag, start and stop of its content, start of what follows


class _Broken(Exception):
    """Not BER, or deeper than any envelope."""


def kind(data: bytes) -> bytes:
    """The object identifier of the envelope, b"" for what is none."""
    try:
        return _kind(data)[0]
    except (_Broken, IndexError):
        return b""


def is_encrypted(data: bytes) -> bool:
    """Only who has the key can read what is inside."""
    return kind(data) in _ENCRYPTED


def is_signed(data: bytes) -> bool:
    """Somebody signed, with a content or beside it; not who only hands on certificates (RFC 8551, 3.8)."""
    try:
        found, inside = _kind(data)
        tag, start, stop, _after = _element(data, inside[1])
        if found != SIGNED or tag != _SEQUENCE:
            return False
        algorithms = list(_children(data, start, stop, most=2))[1]
        return algorithms[2] > algorithms[1]
    except (_Broken, IndexError):
        return False


def enclosed(data: bytes) -> bytes | None:
    """The content of an envelope that is signed and not encrypted; None for any other, and for a bare signature."""
    try:
        found, inside = _kind(data)
        if found != SIGNED:
            return None
        tag, start, stop, _after = _element(data, inside[1])
        # version, digest algorithms, then the content
        parts = list(_children(data, start, stop, most=3)) if tag == _SEQUENCE else []
        return _content(data, parts[2])
    except (_Broken, IndexError):
        return None


def _kind(data: bytes) -> tuple[bytes, Element]:
    tag, start, stop, _after = _element(data, 0)
    if tag != _SEQUENCE:
        raise _Broken
    found = list(_children(data, start, stop, most=2))
    if len(found) < 2:
        raise _Broken
    name, inside = found
    if name[0] != _OID or inside[0] != _TAGGED:
        raise _Broken
    return data[name[1] : name[2]], inside


def _content(data: bytes, part: Element) -> bytes | None:
    fields = list(_children(data, part[1], part[2], most=2))
    if len(fields) < 2 or fields[1][0] != _TAGGED:
        return None  # the signature of a mail that stands beside it
    octets = _element(data, fields[1][1])
    if octets[0] == _OCTETS:
        return data[octets[1] : octets[2]]
    if octets[0] != _OCTETS | _CONSTRUCTED:
        return None
    return b"".join(data[piece[1] : piece[2]] for piece in _children(data, octets[1], octets[2]) if piece[0] == _OCTETS)


def _children(data: bytes, start: int, stop: int, *, most: int = 1_000_000, depth: int = 0) -> Iterator[Element]:
    at = start
    while at < stop and most:
        child = _element(data, at, depth)
        if (child[0], child[2] - child[1]) == _END:
            return
        yield child
        at, most = child[3], most - 1


def _element(data: bytes, at: int, depth: int = 0) -> Element:
    tag, length = data[at], data[at + 1]
    start = at + 2
    if tag & 0x1F == 0x1F or depth > _DEPTH_LIMIT:
        raise _Broken
    if length == 0x80:
        stop = start
        for child in _children(data, start, len(data), depth=depth + 1):
            stop = child[3]
        if data[stop : stop + 2] != b"\0\0":
            raise _Broken
        return tag, start, stop, stop + 2
    if length & 0x80:
        size = length & 0x7F
        start += size
        length = int.from_bytes(data[start - size : start], "big")
    if start + length > len(data):
        raise _Broken
    return tag, start, start + length, start + length
