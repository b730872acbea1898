"""Dates as mail programs write them above a copied mail, in French, Dutch, German and English. Pure."""

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from dsar.intake.folding import fold_plain
from workflow.deadlines import BRUSSELS

__all__ = ["instant"]

_TIME = re.compile(
    r"(?<!\d)(\d{1,2})\s?[:hu]\s?(\d{2})(?::(\d{2}))?\s*([ap])?\.?(?:m\b)?|(?<![\d.])(\d{1,2})\.(\d{2})(?![.\d])"
)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[ ./-](\d{1,2})[ ./-](\d{4}|\d{2})(?![\d:.])")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_ZONE = re.compile(r"(?:\b(?:gmt|utc)\s?)?([+-])(\d{1,2})(?::?(\d{2}))?\s*\)?$|\b(gmt|utc)\b")
_RFC = re.compile(r"^\s*(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{2}:\d{2}(?::\d{2})?\s+[+-]\d{4}\b")
_MONTHS = (
    ("janvier", "januari", "januar", "january", "janv", "jan"),
    ("fevrier", "februari", "februar", "february", "fevr", "feb"),
    ("mars", "maart", "marz", "march", "mar", "mrt"),
    ("avril", "april", "avr", "apr"),
    ("mai", "mei", "may"),
    ("juin", "juni", "june", "jun"),
    ("juillet", "juli", "july", "juil", "jul"),
    ("aout", "augustus", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "oktober", "october", "oct", "okt"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dezember", "dec", "dez"),
)
_NAMES = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NAMED = re.compile(
    rf"\b(?:(\d{{1,2}})(?:er|st|nd|rd|th)?\.? )?({'|'.join(_NAMES)})\b\.? ?(?:(\d{{1,2}}),? )?(\d{{4}})\b"
)
_WEEKDAYS = (
    ("lundi", "lun", "maandag", "maa", "ma", "montag", "monday", "mon", "mo"),
    ("mardi", "mar", "dinsdag", "din", "dienstag", "die", "di", "tuesday", "tues", "tue"),
    ("mercredi", "mer", "woensdag", "woe", "wo", "mittwoch", "mit", "mi", "wednesday", "wed"),
    ("jeudi", "jeu", "donderdag", "donnerstag", "don", "do", "thursday", "thurs", "thu"),
    ("vendredi", "ven", "vrijdag", "vri", "vr", "freitag", "fre", "fr", "friday", "fri"),
    ("samedi", "sam", "zaterdag", "zat", "za", "samstag", "sonnabend", "sa", "saturday", "sat"),
    ("dimanche", "dim", "zondag", "zon", "zo", "sonntag", "son", "so", "sunday", "sun"),
)
_DAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_WEEKDAY = re.compile(rf"\b({'|'.join(sorted(_DAYS, key=len, reverse=True))})\b")
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b")


def instant(written: str) -> datetime | None:
    """The instant, aware: in Brussels time when no zone is named, the beginning of the day without a time.

    A date in numbers has the day first, unless only the other order makes a date, or the one whose weekday is named,
    or slashes and a time before or after noon show an American hand. None when it cannot be read.
    """
    if _RFC.match(written):
        try:
            return parsedate_to_datetime(written)
        except ValueError:
            return None
    written = written[:200]
    for pattern, order in ((_ISO, (1, 2, 3)), (_NUMBERS, (3, 2, 1))):
        if found := pattern.search(written):
            year, month, day = (int(found[place]) for place in order)
            rest = fold_plain(f"{written[: found.start()]} {written[found.end() :]}")
            year += 2000 if year < 100 else 0
            if pattern is _NUMBERS and _month_first(year, month, day, found[0], rest):
                day, month = month, day
            return _at(year, month, day, rest)
    words = fold_plain(written)
    found = _NAMED.search(words)
    day_written = (found[1] or found[3]) if found else None
    if found is None or day_written is None:
        return None
    return _at(int(found[4]), _NAMES[found[2]], int(day_written), f"{words[: found.start()]} {words[found.end() :]}")


def _month_first(year: int, month: int, day: int, written: str, rest: str) -> bool:
    if month > 12 or day > 12:
        return month > 12 >= day
    if not (year and month and day):
        return False
    if named := _WEEKDAY.search(rest):
        fits = [date(year, *order).weekday() == _DAYS[named[1]] for order in ((month, day), (day, month))]
        if fits[0] != fits[1]:
            return fits[1]
    return "/" in written and bool(_HALF_DAY.search(rest))


def _at(year: int, month: int, day: int, rest: str) -> datetime | None:
    """A day and what else stands there: the time and its zone."""
    time = _TIME.search(rest)
    hour = minute = second = 0
    if time:
        hour, minute, second = int(time[1] or time[5]), int(time[2] or time[6]), int(time[3] or 0)
        if time[4]:
            hour = hour % 12 + (12 if time[4] == "p" else 0)
        rest = rest[time.end() :]
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(rest))
    except ValueError:
        return None


def _zone(rest: str) -> tzinfo:
    found = _ZONE.search(rest.strip())
    if found is None:
        return BRUSSELS  # the zones CET, CEST, MEZ and MESZ are ours
    if found[4]:
        return timezone(timedelta())
    hours, minutes = int(found[2]), int(found[3] or 0)
    if hours > 14 or minutes > 59:
        return BRUSSELS
    return timezone(timedelta(hours=hours, minutes=minutes) * (1 if found[1] == "+" else -1))
