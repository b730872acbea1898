"""What another person wrote leaves the case it fell into, and whoever used it is told."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dsar.exports import services as exports
from dsar.intake import moving
from dsar.intake import services as intake
from dsar.intake.models import InboundMessage, MessagePart
from dsar.sources import by_hand
from dsar.sources.models import AttachedFile
from dsar.vault import services as vault
from notifications import services as post_office
from notifications.kinds import Letter
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.dsar.intake.test_routing import write
from workflow import events, queries, services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Requirement
from workflow.sealing import KeyGone
from workflow.states import BreachSign, BreachVerdict, CaseState, EventKind, Means, Outcome, Right

pytestmark = pytest.mark.usefixtures("installed")
AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
WHY = "Ce message vient d’une autre personne."


@pytest.fixture(autouse=True)
def _that_day(time_machine) -> None:  # type: ignore[no-untyped-def]
    time_machine.move_to(AT + timedelta(hours=1))


@pytest.fixture
def ada(installed: Path) -> Case:
    message = take_in(mail(), at=AT)
    assert message.case is not None
    return message.case


@pytest.fixture
def bob(installed: Path) -> Case:
    message = take_in(mail(sender="bob@example.org", message_id="<bob@example.org>", subject="Bob"), at=AT)
    assert message.case is not None
    return message.case


def answer(case: Case, *, extra: tuple[str, ...] = (), text: str = "Voici.\n\nBob") -> InboundMessage:
    """A message that the household's shared address brought into the case."""
    subject = f"Re: {case.reference}"
    return take_in(mail(text, message_id="<misfiled@example.org>", subject=subject, extra=extra), at=AT)


def with_a_file() -> bytes:
    head, body = mail("Voici.\n\nAda", message_id="<file@example.org>", subject="Pièce").split(b"\r\n\r\n", 1)
    head = head.replace(b"text/plain; charset=utf-8", b'multipart/mixed; boundary="b"')
    return (
        head + b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body + b"\r\n--b\r\n"
        b'Content-Type: text/plain; name="facture.txt"\r\nContent-Disposition: attachment; filename="facture.txt"\r\n'
        b"\r\nFacture 77 de Bob\r\n--b--\r\n"
    )


def officer() -> Any:
    return factories.actor("officer")


def manager() -> Any:
    return factories.actor("manager")


def kinds(case: Case) -> list[str]:
    return [event.kind for event in queries.history(case)]


def page(case: Case) -> str:
    client = Client()
    client.force_login(factories.staff("officer"))
    return client.get(f"/cases/{case.uuid}/").content.decode()


# -- a message -----------------------------------------------------------------------------------------


def test_a_moved_message_is_in_one_case_only_with_its_key(ada: Case, bob: Case) -> None:
    message = answer(ada)

    moving.move_message(message.pk, to=bob, reason=WHY, by=officer())

    message.refresh_from_db()
    assert (message.case, message.state, message.raw.holder, message.text.holder) == (
        bob,
        "attached",
        bob.uuid,
        bob.uuid,
    )
    assert (factories.again(bob).reply_to_read, factories.again(ada).possible_breach) == (True, False)
    assert kinds(ada)[-1] == EventKind.MESSAGE_REMOVED
    assert kinds(bob)[-1] == EventKind.MESSAGE_ATTACHED
    assert (str(message.uuid) in page(ada), str(message.uuid) in page(bob)) == (False, True)


def test_the_first_cases_open_history_names_neither_the_reason_nor_the_other_case(ada: Case, bob: Case) -> None:
    message = answer(ada)

    moving.move_message(message.pk, to=bob, reason=WHY, by=officer())

    told = queries.history(ada).get(kind=EventKind.MESSAGE_REMOVED.value)
    assert bob.reference not in bytes(told.body).decode()
    assert events.fields(told)["data"] == {
        "what": "message",
        "message": str(message.uuid),
        "sha256": message.raw.sha256,
    }
    assert events.payload_of(told) == {"text": WHY, "to": bob.reference}


