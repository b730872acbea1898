"""Which event becomes which letter: once, to the right reader, and never to a machine."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from notifications import letters, rendering, services
from notifications.kinds import NotificationState
from notifications.models import Notification, Thread
from notifications.rendering import EmptyVariable
from tests import factories
from tests.notifications.conftest import together
from workflow import services as law
from workflow.models import Case, Event, HolderKey, Pending, PolicyVersion, Staff
from workflow.policy import ClockPolicy, Policy
from workflow.states import CARRIED_OUT, Channel, EventKind, Ground, Language, Means, Outcome, Right, Role

pytestmark = pytest.mark.django_db


def letters_of(case: Case) -> list[str]:
    return list(Notification.objects.filter(case=case).order_by("id").values_list("letter", flat=True))


def kinds_of(case: Case) -> list[str]:
    return list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True))


def text_of(letter: Notification) -> str:
    return services.content_of(letter).text


def decide(case: Case, right: Right, outcome: Outcome = Outcome.GRANTED, ground: Ground | None = None) -> None:
    claim = factories.claim(case, right)
    facts = "Canary facts of the person" if ground else factories.SAID["facts"]
    law.draft(claim.pk, outcome=outcome, ground=ground, facts=facts, by=factories.actor("officer"))
    factories.submit(claim.pk, by=factories.actor("officer"))
    claim.refresh_from_db()
    if claim.state == "in_review":
        law.approve(claim.pk, version=claim.version, by=factories.actor("manager"))


# -- the acknowledgement ----------------------------------------------------------------------------


def test_a_received_case_is_acknowledged_once():
    case = factories.received()

    services.sweep_pending()
    services.sweep_pending()

    (letter,) = Notification.objects.filter(case=case)
    assert (letter.letter, letter.recipient, letter.state) == ("M01", "ada@example.org", "queued")
    assert not Pending.objects.exists()


def test_consuming_again_does_nothing():
    case = factories.received()
    event = Event.objects.get(stream=case.stream, seq=1)

    assert len(services.consume(event.pk)) == 1
    assert services.consume(event.pk) == []
    assert letters_of(case) == ["M01"]


def test_a_flagged_case_is_acknowledged_when_its_rights_are_confirmed_and_not_again():
    case = factories.received(unreadable=True)
    services.sweep_pending()
    assert letters_of(case) == []

    law.confirm_claims(case.pk, rights=[Right.ACCESS], by=factories.actor("officer"))
    services.sweep_pending()
    law.confirm_claims(case.pk, rights=[Right.ERASURE], because="No copy was asked for.", by=factories.actor("officer"))
    services.sweep_pending()

    assert letters_of(case) == ["M01", "M04"], "corrected by a letter, not acknowledged again"
    assert "une copie de vos données" in text_of(Notification.objects.get(case=case, letter="M01"))


def test_a_flagged_case_nobody_looks_at_is_acknowledged_after_the_time_for_triage(time_machine):
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)  # a Monday
    case = factories.received(to_be_linked=True)
    services.sweep_pending()

    time_machine.move_to("2027-03-02T22:30:00+00:00", tick=False)  # still Tuesday in Brussels
    assert services.sweep_held() == 0
    time_machine.move_to("2027-03-02T23:30:00+00:00", tick=False)
    assert services.sweep_held() == 1
    assert services.sweep_held() == 0

    assert letters_of(case) == ["M01"]


@pytest.mark.parametrize(
    "address", ["", "vieprivee@assistool.com", "VIEPRIVEE+r.abc@assistool.com", "mailvieprivee@assistool.com"]
)
def test_our_own_mailbox_or_nobody_is_not_acknowledged_and_the_history_says_so(address):
    case = factories.received(person_email=address)

    services.sweep_pending()
    services.sweep_pending()

    assert letters_of(case) == []
    assert kinds_of(case) == [EventKind.CASE_RECEIVED, EventKind.ACKNOWLEDGEMENT_WITHHELD]


@pytest.mark.parametrize(
    "address",
    [
        "not an address",
        "ada@example.org, evil@example.org",
        "a@b@example.org",
        "ada@example.org\r\nBcc: evil@example.org",
        "<ada@example.org>",
    ],
)
def test_who_has_no_address_for_mail_is_acknowledged_on_paper_and_the_history_says_so(address):
    case = factories.received(person_email=address)

    services.sweep_pending()
    services.sweep_pending()

    (letter,) = Notification.objects.filter(case=case)
    assert (letter.letter, letter.recipient, letter.state) == ("M01", "", "drafted")
    assert kinds_of(case) == [EventKind.CASE_RECEIVED, EventKind.ACKNOWLEDGEMENT_WITHHELD]


def test_a_robot_is_not_acknowledged_even_when_its_case_is_confirmed():
    case = factories.received()
    Thread.objects.create(case=case, address="robot@example.org", acknowledge=False)

    services.sweep_pending()
    law.confirm_claims(case.pk, rights=[Right.ACCESS], by=factories.actor("officer"))
    services.sweep_pending()
    services.sweep_held()

    assert letters_of(case) == []
    assert kinds_of(case).count(EventKind.ACKNOWLEDGEMENT_WITHHELD) == 1


def test_the_thread_says_where_the_person_is_written_to():
    case = factories.received(channel=Channel.FORM, person_email="old@example.org")
    Thread.objects.create(case=case, address="new@example.org")

    services.sweep_pending()

    assert Notification.objects.get(case=case).recipient == "new@example.org"


def test_many_requests_of_one_sender_are_acknowledged_later_but_all_of_them(time_machine):
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    factories.installation()
    law.set_policy(
        Policy(ack_per_sender_per_hour=2), controller=factories.installation(), by=factories.actor("manager")
    )
    now = timezone.now()
    for _ in range(5):
        factories.received()
    factories.received(person_email="grace@example.org")

    services.sweep_pending()

    planned = list(Notification.objects.filter(recipient="ada@example.org").order_by("id").values_list("next_try_at"))
    hour = timedelta(hours=1)
    assert planned == [(None,), (None,), (now + hour,), (now + hour,), (now + 2 * hour,)]
    assert Notification.objects.get(recipient="grace@example.org").next_try_at is None
    assert len(services.due()) == 3
    time_machine.move_to("2027-03-01T11:00:00+00:00", tick=False)
    assert len(services.due()) == 6


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_letter():
    case = factories.received()
    event = Event.objects.get(stream=case.stream, seq=1)

    def work() -> None:
        try:
            services.consume(event.pk)
        finally:
            connections.close_all()

    together(work, work, work)

    assert letters_of(case) == ["M01"]
    assert not Pending.objects.exists()


# -- the question for identity ------------------------------------------------------------------------


def _asked(doubt: str = "vous écrivez d'une adresse que nous ne connaissons pas.") -> Notification:
    case = factories.confirmed()
    law.ask_identity(case.pk, doubt=doubt, by=factories.actor("officer"))
    services.sweep_pending()
    return Notification.objects.get(case=case, letter="M02")


def test_the_question_says_the_doubt_and_until_when(time_machine):
    time_machine.move_to("2027-03-02T09:00:00+00:00", tick=False)

    text = text_of(_asked())

    assert "Notre doute : vous écrivez d'une adresse que nous ne connaissons pas." in text
    assert "Le délai de réponse est suspendu depuis aujourd'hui." in text
    assert "Merci de répondre au plus tard le 1er avril 2027." in text
    assert "Pour arrêter la publicité, aucune preuve n'est nécessaire." in text


def test_a_question_that_comes_late_does_not_say_that_the_clock_stops(time_machine):
    time_machine.move_to("2027-03-12T09:00:00+00:00", tick=False)
    case = factories.confirmed(received_at=factories.utc(2027, 3, 2, 8))
    law.ask_identity(case.pk, doubt="adresse inconnue", by=factories.actor("officer"))
    services.sweep_pending()

    text = text_of(Notification.objects.get(case=case, letter="M02"))

    assert "suspendu" not in text
    assert "Merci de répondre au plus tard le 1er avril 2027." in text  # the last day to send the answer, not day 30


def test_where_no_question_stops_the_clock_the_letter_does_not_say_so():
    factories.installation()
    law.set_policy(
        Policy(clock=ClockPolicy(mode="none")), controller=factories.installation(), by=factories.actor("manager")
    )

    assert "suspendu" not in text_of(_asked())


# -- answers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "letter"),
    [
        (Right.OBJECTION_DM, "M08"),
        (Right.CONSENT_WITHDRAWAL, "M11"),
        (Right.RECTIFICATION, "M09"),
        (Right.RESTRICTION, "M12"),
        (Right.OBJECTION_GENERAL, "M12O"),
        (Right.AUTOMATED_DECISION, "M12A"),
        (Right.COMPLAINT, "M24"),
        (Right.INFORMATION, "M25"),
    ],
)
def test_an_approved_claim_is_answered_by_its_letter(right, letter):
    case = factories.in_progress((right,))
    decide(case, right)
    if right in CARRIED_OUT:
        services.sweep_pending()
        assert letter not in letters_of(case), "nobody has seen yet that what it says is done"
        factories.carry_out(factories.claim(case, right).pk)

    services.sweep_pending()

    row = Notification.objects.get(case=case, letter=letter)
    assert row.claim_uuid == factories.claim(case, right).uuid
    assert re.fullmatch(
        rf"<{case.reference.lower()}\.{letter.lower()}\.{right.value.replace('_', '-')}\.[a-z2-7]+@assistool\.com>",
        row.message_id,
    )


def test_a_refusal_names_no_fact_and_no_ground_in_the_mail():
    case = factories.in_progress((Right.RECTIFICATION,))
    decide(case, Right.RECTIFICATION, Outcome.REFUSED, Ground.G_NOTWRONG)

    services.sweep_pending()

    text = text_of(Notification.objects.get(case=case, letter="M06"))
    assert "Canary" not in text
    assert "G-NOTWRONG" not in text
    assert "Nous ne pouvons pas donner suite à cette demande." in text
    assert text.splitlines()[-2].startswith("Officer, Assistool SRL, le ")


def test_the_letter_of_an_erasure_waits_until_the_data_were_handed_over():
    case = factories.in_progress((Right.ACCESS, Right.ERASURE))
    law.record_collection(case.pk, source="airtable", records=3, digest="0" * 64, by=factories.actor("officer"))
    decide(case, Right.ERASURE)
    services.sweep_pending()
    assert "M10" not in letters_of(case)
    decide(case, Right.ACCESS)
    services.sweep_pending()
    assert letters_of(case).count("M10") == 0

    law.answer(
        factories.claim(case, Right.ACCESS).pk,
        at=timezone.now(),
        means=Means.POSTED,
        evidence="R 0123",
        by=factories.actor("officer"),
    )
    services.sweep_pending()
    assert "M10" not in letters_of(case), "it is free, and not done"
    factories.carry_out(factories.claim(case, Right.ERASURE).pk)
    services.sweep_pending()
    services.sweep_pending()

    assert letters_of(case).count("M10") == 1


def _confirmed_without_it(case: Case) -> None:
    never = "She asked for no copy."
    law.confirm_claims(case.pk, rights=[Right.ERASURE], because=never, by=factories.actor("officer"))


def _withdrawn(case: Case) -> None:
    law.withdraw_claim(factories.claim(case, Right.ACCESS).pk, said="Sans copie.", by=factories.actor("officer"))


def _refused(case: Case) -> None:
    claim = factories.claim(case, Right.ACCESS)
    law.evidence_abuse(claim.pk, text="He offers to stop for money.", by=factories.actor("officer"))
    decide(case, Right.ACCESS, Outcome.REFUSED, Ground.G_UNF)
    services.sweep_pending()
    posted = {"at": timezone.now(), "means": Means.POSTED, "evidence": "R 1"}
    law.answer(factories.claim(case, Right.ACCESS).pk, by=factories.actor("officer"), **posted)


@pytest.mark.parametrize("freed", [_confirmed_without_it, _withdrawn, _refused])
def test_whatever_frees_an_erasure_lets_its_letter_leave_once(freed):
    """Nothing was held: there is nothing to carry out, the letter only waited for the right before it."""
    case = factories.in_progress((Right.ACCESS, Right.ERASURE))
    law.record_nothing_held(case.pk, source="airtable", how="name", by=factories.actor("officer"))
    decide(case, Right.ERASURE, Outcome.NOTHING_HELD)
    services.sweep_pending()
    assert "M10" not in letters_of(case)

    freed(case)
    services.sweep_pending()
    services.sweep_pending()

    assert letters_of(case).count("M10") == 1


def test_an_erasure_with_nothing_held_is_free_once_the_restriction_beside_it_is_approved():
    case = factories.in_progress((Right.RESTRICTION, Right.ERASURE))
    law.record_nothing_held(case.pk, source="airtable", how="name", by=factories.actor("officer"))
    decide(case, Right.ERASURE, Outcome.NOTHING_HELD)
    services.sweep_pending()
    assert "M10" not in letters_of(case)

    decide(case, Right.RESTRICTION)
    services.sweep_pending()

    assert letters_of(case).count("M10") == 1


@pytest.mark.parametrize("right", [one for one in Right if one not in {Right.INFORMATION, Right.COMPLAINT}])
def test_where_nothing_is_held_the_letter_claims_no_deed(right: Right) -> None:
    case = factories.in_progress((right,))
    claim = factories.claim(case, right)
    claim.outcome = Outcome.NOTHING_HELD.value
    (order,) = letters.answer_as_it_stands(case, claim, timezone.now())

    for language in Language:
        text = rendering.compose(replace(order, language=language)).text
        done = text.split("\n\n")[1]
        assert not re.search(r"informé|hoogte|getan haben|whom we told|lever|opheffen|aufheben|lift", done)
        assert not re.search(r"arrêté|stopgezet|eingestellt|stopped|personne a conclu|Wilt u|Would you", done)
        if right not in {Right.ACCESS, Right.PORTABILITY, Right.OBJECTION_DM}:
            looked = {"fr": "ce que nous avons cherché", "nl": "hebben gezocht", "de": "wonach", "en": "looked for"}
            assert looked[language.value] in done


def test_the_letter_of_an_erasure_is_made_once_when_the_confirmation_is_heard_of_after_the_approval():
    case = factories.in_progress((Right.ERASURE,))  # nobody has consumed a thing yet
    law.record_nothing_held(case.pk, source="airtable", how="name", by=factories.actor("officer"))
    decide(case, Right.ERASURE)
    factories.carry_out(factories.claim(case, Right.ERASURE).pk)

    services.sweep_pending()
    services.sweep_pending()

    assert letters_of(case).count("M10") == 1


def test_a_new_approval_has_a_letter_of_its_own(time_machine):
    time_machine.move_to("2027-03-02T09:00+00:00", tick=False)
    case = factories.in_progress((Right.ERASURE,))
    law.record_nothing_held(case.pk, source="airtable", how="name", by=factories.actor("officer"))
    decide(case, Right.ERASURE)
    factories.carry_out(factories.claim(case, Right.ERASURE).pk)
    services.sweep_pending()
    time_machine.shift(60)

    law.send_back(factories.claim(case, Right.ERASURE).pk, comment="one line", by=factories.actor("reviewer"))
    decide(case, Right.ERASURE)
    factories.carry_out(factories.claim(case, Right.ERASURE).pk)
    services.sweep_pending()

    assert letters_of(case).count("M10") == 2


# -- staff -------------------------------------------------------------------------------------------


def _readers(letter: str) -> list[str]:
    return sorted(Notification.objects.filter(letter=letter).values_list("recipient", flat=True))


@pytest.mark.parametrize(
    ("today", "days", "manager"),
    [("2027-03-17", 14, False), ("2027-03-24", 7, False), ("2027-03-27", 4, False), ("2027-03-28", 3, True)],
)
def test_a_reminder_goes_once_to_the_officers_and_near_the_end_to_the_manager(time_machine, today, days, manager):
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    factories.received()
    time_machine.move_to(f"{today}T09:00:00+00:00", tick=False)

    for _again in range(2):
        law.ring()
        services.sweep_pending()

    assert _readers("A01") == ["officer@assistool.com"]
    assert _readers("A02") == (["manager@assistool.com"] if manager else [])
    assert f"il reste {days} jours" in text_of(Notification.objects.get(letter="A01"))
    assert "31 mars 2027" in text_of(Notification.objects.get(letter="A01"))


def test_a_reminder_goes_to_whoever_carries_the_case(time_machine):
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    case = factories.received()
    law.create_staff(
        username="second",
        name="Second Officer",
        email="second@assistool.com",
        password="x" * 20,
        roles=[Role.OFFICER],
        by=factories.actor("administrator"),
    )
    law.assign(case.pk, staff=Staff.objects.get(username="second"), by=factories.actor("officer"))
    time_machine.move_to("2027-03-24T09:00:00+00:00", tick=False)

    law.ring()
    services.sweep_pending()

    assert _readers("A01") == ["second@assistool.com"]


def test_who_left_is_not_reminded(time_machine):
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    case = factories.received()
    law.assign(case.pk, staff=factories.staff("manager"), by=factories.actor("officer"))
    Staff.objects.filter(username="manager").update(is_active=False)
    time_machine.move_to("2027-03-24T09:00:00+00:00", tick=False)

    law.ring()
    services.sweep_pending()

    assert _readers("A01") == ["officer@assistool.com"]


def test_a_passed_due_date_alarms_officers_and_managers_every_day_once(time_machine):
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    factories.received()

    for day in ("2027-04-01", "2027-04-01", "2027-04-02"):
        time_machine.move_to(f"{day}T09:00:00+00:00", tick=False)
        law.ring()
        services.sweep_pending()

    assert _readers("A03") == ["manager@assistool.com"] * 2 + ["officer@assistool.com"] * 2
    last = Notification.objects.filter(letter="A03").latest("id")
    assert "L'échéance du 31 mars 2027 est dépassée de 2 jours." in text_of(last)


# -- what cannot be made ------------------------------------------------------------------------------


def test_a_letter_that_cannot_be_made_stays_pending_and_holds_nobody_up():
    blocked = factories.received()
    type(blocked.controller).objects.update(name="")
    event = Event.objects.get(stream=blocked.stream, seq=1)

    with pytest.raises(EmptyVariable, match=f"M01 of {blocked.reference} cannot be made: fill controller first."):
        services.consume(event.pk)
    services.sweep_pending()
    assert Pending.objects.filter(event_id=event.pk).exists()

    type(blocked.controller).objects.update(name="Assistool SRL")
    services.sweep_pending()
    assert set(letters_of(blocked)) == {"A05", "M01"}, "who can fill it in was told, the person was acknowledged"
    assert letters_of(blocked).count("M01") == 1


def test_one_event_that_fails_does_not_hold_up_the_others():
    first, second = factories.received(), factories.received(person_email="grace@example.org")
    PolicyVersion.objects.filter(pk=first.policy_version_id).update(values={"unknown": 1})
    PolicyVersion.objects.create(
        controller=factories.installation(),
        number=99,
        values=Policy().as_dict(),
        created_at=timezone.now(),
        created_by="test",
    )
    Case.objects.filter(pk=second.pk).update(policy_version=PolicyVersion.objects.get(number=99))

    services.sweep_pending()

    assert letters_of(first) == []
    assert letters_of(second) == ["M01"]


def test_a_case_that_was_erased_gets_no_letter():
    case = factories.received()
    HolderKey.objects.filter(holder=case.uuid).update(wrapped=None, shredded_at=timezone.now())

    services.sweep_pending()

    assert letters_of(case) == []
    assert not Pending.objects.exists()
    assert Notification.objects.filter(state=NotificationState.QUEUED.value).count() == 0
