"""Attachments as the desk shows them: names, what is in some of them, what was found on arrival."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsar.intake.containing import is_withheld
from dsar.intake.models import MessagePart, OcrOutcome, PartScan, ScanVerdict
from dsar.intake.titles import Titles, titles_of
from dsar.vault import services as vault
from dsar.web import words
from dsar.web.desk.insides import Inside, insides
from dsar.web.desk.passages import Passage, passages
from workflow.deadlines import brussels_date
from workflow.models import Case


@dataclass(frozen=True, slots=True)
class Scanned:
    """``style`` is no (found something), wait (not opened) or "" (a note); ``sentence`` says it in words."""

    style: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """Of a part that is only a picture: the words that OCR read, or the sentence that says why there are none."""

    sentence: str = ""
    passages: tuple[Passage, ...] = ()
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """``name`` is the sender's own, "" without one, when erased, or for those who may not read the mail."""

    row: MessagePart
    name: str
    scanned: Scanned | None = None
    inside: Inside | None = None
    within: str = ""  # the attached message it came in
    recognised: Recognised | None = None
    words: tuple[Passage, ...] = ()  # what stays of a file that held a national register number

    @property
    def is_infected(self) -> bool:
        return self.scanned is not None and self.scanned.style == "no"

    @property
    def is_withheld(self) -> bool:
        return is_withheld(self.row)


def attachments(rows: Iterable[MessagePart], titles: Titles, *, with_text: bool) -> list[Attachment]:
    """Parts of one message, which came with their ``scan``; what is inside only for those who may read the mail."""
    rows = list(rows)
    around = {row.path: titles.files.get(row.position, "") or _("attached message") for row in rows if row.is_mail}
    inner = _insides(rows, with_text=with_text)
    found = []
    for row in rows:
        holders = [name for path, name in around.items() if row.path.startswith(f"{path}.")]
        found.append(_attachment(row, titles, inner, holders[-1] if holders else ""))
    return found


_SHOWN = ("blob", "words", "scan", "recognition__text", "message__head")


def moved_here(case: Case, *, with_text: bool) -> list[Attachment]:
    """Attachments of other cases' messages that an officer put into this one."""
    found = MessagePart.objects.filter(moved_to=case).exclude(message__case=case).exclude(message__shares__case=case)
    rows = list(found.select_related(*_SHOWN).prefetch_related("message__parts"))
    known = titles_of({row.message for row in rows}) if with_text else {}
    inner = _insides(rows, with_text=with_text)
    return [_attachment(row, known.get(row.message_id, Titles()), inner) for row in rows]


@dataclass(frozen=True, slots=True)
class _Inner:
    """What was read of parts for the page, by primary key."""

    insides: Mapping[int, Inside]
    recognised: Mapping[int, Recognised]
    words: Mapping[int, tuple[Passage, ...]]


def _insides(rows: Iterable[MessagePart], *, with_text: bool) -> _Inner:
    """Nothing for those who may not read the mail."""
    rows = list(rows) if with_text else []
    open_ones = [row for row in rows if _may_be_read(row)]
    return _Inner(insides(open_ones), _recognised(row for row in open_ones if row.only_a_picture), _words(rows))


def _words(rows: Iterable[MessagePart]) -> dict[int, tuple[Passage, ...]]:
    """Of files that are gone for the number in them."""
    gone = [row for row in rows if row.words is not None and row.blob.destroyed_at is not None and not is_withheld(row)]
    texts = vault.read_many(row.words for row in gone if row.words is not None)
    known = [(row, texts[row.words.uuid].decode()) for row in gone if row.words and row.words.uuid in texts]
    return {row.pk: passages(text, ()) for row, text in known}


def _attachment(row: MessagePart, titles: Titles, inner: _Inner, within: str = "") -> Attachment:
    return Attachment(
        row,
        titles.files.get(row.position, ""),
        scanned=_scanned(row),
        inside=inner.insides.get(row.pk),
        within=within,
        recognised=inner.recognised.get(row.pk),
        words=inner.words.get(row.pk, ()),
    )


def _recognised(rows: Iterable[MessagePart]) -> dict[int, Recognised]:
    done = {row: getattr(row, "recognition", None) for row in rows}
    texts = vault.read_many(one.text for one in done.values() if one is not None and one.text is not None)
    found = {}
    for row, one in done.items():
        if one is None or not one.outcome:
            found[row.pk] = Recognised(_("Only a picture; its words are being read."), waits=True)
        elif one.text is not None and one.text.uuid in texts:
            found[row.pk] = Recognised(passages=passages(texts[one.text.uuid].decode(), ()))
        elif one.outcome in _UNREAD:
            found[row.pk] = Recognised(str(_UNREAD[one.outcome]))
    return found


_UNREAD: dict[str, Any] = {
    OcrOutcome.NOT_HERE.value: gettext_lazy(
        "Not readable here: it is only a picture, and no program that reads pictures in this language is installed. "
        "Open it and read it yourself."
    ),
    OcrOutcome.NOTHING.value: gettext_lazy(
        "Not readable here: it is only a picture, and no text was found in it. Open it and look yourself."
    ),
    OcrOutcome.FAILED.value: gettext_lazy(
        "Not readable here: it is only a picture, and reading it failed. Open it and read it yourself."
    ),
}


def _may_be_read(row: MessagePart) -> bool:
    """Not an identity document, nor what is gone, has a virus in it or holds what is another case's."""
    scan: PartScan | None = getattr(row, "scan", None)
    infected = scan is not None and scan.verdict == ScanVerdict.FOUND.value
    return row.blob.destroyed_at is None and not row.identity_document and not infected and not is_withheld(row)


def _scanned(row: MessagePart) -> Scanned | None:
    """Nothing where there is no scanner and never was a finding, and of what was erased."""
    scan: PartScan | None = getattr(row, "scan", None)
    verdict = scan.verdict if scan is not None else ""
    if row.blob.destroyed_at is not None or verdict == ScanVerdict.ERASED.value:
        return None
    if scan is not None and verdict == ScanVerdict.FOUND.value:
        sentence = _("A virus was found in this file (%(name)s). It is kept, but it is not opened.")
        return Scanned("no", sentence % {"name": scan.says})
    if scan is not None and verdict == ScanVerdict.REFUSED.value:
        sentence = _("The virus scanner could not scan this file (%(why)s), so it is not opened.")
        return Scanned("wait", sentence % {"why": scan.says})
    if not settings.CLAMD_URL:
        return None
    if scan is None or scan.scanned_at is None:
        return Scanned("", _("not scanned for viruses yet"))
    return Scanned("", _("no virus found on %(day)s") % {"day": words.short(brussels_date(scan.scanned_at))})
