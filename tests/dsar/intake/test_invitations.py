"""Calendar parts: who, when, where, what; whatever a stranger wrote into them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dsar.intake.invitations import invitation

AS_WRITTEN = datetime(2027, 2, 1, 9)  # noqa: DTZ001  in a zone nobody knows here
WHOLE = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:STANDARD
DTSTART:19701025T030000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY;LANGUAGE=fr:Rendez-vous\\, mes
  données
DTSTART;TZID=Europe/Brussels:20270201T100000
DTEND;TZID=Europe/Brussels:20270201T110000
LOCATION:Bruxelles\\; salle 3
DESCRIPTION:Bonjour\\nÀ lundi
ORGANIZER;CN="Lovelace: Ada":mailto:ada@example.org
ATTENDEE;RSVP=TRUE;CN=vieprivee@assistool.com:MAILTO:vieprivee@assistool.com
ATTENDEE;CN=Bob:mailto:bob@example.org
RRULE:FREQ=WEEKLY
BEGIN:VALARM
DESCRIPTION:Rappel
END:VALARM
END:VEVENT
BEGIN:VEVENT
SUMMARY:Un autre
END:VEVENT
END:VCALENDAR
"""


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])


def test_an_invitation_says_who_when_where_and_what() -> None:
    found = invitation(WHOLE)

    assert found is not None
    assert (found.method, found.what, found.where, found.note) == (
        "REQUEST",
        "Rendez-vous, mes données",
        "Bruxelles; salle 3",
        "Bonjour\nÀ lundi",
    )
    assert (found.organiser, found.guests) == (
        "Lovelace: Ada <ada@example.org>",
        ("vieprivee@assistool.com", "Bob <bob@example.org>"),
    )
    assert found.starts == datetime(2027, 2, 1, 10, tzinfo=ZoneInfo("Europe/Brussels"))
    assert (found.repeats, found.more) == (True, 1)


@pytest.mark.parametrize(
    ("line", "starts", "zone"),
    [
        ("DTSTART:20270201T090000Z", datetime(2027, 2, 1, 9, tzinfo=UTC), ""),
        ("DTSTART;VALUE=DATE:20270201", date(2027, 2, 1), ""),
        ("DTSTART;TZID=Romance Standard Time:20270201T090000", AS_WRITTEN, "Romance Standard Time"),
        ("DTSTART;TZID=../../etc/passwd:20270201T090000", AS_WRITTEN, "../../etc/passwd"),
        ("DTSTART:20270201T090000", AS_WRITTEN, ""),
        ("DTSTART:20271301", None, ""),
        ("DTSTART:tomorrow", None, ""),
    ],
)
def test_instants_days_and_zones_nobody_knows(line: str, starts: object, zone: str) -> None:
    found = invitation(event(line))

    assert found is not None
    assert (found.starts, found.zone) == (starts, zone)


@pytest.mark.parametrize("text", ["", "BEGIN:VCALENDAR\r\nEND:VCALENDAR", "SUMMARY:x", "\0" * 500, "END:VEVENT\n" * 9])
def test_what_holds_no_event_gives_none(text: str) -> None:
    assert invitation(text) is None


def test_very_much_of_it_is_read_in_part_and_at_once() -> None:
    found = invitation(event("SUMMARY:" + "x" * 9000, *(f"ATTENDEE:mailto:{n}@example.org" for n in range(500))))
    long = invitation(event('ATTENDEE;CN="' + ";A=" * 100_000))

    assert found is not None
    assert (len(found.what), len(found.guests)) == (300, 20)
    assert long is not None
