"""A request that a colleague passed on: who wrote it and when it arrived, as the forwarded mail says. Pure.

Only a proposal: an officer confirms it. The time is that of arrival where an attached mail shows it, else the one the
program wrote above the forwarded text, in Brussels time when it names no other.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dsar.intake import parsing
from dsar.intake.folding import fold_plain
from dsar.intake.header_blocks import header_blocks
from dsar.intake.parsing import ParsedMessage
from dsar.intake.written_dates import instant

__all__ = ["Inner", "earliest", "inner"]

_READ = 20_000
# A mail forwarded after more than a year is rather a wrong date than a forgotten request.
_OLDEST = timedelta(days=400)
_WROTE = re.compile(r"\b(?:wrote|ecrit|schreef|schrieb)\b")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")


@dataclass(frozen=True, slots=True)
class Inner:
    """The forwarded mail: its writer and when it arrived (aware; None when that cannot be read)."""

    name: str
    address: str
    at: datetime | None
    message_id: str = ""


def inner(parsed: ParsedMessage, own_domains: Collection[str] = ()) -> Inner | None:
    """The mail inside this one: attached, or copied below a header block. None when there is none.

    Of several inside each other it is the first that did not come from one of ``own_domains``: a colleague may have
    passed it on to a colleague. Of several by one writer the earliest counts: a thread ends with a reminder.
    """
    text = parsed.text[:_READ]
    found = [*_attached(parsed), *_copied(text), *_attributed(text)]
    strangers = [mail for mail in found if mail.address.rpartition("@")[2] not in own_domains]
    first = next(iter([mail for mail in strangers if mail.address] or strangers or found), None)
    if first is None:
        return None
    instants = [mail.at for mail in found if mail.address == first.address and mail.at is not None]
    return replace(first, at=min(instants, default=None))


def _attached(parsed: ParsedMessage) -> Iterator[Inner]:
    for part in parsed.parts:
        if part.content_type == "message/rfc822":
            found = parsing.parse(part.data)
            if found.sender is not None:
                at = next((line.at for line in found.received if line.at), found.date)
                yield Inner(found.sender.name, found.sender.address, at, found.message_id)


def earliest(outer: datetime, proposed: datetime | None) -> datetime:
    """From when the clock runs until a person confirms: the earlier of the two instants that are plausible."""
    if proposed is None or not outer - _OLDEST <= proposed <= outer:
        return outer
    return proposed


def _copied(text: str) -> Iterator[Inner]:
    for block in header_blocks(text.split("\n")):
        written = block.fields["from"]
        at = instant(block.fields.get("when", ""))
        if address := _ADDRESS.search(written):
            name = written[: address.start()].removesuffix("mailto:").strip(' "<[*(').strip()
            yield Inner(name[:200], address.group().lower(), at)
        elif at is not None and written.strip():
            yield Inner(written.strip(' "*')[:200], "", at)  # Outlook writes the name alone of whom it knows


def _attributed(text: str) -> Iterator[Inner]:
    """Mails copied below a line that says who wrote: "On 3 November 2026 at 08:10, Ada <ada@example.org> wrote:"."""
    for line in re.sub(r"\n(?=[^\n]{0,80}:[ \t]*$)", " ", text, flags=re.MULTILINE).split("\n"):
        folded = fold_plain(line[:400]).strip()
        address = _ADDRESS.search(line[:400])
        if address and _WROTE.search(folded) and folded.endswith(":"):
            before = line[: address.start()].strip(' "<[*(')
            at = instant(line[: address.start()])
            yield Inner(_name_behind_the_date(before), address.group().lower(), at)


def _name_behind_the_date(before: str) -> str:
    name = re.split(r"[,;]|\d{1,2}[:.h]\d{2}|\d{4}|\b(?:schreef|schrieb)\b", before)[-1]
    return name.strip(' "<[*(')[:200]
