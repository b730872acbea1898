"""The head of a mail as bytes: its fields, which of them transport adds, and mending what was damaged on the way."""

import re
from collections.abc import Iterable

HEADER_BLOCK_LIMIT = 1024 * 1024
SCAN_LIMIT = 64 * 1024
BLANK_LINE = re.compile(rb"\r\n\r\n|\n\n|\r\r")
FIELD = re.compile(rb"(?:From |[!-9;-~]+[ \t]*:)")
# Fields that hosts on the way add or rewrite: two copies of one message may differ in them.
TRACE = re.compile(
    rb"(?:received|return-path|delivered-to|x-original-to|envelope-to|x-envelope-to|x-envelope-from|x-delivered-to"
    rb"|authentication-results|received-spf|x-received|x-google-smtp-source|x-gm-message-state|dkim-signature"
    rb"|domainkey-signature|dkim-filter|lines|status|x-status|x-uid|x-uidl|x-keywords|x-mozilla-[a-z-]+"
    rb"|x-spam[a-z0-9-]*|x-virus[a-z0-9-]*|x-rspamd[a-z0-9-]*|x-ms-exchange-[a-z0-9-]+|arc-[a-z-]+)[ \t]*:",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    rb"^(?:from|to|subject|date|message-id|received|content-type|mime-version|return-path)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")


def looks_like_mail(raw: bytes) -> bool:
    """Whether a header that mail has begins a line within the first 64 kB."""
    return _KNOWN.search(raw, 0, SCAN_LIMIT) is not None


def fields(head: bytes) -> Iterable[bytes]:
    """Header fields with their continuation lines joined, as they stand."""
    field_lines: list[bytes] = []
    for line in _LINE.findall(head):
        if line[:1] in {b" ", b"\t"} and field_lines:
            field_lines.append(line)
            continue
        if field_lines:
            yield b"".join(field_lines)
        field_lines = [line]
    if field_lines:
        yield b"".join(field_lines)


def mended(raw: bytes) -> bytes:
    """The message with a head the standard library understands; the same object when nothing is wrong.

    It takes the first line that is no header for the beginning of the body, and with it all later headers. Dropped
    are blank lines and a byte order mark in front, blanks before a colon, and stray lines above a header every mail
    has; without such a header below, the line is the writer's text and stays.
    """
    start = len(raw) - len(raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    if start and not FIELD.match(raw, start):
        start = 0
    end = BLANK_LINE.search(raw, start, start + HEADER_BLOCK_LIMIT)
    if end is None:
        return raw[start:] if start else raw
    found = list(fields(raw[start : end.start()]))
    last = max((n for n, one in enumerate(found) if _KNOWN.match(one)), default=-1)
    kept = [
        re.sub(rb"^([!-9;-~]+)[ \t]+:", rb"\1:", one)
        for n, one in enumerate(found)
        if n >= last or (FIELD.match(one) and (n == 0 or not one.startswith(b"From ")))
    ]
    if kept == found:
        return raw[start:] if start else raw
    return b"".join(kept) + raw[end.start() :]
