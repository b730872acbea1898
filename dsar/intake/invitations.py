"""What a calendar part says (RFC 5545), as far as a reader of mail needs: who, when, where, what. Pure, bounded.

Nothing in it is acted on: no link is followed, no date is entered anywhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

__all__ = ["Invitation", "invitation"]

_LONGEST = 64 * 1024
_LINES_LIMIT = 2000
_GUESTS_LIMIT = 20
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r'([A-Za-z0-9-]{1,40})((?:;[A-Za-z0-9-]{1,40}=(?:"[^"]{0,500}"|[^;:"]{0,500}))*):(.*)')
_PARAMETER = re.compile(r';([A-Za-z0-9-]{1,40})=(?:"([^"]{0,500})"|([^;:"]{0,500}))')
_ESCAPED = re.compile(r"\\([\\;,nN])")
_INSTANT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?")
_ZONE = re.compile(r"[A-Za-z0-9_+-]{1,40}(?:/[A-Za-z0-9_+-]{1,40}){0,2}")
_LIMITS = {"SUMMARY": 300, "LOCATION": 300, "DESCRIPTION": 2000}


@dataclass(frozen=True, slots=True)
class Invitation:
    """The first event of a calendar part. Days are dates, instants aware; ``zone``: a zone nobody knows here, in which
    ``starts`` and ``ends`` stand as written (then they are naive). ``more``: how many events follow."""

    method: str = ""
    what: str = ""
    where: str = ""
    note: str = ""
    organiser: str = ""
    guests: tuple[str, ...] = ()
    starts: datetime | date | None = None
    ends: datetime | date | None = None
    zone: str = ""
    repeats: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        written = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)
        return written[: _LIMITS.get(self.name, 300)].strip()


def invitation(text: str) -> Invitation | None:
    """The first event, None when there is none. Never raises."""
    properties = list(_properties(text))
    method = next((one.value.strip().upper()[:20] for one in properties if one.name == "METHOD"), "")
    own, events = _first_event(properties)
    if not events:
        return None
    found = {one.name: one for one in reversed(own)}
    starts, zone = _instant(found.get("DTSTART"))
    ends, _zone = _instant(found.get("DTEND"))
    return Invitation(
        method=method,
        **{field: found[name].text for field, name in _TEXTS.items() if name in found},
        organiser=_person(found["ORGANIZER"]) if "ORGANIZER" in found else "",
        guests=tuple(_person(one) for one in own if one.name == "ATTENDEE")[:_GUESTS_LIMIT],
        starts=starts,
        ends=ends,
        zone=zone,
        repeats="RRULE" in found,
        more=events - 1,
    )


_TEXTS = {"what": "SUMMARY", "where": "LOCATION", "note": "DESCRIPTION"}


def _properties(text: str) -> Iterator[_Property]:
    for line in _FOLD.sub("", text[:_LONGEST]).splitlines()[:_LINES_LIMIT]:
        if found := _LINE.match(line):
            parameters = {name.upper(): quoted or bare for name, quoted, bare in _PARAMETER.findall(found[2])}
            yield _Property(found[1].upper(), parameters, found[3])


def _first_event(properties: list[_Property]) -> tuple[list[_Property], int]:
    """What stands in the first event itself, not in an alarm inside it; and how many events there are."""
    own: list[_Property] = []
    open_parts: list[str] = []
    events = 0
    for one in properties:
        if one.name == "BEGIN":
            open_parts.append(one.value.strip().upper())
            events += open_parts[-1] == "VEVENT"
        elif one.name == "END" and open_parts:
            open_parts.pop()
        elif open_parts and open_parts[-1] == "VEVENT" and events == 1:
            own.append(one)
    return own, events


def _person(one: _Property) -> str:
    address = re.sub(r"^mailto:", "", one.value.strip(), flags=re.IGNORECASE)[:254]
    name = one.parameters.get("CN", "")[:100].strip()
    return f"{name} <{address}>" if name and name != address else address


def _instant(one: _Property | None) -> tuple[datetime | date | None, str]:
    found = _INSTANT.fullmatch(one.value.strip()) if one else None
    if one is None or found is None:
        return None, ""
    numbers = [int(piece) for piece in found.groups()[:6] if piece]
    try:
        if len(numbers) == 3:
            return date(*numbers), ""
        at = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001  its zone is looked for below
    except ValueError:
        return None, ""
    if found[7]:
        return at.replace(tzinfo=UTC), ""
    named = one.parameters.get("TZID", "").strip('/ "')[:60]
    try:
        return at.replace(tzinfo=ZoneInfo(named if _ZONE.fullmatch(named) else "")), ""
    except (ValueError, OSError, KeyError):  # KeyError: a zone nobody knows here
        return at, named
