"""Domains that look like others: other alphabets, mixed alphabets, near misses. Pure."""

import unicodedata
from collections.abc import Collection

# Where most private mail comes from here; a near miss of one is worth a look.
KNOWN = (
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.be", "live.be", "live.com", "yahoo.com",
    "yahoo.fr", "icloud.com", "skynet.be", "telenet.be", "proximus.be", "scarlet.be", "voo.be", "orange.fr",
    "protonmail.com", "proton.me", "gmx.de", "web.de",
)  # fmt: skip
# Providers in their own right whose name is one letter from one of those.
GENUINE = frozenset({"mail.com", "email.com", "ymail.com", "cloud.com"})
_ALIKE = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "ԁ": "d",
    "һ": "h", "ӏ": "l", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "ԛ": "q", "ԝ": "w", "ь": "b", "г": "r",
    "α": "a", "ο": "o", "ρ": "p", "υ": "u", "ν": "v", "ι": "i", "κ": "k", "τ": "t", "χ": "x", "ε": "e", "η": "n",
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ɡ": "g", "ɑ": "a", "ß": "b", "0": "o", "1": "l", "|": "l", "5": "s",
    "3": "e", "4": "a", "8": "b",
}  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SHORTEST = 5
_LONGEST = 253


def shown(domain: str) -> str:
    """The domain as a browser would draw it: punycode labels decoded where they can be."""
    return ".".join(_label(label) for label in domain[:_LONGEST].split("."))


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def scripts(domain: str) -> tuple[str, ...]:
    """The alphabets of the letters of a shown domain, in order: ``("LATIN", "CYRILLIC")``."""
    found = dict.fromkeys(_script(letter) for letter in domain if letter.isalpha())
    return tuple(name for name in found if name)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


def mixed(domain: str) -> bool:
    """One label mixes alphabets; Chinese characters with Japanese or Korean ones are no mixture."""
    eastern = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL"}
    return any(len(set(scripts(label)) - eastern) > 1 for label in domain.split("."))


def skeleton(domain: str) -> str:
    """The same for domains that one eye takes for another."""
    text = unicodedata.normalize("NFKD", shown(domain).lower())
    text = "".join(_ALIKE.get(letter, letter) for letter in text if not unicodedata.combining(letter))
    for pair, single in _PAIRS:
        text = text.replace(pair, single)
    return text


def resembles(domain: str, others: Collection[str]) -> str:
    """The one of ``others`` that this domain may be taken for, "" for none.

    A domain of theirs or below is none, nor is another large provider's of its own.
    """
    if domain in GENUINE or any(domain == other or domain.endswith(f".{other}") for other in others):
        return ""
    ours = skeleton(domain)
    for other in others:
        theirs = skeleton(other)
        name, own_name = theirs.partition(".")[0], ours.partition(".")[0]
        if ours == theirs or (len(name) >= _SHORTEST and own_name != name and _one_apart(ours, theirs)):
            return other
    return ""


def borrows(domain: str, own: str) -> bool:
    """Our name inside another domain: ``assistool-privacy.com``, ``assistool.com.example.net``."""
    name = skeleton(own).partition(".")[0]
    outside = domain != own and not domain.endswith(f".{own}")
    return outside and len(name) >= _SHORTEST and name in skeleton(domain)


def _one_apart(one: str, other: str) -> bool:
    """One letter added, left out, replaced, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    if len(rest) == len(other_rest):
        swapped = rest[:2][::-1] == other_rest[:2] and rest[2:] == other_rest[2:]
        return rest[1:] == other_rest[1:] or swapped
    return rest[1:] == other_rest if len(rest) > len(other_rest) else rest == other_rest[1:]
