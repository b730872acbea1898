"""What Outlook packs into winmail.dat (MS-OXTNEF): the text and the files of a mail. Pure, bounded, never raises.

The two packages that read the format are optional: without them winmail.dat stays an attachment.
"""

import logging
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dsar.intake.decoding import decode_text

try:
    from compressed_rtf import decompress
    from tnefparse import TNEF, properties
except ImportError:  # the interpreter of the parser was not told where they are, or they are not installed
    TNEF = None
else:
    logging.getLogger("tnefparse").disabled = True  # it would log of what a stranger sent

__all__ = ["KINDS", "File", "Winmail", "opened", "rtf_text"]

KINDS = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_SIGNATURE = b"\x78\x9f\x3e\x22"
# The package copies all that follows for each object.
_COPIED_LIMIT = 1_000_000_000
_DEPTH_LIMIT = 8
_RTF_LIMIT = 4_000_000


@dataclass(frozen=True, slots=True)
class File:
    """An attachment: the sender's name for it and what the sender says it is; both may be ""."""

    name: str
    kind: str
    content_id: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Winmail:
    """``text`` is "" when only ``html`` has words, or nothing could be read."""

    text: str
    html: str
    files: tuple[File, ...]


def opened(data: bytes) -> Winmail | None:
    """Text and files of a winmail.dat, those of messages attached in it too; None when it cannot be opened."""
    if TNEF is None or not data.startswith(_SIGNATURE) or _copies(data) > _COPIED_LIMIT:
        return None
    try:
        packed = TNEF(data, do_checksum=False)
        html = _text(packed.htmlbody, packed.codepage)
        text = _text(packed.body, packed.codepage)
        if not text.strip() and not html.strip():
            text = _rich(packed)
        return Winmail(text, html, tuple(_files(packed, 0)))
    except Exception:  # noqa: BLE001  a stranger's bytes in somebody else's reader: whatever it raises, it stays shut
        return None


def _copies(data: bytes) -> int:
    """How many bytes the package would copy: each object costs the rest of the file."""
    position, total = 6, 0
    while position + 12 < len(data) and total <= _COPIED_LIMIT:
        total += len(data) - position
        position += 11 + struct.unpack_from("<I", data, position + 5)[0]
    return total


def _files(packed: Any, depth: int) -> Iterator[File]:
    for attached in packed.attachments:
        said = {attribute.name: attribute.data for attribute in attached.mapi_attrs}
        name = said.get(properties.MAPI_ATTACH_LONG_FILENAME) or attached._name  # its ``name`` knows UTF-8 only
        name = _text(name, packed.codepage).strip("\0 ")
        inner = getattr(attached, "embed", None)
        if inner is not None and depth < _DEPTH_LIMIT:
            body = _text(inner.body, inner.codepage) or _text(inner.htmlbody, inner.codepage) or _rich(inner)
            yield File(f"{name or 'message'}.txt", "text/plain", "", body.encode())
            yield from _files(inner, depth + 1)
        else:
            kind = _text(said.get(properties.MAPI_ATTACH_MIME_TAG), None).lower()
            content_id = _text(said.get(properties.MAPI_ATTACH_CONTENT_ID), None).strip("<> ")
            yield File(name, kind, content_id, bytes(attached.data))


def _text(value: object, codepage: str | None) -> str:
    if isinstance(value, bytes):
        value = decode_text(value.rstrip(b"\0"), codepage or "").text
    return value.replace("\r\n", "\n").replace("\0", "") if isinstance(value, str) else ""


def _rich(packed: Any) -> str:
    return rtf_text(decompress(packed._rtfbody + b"\0")) if packed._rtfbody else ""


# -- rich text ---------------------------------------------------------------------------------

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,7})? ?|((?:\\'[0-9a-fA-F]{2})+)|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\"
)
_NO_TEXT = {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"listtable"}
_LETTERS = {b"par": "\n", b"line": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t", b"lquote": "‘", b"rquote": "’",
            b"ldblquote": "“", b"rdblquote": "”", b"endash": "–", b"emdash": "—", b"bullet": "•"}  # fmt: skip


def rtf_text(rtf: bytes) -> str:
    """The words of a rich text, also of one in which Outlook hid the HTML it came from."""
    out: list[str] = []
    codepage, silent, hidden, unit = "cp1252", False, False, 0
    open_groups: list[bool] = []
    for token in _TOKEN.finditer(rtf[:_RTF_LIMIT]):
        word, number, escaped, symbol, brace, plain = token.groups()
        said = ""
        if brace == b"{":
            open_groups.append(silent)
        elif brace == b"}":
            silent = open_groups.pop() if open_groups else False
        elif word == b"ansicpg" and number:
            codepage = f"cp{number.decode()}"
        elif word == b"htmlrtf":
            hidden = number != b"0"
        elif word in _NO_TEXT or symbol == b"*":
            silent = True
        elif word == b"u" and number:
            unit = int(number) & 0xFFFF
            said = chr(unit)
        elif word is not None:
            said = _LETTERS.get(word, "")
        elif escaped:
            # What follows a character of Unicode repeats it for readers that know none.
            repeats, unit = unit > 0, 0
            said = decode_text(bytes.fromhex(escaped.replace(b"\\'", b"").decode())[repeats:], codepage).text
        elif symbol is not None:
            said = {b"~": "\N{NO-BREAK SPACE}", b"_": "-", b"-": ""}.get(symbol, symbol.decode("latin-1"))
        elif plain is not None:
            repeats, unit = unit > 0, 0
            said = plain.decode("latin-1")[repeats and plain[:1] == b"?" :]
        if said and not silent and (not hidden or said == "\n"):
            out.append(said)
    text = "".join(out).replace("\0", "")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()  # pairs of \\u become letters
