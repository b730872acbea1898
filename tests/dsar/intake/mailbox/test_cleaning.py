"""What was taken in leaves the server in time, for good, and only that."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine as clock
from django.utils import timezone

from dsar.intake.mailbox import alarms, cleaning
from dsar.intake.mailbox.client import ImapServer
from dsar.intake.mailbox.models import CopyState, MailAccount, ServerCopy
from dsar.intake.mailbox.port import CommandRefused
from dsar.intake.models import InboundMessage
from dsar.vault import services as vault
from tests.dsar.intake.mailbox.conftest import Box
from tests.dsar.intake.post import development_mail, mail, traced
from workflow import services as workflow
from workflow.actors import Actor
from workflow.models import Case, Mailbox
from workflow.states import ActorKind, Compared, IdentityMethod, Right, Role

OFFICER = Actor(ActorKind.STAFF, "S-0001", frozenset({Role.OFFICER}))


@pytest.fixture(autouse=True)
def _began(installed: object) -> None:
    Mailbox.objects.update(begins_at=datetime(2020, 1, 1, tzinfo=UTC))


def later(box: Box, **delay: float) -> None:
    with clock.travel(timezone.now() + timedelta(**delay), tick=True):
        box.visit()


def states() -> list[str]:
    return list(ServerCopy.objects.order_by("id").values_list("state", flat=True))


def test_without_a_backup_it_goes_before_thirty_days_are_over_and_stays_with_us(box: Box) -> None:
    box.append(mail())
    box.visit()

    later(box, days=28, hours=23)
    assert len(box.uids("Processed")) == 1
    later(box, days=29, minutes=1)

    assert (box.uids("Processed"), states()) == ([], [CopyState.EXPUNGED])
    assert vault.read(InboundMessage.objects.get().raw) == mail()
    assert MailAccount.objects.get().difference == 0


def test_once_a_verified_backup_holds_it_it_goes(box: Box) -> None:
    box.append(mail())
    box.visit()
    cleaning.backed_up(cleaning.waiting_for_a_backup(), at=timezone.now())
    box.append(mail(message_id="<two@example.org>"))
    box.visit()

    later(box, hours=1, minutes=1)

    assert (len(box.uids("Processed")), states()) == (1, [CopyState.EXPUNGED, CopyState.THERE])


def test_one_that_carried_an_identity_document_goes_with_the_decision_and_its_duplicate_too(box: Box) -> None:
    carrying = development_mail("029.eml")
    box.append(carrying)
    box.append(traced(carrying))
    box.append(mail())
    box.visit()
    assert InboundMessage.objects.filter(state="duplicate").count() == 1
    later(box, hours=2)
    assert len(box.uids("Processed")) == 3  # not decided yet

    case = Case.objects.get(person_email=InboundMessage.objects.order_by("id")[0].sender)
    workflow.confirm_claims(case.pk, rights=[Right.ERASURE], by=OFFICER)
    seen = {"compared": [Compared.NAME], "note": "Identity card, shown at the counter."}
    workflow.verify_identity(case.pk, method=IdentityMethod.DOCUMENT_SEEN, **seen, by=OFFICER)
    later(box, hours=4)

    assert (len(box.uids("Processed")), states()) == (1, [CopyState.EXPUNGED, CopyState.EXPUNGED, CopyState.THERE])


def test_an_identity_document_that_somebody_moved_away_is_told_until_it_is_seen_again(box: Box) -> None:
    box.append(development_mail("029.eml"))
    box.append(mail())
    box.visit()
    account = MailAccount.objects.get()
    with box.server.client(box.user) as colleague:
        colleague.create("Archive")
        colleague.select("Processed")
        colleague.uid("MOVE", "1:*", "Archive")
    later(box, hours=2)

    [astray] = cleaning.astray(account)
    assert astray.message == InboundMessage.objects.order_by("id")[0]  # nobody looks for the other one
    assert "astray" in alarms.standing(account, timezone.now())

    with box.server.client(box.user) as colleague:
        colleague.select("Archive")
        colleague.uid("MOVE", "1:*", "Processed")
    later(box, hours=4)

    assert not cleaning.astray(account).exists()


def test_what_a_colleague_marked_as_deleted_in_processed_is_not_ours_to_remove(box: Box) -> None:
    for number in range(2):
        box.append(mail(message_id=f"<{number}@example.org>"))
    box.visit()
    ServerCopy.objects.filter(message=InboundMessage.objects.order_by("id")[0]).update(
        taken_at=timezone.now() - timedelta(days=30)
    )
    with box.server.client(box.user) as colleague:
        colleague.select("Processed")
        colleague.uid("STORE", "2", "+FLAGS", "(\\Deleted)")

    later(box, hours=2)

    assert box.uids("Processed") == [2]


@pytest.mark.parametrize("way", ["refused", "ignored"])
def test_a_mailbox_that_does_not_let_us_is_told(box: Box, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    box.append(mail())
    box.visit()

    def expunge(server: ImapServer, uids: list[int]) -> None:
        if way == "refused":
            raise CommandRefused("NO")

    with monkeypatch.context() as patch:
        patch.setattr(ImapServer, "expunge", expunge)
        later(box, days=29, hours=1)
    account = MailAccount.objects.get()
    assert (account.cannot_expunge, states(), account.difference) == (True, [CopyState.THERE], 0)
    assert not cleaning.overdue(account, timezone.now() + timedelta(days=29, hours=23))
    assert cleaning.overdue(account, timezone.now() + timedelta(days=30, minutes=1))

    later(box, days=29, hours=3)
    assert (MailAccount.objects.get().cannot_expunge, states()) == (False, [CopyState.EXPUNGED])


def test_a_removed_message_that_the_server_brings_back_is_known_and_goes_again(box: Box) -> None:
    """Somebody restored the mailbox from the server's own backup."""
    box.append(mail())
    box.visit()
    later(box, days=29, hours=1)
    box.append(mail(), folder="Processed")

    later(box, days=29, hours=3)

    assert (InboundMessage.objects.count(), box.uids("Processed"), states()) == (1, [], [CopyState.EXPUNGED])
