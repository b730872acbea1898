"""Data that wait for the person: let out by a code, three times, never by looking; reminded of, and never forgotten."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import SAID, actor, again, claim, in_progress, submit, utc
from workflow import services
from workflow.actors import PERSON, POST_OFFICE
from workflow.events import fields
from workflow.guards import CannotDo
from workflow.models import Case, Event, Release, ReleaseCode
from workflow.one_time import spelled
from workflow.states import (
    BreachSign,
    ContactKind,
    ContactOrigin,
    EventKind,
    IdentityLevel,
    Means,
    Outcome,
    ReopenReason,
    Returned,
    Right,
)

pytestmark = pytest.mark.django_db
BUNDLE = uuid.UUID("0f0f0f0f-0000-4000-8000-000000000001")
DAY = utc(2027, 3, 8, 9)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(DAY, tick=False) as clock:
        yield clock


def granted(right: Right = Right.ACCESS, **values) -> Case:
    """Approved, with its data attached and the export made; its letter has not left."""
    case = in_progress((right,), **values)
    officer = actor("officer")
    services.record_collection(case.pk, source="by_hand", records=3, digest="0" * 64, by=officer)
    services.record_export_ready(case.pk, bundle=BUNDLE, digest="1" * 64, by=officer)
    row = claim(case, right)
    services.draft(row.pk, outcome=Outcome.GRANTED, facts="Voici vos données.", by_download=True, by=officer)
    submit(row.pk, by=officer)
    services.approve(row.pk, version=1, by=actor("reviewer"))
    return again(case)


def waiting(right: Right = Right.ACCESS, **values) -> Case:
    """Its letter left: the data wait."""
    case = granted(right, **values)
    services.answer(claim(case, right).pk, at=timezone.now(), means=Means.EMAIL, by=POST_OFFICE)
    return again(case)


def code_of(case: Case) -> str:
    row = ReleaseCode.objects.get(release__case=case, ended="")
    return spelled(row.uuid, row.digest)


def kinds(case: Case) -> list[str]:
    return list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True))


def last(case: Case, kind: EventKind) -> dict:
    return fields(Event.objects.filter(stream=case.stream, kind=kind.value).latest("seq"))["data"]


def test_the_letter_answers_and_the_data_wait_for_the_days_of_the_settings():
    case = waiting()

    row = services.open_release(case)
    assert claim(case).state == "answered"
    assert (row.bundle, row.last_day.isoformat(), row.desk_only) == (BUNDLE, "2027-03-22", False)
    assert EventKind.DATA_RELEASED in kinds(case)


def test_a_letter_alone_still_answers_nothing_where_the_data_are_posted():
    case = in_progress((Right.ACCESS,))
    services.record_collection(case.pk, source="by_hand", records=3, digest="0" * 64, by=actor("officer"))
    row = claim(case)
    services.draft(row.pk, outcome=Outcome.GRANTED, facts="Voici vos données.", by=actor("officer"))
    submit(row.pk, by=actor("officer"))
    services.approve(row.pk, version=1, by=actor("reviewer"))

    with pytest.raises(CannotDo, match="does not hand over the data"):
        services.answer(row.pk, at=timezone.now(), means=Means.EMAIL, by=POST_OFFICE)


def test_a_download_needs_its_export_and_an_address():
    case = in_progress((Right.ACCESS,), person_email="")
    services.record_collection(case.pk, source="by_hand", records=3, digest="0" * 64, by=actor("officer"))
    row = claim(case)
    services.draft(row.pk, outcome=Outcome.GRANTED, facts="Voici.", by_download=True, by=actor("officer"))
    row.refresh_from_db()

    said = " ".join(str(sentence) for sentence in services.blockers(case, row))
    assert "Make the export of the data first" in said
    assert "No e-mail address is known" in said


def test_only_an_answer_that_hands_over_data_can_wait_for_a_download():
    case = in_progress((Right.RECTIFICATION,))
    row = claim(case, Right.RECTIFICATION)
    services.draft(row.pk, outcome=Outcome.GRANTED, **SAID, by_download=True, by=actor("officer"))
    row.refresh_from_db()

    assert not row.by_download
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(by_download=True)


def test_posting_the_data_instead_opens_no_download():
    case = granted()

    services.answer(claim(case).pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))

    assert services.open_release(case) is None


def test_three_downloads_for_one_code_each_an_event(clock):
    case = waiting()
    services.issue_release_code(case.pk, by=PERSON)
    code = code_of(case)

    came = [services.take_release(case.pk, text=code.lower(), by=PERSON) for _ in range(4)]

    assert [one.bundle for one in came] == [BUNDLE, BUNDLE, BUNDLE, None]
    assert came[-1].how is Returned.NONE_OPEN
    assert kinds(case).count(EventKind.DATA_DOWNLOADED) == 3
    assert last(case, EventKind.DATA_DOWNLOADED)["downloads_left"] == 0


def test_five_wrong_codes_end_the_code_and_tell_no_more():
    case = waiting()
    services.issue_release_code(case.pk, by=PERSON)
    code = code_of(case)

    came = [services.take_release(case.pk, text="K7M-P4X-R2T", by=PERSON).how for _ in range(10)]

    assert came == [*[Returned.WRONG] * 4, Returned.SPENT, *[Returned.NONE_OPEN] * 5]
    assert services.take_release(case.pk, text=code, by=PERSON).bundle is None


def test_a_new_code_replaces_the_last_and_three_a_day_are_enough():
    case = waiting()
    services.issue_release_code(case.pk, by=PERSON)
    first = code_of(case)
    services.issue_release_code(case.pk, by=PERSON)
    services.issue_release_code(case.pk, by=PERSON)

    assert services.take_release(case.pk, text=first, by=PERSON).how is Returned.WRONG
    with pytest.raises(CannotDo, match="Three codes were made within a day"):
        services.issue_release_code(case.pk, by=PERSON)


def test_a_code_is_worth_nothing_after_a_day(clock):
    case = waiting()
    services.issue_release_code(case.pk, by=PERSON)
    code = code_of(case)

    clock.move_to(DAY + timedelta(days=1, seconds=1))

    assert services.take_release(case.pk, text=code, by=PERSON).how is Returned.NONE_OPEN


def test_it_goes_to_a_contact_on_file_before_the_mailbox_that_asked():
    case = in_progress((Right.ACCESS,))
    one = waiting()
    assert _way(one) == "same_mailbox"

    services.record_contact(
        case.pk,
        kind=ContactKind.EMAIL,
        value="ada@work.example",
        origin=ContactOrigin.CONTRACT,
        known_since=case.receipt_date - timedelta(days=400),
        by=actor("officer"),
    )
    officer = actor("officer")
    services.record_collection(case.pk, source="by_hand", records=3, digest="0" * 64, by=officer)
    services.record_export_ready(case.pk, bundle=BUNDLE, digest="1" * 64, by=officer)
    row = claim(case)
    services.draft(row.pk, outcome=Outcome.GRANTED, facts="Voici.", by_download=True, by=officer)
    submit(row.pk, by=officer)
    services.approve(row.pk, version=1, by=actor("reviewer"))
    services.answer(row.pk, at=timezone.now(), means=Means.EMAIL, by=POST_OFFICE)
    assert _way(case) == "known_contact"


def _way(case: Case) -> str:
    services.issue_release_code(case.pk, by=PERSON)
    return last(case, EventKind.RELEASE_CODE_ISSUED)["way"]


def test_data_of_level_l3_are_let_out_by_a_code_the_desk_tells(monkeypatch):
    case = granted()
    monkeypatch.setattr("workflow.guards.level_needed", lambda *_args: IdentityLevel.L3)
    monkeypatch.setattr("workflow.services.decisions.blockers", lambda *_args: [])
    services.answer(claim(case).pk, at=timezone.now(), means=Means.EMAIL, by=POST_OFFICE)

    with pytest.raises(CannotDo, match="by telephone or post"):
        services.issue_release_code(case.pk, by=PERSON)
    with pytest.raises(CannotDo, match="Say how you reach the person"):
        services.tell_release_code(case.pk, reached="x", by=actor("officer"))
    code = services.tell_release_code(case.pk, reached="Called +32 2 555 01 02 on file", by=actor("officer"))

    assert services.take_release(case.pk, text=code, by=PERSON).bundle == BUNDLE
    assert last(case, EventKind.DATA_DOWNLOADED)["way"] == "desk"


def test_after_its_last_day_a_click_lets_it_wait_again(clock):
    case = waiting()
    clock.move_to(DAY + timedelta(days=15))

    with pytest.raises(CannotDo, match="The time to download is over"):
        services.issue_release_code(case.pk, by=PERSON)
    services.renew_release(case.pk, by=PERSON)
    services.renew_release(case.pk, by=PERSON)

    assert services.open_release(case).last_day.isoformat() == "2027-04-06"
    assert kinds(case).count(EventKind.RELEASE_RENEWED) == 1
    services.issue_release_code(case.pk, by=PERSON)


def _rung(case: Case) -> list[str]:
    rows = Event.objects.filter(stream=case.stream, kind=EventKind.MILESTONE_REACHED.value).order_by("seq")
    return [str(fields(row)["data"]["milestone"])[:3] for row in rows]


def test_the_person_is_reminded_on_the_fifth_day_and_the_desk_on_the_tenth_each_once(clock):
    case = waiting()

    days = {}
    for day in range(14):
        clock.move_to(DAY + timedelta(days=day))
        services.ring()
        services.ring()
        days[day] = _rung(case)

    assert days[4] == []
    assert days[5] == days[9] == ["M29"]
    assert days[10] == days[13] == ["M29", "A13"]
    assert services.wants_another_way(again(case), today=timezone.localdate())


def test_what_was_fetched_or_offered_otherwise_is_no_longer_rung_for(clock):
    fetched, offered = waiting(), waiting()
    services.issue_release_code(fetched.pk, by=PERSON)
    services.take_release(fetched.pk, text=code_of(fetched), by=PERSON)
    services.offer_other_way(offered.pk, how="Called; the parcel goes by post.", by=actor("officer"))

    clock.move_to(DAY + timedelta(days=20))
    services.ring()

    assert _rung(fetched) == _rung(offered) == []
    with pytest.raises(CannotDo, match="nobody was asked about"):
        services.offer_other_way(offered.pk, how="Called once more today.", by=actor("officer"))


def test_downtime_doubles_and_swallows_nothing(clock):
    case = waiting()

    clock.move_to(DAY + timedelta(days=12))
    services.ring()
    services.ring()

    assert _rung(case) == ["M29", "A13"]


def test_a_case_is_not_closed_over_data_nobody_fetched(clock):
    case = waiting()
    clock.move_to(DAY + timedelta(days=200))

    services.close_quiet()
    assert again(case).state == "processed"
    services.offer_other_way(case.pk, how="Called twice, left a message.", by=actor("officer"))
    services.close_quiet()

    assert again(case).state == "closed"


def test_a_possible_breach_and_a_reopened_answer_close_the_download():
    breached, reopened = waiting(), waiting()
    services.issue_release_code(breached.pk, by=PERSON)
    code = code_of(breached)

    services.propose_breach(breached.pk, sign=BreachSign.REPORTED_BY_MAIL, by=actor("officer"))
    services.reopen(
        reopened.pk,
        rights=[Right.ACCESS],
        because=ReopenReason.INCOMPLETE,
        reason="A file is missing.",
        by=actor("officer"),
    )

    assert services.take_release(breached.pk, text=code, by=PERSON).how is Returned.NONE_OPEN
    assert [row.ended for row in Release.objects.order_by("id")] == ["revoked", "reopened"]
    with pytest.raises(CannotDo, match="nothing to download"):
        services.issue_release_code(reopened.pk, by=PERSON)


def test_an_erased_export_can_no_longer_be_asked_for():
    case = waiting()

    services.record_export_erased(case.pk, bundle=BUNDLE, digest="1" * 64, by=_clockwork())

    assert services.open_release(case) is None


def _clockwork():
    from workflow.actors import CLOCK

    return CLOCK


def test_one_release_and_one_code_at_a_time_say_the_tables_too():
    case = waiting()
    row = services.open_release(case)
    services.issue_release_code(case.pk, by=PERSON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(case=case, bundle=uuid.uuid4(), released_at=timezone.now(), last_day=row.last_day)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseCode.objects.filter(release=row).update(taken=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseCode.objects.filter(release=row).update(wrong=5)
