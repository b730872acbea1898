"""Journeys of several rights or several people: advertising stopped at once, four rights in one mail, a lawyer."""

from datetime import date

import pytest

from tests.factories import actor
from tests.flows.journey import Journey
from workflow import services
from workflow.guards import CannotDo
from workflow.states import Compared, IdentityMethod, Means, RequirementCode, Right

CLOCK_OF_A_MANDATE = ["mandate_asked", "letter_sent", "clock_paused"]


def test_objection_only_is_done_at_once_and_asks_nobody_who_they_are(journey: Journey) -> None:
    journey.writes("Bonjour,\n\nJe m’oppose à la prospection : arrêtez de m’envoyer de la publicité.\n\nAda")
    assert "l'arrêt de la publicité" in journey.receives()["M01"]
    journey.confirms(Right.OBJECTION_DM)
    assert journey.now().state == "identity_verified"
    assert journey.now().next_due == date(2027, 3, 3), "within a working day"

    journey.on(3, 2, 11)
    journey.drafts(Right.OBJECTION_DM)
    letters = journey.receives()

    assert list(letters) == ["M08"]
    assert "Depuis le 2 mars 2027 au plus tard" in letters["M08"]
    journey.ends("processed")
    assert "identity_verified" not in journey.told()
    assert journey.claim(Right.OBJECTION_DM).reviewer == ""


def test_four_rights_in_one_mail_each_in_its_time(journey: Journey) -> None:
    journey.writes(
        "Hello,\n\nPlease send me a copy of all my personal data, correct my address, then delete everything. "
        "And stop sending me advertising.\n\nAda",
        subject="My data",
    )
    journey.receives()
    rights = (Right.ACCESS, Right.RECTIFICATION, Right.ERASURE, Right.OBJECTION_DM)
    journey.confirms(*rights)

    journey.drafts(Right.OBJECTION_DM)
    assert list(journey.receives()) == ["M08"], "advertising stops before anybody is identified"
    with pytest.raises(CannotDo, match="Verify identity"):
        journey.drafts(Right.RECTIFICATION)
    with pytest.raises(CannotDo, match="need L2"):
        journey.verifies(IdentityMethod.MAIL_AUTHENTICATED)

    journey.verifies()
    journey.takes()
    journey.attaches("crm.json", {"contacts": [{"id": 1, "city": "Namur"}]})
    for right in (Right.ERASURE, Right.RECTIFICATION, Right.ACCESS):
        journey.drafts(right)
        journey.approves(right)
    assert list(journey.receives()) == ["M07"], "nothing is corrected or erased yet, so nobody says it is"
    journey.carries_out(Right.RECTIFICATION)
    assert list(journey.receives()) == ["M09"]
    for too_early in (journey.carries_out, journey.posts):
        with pytest.raises(CannotDo, match="Answer access and portability first"):
            too_early(Right.ERASURE)

    journey.on(3, 5)
    journey.posts(Right.ACCESS)
    assert journey.receives() == {}, "the copy is handed over, the data are not erased"
    journey.carries_out(Right.ERASURE)
    assert list(journey.receives()) == ["M10"]
    journey.ends("processed")
    assert journey.told().count("claim_answered") == 4
    assert journey.told()[-1] == "case_processed"


def test_a_lawyer_with_a_mandate(journey: Journey) -> None:
    journey.person = "me.dubois@avocats.example"
    journey.writes(
        "Madame, Monsieur,\n\nConseil de Mme Ada Lovelace, je sollicite en son nom une copie de toutes ses données "
        "personnelles.\n\nMe Dubois, avocat",
        subject="Mme Lovelace : droit d’accès",
    )
    journey.receives()
    journey.confirms(Right.ACCESS)
    journey.on(3, 3)
    services.ask_mandate(journey.pk, question="un mandat qui nomme Mme Lovelace et ce droit", by=actor("officer"))
    letters = journey.receives()
    assert list(letters) == ["M22"]
    assert "un mandat qui nomme Mme Lovelace" in letters["M22"]
    assert journey.told()[-3:] == CLOCK_OF_A_MANDATE
    assert journey.due is None

    journey.on(3, 10, 17)
    journey.replies("Cher Monsieur,\n\nVeuillez trouver le mandat signé de ma cliente.\n\nMe Dubois")
    journey.on(3, 12)
    shown = {"code": RequirementCode.MANDATE_SHOWN, "reason": "Mandat signé du 9 mars"}
    services.meet_condition(journey.pk, by=actor("officer"), **shown)
    assert journey.due == date(2027, 4, 8), "seven days of waiting, not the two until it was read (V40)"

    journey.verifies(IdentityMethod.DOCUMENT_SEEN, compared=[Compared.NAME])
    journey.takes()
    journey.attaches("crm.json", {"contacts": [{"id": 1, "city": "Namur"}]})
    journey.drafts(Right.ACCESS)
    journey.approves(Right.ACCESS)
    assert list(journey.receives()) == ["M07"]
    handed = {"means": Means.HANDED_OVER, "evidence": "Reçu signé par Me Dubois"}
    journey.on(3, 15)
    services.answer(journey.claim(Right.ACCESS).pk, at=journey.at(), by=actor("officer"), **handed)
    journey.ends("processed")
