"""Bytes of a mail into text, tolerantly: charsets, transfer encodings, encoded words, header parameters.

Nothing here raises on input, and all of it takes time in proportion to its input: the bytes come from strangers.
"""

import binascii
import codecs
import io
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

HEADER_LIMIT = 64 * 1024
WORDS_LIMIT = 200
_PARAMETERS_LIMIT = 200
_PARAMETERS_BYTES = 8 * 1024

# What senders write -> the superset that real mail under that name is written in.
_ALIASES = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "ansi-x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ansi": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "euc-cn": "gb18030",
    "ks-c-5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "utf-8mb4": "utf-8",
    "utf": "utf-8",
    "cp65001": "utf-8",
    "unicode": "utf-16",
}
# Western single-byte names: bytes under them that are valid multi-byte UTF-8 were UTF-8, by all odds of language.
_WESTERN = {"cp1252", "iso8859-15", "cp1250", "cp1254", "mac-roman"}
# Codecs Python calls text but that are no charset of mail; punycode also takes quadratic time.
_NOT_CHARSETS = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem", "charmap"}
_NO_CHARSET = {"", "unknown", "x-unknown", "unknown-8bit", "x-user-defined", "default", "binary", "none", "charset"}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET_NAME = re.compile(r"[a-z0-9][a-z0-9.:+-]{0,39}")
_NO_SEMICOLON = re.compile(r"\s*([^\s=]+/[^\s=]+)\s+([\w*-]+\s*=.*)", re.DOTALL)
_MARKS = re.compile(r'[;"\\]')
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the codes of what had to be mended to get it."""

    text: str
    defects: frozenset[str] = frozenset()


def codec(charset: str) -> str | None:
    """The name of a Python codec for a declared charset; None if none is declared or nobody knows it."""
    name = charset.strip().strip("\"'").lower().replace("_", "-")
    if name in _NO_CHARSET or not _CHARSET_NAME.fullmatch(name):
        return None
    try:
        known = codecs.lookup(_ALIASES.get(name, name)).name.replace("_", "-")
        b"a".decode(known)
    except LookupError:
        return None  # unknown, or a codec that makes no text, such as rot13
    except UnicodeError:
        pass  # one letter is too little for UTF-16
    return None if known in _NOT_CHARSETS else known


def decode_text(data: bytes, charset: str = "") -> Decoded:
    """Text of a body: as declared, else as UTF-8, else as Windows-1252; without NUL and lone surrogates, LF only."""
    text, defects = _decode(data, charset)
    if "\0" in text:
        text = text.replace("\0", "")
        defects.add("nul")
    return Decoded(_SURROGATE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n"), frozenset(defects))


def _decode(data: bytes, charset: str) -> tuple[str, set[str]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), set()
    name = codec(charset)
    defects: set[str] = set()
    if name is None and charset.strip().strip("\"'").lower() not in _NO_CHARSET:
        defects.add("unknown_charset")
    if name and name.startswith(("utf-16", "utf-32")) and data.isascii() and b"\0" not in data:
        name = None  # declared wide, written narrow
    if name is None or name in _WESTERN:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = None
        if text is not None:
            return text, defects if name is None or data.isascii() else defects | {"wrong_charset"}
    if name is not None:
        try:
            return data.decode(name), defects
        except (UnicodeError, LookupError, ValueError):
            defects.add("wrong_charset")
    return _guess(data, name), defects or {"no_charset"}


def _guess(data: bytes, name: str | None) -> str:
    """The more readable of UTF-8 and Windows-1252, for bytes that fit no declared charset entirely."""
    if name not in {None, "utf-8", "cp1252"}:
        declared = data.decode(str(name), "replace")
        if declared.count("\ufffd") * 10 < len(declared):
            return declared
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore")) - broken
    return text if broken <= foreign else data.decode("cp1252", "replace")


# -- transfer encodings --------------------------------------------------------------------

_BLOCK = 256 * 1024
# Words on the line of the padding: no second encoding, that begins a line.
_AFTER_PADDING = re.compile(rb"(=)[ \t]+[^\s=][^\r\n]*")
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))


def decode_transfer(data: bytes, encoding: str) -> tuple[bytes, frozenset[str]]:
    """The bytes under a Content-Transfer-Encoding; what cannot be decoded comes back as it stands, with a defect."""
    name = encoding.strip().strip("\"'").lower()
    if name == "base64":
        return _base64(data)
    if name == "quoted-printable":
        return binascii.a2b_qp(data), frozenset()
    if name in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return _uuencoded(data)
    known = name in {"", "7bit", "8bit", "binary", "7-bit", "8-bit"}
    return data, frozenset() if known else frozenset({"unknown_transfer_encoding"})


def _base64(data: bytes) -> tuple[bytes, frozenset[str]]:
    """Decoded block by block: a scan of 40 MB would otherwise stand in memory once for each step."""
    out = io.BytesIO()
    defects: set[str] = set()
    open_run = b""
    if b"= " in data or b"=\t" in data:
        data, stray = _AFTER_PADDING.subn(rb"\1", data)
        defects |= {"bad_base64"} if stray else set()
    for start in range(0, len(data), _BLOCK):
        packed = data[start : start + _BLOCK].translate(None, b" \t\r\n")
        letters = packed.translate(None, _NOT_BASE64)
        if len(letters) != len(packed):
            defects.add("bad_base64")
        # Padding in the middle: two encodings, one after the other.
        *closed, open_run = re.split(b"=+", open_run + letters)
        for run in closed:
            out.write(_run(run, defects))
        cut = len(open_run) - len(open_run) % 4
        out.write(binascii.a2b_base64(open_run[:cut]))
        open_run = open_run[cut:]
    out.write(_run(open_run, defects))
    decoded = out.getvalue()
    if not decoded and data.strip(b" \t\r\n"):
        return data, frozenset({"bad_base64"})
    return decoded, frozenset(defects)


def _run(run: bytes, defects: set[str]) -> bytes:
    """One encoding to its end, whose padding was taken off or never there."""
    if len(run) % 4 == 1:
        run = run[:-1]
        defects.add("bad_base64")
    return binascii.a2b_base64(run + b"=" * (-len(run) % 4))


def _uuencoded(data: bytes) -> tuple[bytes, frozenset[str]]:
    lines = data.splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith(b"begin ")), None)
    if start is None:
        return data, frozenset({"bad_uuencode"})
    pieces: list[bytes] = []
    defects: set[str] = set()
    for line in lines[start + 1 :]:
        if line.strip() == b"end":
            break
        try:
            pieces.append(binascii.a2b_uu(line))
        except binascii.Error:
            defects.add("bad_uuencode")
            # Some encoders pad the line; the length in its first character says how much counts.
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            try:
                pieces.append(binascii.a2b_uu(line[:wanted]))
            except binascii.Error:
                continue
    return b"".join(pieces), frozenset(defects)


# -- header values -----------------------------------------------------------------------------


def header_text(value: str) -> str:
    """A raw header value (ASCII with escaped bytes) as one line of text; encoded words still stand as they came."""
    data = _FOLD.sub("", value[:HEADER_LIMIT]).encode("utf-8", "surrogateescape")
    return one_line(decode_text(data).text)


def one_line(text: str) -> str:
    """Without line ends, tabs and control characters: nothing decoded from a header can begin another one."""
    return _CONTROLS.sub(" ", text).strip()


def decode_words(text: str) -> Decoded:
    """A header value with its RFC 2047 encoded words read, the first 200 of them.

    Words of one charset that follow each other are joined before decoding, because many senders cut inside a letter.
    """
    out: list[str] = []
    defects: set[str] = set()
    run = bytearray()
    run_charset = ""
    words = position = 0

    def flush() -> None:
        if run:
            decoded = decode_text(bytes(run), run_charset)
            out.append(decoded.text)
            defects.update(decoded.defects)
            run.clear()

    while True:
        found = _next_word(text, position)
        if found is None:
            break
        start, end, charset, data = found
        words += 1
        if words > WORDS_LIMIT:
            defects.add("too_many_words")
            break
        between = text[position:start]
        if words == 1 or between.strip():
            flush()
            out.append(between)
        if charset != run_charset:
            flush()
        run_charset = charset
        run += data
        position = end
    flush()
    out.append(text[position:])
    return Decoded(one_line("".join(out)), frozenset(defects))


def _next_word(text: str, position: int) -> tuple[int, int, str, bytes] | None:
    """Start, end, charset and bytes of the next encoded word from a position; None if there is no more."""
    while (start := text.find("=?", position)) >= 0:
        charset_end = text.find("?", start + 2, start + 80)
        position = start + 2
        if charset_end < 0 or text[charset_end + 2 : charset_end + 3] != "?":
            continue
        kind = text[charset_end + 1].lower()
        end = text.find("?=", charset_end + 3)
        if end < 0:
            return None
        charset = text[start + 2 : charset_end].split("*")[0]  # RFC 2231 language after the star
        if kind not in "bq" or not charset or " " in charset:
            continue
        body = text[charset_end + 3 : end].encode("utf-8", "replace")
        if kind == "q":
            return start, end + 2, charset, binascii.a2b_qp(body.replace(b" ", b"=20"), header=True)
        return start, end + 2, charset, _base64(body)[0]
    return None


# -- parameters ----------------------------------------------------------------------------------


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """``text/plain; charset=x`` as ("text/plain", {"charset": "x"}): lower-case names, first one wins, decoded.

    Reads RFC 2231 continuations and charsets, and what is sent against the rules: encoded words inside quotes,
    raw bytes, values with blanks and no quotes.
    """
    pieces = _semicolons(header_text(value[:_PARAMETERS_BYTES]))
    if forgotten := _NO_SEMICOLON.match(pieces[0]):
        pieces[:1] = forgotten.groups()
    plain: dict[str, str] = {}
    split: dict[str, list[tuple[int, bool, str]]] = {}
    for piece in pieces[1 : _PARAMETERS_LIMIT + 1]:
        name, equals, content = piece.partition("=")
        name = name.strip().lower()
        if not equals or not name:
            continue
        content = _unquote(content.strip())
        base, star, rest = name.partition("*")
        if not star:
            plain.setdefault(name, decode_words(content).text)
            continue
        number = rest.rstrip("*")
        order = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
        split.setdefault(base, []).append((order, rest.endswith("*") or rest == "", content))
    for base, segments in split.items():
        plain[base] = _joined(segments)  # the extended form wins over the plain one, as RFC 6266 says too
    return pieces[0].strip().lower(), plain


def _semicolons(text: str) -> list[str]:
    pieces: list[str] = []
    start = skip = 0
    quoted = False
    for mark in _MARKS.finditer(text):
        at = mark.start()
        if at < skip:
            continue
        letter = mark.group()
        if letter == '"':
            quoted = not quoted
        elif letter == "\\":
            skip = at + 2 if quoted else at
        elif not quoted:
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    return pieces


def _unquote(content: str) -> str:
    if not content.startswith('"'):
        return content
    inner = content[1:-1] if len(content) > 1 and content.endswith('"') else content[1:]
    return inner.replace('\\"', '"').replace("\\\\", "\\")


def _joined(segments: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: percent-encoded pieces as bytes of the first piece's charset, plain pieces as they are."""
    segments.sort(key=lambda segment: segment[0])
    charset = ""
    data = bytearray()
    for index, (_, extended, content) in enumerate(segments):
        if not extended:
            data += content.encode(codec(charset) or "utf-8", "replace")
            continue
        if index == 0 and content.count("'") >= 2:
            charset, _language, content = content.split("'", 2)
        data += unquote_to_bytes(content)
    return one_line(decode_words(decode_text(bytes(data), charset).text).text)
