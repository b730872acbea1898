"""Mails inside a mail: who wrote them and when they arrived, as the mail that passes them on says. Pure.

Only a proposal: an officer confirms it. The time is that of arrival where an attached mail shows it, else the one the
program wrote above the forwarded text, in Brussels time when it names no other.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dsar.intake.about import is_one_name
from dsar.intake.folding import fold_plain
from dsar.intake.header_blocks import header_blocks
from dsar.intake.parsing import ParsedMessage
from dsar.intake.written_dates import instant

__all__ = ["Inner", "earliest", "inner", "is_one_person", "writers"]

_READ = 20_000
_MOST = 20
# A mail forwarded after more than a year is rather a wrong date than a forgotten request.
_OLDEST = timedelta(days=400)
_WROTE = re.compile(r"\b(?:wrote|ecrit|schreef|schrieb)\b")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")
_ANNOUNCED = re.compile(r"^[\s>]*(?:[-_=*]{3,}|(?:début du|begin) (?:message|forwarded)).{0,80}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Inner:
    """The forwarded mail: its writer and when it arrived (aware; None when that cannot be read).

    ``parts``: the indexes of the attached mail and of what it brought; ``to``: to whom the lines above it say it went.
    """

    name: str
    address: str
    at: datetime | None
    message_id: str = ""
    subject: str = field(default="", compare=False)
    text: str = field(default="", compare=False, repr=False)
    parts: tuple[int, ...] = field(default=(), compare=False)
    to: str = field(default="", compare=False)


def inner(parsed: ParsedMessage, own_domains: Collection[str] = ()) -> Inner | None:
    """The mail inside this one: attached, or copied below a header block. None when there is none.

    Of several inside each other it is the first that did not come from one of ``own_domains``: a colleague may have
    passed it on to a colleague. Of several by one writer the earliest counts: a thread ends with a reminder.
    """
    found = [*_attached(parsed), *_in_text(parsed.text), *_in_colleagues(parsed, own_domains)]
    strangers = [mail for mail in found if not _is_ours(mail, own_domains)]
    first = next(iter([mail for mail in strangers if mail.address] or strangers or found), None)
    if first is None:
        return None
    instants = [mail.at for mail in found if mail.address == first.address and mail.at is not None]
    return replace(first, at=min(instants, default=None))


def writers(parsed: ParsedMessage, own_domains: Collection[str] = ()) -> list[Inner]:
    """Everybody whose mail stands beside the others' here, each once, with all they wrote; in their order.

    What a stranger attached, quoted or received is theirs: only mails that lie side by side have writers of their own.
    """
    beside = [*_side_by_side(parsed, own_domains)]
    for text in [parsed.text, *(part.text for part in _of_colleagues(parsed, own_domains))]:
        beside += _unanswered(list(_in_text(text)), own_domains)
    found: list[Inner] = []
    for mail in beside:
        known = next((n for n, other in enumerate(found) if is_one_person(mail, other)), None)
        if known is None:
            found.append(mail)
        else:
            found[known] = _joined(found[known], mail)
    return found[:_MOST]


def is_one_person(one: Inner, other: Inner) -> bool:
    """The same address, or the same name in full where an address is missing or another one of theirs."""
    if one.address and one.address == other.address:
        return True
    full = min(len(one.name.split()), len(other.name.split())) > 1
    return full and "@" not in one.name + other.name and is_one_name(one.name, other.name)


def earliest(outer: datetime, proposed: datetime | None) -> datetime:
    """From when the clock runs until a person confirms: the earlier of the two instants that are plausible."""
    if proposed is None or not outer - _OLDEST <= proposed <= outer:
        return outer
    return proposed


def _is_ours(mail: Inner, own_domains: Collection[str]) -> bool:
    domain = mail.address.rpartition("@")[2]
    return any(domain == own or domain.endswith(f".{own}") for own in own_domains)


def _joined(first: Inner, second: Inner) -> Inner:
    instants = [mail.at for mail in (first, second) if mail.at is not None]
    texts = dict.fromkeys(text for mail in (first, second) if (text := mail.text.strip()))
    return replace(
        first,
        address=first.address or second.address,
        at=min(instants, default=None),
        text="\n\n".join(texts),
        parts=(*first.parts, *second.parts),
    )


def _attached(parsed: ParsedMessage) -> Iterator[Inner]:
    for part in parsed.parts:
        if part.mail is not None and part.mail.sender is not None:
            head, sender = part.mail, part.mail.sender
            held = tuple(one.index for one in parsed.parts if one.path.startswith(f"{part.path}."))
            yield Inner(
                sender.name, sender.address, head.at, head.message_id, head.subject, part.text, (part.index, *held)
            )


def _side_by_side(parsed: ParsedMessage, own_domains: Collection[str]) -> Iterator[Inner]:
    """The attached mails of strangers without what those have attached themselves."""
    below: set[int] = set()
    for mail in _attached(parsed):
        if mail.parts[0] not in below and not _is_ours(mail, own_domains):
            below.update(mail.parts)
            yield mail


def _of_colleagues(parsed: ParsedMessage, own_domains: Collection[str]):  # type: ignore[no-untyped-def]
    """The attached mails that one of us wrote: a colleague who passed something on to a colleague."""
    ours = [mail.parts[0] for mail in _attached(parsed) if _is_ours(mail, own_domains)]
    return [part for part in parsed.parts if part.index in ours]


def _in_colleagues(parsed: ParsedMessage, own_domains: Collection[str]) -> Iterator[Inner]:
    for part in _of_colleagues(parsed, own_domains):
        yield from _in_text(part.text)


def _in_text(text: str) -> list[Inner]:
    text = text[:_READ]
    return [*_copied(text), *_attributed(text)]


def _unanswered(found: list[Inner], own_domains: Collection[str]) -> list[Inner]:
    """Mails copied one below the other, without those that went to one of the writers above: they are a thread."""
    blocks = [mail for mail in found if mail.text]
    kept: list[Inner] = []
    for mail in [mail for mail in blocks or found[:1] if not _is_ours(mail, own_domains)]:
        to = mail.to.lower()
        if not any(_names(other, to) for other in kept if not is_one_person(other, mail)):
            kept.append(mail)
    return kept


def _names(writer: Inner, to: str) -> bool:
    name = writer.name.lower().strip()
    return bool((writer.address and writer.address in to) or (" " in name and name in to))


def _copied(text: str) -> Iterator[Inner]:
    lines = text.split("\n")
    blocks = list(header_blocks(lines))
    ends = [block.start for block in blocks[1:]]
    for block, end in zip(blocks, [*ends, len(lines)], strict=False):
        written, fields = block.fields["from"], block.fields
        at = instant(fields.get("when", ""))
        body = _body(lines[block.end : end])
        more = {"subject": fields.get("subject", ""), "text": body, "to": fields.get("to", "")}
        if address := _ADDRESS.search(written):
            name = written[: address.start()].removesuffix("mailto:").strip(' "<[*(').strip()
            yield Inner(name[:200], address.group().lower(), at, **more)
        elif at is not None and written.strip():
            yield Inner(written.strip(' "*')[:200], "", at, **more)  # Outlook writes the name alone of whom it knows


def _body(lines: list[str]) -> str:
    """What stands below a block, without the line that announces the next one."""
    while lines and (not lines[-1].strip() or _ANNOUNCED.match(lines[-1])):
        lines = lines[:-1]
    return "\n".join(lines).strip("\n") or " "


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
