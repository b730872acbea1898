"""A colleague answers the person from their own mailbox, with ours in copy: filed, confirmed by an officer, dated."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from dsar.intake import outside
from dsar.intake.models import InboundMessage, MessageState, OutsideMail, PassedOn
from notifications import services as post_office
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import ASKS, mail, take_in
from workflow import events, services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Claim, Event
from workflow.states import (
    CaseState,
    ClaimState,
    EventKind,
    ExecutionProof,
    Ground,
    Means,
    Outcome,
    Right,
)

ASKED = datetime(2027, 2, 1, 9, tzinfo=UTC)
WROTE = datetime(2027, 2, 3, 10, tzinfo=UTC)
SAYS = "Bonjour,\n\nVoici la réponse à votre question.\n\nCarla"
FORWARDED = (
    "Pour vous.\n\n---------- Forwarded message ---------\nFrom: Bob <bob@example.org>\n"
    f"Date: Monday, February 1, 2027 10:00 AM\nSubject: My data\n\n{ASKS}"
)

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture(autouse=True)
def wednesday(time_machine: Any) -> None:
    time_machine.move_to(WROTE + timedelta(hours=1), tick=False)


def request(rights: tuple[Right, ...] = (Right.INFORMATION,)) -> Case:
    case = factories.in_progress(rights, received_at=ASKED, person_email="ada@example.org")
    post_office.sweep_pending()
    return case


def written(
    text: str = SAYS, *, to: str = "ada@example.org", sender: str = "carla@assistool.com", extra: tuple[str, ...] = ()
) -> InboundMessage:
    raw = mail(text, sender=sender, message_id="<two@example.org>", subject="Votre demande", extra=extra)
    raw = raw.replace(b"To: ", f"To: {to}\r\nCc: ".encode(), 1)
    return take_in(raw, at=WROTE)


def kinds(case: Case) -> list[str]:
    return list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True))


def letters(case: Case) -> list[str]:
    post_office.sweep_pending()
    return sorted(Notification.objects.filter(case=case).exclude(audience="staff").values_list("letter", flat=True))


def decide(claim: Claim, **how: Any) -> None:
    values = {"outcome": Outcome.GRANTED, **factories.SAID, **how}
    services.draft(claim.pk, by=factories.actor("officer"), **values)
    factories.submit(claim.pk, by=factories.actor("officer"))
    claim.refresh_from_db()
    services.approve(claim.pk, version=claim.version, by=factories.actor("reviewer"))


def confirm(case: Case, message: InboundMessage, *claims: Claim) -> None:
    outside.confirm(case.pk, message.uuid, claims=[one.uuid for one in claims], by=factories.actor("officer"))


def test_it_joins_the_case_of_its_reader_and_counts_for_nothing_yet() -> None:
    case = request()

    message = written()

    case = factories.again(case)
    assert (message.state, message.case) == (MessageState.ATTACHED.value, case)
    assert (Case.objects.count(), PassedOn.objects.count()) == (1, 0)
    assert [row.message for row in outside.waiting(case)] == [message]
    assert case.reply_to_read
    assert factories.claim(case, Right.INFORMATION).state == ClaimState.OPEN.value
    assert kinds(case)[-1] == EventKind.OUTSIDE_MAIL_FILED.value


@pytest.mark.parametrize(
    "other",
    [
        {"sender": "carla@elsewhere.example"},
        {"to": "somebody@example.org"},
        {"extra": ("Authentication-Results: mx.assistool.com; dmarc=fail header.from=assistool.com",)},
        {"text": FORWARDED},
    ],
    ids=["a stranger's", "to nobody we know", "denied by our server", "somebody else's, passed on"],
)
def test_other_mail_is_no_answer_of_a_colleague(other: dict[str, Any]) -> None:
    case = request()

    message = written(**other)

    assert not OutsideMail.objects.exists()
    assert message.case != case
    assert factories.claim(case, Right.INFORMATION).state == ClaimState.OPEN.value


def test_an_answer_that_quotes_the_person_is_one_and_what_it_quotes_is_proposed() -> None:
    case = request()
    below = f"-----Message d'origine-----\nDe : Ada <ada@example.org>\nEnvoyé : lundi 1 février 2027 10:00\n\n{ASKS}"

    written(f"{SAYS}\n\n{below}")

    assert [row.message.case for row in outside.waiting(case)] == [case]
    assert not PassedOn.objects.exists()


def test_once_confirmed_the_approval_answers_on_the_day_of_the_mail_and_no_letter_leaves() -> None:
    case = request()
    claim = factories.claim(case, Right.INFORMATION)
    before = letters(case)

    confirm(case, written(), claim)
    decide(claim)

    assert letters(case) == before
    claim.refresh_from_db()
    assert (claim.state, claim.answered_at, claim.answered_by_means) == (
        ClaimState.ANSWERED.value,
        WROTE,
        Means.OUTSIDE.value,
    )
    case = factories.again(case)
    assert (case.state, case.processed_at) == (CaseState.PROCESSED.value, WROTE)
    told = [event for event in Event.objects.filter(stream=case.stream) if event.kind == "claim_answered"]
    assert events.fields(told[0])["data"]["means"] == "outside"
    assert events.verify(case.stream).intact


def test_a_letter_that_waits_already_is_taken_back() -> None:
    case = request()
    claim = factories.claim(case, Right.INFORMATION)
    message = written()
    decide(claim)
    assert "M25" in letters(case)

    confirm(case, message, claim)
    post_office.sweep_pending()
    answer = Notification.objects.get(case=case, letter="M25")
    post_office.deliver(answer.pk)

    answer.refresh_from_db()
    assert answer.state == "cancelled"
    assert factories.claim(case, Right.INFORMATION).answered_at == WROTE


def test_what_has_to_be_done_is_seen_first() -> None:
    case = request((Right.RECTIFICATION,))
    claim = factories.claim(case, Right.RECTIFICATION)
    confirm(case, written(), claim)
    decide(claim)
    letters(case)
    claim.refresh_from_db()
    assert claim.state == ClaimState.APPROVED.value

    factories.carry_out(claim.pk, proof=ExecutionProof.LOGGED)
    letters(case)

    claim.refresh_from_db()
    assert (claim.state, claim.answered_at) == (ClaimState.ANSWERED.value, WROTE)
    assert claim.verified_at is not None
    assert claim.verified_at > WROTE


def test_the_rights_it_does_not_answer_stay_open() -> None:
    case = request((Right.ACCESS, Right.INFORMATION))
    information = factories.claim(case, Right.INFORMATION)

    confirm(case, written(), information)
    decide(information)
    letters(case)

    assert factories.claim(case, Right.INFORMATION).state == ClaimState.ANSWERED.value
    assert factories.again(case).state == CaseState.IN_PROGRESS.value  # the other right is still open


def test_a_late_refusal_is_judged_on_the_mail() -> None:
    case = request((Right.RECTIFICATION,))
    claim = factories.claim(case, Right.RECTIFICATION)
    confirm(case, written(), claim)
    services.draft(
        claim.pk,
        outcome=Outcome.REFUSED,
        ground=Ground.G_NOTWRONG,
        facts="The date is right.",
        by=factories.actor("officer"),
    )
    factories.submit(claim.pk, by=factories.actor("officer"))
    claim.refresh_from_db()
    services.approve(claim.pk, version=claim.version, by=factories.actor("reviewer"))
    letters(case)

    claim.refresh_from_db()
    assert (claim.state, claim.late_refusal) == (ClaimState.ANSWERED.value, False)


def test_denied_it_leaves_the_answer_to_our_letter() -> None:
    case = request()
    claim = factories.claim(case, Right.INFORMATION)
    message = written()

    outside.deny(case.pk, message.uuid, why="It only says that we are looking.", by=factories.actor("officer"))
    decide(claim)

    assert "M25" in letters(case)
    assert outside.waiting(case) == []
    with pytest.raises(CannotDo, match="déjà dit"):
        confirm(case, message, claim)


def test_nobody_confirms_without_a_right_a_role_or_before_the_request() -> None:
    case = request()
    claim = factories.claim(case, Right.INFORMATION)
    message = written()

    with pytest.raises(CannotDo):
        confirm(case, message)
    with pytest.raises(NotPermitted):
        outside.confirm(case.pk, message.uuid, claims=[claim.uuid], by=factories.actor("auditor"))
    early = {"message": uuid4(), "sent_at": ASKED - timedelta(days=1), "digest": "0" * 64}
    with pytest.raises(CannotDo, match="avant que la demande"):
        services.confirm_outside_answer(claim.pk, **early, by=factories.actor("officer"))
    with pytest.raises(CannotDo):
        services.answer(claim.pk, at=WROTE, means=Means.OUTSIDE, by=factories.actor("officer"))


def test_the_database_knows_no_such_answer_without_its_mail() -> None:
    case = request()
    claim = factories.claim(case, Right.INFORMATION)
    confirm(case, written(), claim)
    decide(claim)
    letters(case)

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(outside_at=None)


def test_opened_again_it_is_answered_anew() -> None:
    case = request()
    claim = factories.claim(case, Right.INFORMATION)
    confirm(case, written(), claim)
    decide(claim)
    letters(case)

    claim = factories.claim(case, Right.INFORMATION)
    claim.reopen()

    assert claim.outside_at is None


def test_the_page_asks_and_its_form_confirms(client: Client) -> None:
    case = request()
    claim = factories.claim(case, Right.INFORMATION)
    message = written()
    client.force_login(factories.staff("officer"))

    page = client.get(f"/cases/{case.uuid}/").content.decode()
    assert "carla@assistool.com" in page
    done = client.post(f"/cases/{case.uuid}/messages/{message.uuid}/answers/", {"claims": [str(claim.uuid), "no id"]})

    assert done.status_code == 302
    assert factories.claim(case, Right.INFORMATION).outside_at == WROTE
    page = client.get(f"/cases/{case.uuid}/").content.decode()
    assert f"/messages/{message.uuid}/answers/" not in page


def test_the_other_form_denies_with_a_reason(client: Client) -> None:
    case = request()
    message = written()
    client.force_login(factories.staff("officer"))

    refused = client.post(f"/cases/{case.uuid}/messages/{message.uuid}/no-answer/", {"why": " "})
    done = client.post(f"/cases/{case.uuid}/messages/{message.uuid}/no-answer/", {"why": "Il annonce seulement."})

    assert (refused.status_code, done.status_code) == (409, 302)
    assert kinds(case)[-1] == EventKind.OUTSIDE_ANSWER_DENIED.value
