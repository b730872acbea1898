"""What must hold of the clock whatever the request, its settings one by one, and its refusals."""

import dataclasses
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workflow.deadlines import (
    BRUSSELS,
    Basis,
    Due,
    Extension,
    Pause,
    Period,
    Question,
    Span,
    Verdict,
    accepted,
    brussels_date,
    compute,
    next_due,
)
from workflow.policy import ClockPolicy

DATES = (
    "policy_30d",
    "policy_30d_rolled",
    "month_nominal",
    "month_due",
    "case_due",
    "case_due_end_utc",
    "send_by",
    "extension_notice_by",
    "ext_due_from_receipt",
    "ext_due_chained",
    "month_due_restart_mode",
    "month_due_if_never_paused",
)
days = st.dates(date(2020, 1, 1), date(2045, 12, 31))
policies = st.builds(
    ClockPolicy,
    rule=st.sampled_from(["earliest", "month"]),
    roll=st.sampled_from(["none", "next_working"]),
    mode=st.sampled_from(["pause", "none", "restart"]),
    anchor=st.sampled_from(["receipt", "chained"]),
    max_ask_delay=st.integers(0, 10),
)
extensions = st.none() | st.builds(Extension, st.sampled_from([1, 2]))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=BRUSSELS)


def figures(deadlines):
    return {field: getattr(deadlines, field) for field in (*DATES, "receipt_date", "paused_days", "month_roll_reason")}


@st.composite
def questions(draw, d0: date) -> list[Pause]:
    asked = [d0 + timedelta(days=n) for n in draw(st.lists(st.integers(0, 30), max_size=3))]
    return [Pause(day, day + timedelta(days=draw(st.integers(0, 30))), draw(st.booleans())) for day in asked]


# -- what always holds ---------------------------------------------------------


@given(day=days, seconds=st.lists(st.integers(0, 24 * 3600 - 1), min_size=2, max_size=2), policy=policies)
@example(day=date(2027, 3, 28), seconds=[0, 86399], policy=ClockPolicy())
@example(day=date(2026, 10, 25), seconds=[0, 86399], policy=ClockPolicy())
@settings(deadline=None)
def test_the_hour_of_receipt_and_summer_time_never_matter(day, seconds, policy):
    midnight = datetime.combine(day, time(0), tzinfo=BRUSSELS).astimezone(UTC)
    instants = [midnight + timedelta(seconds=s) for s in seconds]

    of_this_day = [compute(i, policy=policy) for i in instants if brussels_date(i) == day]

    assert all(figures(deadlines) == figures(compute(noon(day), policy=policy)) for deadlines in of_this_day)


@given(data=st.data(), day=days, policy=policies, extension=extensions, more=st.integers(1, 30))
@settings(deadline=None, max_examples=200)
def test_a_longer_pause_never_makes_a_date_earlier(data, day, policy, extension, more):
    pauses = data.draw(questions(day).filter(bool))
    first = dataclasses.replace(pauses[0], answered=pauses[0].answered + timedelta(days=more))

    short = compute(noon(day), pauses=pauses, extension=extension, policy=policy)
    long = compute(noon(day), pauses=[first, *pauses[1:]], extension=extension, policy=policy)

    assert [field for field in DATES if getattr(long, field) < getattr(short, field)] == []


@given(data=st.data(), day=days, policy=policies, extension=extensions)
@settings(deadline=None, max_examples=200)
def test_one_more_pause_never_makes_a_date_earlier(data, day, policy, extension):
    pauses = data.draw(questions(day).filter(bool))

    fewer = compute(noon(day), pauses=pauses[1:], extension=extension, policy=policy)
    more = compute(noon(day), pauses=pauses, extension=extension, policy=policy)

    assert [field for field in DATES if getattr(more, field) < getattr(fewer, field)] == []


@given(
    data=st.data(),
    day=days,
    policy=policies,
    extension=extensions,
    closed=st.lists(st.integers(15, 50), max_size=30) | st.lists(st.integers(-5, 120), max_size=60),
)
@settings(deadline=None, max_examples=200)
def test_closed_days_move_sending_forward_and_nothing_else(data, day, policy, extension, closed):
    pauses = data.draw(questions(day))
    shut = dataclasses.replace(policy, closed_days=tuple(day + timedelta(days=n) for n in closed))

    usual = compute(noon(day), pauses=pauses, extension=extension, policy=policy)
    closing = compute(noon(day), pauses=pauses, extension=extension, policy=shut)

    assert {**figures(closing), "send_by": None} == {**figures(usual), "send_by": None}
    assert day <= closing.send_by <= usual.send_by
    assert closing.send_by not in shut.closed_days or closing.send_by == day


