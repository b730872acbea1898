"""What a delivery report says: did a letter of ours come back, and which one? Pure."""

import re

from dsar.intake import automatic, parsing
from dsar.intake.parsing import ParsedMessage
from dsar.intake.reading import Reading

__all__ = ["gave_up", "quoted_ids"]

# What a delivery report says became of a letter (RFC 3464, 2.3.3); older ones say it only in their subject.
_ACTION = re.compile(rb"^Action:[ \t]*(\w+)", re.IGNORECASE | re.MULTILINE)
_DELAY = re.compile(r"delay|warning|retard|vertrag|verz[oö]ger", re.IGNORECASE)


def gave_up(parsed: ParsedMessage, reading: Reading) -> bool:
    """Did another server give up on a letter, or does it say that it keeps trying (RFC 3464, Action: delayed)?

    A complaint is about a letter that arrived.
    """
    if reading.kind == "auto_reply":
        return automatic.says_undelivered(parsed)
    if reading.kind != "bounce" or reading.kind_because in automatic.ARRIVED:
        return False
    reports = [part.data for part in parsed.parts if part.content_type == "message/delivery-status"]
    actions = {action.lower() for report in reports for action in _ACTION.findall(report[:65536])}
    return b"failed" in actions if actions else not _DELAY.search(parsed.subject)


def quoted_ids(parsed: ParsedMessage) -> tuple[str, ...]:
    """Message-IDs a delivery report speaks of: its threading headers and the message it returns."""
    found = [*parsed.in_reply_to, *parsed.references]
    for part in parsed.parts:
        if part.content_type in {"message/rfc822", "text/rfc822-headers", "message/delivery-status"}:
            found += parsing.message_ids(part.text or part.data[:65536].decode("latin-1"))
    return tuple(dict.fromkeys(found))
