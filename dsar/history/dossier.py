"""The case history as a PDF: page and attached data from one reading of the case."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from dsar.history import attachments, view
from dsar.history.record import FULL, CaseHistory, Variant
from dsar.history.timeline import case_history
from dsar.history.typography import typeset
from dsar.paper.render import Metadata, render_pdf
from workflow.models import Case

# Laying out a row costs about 14 ms and 0.28 MB; long journals get the time and the memory they need.
_SECONDS, _SECONDS_A_ROW = 60, 0.1
_MEMORY_MB, _MEMORY_MB_A_ROW = 1024, 0.6


@dataclass(frozen=True, slots=True)
class Dossier:
    """``head`` is the hash of the last event; the file name holds no personal data."""

    pdf: bytes
    name: str
    head: str
    intact: bool


def dossier(case: Case, *, variant: Variant = FULL, language: str = "fr") -> Dossier:
    """The PDF of a case in ``language`` (fr, nl, de, en). Same rows, same bytes.

    Raises PaperFailed or PaperUnavailable with a sentence when it cannot be drawn, CaseKeepsChanging
    when the case is being written to at every attempt. Who downloads it is the caller's to record.
    """
    return print_history(case_history(case, variant=variant, language=language), language)


def print_history(history: CaseHistory, language: str) -> Dossier:
    """The PDF of a history already read."""
    rows = history.integrity.count
    with translation.override(language):
        html, files = page(history, language)
        metadata = Metadata(
            title=view.title(history),
            author=history.controller,
            lang=language,
            created=history.generated_at,
        )
    pdf = render_pdf(
        html,
        css=_css(),
        attachments=files,
        metadata=metadata,
        seconds=int(_SECONDS + _SECONDS_A_ROW * rows),
        memory_mb=int(_MEMORY_MB + _MEMORY_MB_A_ROW * rows),
    )
    name = f"{history.reference}-{history.variant}-{history.integrity.head[:12]}.pdf"
    return Dossier(pdf, name, history.integrity.head, history.integrity.intact)


def page(history: CaseHistory, language: str) -> tuple[str, list[attachments.Attachment]]:
    """The HTML and the files to embed, with ``language`` active."""
    files = attachments.of(history)
    html = render_to_string("pdf/case_history.html", view.of(history, files[0].data, language))
    return typeset(html, language), files


@cache
def _css() -> str:
    return (Path(settings.ROOT) / "templates" / "pdf" / "case_history.css").read_text("utf-8")
