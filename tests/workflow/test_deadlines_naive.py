"""The clock against a second implementation that shares no code, no calendar and no time zone data with it.

The naive clock knows sets of days and single steps only: it walks, it never calculates. Holidays come
from the ``holidays`` package, summer time from the text of the directive.
"""

import calendar
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.test_deadlines_vectors import INPUTS, VECTORS, instant, row_of, shown
from workflow.deadlines import Extension, Pause, compute
from workflow.policy import ClockPolicy

NOT_LEGAL = {"Easter Sunday", "Pentecost"}  # Sundays in any case, and not on the list of ten
BELGIAN = holidays.country_holidays("BE", years=range(2019, 2048), language="en_US")
FREE = {day for day, names in BELGIAN.items() if not set(names.split("; ")) <= NOT_LEGAL}
ONE = timedelta(days=1)


def summer_time(utc: datetime) -> bool:
    """Directive 2000/84/EC: from the last Sunday of March to the last of October, at 01:00 UTC."""
    sundays = [max(week[calendar.SUNDAY] for week in calendar.monthcalendar(utc.year, month)) for month in (3, 10)]
    begin, end = (datetime(utc.year, month, day, 1, tzinfo=UTC) for month, day in zip((3, 10), sundays, strict=True))
    return begin <= utc < end


def naive_brussels(moment: datetime) -> date:
    utc = moment.astimezone(UTC)
    return (utc + timedelta(hours=2 if summer_time(utc) else 1)).date()


def works(day: date) -> bool:
    return day not in FREE and day.strftime("%w") not in "06"


def same_day_some_months_later(day: date, months: int) -> date:
    """Walk forward; stop on the same number in the right month, or on its last day."""
    wanted = day.year * 12 + day.month + months
    there = day
    while True:
        tomorrow = there + ONE
        in_month = there.year * 12 + there.month == wanted
        if in_month and (there.day == day.day or tomorrow.month != there.month):
            return there
        there = tomorrow


def walk(day: date, steps: int) -> date:
    for _ in range(steps):
        day += ONE
    return day


def rolled(day: date) -> tuple[date, list[str]]:
    why = []
    while not works(day):
        why.append("holiday" if day in FREE else day.strftime("%a"))
        day += ONE
    return day, why


def naive_pauses(d0: date, pauses: list[Pause], allowed: int) -> tuple[set[date], list[Pause]]:
    """The days that do not count, and the questions that count."""
    frozen: set[date] = set()
    good = []
    for question in sorted(pauses, key=lambda q: q.asked):
        ran = [day for day in (walk(d0, n + 1) for n in range((question.asked - d0).days)) if works(day)]
        if len([day for day in ran if day not in frozen]) > allowed and not question.override:
            continue
        good.append(question)
        until = question.answered or question.asked + timedelta(days=400)
        frozen |= {walk(question.asked, n + 1) for n in range((until - question.asked).days)}
    return frozen, good


def naive_row(received_at: datetime, pauses: list[Pause], months: int = 2) -> dict[str, str]:
    """The columns of the vector table under the default policy."""
    d0 = naive_brussels(received_at)
    frozen, good = naive_pauses(d0, pauses, allowed=3)
    first = same_day_some_months_later(d0, 1)
    row = {column: "" for column in VECTORS[0] if column not in INPUTS}
    row |= {
        "receipt_date_brussels": shown(d0),
        "extension_notice_by": shown(first),
        "month_due_if_never_paused": shown(rolled(first)[0]),
    }
    if any(question.answered is None for question in good):
        return row | {"paused_days": "open", "case_due_default": "SUSPENDED"}

    policy = walk(d0, 30 + len(frozen))
    month = walk(first, len(frozen))
    due = min(policy, rolled(month)[0])
    send = due
    while not works(send):
        send -= ONE
    again = max([q.answered for q in good if q.answered > q.asked], default=d0)
    return row | {
        "paused_days": str(len(frozen)),
        "policy_30d": shown(policy),
        "policy_30d_rolled": shown(rolled(policy)[0]),
        "month_nominal": shown(month),
        "month_due": shown(rolled(month)[0]),
        "month_roll_reason": "+".join(rolled(month)[1]),
        "case_due_default": shown(due),
        "case_due_end_utc": instant(naive_end(due)),
        "send_by_working_day": shown(send),
        "ext_due_from_receipt": shown(rolled(walk(same_day_some_months_later(d0, months + 1), len(frozen)))[0]),
        "ext_due_chained": shown(rolled(walk(same_day_some_months_later(first, months), len(frozen)))[0]),
        "month_due_restart_mode": shown(rolled(same_day_some_months_later(again, 1))[0]),
    }


