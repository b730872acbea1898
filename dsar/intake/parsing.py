"""From the bytes of a mail to what it says. Pure: no database, no clock, no network; never raises on any input.

``decoding`` makes text of bytes, ``addresses`` reads who and to whom, ``mime`` takes the tree apart. Run it through
``child.parse_in_child`` on anything a stranger sent: caps bound its time, the child bounds what the caps forgot.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

from dsar.intake import heads, mime, mojibake, winmail
from dsar.intake.addresses import Address, addresses, ascii_domain, normal
from dsar.intake.decoding import HEADER_LIMIT, decode_words, header_text, one_line
from dsar.intake.enclosures import MailHead
from dsar.intake.filenames import safe
from dsar.intake.header_dates import instant, received_at
from dsar.intake.measures import Inside, Sheet, inside

__all__ = [
    "Address",
    "ParsedMessage",
    "Part",
    "Received",
    "digest_of",
    "parse",
    "receipt_instant",
    "scan",
]

HEADERS_LIMIT = 500
_IDS_LIMIT = 200
_RECEIVED_LIMIT = 100

# The reasons why a person must look at the original, the gravest first.
UNREADABLE = (
    "parser_failed",
    "not_mail",
    "empty",
    "outside_parts",
    "too_deep",
    "too_many_parts",
    "too_many_headers",
    "header_too_large",
    "too_many_words",
    "encrypted",
    "winmail",
)
_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "resent-to", "resent-cc", "envelope-to", "x-envelope-to")
_MAIL_HEADERS = {
    "from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "reply-to", "sender",
    "content-type", "mime-version", "delivered-to",
}  # fmt: skip
_ID = re.compile(r"<([^<>]{1,998})>")
_KEYWORD = re.compile(r"[^\s();]+|;")
_FROM = re.compile(
    r"\s*from\s+(?P<called>[^\s()]+)(?:\s+\((?P<checked>[^\s()\[\]]+)?\s*(?P<address>\[[^\]()]*\])?[^()]*\))?",
    re.IGNORECASE,
)
_LOOPBACK = re.compile(r"\[(?:127\.|(?:IPv6:)?::1\])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Received:
    """One trace header. ``by`` is the receiving host in lower case; ``at`` is aware, None without a readable date."""

    by: str
    at: datetime | None
    raw: str


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf that is not the chosen body text, or an attached message.

    ``filename`` is the sender's own name, decoded, kept as data only; ``safe_name`` is fit for a file system and for
    a header. ``path`` is the place in the tree ("1.2.1"). ``text`` is the decoded text of text/* parts and of the
    bodies inside an attached message, else "". ``inside``: the pictures and PDFs in an archive or office file.
    ``mail``: what the headers of an attached message say. ``sheet``: what a PDF or a letter of a word processor says,
    once ``sheets`` had it read by a process with limits.
    """

    index: int
    path: str
    content_type: str
    charset: str
    filename: str
    safe_name: str
    disposition: str
    content_id: str
    size: int
    sha256: str
    inline: bool
    data: bytes = field(repr=False)
    text: str
    inside: tuple[Inside, ...] = ()
    mail: MailHead | None = None
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """What a mail says. ``unreadable`` is "" or the code of the reason why a person must look at the original."""

    message_id: str
    message_ids: tuple[str, ...]
    sender: Address | None
    senders: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    recipients: tuple[Address, ...]  # To, Cc, Delivered-To, X-Original-To, Resent-*, Envelope-To
    return_path: str | None  # "" for <>, None when the header is absent
    subject: str
    date: datetime | None  # the sender's claim, shown and never counted from
    received: tuple[Received, ...]  # top header first
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]  # (name in lower case, decoded value), in order, capped
    content_type: str
    text: str  # what the writer wrote: text/plain if present, else text made from the HTML
    html: str  # the HTML as sent, not cleaned: never show it as it is
    parts: tuple[Part, ...]
    signed: bool
    defects: tuple[str, ...]
    unreadable: str
    body_digest: str  # SHA-256 hex over decoded text and attachments, whatever the transfer encoding or the trace


def parse(raw: bytes) -> ParsedMessage:
    """What the bytes of a mail say. Never raises: what cannot be read is named in ``defects`` and ``unreadable``.

    Message-IDs keep their angle brackets, in all fields. Dates are aware.
    """
    if not raw.strip():
        return _assemble([], {"empty"}, None, "")
    try:
        return _parse(heads.mended(raw))
    except MemoryError:
        return scan(raw, "out_of_memory")
    except Exception as error:  # noqa: BLE001  the library below raises nearly everything on some input
        return scan(raw, "parser_failed", detail=type(error).__name__)


