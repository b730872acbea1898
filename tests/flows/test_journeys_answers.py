"""Journeys that end with what was asked: a copy, a portable file, an erasure but for invoices, a correction."""

import io
import json
import zipfile
from datetime import date

import pytest

from dsar.exports import services as exports
from dsar.exports.models import ExportBundle
from tests.factories import actor
from tests.flows.journey import Journey
from workflow import services
from workflow.guards import CannotDo
from workflow.states import Ground, IdentityMethod, Means, Outcome, PauseKind, Right

ACCESS = "Bonjour,\n\nJe souhaite recevoir une copie de toutes mes données personnelles.\n\nAda Lovelace"
CONTACTS = {"contacts": [{"id": 1, "name": "Ada Lovelace", "city": "Namur"}]}


def test_simple_access(journey: Journey) -> None:
    case = journey.writes(ACCESS)
    letters = journey.receives()
    assert list(letters) == ["M01"]
    assert case.reference in letters["M01"]
    assert "une copie de vos données" in letters["M01"]
    assert (journey.due, case.receipt_date) == (date(2027, 4, 1), date(2027, 3, 2))  # V42

    journey.confirms(Right.ACCESS)
    journey.verifies()
    journey.takes()
    journey.attaches("crm.json", CONTACTS)
    journey.on(3, 10)
    journey.drafts(Right.ACCESS)
    assert journey.receives() == {}, "nothing leaves before a second person has read it"
    journey.approves(Right.ACCESS)
    letters = journey.receives()
    assert list(letters) == ["M07"]
    assert "séparément, par la poste ou en main propre" in letters["M07"]
    assert "Namur" not in letters["M07"], "no data in a letter"
    assert journey.now().state == "in_progress", "a letter hands over no data"

    journey.on(3, 11)
    journey.posts(Right.ACCESS)
    journey.ends("processed")
    assert journey.told() == [
        "case_received",
        "letter_sent",
        "claims_confirmed",
        "identity_verified",
        "case_taken",
        "data_attached",
        "claim_drafted",
        "claim_submitted",
        "claim_approved",
        "letter_sent",
        "claim_answered",
        "case_processed",
    ]
    journey.on(4, 11)
    services.close_quiet()
    journey.ends("closed")


def test_portability_to_another_provider(journey: Journey) -> None:
    journey.writes("Hello,\n\nPlease send my data in a machine-readable format to my new provider.\n\nAda")
    journey.receives()
    journey.confirms(Right.PORTABILITY)
    journey.verifies()
    journey.takes()
    journey.attaches("crm.json", CONTACTS)
    with pytest.raises(CannotDo, match="Make the export"):
        journey.drafts(Right.PORTABILITY)

    journey.exports()
    facts = "The direct transfer is feasible: the file goes to provider.example by its upload page."
    journey.drafts(Right.PORTABILITY, facts=facts)
    journey.approves(Right.PORTABILITY)
    letters = journey.receives()
    assert list(letters) == ["M12P"]
    assert "provider.example" not in letters["M12P"], "facts stand behind the personal link"

    _row, stream = exports.open_export(ExportBundle.objects.get().uuid, by=actor("officer"))
    with stream, zipfile.ZipFile(io.BytesIO(stream.read())) as bundle:
        assert json.loads(bundle.read("data.json")) == CONTACTS
        assert "contacts.csv" in bundle.namelist()
    journey.on(3, 4)
    handed = {"means": Means.HANDED_OVER, "evidence": "Upload confirmed by provider.example, number 4711."}
    at = journey.at()
    services.answer(journey.claim(Right.PORTABILITY).pk, at=at, by=actor("officer"), **handed)
    journey.ends("processed")


def test_erasure_but_for_invoices_the_law_has_us_keep(journey: Journey) -> None:
    journey.writes("Guten Tag,\n\nbitte löschen Sie alle meine personenbezogenen Daten.\n\nAda", subject="Löschung")
    assert "die Löschung Ihrer Daten" in journey.receives()["M01"]
    journey.confirms(Right.ERASURE)
    journey.verifies()
    journey.takes()
    journey.attaches("invoices.json", {"invoices": [{"id": 7, "year": 2024}]})

    with pytest.raises(CannotDo, match="Write the facts"):
        journey.drafts(Right.ERASURE, Outcome.PARTLY_GRANTED, Ground.G_173B, facts="")
    facts = "Konto gelöscht. Rechnungen 2020 bis 2026: sieben Jahre, Art. 60 des MwSt-Gesetzbuchs."
    journey.drafts(Right.ERASURE, Outcome.PARTLY_GRANTED, Ground.G_173B, facts=facts)
    assert journey.receives() == {}
    journey.approves(Right.ERASURE)
    assert journey.receives() == {}, "approved is not erased"
    journey.on(3, 4)
    journey.carries_out(Right.ERASURE)

    letters = journey.receives()
    assert list(letters) == ["M06"]
    assert "Datenschutzbehörde" in letters["M06"]
    assert "Rechnungen" not in letters["M06"]
    journey.ends("processed")
    assert services.facts_of(journey.claim(Right.ERASURE)) == facts
    assert journey.claim(Right.ERASURE).late_refusal is False
    assert journey.told()[-4:] == ["execution_verified", "letter_sent", "claim_answered", "case_processed"]


def test_rectification_with_the_proof_that_was_asked_for(journey: Journey) -> None:
    text = "Beste,\n\nMijn geboortedatum is fout bij u geregistreerd. Gelieve mijn gegevens te verbeteren.\n\nAda"
    journey.writes(text, subject="Verbetering")
    journey.receives()
    journey.confirms(Right.RECTIFICATION)
    journey.verifies(IdentityMethod.MAIL_AUTHENTICATED)
    journey.takes()
    question = {"question": "Welke datum is juist?", "choices": ["10/12/1985", "12/10/1985"]}
    services.ask_clarification(journey.pk, by=actor("officer"), **question)
    letters = journey.receives()
    assert list(letters) == ["M03"]
    assert "Welke datum is juist?" in letters["M03"]
    assert journey.due == date(2027, 4, 1), "a question about a proof stops no clock"

    journey.on(3, 8)
    journey.replies("Beste,\n\n10/12/1985, zie de kopie van mijn geboorteakte.\n\nAda")
    assert journey.now().state == "in_progress"
    assert journey.receives() == {}, "a reply is not acknowledged a second time"
    pause = journey.now().pauses.get(kind=PauseKind.DETAIL.value)
    assert (pause.asked_on, pause.answered_on) == (date(2027, 3, 2), date(2027, 3, 8))

    journey.drafts(Right.RECTIFICATION, facts="Geboortedatum op 8 maart verbeterd in 10/12/1985.")
    journey.approves(Right.RECTIFICATION)
    journey.carries_out(Right.RECTIFICATION)
    assert list(journey.receives()) == ["M09"]
    journey.ends("processed")
    assert journey.due == date(2027, 4, 1)
