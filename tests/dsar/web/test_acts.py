"""The acts of the desk: each works without a script, and a refused one changes nothing and says why."""

import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from notifications import services as post_office
from notifications.models import Notification, Thread
from tests import factories
from tests.dsar.web.conftest import As
from workflow import services
from workflow.checklists import Check
from workflow.deadlines import BRUSSELS
from workflow.models import Case, Event
from workflow.services import Condition
from workflow.states import CaseState, ClaimState, EventKind, Evidence, Means, Outcome, RequirementCode, Right


def post(client: Client, case: Case, act: str, **data: object):  # type: ignore[no-untyped-def]
    return client.post(f"/cases/{case.uuid}/{act}/", data)


def records() -> io.BytesIO:
    file = io.BytesIO(json.dumps({"account": [{"id": 1, "mail": "ada@example.org"}]}).encode())
    file.name = "account.json"
    return file


def test_case_goes_from_received_to_processed_by_forms_alone(as_: As) -> None:
    officer, reviewer = as_("officer"), as_("reviewer")
    case = factories.received((Right.ACCESS,))
    claim = f"claims/{factories.claim(case).uuid}"

    answers = [
        post(officer, case, "confirm", rights=["access"]),
        post(
            officer,
            case,
            "verify-identity",
            method="link_known_contact",
            note="lien ouvert depuis l'adresse du compte",
            arrived_at="",
        ),
        post(officer, case, "take"),
        post(officer, case, "attach", file=records()),
        post(officer, case, f"{claim}/draft", outcome="granted", ground="", facts="Copie complète."),
        post(officer, case, f"{claim}/submit", checked=[line.value for line in Check]),
        post(reviewer, case, f"{claim}/approve", version="1"),
    ]
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        left = timezone.now().astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")
        answers.append(post(officer, case, f"{claim}/answer", means="posted", at=left, evidence="RR123BE"))

    assert [answer.status_code for answer in answers] == [302] * 8
    assert factories.again(case).state == CaseState.PROCESSED.value
    assert factories.claim(case).state == ClaimState.ANSWERED.value


def test_act_in_the_wrong_state_says_why_and_changes_nothing(as_: As) -> None:
    case = factories.received()
    before = Event.objects.filter(stream=case.stream).count()

    answer = post(as_("officer"), case, "take", form="take")

    assert answer.status_code == 409
    assert factories.again(case).state == CaseState.RECEIVED.value
    assert Event.objects.filter(stream=case.stream).count() == before


def test_refused_draft_keeps_what_was_typed(as_: As) -> None:
    case = factories.in_progress((Right.ERASURE,))
    claim = factories.claim(case, Right.ERASURE)

    answer = post(
        as_("officer"),
        case,
        f"claims/{claim.uuid}/draft",
        form=f"draft:{claim.uuid}",
        outcome="refused",
        facts="Factures de 2021 à 2026",
    )

    assert answer.status_code == 409
    assert ">Factures de 2021 à 2026</textarea>" in answer.content.decode()
    assert not factories.claim(case, Right.ERASURE).outcome


def test_author_cannot_approve_their_own_draft(as_: As) -> None:
    case = factories.in_progress((Right.RECTIFICATION,))
    claim = factories.claim(case, Right.RECTIFICATION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=factories.actor("manager"))
    factories.submit(claim.pk, by=factories.actor("manager"))

    answer = post(as_("manager"), case, f"claims/{claim.uuid}/approve", version="1")

    assert answer.status_code == 409
    assert factories.claim(case, Right.RECTIFICATION).state == ClaimState.IN_REVIEW.value


def test_reviewer_may_not_take_a_case(as_: As) -> None:
    case = factories.verified()

    answer = post(as_("reviewer"), case, "take")

    assert answer.status_code == 403
    assert factories.again(case).state == CaseState.IDENTITY_VERIFIED.value


def test_broken_file_is_refused_with_a_sentence_and_nothing_is_attached(as_: As) -> None:
    case = factories.in_progress()
    broken = io.BytesIO(b'{"account": [')
    broken.name = "broken.json"

    answer = post(as_("officer"), case, "attach", form="attach", file=broken)

    assert answer.status_code == 422
    assert "broken.json" in answer.content.decode()
    assert not case.attached_files.exists()


