"""Mail to staff about time: to whom, at which hour, and only while it is still true."""

import pytest

from notifications import pacing, sending, services
from notifications.models import Notification
from tests import factories
from tests.factories import actor, claim, utc
from workflow import services as law
from workflow.models import Absence, Case, RecipientNotice
from workflow.policy import Policy
from workflow.states import NoticeState, Outcome, Right

pytestmark = pytest.mark.django_db
RECEIVED = utc(2027, 3, 2, 8)  # to be sent by 1 April, a Thursday


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def rung() -> None:
    law.ring()
    services.sweep_pending()


def letters(code: str) -> list[Notification]:
    return list(Notification.objects.filter(letter=code).order_by("id"))


def readers(code: str) -> list[str]:
    return [row.recipient.partition("@")[0] for row in letters(code)]


def text(row: Notification) -> str:
    content = services.content_of(row)
    return " ".join(f"{content.subject}\n{content.text}".split())


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        (utc(2027, 1, 15, 5, 59), utc(2027, 1, 15, 6)),  # 06:59 in winter
        (utc(2027, 1, 15, 6, 0), None),
        (utc(2027, 1, 15, 18, 59), None),
        (utc(2027, 1, 15, 19, 0), utc(2027, 1, 16, 6)),
        (utc(2027, 7, 15, 4, 59), utc(2027, 7, 15, 5)),  # 06:59 in summer
        (utc(2027, 7, 15, 5, 0), None),
        (utc(2027, 3, 27, 23, 0), utc(2027, 3, 28, 5)),  # the night that has an hour less
        (utc(2027, 10, 30, 22, 0), utc(2027, 10, 31, 6)),  # the one that has an hour more
    ],
)
def test_mail_to_staff_waits_for_the_morning_of_a_brussels_clock(at, leaves):
    assert pacing.morning(Policy(), at) == leaves


def test_a_reminder_is_made_at_midnight_and_leaves_in_the_morning(move, outbox):
    factories.received(received_at=RECEIVED)
    move(2027, 3, 17, 23)
    rung()
    services.deliver_due()
    (row,) = letters("A01")
    assert (row.state, row.next_try_at) == ("queued", utc(2027, 3, 18, 6))

    move(2027, 3, 18, 6)
    services.deliver_due()

    row.refresh_from_db()
    assert row.state == "written"
    assert "il reste 14 jours" in text(row)


def test_an_authority_s_letter_is_mailed_at_night_too(move):
    case = factories.received(received_at=RECEIVED)
    move(2027, 3, 3, 1)
    law.recognise_authority(case.pk, by=actor("officer"))
    services.sweep_pending()

    assert {row.next_try_at for row in letters("A08")} == {None}


def test_a_letter_put_off_by_a_clock_that_ran_ahead_is_woken(move, outbox):
    factories.received(received_at=RECEIVED)
    move(2027, 4, 16, 23)  # a month too far
    rung()
    move(2027, 3, 17, 9)

    woken = sending.bring_back()

    assert woken >= len(letters("A03")) > 0
    assert {row.next_try_at for row in letters("A03")} == {utc(2027, 3, 17, 9)}
    services.deliver_due()
    assert {row.state for row in letters("A03")} == {"cancelled"}, "nothing is due yet"


def test_the_manager_is_told_once_three_days_before_and_alarmed_from_the_day_itself(move):
    factories.received(received_at=RECEIVED)
    for month, day in [(3, 28), (3, 29), (3, 30), (3, 31), (4, 1), (4, 2)]:
        move(2027, month, day, 9)
        rung()

    assert readers("A02") == ["manager"]
    assert readers("A01") == ["officer"] * 3
    assert sorted(readers("A03")) == ["manager"] * 2 + ["officer"] * 2
    today, late = text(letters("A03")[0]), text(letters("A03")[-1])
    assert "Échéance aujourd'hui" in today
    assert "L'échéance est aujourd'hui, 1er avril 2027." in today
    assert "dépassée de 1 jour." in late


def test_reminders_of_a_date_that_moved_meanwhile_do_not_leave(move, outbox):
    case = factories.received(received_at=RECEIVED)
    move(2027, 3, 28, 22)
    rung()
    Case.objects.filter(pk=case.pk).update(send_by=utc(2027, 4, 30).date(), case_due=utc(2027, 4, 30).date())
    move(2027, 3, 29, 6)

    services.deliver_due()

    assert {row.state for code in ("A01", "A02") for row in letters(code)} == {"cancelled"}


def submitted() -> Case:
    case = factories.in_progress((Right.RECTIFICATION,), received_at=RECEIVED)
    right = claim(case, Right.RECTIFICATION)
    law.draft(right.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(right.pk, by=actor("officer"))
    services.sweep_pending()
    return case


def test_a_draft_handed_in_is_told_to_its_reviewer_at_once_and_again_when_it_waits(move, outbox):
    submitted()
    assert readers("A04") == ["reviewer"]

    move(2027, 3, 4, 9)
    rung()

    assert readers("A04") == ["reviewer", "reviewer"]
    first, second = map(text, letters("A04"))
    assert "À relire" in first
    assert "Toujours à relire" in second


def test_a_review_that_was_done_is_not_told_of_any_more(move, outbox):
    case = submitted()
    right = claim(case, Right.RECTIFICATION)
    law.approve(right.pk, version=right.version, by=actor("reviewer"))

    services.deliver_due()

    assert [row.state for row in letters("A04")] == ["cancelled"]


def test_whoever_wrote_the_draft_is_not_its_reviewer_unless_nobody_else_is_there(move):
    law.close_account(staff=factories.staff("reviewer"), by=actor("administrator"))
    submitted()
    assert readers("A04") == ["manager"]


def test_a_reviewer_who_is_away_leaves_it_to_who_may_review_and_not_to_the_author(move):
    day = RECEIVED.date()
    Absence.objects.create(
        staff=factories.staff("reviewer"), stand_in=factories.staff("officer"), first_day=day, last_day=day
    )
    submitted()
    assert readers("A04") == ["manager"]


def test_a_recipient_who_is_silent_is_told_to_whoever_carries_the_case(move, outbox):
    case = factories.in_progress((Right.ERASURE,), received_at=RECEIVED)
    notice = RecipientNotice.objects.create(
        claim=claim(case, Right.ERASURE), recipient="mailer", state=NoticeState.SENT.value, sent_at=RECEIVED
    )
    move(2027, 3, 9, 9)
    rung()
    assert readers("A12") == ["officer"]
    assert "averti il y a 7 jours" in text(letters("A12")[0])

    RecipientNotice.objects.filter(pk=notice.pk).update(state=NoticeState.CONFIRMED.value)
    services.deliver_due()
    assert letters("A12")[0].state == "cancelled"