def test_a_closed_office_sends_on_its_last_open_day():
    policy = ClockPolicy(closed_days=(date(2027, 4, 1), date(2027, 3, 31)))

    deadlines = compute(noon(date(2027, 3, 2)), policy=policy)

    assert (deadlines.case_due, deadlines.send_by) == (date(2027, 4, 1), date(2027, 3, 30))


def test_an_office_closed_all_the_while_must_send_on_the_day_of_receipt():
    policy = ClockPolicy(closed_days=tuple(date(2027, 2, 1) + timedelta(days=n) for n in range(90)))

    assert compute(noon(date(2027, 3, 2)), policy=policy).send_by == date(2027, 3, 2)


@given(data=st.data(), day=days, policy=policies)
@settings(deadline=None)
def test_the_order_in_which_pauses_are_given_does_not_matter(data, day, policy):
    pauses = data.draw(questions(day))

    assert figures(compute(noon(day), pauses=pauses[::-1], policy=policy)) == figures(
        compute(noon(day), pauses=pauses, policy=policy)
    )


@given(day=days, policy=policies)
@settings(deadline=None)
def test_every_date_is_explained_by_a_step(day, policy):
    deadlines = compute(noon(day), policy=policy)
    explained = {step.span: step for step in deadlines.steps + deadlines.alternatives if isinstance(step, Period)}
    due = next(step for step in deadlines.steps if isinstance(step, Due))

    assert explained[Span.POLICY].landed == deadlines.policy_30d
    assert explained[Span.MONTH].due == deadlines.month_due
    assert explained[Span.EXTENSION_FROM_RECEIPT].due == deadlines.ext_due_from_receipt
    assert explained[Span.EXTENSION_CHAINED].due == deadlines.ext_due_chained
    assert explained[Span.MONTH_RESTARTED].due == deadlines.month_due_restart_mode
    assert explained[Span.MONTH_NEVER_PAUSED].due == deadlines.month_due_if_never_paused
    assert (due.day, due.end) == (deadlines.case_due, deadlines.case_due_end_utc)


# -- pauses --------------------------------------------------------------------

TUESDAY = date(2027, 3, 2)


def verdicts(*pauses: Pause, policy: ClockPolicy | None = None) -> list[tuple[Verdict, bool]]:
    deadlines = compute(noon(TUESDAY), pauses=pauses, policy=policy or ClockPolicy())
    return [(step.verdict, step.late) for step in deadlines.steps if isinstance(step, Question)]


def test_a_question_may_be_asked_until_three_working_days_have_run():
    friday, monday = Pause(date(2027, 3, 5), date(2027, 3, 9)), Pause(date(2027, 3, 8), date(2027, 3, 9))

    assert verdicts(friday) == [(Verdict.COUNTED, False)]
    assert verdicts(monday) == [(Verdict.LATE, True)]


def test_a_weekend_adds_nothing_to_the_delay_of_a_question():
    sunday = Pause(date(2027, 3, 7), date(2027, 3, 9))

    assert verdicts(sunday) == [(Verdict.COUNTED, False)]


def test_the_day_of_an_earlier_question_has_run_and_the_day_of_its_answer_has_not():
    first = Pause(date(2027, 3, 3), date(2027, 3, 10))
    third_day, fourth_day = Pause(date(2027, 3, 12), date(2027, 3, 15)), Pause(date(2027, 3, 15), date(2027, 3, 16))

    assert verdicts(first, third_day)[1] == (Verdict.COUNTED, False)
    assert verdicts(first, fourth_day)[1] == (Verdict.LATE, True)


def test_a_second_question_during_a_pause_is_in_time_and_its_days_count_once():
    first, second = Pause(date(2027, 3, 5), date(2027, 3, 12)), Pause(date(2027, 3, 10), date(2027, 3, 15))

    deadlines = compute(noon(TUESDAY), pauses=[first, second])

    assert deadlines.pauses == (first, second)
    assert deadlines.paused_days == 10


def test_an_override_lets_a_late_question_count():
    late = Pause(date(2027, 3, 20), date(2027, 3, 25), override=True)

    assert verdicts(late) == [(Verdict.COUNTED, True)]
    assert compute(noon(TUESDAY), pauses=[late]).case_due == date(2027, 4, 6)


def test_mode_none_accepts_nothing_not_even_an_override():
    pauses = [Pause(date(2027, 3, 3), date(2027, 3, 10)), Pause(date(2027, 3, 20), None, override=True)]

    assert accepted(pauses, TUESDAY, ClockPolicy(mode="none")) == ()
    assert verdicts(*pauses, policy=ClockPolicy(mode="none"))[0] == (Verdict.WITHOUT_EFFECT, False)