def scan(raw: bytes, unreadable: str, *, detail: str = "") -> ParsedMessage:
    """Only what the first 64 kB of header say, by a reader that cannot fail; for a mail the parser could not take."""
    head = raw[: heads.SCAN_LIMIT]
    end = heads.BLANK_LINE.search(head)
    pairs: list[tuple[str, str]] = []
    for line in heads.fields(head[: end.start()] if end else head):
        name, colon, value = line.partition(b":")
        if colon and heads.FIELD.match(line) and not line.startswith(b"From "):
            pairs.append((name.decode("ascii").strip(), value.decode("ascii", "surrogateescape").strip()))
    defects = {unreadable} | ({f"raised_{detail.lower()}"} if detail else set())
    return _assemble(pairs, defects, None, unreadable)


def receipt_instant(parsed: ParsedMessage, *, trusted: Collection[str], now: datetime) -> datetime:
    """When the mail reached the first server of ours, in UTC: the time limit of art. 12(3) GDPR runs from there.

    Read from the top down, as servers prepend: the lines of ``trusted`` hosts, and of a store that names one of them as
    where it had the mail from. Below the line that took it from outside everything may be the sender's own. Never
    later than ``now`` (aware), nor the sender's Date; ``now`` where no trusted host dated the mail.
    """
    hosts = {ascii_domain(host.rstrip(".")) for host in trusted}
    earliest = now
    for line in parsed.received:
        if line.by in hosts and line.at is not None:
            earliest = min(earliest, line.at)
        if not _came_from_ours(line, hosts):
            break
    return earliest.astimezone(UTC)


def _came_from_ours(line: Received, hosts: Collection[str]) -> bool:
    """One of our hosts handed it on, a filter on the same machine included: what its address is called, where told."""
    told = _FROM.match(line.raw)
    if told is None:
        return False
    name = ascii_domain((told["checked"] or told["called"]).rstrip("."))
    return name in hosts or (name == "localhost" and bool(_LOOPBACK.search(told["address"] or "")))


def _parse(raw: bytes) -> ParsedMessage:
    if _binary(raw) and not heads.looks_like_mail(raw):
        whole = mime.Leaf(1, "1", "application/octet-stream", "", "", "", "", raw)
        return _assemble([], {"not_mail"}, mime.Content(others=[whole]), "")
    reader = mime.Reader(len(raw))
    root, content = reader.read(raw)
    pairs = [(name, str(value)) for name, value in root.raw_items()]
    defects = reader.defects
    if not any(name.lower() in _MAIL_HEADERS for name, _ in pairs):
        defects.add("not_mail")
    if not content.text.strip():
        kinds = {leaf.kind for leaf in content.others}
        if content.encrypted:
            defects.add("encrypted")
        elif kinds & winmail.KINDS:
            defects.add("winmail")
        elif not kinds and not any(name.lower() == "subject" and value.strip() for name, value in pairs):
            defects.add("empty")
    elif content.text.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
        defects.add("encrypted")
    return _assemble(pairs, defects, content, "", content_type=root.kind()[0])


def _binary(raw: bytes) -> bool:
    sample = raw[:4096]
    controls = len(sample) - len(sample.translate(None, bytes(range(9)) + bytes(range(14, 32))))
    return controls * 20 > len(sample)


def _assemble(
    pairs: list[tuple[str, str]],
    defects: set[str],
    content: "mime.Content | None",
    unreadable: str,
    *,
    content_type: str = "text/plain",
) -> ParsedMessage:
    """One message of raw header fields and, where it could be read, its content."""
    head = _Head(pairs)
    content = content or mime.Content()
    parts = _parts(content)
    senders = addresses(head.all("from")[:20])
    ids = tuple(dict.fromkeys(found for value in head.all("message-id")[:20] for found in message_ids(value)[:1]))
    date = instant(header_text(head.first("date")))
    claims = {
        "no_from": not senders,
        "several_from": len(senders) > 1 or len(head.all("from")) > 1,
        "no_date": not head.all("date"),
        "bad_date": bool(head.all("date")) and date is None,
        "no_message_id": not ids,
        "several_message_ids": len(ids) > 1,
        "several_subjects": len(head.all("subject")) > 1,
    }
    text, subject = _mended(content.text, decode_words(header_text(head.first("subject"))).text)
    claims["encoded_twice"] = text != content.text
    defects = defects | head.defects | {code for code, holds in claims.items() if holds}
    return_path = head.first("return-path") if head.all("return-path") else None
    return ParsedMessage(
        message_id=ids[0] if ids else "",
        message_ids=ids,
        sender=senders[0] if senders else None,
        senders=senders,
        reply_to=addresses(head.all("reply-to")[:20]),
        recipients=addresses(value for name in _RECIPIENTS for value in head.all(name)),
        return_path=None if return_path is None else normal(header_text(return_path)),
        subject=subject,
        date=date,
        received=tuple(_received(value) for value in head.all("received")[:_RECEIVED_LIMIT]),
        in_reply_to=_linked(head.all("in-reply-to")),
        references=_linked(head.all("references")),
        headers=head.decoded,
        content_type=content_type,
        text=text,
        html=content.html,
        parts=parts,
        signed=content.signed or text.lstrip().startswith("-----BEGIN PGP SIGNED MESSAGE-----"),
        defects=tuple(sorted(defects)),
        unreadable=unreadable or next((code for code in UNREADABLE if code in defects), ""),
        body_digest=_body_digest(content, parts),
    )


