"""A request that a colleague passed on: who wrote it and when it arrived, as the forwarded mail says. Pure.

Only a proposal: an officer confirms it. The time is that of arrival where an attached mail shows it, else the one the
program wrote above the forwarded text, in Brussels time when it names no other.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from dsar.intake import parsing
from dsar.intake.folding import fold_plain
from dsar.intake.parsing import ParsedMessage
from workflow.deadlines import BRUSSELS

__all__ = ["Inner", "earliest", "inner"]

_READ = 20_000
_BLOCK = 8  # lines below "From:" in which the date stands
# A mail forwarded after more than a year is rather a wrong date than a forgotten request.
_OLDEST = timedelta(days=400)
_FROM = re.compile(r"^[\s>*]*(?:from|de|van|von|expediteur)\*?\s*:\*?\s*(.+)$", re.IGNORECASE)
_WHEN = re.compile(
    r"^[\s>*]*(?:sent|envoy[ée]e?|verzonden|gesendet|date|datum)\*?(?: le)?\s*:\*?\s*(.+)$", re.IGNORECASE
)
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")
_TIME = re.compile(r"\b(\d{1,2})[:.hu](\d{2})(?::\d{2})?\s*(am|pm)?\b")
_TWELVE = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(\d{1,2})[ ./-](\d{1,2})[ ./-](\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
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


@dataclass(frozen=True, slots=True)
class Inner:
    """The forwarded mail: its writer and when it arrived (aware; None when that cannot be read)."""

    name: str
    address: str
    at: datetime | None
    message_id: str = ""


def inner(parsed: ParsedMessage) -> Inner | None:
    """The mail inside this one: attached, or copied below a header block. None when there is none."""
    for part in parsed.parts:
        if part.content_type == "message/rfc822":
            found = parsing.parse(part.data)
            if found.sender is not None:
                at = next((line.at for line in found.received if line.at), found.date)
                return Inner(found.sender.name, found.sender.address, at, found.message_id)
    return _copied(parsed.text[:_READ])


def earliest(outer: datetime, proposed: datetime | None) -> datetime:
    """From when the clock runs until a person confirms: the earlier of the two instants that are plausible."""
    if proposed is None or not outer - _OLDEST <= proposed <= outer:
        return outer
    return proposed


def _copied(text: str) -> Inner | None:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        who = _FROM.match(line[:400])
        address = _ADDRESS.search(who[1]) if who else None
        if who is None or address is None:
            continue
        block = lines[number + 1 : number + 1 + _BLOCK]
        when = next((found[1] for below in block if (found := _WHEN.match(below[:400]))), "")
        name = who[1][: address.start()].strip(' "<[*').strip()
        return Inner(name[:200], address.group().lower(), _instant(when))
    return None


def _instant(written: str) -> datetime | None:
    """The date a mail program wrote in its language; without a time the beginning of that day."""
    try:
        if _TWELVE.search(written):
            raise ValueError  # the library would read half past two in the afternoon as in the night
        exact = parsedate_to_datetime(written)
        return exact if exact.tzinfo else exact.replace(tzinfo=BRUSSELS)
    except (ValueError, TypeError):
        pass
    words = fold_plain(written)
    day = _day(words, written)
    if day is None:
        return None
    time = _TIME.search(words)
    hour, minute = (int(time[1]), int(time[2])) if time else (0, 0)
    if time and time[3]:
        hour = hour % 12 + (12 if time[3] == "pm" else 0)
    try:
        return datetime(*day, hour, minute, tzinfo=BRUSSELS)
    except ValueError:
        return None


def _day(words: str, written: str) -> tuple[int, int, int] | None:
    if found := _ISO.search(written):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NAMED.search(words):
        day = found[1] or found[3]
        return (int(found[4]), _NAMES[found[2]], int(day)) if day else None
    if found := _NUMBERS.search(words):
        return int(found[3]), int(found[2]), int(found[1])
    return None
