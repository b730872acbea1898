"""What looks like a follow-up and proves nothing: a case of its own, held, with what an officer decides on."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dsar.exports import services as exports
from dsar.intake import merging
from dsar.intake import services as intake
from dsar.intake.models import InboundMessage, MessageState, Suggestion
from dsar.sources import by_hand
from dsar.vault import services as vault
from notifications import services as post_office
from notifications import tokens
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import mail, take_in
from workflow import events, queries, services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case
from workflow.states import CaseState, EventKind, IdentityMethod, Right

ADA = "ada@example.org"
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
CHASER = "Bonjour,\n\nJe n'ai toujours reçu aucune réponse à ma demande d'accès. Le délai d'un mois est dépassé.\n\nAda"

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def case(time_machine: Any) -> Case:
    """Ada Lovelace's open case, acknowledged, on a Monday."""
    time_machine.move_to(MONDAY, tick=False)
    message = take_in(mail().replace(b"From: Ada <", b"From: Ada Lovelace <"), at=MONDAY)
    post_office.sweep_pending()
    assert message.case is not None
    return message.case


def second(text: str = CHASER, *, name: str = "Ada Lovelace", **changes: Any) -> InboundMessage:
    """Another mail of the same day."""
    raw = mail(text, **{"message_id": "<two@example.org>", "subject": "Demande", **changes})
    return take_in(raw.replace(b"From: Ada <", f"From: {name} <".encode()), at=MONDAY + timedelta(hours=3))


def own_case(message: InboundMessage) -> Case:
    assert message.case is not None
    return message.case


def suggested(case: Case) -> list[tuple[Case, str]]:
    return [(row.candidate, row.why) for row in case.suggestions.all()]


def letters_of(case: Case) -> list[str]:
    return list(Notification.objects.filter(case=case).values_list("letter", flat=True))


def officer() -> Any:
    return factories.actor("officer")


def test_a_filed_answer_to_our_letter_joins_its_case_when_an_officer_says_a_person_wrote_it(case: Case) -> None:
    robot = second(
        "Je suis absente.", extra=["Auto-Submitted: auto-replied"], subject=f"Re: {case.reference}", sender=ADA
    )
    assert robot.state == MessageState.FILED

    joined = intake.promote(robot.pk, by=officer())

    robot.refresh_from_db()
    assert (joined, robot.state, robot.case) == (case, MessageState.ATTACHED, case)
    assert intake.unsettled() == []


@pytest.mark.parametrize(
    ("name", "text", "state"),
    [
        ("Marie Lovelace", "Bonjour,\n\nEffacez toutes mes données.\n\nMarie Lovelace", "opened"),
        ("Ada Lovelace", "Bonjour,\n\nEffacez toutes mes données.\n\nAda Lovelace", "attached"),
        ("A. Lovelace", "Bonjour,\n\nEffacez toutes mes données.\n\nA. Lovelace", "attached"),
        ("Ada", "Bonjour,\n\nVoici mon adresse.\n\nMarie Lovelace", "attached"),
    ],
)
def test_a_new_wish_signed_by_another_of_the_household_is_no_part_of_the_case(
    case: Case, name: str, text: str, state: str
) -> None:
    answer = second(text, name=name, subject=f"Re: {case.reference}", sender=ADA)

    assert answer.state == state
    if state == "opened":
        assert own_case(answer).to_be_linked
        assert case in [found for found, _why in suggested(own_case(answer))]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (
            "C'est Marie, sa femme. Je réponds depuis sa boîte : envoyez-moi aussi une copie de mes données à moi."
            "\n\nMarie Lovelace",
            "opened",
        ),
        ("Je suis l’épouse d’Ada. Je voudrais moi aussi une copie de toutes mes données.\n\nMarie", "opened"),
        ("Envoyez-moi à moi aussi une copie de mes données.\n\nMarie Lovelace", "opened"),
        ("Dit is Marie, haar vrouw. Stuur mij ook een kopie van mijn eigen gegevens.\n\nMarie Lovelace", "opened"),
        ("Ik ben de man van Ada. Ik wil ook een kopie van mijn persoonsgegevens.\n\nKarel", "opened"),
        ("Hier ist Karl, ihr Mann. Bitte schicken Sie mir auch eine Kopie meiner Daten.\n\nKarl Lovelace", "opened"),
        ("Ich bin Adas Mann und möchte eine Kopie meiner personenbezogenen Daten.\n\nKarl Lovelace", "opened"),
        ("This is Mary, her wife. Please send me a copy of my own data as well.\n\nMary Lovelace", "opened"),
        ("I'm Ada's husband. I would like a copy of my personal data too.\n\nJohn", "opened"),
        ("My name is Mary Lovelace. Please send me a copy of my personal data.\n\nMary Lovelace", "opened"),
        # Who helps with hers, or only signs in another way.
        (
            "C'est Marie, sa femme. Ada est à l'hôpital, elle veut toujours une copie de ses données.\n\nMarie",
            "attached",
        ),
        ("Dit is Marie, haar vrouw. Zij wil nog altijd een kopie van haar gegevens.\n\nMarie Lovelace", "attached"),
        ("Hier ist Karl, ihr Mann. Ada möchte eine Kopie ihrer Daten; sie ist 1970 geboren.\n\nKarl", "attached"),
        ("This is Mary, her wife. She still wants a copy of her data; she is customer 4711.\n\nMary", "attached"),
        ("Je suis Ada, la femme de Charles. Je veux une copie de mes données.\n\nAda", "attached"),
        ("Ich bin Kundin bei Ihnen und möchte eine Kopie meiner Daten.\n\nA. L.", "attached"),
        ("I still want a copy of my data.\n\nCountess Lovelace", "attached"),
    ],
)
def test_who_says_to_be_another_and_wants_the_same_for_themselves_is_held(case: Case, text: str, state: str) -> None:
    answer = second(text, name="Ada Lovelace", subject=f"Re: {case.reference}", sender=ADA)

    assert answer.state == state
    if state == "opened":
        assert own_case(answer).to_be_linked
        assert case in [found for found, _why in suggested(own_case(answer))]