def test_without_another_case_it_becomes_a_request_of_its_own_with_its_true_receipt(ada: Case) -> None:
    message = answer(ada, text="Effacez toutes mes données.")

    opened = moving.move_message(message.pk, to=None, reason=WHY, by=officer())
    post_office.sweep_pending()

    message.refresh_from_db()
    assert (message.case, message.state, opened.received_at) == (opened, "opened", AT)
    assert list(Notification.objects.filter(case=opened).values_list("letter", flat=True)) == ["M01"]
    assert queries.history(opened)[0].actor == officer().code


def test_what_opened_the_case_is_merged_not_moved(ada: Case, bob: Case) -> None:
    first = InboundMessage.objects.get(case=ada)

    with pytest.raises(CannotDo):
        moving.move_message(first.pk, to=bob, reason=WHY, by=officer())
    assert InboundMessage.objects.get(pk=first.pk).case == ada


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_moves_without_a_reason_or_without_the_role(ada: Case, bob: Case, reason: str) -> None:
    message = answer(ada)

    with pytest.raises(CannotDo):
        moving.move_message(message.pk, to=bob, reason=reason, by=officer())
    with pytest.raises(NotPermitted):
        moving.move_message(message.pk, to=bob, reason=WHY, by=factories.actor("reviewer"))
    with pytest.raises(CannotDo):
        moving.move_message(message.pk, to=ada, reason=WHY, by=officer())
    assert InboundMessage.objects.get(pk=message.pk).case == ada
    assert EventKind.MESSAGE_REMOVED not in kinds(ada)


def test_a_letter_that_left_meanwhile_makes_a_breach_possible_and_three_roles_hear_of_it(ada: Case, bob: Case) -> None:
    message = answer(ada)
    letter = write(ada, "<later@assistool.com>", Letter.M02)
    Notification.objects.filter(pk=letter.pk).update(state="sent", finished_at=timezone.now())

    moving.move_message(message.pk, to=bob, reason=WHY, by=officer())
    post_office.sweep_pending()

    assert factories.again(ada).possible_breach
    told = queries.history(ada).get(kind=EventKind.BREACH_PROPOSED.value)
    data = events.fields(told)["data"]
    assert (data["sign"], sorted(data)) == ("used_in_a_letter", ["aware_at", "notify_by", "sign"])
    alarmed = Notification.objects.filter(case=ada, letter="A08").values_list("recipient", flat=True)
    assert set(alarmed) == {"officer@assistool.com", "manager@assistool.com"}


def test_a_letter_from_before_it_came_used_nothing(ada: Case, bob: Case) -> None:
    letter = write(ada, "<earlier@assistool.com>", Letter.M02)
    Notification.objects.filter(pk=letter.pk).update(state="sent", finished_at=timezone.now())
    message = answer(ada)

    moving.move_message(message.pk, to=bob, reason=WHY, by=officer())

    assert not factories.again(ada).possible_breach


def test_a_possible_breach_is_judged_with_a_reason(ada: Case) -> None:
    services.propose_breach(ada.pk, sign=BreachSign.REPORTED_BY_MAIL, by=officer())

    with pytest.raises(CannotDo):
        services.assess_breach(ada.pk, verdict=BreachVerdict.NONE, reason=" ", by=manager())
    with pytest.raises(NotPermitted):
        services.assess_breach(ada.pk, verdict=BreachVerdict.NONE, reason="Simple crainte.", by=officer())
    services.assess_breach(ada.pk, verdict=BreachVerdict.NONE, reason="Simple crainte, rien n’est sorti.", by=manager())

    assert (factories.again(ada).possible_breach, kinds(ada)[-1]) == (False, EventKind.BREACH_ASSESSED)
    with pytest.raises(CannotDo):
        services.assess_breach(ada.pk, verdict=BreachVerdict.BREACH, reason="?", by=manager())


# -- what it asked for and met goes with it -----------------------------------------------------------------


def rights(case: Case) -> set[tuple[str, str]]:
    return set(case.claims.values_list("right", "state"))


def sheet(case: Case, code: str) -> str:
    return str(case.requirements.get(code=code).state)


