"""Whose request a mail brings when its sender is not the one who asks. Pure.

A colleague passes on what reached them, somebody attaches another's mail, a list puts its own address above what its
members write. In each of them the sender is nobody to be acknowledged, or not alone: an officer says who wrote.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from dsar.intake import forwarded, rewritten
from dsar.intake.enclosures import Through
from dsar.intake.forwarded import Inner
from dsar.intake.meaning import Model
from dsar.intake.parsing import Address, ParsedMessage, Received
from dsar.intake.reading import Reading, read

__all__ = ["Enclosed", "Passed", "passed"]

_ASKING = frozenset({"request", "reply", "chaser", "complaint"})


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One writer's own mail, as if it had come alone, and what was read of it."""

    inner: Inner
    parsed: ParsedMessage
    reading: Reading


@dataclass(frozen=True, slots=True)
class Passed:
    """``mails``: of those who ask, none where nobody is found. ``beside``: the sender asks something, too."""

    through: Through
    mails: tuple[Enclosed, ...] = ()
    beside: bool = False

    @property
    def several(self) -> bool:
        """Requests of two people at least."""
        return len(self.mails) + self.beside > 1

    @property
    def inner(self) -> Inner | None:
        """The first of them."""
        return self.mails[0].inner if self.mails else None


def passed(
    parsed: ParsedMessage,
    reading: Reading,
    *,
    own_domains: Collection[str],
    colleague: bool,
    model: Model | None = None,
) -> Passed | None:
    """Who asks through this mail; None where its sender writes for themself, or for somebody they represent.

    ``colleague``: one of us sent it.
    """
    behind = rewritten.behind(parsed)
    if behind is not None:
        return Passed(Through.LIST, (Enclosed(behind, parsed, reading),))
    found = forwarded.writers(parsed, own_domains)
    if colleague:
        unread = not reading.rights_alone  # what is quoted is nobody's own words, but whose it is they are
        wanted = len(found) > 1 or unread
        return Passed(Through.COLLEAGUE, _asking(parsed, found, own_domains, model) if wanted else ())
    sender = parsed.sender
    if sender is None or reading.representative:
        return None
    writer = Inner(sender.name, sender.address, None)
    enclosed = [mail for mail in found if mail.parts and not forwarded.is_one_person(mail, writer)]
    others = _asking(parsed, enclosed, own_domains, model)
    if not others:
        return None
    own = read(_without_mails(parsed), own_domains=own_domains, model=model)
    return Passed(Through.SOMEBODY, others, beside=_asks(own))


def _asking(
    parsed: ParsedMessage, found: list[Inner], own_domains: Collection[str], model: Model | None
) -> tuple[Enclosed, ...]:
    mails = [_as_a_mail(parsed, inner) for inner in found]
    read_alone = [(mail, read(mail, own_domains=own_domains, model=model)) for mail in mails]
    return tuple(
        Enclosed(inner, mail, reading)
        for inner, (mail, reading) in zip(found, read_alone, strict=True)
        if _asks(reading)
    )


def _asks(reading: Reading) -> bool:
    return reading.kind in _ASKING and bool(reading.rights_alone or reading.kind in {"chaser", "complaint"})


def _as_a_mail(parsed: ParsedMessage, inner: Inner) -> ParsedMessage:
    """What this writer sent, with their own attachments and none of the headers of the mail around it."""
    return replace(
        parsed,
        message_id=inner.message_id,
        message_ids=(inner.message_id,) if inner.message_id else (),
        sender=Address(inner.name, inner.address),
        senders=(Address(inner.name, inner.address),),
        reply_to=(),
        return_path=None,
        subject=inner.subject,
        date=inner.at,
        received=(Received("", inner.at, ""),) if inner.at else (),
        in_reply_to=(),
        references=(),
        headers=(),
        content_type="text/plain",
        text=_unquoted(inner.text.strip()),
        html="",
        parts=tuple(part for part in parsed.parts if part.index in inner.parts[1:]),
        signed=False,
        defects=(),
        unreadable="",
    )


def _unquoted(text: str) -> str:
    """A mail that was quoted as a whole, without the marks of it."""
    lines = text.split("\n")
    if not all(line.startswith(">") for line in lines if line.strip()):
        return text
    return "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines).strip("\n")


def _without_mails(parsed: ParsedMessage) -> ParsedMessage:
    """The same without the mails attached to it and what those hold."""
    mails = [part.path for part in parsed.parts if part.mail is not None]
    kept = [part for part in parsed.parts if not any(f"{part.path}.".startswith(f"{path}.") for path in mails)]
    return replace(parsed, parts=tuple(kept))
