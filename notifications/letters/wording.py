"""The text of a letter: the standard one of the files, or the organisation's own.

Whoever edits a letter sees plain text, ``{{ names }}`` of what is filled in, and ``[[1]]`` for each fixed passage: a
piece that depends on the case, the paragraph about complaint and court that no refusal may lack (domain §1.4), and
what the letter must contain (§6), which stands between ``{# fixed #}`` and ``{# free #}`` in the files.
Names and passages may be moved, never made up, so no template code of a user is ever run.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import structlog
from django.conf import settings
from django.template import Engine, Template, TemplateSyntaxError
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Letter
from notifications.letters.register import REGISTER
from notifications.models import LetterText
from workflow.guards import CannotDo
from workflow.models import Controller
from workflow.states import Language

_NAME = re.compile(r"\{\{ ?([a-z_]+) ?\}\}")
_PASSAGE = re.compile(r"\[\[(\d{1,2})\]\]")
# A condition, an included piece, a mark around what a letter must say, or a value bent to its number ("jour|s").
_TAG = re.compile(r"\{[%#] ?(\w+)[^%#]*[%#]\}|\{\{[^}|]*\|[^}]*\}\}")
_INCLUDE = re.compile(r'\{% include "([^"]+)" %\}')
# Any brace beside the names, and the marks our placeholders are made of.
_CODE = re.compile("[{}⟦⟧]")
_EXTENDS = re.compile(r'\{% extends "([^"]+)" %\}')
_BLOCK = re.compile(r"\{% block (\w+) %\}(.*?)\{% endblock %\}", re.DOTALL)
_DEPTH = {"if": 1, "for": 1, "fixed": 1, "endif": -1, "endfor": -1, "free": -1}
# Complaint and court; and, where a fee is asked, the choice between paying and withdrawing.
_PROTECTED = frozenset({"authority", "pay_by"})
LONGEST = 8000
UNSET = "⟦unset⟧"


log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """One text as it is edited: ``text`` with names and passages, ``passages`` by their number from 1."""

    text: str
    passages: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """What may be filled in outside of the passages."""
        return frozenset(_NAME.findall(self.text))


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and body as templates, and which text they are: ``number`` 0 is the standard one."""

    subject: str
    body: str
    number: int = 0

    @property
    def sha256(self) -> str:
        """Of all it says, the pieces it shares with other letters included."""
        return hashlib.sha256(_with_pieces(f"{self.subject}\0{self.body}").encode()).hexdigest()


@cache
def standard(letter: Letter, language: Language) -> tuple[Source, Source]:
    """Subject and body of the files, for editing."""
    folder = f"{REGISTER[letter].folder}/{language.value}"
    return _parted(_read(f"{folder}/subject.txt")), _parted(_flat(_read(f"{folder}/body.txt")))


def in_force(letter: Letter, language: Language, controller: Controller | None) -> Wording:
    """What a letter says today. The organisation's text counts as long as it still fits the standard one."""
    own = latest(letter, language, controller)
    if own is None or own.is_standard:
        return standard_wording(letter, language)
    if why_not(letter, language, own.subject, own.body):
        named = {"letter": letter.value, "language": language.value, "number": own.number}
        log.error("a text of the organisation no longer fits: the letter says the standard one", **named)
        return standard_wording(letter, language)
    return of_text(letter, language, own.subject, own.body, own.number)


def of_text(letter: Letter, language: Language, subject: str, body: str, number: int = 0) -> Wording:
    """An edited text with its passages put back. Only for one that :func:`check` let pass."""
    of_subject, of_body = standard(letter, language)
    return Wording(_template(of_subject, subject), _template(of_body, body), number)


def standard_wording(letter: Letter, language: Language) -> Wording:
    """What the files say, whatever the organisation changed."""
    subject, body = standard(letter, language)
    return of_text(letter, language, subject.text, body.text)


def latest(letter: Letter, language: Language, controller: Controller | None) -> LetterText | None:
    """The newest text of the organisation, "back to the standard" included."""
    rows = LetterText.objects.filter(controller=controller, letter=letter.value, language=language.value)
    return rows.order_by("-number").first()


def check(letter: Letter, language: Language, subject: str, body: str) -> None:
    """Raises CannotDo with what has to be mended before the text can be used."""
    if sentence := why_not(letter, language, subject, body):
        raise CannotDo(sentence)


