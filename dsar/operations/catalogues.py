"""The catalogues of the interface (.po): what the code says, merged with what was translated.

Reads templates with Django and both with Babel, so that no system tool is needed.
Letters are not in here: they are files per language under ``templates/mail``.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from dsar.operations.translations import LOCALE

ROOT = LOCALE.parent.parent
ROOMS = ("dsar", "notifications", "workflow")
LANGUAGES = ("de", "en", "fr", "nl")
SOURCE = "en"  # the language of the messages themselves: its catalogue stays empty and falls back to them

_ONE, _PLURAL, _CONTEXT, _CONTEXT_PLURAL = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _CONTEXT_PLURAL,
    "npgettext_lazy": _CONTEXT_PLURAL,
}
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-0]*\d*(?:\.\d+)?[sdifr]|%%|</?\w+>")  # tags must arrive, too
_HEADER = """\
# The screens and the printed history, PROJECT.
# Written by "manage.py translations"; translations are kept, everything else is made anew."""


def path(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def found(root: Path = ROOT) -> Catalog:
    """Every message of the code and the templates, with the files it is in, and no translation."""
    catalog = Catalog(project="dsar", header_comment=_HEADER, fuzzy=False)
    for file, text in _sources(root):
        name = file.relative_to(root).as_posix()
        for _line, message, comments, context in extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, comment_tags=["Translators:"], options={"encoding": "utf-8"}
        ):
            catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def stored(language: str, locale: Path = LOCALE) -> Catalog:
    """The catalogue as it lies there; an empty one when there is none yet."""
    file = path(language, locale)
    with io.BytesIO(file.read_bytes() if file.exists() else b"") as content:
        return read_po(content, locale=language)


def merged(messages: Catalog, translated: Catalog, language: str) -> Catalog:
    """The messages with the translations they already have; translations of no message are dropped."""
    catalog = Catalog(locale=language, project="dsar", header_comment=_HEADER, fuzzy=False)
    for message in messages:
        if not message.id:
            continue
        known = translated.get(message.id, context=message.context)
        same = known is not None and known.id == message.id
        catalog.add(
            message.id,
            known.string if known is not None and same else None,
            locations=message.locations,
            flags=known.flags if known is not None and same else (),
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known is not None and same else (),
            context=message.context,
        )
    return catalog


def write(catalog: Catalog, language: str, locale: Path = LOCALE) -> None:
    """Sorted by message, file names without line numbers, no dates: only real changes show in a diff."""
    content = io.BytesIO()
    write_po(content, catalog, width=100, sort_output=True, include_lineno=False)
    text = re.sub(
        r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By|'
        r"Project-Id-Version): .*\n",
        "",
        content.getvalue().decode(),
        flags=re.MULTILINE,
    )
    file = path(language, locale)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def problems(messages: Catalog, translated: Catalog, language: str) -> list[str]:
    """One sentence for each message missing, stale, not translated, fuzzy, or with other placeholders."""
    wanted, present = _keys(messages), _keys(translated)
    sentences = [f"{language}: not in the catalogue: {_shown(wanted[key])}" for key in wanted if key not in present]
    for key, message in present.items():
        if key not in wanted:
            sentences.append(f"{language}: no longer in the code: {_shown(message)}")
        elif message.fuzzy:
            sentences.append(f"{language}: marked fuzzy: {_shown(message)}")
        elif not all(forms(message)) and language != SOURCE:
            sentences.append(f"{language}: not translated: {_shown(message)}")
        elif any(forms(message)) and not _same_placeholders(message):
            sentences.append(f"{language}: other placeholders than the message: {_shown(message)}")
    return sentences


def _sources(root: Path) -> Iterator[tuple[Path, str]]:
    """Each file with its text as Python that Babel can read."""
    for room in ROOMS:
        for file in sorted((root / room).rglob("*.py")):
            yield file, file.read_text(encoding="utf-8")
    for file in sorted((root / "templates").rglob("*")):
        if file.suffix in {".html", ".txt"}:
            python = templatize(file.read_text(encoding="utf-8"), origin=file.name)
            # each message is on one line; indentation of the page is not Python's
            yield file, "\n".join(line.strip() for line in python.splitlines())


def _keys(catalog: Catalog) -> dict[tuple[str, ...], Message]:
    """The messages by context, singular and plural, the header left out."""
    return {(message.context or "", *_ids(message)): message for message in catalog if message.id}


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, (tuple, list)) else (message.id,)


def forms(message: Message) -> tuple[str, ...]:
    """The translation: one form, or one for each plural of the language."""
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string or "",)


def _same_placeholders(message: Message) -> bool:
    """The last form has those of the (plural) message; the others may write the number as a word like the singular."""
    allowed = [_placeholders(text) for text in _ids(message)]
    *others, last = [_placeholders(text) for text in forms(message)]
    return last == allowed[-1] and all(form in allowed for form in others)


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text))


def _shown(message: Message) -> str:
    text = repr(_ids(message)[0])
    return f"{text} (context {message.context!r})" if message.context else text
