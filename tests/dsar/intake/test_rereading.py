"""What no machine could read is read again after a repair: in its place, once, with an event."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from dsar.intake import child, rereading, services
from dsar.intake.models import InboundMessage, PassedOn
from dsar.intake.titles import titles_of
from dsar.vault import services as vault
from dsar.vault.models import Blob
from notifications import services as post_office
from notifications.models import Notification, Thread
from tests.dsar.intake.post import ASKS, development_mail, mail, take_in, traced
from workflow import events, queries
from workflow import services as workflow
from workflow.actors import INSTALLER, Actor
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event
from workflow.states import ActorKind, EventKind, Right, Role

OFFICER = Actor(ActorKind.STAFF, "S-0001", frozenset({Role.OFFICER}))
AUDITOR = Actor(ActorKind.STAFF, "S-0004", frozenset({Role.AUDITOR}))

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Takes in a mail while the parser does not work."""

    def taken(raw: bytes, **envelope: Any) -> InboundMessage:
        with monkeypatch.context() as patch:
            patch.setattr(child, "_pool", child.Pool("/nonexistent/parser.py", list))
            return take_in(raw, **envelope)

    return taken


def case_of(message: InboundMessage) -> Case:
    assert message.case is not None
    return message.case


def kinds(case: Case) -> list[str]:
    return [event.kind for event in queries.history(case)]


def test_after_a_repair_the_case_is_readable_with_its_parts_and_proposals(broken: Any) -> None:
    raw = development_mail("029.eml")
    message = broken(raw)
    before = case_of(message)
    assert (before.unreadable, before.claims.count(), message.parts.count()) == (True, 0, 0)

    post_office.sweep_pending()
    assert not Notification.objects.exists()

    assert rereading.reparse(message.pk, by=OFFICER) is True

    message.refresh_from_db()
    case = case_of(message)
    assert (case.pk, case.unreadable, case.received_at) == (before.pk, False, before.received_at)
    assert list(case.claims.values_list("right", flat=True)) == ["erasure"]
    assert [row.blob.holder for row in message.parts.all()] == [case.uuid] * 2
    assert titles_of([message])[message.pk].files[2] == "CI_recto.png"
    assert vault.read(message.raw) == raw
    assert Case.objects.count() == 1
    assert kinds(case) == [EventKind.CASE_RECEIVED, EventKind.MESSAGE_REREAD]
    post_office.sweep_pending()
    assert [letter.letter for letter in Notification.objects.filter(case=case)] == ["M01"]
    assert services.unsettled() == []


def test_the_second_time_nothing_is_new(broken: Any) -> None:
    message = broken(mail())

    assert [rereading.reparse(message.pk, by=OFFICER) for _ in range(2)] == [True, False]
    assert kinds(case_of(message)).count(EventKind.MESSAGE_REREAD) == 1


def test_what_was_read_well_is_not_touched() -> None:
    message = take_in(development_mail("078.eml"))
    files = set(Blob.objects.values_list("uuid", flat=True))

    assert rereading.reparse(message.pk, by=OFFICER) is False
    assert set(Blob.objects.values_list("uuid", flat=True)) == files


def test_a_part_that_was_destroyed_does_not_come_back(broken: Any) -> None:
    message = take_in(development_mail("029.eml"))
    letter, scan = message.parts.all()
    vault.destroy(scan.blob)
    vault.destroy(letter.blob)
    letter.delete()

    assert rereading.reparse(message.pk, by=OFFICER) is True

    again, kept = message.parts.all()
    assert (again.sha256, again.blob.destroyed_at) == (letter.sha256, None)
    assert (kept.pk, kept.uuid, kept.position) == (scan.pk, scan.uuid, 2)
    assert kept.blob.destroyed_at is not None


def test_text_that_is_renewed_leaves_no_old_file(broken: Any) -> None:
    message = take_in(mail())
    old = message.text
    InboundMessage.objects.filter(pk=message.pk).update(kind="spam")

    assert rereading.reparse(message.pk, by=OFFICER) is True

    message.refresh_from_db()
    assert old is not None
    assert message.text is not None
    old.refresh_from_db()
    assert (old.destroyed_at is not None, vault.read(message.text).decode()) == (True, ASKS)
    assert message.kind == "request"


def test_a_robot_that_was_not_recognised_is_not_acknowledged_in_the_end(broken: Any) -> None:
    message = broken(development_mail("022.eml"))
    assert message.state == "opened"

    rereading.reparse(message.pk, by=OFFICER)
    post_office.sweep_pending()

    message.refresh_from_db()
    assert (message.state, message.kind) == ("opened", "bounce")
    assert Thread.objects.get(case=message.case).acknowledge is False
    assert Notification.objects.count() == 0


