"""What makes two copies of a mail one message. Pure."""

import hashlib
import re

from dsar.intake import heads
from dsar.intake.parsing import ParsedMessage, digest_of

__all__ = ["content_key", "former_key"]

# Of these not everything was read: what is equal in two of them says nothing about the rest.
_PARTLY_READ = frozenset(
    {
        "too_large", "timeout", "out_of_memory", "parser_failed", "processing_failed", "too_deep", "too_many_parts",
        "cannot_be_opened",
    }
)  # fmt: skip

# What a gateway on the way writes before a subject; it may stand on one copy and not on the other.
_TAGS = re.compile(r"(?i)^(?:\s*(?:\[[^\]\n]{1,40}\]|\*{2,}[^*\n]{1,40}\*{2,}|(?:extern(?:al|e)?|spam)\s*:))+")


def content_key(parsed: ParsedMessage, raw: bytes) -> str:
    """SHA-256 hex that is equal for two copies of one message: Message-ID, From, subject (without a gateway's
    tags) and content.

    Without a Message-ID, or when not all of it could be read: the same bytes but for the headers that transport adds
    and whatever line ends it uses.
    """
    if _has_identity(parsed):
        subject = " ".join(_TAGS.sub("", parsed.subject).split())
        return digest_of(["message", parsed.message_id, _senders(parsed), parsed.body_digest, subject])
    end = heads.BLANK_LINE.search(raw)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    kept = [b" ".join(line.split()) for line in heads.fields(head) if line.strip() and not heads.TRACE.match(line)]
    digest = hashlib.sha256(b"bytes\0" + b"\n".join(kept) + b"\0")
    digest.update(body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n"))
    return digest.hexdigest()


def former_key(parsed: ParsedMessage) -> str:
    """The key such a message was kept under while the subject did not count; "" of one that never had another."""
    if not _has_identity(parsed):
        return ""
    content = parsed.body_digest if parsed.text.strip() or parsed.parts else parsed.subject
    return digest_of(["message", parsed.message_id, _senders(parsed), content])


def _has_identity(parsed: ParsedMessage) -> bool:
    return bool(parsed.message_id) and parsed.unreadable not in _PARTLY_READ


def _senders(parsed: ParsedMessage) -> str:
    return ",".join(address.address for address in parsed.senders)
