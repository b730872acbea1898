"""Every reminder once, none early, none lost: whatever stood still, ran twice or told the wrong time (domain §2.5)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from tests import factories
from tests.factories import actor, claim, utc
from tests.notifications.conftest import together
from workflow import events, services
from workflow.actors import POST_OFFICE
from workflow.deadlines import BRUSSELS
from workflow.models import Case, Event, Milestone, RecipientNotice
from workflow.services import ringing
from workflow.states import EventKind, ExtensionReason, IdentityMethod, NoticeState, Outcome, PauseKind, Right

pytestmark = pytest.mark.django_db
SEND_BY = "2027-04-01"  # of what arrives on 2 March 2027; due on the same day


@pytest.fixture
def case(time_machine) -> Case:
    time_machine.move_to(utc(2027, 3, 2, 8), tick=False)
    return factories.received(received_at=utc(2027, 3, 2, 8))


def rows(case: Case) -> list[tuple[str, str]]:
    return [(row.code, row.due.isoformat()) for row in Milestone.objects.filter(case=case).order_by("id")]


def told(case: Case) -> list[dict[str, object]]:
    found = Event.objects.filter(stream=case.stream, kind=EventKind.MILESTONE_REACHED.value).order_by("seq")
    return [events.fields(event)["data"] for event in found]


def test_four_reminders_the_manager_and_the_alarm_from_the_day_it_is_due(time_machine, case):
    rung: dict[datetime, list[object]] = {}
    for day in range(20):
        midnight = datetime.combine(date(2027, 3, 15) + timedelta(days=day), time(), BRUSSELS).astimezone(UTC)
        for moment in (midnight - timedelta(seconds=1), midnight):
            time_machine.move_to(moment, tick=False)
            before = len(told(case))
            if services.ring():
                rung[moment] = [data["milestone"] for data in told(case)[before:]]

    # Midnight in Brussels is 23:00 UTC in winter and 22:00 from 28 March on.
    assert rung == {
        utc(2027, 3, 17, 23): ["A01-14"],
        utc(2027, 3, 24, 23): ["A01-7"],
        utc(2027, 3, 28, 22): ["A01-3", "A02-3"],
        utc(2027, 3, 30, 22): ["A01-1"],
        utc(2027, 3, 31, 22): ["A03"],
        utc(2027, 4, 1, 22): ["A03"],
        utc(2027, 4, 2, 22): ["A03"],
    }
    assert factories.again(case).overdue
    late = Event.objects.get(stream=case.stream, kind=EventKind.CASE_OVERDUE.value)
    assert late.utc == utc(2027, 4, 1, 22), "the whole due date is ours"


def test_after_an_outage_every_reminder_has_its_row_and_is_told_with_the_nearest(time_machine, case):
    time_machine.move_to(utc(2027, 3, 30, 9), tick=False)  # nothing ran since the receipt

    services.ring()
    services.ring()

    assert rows(case) == [(code, SEND_BY) for code in ("A01-14", "A01-7", "A01-3", "A02-3")]
    assert [(data["milestone"], data.get("also")) for data in told(case)] == [
        ("A01-3", "A01-14+A01-7"),
        ("A02-3", None),
    ]


def test_after_a_long_outage_the_alarm_speaks_for_all_reminders_and_for_today_only(time_machine, case):
    time_machine.move_to(utc(2027, 4, 20, 9), tick=False)

    services.ring()
    services.ring()

    missed = [(code, SEND_BY) for code in ("A01-14", "A01-7", "A01-3", "A01-1", "A02-3")]
    assert rows(case) == [*missed, ("A03", "2027-04-20")]
    assert [data["milestone"] for data in told(case)] == ["A03"]


def test_a_date_that_moved_is_reminded_of_anew(time_machine, case):
    time_machine.move_to(utc(2027, 3, 26, 9), tick=False)
    services.ring()
    services.confirm_claims(case.pk, rights=(Right.ACCESS,), by=actor("officer"))
    known = {"method": IdentityMethod.LINK_KNOWN_CONTACT, "note": "A code to the account of 2024."}
    services.verify_identity(case.pk, **known, by=actor("officer"))
    services.take(case.pk, by=actor("officer"))
    months, why = 1, {"reason": ExtensionReason.COMPLEXITY, "why": "Eleven years of mail.", "done": "Half of it."}
    services.ask_extension(case.pk, months=months, **why, by=actor("officer"))
    services.approve_extension(case.pk, by=actor("manager"))
    services.announce_extension(case.pk, at=timezone.now(), by=POST_OFFICE)

    time_machine.move_to(utc(2027, 4, 19, 9), tick=False)
    services.ring()

    new = factories.again(case).send_by.isoformat()
    assert new > SEND_BY
    assert ("A01-14", SEND_BY) in rows(case)
    assert ("A01-14", new) in rows(case)


@pytest.mark.parametrize("days", [-30, 30])
def test_a_clock_that_is_wrong_for_a_while_rings_nothing_early_for_good_and_nothing_twice(time_machine, case, days):
    seen: list[tuple[str, str]] = []
    for day in range(1, 34):  # 3 March to 4 April; the clock is wrong from the 10th to the 12th
        true = utc(2027, 3, 2, 9) + timedelta(days=day)
        wrong = timedelta(days=days) if 8 <= day <= 10 else timedelta()
        time_machine.move_to(true + wrong, tick=False)
        before = len(told(case))
        services.ring()
        if not wrong:
            seen += [(str(data["milestone"]), true.date().isoformat()) for data in told(case)[before:]]

    assert seen == [
        ("A01-14", "2027-03-18"),
        ("A01-7", "2027-03-25"),
        ("A01-3", "2027-03-29"),
        ("A02-3", "2027-03-29"),
        ("A01-1", "2027-03-31"),
        ("A03", "2027-04-01"),
        ("A03", "2027-04-02"),
        ("A03", "2027-04-03"),
        ("A03", "2027-04-04"),
    ]
    assert len(set(rows(case))) == len(rows(case))
    if days < 0:
        assert len(told(case)) == len(seen), "a clock that lags tells nothing at all"


def test_two_clocks_that_differ_by_seconds_at_midnight_ring_once(time_machine, case):
    midnight = datetime(2027, 3, 17, 23, tzinfo=UTC)
    for seconds in (-0.2, 0.3, -0.1, 0.1):
        time_machine.move_to(midnight + timedelta(seconds=seconds), tick=False)
        services.ring()

    assert [data["milestone"] for data in told(case)] == ["A01-14"]


@pytest.mark.django_db(transaction=True)
def test_two_beats_and_two_workers_at_once_ring_each_milestone_once(time_machine):
    time_machine.move_to(utc(2027, 3, 2, 8), tick=False)
    cases = [factories.confirmed(received_at=utc(2027, 3, 2, 8)) for _n in range(4)]
    services.ask_identity(cases[0].pk, doubt="another address", by=actor("officer"))
    services.begin_pause(cases[0].pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    time_machine.move_to(utc(2027, 3, 30, 9), tick=False)
    rung: list[int] = []

    def sweep() -> None:
        try:
            rung.append(services.ring())
        finally:
            connections.close_all()

    together(*[sweep] * 4)

    assert len(rung) == 4, "none of them broke"
    assert sum(rung) == 7
    assert rows(cases[0]) == [("M21-1-identity", "2027-03-02")]
    for case in cases[1:]:
        assert sorted(rows(case)) == [(code, SEND_BY) for code in ("A01-14", "A01-3", "A01-7", "A02-3")]
        assert sorted(str(data["milestone"]) for data in told(case)) == ["A01-3", "A02-3"]


def test_one_case_that_cannot_be_rung_holds_up_no_other(time_machine, case, monkeypatch):
    other = factories.received(received_at=utc(2027, 3, 2, 8))
    time_machine.move_to(utc(2027, 3, 18, 9), tick=False)
    real = ringing.moving

    def breaking(case_id: int, **values: object):
        if case_id == case.pk:
            raise OSError("disk")
        return real(case_id, **values)

    with monkeypatch.context() as patch:
        patch.setattr(ringing, "moving", breaking)
        assert services.ring() == 1
    assert (rows(case), rows(other)) == ([], [("A01-14", SEND_BY)])

    assert services.ring() == 1, "the next sweep makes good for it"
    assert rows(case) == [("A01-14", SEND_BY)]


# -- what waits for somebody else -----------------------------------------------------------------


def test_a_review_that_waits_longer_than_a_working_day_is_told_of_once_more(time_machine):
    time_machine.move_to(utc(2027, 3, 5, 9), tick=False)  # a Friday
    case = factories.in_progress((Right.RECTIFICATION,))
    right = claim(case, Right.RECTIFICATION)
    services.draft(right.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(right.pk, by=actor("officer"))

    rung = []
    for day in (6, 8, 9, 10):
        time_machine.move_to(utc(2027, 3, day, 9), tick=False)
        services.ring()
        rung.append(len(told(case)))

    assert rung == [0, 0, 1, 1], "Monday is the working day a reviewer has"
    assert told(case)[0]["milestone"] == f"A04-{right.pk}"


def test_a_recipient_who_does_not_confirm_is_chased_after_7_and_14_days(time_machine):
    time_machine.move_to(utc(2027, 3, 5, 9), tick=False)
    case = factories.in_progress((Right.ERASURE,))
    sent = {"state": NoticeState.SENT.value, "sent_at": utc(2027, 3, 5, 22, 30)}
    slow = RecipientNotice.objects.create(claim=claim(case, Right.ERASURE), recipient="mailer", **sent)
    quick = RecipientNotice.objects.create(claim=claim(case, Right.ERASURE), recipient="shop", **sent)
    gone = RecipientNotice.objects.create(claim=claim(case, Right.ERASURE), recipient="archive", **sent)
    RecipientNotice.objects.filter(pk=quick.pk).update(state=NoticeState.CONFIRMED.value)
    for day in (11, 12, 13):
        time_machine.move_to(utc(2027, 3, day, 9), tick=False)
        services.ring()
    RecipientNotice.objects.filter(pk=gone.pk).update(state=NoticeState.IMPOSSIBLE.value)
    time_machine.move_to(utc(2027, 3, 25, 9), tick=False)
    services.ring()
    services.ring()

    chased = [(data["milestone"], data["waited"]) for data in told(case) if str(data["milestone"]).startswith("A12")]
    assert chased == [(f"A12-7-{slow.pk}", 7), (f"A12-7-{gone.pk}", 7), (f"A12-14-{slow.pk}", 20)]
