"""Journeys on the clock: a doubt answered on day 9, a silence, an extension told in time."""

from datetime import date, datetime

import pytest

from tests.factories import actor
from tests.flows.journey import BRUSSELS, Journey
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Milestone
from workflow.states import ExtensionReason, Ground, Outcome, Right

ACCESS = "Bonjour,\n\nJe souhaite recevoir une copie de toutes mes données personnelles.\n\nAda Lovelace"
DOUBT = "cette adresse n’est pas celle de votre compte"


def asked_for_identity(journey: Journey) -> None:
    journey.writes(ACCESS)
    journey.receives()
    journey.confirms(Right.ACCESS)
    journey.on(3, 3)
    services.ask_identity(journey.pk, doubt=DOUBT, by=actor("officer"))
    assert journey.due == date(2027, 4, 1), "the clock runs until the question has left"
    letters = journey.receives()
    assert list(letters) == ["M02"]
    assert DOUBT in letters["M02"]
    assert journey.due is None


def test_a_doubt_about_identity_and_the_reply_on_day_nine(journey: Journey) -> None:
    asked_for_identity(journey)

    journey.on(3, 11, 22, 30)
    journey.replies("Bonjour,\n\nC’est bien moi, j’ai cliqué sur le lien.\n\nAda")
    assert journey.now().reply_to_read
    journey.on(3, 13)
    services.read_reply(journey.pk, by=actor("officer"))
    journey.verifies(arrived_at=datetime(2027, 3, 11, 22, 30, tzinfo=BRUSSELS))

    assert journey.due == date(2027, 4, 9), "1 April and the eight days from 3 to 11 March"
    assert journey.now().never_paused_due == date(2027, 4, 2)
    assert journey.told()[-4:] == ["message_attached", "clock_resumed", "reply_read", "identity_verified"]
    journey.takes()
    services.record_nothing_held(journey.pk, source="by-hand", how="Trois bases cherchées", by=actor("officer"))
    journey.on(4, 9, 16)
    journey.drafts(Right.ACCESS, Outcome.NOTHING_HELD)
    journey.approves(Right.ACCESS)
    assert list(journey.receives()) == ["M04", "M07"]
    journey.ends("processed")
    assert not journey.now().overdue


def test_silence_after_the_question_about_identity(journey: Journey) -> None:
    asked_for_identity(journey)
    received: dict[int, list[str]] = {}
    for month, day in [(3, 12), (3, 13), (3, 14), (3, 23), (4, 1), (4, 2), (4, 3)]:
        journey.on(month, day)
        services.ring()
        received[day] = list(journey.receives())

    assert {day: codes for day, codes in received.items() if codes} == {13: ["M21"], 23: ["M21"]}
    assert list(Milestone.objects.filter(case=journey.pk).order_by("id").values_list("code", flat=True)) == [
        "M21-1-identity",
        "M21-2-identity",
        "A11-identity",
    ]
    assert journey.now().state == "awaiting_identity", "silence decides nothing by itself"
    assert journey.due is None

    journey.drafts(Right.ACCESS, Outcome.REFUSED, Ground.G_ID, facts="Pas de réponse du 3 mars au 2 avril.")
    journey.approves(Right.ACCESS)
    letters = journey.receives()
    assert list(letters) == ["M06"]
    assert "Autorité de protection des données" in letters["M06"]


def test_an_extension_told_within_the_first_month(journey: Journey) -> None:
    journey.writes(ACCESS)
    journey.receives()
    journey.confirms(Right.ACCESS)
    journey.verifies()
    journey.takes()
    journey.on(3, 22)
    words = {"why": "vos données sont réparties dans quatre systèmes", "done": "deux systèmes sont lus"}
    reason = ExtensionReason.COMPLEXITY
    services.ask_extension(journey.pk, months=2, reason=reason, by=actor("officer"), **words)
    with pytest.raises(CannotDo):
        services.approve_extension(journey.pk, by=actor("officer"))
    assert journey.receives() == {}
    services.approve_extension(journey.pk, by=actor("reviewer"))
    assert journey.due == date(2027, 4, 1), "agreed is not told"

    letters = journey.receives()
    assert list(letters) == ["M05"]
    for said in ("1 avril 2027", "2 juin 2027", *words.values()):
        assert said in letters["M05"].replace("1er avril", "1 avril"), said
    assert journey.due == date(2027, 6, 2), "two months after the first, counted from receipt (V42)"
    assert journey.told()[-4:] == ["extension_asked", "extension_approved", "letter_sent", "case_extended"]

    journey.on(5, 20)
    services.record_nothing_held(journey.pk, source="by-hand", how="Quatre systèmes lus", by=actor("officer"))
    journey.drafts(Right.ACCESS, Outcome.NOTHING_HELD)
    journey.approves(Right.ACCESS)
    journey.receives()
    journey.ends("processed")


def test_an_extension_whose_notice_comes_after_the_first_month_extends_nothing(journey: Journey) -> None:
    journey.writes(ACCESS)
    journey.receives()
    journey.confirms(Right.ACCESS)
    journey.verifies()
    journey.takes()
    journey.on(4, 2, 20)
    words = {"why": "quatre systèmes", "done": "deux sont lus"}
    services.ask_extension(journey.pk, months=1, reason=ExtensionReason.NUMBER, by=actor("officer"), **words)
    services.approve_extension(journey.pk, by=actor("reviewer"))

    journey.on(4, 3)
    services.ring()
    assert "M05" not in journey.receives()
    assert journey.due == date(2027, 4, 1)
    assert "extension_lapsed" in journey.told()
    assert journey.now().overdue