ERASES = "Supprimez aussi mon compte et toutes mes données."  # unsigned: nothing shows it is Bob's


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_right_that_only_it_asked_for_moves_along(ada: Case, bob: Case, confirmed: bool) -> None:
    message = answer(ada, text=ERASES)
    if confirmed:
        services.confirm_claims(ada.pk, rights=[Right.ACCESS, Right.ERASURE], by=officer())

    moving.move_message(message.pk, to=bob, reason=WHY, by=officer())

    assert rights(ada) == {("access", "open"), ("erasure", "withdrawn")}
    assert rights(bob) == {("access", "open"), ("erasure", "open")}
    told = queries.history(ada).get(kind=EventKind.MESSAGE_REMOVED.value)
    assert events.fields(told)["data"]["withdrawn"] == "erasure"


def test_a_right_that_another_message_or_the_officer_gave_stays(ada: Case, bob: Case) -> None:
    services.confirm_claims(ada.pk, rights=[Right.ACCESS, Right.RESTRICTION], by=officer())
    message = answer(ada, text="Supprimez aussi mon compte et limitez le traitement de mes données.")
    subject = f"Re: {ada.reference}"
    take_in(mail(ERASES, message_id="<again@example.org>", subject=subject), at=AT)

    moving.move_message(message.pk, to=bob, reason=WHY, by=officer())

    assert {("erasure", "open"), ("restriction", "open")} <= rights(ada)


def test_the_identity_document_is_met_where_it_lies(ada: Case, bob: Case) -> None:
    subject = f"Subject: Re {ada.reference}".encode()
    card = with_a_file().replace(b"Subject: Pi\xc3\xa8ce", subject).replace(b"facture.txt", b"carte_identite.txt")
    message = take_in(card, at=AT)
    MessagePart.objects.filter(message=message).update(identity_document=True)
    Requirement.objects.filter(case=ada, code="identity_copy").update(state="met", evidence="attached")
    part = MessagePart.objects.get(message=message)

    moving.move_part(part.pk, to=bob, reason=WHY, by=officer())
    assert (sheet(ada, "identity_copy"), sheet(bob, "identity_copy")) == ("missing", "met")

    moving.move_part(part.pk, to=ada, reason="Erreur.", by=officer())
    assert (sheet(ada, "identity_copy"), sheet(bob, "identity_copy")) == ("met", "missing")

    moving.move_message(message.pk, to=bob, reason=WHY, by=officer())
    assert sheet(ada, "identity_copy") == "missing"


# -- an attachment ----------------------------------------------------------------------------------------


def test_a_moved_attachment_leaves_the_page_the_download_and_the_original(ada: Case, bob: Case) -> None:
    raw = with_a_file().replace(b"Subject: Pi\xc3\xa8ce", f"Subject: Re {ada.reference}".encode())
    message = take_in(raw, at=AT)
    part = MessagePart.objects.get(message=message)
    assert message.case == ada

    moving.move_part(part.pk, to=bob, reason=WHY, by=officer())

    part.refresh_from_db()
    assert (part.owner, part.blob.holder, intake.unsettled()) == (bob, bob.uuid, [])
    client = Client()
    client.force_login(factories.staff("officer"))
    answers = [client.get(f"/cases/{case.uuid}/parts/{part.uuid}/") for case in (ada, bob)]
    assert [answer.status_code for answer in answers] == [404, 200]
    assert answers[1].getvalue() == b"Facture 77 de Bob"
    assert ("facture.txt" in page(ada), "facture.txt" in page(bob)) == (False, True)
    original = client.post(f"/cases/{ada.uuid}/messages/{message.uuid}/original/", {"reason": "contrôle"})
    assert original.status_code == 409

    moving.move_part(part.pk, to=ada, reason="Erreur.", by=officer())
    part.refresh_from_db()
    assert (part.owner, part.moved_to, part.blob.holder) == (ada, None, ada.uuid)


# -- an upload ----------------------------------------------------------------------------------------------


def upload(case: Case, content: bytes = b"name\nBob\n") -> AttachedFile:
    return by_hand.attach(case.pk, name="donnees.csv", stream=io.BytesIO(content), by=officer())


def exported(case: Case) -> Any:
    bundle = exports.request_bundle(case.pk, by=officer())
    exports.build(bundle.pk)
    bundle.refresh_from_db()
    assert bundle.state == "ready"
    return bundle


