"""A calendar of whole days as RFC 5545 wants it: lines of 75 octets, text escaped, CRLF. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75
# An empty calendar is none: this component is in each. Days have no zone, and need no rule of it.
_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Brussels",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole day. ``uid`` stays when the day moves, ``sequence`` then grows; ``changed`` is an aware instant."""

    uid: str
    day: date
    summary: str
    url: str
    sequence: int
    changed: datetime
    tentative: bool = False


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The whole file, the same bytes for the same entries."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//dsar//due dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        *_ZONE,
    ]
    for entry in entries:
        lines += _event(entry)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry) -> list[str]:
    changed = entry.changed.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(entry.summary)}",
        f"URL:{entry.url}",
        f"STATUS:{'TENTATIVE' if entry.tentative else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """§3.3.11: backslash, semicolon, comma and line end have a spelling; other control characters have none."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(char for char in lines if char == "\n" or (ord(char) >= 32 and ord(char) != 127))
    for char in "\\;,":
        plain = plain.replace(char, f"\\{char}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """§3.1: no line longer than 75 octets without its end, and no character cut in two."""
    rest, pieces, longest = line.encode(), [], _LONGEST
    while len(rest) > longest:
        cut = longest
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(rest[:cut])
        rest, longest = rest[cut:], _LONGEST - 1  # the blank that continues a line counts
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"
