"""The Brussels calendar: dates of instants, Belgian legal holidays, working days, months.

Working days follow the ten Belgian legal holidays and nothing else. There is no way to add one:
a day the office closes may bring sending forward, it never moves a due date.
"""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
_DAY = timedelta(days=1)


class Holiday(StrEnum):
    """The ten legal holidays (Royal Decree of 18 April 1974)."""

    NEW_YEAR = "new_year"
    EASTER_MONDAY = "easter_monday"
    LABOUR_DAY = "labour_day"
    ASCENSION = "ascension"
    WHIT_MONDAY = "whit_monday"
    NATIONAL_DAY = "national_day"
    ASSUMPTION = "assumption"
    ALL_SAINTS = "all_saints"
    ARMISTICE = "armistice"
    CHRISTMAS = "christmas"


class Obstacle(StrEnum):
    """Why a day is not one to work on; a holiday that falls in a weekend is called a holiday."""

    HOLIDAY = "holiday"
    SATURDAY = "Sat"
    SUNDAY = "Sun"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day stepped over on the way to a working day."""

    day: date
    obstacle: Obstacle
    holiday: Holiday | None = None


def brussels_date(instant: datetime) -> date:
    """The Brussels calendar date of an aware instant. Raises ValueError when it names no time zone."""
    return in_brussels(instant).date()


def in_brussels(instant: datetime) -> datetime:
    """An aware instant on the Brussels clock. Raises ValueError, a sentence, for a naive or unreachable one."""
    if instant.utcoffset() is None:
        raise ValueError(
            f"{instant.isoformat()} names no time zone: write the offset, as in 2027-01-31T12:00:00+01:00."
        )
    try:
        return instant.astimezone(BRUSSELS)
    except OverflowError:
        raise ValueError(f"{instant.isoformat()} lies outside the calendar (years 1 to 9999).") from None


def end_of(day: date) -> datetime:
    """The last second of a Brussels day, in UTC."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=BRUSSELS).astimezone(UTC)


def easter(year: int) -> date:
    """Easter Sunday, Gregorian (Meeus, Astronomical Algorithms, ch. 8)."""
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leaps - moon + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    correction = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def holidays_of(year: int) -> Mapping[date, Holiday]:
    """The legal holidays of a year, by date; 1 May and Ascension may share one."""
    sunday = easter(year)
    return MappingProxyType(
        {
            date(year, 1, 1): Holiday.NEW_YEAR,
            sunday + timedelta(1): Holiday.EASTER_MONDAY,
            sunday + timedelta(39): Holiday.ASCENSION,
            date(year, 5, 1): Holiday.LABOUR_DAY,
            sunday + timedelta(50): Holiday.WHIT_MONDAY,
            date(year, 7, 21): Holiday.NATIONAL_DAY,
            date(year, 8, 15): Holiday.ASSUMPTION,
            date(year, 11, 1): Holiday.ALL_SAINTS,
            date(year, 11, 11): Holiday.ARMISTICE,
            date(year, 12, 25): Holiday.CHRISTMAS,
        }
    )


def obstacle(day: date, closed: Collection[date] = ()) -> Skipped | None:
    """Why nobody works on this day, or None on a working day."""
    holiday = holidays_of(day.year).get(day)
    if holiday:
        return Skipped(day, Obstacle.HOLIDAY, holiday)
    if day.weekday() >= 5:
        return Skipped(day, Obstacle.SUNDAY if day.weekday() == 6 else Obstacle.SATURDAY)
    return Skipped(day, Obstacle.CLOSED) if day in closed else None


def is_working_day(day: date) -> bool:
    """Monday to Friday and no legal holiday; closed days of the office are working days in law."""
    return obstacle(day) is None


def next_working(day: date) -> date:
    """The day itself or the first working day after it (Reg. 1182/71 Art. 3(4))."""
    return roll_on(day)[0]


def roll_on(day: date) -> tuple[date, tuple[Skipped, ...]]:
    """:func:`next_working` with the days stepped over. Raises OverflowError past year 9999."""
    skipped = []
    while reason := obstacle(day):
        skipped.append(reason)
        day += _DAY
    return day, tuple(skipped)


def last_working_on_or_before(day: date, closed: Collection[date] = (), not_before: date = date.min) -> date:
    """The day itself or the last working day before it that the office is open, never before ``not_before``."""
    return step_back(day, closed, not_before)[0]


def step_back(day: date, closed: Collection[date], floor: date) -> tuple[date, tuple[Skipped, ...]]:
    """:func:`last_working_on_or_before` with the days stepped over."""
    skipped = []
    while day > floor and (reason := obstacle(day, closed)):
        skipped.append(reason)
        day -= _DAY
    return day, tuple(skipped)


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after ``day``, which itself is not counted (Reg. 1182/71 Art. 3(1)).

    A count of 0 is ``day`` itself. Raises ValueError for a negative count, OverflowError past year 9999.
    """
    if count < 0:
        raise ValueError(f"{count} working days cannot be added: give 0 or more.")
    for _ in range(count):
        day = next_working(day + _DAY)
    return day


def add_months(day: date, months: int) -> date:
    """Same day number some months later, or the last day of a month that lacks it (Art. 3(2)(c)).

    Raises OverflowError outside years 1 to 9999.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"{months} months from {day} leave the calendar.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
