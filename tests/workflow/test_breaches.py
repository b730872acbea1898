"""A possible breach: known since, 72 hours, who hears of it, which links die, who judges it and how."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from notifications import services as post_office
from notifications import tokens
from notifications.models import Notification
from tests import factories
from tests.factories import actor, utc
from workflow import events, services
from workflow.actors import INSTALLER, INTAKE
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Breach, Case, Event
from workflow.states import BreachSign, BreachVerdict, EventKind, Role

pytestmark = pytest.mark.django_db
WORDS = "Ada Canary received the file of somebody else."


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def reported(**more) -> Case:
    case = factories.received(received_at=utc(2027, 3, 2, 8))
    services.report_breach(case.pk, words=WORDS, by=actor("officer"), **more)
    return factories.again(case)


def assess(case: Case, verdict: BreachVerdict, by: str = "manager", **more) -> None:
    services.assess_breach(case.pk, verdict=verdict, reason="The file was opened.", by=actor(by), **more)


def told(case: Case, kind: EventKind) -> list[dict]:
    rows = Event.objects.filter(stream=case.stream, kind=kind.value).order_by("seq")
    return [events.fields(row)["data"] for row in rows]


def alarms(case: Case) -> list[str]:
    post_office.sweep_pending()
    rows = Notification.objects.filter(case=case, letter="A08").order_by("id")
    return [post_office.content_of(row).text for row in rows]


def test_it_is_known_since_an_instant_and_ends_after_72_hours(move):
    case = reported(aware_at=utc(2027, 3, 2, 7))

    row = case.breaches.get()
    assert (case.possible_breach, row.sign, row.aware_at) == (True, BreachSign.SEEN_BY_STAFF, utc(2027, 3, 2, 7))
    assert row.notify_by == utc(2027, 3, 5, 7)
    assert "Canary" not in str(told(case, EventKind.BREACH_PROPOSED))


def test_manager_and_data_protection_officer_hear_of_it_at_once_and_again_before_the_72_hours(move):
    factories.installation()
    services.create_staff(
        username="dpo",
        name="Dora",
        email="dpo@example.org",
        password="not-used-here-at-all",
        roles=[Role.DPO],
        by=INSTALLER,
    )
    case = reported()
    alarms(case)
    first = set(Notification.objects.filter(case=case, letter="A08").values_list("recipient", flat=True))
    assert {"dpo@example.org", factories.staff("manager").email} <= first

    left = []
    for parts in ((2027, 3, 3, 8), (2027, 3, 3, 9), (2027, 3, 4, 9), (2027, 3, 5, 4), (2027, 3, 5, 10)):
        move(*parts)
        services.ring()
        services.ring()
        left.append([one["hours_left"] for one in told(case, EventKind.BREACH_REMINDED)])

    assert left == [[], [48], [48, 24], [48, 24, 5], [48, 24, 5, 0]]
    assert all("Canary" not in text for text in alarms(case))


def test_after_an_outage_only_the_nearest_alarm_is_rung(move):
    case = reported()

    move(2027, 3, 9, 9)
    services.ring()

    assert [one["hours_left"] for one in told(case, EventKind.BREACH_REMINDED)] == [0]


def test_links_and_reply_addresses_that_left_before_open_nothing_and_new_ones_do(move):
    case = factories.received(received_at=utc(2027, 3, 2, 8))
    old = (tokens.portal_token(case), tokens.reply_address(case), tokens.message_id(case, "m01", "1"))
    assert tokens.case_of_portal(old[0]) == case.pk

    services.report_breach(case.pk, words=WORDS, by=actor("officer"))

    case = factories.again(case)
    assert tokens.case_of_portal(old[0]) is None
    assert [tokens.case_of_reply(one) for one in old[1:]] == [None, None]
    assert tokens.case_of_portal(tokens.portal_token(case)) == case.pk
    assert tokens.case_of_reply(tokens.reply_address(case)) == case.pk


def test_nothing_is_revoked_when_nothing_is_recorded(move):
    case = factories.received(received_at=utc(2027, 3, 2, 8))

    with pytest.raises(CannotDo, match="future"):
        services.report_breach(case.pk, words=WORDS, aware_at=utc(2027, 3, 2, 10), by=actor("officer"))

    assert (factories.again(case).link_generation, Breach.objects.count()) == (0, 0)


def test_of_two_signs_the_earlier_awareness_counts(move):
    case = reported()
    move(2027, 3, 2, 12)

    services.propose_breach(case.pk, sign=BreachSign.REPORTED_BY_MAIL, aware_at=utc(2027, 3, 2, 8, 30), by=INTAKE)

    row = case.breaches.get()
    assert (row.aware_at, row.sign) == (utc(2027, 3, 2, 8, 30), BreachSign.SEEN_BY_STAFF)


@pytest.mark.parametrize("role", ["officer", "reviewer", "auditor"])
def test_a_manager_judges(move, role):
    case = reported()

    with pytest.raises(NotPermitted):
        assess(case, BreachVerdict.NONE, by=role)


def test_told_to_the_authority_with_date_and_reference(move):
    case = reported()
    move(2027, 3, 3, 9)
    with pytest.raises(CannotDo, match="reference"):
        assess(case, BreachVerdict.NOTIFIED, authority_at=utc(2027, 3, 3, 8))

    assess(case, BreachVerdict.BREACH)
    assert factories.again(case).breaches.get().settled_at is None
    more = {"authority_at": utc(2027, 3, 3, 8), "reference": "APD-2027-0042", "person_at": utc(2027, 3, 3, 8)}
    assess(case, BreachVerdict.NOTIFIED, **more)

    row = case.breaches.get()
    last = told(case, EventKind.BREACH_ASSESSED)[-1]
    assert (row.verdict, services.reference_of(row)) == (BreachVerdict.NOTIFIED, "APD-2027-0042")
    assert (last["within_72_hours"], "APD" in str(last)) == (True, False)
    assert factories.again(case).possible_breach
    move(2027, 3, 9, 9)
    services.ring()
    assert told(case, EventKind.BREACH_REMINDED) == []


def test_a_notice_after_the_72_hours_says_so(move):
    case = reported()
    move(2027, 3, 6, 9)

    assess(case, BreachVerdict.NOTIFIED, authority_at=utc(2027, 3, 6, 8), reference="APD-1")

    assert told(case, EventKind.BREACH_ASSESSED)[-1]["within_72_hours"] is False


def test_no_breach_takes_the_mark_away_and_a_later_sign_begins_anew(move):
    case = reported()
    assess(case, BreachVerdict.NONE)
    assert not factories.again(case).possible_breach

    services.report_breach(case.pk, words=WORDS, by=actor("officer"))

    assert [row.verdict for row in case.breaches.all()] == ["none", ""]


@pytest.mark.parametrize(
    "change",
    [
        {"settled_at": utc(2027, 3, 3)},
        {"verdict": "none", "judged_by": "S-0003", "judged_at": utc(2027, 3, 3)},
        {
            "verdict": "notified",
            "judged_by": "S-0003",
            "judged_at": utc(2027, 3, 3),
            "settled_at": utc(2027, 3, 3),
        },
        {"verdict": "breach"},
        {"authority_at": utc(2027, 3, 3)},
        {"aware_at": utc(2027, 3, 2, 9) + timedelta(seconds=1)},
    ],
)
def test_the_database_refuses_what_the_service_would(move, change):
    reported()

    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.update(**change)


def test_a_breach_stays_flagged_when_the_next_sign_is_none(move):
    case = reported()
    assess(case, BreachVerdict.NOTIFIED, authority_at=utc(2027, 3, 2, 9), reference="GBA-1")
    services.report_breach(case.pk, words="A false alarm, it seems.", by=actor("officer"))

    assess(case, BreachVerdict.NONE)

    assert (factories.again(case).possible_breach, factories.again(case).breach_open) == (True, False)