def why_not(letter: Letter, language: Language, subject: str, body: str) -> str:
    """Why this text cannot be the letter's, or nothing."""
    of_subject, of_body = standard(letter, language)
    if "\n" in subject.strip() or not subject.strip() or not body.strip():
        return str(_("A letter needs one line of subject and a text."))
    if len(subject) > 150 or len(body) > LONGEST:
        return str(_("This text is too long: 150 characters for the subject, 8,000 for the letter."))
    fault = _fault(of_subject, subject) or _fault(of_body, body, needed=frozenset(REGISTER[letter].variables))
    return fault or _misread(of_subject, subject) or _misread(of_body, body)


def _fault(source: Source, text: str, *, needed: frozenset[str] = frozenset()) -> str:
    names = frozenset(_NAME.findall(text))
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" for char in text):
        return str(_("The text holds a character that nobody can see: type it anew where it was pasted."))
    # A mark in the place of each name and passage, lest what stands around them becomes code when they are gone.
    if _CODE.search(_PASSAGE.sub("#", _NAME.sub("#", text))):
        return str(_("Braces with anything but a name between them are not allowed: write {{ ref }}, nothing else."))
    if unknown := sorted(names - source.names):
        return str(_("This letter cannot fill in “%(name)s”.") % {"name": unknown[0]})
    if missing := sorted((needed & source.names) - names):
        return str(_("The letter has to say {{ %(name)s }}: put it back.") % {"name": missing[0]})
    found = Counter(int(number) for number in _PASSAGE.findall(text))
    for number in range(1, len(source.passages) + 1):
        if found.pop(number, 0) != 1:
            return str(_("The fixed passage [[%(number)d]] has to stand in it exactly once.") % {"number": number})
    if found:
        return str(_("There is no fixed passage [[%(number)d]] in this letter.") % {"number": min(found)})
    return ""


def _misread(source: Source, text: str) -> str:
    """Nothing for a text the templates can read with its passages put back: the last look, whatever was overlooked."""
    try:
        template_of(_template(source, text))
    except TemplateSyntaxError:
        return str(_("Braces with anything but a name between them are not allowed: write {{ ref }}, nothing else."))
    return ""


@cache
def _engine() -> Engine:
    # Plain text: nothing to escape. Of its own, so that no context processor and no active language reach a letter.
    folder = Path(settings.TEMPLATES[0]["DIRS"][0]) / "mail"
    return Engine(dirs=[str(folder)], autoescape=False, string_if_invalid=UNSET)


@lru_cache(maxsize=512)
def template_of(text: str) -> Template:
    """A text as a template, without what any page has. Raises TemplateSyntaxError."""
    return _engine().from_string(text)


def _template(source: Source, text: str) -> str:
    """The text with its passages put back; checked before, so the names are all it can run."""
    return _PASSAGE.sub(lambda found: source.passages[int(found[1]) - 1], text)


def _with_pieces(text: str) -> str:
    return _INCLUDE.sub(lambda found: _with_pieces(_read(found[1])), text)


def _read(name: str) -> str:
    return (Path(settings.TEMPLATES[0]["DIRS"][0]) / "mail" / name).read_text("utf-8").strip("\n")


def _flat(text: str) -> str:
    """The text with what it extends, the blocks filled in."""
    extends = _EXTENDS.match(text)
    if extends is None:
        return text
    blocks = dict(_BLOCK.findall(text))
    return _BLOCK.sub(lambda found: blocks.get(found[1], found[2]), _read(extends[1]))


def _parted(text: str) -> Source:
    """The text with a number for each passage."""
    passages: list[str] = []

    def numbered(passage: str) -> str:
        passages.append(passage)
        return f"[[{len(passages)}]]"

    paragraphs = []
    for paragraph in _paragraphs(text):
        protected = not _PROTECTED.isdisjoint(_NAME.findall(paragraph))
        paragraphs.append(numbered(paragraph) if protected else _without_code(paragraph, numbered))
    return Source("\n\n".join(paragraphs), tuple(passages))


def _paragraphs(text: str) -> list[str]:
    """Cut at blank lines, but never inside a condition."""
    found, depth = [""], 0
    for piece in re.split(r"(\n\n+)", text):
        if depth == 0 and piece.startswith("\n\n"):
            found.append("")
            continue
        found[-1] += piece
        depth += sum(_DEPTH.get(name, 0) for name in _TAG.findall(piece))
    return found


def _without_code(paragraph: str, numbered: Callable[[str], str]) -> str:
    """Conditions and included pieces as passages, the rest as it is."""
    text, start, depth, after = "", 0, 0, 0
    for tag in _TAG.finditer(paragraph):
        if depth == 0:
            text += paragraph[after : tag.start()]
            start = tag.start()
        depth += _DEPTH.get(tag[1] or "", 0)
        if depth == 0:
            after = tag.end()
            text += numbered(paragraph[start:after])
    return text + paragraph[after:]