@pytest.mark.parametrize("act", ["ask-identity", "nothing-held", "note", "merge", "assign", "attach", "confirm"])
def test_empty_form_is_refused(as_: As, act: str) -> None:
    case = factories.in_progress()
    before = Event.objects.filter(stream=case.stream).count()

    answer = post(as_("officer"), case, act)

    assert answer.status_code == 409
    assert Event.objects.filter(stream=case.stream).count() == before


def test_form_without_its_token_is_refused(as_: As) -> None:
    case = factories.verified()
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.staff("officer"))

    answer = post(client, case, "take")

    assert answer.status_code == 403
    assert factories.again(case).state == CaseState.IDENTITY_VERIFIED.value


def test_doubt_asks_for_identity(as_: As) -> None:
    case = factories.confirmed()

    post(as_("officer"), case, "ask-identity", doubt="L'adresse n'est pas celle du compte.")

    assert factories.again(case).state == CaseState.AWAITING_IDENTITY.value


def test_processed_case_is_closed_and_reopened(as_: As) -> None:
    officer = as_("officer")
    case = factories.verified((Right.OBJECTION_DM,))
    claim = factories.claim(case, Right.OBJECTION_DM)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=factories.actor("officer"))
    factories.submit(claim.pk, by=factories.actor("officer"))
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        left = timezone.now().astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")
        post(officer, case, f"claims/{claim.uuid}/answer", means="handed_over", at=left, evidence="reçu signé")

    early = post(officer, case, "close", form="close")
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        officer = as_("officer")
        closed = post(officer, case, "close")
        state = factories.again(case).state
        reopened = post(officer, case, "reopen", reason="La personne écrit encore.", rights=["objection_dm"])

    assert (early.status_code, closed.status_code) == (409, 302)
    assert (state, reopened.status_code) == (CaseState.CLOSED.value, 302)
    assert factories.again(case).is_open


def test_note_is_sealed_in_the_history(as_: As) -> None:
    case = factories.received()

    post(as_("reviewer"), case, "note", text="Appelé le guichet.")

    event = Event.objects.get(stream=case.stream, kind=EventKind.NOTE_ADDED.value)
    assert "guichet" not in bytes(event.body).decode()


def test_sheet_shows_what_intake_found_and_an_officer_settles_the_rest(as_: As) -> None:
    unsigned = Condition(RequirementCode.SIGNED, met=False, evidence=Evidence.NOT_FOUND)
    undated = Condition(RequirementCode.DATED, met=False, evidence=Evidence.NOT_FOUND)
    case = factories.received(conditions=[unsigned, undated])
    officer = as_("officer")

    answers = [
        post(officer, case, "condition-waived", form="condition", condition="signed", reason="compte connu"),
        post(officer, case, "condition-met", form="condition", condition="dated", reason="vu dans la lettre jointe"),
        post(officer, case, "condition-met", form="condition", condition="reasons_given", reason=""),
    ]

    page = officer.get(f"/cases/{case.uuid}/")
    verdicts = {line.code: (line.policy.style, line.open) for line in page.context["formalities"]}
    assert [answer.status_code for answer in answers] == [302, 302, 409]
    assert (verdicts["signed"], verdicts["dated"]) == (("off", False), ("ok", False))
    assert "mandate_shown" not in verdicts


def test_ends_of_a_case_are_offered_explained_and_taken_back(as_: As) -> None:
    officer, case = as_("officer"), factories.received()

    refused = post(officer, case, "out-of-scope", form="out-of-scope", scope="support", why="")
    ended = post(officer, case, "out-of-scope", form="out-of-scope", scope="support", why="remboursement")
    page = officer.get(f"/cases/{case.uuid}/").content.decode()
    back = post(officer, case, "back-in-scope", form="back-in-scope", why="la page deux demande une copie")

    assert (refused.status_code, ended.status_code, back.status_code) == (409, 302, 302)
    assert "Dites ce qui montre qu’aucun droit n’est exercé" in refused.content.decode()
    assert "Possible pendant 30 jours" in page
    assert "La personne peut encore répondre" in page
    assert factories.again(case).state == CaseState.RECEIVED.value


