"""A letter's way out: sent, written, put off, refused, killed on the way, come back."""

import email
import email.policy
import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from notifications import delivery, services, tokens
from notifications.models import Notification
from tests import factories
from tests.notifications.composing import text_of
from tests.notifications.conftest import together
from tests.services import free_port
from workflow import events
from workflow import services as law
from workflow.guards import awaits_execution
from workflow.models import Case, Event, Pause
from workflow.states import CaseState, ClaimState, EventKind, Ground, IdentityMethod, Outcome, Right

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process dies here."""


def made(case: Case, code: str = "M01") -> Notification:
    services.sweep_pending()
    return Notification.objects.get(case=case, letter=code)


def asked() -> Notification:
    case = factories.confirmed(received_at=timezone.now() - timedelta(minutes=5))
    law.ask_identity(case.pk, doubt="adresse inconnue", by=factories.actor("officer"))
    return made(case, "M02")


def decided(right: Right = Right.OBJECTION_DM, outcome: Outcome = Outcome.GRANTED) -> Notification:
    case = factories.in_progress((right,))
    claim = factories.claim(case, right)
    refused = {"ground": Ground.G_NOTWRONG, "facts": "la facture le montre"} if outcome is Outcome.REFUSED else {}
    law.draft(claim.pk, outcome=outcome, by=factories.actor("officer"), **{**factories.SAID, **refused})
    factories.submit(claim.pk, by=factories.actor("officer"))
    claim.refresh_from_db()
    if claim.state == ClaimState.IN_REVIEW.value:
        law.approve(claim.pk, version=claim.version, by=factories.actor("reviewer"))
    claim.refresh_from_db()
    if awaits_execution(claim):
        factories.carry_out(claim.pk)
    services.sweep_pending()
    return Notification.objects.get(case=case, claim_uuid=claim.uuid)


def last_event(letter: Notification, kind: EventKind) -> Event:
    return Event.objects.filter(stream=letter.case.stream, kind=kind.value).latest("seq")


def happened(letter: Notification) -> list[str]:
    return list(Event.objects.filter(stream=letter.case.stream).order_by("seq").values_list("kind", flat=True))


# -- sent ------------------------------------------------------------------------------------------


def test_a_letter_the_server_takes_is_sent_with_the_servers_words_as_proof(mail_server):
    letter = made(factories.received())

    assert services.deliver(letter.pk) == "sent"

    letter.refresh_from_db()
    (envelope,) = mail_server.accepted
    assert envelope.rcpt_tos == ["ada@example.org"]
    assert envelope.mail_from == tokens.bounce_address(letter)
    assert envelope.content is not None
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert mail["Message-ID"] == letter.message_id
    assert tokens.portal_url(letter.case) in text_of(mail)
    assert services.reply_of(letter) == "250 2.0.0 Ok: queued as 4TqW1s0x"
    assert (letter.state, letter.lease, letter.next_try_at) == ("sent", None, None)
    assert letter.finished_at is not None
    event = last_event(letter, EventKind.LETTER_SENT)
    data = events.fields(event)["data"]
    assert data == {"letter": "M01", "message_id": letter.message_id, "sha256": letter.sha256, "language": "fr"}
    assert events.payload_of(event) == {"reply": "250 2.0.0 Ok: queued as 4TqW1s0x"}
    assert letter.sha256 == hashlib.sha256(envelope.content).hexdigest()


def test_a_sent_letter_is_not_sent_again(mail_server):
    letter = made(factories.received())

    assert [services.deliver(letter.pk), services.deliver(letter.pk)] == ["sent", None]
    assert services.deliver_due() == 0
    assert len(mail_server.received) == 1


def test_a_sent_question_stops_the_clock_from_that_day(mail_server):
    letter = asked()
    assert Pause.objects.get(case=letter.case).asked_on is None

    services.deliver(letter.pk)

    assert Pause.objects.get(case=letter.case).asked_on is not None
    assert factories.again(letter.case).case_due is None
    assert happened(letter)[-2:] == [EventKind.LETTER_SENT, EventKind.CLOCK_PAUSED]


def test_a_sent_answer_answers_the_claim_and_the_last_one_ends_the_case(mail_server):
    letter = decided()

    services.deliver(letter.pk)

    claim = factories.claim(letter.case, Right.OBJECTION_DM)
    letter.refresh_from_db()
    assert (claim.state, claim.answered_at, claim.answered_by_means) == ("answered", letter.finished_at, "email")
    assert factories.again(letter.case).state == CaseState.PROCESSED.value
    assert happened(letter)[-3:] == [EventKind.LETTER_SENT, EventKind.CLAIM_ANSWERED, EventKind.CASE_PROCESSED]


def test_letters_to_staff_leave_but_are_no_part_of_the_case(mail_server, time_machine):
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    case = factories.received()
    time_machine.move_to("2027-03-24T09:00:00+00:00", tick=False)
    law.ring()
    letter = made(case, "A01")
    before = Event.objects.filter(stream=case.stream).count()

    assert services.deliver(letter.pk) == "sent"

    assert Event.objects.filter(stream=case.stream).count() == before
    assert mail_server.accepted[0].rcpt_tos == ["officer@assistool.com"]


# -- not now -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("mail", "451 4.7.1 try later"),
        ("mail", "550 5.7.1 we do not relay for you"),
        ("rcpt", "450 4.2.0 greylisted"),
        ("rcpt", "530 5.7.0 sign in first"),
        ("data", "452 4.3.1 no space"),
        ("data", "421 4.3.2 shutting down"),
    ],
)
def test_a_server_that_cannot_now_is_asked_again_later_for_the_same_letter(mail_server, time_machine, step, reply):
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    letter = made(factories.received(received_at=factories.utc(2027, 3, 1, 8)))
    setattr(mail_server, step, reply)

    assert services.deliver(letter.pk) == "failed"

    letter.refresh_from_db()
    assert services.reply_of(letter) == reply
    assert letter.next_try_at == timezone.now() + timedelta(seconds=15)
    assert services.deliver(letter.pk) is None, "not before its time"
    assert happened(letter) == [EventKind.CASE_RECEIVED]
    time_machine.shift(timedelta(seconds=16))
    setattr(mail_server, step, "250 Ok")
    assert services.deliver_due() == 1
    letter.refresh_from_db()
    assert letter.state == "sent"
    (envelope,) = mail_server.accepted
    assert letter.message_id.encode() in (envelope.content or b"")


def test_tries_grow_apart_and_never_end(mail_server, time_machine):
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    letter = made(factories.received(received_at=factories.utc(2027, 3, 1, 8)))
    mail_server.rcpt = "450 4.2.0 greylisted"
    waits = []

    for _ in range(12):
        services.deliver(letter.pk)
        letter.refresh_from_db()
        waits.append(int((letter.next_try_at - timezone.now()).total_seconds()))
        time_machine.move_to(letter.next_try_at, tick=False)

    assert waits == [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]


def test_a_server_that_is_not_there_is_asked_again_later(mail_server, settings):
    settings.OUTGOING = [replace(settings.OUTGOING[0], port=free_port())]
    letter = made(factories.received())

    assert services.deliver(letter.pk) == "failed"

    letter.refresh_from_db()
    assert services.reply_of(letter) == "no connection to the mail server: ConnectionRefusedError"


def test_a_server_without_encryption_is_not_given_the_letter_in_clear(mail_server, settings):
    settings.OUTGOING = [replace(settings.OUTGOING[0], tls="starttls")]
    letter = made(factories.received())

    assert services.deliver(letter.pk) == "failed"

    letter.refresh_from_db()
    assert mail_server.received == []
    assert services.reply_of(letter) == "no connection to the mail server: SMTPNotSupportedError"


def test_a_server_that_took_the_bytes_and_fell_silent_gets_the_same_bytes_again(mail_server, settings, time_machine):
    settings.EMAIL_TIMEOUT = 0.5
    mail_server.silent = 1.5
    letter = made(factories.received())

    assert services.deliver(letter.pk) == "uncertain"

    assert happened(letter) == [EventKind.CASE_RECEIVED]
    mail_server.silent = 0
    settings.EMAIL_TIMEOUT = 10
    time_machine.move_to(timezone.now() + timedelta(seconds=20))
    assert services.deliver(letter.pk) == "sent"
    first, second = mail_server.received
    assert first == second


# -- never ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "reply"), [("rcpt", "550 5.1.1 no such user"), ("data", "554 5.6.0 rejected")])
def test_a_recipient_who_is_refused_for_good_is_told_to_staff(mail_server, step, reply):
    letter = made(factories.received())
    setattr(mail_server, step, reply)

    assert services.deliver(letter.pk) == "undeliverable"

    assert happened(letter) == [EventKind.CASE_RECEIVED, EventKind.LETTER_UNDELIVERABLE]
    told = made(letter.case, "A09")
    assert (told.recipient, told.state) == ("officer@assistool.com", "queued")
    assert "La lettre « Accusé de réception » n'a pas pu être remise." in services.content_of(told).text
    assert services.deliver(letter.pk) is None


def test_an_undeliverable_letter_to_staff_tells_nobody_again(mail_server, time_machine):
    time_machine.move_to("2027-03-02T09:00:00+00:00")  # by day: staff get no mail at night
    letter = made(factories.received())
    mail_server.rcpt = "550 5.1.1 no such user"
    services.deliver(letter.pk)

    assert services.deliver(made(letter.case, "A09").pk) == "undeliverable"

    services.sweep_pending()
    assert Notification.objects.filter(letter="A09").count() == 1


def test_a_refused_answer_answers_nothing(mail_server):
    letter = decided()
    mail_server.rcpt = "550 5.1.1 no such user"

    services.deliver(letter.pk)

    assert factories.claim(letter.case, Right.OBJECTION_DM).state == ClaimState.APPROVED.value


# -- overtaken ------------------------------------------------------------------------------------------


def test_an_answer_that_was_sent_back_does_not_leave(mail_server):
    letter = decided(Right.RECTIFICATION)
    claim = factories.claim(letter.case, Right.RECTIFICATION)
    law.send_back(claim.pk, comment="le nom manque", by=factories.actor("reviewer"))

    assert services.deliver(letter.pk) == "cancelled"

    assert mail_server.received == []


def test_of_two_approvals_only_the_last_is_answered(mail_server):
    letter = decided(Right.RECTIFICATION)
    claim = factories.claim(letter.case, Right.RECTIFICATION)
    law.send_back(claim.pk, comment="le nom manque", by=factories.actor("reviewer"))
    law.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=factories.actor("officer"))
    factories.submit(claim.pk, by=factories.actor("officer"))
    claim.refresh_from_db()
    law.approve(claim.pk, version=claim.version, by=factories.actor("reviewer"))
    services.sweep_pending()

    services.deliver_due()

    states = dict(Notification.objects.filter(claim_uuid=claim.uuid).order_by("id").values_list("id", "state"))
    assert list(states.values()) == ["cancelled", "sent"]
    assert len({row.message_id for row in Notification.objects.filter(claim_uuid=claim.uuid)}) == 2
    assert letter.pk == min(states)


def test_a_question_that_is_settled_is_no_longer_asked(mail_server):
    letter = asked()
    law.verify_identity(
        letter.case_id,
        method=IdentityMethod.LINK_KNOWN_CONTACT,
        note="A code to the account of 2024.",
        arrived_at=timezone.now(),
        by=factories.actor("officer"),
    )

    assert services.deliver(letter.pk) == "cancelled"


# -- the folder -------------------------------------------------------------------------------------------


def test_in_the_folder_a_letter_is_written_and_never_counts_as_sent(outbox):
    letter = decided(Right.RECTIFICATION, Outcome.REFUSED)

    assert services.deliver(letter.pk) == "written"

    (file,) = outbox.glob("*.m06.*")
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert mail["Message-ID"] == letter.message_id
    assert file.name == f"{letter.message_id.strip('<>')}.eml"
    letter.refresh_from_db()
    assert letter.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert happened(letter)[-1] == EventKind.LETTER_WRITTEN
    assert factories.claim(letter.case, Right.RECTIFICATION).state == ClaimState.APPROVED.value


def test_in_the_folder_a_question_stops_no_clock(outbox):
    letter = asked()

    assert services.deliver(letter.pk) == "written"

    assert Pause.objects.get(case=letter.case).asked_on is None
    assert factories.again(letter.case).case_due is not None


def test_a_folder_that_cannot_be_written_puts_the_letter_off(outbox):
    outbox.parent.mkdir(exist_ok=True)
    outbox.write_text("a file where the folder should be")
    letter = made(factories.received())

    assert services.deliver(letter.pk) == "failed"

    letter.refresh_from_db()
    assert services.reply_of(letter) == "the outbox folder cannot be written: File exists"


# -- killed on the way --------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_sending_the_same_letter_goes_again(mail_server, monkeypatch, time_machine, when):
    letter = made(factories.received())
    by_smtp = delivery.by_smtp

    def die(mail: bytes, **how: object) -> delivery.Outcome:
        if when == "after":
            by_smtp(mail, **how)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "by_smtp", die)
        with pytest.raises(Killed):
            services.deliver(letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.finished_at) == ("sending", None)
    assert services.deliver_due() == 0, "its lease is still held"

    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    assert services.deliver_due() == 1

    letter.refresh_from_db()
    assert letter.state == "sent"
    assert len(set(mail_server.received)) == 1
    assert len(mail_server.received) == (2 if when == "after" else 1)
    assert happened(letter).count(EventKind.LETTER_SENT) == 1


def test_killed_between_the_end_and_its_consequences_both_are_missing_and_both_come(
    mail_server, monkeypatch, time_machine
):
    letter = decided()

    def die(*_what: object, **_how: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(law, "answer", die)
        with pytest.raises(Killed):
            services.deliver(letter.pk)
    letter.refresh_from_db()
    assert letter.state == "sending"
    assert EventKind.LETTER_SENT not in happened(letter)

    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    services.deliver(letter.pk)

    assert happened(letter).count(EventKind.LETTER_SENT) == 1
    assert factories.claim(letter.case, Right.OBJECTION_DM).state == ClaimState.ANSWERED.value
    first, second = mail_server.received
    assert first == second


def test_killed_in_the_folder_one_letter_is_one_file(outbox, monkeypatch, time_machine):
    letter = made(factories.received())

    def die(*_what: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_fsync", die)  # renamed, not yet told
        with pytest.raises(Killed):
            services.deliver(letter.pk)
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    assert services.deliver_due() == 1

    assert len(list(outbox.iterdir())) == 1


def test_a_letter_that_kills_its_carrier_comes_back_ever_more_slowly(outbox, monkeypatch, time_machine):
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    letter = made(factories.received(received_at=factories.utc(2027, 3, 1, 8)))

    def die(*_what: object, **_how: object) -> None:
        raise Killed

    monkeypatch.setattr(delivery, "to_folder", die)
    tries = 0
    for _second in range(0, 3600, 30):
        time_machine.shift(timedelta(seconds=30))
        try:
            tries += services.deliver_due()
        except Killed:
            tries += 1

    letter.refresh_from_db()
    assert 4 <= tries <= 12


@pytest.mark.django_db(transaction=True)
def test_two_carriers_at_once_send_once(mail_server):
    letter = made(factories.received())

    def work() -> None:
        try:
            services.deliver(letter.pk)
        finally:
            connections.close_all()

    together(work, work, work)

    letter.refresh_from_db()
    assert letter.state == "sent"
    assert len(mail_server.received) == 1


def test_who_lost_the_lease_stops_before_the_letter_leaves(mail_server, monkeypatch):
    letter = made(factories.received())
    monkeypatch.setattr(services.leases, "heartbeat", lambda *_args, **_more: False)

    assert services.deliver(letter.pk) is None

    assert mail_server.received == []


# -- come back ------------------------------------------------------------------------------------------------


def test_a_bounce_marks_its_letter_once_and_tells_who_carries_the_case(mail_server):
    letter = made(factories.received())
    services.deliver(letter.pk)
    address = tokens.bounce_address(letter)

    assert services.bounced(addresses=[address], message_ids=[letter.message_id]) == 1
    assert services.bounced(addresses=[address]) == 0

    letter.refresh_from_db()
    assert letter.state == "undeliverable"
    assert happened(letter)[-1] == EventKind.LETTER_UNDELIVERABLE
    assert made(letter.case, "A09").recipient == "officer@assistool.com"


def test_a_bounce_is_known_by_the_id_it_quotes(mail_server):
    letter = made(factories.received())
    services.deliver(letter.pk)

    assert services.bounced(addresses=["vieprivee@assistool.com"], message_ids=[letter.message_id]) == 1


def test_a_forged_bounce_changes_nothing(mail_server):
    letter = made(factories.received())
    services.deliver(letter.pk)
    forged = tokens.bounce_address(letter).replace("+b.a", "+b.b")
    forged_id = letter.message_id.replace(".m01.", ".m02.")

    assert services.bounced(addresses=[forged, "", "x" * 5000], message_ids=[forged_id, "<>"]) == 0

    letter.refresh_from_db()
    assert letter.state == "sent"


def test_a_letter_that_never_left_cannot_come_back(outbox):
    letter = made(factories.received())
    services.deliver(letter.pk)

    assert services.bounced(addresses=[tokens.bounce_address(letter)]) == 0
