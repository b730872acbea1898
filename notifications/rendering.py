"""From an order to the bytes of a mail: text from templates, headers from values that cannot lie.

Two steps. :func:`compose` writes the text once, when the letter is made; it is sealed with a
placeholder for the person's link. :func:`build` makes the bytes at delivery, the same ones at
every attempt: everything they depend on stands in the row and in the sealed content.

Nothing a sender chose reaches a header: names never do, subjects are ours, quoted Message-IDs
only when they look like one. Control characters are taken out of every value before it is used.
"""

import dataclasses
import hashlib
import json
import re
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template
from django.utils import timezone

from notifications import addresses, markup, tokens
from notifications.kinds import Audience, Letter
from notifications.letters import CODE, REGISTER, STATUS_LINK, Entry, Order, Wording, standard_wording, words
from notifications.letters import paper as on_paper
from notifications.models import Notification, Thread
from workflow.models import Case
from workflow.services import code_for_letter, release_code_for_letter
from workflow.states import Language

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,240}>")
_REFERENCES = 20
_UNSET = "⟦unset⟧"
_RULE = "-" * 10  # between two languages of one letter
_SPECIAL = re.compile(r'[<>()\[\]\\",:;@]')  # RFC 5322, 3.2.3
_SEPARATORS = frozenset("\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# A Message-ID shows the letter's code, and this code would say that there is another case.
_SEEN_AS = {Letter.M16O: Letter.M26}
# Asked of Exchange: no absence notice, no receipts. Reports of non-delivery (NDR) stay wanted.
_SUPPRESS = "DR, RN, NRN, OOF, AutoReply"


class EmptyVariable(Exception):
    """A letter lacks something it must say; nothing is sent until it is filled. ``names`` of the variables."""

    def __init__(self, sentence: str, *, letter: str = "", names: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.letter, self.names = letter, tuple(names)


@dataclass(frozen=True, slots=True)
class Content:
    """What is sealed of a letter; the text holds the placeholder instead of the person's link."""

    subject: str
    text: str
    sender: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    paper: tuple[tuple[str, str], ...] = ()  # the same as it is printed, where it goes by mail
    sections: tuple[tuple[str, str], ...] = ()  # language and text, in the order they are read
    readings: tuple[tuple[str, str], ...] = ()  # the same in the other languages, for whoever reads along at the desk

    def dump(self) -> bytes:
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False).encode()

    @classmethod
    def load(cls, raw: bytes) -> "Content":
        values: dict[str, Any] = json.loads(raw)
        pairs = {name: tuple(map(tuple, values.get(name, ()))) for name in ("sections", "readings", "paper")}
        return cls(**{**values, **pairs, "references": tuple(values["references"])})


# -- the text ------------------------------------------------------------------------------------


def compose(order: Order, wordings: Mapping[Language, Wording] | None = None) -> Content:
    """The letter in the order's languages, each in the wording given for it or in the standard one.

    Raises EmptyVariable, a sentence, when something it needs is missing.
    """
    entry = REGISTER[order.letter]
    said = {one: (wordings or {}).get(one) or standard_wording(order.letter, one) for one in Language}
    written = [_written(order, entry, language, said[language], paper=order.on_paper) for language in order.languages]
    sections = tuple(
        (language.value, text) for language, (_subject, text) in zip(order.languages, written, strict=True)
    )
    printed = order.languages if entry.audience is Audience.PERSON and not order.on_paper else ()
    along = () if entry.audience is Audience.STAFF else tuple(one for one in Language if one not in order.languages)
    in_reply_to, references = _thread(order.case) if order.case and entry.audience is Audience.PERSON else ("", ())
    return Content(
        subject=" / ".join(subject for subject, _text in written),
        text=joined(sections),
        sender=_name(order.sender),
        in_reply_to=in_reply_to,
        references=references,
        sections=sections,
        readings=tuple((one.value, _written(order, entry, one, said[one], paper=order.on_paper)[1]) for one in along),
        paper=tuple((one.value, _written(order, entry, one, said[one], paper=True)[1]) for one in printed),
    )


def joined(sections: Sequence[tuple[str, str]]) -> str:
    """The text of a letter in one language or in several, one after the other."""
    return f"\n{_RULE}\n\n".join(text for _language, text in sections)


def _written(order: Order, entry: Entry, language: Language, wording: Wording, *, paper: bool) -> tuple[str, str]:
    """Subject and text in one language, as it is mailed or as it is printed."""
    said = {name: value(language) if callable(value) else value for name, value in order.variables.items()}
    needed = (*entry.variables, *(entry.of_paper if order.on_paper else ()))
    empty = [name for name in needed if not str(said.get(name, "")).strip()]
    if empty:
        of = f" of {order.case.reference}" if order.case else ""
        told = f"{order.letter.value}{of} cannot be made: fill {', '.join(empty)} first."
        raise EmptyVariable(told, letter=order.letter.value, names=empty)
    values = {name: _clean(value) for name, value in said.items()}
    body = _tidy(
        _printed(wording, values, order.letter, language) if paper else _render(wording.body, values, order.letter)
    )
    return " ".join(_render(wording.subject, values, order.letter).split()), f"{_below(order, language)}{body}"


def _printed(wording: Wording, values: Mapping[str, object], letter: Letter, language: Language) -> str:
    of_paper = dict.fromkeys(REGISTER[letter].of_paper, "")
    text = _render(on_paper.template(wording.body, language), {**of_paper, **values, "paper": True}, letter)
    return on_paper.without_links(text)


def _below(order: Order, language: Language) -> str:
    """Above the first of several languages: that the others follow."""
    others = order.languages[1:] if language is order.language else ()
    return "".join(f"{words.BELOW[other]}\n" for other in others) + ("\n" if others else "")


@cache
def _engine() -> Engine:
    # Plain text: nothing to escape. Of its own, so that no context processor and no active language reach a letter.
    folder = Path(settings.TEMPLATES[0]["DIRS"][0]) / "mail"
    return Engine(dirs=[str(folder)], autoescape=False, string_if_invalid=_UNSET)


@lru_cache(maxsize=512)
def _template(text: str) -> Template:
    return _engine().from_string(text)


def _render(template: str, values: Mapping[str, object], letter: Letter) -> str:
    text = _template(template).render(Context(dict(values), autoescape=False, use_l10n=False, use_tz=False))
    if _UNSET in text:
        raise EmptyVariable(f"The text of {letter.value} names a variable it does not have: add it to its order.")
    return str(text)


def _clean(value: object) -> object:
    """Text without control characters, and without the marks our placeholders are made of."""
    if not isinstance(value, str) or value in {STATUS_LINK, CODE}:
        return value
    if isinstance(value, words.Paragraphs):
        return "\n".join(str(_clean(str(line))) for line in value.splitlines())
    kept = "".join(_harmless(char) for char in value)
    return kept.replace("⟦", "[").replace("⟧", "]")


def _harmless(char: str) -> str:
    if char in _SEPARATORS:
        return " "
    return "" if unicodedata.category(char) in {"Cc", "Cs"} or char in _DIRECTIONS else char


def _name(value: str) -> str:
    """A name as it may stand before an address: without what a header's grammar or its folding could misread."""
    return " ".join(_SPECIAL.sub(" ", str(_clean(value))).split())


def _tidy(text: str) -> str:
    """One blank line at most between paragraphs, no blanks at line ends."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _thread(case: Case) -> tuple[str, tuple[str, ...]]:
    """The message that is answered and those before it, as far as they are well-formed."""
    thread = Thread.objects.filter(case=case).first()
    if thread is None or not _MESSAGE_ID.fullmatch(thread.in_reply_to):
        return "", ()
    earlier = [one for one in thread.references.split() if _MESSAGE_ID.fullmatch(one)][-_REFERENCES:]
    return thread.in_reply_to, tuple(dict.fromkeys([*earlier, thread.in_reply_to]))


# -- identity ------------------------------------------------------------------------------------


def message_id_of(order: Order, event_id: int | str | uuid.UUID) -> str:
    """The letter's Message-ID. An acknowledgement has one identity per case, whatever ordered it."""
    name = _SEEN_AS.get(order.letter, order.letter).value.lower()
    if order.case is None:
        return tokens.message_id_of_no_case(name, f"{event_id}:{order.recipient}")
    if order.letter is Letter.M01:
        return tokens.message_id(order.case, name, "")
    if right := order.variables.get("right_code"):
        name = f"{name}.{right}"
    return tokens.message_id(order.case, name, f"{event_id}:{order.recipient}")


# -- the bytes -----------------------------------------------------------------------------------


class _Policy(EmailPolicy):
    """SMTP's policy; ids are folded between ids only, where the library would encode long ones to pieces."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in {"message-id", "in-reply-to", "references"}:
            ids = f"{self.linesep} ".join(str(value).split())
            return f"{name}: {ids}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n")


def build(letter: Notification, content: Content) -> bytes:
    """The mail as it leaves, CRLF lines, 7-bit clean; the same bytes every time."""
    recipient = addresses.on_the_wire(letter.recipient) or letter.recipient
    message = EmailMessage(policy=_POLICY if recipient.isascii() else _POLICY.clone(utf8=True))
    local, _at, domain = settings.MAILBOX.rpartition("@")
    message["From"] = Address(content.sender, local, domain)
    message["To"] = recipient
    message["Subject"] = content.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = letter.message_id
    if content.in_reply_to:
        message["In-Reply-To"] = content.in_reply_to
        message["References"] = " ".join(content.references)
    entry = REGISTER[Letter(letter.letter)]
    sections = content.sections or ((letter.language, content.text),)
    fill: dict[str, str] = {}
    if entry.audience is not Audience.STAFF and letter.case is not None:
        message["Reply-To"] = tokens.reply_address(letter.case)
    if entry.audience is Audience.PERSON and letter.case is not None:
        fill[STATUS_LINK] = tokens.portal_url(letter.case)
    if entry.audience is Audience.CONTACT and letter.event_id is not None:
        now = timezone.now()
        fill[CODE] = code_for_letter(letter.event_id, at=now) or release_code_for_letter(letter.event_id, at=now)
    if entry.automatic:
        message["Auto-Submitted"] = "auto-replied" if entry.reply else "auto-generated"
    # No Precedence: "bulk" would have a statutory letter sorted away as advertising.
    message["X-Auto-Response-Suppress"] = _SUPPRESS
    _set_content(message, [(language, _filled(text, fill)) for language, text in sections], letter.message_id)
    return message.as_bytes()


def _filled(text: str, fill: Mapping[str, str]) -> str:
    for placeholder, value in fill.items():
        text = text.replace(placeholder, value)
    return text


def _set_content(message: EmailMessage, sections: Sequence[tuple[str, str]], identity: str) -> None:
    """Text and HTML of the same words. Their boundary follows from the letter: chance would change its bytes."""
    page = markup.page(sections, title=message["Subject"], ours=settings.PUBLIC_URL)
    message.set_content(joined(sections), charset="utf-8", cte="quoted-printable")
    message.add_alternative(page, "html", charset="utf-8", cte="quoted-printable")
    message.set_boundary(f"=_{hashlib.sha256(identity.encode()).hexdigest()[:40]}")
    # after the content, which clears what describes it
    message["Content-Language"] = ", ".join(language for language, _text in sections)
