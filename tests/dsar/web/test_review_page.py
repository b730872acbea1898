"""The page of the second pair of eyes: one screen to approve from, with all that leaves and all that is withheld."""

import pytest
from django.test import Client
from django.urls import reverse

from notifications.models import Notification
from tests import factories
from workflow import services
from workflow.models import Event
from workflow.states import ClaimState, EventKind, Ground, Outcome, Right

pytestmark = pytest.mark.django_db
FACTS = "Vos factures de 2021 à 2026 sont conservées jusqu’au 31 décembre 2036."


def signed_in(username):
    client = Client()
    client.force_login(factories.staff(username))
    return client


def refusal():
    case = factories.in_progress((Right.ERASURE,), person_email="ines@example.org", person_name="Inès Ben Salah")
    claim = factories.claim(case, Right.ERASURE)
    officer = factories.actor("officer")
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_173B, facts=FACTS, by=officer)
    factories.submit(claim.pk, by=officer)
    return case, claim


def page_of(client, case, claim):
    return client.get(reverse("review", args=[case.uuid, claim.uuid]))


def test_it_shows_the_letter_its_reader_what_is_withheld_and_why(time_machine):
    case, claim = refusal()
    letters = Notification.objects.count()

    page = page_of(signed_in("reviewer"), case, claim).content.decode()

    assert "Par e-mail à <b>ines@example.org</b>" in page
    assert case.reference in page
    assert "Tout ce que ce droit demande." in page
    assert FACTS in page
    assert "Cette décision ne remet pas de données".lower() in page.lower()
    assert "Approuver la version 1" in page
    assert Notification.objects.count() == letters


def test_it_shows_the_files_that_leave_and_how_identity_was_proven():
    case = factories.in_progress((Right.ACCESS,), person_email="ines@example.org")
    claim = factories.claim(case)
    officer = factories.actor("officer")
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=officer)
    services.record_collection(case.pk, source="by_hand", records=3, digest="0" * 64, by=officer)
    factories.submit(claim.pk, by=officer)

    page = page_of(signed_in("reviewer"), case, claim).content.decode()

    assert "Aucun fichier n’est joint, alors que cette décision remet des données." in page
    assert "L2 requis" in page
    assert "Ce que l’auteur a confirmé" in page


def test_looking_is_logged_and_changes_nothing_else():
    case, claim = refusal()
    before = Event.objects.filter(stream=case.stream).count()

    page_of(signed_in("reviewer"), case, claim)

    assert Event.objects.filter(stream=case.stream).count() == before
    assert Event.objects.filter(kind=EventKind.CASE_VIEWED.value).count() == 1


def test_a_draft_that_went_back_is_read_on_the_page_of_its_case():
    case, claim = refusal()
    services.send_back(claim.pk, comment="Say which invoices.", by=factories.actor("reviewer"))

    answer = page_of(signed_in("reviewer"), case, claim)

    assert answer.status_code == 302
    assert factories.claim(case, Right.ERASURE).state == ClaimState.OPEN


@pytest.mark.parametrize("username", ["officer", "auditor", "administrator"])
def test_only_those_who_review_open_it(username):
    case, claim = refusal()

    assert page_of(signed_in(username), case, claim).status_code == 403


def test_the_next_action_of_a_reviewer_is_their_own():
    case, claim = refusal()
    other = factories.confirmed((Right.ACCESS,))
    client = signed_in("reviewer")

    waiting = client.get(f"/cases/{case.uuid}/").content.decode()
    elsewhere = client.get(f"/cases/{other.uuid}/").content.decode()

    assert "Lire le projet et décider" in waiting
    assert reverse("review", args=[case.uuid, claim.uuid]) in waiting
    assert "Rien à décider pour vous maintenant" in elsewhere
    assert "Chez le gestionnaire\u00a0: Vérifier l’identité" in elsewhere


def test_the_first_page_of_an_administrator_says_what_is_theirs_and_shows_no_case():
    case, _claim = refusal()

    page = signed_in("administrator").get("/").content.decode()

    assert "Ce dont vous vous occupez" in page
    assert reverse("accounts") in page
    assert case.reference not in page
    assert "ines@example.org" not in page
