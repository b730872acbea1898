"""A letter on paper: A4 for an envelope with a window on the right, as Belgian post reads it."""

import html
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from dsar.paper.render import Metadata, render_pdf
from notifications.letters import CODE, STATUS_LINK
from notifications.letters.words import day
from workflow.states import Language

_TEMPLATES = Path(__file__).parent.parent.parent / "templates" / "pdf"

# A link opens the person's page for whoever reads the sheet, and a code is for another channel: neither is printed.
_INSTEAD = {
    Language.FR: "(lien et codes : seulement par e-mail, sur simple demande)",
    Language.NL: "(link en codes: alleen per e-mail, op eenvoudig verzoek)",
    Language.DE: "(Link und Codes: nur per E-Mail, auf einfache Anfrage)",
    Language.EN: "(link and codes: by e-mail only, just ask us)",
}
_REFERENCE = {
    Language.FR: "Numéro de dossier",
    Language.NL: "Dossiernummer",
    Language.DE: "Aktenzeichen",
    Language.EN: "Case number",
}
_ENCLOSED = {Language.FR: "Annexes", Language.NL: "Bijlagen", Language.DE: "Anlagen", Language.EN: "Enclosures"}
_SHEET = {Language.FR: "Page", Language.NL: "Pagina", Language.DE: "Seite", Language.EN: "Page"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the paper. ``address`` is the reader's, one line each; ``enclosures`` may be empty.

    ``sender_address`` is the controller's own, for post that comes back; without one only name and mailbox stand there.
    ``written_at`` is when the letter was made: the same letter printed twice is the same bytes.
    """

    subject: str
    text: str
    language: Language
    reference: str
    sender: str
    sender_address: str
    mailbox: str
    address: tuple[str, ...]
    enclosures: tuple[str, ...]
    dated: date
    written_at: datetime


def letter_pdf(sheet: Sheet) -> bytes:
    """The letter as a tagged PDF. Raises PaperFailed or PaperUnavailable with a sentence."""
    language = sheet.language
    metadata = Metadata(
        title=f"{sheet.subject}",
        author=sheet.sender,
        lang=language.value,
        created=sheet.written_at,
    )
    return render_pdf(_page(sheet), css=_css(), metadata=metadata, seconds=60, memory_mb=1024)


def _page(sheet: Sheet) -> str:
    language = sheet.language
    return _frame().format(
        language=language.value,
        sheet=_SHEET[language],
        subject=html.escape(sheet.subject),
        reference=html.escape(f"{_REFERENCE[language]} {sheet.reference}" if sheet.reference else ""),
        sender=html.escape(sheet.sender),
        sender_address=html.escape(sheet.sender_address),
        mailbox=html.escape(sheet.mailbox),
        address="<br>".join(html.escape(line) for line in sheet.address),
        dated=html.escape(day(sheet.dated, language)),
        body=_paragraphs(sheet.text, language),
        enclosures=_enclosed(sheet.enclosures, language),
    )


def _paragraphs(text: str, language: Language) -> str:
    """One paragraph for each blank line; what opens something is not printed."""
    for secret in (STATUS_LINK, CODE):
        text = text.replace(secret, _INSTEAD[language])
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    return "\n".join("<p>" + html.escape(block).replace("\n", "<br>") + "</p>" for block in blocks)


def _enclosed(names: tuple[str, ...], language: Language) -> str:
    if not names:
        return ""
    lines = "".join(f"<li>{html.escape(name)}</li>" for name in names)
    return f'<section class="enclosed"><h2>{_ENCLOSED[language]}</h2><ul>{lines}</ul></section>'


@cache
def _frame() -> str:
    return (_TEMPLATES / "letter.html").read_text("utf-8")


@cache
def _css() -> str:
    return (_TEMPLATES / "letter.css").read_text("utf-8")