def test_what_a_colleague_passed_on_is_not_answered_to_the_colleague(broken: Any) -> None:
    message = broken(mail(sender="grace@assistool.com"))

    rereading.reparse(message.pk, by=OFFICER)
    post_office.sweep_pending()

    thread = Thread.objects.get(case=case_of(message))
    assert (thread.address, thread.acknowledge, Notification.objects.filter(letter="M01").count()) == ("", False, 0)


def test_who_wrote_what_a_colleague_passed_on_is_proposed_when_it_can_be_read(broken: Any) -> None:
    head = "De : Bob Martin <bob@example.org>\nEnvoyé : lundi 2 novembre 2026 09:12\nObjet : x"
    text = f"Pour vous.\n\n{head}\n\n{ASKS}"
    at = datetime(2026, 11, 4, 9, tzinfo=UTC)
    message = broken(mail(text, sender="grace@assistool.com"), at=at)

    rereading.reparse(message.pk, by=OFFICER)

    passed = PassedOn.objects.get(case=case_of(message))
    assert (passed.address, passed.at) == ("bob@example.org", datetime(2026, 11, 2, 8, 12, tzinfo=UTC))
    assert Case.objects.get().received_at == passed.at


def test_a_filed_message_stays_filed_and_the_installation_remembers() -> None:
    message = take_in(development_mail("022.eml"))
    InboundMessage.objects.filter(pk=message.pk).update(kind="spam")

    assert rereading.reparse(message.pk, by=OFFICER) is True

    message.refresh_from_db()
    assert (message.state, message.kind, Case.objects.count()) == ("filed", "bounce", 0)
    told = Event.objects.get(kind=EventKind.MESSAGE_REREAD.value)
    assert (told.stream, events.fields(told)["data"]["message"]) == ("install", str(message.uuid))


def test_a_copy_that_shows_only_now_is_flagged_and_both_cases_stay(broken: Any) -> None:
    raw = mail()
    first, second = take_in(raw), broken(traced(raw))
    assert second.state == "opened"

    rereading.reparse(second.pk, by=OFFICER)

    second.refresh_from_db()
    assert (second.state, second.flag, second.unreadable) == ("opened", "same_content", "")
    assert case_of(second) != case_of(first)


def test_confirmed_rights_are_not_thrown_over(broken: Any) -> None:
    message = broken(mail(subject="Bonjour"))
    workflow.confirm_claims(case_of(message).pk, rights=[Right.ERASURE], by=OFFICER)

    rereading.reparse(message.pk, by=OFFICER)

    claims = case_of(message).claims.values_list("right", "confirmed")
    assert set(claims) == {("erasure", True), ("access", False)}


def test_when_it_fails_half_way_nothing_has_happened(broken: Any, monkeypatch: Any, installed: Path) -> None:
    message = broken(development_mail("029.eml"))
    files = sorted(path for path in installed.rglob("*") if path.is_file())

    def fails(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("workflow.services.reread_message", fails)
    with pytest.raises(OSError, match="disk"):
        rereading.reparse(message.pk, by=OFFICER)

    message.refresh_from_db()
    assert (message.unreadable, message.parts.count()) == ("parser_failed", 0)
    assert sorted(path for path in installed.rglob("*") if path.is_file()) == files


def test_who_and_what_it_is_for(broken: Any) -> None:
    raw = mail()
    opened, copy = take_in(raw), take_in(traced(raw))
    waiting = services.accept(mail("x", message_id="<2@example.org>"), source="smtp", received_at=timezone.now())
    erased = broken(mail("y", message_id="<3@example.org>"))
    vault.destroy(erased.raw)

    with pytest.raises(NotPermitted):
        rereading.reparse(opened.pk, by=AUDITOR)
    for message in (copy, waiting, erased):
        with pytest.raises(CannotDo):
            rereading.reparse(message.pk, by=INSTALLER)


def test_the_command_says_what_became_of_each(broken: Any, installed: Path) -> None:
    good, locked = broken(mail()), broken(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    take_in(mail("Bonjour", message_id="<3@example.org>"))
    out = io.StringIO()

    call_command("reparse", "--all-unreadable", stdout=out)
    call_command("reparse", str(good.pk), stdout=out)

    assert out.getvalue().splitlines() == [
        f"{good.pk}: readable, renewed",
        f"{locked.pk}: still to be read by a person (not_mail), renewed",
        f"{good.pk}: readable, nothing new",
    ]


def test_the_command_says_what_it_cannot_do(broken: Any) -> None:
    out = io.StringIO()

    with pytest.raises(CommandError, match="Name messages"):
        call_command("reparse")
    with pytest.raises(CommandError, match="1 of the messages"):
        call_command("reparse", "4711", stdout=out)
    assert out.getvalue() == "4711: There is no such message.\n"
