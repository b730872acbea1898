"""Dates and codes as a person at the screen reads them, in the active language, Brussels time."""

from datetime import date, datetime

from babel.dates import format_date
from django.utils import timezone, translation

from dsar.history.typography import LOCALES, NB
from workflow.deadlines import BRUSSELS, brussels_date

_DAY = {"fr": "EEE d MMM", "nl": "EEE d MMM", "de": "EEE d. MMM", "en": "EEE d MMM"}
_SHORT = {"fr": "d MMM", "nl": "d MMM", "de": "d. MMM", "en": "d MMM"}
_LONG = {"fr": "EEEE d MMMM y", "nl": "EEEE d MMMM y", "de": "EEEE, d. MMMM y", "en": "EEEE d MMMM y"}


def language() -> str:
    """The active language, one of fr, nl, de, en."""
    active = (translation.get_language() or "fr")[:2]
    return active if active in LOCALES else "fr"


def today() -> date:
    """The Brussels date now."""
    return brussels_date(timezone.now())


def day(value: date) -> str:
    """``ven. 26 mars``; with the year when it is not this one."""
    return _written(value, _DAY[language()] + _year(value))


def short(value: date) -> str:
    """``26 mars``."""
    return _written(value, _SHORT[language()] + _year(value))


def long(value: date) -> str:
    """``vendredi 26 mars 2027``."""
    return _written(value, _LONG[language()])


def moment(value: datetime) -> str:
    """``sam. 20 févr., 18:42``."""
    local = value.astimezone(BRUSSELS)
    return f"{day(local.date())}, {local:%H:%M}"


def exact(value: datetime) -> str:
    """``sam. 20 févr., 18:42:07 +01:00``: for evidence."""
    local = value.astimezone(BRUSSELS)
    offset = local.strftime("%z")
    return f"{day(local.date())}, {local:%H:%M:%S} {offset[:3]}:{offset[3:]}"


def _year(value: date) -> str:
    return "" if value.year == today().year else " y"


def _written(value: date, pattern: str) -> str:
    text = format_date(value, pattern, locale=LOCALES[language()])
    if language() == "fr" and value.day == 1:
        text = text.replace("1 ", "1er ", 1)
    return text.replace(" ", NB)
