"""From an order to the bytes of a mail: text from templates, headers from values that cannot lie.

Two steps. :func:`compose` writes the text once, when the letter is made; it is sealed with a
placeholder for the person's link. :func:`build` makes the bytes at delivery, the same ones at
every attempt: everything they depend on stands in the row and in the sealed content.

What a sender or a company chose reaches no header but a subject, and there as plain words: control
characters are taken out of every value, no encoded word is left whole, quoted Message-IDs stand only where they look
like one. The bytes are looked at last: a head with any other line than ours is never handed over.
"""

import dataclasses
import hashlib
import json
import re
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.template import Context
from django.utils import timezone

from notifications import addresses, markup, tokens
from notifications.kinds import Audience, Letter
from notifications.letters import CODE, REGISTER, STATUS_LINK, Entry, Order, Wording, standard_wording, words
from notifications.letters import paper as on_paper
from notifications.letters import wording as wording_of
from notifications.models import Notification, Thread
from workflow.guards import is_blank
from workflow.models import Case
from workflow.services import code_for_letter, is_represented, release_code_for_letter
from workflow.states import Language

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,240}>")
_REFERENCES = 20
_ENCODED = "=?"  # begins an encoded word (RFC 2047), which the library would decode before it folds the line
_RULE = "-" * 10  # between two languages of one letter
_LINE, _LONGEST_WORD = 76, 60  # characters of a line of the head, and of a word that is not broken
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]+", re.ASCII)
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


class CannotBeBuilt(Exception):
    """No mail can be made of this letter, today or ever: its address or its words fit no head. A sentence of ours."""


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
    own: bool = False  # a person at the desk added paragraphs
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
        own=bool(order.own),
        readings=tuple((one.value, _written(order, entry, one, said[one], paper=order.on_paper)[1]) for one in along),
        paper=tuple((one.value, _written(order, entry, one, said[one], paper=True)[1]) for one in printed),
    )


def joined(sections: Sequence[tuple[str, str]]) -> str:
    """The text of a letter in one language or in several, one after the other."""
    return f"\n{_RULE}\n\n".join(text for _language, text in sections)


def _written(order: Order, entry: Entry, language: Language, wording: Wording, *, paper: bool) -> tuple[str, str]:
    """Subject and text in one language, as it is mailed or as it is printed."""
    said = {name: value(language) if callable(value) else value for name, value in order.variables.items()}
    values = {name: _clean(value) for name, value in said.items()}
    needed = (*entry.variables, *(entry.of_paper if order.on_paper else ()))
    empty = [name for name in needed if is_blank(str(values.get(name, "")))]
    if empty:
        of = f" of {order.case.reference}" if order.case else ""
        told = f"{order.letter.value}{of} cannot be made: fill {', '.join(empty)} first."
        raise EmptyVariable(told, letter=order.letter.value, names=empty)
    body = _tidy(
        _printed(wording, values, order.letter, language) if paper else _render(wording.body, values, order.letter)
    )
    body = _spoken_to(order, entry, language, body)
    body = _with_own(body, order, language)
    return " ".join(
        str(_clean(_render(wording.subject, values, order.letter))).split()
    ), f"{_below(order, language)}{body}"


def _spoken_to(order: Order, entry: Entry, language: Language, body: str) -> str:
    """A letter to a child says after its greeting what it is about and whom to ask; one to a parent, whose it is."""
    case = order.case
    if case is None or not case.minor or entry.audience is not Audience.PERSON or order.letter is Letter.M16O:
        return body
    said = words.FOR_A_CHILD if is_represented(case) else words.TO_A_CHILD
    greeting, _blank, rest = body.partition("\n\n")
    return f"{greeting}\n\n{said[language]}\n\n{rest}"


def _with_own(body: str, order: Order, language: Language) -> str:
    """The own paragraphs above the last one, who signs: after the text is rendered, so that nothing in them is code.

    As they were typed where nobody typed them in this language: nothing is translated by a machine.
    """
    own = order.own.get(language) or next(iter(order.own.values()), "")
    if not own:
        return body
    text, _blank, signature = body.rstrip().rpartition("\n\n")
    return _tidy(f"{text}\n\n{_clean(words.Paragraphs(own))}\n\n{signature}")


def _printed(wording: Wording, values: Mapping[str, object], letter: Letter, language: Language) -> str:
    of_paper = dict.fromkeys(REGISTER[letter].of_paper, "")
    text = _render(on_paper.template(wording.body, language), {**of_paper, **values, "paper": True}, letter)
    return on_paper.without_links(text)


def _below(order: Order, language: Language) -> str:
    """Above the first of several languages: that the others follow."""
    others = order.languages[1:] if language is order.language else ()
    return "".join(f"{words.BELOW[other]}\n" for other in others) + ("\n" if others else "")


def _render(template: str, values: Mapping[str, object], letter: Letter) -> str:
    text = wording_of.template_of(template).render(
        Context(dict(values), autoescape=False, use_l10n=False, use_tz=False)
    )
    if wording_of.UNSET in text:
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
    return " ".join(_inert(_SPECIAL.sub(" ", str(_clean(value)))).split())


def _inert(text: str) -> str:
    """The words without any encoded one: what it hides may be a line end, or another address."""
    return text.replace(_ENCODED, "= ?")


