"""What a delivery report says: what became of a letter of ours, and of which one? Pure."""

import re
from dataclasses import dataclass

from dsar.intake import automatic, parsing
from dsar.intake.parsing import ParsedMessage
from dsar.intake.reading import Reading

__all__ = ["Heard", "heard", "quoted_ids"]

# What a delivery report says became of a letter (RFC 3464, 2.3.3); older ones say it only in their subject.
_ACTION = re.compile(rb"^Action:[ \t]*(\w+)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rb"^Status:[ \t]*([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)
_DIAGNOSTIC = re.compile(rb"^Diagnostic-Code:[ \t]*(?:[\w-]+;)?((?:.|\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
_DELAY = re.compile(r"delay|warning|retard|vertrag|verz[oö]ger", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a letter: failed for ever, still tried, or arrived. ``status`` as 5.1.1, ``words`` its line."""

    failed: bool
    arrived: bool = False
    status: str = ""
    words: str = ""


def heard(parsed: ParsedMessage, reading: Reading) -> Heard | None:
    """Did another server give up on a letter, does it keep trying, or is the letter there? None: nothing of that.

    A complaint is about a letter that arrived, and changes nothing. An older report says what it is in its subject.
    """
    if reading.kind == "auto_reply":
        return Heard(failed=True) if automatic.says_undelivered(parsed) else None
    if reading.kind != "bounce" or reading.kind_because in automatic.ARRIVED:
        return None
    report = b"\n".join(part.data[:65536] for part in parsed.parts if part.content_type == "message/delivery-status")
    actions = {action.lower() for action in _ACTION.findall(report)}
    if not actions:
        return Heard(failed=not _DELAY.search(parsed.subject))
    failed = b"failed" in actions
    arrived = not failed and b"delayed" not in actions
    return Heard(failed=failed, arrived=arrived, status=_first(_STATUS, report), words=_first(_DIAGNOSTIC, report))


def _first(pattern: re.Pattern[bytes], report: bytes) -> str:
    found = pattern.search(report)
    return " ".join(found[1].decode("utf-8", "replace").split())[:300] if found else ""


def quoted_ids(parsed: ParsedMessage) -> tuple[str, ...]:
    """Message-IDs a delivery report speaks of: its threading headers and the message it returns."""
    found = [*parsed.in_reply_to, *parsed.references]
    for part in parsed.parts:
        if part.content_type in {"message/rfc822", "text/rfc822-headers", "message/delivery-status"}:
            found += parsing.message_ids(part.text or part.data[:65536].decode("latin-1"))
    return tuple(dict.fromkeys(found))
