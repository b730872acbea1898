"""Who wrote and to whom: addresses out of header values, read before anything in them is decoded.

Decoding first would let ``=?utf-8?q?victim=40bank=2Eexample=2C?= <attacker@...>`` pass for the victim.
The reader is a loop over characters and not the standard library's, which gives another answer for the same
header in different patch releases and can be made to exhaust the stack.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dsar.intake.decoding import decode_words, header_text, one_line

ADDRESSES_LIMIT = 1000
_WORD = re.compile(r"=\?[^?\s<>@]{1,75}\?[bqBQ]\?[^?\s<>@]{0,1000}\?=")
_SPACE = re.compile(r"\s+")
_AROUND_SIGNS = re.compile(r'"(?:[^"\\]|\\.)*"|\s*([.@])\s*')
_AROUND_FREE_SIGNS = re.compile(r'"(?:[^"\\]|\\.)*"|\s+(\.)\s+|\s*(@)\s*')
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_WORDS = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^\s"])+')
_NO_DOMAIN = re.compile(r"[<>,;\"()\\]")
_LOCAL = re.compile(r"[\w.+-]{1,64}")
# IDNA of 2003, the one in the standard library, folds these into other letters: two people's domains would become one.
_DEVIANT = re.compile("[\u00df\u03c2\u200c\u200d]")


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox. ``address`` is lower case, its domain in IDNA ASCII where that is possible; ``name`` is decoded."""

    name: str
    address: str


@dataclass(slots=True)
class _Mailbox:
    """What stands between two commas: the words outside angle brackets, what stands inside them, and comments."""

    phrase: str = ""
    angles: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """The mailboxes of some raw header values, in order, each address once, at most 1,000.

    A value that names two addresses where one belongs (``a@x <b@y>``) gives both, the bracketed one first: what is
    ambiguous must look ambiguous to whoever decides on it.
    """
    found: dict[str, Address] = {}
    for value in values:
        before: list[Address] = []
        for mailbox in _mailboxes(header_text(value)):
            for address in _read(mailbox):
                if "@" not in address.address and not mailbox.angles:
                    before.append(address)
                    continue
                # "Doe, Jane <jane@example.org>" without its quotes: no local name stands before an address.
                name = ", ".join([*(part.name for part in before), address.name])
                before = []
                found.setdefault(address.address, Address(name[:500], address.address))
            if len(found) >= ADDRESSES_LIMIT:
                return tuple(found.values())
        for local in before:
            found.setdefault(local.address, local)
    return tuple(found.values())


def _mailboxes(text: str) -> Iterable[_Mailbox]:
    mailbox = _Mailbox()
    bare: list[str] = []
    position = 0
    at_seen = False
    open_marks = ""  # a quote or bracket that never closes is dropped, and looked for once

    while position < len(text):
        letter = text[position]
        closed: tuple[str, int] | None
        if letter == "=" and (word := _WORD.match(text, position)):
            bare.append(word.group())
            position = word.end()
        elif letter in '"(':
            closed = (
                None if letter in open_marks else _quoted(text, position) if letter == '"' else _comment(text, position)
            )
            if closed is None:
                open_marks += letter
                position += 1
            else:
                (bare if letter == '"' else mailbox.comments).append(closed[0])
                position = closed[1]
        elif letter == "<":
            bare.append(" ")
            content, position = _angle(text, position)
            mailbox.angles.append(content)
        elif letter in ",;":
            mailbox.phrase = "".join(bare).strip()
            yield mailbox
            mailbox, bare, at_seen = _Mailbox(), [], False
            position += 1
        elif letter == ":" and not at_seen:
            mailbox, bare = _Mailbox(), []  # the name of a group: its members follow
            position += 1
        else:
            plain = _PLAIN.match(text, position)
            bare.append(plain.group() if plain else letter)
            at_seen = at_seen or "@" in bare[-1]
            position += len(bare[-1])
    mailbox.phrase = "".join(bare).strip()
    yield mailbox


_PLAIN = re.compile(r'[^="(<,;:]+')


def _quoted(text: str, start: int) -> tuple[str, int] | None:
    """A quoted string with its quotes and escapes, and where it ends; None if it never closes."""
    position = start + 1
    while (position := _first(text, '"\\', position)) >= 0:
        if text[position] == '"':
            return text[start : position + 1], position + 1
        position += 2
    return None