def test_an_answer_whose_program_wants_no_automatic_ones_joins_its_case(case: Case) -> None:
    header = "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply"

    answer = second("Voici mon adresse : rue Haute 1, Namur.", extra=[*by_signed_message_id(case)["extra"], header])

    assert (answer.state, answer.case) == (MessageState.ATTACHED, case)


# -- attacks ---------------------------------------------------------------------------------------


def by_reference(case: Case) -> dict[str, Any]:
    return {"subject": f"Re: {case.reference}"}


def by_token(case: Case) -> dict[str, Any]:
    return {"extra": [f"Cc: {tokens.reply_address(case)}"]}


def by_signed_message_id(case: Case) -> dict[str, Any]:
    return {"extra": [f"In-Reply-To: {Notification.objects.get(case=case).message_id}"]}


@pytest.mark.parametrize("way", [by_reference, by_token, by_signed_message_id])
@pytest.mark.parametrize("sender", ["mallory@example.net", "ada@examp1e.org", "ada@example.org.evil.example"])
def test_whoever_quotes_what_is_ours_from_another_address_gets_nowhere(case: Case, way: Any, sender: str) -> None:
    before = queries.history(case).count()

    message = second(sender=sender, name="Ada Lovelace", **way(case))

    theirs = own_case(message)
    assert (message.state, theirs != case, theirs.to_be_linked, theirs.person_email) == ("opened", True, True, sender)
    assert {candidate for candidate, _why in suggested(theirs)} == {case}
    assert (queries.history(case).count(), case.messages.count()) == (before, 1)
    post_office.sweep_pending()
    assert letters_of(theirs) == []


def damaged(case: Case) -> list[str]:
    address = tokens.reply_address(case)
    last = address.partition("@")[0][-1]
    return [
        address.replace(f"{last}@", f"{'a' if last != 'a' else 'b'}@"),  # one character mistyped
        address.replace(f"{last}@", "@"),  # one lost
        address.replace("+r.", "+r"),  # the dot lost
        address.replace("+r.", "+r.1"),  # a character no token has
    ]


@pytest.mark.parametrize("number", range(4))
def test_a_mangled_token_never_attaches_not_even_for_its_own_person(case: Case, number: int) -> None:
    raw = mail("Voici.\n\nAda", message_id="<two@example.org>", subject="Re")

    message = take_in(raw, envelope_to=[damaged(case)[number]])

    assert (message.state, own_case(message).to_be_linked) == ("opened", True)
    assert case in {candidate for candidate, _why in suggested(own_case(message))}


def test_a_token_is_bound_to_its_case_and_its_purpose(case: Case) -> None:
    other = own_case(take_in(mail(sender="bob@example.org", message_id="<bob@example.org>", subject="Bob"), at=MONDAY))
    mine, theirs = (tokens.reply_address(one).partition("+r.")[2] for one in (case, other))
    grafted = f"vieprivee+r.{theirs[:16]}{mine[16:]}"

    assert tokens.case_of_reply(grafted) is None
    assert tokens.case_of_reply(tokens.reply_address(case).replace("+r.", "+b.")) is None
    assert tokens.case_of_portal(mine.partition("@")[0]) is None