def _tidy(text: str) -> str:
    """One blank line at most between paragraphs, no blanks at line ends."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _thread(case: Case) -> tuple[str, tuple[str, ...]]:
    """The message that is answered and those before it, as far as they are well-formed."""
    thread = Thread.objects.filter(case=case).first()
    if thread is None or not _is_quotable(thread.in_reply_to):
        return "", ()
    earlier = [one for one in thread.references.split() if _is_quotable(one)][-_REFERENCES:]
    return thread.in_reply_to, tuple(dict.fromkeys([*earlier, thread.in_reply_to]))


def _is_quotable(identity: str) -> bool:
    """Well-formed, and no encoded word: decoded it would be another id, or one that no header can carry."""
    return _MESSAGE_ID.fullmatch(identity) is not None and _ENCODED not in identity


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
    """SMTP's policy, with lines folded here where the library would break long words, or the head itself, to pieces.

    Ids are folded between ids only; a subject and a name at blanks, or as encoded words.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        field = name.lower()
        if field in {"message-id", "in-reply-to", "references"}:
            ids = f"{self.linesep} ".join(str(value).split())
            return f"{name}: {ids}{self.linesep}".encode("ascii")
        if field == "subject":
            return f"{name}: {_folded(str(value), self.linesep)}{self.linesep}".encode("ascii")
        if field == "from":
            sender = value.addresses[0]  # type: ignore[attr-defined]
            shown = f"{_phrase(sender.display_name, self.linesep)}{self.linesep} " if sender.display_name else ""
            return f"{name}: {shown}<{sender.addr_spec}>{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


def _folded(text: str, linesep: str) -> str:
    """Words below one another where they are ASCII and short, else encoded ones (RFC 2047)."""
    words = text.split()
    if not text.isascii() or any(len(word) > _LONGEST_WORD for word in words):
        return Header(" ".join(words), "utf-8", _LINE, "Subject").encode(linesep=linesep)
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= _LINE - len("Subject: "):
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return f"{linesep} ".join(lines)


def _phrase(name: str, linesep: str) -> str:
    """A name before an address: as it is where its words are plain atoms, else encoded whole."""
    plain = _ATOMS.fullmatch(name) is not None and len(name) <= _LONGEST_WORD
    return name if plain else Header(" ".join(name.split()), "utf-8", _LINE, "From").encode(linesep=linesep)


_POLICY = _Policy(linesep="\r\n")


def build(letter: Notification, content: Content) -> bytes:
    """The mail as it leaves, CRLF lines, 7-bit clean; the same bytes every time.

    Raises CannotBeBuilt where no try will ever make one, KeyGone for what was erased.
    """
    entry, fill = REGISTER[Letter(letter.letter)], _fillings(letter)
    sections = content.sections or ((letter.language, content.text),)
    try:
        message = _addressed(letter, content, entry)
        _set_content(message, [(language, _filled(text, fill)) for language, text in sections], letter.message_id)
        raw = message.as_bytes()
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, MessageError) as error:
        raise CannotBeBuilt(f"no mail can be made of this letter: {type(error).__name__}") from error
    _check_head(raw, message)
    return raw


def _fillings(letter: Notification) -> dict[str, str]:
    """What stands in the mail alone: a link of the person, a code for a contact on file."""
    audience = REGISTER[Letter(letter.letter)].audience
    if audience is Audience.PERSON and letter.case is not None:
        return {STATUS_LINK: tokens.portal_url(letter.case)}
    if audience is Audience.CONTACT and letter.event_id is not None:
        now = timezone.now()
        return {CODE: code_for_letter(letter.event_id, at=now) or release_code_for_letter(letter.event_id, at=now)}
    return {}


def _addressed(letter: Notification, content: Content, entry: Entry) -> EmailMessage:
    """The mail without its words. Raises CannotBeBuilt for an address that is none, or that reads as another one."""
    recipient = addresses.on_the_wire(letter.recipient)
    if not recipient:
        raise CannotBeBuilt("no mail server takes such an address")
    message = EmailMessage(policy=_POLICY if recipient.isascii() else _POLICY.clone(utf8=True))
    local, _at, domain = settings.MAILBOX.rpartition("@")
    message["From"] = Address(_inert(content.sender), local, domain)
    message["To"] = recipient
    if [one.addr_spec for one in message["To"].addresses] != [recipient]:
        raise CannotBeBuilt("a mail program would read another address")
    message["Subject"] = _inert(content.subject)
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = letter.message_id
    if _is_quotable(content.in_reply_to):
        message["In-Reply-To"] = content.in_reply_to
        message["References"] = " ".join(one for one in content.references if _is_quotable(one))
    if entry.audience is not Audience.STAFF and letter.case is not None:
        message["Reply-To"] = tokens.reply_address(letter.case)
    if entry.automatic:
        message["Auto-Submitted"] = "auto-replied" if entry.reply else "auto-generated"
    # No Precedence: "bulk" would have a statutory letter sorted away as advertising.
    message["X-Auto-Response-Suppress"] = _SUPPRESS
    return message


def _check_head(raw: bytes, message: EmailMessage) -> None:
    """Every line of the head is one we set, each once: the last look before a server sees the bytes."""
    head = raw.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0].decode("ascii", "replace") for line in re.split(rb"\r\n(?![ \t])", head)]
    broken = re.search(rb"\r(?!\n)|(?<!\r)\n|\x00", raw) is not None
    if broken or sorted(names) != sorted(message.keys()) or len(set(names)) != len(names):
        raise CannotBeBuilt("its head holds a line that is not ours")


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
