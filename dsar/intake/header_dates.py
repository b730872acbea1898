"""The instants in the head of a mail, also where a server wrote them otherwise than RFC 5322 says. Pure."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

__all__ = ["instant", "received_at"]

# Names of zones that the library takes for UTC; an hour more or less can be another day.
_ZONES = {
    "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MET": 1, "MEZ": 1, "CEST": 2, "MEST": 2, "MESZ": 2, "SAST": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "JST": 9,
}  # fmt: skip
_ZONE = re.compile(r"(?<=\d)\s*([A-Z]{3,4})\s*$")
_LEAP = re.compile(r"(\d\d:\d\d):60\b")
_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s+)?\d{1,2}\s+[A-Z][a-z]{2}\s+\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?"
    r"(?:\s+(?:[+-]\d{4}|[A-Z]{1,4}))?"
    r"|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?"
)
_ISO = re.compile(r"\s*\d{4}-\d{2}-\d{2}[T ]")


def instant(value: str) -> datetime | None:
    """A date as an aware instant; None if it cannot be read or lies outside any mail's life."""
    value = _LEAP.sub(r"\1:59", value[:200].strip())
    try:
        at = datetime.fromisoformat(value.replace(" ", "T", 1)) if _ISO.match(value) else parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, AttributeError, OverflowError):
        return None
    if at.tzinfo is None:  # "-0000": the clock was UTC, the place unknown
        zone = _ZONE.search(value)
        at = at.replace(tzinfo=timezone(timedelta(hours=_ZONES.get(zone[1], 0))) if zone else UTC)
    return at if 1970 <= at.year < 9999 else None


def received_at(value: str) -> datetime | None:
    """The date of a Received line, comments taken out: what stands last and is one."""
    return next((at for piece in _pieces(value) if (at := instant(piece))), None)


def _pieces(value: str) -> Iterator[str]:
    yield value.rpartition(";")[2]
    for found in reversed(list(_DATE.finditer(value[-2000:]))):
        yield found.group()