def _mended(text: str, subject: str) -> tuple[str, str]:
    """Text and subject without what a program on the way did to their letters; the digests are of what was sent."""
    whole = mojibake.mended(text)
    return whole, mojibake.mended(subject, sure=whole != text)


class _Head:
    """The header fields of a message within the caps, raw by name for addresses and decoded for reading."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.defects: set[str] = set()
        self._raw: dict[str, list[str]] = {}
        decoded: list[tuple[str, str]] = []
        room = heads.HEADER_BLOCK_LIMIT
        for name, value in pairs:
            if len(decoded) >= HEADERS_LIMIT or room <= 0:
                self.defects.add("too_many_headers")
                break
            if len(value) > HEADER_LIMIT:
                self.defects.add("header_too_large")
                value = value[:HEADER_LIMIT]
            room -= len(value)
            key = one_line(name).lower()[:200]
            self._raw.setdefault(key, []).append(value)
            text = decode_words(header_text(value))
            self.defects |= text.defects
            decoded.append((key, text.text))
        self.decoded = tuple(decoded)

    def all(self, name: str) -> list[str]:
        return self._raw.get(name, [])

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")


def _parts(content: "mime.Content") -> tuple[Part, ...]:
    taken: set[str] = set()
    parts = []
    for index, leaf in enumerate(mime.flattened(content)):
        parts.append(
            Part(
                index=index,
                path=leaf.path,
                content_type=leaf.kind,
                charset=leaf.charset,
                filename=leaf.filename,
                safe_name=safe(leaf.filename, leaf.kind, leaf.path, taken),
                disposition=leaf.disposition,
                content_id=leaf.content_id,
                size=len(leaf.data),
                sha256=hashlib.sha256(leaf.data).hexdigest(),
                inline=leaf.disposition == "inline" or bool(leaf.content_id and leaf.disposition != "attachment"),
                data=leaf.data,
                text=leaf.text,
                inside=inside(leaf.data),
                mail=leaf.head,
            )
        )
    return tuple(parts)


# -- fields --------------------------------------------------------------------------------


def message_ids(value: str) -> list[str]:
    """The ids of a raw Message-ID, In-Reply-To or References value, with their brackets, without blanks."""
    text = header_text(value)
    found = ["<" + "".join(inner.split()) + ">" for inner in _ID.findall(text)]
    if not found:
        found = [f"<{word.strip('<>')}>" for word in text.split() if "@" in word and len(word) < 998]
    return [one for one in found if one != "<>"]


def _linked(values: list[str]) -> tuple[str, ...]:
    ids = list(dict.fromkeys(one for value in values[:20] for one in message_ids(value)))
    return tuple(ids[-_IDS_LIMIT:])  # the newest stand last


def _received(value: str) -> Received:
    text = header_text(value)
    bare = _without_comments(text)
    words = _KEYWORD.findall(bare)
    by = ""
    # The word after "from" is what the sender called itself, be it "by".
    skip = False
    for word, following in pairwise(words):
        if skip:
            skip = False
        elif word.lower() == "from":
            skip = True
        elif word.lower() == "by":
            by = ascii_domain(following.strip("[],").rstrip("."))
            break
    return Received(by=by, at=received_at(bare), raw=text[:4000])


def _without_comments(text: str) -> str:
    kept: list[str] = []
    depth = 0
    for piece in re.split(r"([()])", text):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(piece)
    return " ".join(kept)


# -- digests -----------------------------------------------------------------------------------


def digest_of(pieces: Iterable[str]) -> str:
    """SHA-256 hex over texts, each with its length, so that no two lists make the same bytes."""
    digest = hashlib.sha256()
    for piece in pieces:
        data = piece.encode("utf-8", "replace")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _plain(text: str) -> str:
    lines = (line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(lines).strip("\n")


_ENCLOSED = {"message/rfc822", "message/global"}


def _body_digest(content: "mime.Content", parts: tuple[Part, ...]) -> str:
    # Text counts as text, since gateways re-encode it; anything else counts as its bytes.
    attached = [
        digest_of(["text", _plain(part.text)])
        if part.content_type.startswith("text/") or (part.text and part.content_type in _ENCLOSED)
        else part.sha256
        for part in parts
    ]
    return digest_of(["body", _plain(content.text), _plain(content.html), *attached])
