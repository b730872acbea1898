"""What staff are told: each hears of it as they chose, the alarms always, nothing twice and nothing of the person."""

import pytest
from django.db import IntegrityError, connections, transaction

from notifications import digests, notices, services
from notifications.kinds import Channel
from notifications.models import Digest, Notice, Notification, Preference
from tests import factories
from tests.factories import actor, colleague, utc
from tests.notifications.conftest import together
from workflow import services as law
from workflow.models import Staff
from workflow.states import Role

pytestmark = pytest.mark.django_db
RECEIVED = utc(2027, 3, 2, 8)  # a Tuesday; to be sent by 1 April


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def chooses(username: str, channel: Channel, *, weekly: bool = False) -> Staff:
    staff = factories.staff(username)
    notices.choose(staff, channel=channel, weekly=weekly)
    return staff


def rung() -> None:
    law.ring()
    services.sweep_pending()


def mailed(*codes: str) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(letter__in=codes).order_by("id")
    return [(row.letter, row.recipient.partition("@")[0]) for row in rows]


def daily() -> int:
    """How many mails of a day were made when a sweep is over."""
    digests.sweep()
    return len(mailed("A06D"))


def text(row: Notification) -> str:
    return services.content_of(row).text


def test_each_hears_of_a_reminder_as_they_chose_and_the_desk_lists_it_in_any_case(move):
    for name, channel in [("anna", Channel.MAIL), ("bram", Channel.DIGEST), ("cleo", Channel.DESK)]:
        notices.choose(colleague(name, Role.OFFICER), channel=channel, weekly=True)
    case = factories.received(received_at=RECEIVED)
    move(2027, 3, 18, 9)

    rung()
    rung()

    assert mailed("A01") == [("A01", "officer"), ("A01", "anna")]
    listed = Notice.objects.filter(letter="A01").order_by("staff__username").values_list("staff__username", "mailed")
    assert list(listed) == [("anna", True), ("bram", False), ("cleo", False), ("officer", True)]
    assert {row.text for row in Notice.objects.all()} == {
        f"Rappel : répondre au plus tard le 1er avril 2027 – {case.reference}"
    }


def test_the_alarms_of_a_manager_are_mailed_at_once_whatever_they_chose(move):
    chooses("manager", Channel.DESK)
    chooses("officer", Channel.DESK)
    factories.received(received_at=RECEIVED)
    for month, day in [(3, 29), (4, 1)]:
        move(2027, month, day, 9)
        rung()

    assert mailed("A01", "A02", "A03") == [("A02", "manager"), ("A03", "manager")]
    assert Notice.objects.filter(staff__username="officer", mailed=False).count() == 2


def test_one_mail_a_day_gathers_what_was_not_read_once(move):
    chooses("officer", Channel.DIGEST)
    cases = [factories.received(received_at=RECEIVED) for _n in range(3)]
    move(2027, 3, 17, 23)  # midnight in Brussels
    rung()
    assert daily() == 0, "not at night"
    first = Notice.objects.filter(staff__username="officer").order_by("id").first()
    notices.mark_read(first.staff, up_to=first.pk)

    move(2027, 3, 18, 6)
    assert [daily(), daily()] == [1, 1]
    move(2027, 3, 19, 6)
    assert daily() == 1, "nothing new"

    (row,) = Notification.objects.filter(letter="A06D")
    assert services.content_of(row).subject == "2 avis pour vous"
    assert [line for line in text(row).splitlines() if line.startswith("- ")] == [
        f"- Rappel : répondre au plus tard le 1er avril 2027 – {case.reference}" for case in cases[1:]
    ]


def test_a_digest_that_an_outage_delayed_comes_once_and_is_not_doubled(move):
    chooses("officer", Channel.DIGEST)
    factories.received(received_at=RECEIVED)
    move(2027, 3, 18, 5)
    rung()
    move(2027, 3, 23, 15)  # nothing ran for five days

    assert [daily(), daily()] == [1, 1]


def test_the_week_is_told_on_monday_morning_to_who_reads_cases_and_wants_it(move):
    factories.received(received_at=RECEIVED)
    chooses("reviewer", Channel.DESK, weekly=False)
    move(2027, 3, 7, 12)
    assert digests.sweep() == 0, "on Sunday; and whoever came in the middle of a week waits for the next one"
    move(2027, 3, 8, 5, 59)
    assert digests.sweep() == 0

    move(2027, 3, 10, 12)  # Monday and Tuesday nothing ran
    digests.sweep()
    digests.sweep()

    assert mailed("A06") == [("A06", "officer"), ("A06", "manager"), ("A06", "auditor")]
    week = text(Notification.objects.filter(letter="A06").first())
    assert "- Ouverts : 1" in week
    assert "- En retard : 0" in week
    assert {row.day.isoformat() for row in Digest.objects.all()} == {"2027-03-08"}


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_make_each_digest_once(move):
    chooses("officer", Channel.DIGEST)
    factories.received(received_at=RECEIVED)
    move(2027, 3, 22, 9)
    rung()
    made: list[int] = []

    def sweep() -> None:
        try:
            made.append(digests.sweep())
        finally:
            connections.close_all()

    together(*[sweep] * 3)

    assert sum(made) == len(mailed("A06", "A06D")) == Digest.objects.count() == 4
    assert len(made) == 3, "none of them broke"


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_a_notice_and_its_mail_once(move):
    factories.received(received_at=RECEIVED)
    move(2027, 3, 18, 9)
    law.ring()

    def sweep() -> None:
        try:
            services.sweep_pending()
        finally:
            connections.close_all()

    together(*[sweep] * 3)

    assert mailed("A01") == [("A01", "officer")]
    assert Notice.objects.filter(letter="A01").count() == 1


def test_a_digest_says_nothing_of_a_case_its_reader_no_longer_sees(move):
    chooses("officer", Channel.DIGEST)
    case = factories.received(received_at=RECEIVED)
    move(2027, 3, 18, 5)
    rung()
    law.restrict_access(case.pk, named=[factories.staff("manager")], reason="A colleague.", by=actor("manager"))
    move(2027, 3, 18, 9)

    assert daily() == 0
    staff = factories.staff("officer")
    assert not notices.of(staff, staff.actor()).exists()


def test_the_database_refuses_a_second_notice_digest_or_feed(move):
    staff = factories.staff("officer")
    notice = {"event_id": 1, "letter": "A01", "staff": staff, "text": "x", "mailed": True, "made_at": RECEIVED}
    digest = {"letter": "A06", "staff": staff, "day": RECEIVED.date(), "made_at": RECEIVED}
    Notice.objects.create(**notice)
    Digest.objects.create(**digest)
    notices.open_feed(staff)
    taken = Preference.objects.get().feed
    for model, values in [
        (Notice, notice),
        (Digest, digest),
        (Preference, {"staff": factories.staff("manager"), "feed": taken, "feed_since": RECEIVED}),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**values)


def test_the_secret_of_a_calendar_is_kept_nowhere_and_the_old_one_opens_nothing(move):
    staff = factories.staff("officer")
    first = notices.open_feed(staff)
    assert notices.reader_of(first) == staff
    second = notices.open_feed(staff)

    assert notices.reader_of(first) is None
    assert second not in str(Preference.objects.values_list())
    notices.close_feed(staff)
    assert notices.reader_of(second) is None
    assert notices.reader_of("") is None
