"""A received message as the desk shows it: its text, the quoted part folded, marked words kept in place."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from dsar.history import labels
from dsar.identity.register_number import masked
from dsar.intake.models import InboundMessage, MessagePart
from dsar.intake.quoting import sort_lines
from dsar.intake.titles import Titles, titles_of
from dsar.vault import services as vault
from workflow.models import Case
from workflow.sealing import KeyGone
from workflow.states import Right

LONGEST = 100_000
_OWN = frozenset({"own", "signature"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Words from ``start`` to ``end`` of the text that gave a right, named by ``label``."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``label`` is empty where nothing is marked."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of one writer; ``quoted`` ones are folded."""

    quoted: bool
    lines: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """``name`` is the sender's own, "" without one, when erased, or for those who may not read the mail."""

    row: MessagePart
    name: str


@dataclass(frozen=True, slots=True)
class Mail:
    """``passages`` is empty when ``gone`` (erased) or when nothing could be read."""

    message: InboundMessage
    parts: list[Attachment]
    passages: tuple[Passage, ...]
    subject: str = ""
    gone: bool = False
    cut: bool = False
    incomplete: bool = False  # an attachment went to another case: the original would still show it


def moved_here(case: Case, *, with_text: bool) -> list[Attachment]:
    """Attachments of other cases' messages that an officer put into this one."""
    rows = list(
        MessagePart.objects.filter(moved_to=case).exclude(message__case=case).select_related("blob", "message__head")
    )
    known = titles_of({row.message for row in rows}) if with_text else {}
    return [Attachment(row, known.get(row.message_id, Titles()).files.get(row.position, "")) for row in rows]


def mails_of(case: Case, *, with_text: bool) -> list[Mail]:
    """The messages of a case, the oldest first; texts only for those who may read them."""
    rows = (
        InboundMessage.objects.filter(case=case)
        .select_related("raw", "text", "head", "mailbox")
        .prefetch_related("parts__blob")
        .order_by("received_at", "id")
    )
    known = titles_of(rows) if with_text else {}
    return [_mail(row, known.get(row.pk, Titles()), with_text=with_text) for row in rows]


def mail_of(row: InboundMessage) -> Mail:
    """One message with its parts and its text, for those who may read it."""
    return _mail(row, titles_of([row])[row.pk], with_text=True)


def _mail(row: InboundMessage, titles: Titles, *, with_text: bool) -> Mail:
    kept = [part for part in row.parts.all() if part.moved_to_id in {None, row.case_id}]
    incomplete = len(kept) < len(row.parts.all())
    parts = [Attachment(part, titles.files.get(part.position, "")) for part in kept]
    if not with_text or row.text is None:
        return Mail(row, parts, (), titles.subject, incomplete=incomplete)
    try:
        text = vault.read(row.text).decode("utf-8", "replace")
    except KeyGone:
        return Mail(row, parts, (), titles.subject, gone=True, incomplete=incomplete)
    text, cut = text[:LONGEST], len(text) > LONGEST
    marked = passages(masked(text), marks_of(titles))
    return Mail(row, parts, marked, titles.subject, cut=cut, incomplete=incomplete)


def marks_of(titles: Titles) -> list[Mark]:
    """The words that gave each right when the message came."""
    return [Mark(start, end, str(labels.RIGHTS[Right(right)])) for right, start, end in titles.telling]


def passages(text: str, marks: Iterable[Mark]) -> tuple[Passage, ...]:
    """The text cut where the writer changes, each part with its marked words."""
    ordered = sorted(marks, key=lambda mark: mark.start)
    found = []
    for own, run in groupby(sort_lines(text), key=lambda line: line.kind in _OWN):
        lines = list(run)
        start, end = lines[0].start, lines[-1].end
        if text[start:end].strip():
            found.append(Passage(not own, len(lines), _pieces(text, start, end, ordered)))
    return tuple(found)


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> tuple[Piece, ...]:
    pieces = []
    at = start
    for mark in marks:
        if mark.start < at or mark.end > end:
            continue  # in another passage, or overlapping one that is marked already
        pieces += [Piece(text[at : mark.start]), Piece(text[mark.start : mark.end], mark.label)]
        at = mark.end
    pieces.append(Piece(text[at:end]))
    return tuple(piece for piece in pieces if piece.text)
