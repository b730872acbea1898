"""Dates, numbers and spaces as a printer of the reader's language sets them.

All functions take the language as an argument (fr, nl, de, en); none looks at the active locale.
Dates and times shown are those of Brussels, times always with their distance from UTC.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from workflow.deadlines import BRUSSELS

NB, NNB = "\u00a0", "\u202f"
LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "de": "de_BE", "en": "en_GB"}
_LONG = {"fr": "d MMMM y", "nl": "d MMMM y", "de": "d. MMMM y", "en": "d MMMM y"}
_SHORT = {"fr": "EEE d MMM y", "nl": "EEE d MMM y", "de": "EEE d. MMM y", "en": "EEE d MMM y"}
_BRIEF = {"fr": "d MMMM", "nl": "d MMMM", "de": "d. MMMM", "en": "d MMMM"}
_AT = {"fr": "à", "nl": "om", "de": "um", "en": "at"}


def day(value: date, language: str) -> str:
    """``2 mars 2027``, the first of a month in French ``1er mars 2027``; kept on one line."""
    return _date(value, _LONG[language], language)


def weekday(value: date, language: str) -> str:
    """``mar. 2 mars 2027``, for tables."""
    return _date(value, _SHORT[language], language)


def brief(value: date, language: str) -> str:
    """``2 mars``, for drawings."""
    return _date(value, _BRIEF[language], language)


def month(value: date, language: str) -> str:
    return format_date(value, "LLLL", locale=LOCALES[language])


def clock(moment: datetime) -> str:
    """``00:42:17 +01:00``: Brussels time and its distance from UTC."""
    local = moment.astimezone(BRUSSELS)
    offset = local.strftime("%z")
    return f"{local:%H:%M:%S}{NB}{offset[:3]}:{offset[3:]}"


def stamp(moment: datetime, language: str) -> str:
    """Day and time in Brussels, in words."""
    local = moment.astimezone(BRUSSELS).date()
    return f"{day(local, language)}{NB}{_AT[language]} {clock(moment)}"


def utc_stamp(moment: datetime, language: str) -> str:
    local = moment.astimezone(UTC)
    return f"{day(local.date(), language)}{NB}{_AT[language]} {local:%H:%M:%S}{NB}UTC"


def number(value: int, language: str) -> str:
    """``14 212`` with the separator of the language."""
    return format_decimal(value, locale=LOCALES[language])


def euros(cents: int, language: str) -> str:
    """An amount of money: ``12,50 €``."""
    return str(format_currency(Decimal(cents) / 100, "EUR", locale=LOCALES[language]))


def inside(text: str, language: str) -> str:
    """A term within a sentence: small first letter, except in German, where nouns keep theirs."""
    return text if language == "de" or text[1:2].isupper() else text[:1].lower() + text[1:]


def first_up(text: str) -> str:
    """A term at the beginning of a line."""
    return text[:1].upper() + text[1:]


def halves(digest: str) -> list[str]:
    """A SHA-256 on two lines of 32 digits."""
    return [digest[:32], digest[32:]]


def _date(value: date, pattern: str, language: str) -> str:
    text = format_date(value, pattern, locale=LOCALES[language])
    if language == "fr":
        text = re.sub(r"\b1 (?=\D)", "1er ", text, count=1)
    return text.replace(" ", NB)


_ALL = [
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?i)\b(art\.|artikel|article|clause|n°|nr\.) (?=\d)"), rf"\1{NB}"),
    (re.compile(r" (?=[→=–])"), NB),
]
_FRENCH = [
    (re.compile(r"[ \u00a0](?=[;!?»])"), NNB),
    (re.compile(r"(?<=[\w)])(?=[;!?](?:\s|$))"), NNB),
    (re.compile(r"(?<=[\w.)])(?=»)"), NNB),
    (re.compile(r"«(?:[ \u00a0]|(?=\S))"), f"«{NNB}"),
    (re.compile(r" (?=:)|(?<=[\w)])(?=:(?:\s|$))"), NB),
    (re.compile(r"(?<=\d) (?=(?:%|h|jours?|mois|ans|événements?|enregistrements?|kB|er)\b)"), NB),
]
_OTHERS = [(re.compile(r"(?<=\d) (?=(?:%|days?|months?|dagen|dag|Tagen?|Tage)\b)"), NB)]
_TOKEN = re.compile(r"(<[^>]*>|&#?\w+;)")
_ENTITIES = {"&#x27;": "’"}  # how the template writes an apostrophe
_VERBATIM = re.compile(r"""^<(style|title|code)\b|^<(\w+)[^>]*\btranslate="no\"""")


def fine(text: str, language: str) -> str:
    """Apostrophes and the spaces that must not break. Applying it twice changes nothing."""
    for pattern, new in [*_ALL, *(_FRENCH if language == "fr" else _OTHERS)]:
        text = pattern.sub(new, text)
    return text


def typeset(html: str, language: str) -> str:
    """:func:`fine` on the text of a page, leaving tags, entities and elements with translate="no" alone."""
    done: list[str] = []
    closing, depth = "", 0
    for token in _TOKEN.split(html):
        if token.startswith("<"):
            if not depth and (found := _VERBATIM.match(token)):
                closing, depth = found[1] or found[2], 1
            elif depth and token.startswith(f"<{closing}"):
                depth += 1
            elif depth and token.startswith(f"</{closing}"):
                depth -= 1
            done.append(token)
        elif depth or token.startswith("&"):
            done.append(token if depth else _ENTITIES.get(token, token))
        else:
            done.append(fine(token, language))
    return "".join(done)