def test_one_right_or_the_whole_request_is_withdrawn(as_: As) -> None:
    officer, case = as_("officer"), factories.confirmed((Right.ACCESS, Right.ERASURE))
    access = factories.claim(case, Right.ACCESS)

    how = "Elle a répondu à notre lettre."
    one = post(officer, case, "withdrawn", claim=str(access.uuid), said="plus besoin d'une copie", known_by=how)
    unknown = post(officer, case, "withdrawn", claim="x", said="tout")
    whole = post(officer, case, "withdrawn", claim="", said="oubliez tout", known_by=how)

    assert (one.status_code, unknown.status_code, whole.status_code) == (302, 404, 302)
    assert factories.again(case).state == CaseState.WITHDRAWN.value


def test_a_request_is_passed_on_to_the_company_responsible(as_: As) -> None:
    officer, case = as_("manager"), factories.received()

    done = post(officer, case, "forward", company="Acme", address="dpo@acme.example", why="leur fichier")

    assert done.status_code == 302
    assert factories.again(case).state == CaseState.FORWARDED.value


def test_a_complaint_is_decided_on_the_page_by_somebody_who_was_not_involved(as_: As) -> None:
    case = factories.verified((Right.OBJECTION_DM,))
    claim = factories.claim(case, Right.OBJECTION_DM)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=factories.actor("officer"))
    factories.submit(claim.pk, by=factories.actor("officer"))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=factories.actor("officer"))
    officer, manager = as_("officer"), as_("manager")

    raised = post(officer, case, "complaint", form="complaint-by-hand", kind="disagreement", words="toujours")
    refused = post(officer, case, "second-look", form="second-look", outcome="upheld", position="Tout est arrêté.")
    page = manager.get(f"/cases/{case.uuid}/").content.decode()
    done = post(manager, case, "second-look", outcome="changed", rights=["objection_dm"], position="Un envoi restait.")
    left = timezone.now().astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")
    answered = post(manager, case, "second-look/answer", means="posted", at=left, evidence="RE 2")
    lifted = post(manager, case, "hold/release", reason="accepté")

    assert (raised.status_code, refused.status_code, done.status_code) == (302, 409, 302)
    assert "quelqu’un d’autre doit l’examiner" in refused.content.decode()
    assert "Examiner le dossier une seconde fois" in page
    assert (answered.status_code, lifted.status_code) == (302, 302)
    assert factories.again(case).is_open


def test_the_question_after_a_consent_is_asked_where_the_right_stands(as_: As) -> None:
    officer, case = as_("officer"), factories.confirmed((Right.CONSENT_WITHDRAWAL,))
    claim = factories.claim(case, Right.CONSENT_WITHDRAWAL)

    page = officer.get(f"/cases/{case.uuid}/").content.decode()
    refused = post(officer, case, f"claims/{claim.uuid}/after-consent", answer="other_basis", basis="")
    done = post(officer, case, f"claims/{claim.uuid}/after-consent", answer="erase")

    assert "Autre base, ou effacer" in page
    assert (refused.status_code, done.status_code) == (409, 302)
    assert factories.claim(case, Right.ERASURE).confirmed


def test_a_withheld_acknowledgement_is_told_with_its_reason_and_sent_by_one_click(as_: As) -> None:
    case = factories.received()
    Thread.objects.create(case=case, address="ada@example.org", waits_for_a_person=True)
    post_office.sweep_pending()
    page = as_("officer").get(f"/cases/{case.uuid}/").content.decode()
    assert 'id="acknowledgement"' in page
    assert f"/cases/{case.uuid}/acknowledge/" in page
    assert "/acknowledge/" not in as_("reviewer").get(f"/cases/{case.uuid}/").content.decode()

    answer = post(as_("officer"), case, "acknowledge", form="acknowledge")
    again = post(as_("officer"), case, "acknowledge", form="acknowledge")

    assert (answer.status_code, again.status_code) == (302, 409)
    assert 'id="acknowledgement"' not in again.content.decode()
    post_office.sweep_pending()
    assert Notification.objects.filter(case=case, letter="M01").count() == 1


def test_kept_apart_what_looks_like_a_machines_is_not_said_to_be_acknowledged(as_: As) -> None:
    case = factories.received(to_be_linked=True)
    Thread.objects.create(case=case, address="ada@example.org", acknowledge=False)
    post_office.sweep_pending()

    answer = as_("officer").post(f"/cases/{case.uuid}/keep-apart/", {"form": "keep-apart"}, follow=True)

    page = answer.content.decode()
    assert "son accusé de réception part" not in page
    assert f"/cases/{case.uuid}/acknowledge/" in page
