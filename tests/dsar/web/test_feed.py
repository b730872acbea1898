"""The calendar of due dates: valid by RFC 5545, references only, what its owner sees now, moved when a date moves."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from dsar.web.ical import Entry, calendar
from notifications import notices
from tests import factories
from tests.factories import actor, colleague, utc
from workflow import services
from workflow.actors import POST_OFFICE
from workflow.states import IdentityMethod, PauseKind, Role

PROPERTY = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", re.DOTALL)


def read(raw: bytes) -> list[dict[str, str]]:
    """The events of a calendar, read by the letter of RFC 5545; raises where it is broken."""
    assert raw.endswith(b"\r\n")
    physical = raw[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in physical)
    assert not any(bare in line for line in physical for bare in (b"\r", b"\n"))
    for line in physical:
        line.decode()  # no character is cut in two
    lines = raw[:-2].replace(b"\r\n ", b"").decode().split("\r\n")
    events: list[dict[str, str]] = []
    stack: list[str] = []
    for line in lines:
        name, _more, value = PROPERTY.fullmatch(line).groups()  # type: ignore[union-attr]
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] == "VEVENT":
            assert name not in events[-1], "each of these may stand once"
            events[-1][name] = plain(value) if name == "SUMMARY" else value
    assert stack == []
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "BEGIN:VTIMEZONE"} <= set(lines)
    assert all({"UID", "DTSTAMP", "DTSTART"} <= set(event) for event in events)
    assert len({event["UID"] for event in events}) == len(events)
    return events


def plain(text: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", text), "unescaped"
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def of(secret: str) -> list[dict[str, str]]:
    return read(Client().get(f"/calendar/{secret}.ics").content)


@pytest.fixture
def secret(time_machine, db: None) -> str:
    time_machine.move_to(utc(2027, 2, 27, 9), tick=False)
    return notices.open_feed(factories.staff("officer"))


@settings(deadline=None, max_examples=60)
@given(
    summary=st.text(alphabet='aé€😀\\;,:"\r\n\x00\x7f\t \u2028', max_size=200),
    number=st.integers(0, 10**9),
    day=st.dates(date(2020, 1, 1), date(2100, 1, 1)),
)
def test_any_text_is_written_so_that_a_strict_reader_gets_it_back(summary: str, number: int, day: date) -> None:
    entry = Entry(
        "a@b", day, summary, f"https://dsar.example.org/{'x' * 90}/", number, datetime(2027, 1, 1, tzinfo=UTC)
    )

    (event,) = read(calendar("é" * 80, [entry]))

    ends = summary.replace("\r\n", "\n").replace("\r", "\n")
    assert event["SUMMARY"] == "".join(char for char in ends if char == "\n" or (ord(char) >= 32 and ord(char) != 127))
    assert event["DTSTART"] == day.strftime("%Y%m%d")
    assert event["URL"].endswith("x/")


def test_both_dates_of_a_case_stand_in_it_as_days_and_nothing_of_the_person(secret: str) -> None:
    case = factories.received(received_at=utc(2027, 2, 27, 8), person_name="Zelda Quartz")  # vector V12

    events = of(secret)

    assert [(event["SUMMARY"], event["DTSTART"], event["DTEND"]) for event in events] == [
        (f"{case.reference} – envoyer la réponse", "20270326", "20270327"),
        (f"{case.reference} – échéance", "20270329", "20270330"),
    ]
    raw = Client().get(f"/calendar/{secret}.ics").content.decode()
    assert not any(word in raw for word in ("Zelda", "Quartz", "ada@", "example.org", "accès"))


def test_an_empty_calendar_is_still_one(secret: str) -> None:
    assert of(secret) == []


def test_when_a_date_moves_the_same_event_moves_and_says_so(secret: str, time_machine) -> None:
    case = factories.confirmed(received_at=utc(2027, 2, 27, 8))
    before = of(secret)[0]
    services.ask_identity(case.pk, doubt="another address", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 2, 27, 9), by=POST_OFFICE)
    (waiting,) = of(secret)
    time_machine.move_to(utc(2027, 3, 9, 9), tick=False)
    services.verify_identity(
        case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.", by=actor("officer")
    )
    after = of(secret)[0]

    assert (waiting["STATUS"], waiting["DTSTART"]) == ("TENTATIVE", "20270330")
    assert after["UID"] == before["UID"]
    assert after["DTSTART"] > before["DTSTART"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"] > before["LAST-MODIFIED"]


def test_theirs_those_nobody_took_and_those_of_whom_they_stand_in_for(secret: str) -> None:
    free, theirs, away, others = (factories.confirmed(received_at=utc(2027, 2, 26, 8)) for _n in range(4))
    anna, bram = colleague("anna", Role.OFFICER), colleague("bram", Role.OFFICER)
    services.assign(theirs.pk, staff=factories.staff("officer"), by=actor("manager"))
    services.assign(away.pk, staff=anna, by=actor("manager"))
    services.assign(others.pk, staff=bram, by=actor("manager"))
    today, officer = date(2027, 2, 27), factories.staff("officer")
    services.set_absence(staff=anna, first_day=today, last_day=today, stand_in=officer, by=actor("manager"))

    shown = {event["SUMMARY"].split(" ")[0] for event in of(secret)}

    assert shown == {free.reference, theirs.reference, away.reference}


def test_a_restricted_case_is_in_the_calendar_of_the_named_alone(secret: str) -> None:
    case = factories.received(received_at=utc(2027, 2, 26, 8))
    named = notices.open_feed(factories.staff("manager"))
    services.restrict_access(case.pk, named=[factories.staff("manager")], reason="A colleague.", by=actor("manager"))

    assert of(secret) == []
    assert {event["SUMMARY"].split(" ")[0] for event in of(named)} == {case.reference}


def test_a_date_an_authority_set_is_in_it_and_an_answered_case_no_longer(secret: str) -> None:
    case = factories.received(received_at=utc(2027, 2, 26, 8))
    services.recognise_authority(case.pk, by=actor("officer"))
    services.set_authority_due(case.pk, due=date(2027, 3, 5), by=actor("officer"))
    assert ("20270305", f"{case.reference} – répondre à l’autorité") in {
        (event["DTSTART"], event["SUMMARY"]) for event in of(secret)
    }

    services.withdraw_case(case.pk, said="Never mind.", known_by="They answered our letter.", by=actor("officer"))

    assert of(secret) == []


def test_a_program_that_asks_again_gets_nothing_new_until_something_is(secret: str) -> None:
    first = Client().get(f"/calendar/{secret}.ics")
    again = Client().get(f"/calendar/{secret}.ics", headers={"if-none-match": first["ETag"]})
    factories.received(received_at=utc(2027, 2, 26, 8))
    later = Client().get(f"/calendar/{secret}.ics", headers={"if-none-match": first["ETag"]})

    assert (first["Content-Type"], first["Cache-Control"]) == ("text/calendar; charset=utf-8", "private, no-cache")
    assert (again.status_code, later.status_code) == (304, 200)


def test_every_other_secret_and_a_closed_account_open_nothing(secret: str) -> None:
    assert Client().get("/calendar/guess.ics").status_code == 404
    assert Client().post(f"/calendar/{secret}.ics").status_code == 405
    services.close_account(staff=factories.staff("officer"), by=actor("administrator"))

    assert Client().get(f"/calendar/{secret}.ics").status_code == 404
