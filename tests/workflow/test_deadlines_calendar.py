"""The calendar under the clock: the ten legal holidays, working days, months."""

from datetime import date

import holidays as holidays_package
import pytest

from workflow.deadlines import (
    Holiday,
    add_months,
    add_working_days,
    holidays_of,
    is_working_day,
    last_working_on_or_before,
    next_working,
)

LEGAL = {
    "New Year's Day": Holiday.NEW_YEAR,
    "Easter Monday": Holiday.EASTER_MONDAY,
    "Labor Day": Holiday.LABOUR_DAY,
    "Ascension Day": Holiday.ASCENSION,
    "Pentecost Monday": Holiday.WHIT_MONDAY,
    "National Day": Holiday.NATIONAL_DAY,
    "Assumption Day": Holiday.ASSUMPTION,
    "All Saints' Day": Holiday.ALL_SAINTS,
    "Armistice Day": Holiday.ARMISTICE,
    "Christmas Day": Holiday.CHRISTMAS,
}


@pytest.mark.parametrize("year", range(2020, 2046))
def test_holidays_are_the_ten_legal_ones(year):
    listed = holidays_package.country_holidays("BE", years=year, language="en_US")
    legal = {day: {LEGAL[n] for n in names.split("; ") if n in LEGAL} for day, names in listed.items()}

    found = holidays_of(year)

    assert set(found) == {day for day, names in legal.items() if names}
    assert all(holiday in legal[day] for day, holiday in found.items())
    assert len(found) == 10


def test_ascension_on_the_first_of_may_is_one_day_off():
    assert len(holidays_of(2008)) == 9


def test_the_cached_holidays_cannot_be_changed():
    with pytest.raises(TypeError):
        holidays_of(2027)[date(2027, 3, 26)] = Holiday.EASTER_MONDAY


@pytest.mark.parametrize("day", ["2027-03-26", "2026-11-02", "2027-11-15", "2028-12-26", "2026-05-15", "2027-08-16"])
def test_days_that_only_feel_like_holidays_are_working_days(day):
    assert is_working_day(date.fromisoformat(day))


def test_next_and_last_working_day_around_easter():
    assert next_working(date(2027, 3, 27)) == date(2027, 3, 30)
    assert next_working(date(2027, 3, 30)) == date(2027, 3, 30)
    assert last_working_on_or_before(date(2027, 3, 29)) == date(2027, 3, 26)
    assert last_working_on_or_before(date(2027, 3, 29), closed={date(2027, 3, 26)}) == date(2027, 3, 25)


def test_working_days_are_counted_from_the_day_after():
    friday = date(2027, 3, 26)

    assert [add_working_days(friday, n) for n in range(4)] == [
        friday,
        date(2027, 3, 30),
        date(2027, 3, 31),
        date(2027, 4, 1),
    ]


def test_working_days_backwards_are_refused():
    with pytest.raises(ValueError, match="give 0 or more"):
        add_working_days(date(2027, 3, 26), -1)


def test_months_clamp_to_the_end_of_a_shorter_month():
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2027, 12, 31), 2) == date(2028, 2, 29)