# -- what is held, and what is not --------------------------------------------------------------------


def test_a_reminder_of_the_same_person_waits_with_the_open_case_proposed(case: Case) -> None:
    held = own_case(second())

    post_office.sweep_pending()
    assert (held.to_be_linked, suggested(held), letters_of(held)) == (True, [(case, "address")], [])
    assert (held.receipt_date, held.case_due is not None) == (MONDAY.date(), True)


def test_a_reminder_from_another_address_with_the_same_name_waits_too(case: Case) -> None:
    held = own_case(second(sender="ada.private@example.net"))

    assert (held.to_be_linked, suggested(held)) == (True, [(case, "name")])


def test_a_new_request_of_a_known_person_is_acknowledged_at_once_and_the_open_case_shown(case: Case) -> None:
    new = own_case(second("Supprimez mon compte et toutes mes données.\n\nAda Lovelace"))

    post_office.sweep_pending()
    assert (new.to_be_linked, suggested(new), letters_of(new)) == (False, [(case, "address")], ["M01"])


def test_an_answer_to_something_that_is_not_ours_is_acknowledged_at_once(case: Case) -> None:
    foreign = own_case(
        second(
            "Effacez mes données, merci.\n\nBob Martin",
            name="Bob Martin",
            sender="bob@example.net",
            subject="Re: DSR-2019-0042",
            extra=["In-Reply-To: <newsletter.77@elsewhere.example>"],
        )
    )

    post_office.sweep_pending()
    assert (foreign.to_be_linked, suggested(foreign), letters_of(foreign)) == (False, [], ["M01"])


def test_nobody_decides_for_a_working_day_and_the_sweep_acknowledges(case: Case, time_machine: Any) -> None:
    held = own_case(second())

    time_machine.move_to(MONDAY + timedelta(days=1), tick=False)
    assert post_office.sweep_held() == 0
    time_machine.move_to(MONDAY + timedelta(days=2), tick=False)
    assert post_office.sweep_held() == 1

    assert letters_of(held) == ["M01"]


# -- the officer decides -----------------------------------------------------------------------------


def test_kept_apart_it_is_acknowledged_at_once_with_its_true_receipt(case: Case) -> None:
    held = own_case(second())

    services.keep_apart(held.pk, by=officer())
    post_office.sweep_pending()

    assert (factories.again(held).to_be_linked, letters_of(held)) == (False, ["M01"])
    letter = Notification.objects.get(case=held)
    assert "1er mars 2027 à 13:00" in post_office.content_of(letter).text
    with pytest.raises(CannotDo):
        services.keep_apart(held.pk, by=officer())


def test_only_who_works_on_cases_decides(case: Case) -> None:
    held = own_case(second())

    for username in ("auditor", "reviewer", "administrator"):
        with pytest.raises(NotPermitted):
            services.keep_apart(held.pk, by=factories.actor(username))
        with pytest.raises(NotPermitted):
            merging.merge(held.pk, into=case.pk, by=factories.actor(username))


def test_merged_it_is_never_acknowledged_and_its_messages_go_along_under_the_targets_key(case: Case) -> None:
    held = own_case(second())

    merging.merge(held.pk, into=case.pk, by=officer())
    post_office.sweep_pending()
    post_office.sweep_held()

    assert (factories.again(held).state, letters_of(held)) == (CaseState.MERGED.value, ["M16"])
    messages = list(InboundMessage.objects.filter(case=case).order_by("id"))
    assert len(messages) == 2
    assert {blob.holder for row in messages for blob in (row.raw, row.text, row.head) if blob} == {case.uuid}
    assert vault.read(messages[1].text).decode().startswith("Bonjour")
    assert held.messages.count() == 0
    assert events.verify(held.stream).intact
    assert events.verify(case.stream).intact


def test_a_key_that_had_not_moved_when_the_machine_died_moves_with_the_sweep(case: Case, monkeypatch: Any) -> None:
    held = own_case(second())

    def die(_message: InboundMessage) -> None:
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr(intake, "settle", die)
        with pytest.raises(SystemExit):
            merging.merge(held.pk, into=case.pk, by=officer())

    [message] = intake.unsettled()
    assert (message.case, message.raw.holder) == (case, held.uuid)
    intake.settle(message)
    message.refresh_from_db()
    assert (message.raw.holder, intake.unsettled()) == (case.uuid, [])


