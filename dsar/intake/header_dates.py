"""The instants in the head of a mail, also where a server wrote them otherwise than RFC 5322 says. Pure.

A date that names no zone, or one that nobody knows, is taken for Brussels time: there our servers stand, and of the
readings that are likely it is the earlier one, so that no time limit begins a day late.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from workflow.workdays import BRUSSELS

__all__ = ["instant", "received_at"]

# Names of zones that the library takes for UTC; an hour more or less can be another day.
_ZONES = {
    "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MET": 1, "MEZ": 1, "CEST": 2, "MEST": 2, "MESZ": 2, "SAST": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "JST": 9,
}  # fmt: skip
_ZONE = re.compile(r"(?<=\d)\s*\(?([A-Z]{3,4})\)?\s*$")
_UTC = re.compile(r"-0000\b|\s[A-Z]$")  # "-0000" and a letter: the clock was UTC, the place unknown
_LEAP = re.compile(r"(\d\d:\d\d):60\b")
_TWELVE = re.compile(r"\b(0?[1-9]|1[0-2])((?:[:.]\d\d){1,2})\s*([AP])\.?M\b\.?", re.IGNORECASE)
# "+01:00", "+1", "GMT+1", "CET +0100": the library drops what is not four digits behind a blank.
_OFFSET = r"(?:\(?(?:GMT|UTC|UT|Z)\s*|\(?[A-Z]{2,5}\s+\(?)?([+-])(\d{1,2})(?::?(\d{2}))?(?!\w)"
_ODD_OFFSET = re.compile(rf"(?<=[:.]\d\d)\s*{_OFFSET}")
_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s+)?\d{1,2}\s+[A-Z][a-z]{2}\s+\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?"
    rf"(?:\s*{_OFFSET}|\s+[A-Z]{{1,4}}\b)?"
    r"|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?"
    rf"(?:\s?Z\b|\s*{_OFFSET}|\s+[A-Z]{{3,4}}\b)?"
)
_ISO = re.compile(r"\s*(\d{4}-\d{2}-\d{2})[T ]+(\S+?)\s*([+-]\d{4}|Z|\(?[A-Z]{3,4}\)?)?\s*$")


def instant(value: str) -> datetime | None:
    """A date as an aware instant; None if it cannot be read or lies outside any mail's life."""
    value = _ODD_OFFSET.sub(_four_digits, _TWELVE.sub(_of_the_day, _LEAP.sub(r"\1:59", value[:200].strip())))
    try:
        at = _iso(*iso.groups()) if (iso := _ISO.match(value)) else parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, AttributeError, OverflowError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=_place(value))
        # By its offset alone: in the hour that comes twice, an instant of a place is equal to none of another.
        at = at.replace(tzinfo=timezone(at.utcoffset() or timedelta(0)))
    return at if 1970 <= at.year < 9999 else None


def _iso(day: str, time: str, zone: str | None) -> datetime:
    offset = zone if zone and zone[-1] in "Z0123456789" else ""
    return datetime.fromisoformat(f"{day}T{time}{offset}")


def _place(value: str) -> tzinfo:
    """Whose clock showed it, where it says so in another way than by an offset."""
    if (zone := _ZONE.search(value)) and zone[1] in _ZONES:
        return timezone(timedelta(hours=_ZONES[zone[1]]))
    return UTC if _UTC.search(value) else BRUSSELS


def _four_digits(found: re.Match[str]) -> str:
    return f" {found[1]}{int(found[2]):02}{found[3] or '00'}"


def _of_the_day(found: re.Match[str]) -> str:
    hour = int(found[1]) % 12 + (12 if found[3] in "pP" else 0)
    return f"{hour:02}{found[2]}"


def received_at(value: str) -> datetime | None:
    """The date of a Received line, comments taken out: what stands last and is one."""
    return next((at for piece in _pieces(value) if (at := instant(piece))), None)


def _pieces(value: str) -> Iterator[str]:
    yield value.rpartition(";")[2]
    for found in reversed(list(_DATE.finditer(value[-2000:]))):
        yield found.group()
