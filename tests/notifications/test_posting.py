"""A letter that left on paper: recorded with its proof, counted as a mail that left, and never twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from notifications import posting, services
from notifications.kinds import NotificationState
from notifications.models import Notification
from tests import factories
from workflow import events
from workflow import services as law
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event
from workflow.services import restricting
from workflow.states import Channel, ClaimState, EventKind, InterimGround, Means, Outcome, OutOfScope, Right

pytestmark = pytest.mark.django_db


def by_post(rights: tuple[Right, ...] = (Right.RECTIFICATION,), **values: Any) -> Case:
    case = factories.in_progress(rights, person_email="", channel=Channel.POST, **values)
    services.sweep_pending()
    return case


def letter(case: Case, code: str) -> Notification:
    services.sweep_pending()
    return Notification.objects.filter(case=case, letter=code).latest("id")


def post(row: Notification, *, evidence: str = "RR 123 456 789 BE", by: str = "officer", **more: Any) -> Notification:
    said = {"means": Means.POSTED, "at": timezone.now(), **more}
    posting.record_posted(row.pk, evidence=evidence, by=factories.actor(by), **said)
    services.sweep_pending()
    row.refresh_from_db()
    return row


def told(case: Case, kind: EventKind) -> Event:
    return Event.objects.filter(stream=case.stream, kind=kind.value).latest("seq")


def granted(case: Case, right: Right, outcome: Outcome = Outcome.NOTHING_HELD) -> None:
    officer = factories.actor("officer")
    claim = factories.claim(case, right)
    law.draft(claim.pk, outcome=outcome, **factories.SAID, by=officer)
    factories.submit(claim.pk, by=officer)
    claim.refresh_from_db()
    if claim.state == ClaimState.IN_REVIEW.value:
        law.approve(claim.pk, version=claim.version, by=factories.actor("manager"))


def test_the_acknowledgement_is_posted_with_its_proof() -> None:
    case = by_post()

    row = post(letter(case, "M01"))

    assert row.state == NotificationState.POSTED.value
    event = told(case, EventKind.LETTER_POSTED)
    data = events.fields(event)["data"]
    assert (data["letter"], data["means"], data["message_id"]) == ("M01", "posted", row.message_id)
    assert events.payload_of(event) == {"evidence": "RR 123 456 789 BE"}


def test_a_posted_answer_answers_on_the_day_it_was_posted() -> None:
    case = by_post((Right.CONSENT_WITHDRAWAL,))
    granted(case, Right.CONSENT_WITHDRAWAL, Outcome.GRANTED)
    row = letter(case, "M11")
    at = timezone.now()

    post(row, at=at)

    claim = factories.claim(case, Right.CONSENT_WITHDRAWAL)
    assert (claim.state, claim.answered_at, claim.answered_by_means) == (ClaimState.ANSWERED.value, at, "posted")


def test_a_posted_question_stops_the_clock() -> None:
    case = factories.confirmed((Right.ACCESS,), person_email="", channel=Channel.POST)
    doubt = "The letter is signed with another name than the one of the account."
    law.ask_identity(case.pk, doubt=doubt, by=factories.actor("officer"))

    post(letter(case, "M02"))

    assert case.pauses.get().asked_on is not None


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda case, by: law.write_reply(case.pk, text="Votre demande avance.", by=by), "M26"),
        (lambda case, by: law.write_by_post(case.pk, by=by), "M23"),
        (lambda case, by: law.withdraw_claim(factories.claim(case, Right.ACCESS).pk, said="Non.", by=by), "M17"),
        (
            lambda case, by: law.declare_out_of_scope(case.pk, reason=OutOfScope.CONTRACT, why="Un contrat", by=by),
            "M15",
        ),
    ],
    ids=["M26", "M23", "M17", "M15"],
)
def test_every_letter_to_the_person_can_be_recorded_as_posted(act: Any, code: str) -> None:
    case = by_post((Right.RECTIFICATION, Right.ACCESS))
    act(case, factories.actor("officer"))

    assert post(letter(case, code), means=Means.HANDED_OVER).state == NotificationState.POSTED.value


def test_a_posted_warning_lets_the_freeze_end() -> None:
    case = by_post()
    officer = factories.actor("officer")
    law.restrict_interim(case.pk, ground=InterimGround.ACCURACY, how="Compte client gelé", by=officer)
    tomorrow = timezone.localdate() + timedelta(days=1)
    law.announce_lifting(case.pk, on=tomorrow, reason="Tout est vérifié.", by=officer)

    post(letter(case, "M12b"))

    assert restricting._warned(case)


def test_a_mail_that_came_back_is_posted_and_the_mail_is_never_tried_again() -> None:
    case = factories.received()
    row = letter(case, "M01")
    Notification.objects.filter(pk=row.pk).update(state="failed", next_try_at=timezone.now())

    post(row)

    assert services.due() == []


def test_what_hands_over_data_is_answered_by_the_record_of_the_data_only() -> None:
    case = by_post((Right.ACCESS,))
    law.record_collection(case.pk, source="airtable", records=3, digest="0" * 64, by=factories.actor("officer"))
    granted(case, Right.ACCESS, Outcome.GRANTED)

    post(letter(case, "M07"))

    assert factories.claim(case, Right.ACCESS).state == ClaimState.APPROVED.value


def test_an_answer_recorded_at_its_own_form_takes_the_printed_letter_with_it() -> None:
    case = by_post((Right.CONSENT_WITHDRAWAL,))
    granted(case, Right.CONSENT_WITHDRAWAL, Outcome.GRANTED)
    row = letter(case, "M11")
    claim = factories.claim(case, Right.CONSENT_WITHDRAWAL)

    law.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="R 1", by=factories.actor("officer"))

    assert letter(case, "M11").state == NotificationState.POSTED.value
    with translation.override("en"), pytest.raises(CannotDo, match="already"):
        post(row)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"evidence": "  "}, "proven"),
        ({"at": timezone.now() + timedelta(days=400)}, "future"),
        ({"at": timezone.now() - timedelta(days=400)}, "before it was written"),
        ({"means": Means.EMAIL}, "posted or handed over"),
    ],
)
def test_without_proof_or_on_a_day_that_cannot_be_nothing_is_recorded(wrong: dict[str, Any], says: str) -> None:
    case = by_post()
    row = letter(case, "M01")

    with translation.override("en"), pytest.raises(CannotDo, match=says):
        post(row, **wrong)

    row.refresh_from_db()
    assert row.state == NotificationState.DRAFTED.value
    assert not Event.objects.filter(kind=EventKind.LETTER_POSTED.value).exists()


def test_only_who_works_on_cases_records_it() -> None:
    row = letter(by_post(), "M01")

    with pytest.raises(NotPermitted):
        post(row, by="auditor")


def test_a_letter_to_staff_or_one_taken_back_is_not_posted() -> None:
    case = by_post()
    row = letter(case, "M01")
    Notification.objects.filter(pk=row.pk).update(state="cancelled", finished_at=timezone.now())

    with translation.override("en"), pytest.raises(CannotDo, match="taken back"):
        post(row)
    Notification.objects.filter(pk=row.pk).update(state="drafted", finished_at=None, audience="staff")
    with translation.override("en"), pytest.raises(CannotDo, match="to the person"):
        post(row)