def test_a_removed_file_is_destroyed_and_so_is_the_export_that_held_it(installed: Path) -> None:
    case = factories.in_progress((Right.PORTABILITY,))
    kept, wrong = upload(case, b"name\nAda\n"), upload(case)
    bundle = exported(case)

    by_hand.remove(wrong.uuid, reason=WHY, by=officer())
    exports.destroy_outdated(case.pk)

    wrong.refresh_from_db()
    assert (wrong.removed_by, by_hand.attached_to(case.pk), case.collections.get().records) == (
        officer().code,
        [kept],
        1,
    )
    with pytest.raises(KeyGone):
        vault.open_blob(wrong.blob)
    with pytest.raises(CannotDo):
        exports.open_export(bundle.uuid, by=officer())
    assert exported(case).records == 1
    assert kinds(case).count(EventKind.DATA_REMOVED) == 1
    with pytest.raises(CannotDo):
        by_hand.remove(wrong.uuid, reason=WHY, by=officer())


def test_the_last_file_leaves_the_source_unanswered(installed: Path) -> None:
    case = factories.in_progress()
    only = upload(case)

    by_hand.remove(only.uuid, reason=WHY, by=officer())

    row = case.collections.get()
    assert (row.state, row.records, row.answered_at) == ("asked", 0, None)
    assert case.requirements.get(code="sources_answered").state == "missing"


def test_a_file_moved_to_another_case_is_read_there_and_gone_here(installed: Path) -> None:
    here, there = factories.in_progress(), factories.in_progress(person_email="bob@example.org")
    row = upload(here)

    by_hand.remove(row.uuid, reason=WHY, to=there, by=officer())
    by_hand.destroy_removed()

    [moved] = by_hand.attached_to(there.pk)
    assert (by_hand.attached_to(here.pk), moved.name, moved.blob.holder) == ([], "donnees.csv", there.uuid)
    assert vault.read(moved.blob) == b"name\nBob\n"


def test_data_that_was_handed_over_with_anothers_file_may_be_a_breach(installed: Path) -> None:
    case = factories.in_progress()
    row = upload(case)
    claim = factories.claim(case)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=officer())
    factories.submit(claim.pk, by=officer())
    services.approve(claim.pk, version=1, by=factories.actor("reviewer"))
    services.answer(claim.pk, at=timezone.now(), means=Means.HANDED_OVER, evidence="Guichet", by=officer())

    by_hand.remove(row.uuid, reason=WHY, by=officer())

    again = factories.again(case)
    assert (again.state, again.possible_breach) == (CaseState.PROCESSED.value, True)


def test_bytes_left_by_a_crash_are_destroyed_by_the_sweep(installed: Path, monkeypatch: Any) -> None:
    case = factories.in_progress()
    row = upload(case)

    def die() -> int:
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr(by_hand, "destroy_removed", die)
        with pytest.raises(SystemExit):
            by_hand.remove(row.uuid, reason=WHY, by=officer())
    assert vault.read(AttachedFile.objects.get(pk=row.pk).blob)

    assert (by_hand.destroy_removed(), by_hand.destroy_removed()) == (1, 0)


# -- by the forms of the desk ----------------------------------------------------------------------------


def test_the_forms_move_remove_and_say_why_not(ada: Case, bob: Case) -> None:
    message = answer(ada)
    client = Client()
    client.force_login(factories.staff("officer"))
    place = f"/cases/{ada.uuid}/messages/{message.uuid}/move/"

    assert client.post(place, {"to": "DSR-1999-0001", "reason": WHY}).status_code == 409
    assert client.post(place, {"to": bob.reference, "reason": ""}).status_code == 409
    assert client.post(place, {"to": bob.reference.lower(), "reason": WHY}).status_code == 302
    assert client.post(place, {"to": bob.reference, "reason": WHY}).status_code == 404


def test_the_file_form_removes(installed: Path) -> None:
    case = factories.in_progress()
    row = upload(case)
    client = Client()
    client.force_login(factories.staff("officer"))

    assert client.post(f"/cases/{case.uuid}/files/{row.uuid}/remove/", {"reason": WHY}).status_code == 302
    assert by_hand.attached_to(case.pk) == []
