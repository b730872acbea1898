"""The acts on the clock by forms alone, and who may do them. A session ends in time: everyone signs in for each act."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.dsar.web.conftest import As
from tests.factories import actor, utc
from workflow import services
from workflow.actors import POST_OFFICE
from workflow.deadlines import BRUSSELS
from workflow.models import Case, Event, Extension
from workflow.states import CaseState, Means, Outcome, PauseKind, Right

TUESDAY = utc(2027, 3, 2, 8)
EXTENSION = {"months": "2", "reason": "complexity", "why": "quatre systèmes", "done": "deux sont lus"}


def post(client: Client, case: Case, act: str, **data: object):  # type: ignore[no-untyped-def]
    return client.post(f"/cases/{case.uuid}/{act}/", data)


def page(client: Client, case: Case) -> str:
    return str(client.get(f"/cases/{case.uuid}/").content.decode())


def events(case: Case) -> int:
    return Event.objects.filter(stream=case.stream).count()


@pytest.fixture
def move(time_machine):  # type: ignore[no-untyped-def]
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def test_question_reply_and_posting_by_forms(as_: As, move) -> None:  # type: ignore[no-untyped-def]
    case = factories.in_progress(received_at=TUESDAY)

    asked = post(
        as_("officer"), case, "ask-clarification", question="Laquelle ?", choices="a\nb", stops="1", volume="onze ans"
    )
    move(2027, 3, 3, 10)
    at = timezone.now().astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")
    left = post(as_("officer"), case, "questions/posted", kind="scope", at=at, evidence="RE 1 BE")
    assert factories.again(case).case_due is None
    assert "encore sans réponse" in page(as_("officer"), case)
    move(2027, 3, 10, 10)
    replied = post(as_("officer"), case, "questions/reply", kind="scope", arrived_at="", how="everything")

    assert [answer.status_code for answer in (asked, left, replied)] == [302, 302, 302]
    assert (factories.again(case).state, factories.again(case).case_due) == (CaseState.IN_PROGRESS, date(2027, 4, 8))
    assert "la personne veut tout" in page(as_("officer"), case)


def test_extension_by_forms_and_a_second_person(as_: As, move) -> None:  # type: ignore[no-untyped-def]
    case = factories.in_progress(received_at=TUESDAY)

    asked = post(as_("officer"), case, "extension/ask", **EXTENSION)
    assert "Approuver la prolongation" in page(as_("reviewer"), case)
    assert "Approuver la prolongation" not in page(as_("officer"), case)
    assert case.reference in as_("reviewer").get("/?view=review").content.decode()
    approved = post(as_("reviewer"), case, "extension/approve", seen=str(events(case)))
    at = timezone.now().astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")
    told = post(as_("officer"), case, "extension/posted", at=at, evidence="RE 1 BE")

    assert [answer.status_code for answer in (asked, approved, told)] == [302, 302, 302]
    assert factories.again(case).case_due == date(2027, 6, 2)
    assert "Les refus partent toujours dans le premier mois" in page(as_("officer"), case)


@pytest.mark.parametrize("form", [{**EXTENSION, "reason": ""}, {**EXTENSION, "months": "3"}, {**EXTENSION, "why": ""}])
def test_a_refused_wish_keeps_what_was_typed_and_changes_nothing(as_: As, move, form) -> None:  # type: ignore[no-untyped-def]
    case = factories.in_progress(received_at=TUESDAY)
    before = events(case)

    answer = post(as_("officer"), case, "extension/ask", form="ask-extension", **form)

    assert answer.status_code == 409
    assert ">deux sont lus</textarea>" in answer.content.decode()
    assert (events(case), Extension.objects.count()) == (before, 0)


def test_a_late_question_is_let_in_with_a_reason_an_auditor_reads(as_: As, move) -> None:  # type: ignore[no-untyped-def]
    case = factories.confirmed(received_at=TUESDAY)
    move(2027, 3, 20, 9)
    services.ask_identity(case.pk, doubt="une autre adresse", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=timezone.now(), by=POST_OFFICE)

    refused = post(as_("officer"), case, "questions/admit", kind="identity", reason="")
    done = post(as_("officer"), case, "questions/admit", kind="identity", reason="Doute apparu le 19 mars.")

    assert (refused.status_code, done.status_code) == (409, 302)
    seen = page(as_("auditor"), case)
    assert "Doute apparu le 19 mars." in seen
    assert "une autre adresse" not in seen


def test_freeze_and_its_end_by_forms(as_: As, move) -> None:  # type: ignore[no-untyped-def]
    case = factories.confirmed((Right.RESTRICTION,), received_at=TUESDAY)
    assert "à décider pour le" in page(as_("officer"), case)

    frozen = post(as_("officer"), case, "freeze", ground="accuracy", how="Facturation")
    told = post(as_("officer"), case, "freeze/announce", on="2027-03-09", reason="corrigé")
    move(2027, 3, 9, 9)
    lifted = post(as_("officer"), case, "freeze/lift", evidence="RE 1 BE")

    assert [answer.status_code for answer in (frozen, told, lifted)] == [302, 302, 302]
    assert not factories.again(case).interim_restricted


def test_a_granted_restriction_is_lifted_by_forms_though_the_case_is_processed(as_: As, move) -> None:  # type: ignore[no-untyped-def]
    case = factories.in_progress((Right.RESTRICTION,), received_at=TUESDAY)
    claim = factories.claim(case, Right.RESTRICTION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    factories.carry_out(claim.pk)
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    assert "Nous avons accordé cette limitation" in page(as_("officer"), case)

    told = post(as_("officer"), case, "freeze/announce", on="2027-03-09", reason="corrigé")
    shown = page(as_("officer"), case)
    move(2027, 3, 9, 9)
    lifted = post(as_("officer"), case, "freeze/lift", evidence="RE 2 BE")

    assert (told.status_code, lifted.status_code) == (302, 302)
    assert "La personne est avertie que le gel prend fin" in shown
    assert "Limitation levée" in page(as_("officer"), case)


def test_apology_mandate_processor_and_no_freeze_by_forms(as_: As, move) -> None:  # type: ignore[no-untyped-def]
    case = factories.confirmed((Right.OBJECTION_GENERAL,), received_at=TUESDAY)

    done = [
        post(as_("officer"), case, "freeze/none", reason="rien n’est traité"),
        post(as_("officer"), case, "processor", processor="Stripe", at="2027-03-01T10:00"),
        post(as_("officer"), case, "ask-mandate", question="le mandat de Mme Lovelace"),
    ]
    move(2027, 4, 2, 9)
    assert "Envoyer les excuses" in page(as_("officer"), case)
    done.append(post(as_("officer"), case, "apologise", why="panne", until="2027-04-09"))

    assert [answer.status_code for answer in done] == [302] * 4


ACTS = [
    "ask-clarification", "ask-mandate", "questions/reply", "questions/posted", "questions/admit", "extension/ask",
    "extension/approve", "extension/decline", "extension/posted", "apologise", "freeze", "freeze/none",
    "freeze/announce", "freeze/lift", "processor",
]  # fmt: skip
FILLED = {
    **EXTENSION, "question": "q", "choices": "a", "kind": "identity", "at": "2027-03-02T09:00", "evidence": "e",
    "comment": "c", "until": "2027-04-09", "ground": "accuracy", "how": "h", "on": "2027-04-09", "processor": "p",
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["auditor", "administrator"])
def test_who_only_reads_changes_nothing(as_: As, move, act, who) -> None:  # type: ignore[no-untyped-def]
    case = factories.in_progress(received_at=TUESDAY)
    before = events(case)

    assert post(as_(who), case, act, **FILLED).status_code == 403

    assert events(case) == before


@pytest.mark.parametrize("act", ACTS)
def test_an_empty_form_is_refused_with_a_sentence(as_: As, move, act) -> None:  # type: ignore[no-untyped-def]
    case = factories.in_progress(received_at=TUESDAY)
    before = events(case)

    answer = post(as_("manager"), case, act)

    assert answer.status_code == 409
    assert events(case) == before


def test_every_date_of_a_paused_case_stands_beside_the_one_never_paused(as_: As, move) -> None:  # type: ignore[no-untyped-def]
    case = factories.confirmed(received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="une autre adresse", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=timezone.now(), by=POST_OFFICE)
    move(2027, 3, 9, 9)
    services.record_reply(case.pk, kind=PauseKind.IDENTITY, note="A copy came by post.", by=actor("officer"))

    seen = page(as_("officer"), case)

    assert factories.again(case).never_paused_due == date(2027, 4, 2)
    assert "Si le délai n’avait jamais été suspendu" in seen
    assert factories.again(case).case_due - date(2027, 4, 1) == timedelta(7)