def naive_end(day: date) -> datetime:
    """The last UTC second that is still this day in Brussels."""
    second = datetime(day.year, day.month, day.day, 21, 59, 59, tzinfo=UTC)
    later = second + timedelta(hours=1)
    return later if naive_brussels(later) == day else second


SPAN = int((datetime(2046, 1, 1, tzinfo=UTC) - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds())
instants = st.integers(0, SPAN - 1).map(lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))


@st.composite
def requests(draw, *, may_be_open=True):
    """A receipt and up to four questions, asked soon or late, answered soon, late or never."""
    received_at = draw(instants)
    d0 = naive_brussels(received_at)
    pauses = []
    for _ in range(draw(st.integers(0, 4))):
        asked = d0 + timedelta(days=draw(st.integers(0, 40) | st.integers(0, 12)))
        answered = asked + timedelta(days=draw(st.integers(0, 45) | st.integers(0, 6)))
        unanswered = may_be_open and draw(st.integers(0, 9)) == 0
        pauses.append(Pause(asked, None if unanswered else answered, override=draw(st.integers(0, 7)) == 0))
    return received_at, pauses


@given(requests())
@settings(deadline=None, max_examples=400)
def test_two_clocks_agree_on_any_request(request_):
    received_at, pauses = request_

    assert row_of(compute(received_at, pauses=pauses)) == naive_row(received_at, pauses)


@pytest.mark.parametrize("year", [2024, 2026, 2027, 2028, 2038])
def test_two_clocks_agree_on_every_day_of_a_year(year):
    noon = datetime(year, 1, 1, 12, tzinfo=UTC)
    every_day = [noon + timedelta(days=n) for n in range(366 if calendar.isleap(year) else 365)]

    different = [day for day in every_day if row_of(compute(day)) != naive_row(day, [])]

    assert different == []


@given(requests(may_be_open=False), st.sampled_from([1, 2]))
@settings(deadline=None)
def test_two_clocks_agree_on_extensions_of_either_length(request_, months):
    received_at, pauses = request_
    naive = naive_row(received_at, pauses, months)

    from_receipt = compute(received_at, pauses=pauses, extension=Extension(months))
    chained = compute(received_at, pauses=pauses, extension=Extension(months), policy=ClockPolicy(anchor="chained"))

    assert shown(from_receipt.case_due) == naive["ext_due_from_receipt"]
    assert shown(chained.case_due) == naive["ext_due_chained"]


@given(requests(may_be_open=False))
@settings(deadline=None)
def test_two_clocks_agree_under_the_other_settings(request_):
    received_at, pauses = request_
    naive = naive_row(received_at, pauses)
    unpaused = naive_row(received_at, [])

    def due(**setting: str) -> str:
        return shown(compute(received_at, pauses=pauses, policy=ClockPolicy(**setting)).case_due)

    assert due(rule="month") == naive["month_due"]
    assert due(roll="next_working") == min(naive["policy_30d_rolled"], naive["month_due"])
    assert due(mode="none") == unpaused["case_due_default"]
    assert due(mode="restart", rule="month") == naive["month_due_restart_mode"]


@given(instants)
@settings(deadline=None, max_examples=300)
def test_brussels_date_agrees_with_the_directive(moment):
    assert row_of(compute(moment))["receipt_date_brussels"] == shown(naive_brussels(moment))
