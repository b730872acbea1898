"""In which of French, Dutch, German and English a text is written: word rules first, a trained model when they tie."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from dsar.intake.folding import fold_plain
from dsar.intake.lexicon import LANGUAGES, lexicon

__all__ = ["is_foreign", "language_of", "scores"]

_WORD = re.compile(r"[a-z]+")
_LOOKED_AT = 6000
_LETTERS = {
    "fr": re.compile(r"[éèêçàùûîôœ]|\b[ljdcnmsq]['’]\w|\bqu['’]", re.IGNORECASE),
    "nl": re.compile(r"\b\w{0,20}(?:ij|sch|aa|oo|uu|ieuw|eeu|uid|eed|[^aeiou]lijk|cht)\w{0,20}", re.IGNORECASE),
    "de": re.compile(
        r"[äöüß]|\b\w{0,20}(?:ung|keit|lich|isch|schaft|heit|igen)\b|\b\w{2,20}(?:sch|tz|pf)\w", re.IGNORECASE
    ),
    "en": re.compile(
        r"\b\w{0,20}(?:th|ing|wh|tion|ould|ght)\w{0,8}\b|\b(?:i|he|we|you)['’](?:m|ve|d|ll|re|s)\b", re.IGNORECASE
    ),
}  # fmt: skip
_CLOSE = 0.2  # the second language is so near that the model is asked
_ENOUGH_WORDS, _ENOUGH_LETTERS = 12, 30
_SMALL_WORDS = 0.3  # of all words; of the development mails none of the four languages has less
_LAST_LATIN = "\u024f"
# English words that the others write, too: "pls delete mijn account, thx".
_BORROWED = frozenset(("pls", "plz", "please", "thx", "delete", "unsubscribe", "asap"))
_FALLBACK = "fr"  # the office works in French; only reached by a text without one known word


def scores(text: str) -> dict[str, float]:
    """How much speaks for each language: words of that language only count most, spelling a little."""
    sample = text[:_LOOKED_AT]
    totals = dict.fromkeys(LANGUAGES, 0.0)
    for word in _WORD.findall(fold_plain(sample)):
        owners = _owners().get(word, ())
        for language in owners:
            worth = (1.0, 0.5, 0.25, 0.0)[len(owners) - 1]
            totals[language] += worth / 4 if word in _BORROWED else worth
    for language, letters in _LETTERS.items():
        totals[language] += 0.3 * min(len(letters.findall(sample)), 40)
    return totals


def language_of(texts: Sequence[str]) -> str:
    """The language of the first of ``texts`` that says enough; the next are asked in turn. Always one of the four.

    In: what the writer wrote, then what may stand in for it (subject, attached letter, quoted mail).
    """
    best_so_far, best_score = _FALLBACK, 0.0
    for text in texts:
        if not text.strip():
            continue
        ranking = sorted(scores(text).items(), key=lambda item: -item[1])
        (language, score), (_, second) = ranking[0], ranking[1]
        if score >= 1.0 and second > score * (1 - _CLOSE):
            language = _second_opinion(text, [name for name, value in ranking if value > score * 0.6])
        if score >= 2.0:
            return language
        if score < 1.0 and any(char.isalpha() for char in text):
            language = _second_opinion(text, list(LANGUAGES))
        if score > best_score or not best_score:
            best_so_far, best_score = language, score
    return best_so_far


def is_foreign(text: str) -> bool:
    """Surely written in none of the four: too few of the small words that make half of any sentence in them.

    A short text is never sure; a script that none of them uses is.
    """
    sample = text[:_LOOKED_AT]
    letters = [char for char in sample if char.isalpha()]
    if len(letters) >= _ENOUGH_LETTERS and 2 * sum(char > _LAST_LATIN for char in letters) > len(letters):
        return True
    found = _WORD.findall(fold_plain(sample))
    known = Counter(language for word in found for language in _owners().get(word, ()))
    return len(found) >= _ENOUGH_WORDS and max(known.values(), default=0) < _SMALL_WORDS * len(found)


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    owners: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for word in lexicon(language).stopwords:
            owners.setdefault(word, []).append(language)
    return {word: tuple(names) for word, names in owners.items()}


def _second_opinion(text: str, among: list[str]) -> str:
    ranking: list[tuple[str, float]] = _model().rank(text[:_LOOKED_AT])
    return next((language for language, _ in ranking if language in among), among[0])


@cache
def _model() -> Any:
    # Imported late: it takes a second to load and only a handful of mails need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # noqa: PLC0415

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages(LANGUAGES)
    return model
