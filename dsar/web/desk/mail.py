"""A received message as the desk shows it: its text, the quoted part folded, marked words kept in place."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from dsar.history import labels
from dsar.identity.register_number import masked
from dsar.intake.models import InboundMessage, Share
from dsar.intake.titles import Titles, read_titles, titles_of
from dsar.vault import services as vault
from dsar.web.desk.parts import Attachment, attachments
from dsar.web.desk.passages import Mark, Passage, passages
from workflow.models import Case
from workflow.sealing import KeyGone
from workflow.states import Right

LONGEST = 100_000
PARTS = ("parts__blob", "parts__words", "parts__scan", "parts__recognition__text")  # what a message is shown with


@dataclass(frozen=True, slots=True)
class Mail:
    """``passages`` is empty when ``gone`` (erased) or when nothing could be read."""

    message: InboundMessage
    parts: list[Attachment]
    passages: tuple[Passage, ...]
    subject: str = ""
    gone: bool = False
    cut: bool = False
    titles: Titles = field(default_factory=Titles)
    incomplete: bool = False  # an attachment went to another case: the original would still show it
    people: int = 0  # so many write in it, and this is one person's part; 0 of a message that is one's alone
    kept_back: int = 0  # attachments of a divided message that are nobody's alone


def mails_of(case: Case, *, with_text: bool) -> list[Mail]:
    """The messages of a case, the oldest first; texts only for those who may read them."""
    rows = (
        InboundMessage.objects.filter(case=case)
        .select_related("raw", "text", "head", "mailbox")
        .prefetch_related(*PARTS)
        .order_by("received_at", "id")
    )
    known = titles_of(rows) if with_text else {}
    mails = [_mail(row, known.get(row.pk, Titles()), with_text=with_text) for row in rows]
    mails += [_part(share, with_text=with_text) for share in _shares(case)]
    return sorted(mails, key=lambda mail: (mail.message.received_at, mail.message.pk))


def _shares(case: Case) -> list[Share]:
    shares = Share.objects.filter(case=case).select_related(
        "text", "head", "message__raw", "message__head", "message__mailbox"
    )
    return list(shares.prefetch_related(*(f"message__{part}" for part in PARTS), "message__shares"))


def _part(share: Share, *, with_text: bool) -> Mail:
    """One person's part of a message: what the others wrote and brought is not in it."""
    message = share.message
    titles = read_titles([share.head])[0] if with_text else Titles()
    rows = [row for row in message.parts.all() if row.moved_to_id == share.case_id]
    whole = titles_of([message])[message.pk] if with_text and rows else Titles()
    parts = attachments(rows, whole, with_text=with_text)
    kept_back = sum(row.moved_to_id is None for row in message.parts.all())
    told = {"people": len(message.shares.all()), "kept_back": kept_back}
    if not with_text:
        return Mail(message, parts, (), **told)
    try:
        text = vault.read(share.text).decode("utf-8", "replace")
    except KeyGone:
        return Mail(message, parts, (), titles.subject, gone=True, **told)
    shown = passages(masked(text[:LONGEST]), marks_of(titles))
    return Mail(message, parts, shown, titles.subject, cut=len(text) > LONGEST, **told)


def known_by(mails: Iterable[Mail]) -> list[tuple[str, str]]:
    """By what the mails of a case say the sources may know its person: kind and value, each once."""
    found: dict[tuple[str, str], None] = {}
    for mail in mails:
        if mail.titles.person_name:
            found["name", mail.titles.person_name] = None
        found |= dict.fromkeys(mail.titles.identifiers)
    return list(found)


def mail_of(row: InboundMessage) -> Mail:
    """One message with its parts and its text, for those who may read it."""
    return _mail(row, titles_of([row])[row.pk], with_text=True)


def _mail(row: InboundMessage, titles: Titles, *, with_text: bool) -> Mail:
    kept = [part for part in row.parts.all() if part.moved_to_id in {None, row.case_id}]
    incomplete = len(kept) < len(row.parts.all())
    parts = attachments(kept, titles, with_text=with_text)
    if not with_text or row.text is None:
        return Mail(row, parts, (), titles.subject, titles=titles, incomplete=incomplete)
    try:
        text = vault.read(row.text).decode("utf-8", "replace")
    except KeyGone:
        return Mail(row, parts, (), titles.subject, gone=True, incomplete=incomplete)
    text, cut = text[:LONGEST], len(text) > LONGEST
    marked = passages(masked(text), marks_of(titles))
    return Mail(row, parts, marked, titles.subject, cut=cut, titles=titles, incomplete=incomplete)


def marks_of(titles: Titles) -> list[Mark]:
    """The words that gave each right when the message came."""
    return [Mark(start, end, str(labels.RIGHTS[Right(right)])) for right, start, end in titles.telling]