def _comment(text: str, start: int) -> tuple[str, int] | None:
    """What stands in a comment, with comments inside it, and where it ends; None if it never closes."""
    depth = 0
    position = start
    while (position := _first(text, "()\\", position)) >= 0:
        letter = text[position]
        position += 2 if letter == "\\" else 1
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return text[start + 1 : position - 1], position
    return None


def _angle(text: str, start: int) -> tuple[str, int]:
    end = _first(text, "><,", start + 1)
    if end < 0:
        return text[start + 1 :], len(text)
    if text[end] == "," and text[start + 1 : start + 2] == "@":  # an old source route: <@one,@two:user@three>
        end = text.find(">", end)
        return (text[start + 1 : end], end + 1) if end >= 0 else (text[start + 1 :], len(text))
    return text[start + 1 : end], end + (text[end] == ">")


def _first(text: str, letters: str, start: int) -> int:
    found = _CLASSES[letters].search(text, start)
    return found.start() if found else -1


_CLASSES = {letters: re.compile(f"[{re.escape(letters)}]") for letters in ('"\\', "()\\", "><,")}


def _read(mailbox: _Mailbox) -> Iterable[Address]:
    comment = _name(" ".join(mailbox.comments))
    bracketed = [address for content in mailbox.angles if (address := normal(content))]
    # A quoted name may look like an address and be none; one that stands free claims to be one.
    outside = [address for word in _free_words(mailbox.phrase) if "=?" not in word and (address := normal(word))]
    if bracketed:
        name = _name(mailbox.phrase) or comment
        yield from (Address(name, address) for address in bracketed)
        yield from (Address("", address) for address in outside if address not in bracketed)
    elif outside:
        yield from (Address(comment, address) for address in outside)
    elif not mailbox.angles and _LOCAL.fullmatch(mailbox.phrase):
        yield Address(comment or mailbox.phrase, normal(mailbox.phrase))  # a local name such as MAILER-DAEMON


def _free_words(phrase: str) -> Iterable[str]:
    for word in _WORDS.findall(_closed(_AROUND_FREE_SIGNS, phrase)):
        local, at, domain = _QUOTED.sub("q", word).rpartition("@")
        if at and local and domain:
            yield word


def _name(raw: str) -> str:
    unquoted = raw.replace('\\"', "\0").replace('"', "").replace("\0", '"').replace("\\\\", "\\")
    return one_line(_SPACE.sub(" ", decode_words(unquoted).text))[:500]


def _closed(signs: re.Pattern[str], text: str) -> str:
    """The text without the blanks around these signs; quoted strings stay as they are."""
    return signs.sub(lambda found: found[found.lastindex or 0], text)


def normal(raw: str) -> str:
    """An address as it is compared: no source route, lower case, domain in IDNA ASCII where possible.

    Blanks around dots and the at sign go (RFC 5322, 4.4); "" with a blank elsewhere, since without it the address would
    be somebody else's.
    """
    address = _closed(_AROUND_SIGNS, one_line(raw).strip()).strip("<>,;").strip()
    if _SPACE.search(_QUOTED.sub("q", address)):
        return ""
    if address.startswith("@") and ":" in address:
        address = address.split(":", 1)[1]
    if address.lower().startswith("mailto:"):
        address = address[7:]
    local, at, domain = address.rpartition("@")
    if not at:
        name = address.strip("\"'").lower()
        return name if _LOCAL.fullmatch(name) else ""
    if len(local) > 1 and local[0] == local[-1] == '"' and re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~-]+", local[1:-1]):
        local = local[1:-1]
    domain = ascii_domain(domain.strip("."))
    if not local or "@" in _QUOTED.sub("q", local) or not domain or len(address) > 320 or _NO_DOMAIN.search(domain):
        return ""
    return f"{local.lower()}@{domain}"


def ascii_domain(domain: str) -> str:
    """A host or domain in lower case, in IDNA ASCII where it can be written so without becoming another one."""
    domain = domain.lower()
    if domain.isascii() or len(domain) > 255 or _DEVIANT.search(domain):
        return domain
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return domain
