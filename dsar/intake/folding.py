"""Text as the word rules see it: lower case, no accents, one blank, and for each letter its place in the original.

So patterns may be written once for "é", "É" and a forgotten accent, for "l'accès" and "laccès", for "e-mail" and
"email", and still point at the words as the writer put them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Folded", "fold", "fold_plain"]

_SPECIAL = {
    "ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "’": " ", "‘": " ", "'": " ", "`": " ", "´": " ", "-": " ", "\u2010": " ", "\u2011": " ", "\xa0": " ",
    "\u202f": " ",
    "–": ",", "—": ",", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "…": ".", "\u200b": "", "\ufeff": "",
    "\xad": "", "*": "", "_": " ", "/": " ", "\t": " ", "\n": " ", "\r": " ", "\u2028": " ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` folded; ``places[i]`` is where its letter i stood; one more entry for the end."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the letters from ``start`` to ``end`` stood in the original."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    plain = "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))
    lowered = plain.lower() if plain else ""
    return lowered if len(lowered) <= 4 else " "


def fold(text: str, *, offset: int = 0) -> Folded:
    """Fold ``text``; ``offset`` is added to every place, for a text cut from a longer one. Linear in its length."""
    letters: list[str] = []
    places: list[int] = []
    blank = True
    for index, char in enumerate(text):
        for letter in _letter(char):
            if letter == " " or not letter.isprintable():
                if blank:
                    continue
                blank, kept = True, " "
            else:
                blank, kept = False, letter
            letters.append(kept)
            places.append(index + offset)
    while letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    places.append(len(text) + offset)
    return Folded("".join(letters), tuple(places))


def fold_plain(text: str) -> str:
    """Only the folded words, when nobody asks where they stood."""
    return fold(text).text


_TOKEN = re.compile(r"[a-z]{8,20}")


def mend(folded: Folded, known: "Spelling") -> Folded:
    """Words of 8 letters and more that are one slip away from a word of the vocabulary, spelt as they should be."""
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for token in _TOKEN.finditer(folded.text):
        right = known.meant(token.group())
        if right is None:
            continue
        start, end = token.span()
        pieces += [folded.text[last:start], right]
        places += folded.places[last:start]
        places += [folded.places[min(start + i, end - 1)] for i in range(len(right))]
        last = end
    if not pieces:
        return folded
    pieces.append(folded.text[last:])
    places += folded.places[last:]
    return Folded("".join(pieces), tuple(places))


class Spelling:
    """Finds the word meant: one letter lost, doubled, wrong or two swapped, never in the first letter."""

    def __init__(self, words: str) -> None:
        self._words = {word for word in fold_plain(words).split() if len(word) >= 8}
        self._gaps: dict[str, str] = {}
        for word in sorted(self._words):
            for gap in _gaps(word):
                self._gaps.setdefault(gap, word)

    def meant(self, token: str) -> str | None:
        """The word of the vocabulary that was meant, None if it is one already or nothing is near."""
        if token in self._words:
            return None
        for form in (token, *_gaps(token)):
            word = form if form in self._words else self._gaps.get(form)
            if word is not None and word[0] == token[0] and _one_slip(token, word):
                return word
        return None


def _gaps(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(1, len(word))}


def _one_slip(left: str, right: str) -> bool:
    """True for one insertion, deletion, substitution or swap of neighbours; endings of inflection do not count."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    if not a or not b:
        return False  # one is the other with an ending: "correct", "correcte" need no mending
    if left.endswith("ee") and right.endswith("er"):
        return False  # "modifiée" says that it was done, "modifier" asks for it
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[1:2] == b[:1] and b[1:2] == a[:1] and a[2:] == b[2:])