def test_two_addresses_are_merged_only_with_the_officers_reason_which_stays_in_the_history(case: Case) -> None:
    held = own_case(second(sender="ada.private@example.net"))

    with pytest.raises(CannotDo):
        merging.merge(held.pk, into=case.pk, by=officer())
    merging.merge(held.pk, into=case.pk, same_person="Elle cite le montant de sa dernière facture.", by=officer())

    told = queries.history(held).get(kind=EventKind.CASE_MERGED.value)
    assert events.payload_of(told) == {"text": "Elle cite le montant de sa dernière facture."}
    assert factories.again(case).person_email == "ada@example.org"
    answer = second(
        "Merci.\n\nAda", sender="ada.private@example.net", message_id="<3@example.org>", **by_reference(case)
    )
    assert (answer.state, answer.case) == ("attached", case)


def test_collected_files_go_along_and_the_export_has_to_be_made_again(case: Case) -> None:
    target = factories.in_progress((Right.PORTABILITY,), person_email="ada@example.org")
    held = factories.in_progress((Right.PORTABILITY,), person_email="ada@example.org")
    row = by_hand.attach(held.pk, name="ada.csv", stream=io.BytesIO(b"name\nAda\n"), by=officer())

    merging.merge(held.pk, into=target.pk, by=officer())

    [moved] = by_hand.attached_to(target.pk)
    assert (moved.pk, moved.name, moved.blob.holder) == (row.pk, "ada.csv", target.uuid)
    assert vault.read(moved.blob) == b"name\nAda\n"
    assert by_hand.attached_to(held.pk) == []
    assert target.collections.get().records == 1
    bundle = exports.request_bundle(target.pk, by=officer())
    exports.build(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.records) == ("ready", 1)


def test_collected_data_never_comes_into_a_case_whose_person_nobody_verified(case: Case) -> None:
    held = factories.in_progress((Right.ACCESS,), person_email="ada@example.org")
    by_hand.attach(held.pk, name="ada.csv", stream=io.BytesIO(b"name\nAda\n"), by=officer())

    with pytest.raises(CannotDo):
        merging.merge(held.pk, into=case.pk, by=officer())

    assert factories.again(held).state == CaseState.IN_PROGRESS.value
    assert len(by_hand.attached_to(held.pk)) == 1


def test_notes_of_the_merged_case_are_read_on_the_page_of_the_other_by_who_may(case: Case) -> None:
    held = own_case(second())
    services.add_note(held.pk, text="Rappelée au numéro du contrat.", by=officer())

    merging.merge(held.pk, into=case.pk, by=officer())

    pages = {}
    for username in ("officer", "auditor"):
        client = Client()
        client.force_login(factories.staff(username))
        pages[username] = client.get(f"/cases/{case.uuid}/").content.decode()
    assert "Rappelée au numéro du contrat." in pages["officer"]
    assert "Rappelée au numéro du contrat." not in pages["auditor"]


# -- after the answer ----------------------------------------------------------------------------------


@pytest.fixture
def answered(case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED.value, closed_at=timezone.now(), processed_at=timezone.now(), identity_needed=False
    )
    return factories.again(case)


def test_a_new_wish_after_the_answer_is_a_case_linked_to_it(answered: Case) -> None:
    new = own_case(second("Supprimez aussi mon compte et toutes mes données.\n\nAda", **by_reference(answered)))

    assert (new.linked_to, new.to_be_linked) == (answered, False)
    data = events.fields(queries.history(new)[0])["data"]
    assert data["follows"] == answered.reference


def test_a_reminder_after_the_answer_comes_back_to_its_case(answered: Case) -> None:
    message = second(CHASER, **by_reference(answered))

    assert (message.state, message.case, factories.again(answered).reply_to_read) == ("attached", answered, True)


def test_a_case_suggests_no_case_of_another_controller_nor_itself(case: Case) -> None:
    held = own_case(second())

    assert not Suggestion.objects.filter(candidate=held).exists()


def test_identity_that_was_proven_in_the_absorbed_case_is_not_carried_over(case: Case) -> None:
    held = own_case(second())
    services.confirm_claims(held.pk, rights=[Right.ACCESS], by=officer())
    services.verify_identity(
        held.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.", by=officer()
    )

    merging.merge(held.pk, into=case.pk, by=officer())

    assert factories.again(case).verified_at is None
