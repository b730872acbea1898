"""The schedule: each kind its term out of the settings, counted on Brussels dates, the last day still kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.policy import RetentionPolicy
from workflow.retention import Kept, Term, last_day_of_case, schedule, term_of
from workflow.workdays import brussels_date

USUAL = RetentionPolicy()
instants = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  given UTC
terms = st.builds(Term, months=st.integers(0, 120), days=st.integers(0, 90))


def test_every_kind_stands_in_the_schedule_with_the_term_of_its_setting():
    assert schedule(RetentionPolicy(id_days=7, export_days=8, oos_months=9, case_years=10, hold_years=2)) == {
        Kept.IDENTITY_DOCUMENT: Term(days=7),
        Kept.EXPORT: Term(days=8),
        Kept.NOT_A_REQUEST: Term(months=9),
        Kept.CASE: Term(months=120),
        Kept.DISPUTE: Term(months=24),
        Kept.SUPPRESSION: None,
        Kept.STATISTICS: None,
    }
    assert set(schedule(USUAL)) == set(Kept)


@pytest.mark.parametrize(
    ("term", "since", "last"),
    [
        (Term(months=60), datetime(2021, 3, 2, 9, tzinfo=UTC), date(2026, 3, 2)),
        (Term(months=60), datetime(2024, 2, 29, 9, tzinfo=UTC), date(2029, 2, 28)),
        (Term(days=30), datetime(2027, 1, 31, 9, tzinfo=UTC), date(2027, 3, 2)),
        (Term(months=6), datetime(2026, 8, 31, 9, tzinfo=UTC), date(2027, 2, 28)),
        # 23:30 UTC in summer is the next day in Brussels
        (Term(days=1), datetime(2027, 6, 30, 22, 30, tzinfo=UTC), date(2027, 7, 2)),
        (Term(), datetime(2027, 6, 30, 9, tzinfo=UTC), date(2027, 6, 30)),
    ],
)
def test_the_last_day_is_counted_in_brussels(term: Term, since: datetime, last: date):
    assert term.last_day(since) == last


@given(term=terms, since=instants)
def test_the_query_before_the_close_look_loses_nothing_that_is_over(term: Term, since: datetime):
    first_day_gone = term.last_day(since) + timedelta(days=1)

    assert since < term.began_before(first_day_gone)
    assert term.last_day(since) >= brussels_date(since)


def test_what_has_no_term_is_kept_as_long_as_it_is_needed():
    with pytest.raises(ValueError, match="as long as it is needed"):
        term_of(Kept.STATISTICS, USUAL)


CLOSED = datetime(2021, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ({}, date(2026, 3, 2)),
        ({"dispute_ended_at": datetime(2022, 1, 1, 9, tzinfo=UTC)}, date(2026, 3, 2)),
        ({"dispute_ended_at": datetime(2025, 12, 1, 9, tzinfo=UTC)}, date(2026, 12, 1)),
        ({"out_of_scope_since": datetime(2021, 1, 31, 9, tzinfo=UTC)}, date(2021, 7, 31)),
    ],
)
def test_a_case_has_five_years_a_late_dispute_one_more_and_no_request_six_months(more, last):
    assert last_day_of_case(USUAL, closed_at=CLOSED, **more) == last
