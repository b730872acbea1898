"""M30: a colleague or a processor is asked for data by an officer, reminded, and the answer recorded."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from notifications import letters, services
from notifications.models import Notification
from tests import factories
from tests.factories import actor, utc
from workflow import services as law
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event, SourceRequest
from workflow.states import EventKind, Language, Right, SourceAnswer

pytestmark = pytest.mark.django_db
HOST = "privacy@host.example"


@pytest.fixture(autouse=True)
def move(time_machine) -> Iterator[object]:
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    with translation.override("en"):
        yield to


def case_of_tuesday() -> Case:
    return factories.in_progress((Right.ACCESS,), received_at=utc(2027, 3, 2, 8))


def ask(case: Case, **other: object) -> SourceRequest:
    form = {
        "recipient": "Host SA",
        "address": HOST,
        "identifier": "client 4711",
        "wanted": "Every log line of this client.",
        "language": Language.EN,
        "by": actor("officer"),
    }
    law.ask_source(case.pk, **{**form, **other})
    return SourceRequest.objects.filter(case=case).latest("id")


def sent(case: Case) -> list[str]:
    services.sweep_pending()
    rows = Notification.objects.filter(case=case, letter="M30").order_by("id")
    return [services.content_of(row).text for row in rows]


def answer(case: Case, row: SourceRequest, how: SourceAnswer = SourceAnswer.NOTHING_HELD, said: str = "By id.") -> None:
    law.answer_source(case.pk, request=row.pk, answer=how, said=said, by=actor("officer"))


def test_the_letter_says_what_is_wanted_and_leaves_a_week_for_our_answer():
    case = case_of_tuesday()
    row = ask(case)

    (text,) = sent(case)

    assert (case.send_by, row.reply_by) == (date(2027, 4, 1), date(2027, 3, 25))
    assert "Who it is about: client 4711" in text
    assert "What we need: Every log line of this client" in text
    assert "25 March 2027" in text
    assert "Reminder" not in text
    letter = Notification.objects.get(case=case, letter="M30")
    assert (letter.recipient, letter.language) == (HOST, "en")
    assert case.person_name not in text
    assert HOST.encode() not in bytes(row.told)
    assert "4711" not in str(Event.objects.get(stream=case.stream, kind=EventKind.SOURCE_ASKED.value).body)


def test_late_in_the_month_the_next_working_day_is_left_to_reply(move):
    case = case_of_tuesday()
    move(2027, 3, 26, 9)  # a Friday, six days before the answer leaves

    assert ask(case).reply_by > date(2027, 3, 26)


def test_it_is_asked_again_three_days_and_one_day_before_once_each(move):
    case = case_of_tuesday()
    ask(case)
    seen = []
    for day in (21, 22, 23, 24, 25, 26):
        move(2027, 3, day, 9)
        law.ring()
        law.ring()
        seen.append(len(sent(case)))

    assert seen == [1, 2, 2, 3, 3, 3]
    assert all("Reminder: we are still waiting for your answer." in text for text in sent(case)[1:])


def test_after_an_outage_it_is_asked_again_once(move):
    case = case_of_tuesday()
    ask(case)

    move(2027, 3, 24, 9)
    law.ring()
    law.ring()

    assert len(sent(case)) == 2


def test_nobody_who_answered_is_asked_again_not_even_by_a_letter_that_waits(move):
    case = case_of_tuesday()
    row = ask(case)
    move(2027, 3, 22, 9)
    law.ring()
    sent(case)

    answer(case, row)

    waiting = Notification.objects.filter(case=case, letter="M30").latest("id")
    assert letters.overtaken(waiting)
    move(2027, 3, 24, 9)
    law.ring()
    assert len(sent(case)) == 2


def test_the_answer_says_how_they_searched_or_that_the_files_are_there():
    case = case_of_tuesday()
    row = ask(case)
    with pytest.raises(CannotDo, match="Attach their files first"):
        answer(case, row, SourceAnswer.ATTACHED, "two files")
    with pytest.raises(CannotDo, match="Say how they searched"):
        answer(case, row, said=" … ")

    law.record_collection(case.pk, source="by_hand", records=3, digest="a" * 64, by=actor("officer"))
    answer(case, row, SourceAnswer.ATTACHED, "two files")

    row.refresh_from_db()
    assert (row.answer, row.answered_at is not None) == ("attached", True)
    with pytest.raises(CannotDo, match="Nobody waits"):
        answer(case, row)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("address", "nobody", "address"),
        ("wanted", "…", "every field"),
        ("identifier", "", "every field"),
        ("wanted", "x" * 1001, "too long"),
    ],
)
def test_a_letter_that_would_say_nothing_is_not_ordered(field, value, sentence):
    case = case_of_tuesday()

    with pytest.raises(CannotDo, match=sentence):
        ask(case, **{field: value})
    assert not SourceRequest.objects.exists()


def test_whoever_only_looks_asks_nobody():
    with pytest.raises(NotPermitted):
        ask(case_of_tuesday(), by=actor("auditor"))


def test_an_answered_case_asks_nobody():
    case = case_of_tuesday()
    law.withdraw_case(case.pk, said="merci", known_by="mail", by=actor("officer"))

    with pytest.raises(CannotDo):
        ask(case)
