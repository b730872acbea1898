"""What the headers of an attached mail say: whose it is, about what, when it came. Pure; read where the mail is parsed.

The mail around it may be anybody's who passes it on, so none of this decides by itself whom we write to.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dsar.intake.addresses import Address, addresses
from dsar.intake.decoding import decode_words, header_text
from dsar.intake.header_dates import instant, received_at

__all__ = ["MailHead", "Through", "head_of"]

_LOOKED_AT = 2000


class Through(StrEnum):
    """Whose address a mail carries that brings another's request: one of ours, somebody's, a list's."""

    COLLEAGUE = "colleague"
    SOMEBODY = "somebody"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class MailHead:
    """Of an attached mail. ``at``: when its first server took it, else what its writer says (aware, or None)."""

    sender: Address | None
    subject: str
    at: datetime | None
    message_id: str


def head_of(pairs: list[tuple[str, str]]) -> MailHead:
    """The head of raw header fields, the topmost of each name; never raises."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name.lower(), []).append(value[:_LOOKED_AT])
    senders = addresses(found.get("from", [])[:20])
    arrived = (received_at(header_text(value)) for value in found.get("received", [])[:20])
    date = instant(header_text(found.get("date", [""])[0]))
    identifier = "".join(header_text(found.get("message-id", [""])[0]).split())
    return MailHead(
        sender=senders[0] if senders else None,
        subject=decode_words(header_text(found.get("subject", [""])[0])).text[:500],
        at=next((at for at in arrived if at is not None), date),
        message_id=identifier if identifier.startswith("<") and identifier.endswith(">") else "",
    )
