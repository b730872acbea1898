"""Journeys that end with a no: a request repeated without end, and a complaint about a refusal."""

from datetime import date

import pytest

from tests.factories import actor, staff
from tests.flows.journey import Journey
from tests.lives.machine import second_officer
from workflow import services
from workflow.guards import CannotDo, NotPermitted
from workflow.states import Ground, Outcome, Right, SecondLook

ACCESS = "Bonjour,\n\nJe souhaite recevoir une copie de toutes mes données personnelles.\n\nAda Lovelace"
ERASE = "Hello,\n\nPlease delete all personal data you hold about me.\n\nAda"
KEPT = "Invoices of 2020 to 2026 are kept for seven years (VAT Code, Article 60)."


def ready_to_decide(journey: Journey, text: str, right: Right) -> None:
    journey.writes(text, subject="My data")
    journey.receives()
    journey.confirms(right)
    journey.verifies()
    journey.takes()


def test_refusal_as_excessive_needs_an_earlier_request_and_a_manager(journey: Journey) -> None:
    ready_to_decide(journey, ACCESS, Right.ACCESS)
    with pytest.raises(CannotDo, match="No request of this person"):
        journey.drafts(Right.ACCESS, Outcome.REFUSED, Ground.G_EXC, facts="Une première demande.")
    services.record_nothing_held(journey.pk, source="by-hand", how="Trois bases", by=actor("officer"))
    journey.drafts(Right.ACCESS, Outcome.NOTHING_HELD)
    journey.approves(Right.ACCESS)
    journey.receives()
    journey.ends("processed")
    first = journey.now()

    journey.on(4, 20)
    ready_to_decide(journey, ACCESS, Right.ACCESS)
    assert journey.pk != first.pk, "an answered case is not asked again: a new one begins"
    [earlier] = services.earlier_requests(journey.now(), to=actor("officer"))
    assert (earlier.case, earlier.days, earlier.overlap) == (first, 49, (Right.ACCESS,))
    facts = "Même demande que le 2 mars, à laquelle il fut répondu le 2 mars ; rien n’a changé."
    journey.drafts(Right.ACCESS, Outcome.REFUSED, Ground.G_EXC, facts=facts)
    with pytest.raises(NotPermitted, match="manager"):
        journey.approves(Right.ACCESS)
    assert journey.receives() == {}

    journey.approves(Right.ACCESS, by="manager")
    letters = journey.receives()
    assert list(letters) == ["M06"]
    assert "Vous ne devez rien payer" in letters["M06"]
    assert "réexaminera votre dossier" in letters["M06"]
    journey.ends("processed")


def test_complaint_after_a_refusal_is_looked_at_by_somebody_else(journey: Journey) -> None:
    ready_to_decide(journey, ERASE, Right.ERASURE)
    second_officer()
    journey.drafts(Right.ERASURE, Outcome.REFUSED, Ground.G_173B, facts=KEPT)
    journey.approves(Right.ERASURE)
    assert "another person will look at your case again" in journey.receives()["M06"]
    journey.ends("processed")

    journey.on(3, 15)
    case = journey.now()
    assert (
        journey.replies(
            "Hello,\n\nI disagree with your decision. Please have another person look at my case again.\n\nAda"
        ).pk
        == case.pk
    )
    if not journey.now().complaint:
        services.raise_complaint(journey.pk, words="I disagree", by=actor("officer"))
    row = journey.now().reexaminations.get()
    assert row.due == date(2027, 4, 14), "thirty days of its own"
    journey.receives()
    with pytest.raises(CannotDo, match="complaint"):
        services.close(journey.pk, by=actor("officer"))

    look = {"outcome": SecondLook.UPHELD, "position": "The VAT Code asks for these invoices."}
    for involved in ("officer", "reviewer"):
        with pytest.raises(CannotDo, match="somebody else"):
            services.decide_reexamination(journey.pk, by=actor(involved), **look)
    services.decide_reexamination(journey.pk, by=staff("examiner").actor(), **look)
    letters = journey.receives()
    assert list(letters) == ["M24"]
    assert journey.told()[-3:] == ["reexamination_decided", "letter_sent", "reexamination_answered"]

    services.read_reply(journey.pk, by=actor("officer"))
    journey.on(5, 20)
    with pytest.raises(CannotDo, match="legal hold"):
        services.close(journey.pk, by=actor("officer"))
    with pytest.raises(NotPermitted):
        services.release_hold(journey.pk, reason="No answer", by=actor("officer"))
    services.release_hold(journey.pk, reason="No appeal within two months", by=actor("manager"))
    services.close(journey.pk, by=actor("officer"))
    journey.ends("closed")
