"""``manage.py letters_sheet``: every letter in every language on one HTML page, to be read by a person."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from dsar.web.desk import letter_samples
from dsar.web.desk.letter_branches import BRANCHES, IN_TWO, SECOND
from notifications import markup
from notifications.kinds import Letter
from notifications.letters import REGISTER, STATUS_LINK, in_force
from workflow.models import Controller
from workflow.states import Language

_STYLE = (
    ":root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:1rem}"
    "section{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:1rem;margin-bottom:2rem}"
    "h2{grid-column:1/-1;margin:0}article{border:1px solid #888;padding:.75rem;overflow-wrap:anywhere}"
    "h3{font-size:1rem;margin:0 0 .5rem}@media(max-width:60em){section{grid-template-columns:1fr}}"
)


_NOT_YET = "Nothing is installed here yet: run “manage.py run” or “manage.py demo” once."


class Command(BaseCommand):
    help = "Print all letters in all languages, with invented values, into one HTML file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where the page is written")
        parser.add_argument("--mails", type=Path, help="a folder: the HTML part of each letter too, as a mail shows it")

    def handle(self, *, file: Path, mails: Path | None, **_options: Any) -> None:
        try:
            owner = Controller.objects.order_by("pk").first()
        except DatabaseError as missing:  # no tables yet
            raise CommandError(_NOT_YET) from missing
        if owner is None:
            raise CommandError(_NOT_YET)
        body = "".join(_section(letter, owner, mails) for letter in REGISTER)
        head = f'<meta charset="utf-8"><title>Letters</title><style>{_STYLE}</style>'
        file.write_text(f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>\n', "utf-8")
        self.stdout.write(f"{len(REGISTER)} letters in {len(Language)} languages: {file}")


def _section(letter: Letter, owner: Controller, mails: Path | None) -> str:
    branches: dict[str, Mapping[str, object]] = {"": {}, **BRANCHES.get(letter, {})}
    articles = [
        _article(letter, language, owner, mails, branch=(name, values))
        for name, values in branches.items()
        for language in Language
    ]
    if letter in IN_TWO:
        articles += [
            _article(letter, first, owner, mails, branch=("in two languages", {}), others=(second,))
            for first, second in SECOND.items()
        ]
    return f"<section><h2>{letter.value}</h2>{''.join(articles)}</section>"


def _article(
    letter: Letter,
    language: Language,
    owner: Controller,
    mails: Path | None,
    *,
    branch: tuple[str, Mapping[str, object]],
    others: tuple[Language, ...] = (),
) -> str:
    """One letter as it is read; the folder of mails holds that of the ordinary case."""
    (name, values), wording = branch, in_force(letter, language, owner)
    content = letter_samples.rendered(letter, language, wording, owner, settings.MAILBOX, branch=values, others=others)
    link = f"{settings.PUBLIC_URL}/p/example/"
    said = [(code, text.replace(STATUS_LINK, link)) for code, text in content.sections]
    page = markup.page(said, title=content.subject, ours=settings.PUBLIC_URL)
    if mails is not None and not name:
        mails.mkdir(parents=True, exist_ok=True)
        (mails / f"{letter.value}-{language.value}.html").write_text(page, "utf-8")
    text = page[page.index("<body") : page.index("</body>")].partition(">")[2]
    told = f"<p><small>{escape(name)}</small></p>" if name else ""
    return f'<article lang="{language.value}">{told}<h3>{escape(content.subject)}</h3>{text}</article>'