def test_mode_restart_counts_both_periods_from_the_last_reply():
    pauses = [Pause(date(2027, 3, 3), date(2027, 3, 10))]

    deadlines = compute(noon(TUESDAY), pauses=pauses, policy=ClockPolicy(mode="restart"))

    assert deadlines.policy_30d == date(2027, 4, 9)
    assert deadlines.month_due == date(2027, 4, 12)
    assert deadlines.case_due == date(2027, 4, 9)


def test_mode_restart_ignores_a_question_answered_the_same_day():
    pauses = [Pause(date(2027, 3, 4), date(2027, 3, 4))]

    deadlines = compute(noon(TUESDAY), pauses=pauses, policy=ClockPolicy(mode="restart"))

    assert deadlines.month_due == deadlines.month_due_if_never_paused


def test_a_late_open_question_does_not_suspend():
    deadlines = compute(noon(TUESDAY), pauses=[Pause(date(2027, 3, 20), None)])

    assert not deadlines.suspended
    assert deadlines.case_due == date(2027, 4, 1)


def test_an_open_pause_spanning_the_whole_calendar_costs_no_time():
    deadlines = compute(noon(date(1, 1, 3)), pauses=[Pause(date(1, 1, 3), None), Pause(date(9999, 1, 1), None)])

    assert len(deadlines.pauses) == 2


# -- extension and the queue ---------------------------------------------------


def test_an_extension_of_one_month_ends_two_months_after_receipt():
    assert compute(noon(TUESDAY), extension=Extension(1)).case_due == date(2027, 5, 3)


def test_an_earlier_promise_binds_and_a_later_one_does_not():
    earlier = compute(noon(TUESDAY), extension=Extension(2, date(2027, 5, 10)))
    later = compute(noon(TUESDAY), extension=Extension(2, date(2027, 7, 10)))

    assert (earlier.case_due, later.case_due) == (date(2027, 5, 10), date(2027, 6, 2))
    assert [s.basis for d in (earlier, later) for s in d.steps if isinstance(s, Due)] == [
        Basis.PROMISE,
        Basis.EXTENSION,
    ]


def test_the_queue_sorts_by_whatever_comes_first():
    deadlines = compute(noon(TUESDAY))

    assert next_due(deadlines) == deadlines.send_by == date(2027, 4, 1)
    assert next_due(deadlines, triage_by=date(2027, 3, 3), fast_lane_by=date(2027, 3, 4)) == date(2027, 3, 3)
    assert next_due(deadlines, extension_notice_by=date(2027, 4, 2)) == date(2027, 4, 1)


def test_a_suspended_case_stays_in_sight_at_its_never_paused_date():
    deadlines = compute(noon(TUESDAY), pauses=[Pause(date(2027, 3, 3), None)])

    assert deadlines.send_by is None
    assert next_due(deadlines) == date(2027, 4, 2)


# -- refusals ------------------------------------------------------------------


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="names no time zone: write the offset"):
        compute(datetime(2027, 1, 31, 12))  # noqa: DTZ001  the mistake under test


def test_a_question_before_the_receipt_is_refused():
    with pytest.raises(ValueError, match="asked before the receipt of 2027-03-02"):
        compute(noon(TUESDAY), pauses=[Pause(date(2027, 3, 1), None)])


def test_a_pause_that_runs_backwards_is_refused():
    with pytest.raises(ValueError, match="swap the dates"):
        Pause(date(2027, 3, 10), date(2027, 3, 3))


def test_a_promise_before_the_receipt_is_refused():
    with pytest.raises(ValueError, match="lies before the receipt"):
        compute(noon(TUESDAY), extension=Extension(1, date(2027, 3, 1)))


@pytest.mark.parametrize("months", [-1, 0, 3])
def test_an_unlawful_extension_is_refused(months):
    with pytest.raises(ValueError, match="choose 1 or 2"):
        Extension(months)


@pytest.mark.parametrize(
    ("received_at", "pauses"),
    [
        (datetime(9999, 12, 31, 23, 30, tzinfo=UTC), []),
        (datetime(9999, 12, 15, tzinfo=UTC), []),
        (datetime(9999, 12, 15, tzinfo=UTC), [Pause(date(9999, 12, 15), None)]),
        (datetime(2027, 3, 2, tzinfo=UTC), [Pause(date(2027, 3, 3), date(9999, 12, 31))]),
    ],
)
def test_dates_past_the_calendar_are_refused_in_a_sentence(received_at, pauses):
    with pytest.raises(ValueError, match=r"calendar \(years 1 to 9999\)"):
        compute(received_at, pauses=pauses)


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)))
@settings(deadline=None)
def test_any_instant_gives_dates_or_a_sentence(received_at):
    sentence = ""
    try:
        deadlines = compute(received_at)
    except ValueError as refusal:
        sentence = str(refusal)

    assert "calendar (years 1 to 9999)" in sentence if sentence else deadlines.receipt_date < deadlines.case_due
