"""On a real server: an identity document leaves the mailbox with the first look after the decision on identity."""

import io
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from dsar.intake.mailbox import cleaning, taking
from dsar.intake.mailbox.models import CopyState, MailAccount, ServerCopy
from dsar.intake.models import InboundMessage, Inspection, MessagePart
from tests import factories
from tests.dsar.intake.mailbox.conftest import Box
from tests.dsar.operations import needles
from workflow import services
from workflow.models import Case, Mailbox
from workflow.states import IdentityMethod, Right

DOCUMENT, CONTROL = b"NEEDLE-card-58e1d07b", b"NEEDLE-control-c41f92a6"


@pytest.fixture(autouse=True)
def _began(installed: object) -> None:
    Mailbox.objects.update(begins_at=datetime(2020, 1, 1, tzinfo=UTC))


def mail(name: str, planted: bytes, attached: str) -> bytes:
    """A request with a picture whose bytes hold the needle, base64 as mail carries it."""
    out = io.BytesIO()
    Image.effect_noise((428, 270), 60).save(out, "JPEG", comment=planted)
    message = EmailMessage()
    message["From"], message["To"] = f"{name}@example.org", "vieprivee@assistool.com"
    message["Subject"], message["Message-ID"] = "Mes données", f"<{name}@example.org>"
    message.set_content("Bonjour,\n\nJe souhaite recevoir une copie de mes données.\n")
    message.add_attachment(out.getvalue(), maintype="image", subtype="jpeg", filename=attached)
    return bytes(message)


def on_the_server(box: Box) -> dict[str, set[str]]:
    """Which needle lies in which folder of the mailbox, in any file the server keeps of it."""
    files = [file for file in (Path(box.server.folder) / "mail" / box.user).rglob("*") if file.is_file()]
    where: dict[str, set[str]] = {"document": set(), "control": set()}
    for file in files:
        folder = "Processed" if ".Processed" in str(file) else "INBOX"
        for seen in needles._opened(file.read_bytes(), 0):
            for name, needle in (("document", DOCUMENT), ("control", CONTROL)):
                if any(form in seen for form in needles._spellings(needle)):
                    where[name].add(folder)
    return where


def hourly_look(box: Box) -> None:
    """The look that also cleans: once an hour, and an hour has passed."""
    MailAccount.objects.update(counted_at=timezone.now() - taking.RECONCILE_EVERY)
    box.visit()


def taken_in(box: Box) -> Case:
    """Two requests are read, one with an identity document; the case of that one, its rights confirmed."""
    box.append(mail("ada", DOCUMENT, "carte.jpg"))
    box.append(mail("bob", CONTROL, "facture.jpg"))
    assert box.visit() == 2
    message = InboundMessage.objects.get(sender="ada@example.org")
    assert message.case is not None
    MessagePart.objects.filter(message=message).update(identity_document=True)
    Inspection.objects.update_or_create(message=message, defaults={"done_at": timezone.now()})
    services.confirm_claims(message.case.pk, rights=[Right.ACCESS], by=factories.actor("officer"))
    return message.case


def test_after_the_decision_processed_no_longer_holds_the_document_and_still_the_control(box: Box) -> None:
    case = taken_in(box)
    hourly_look(box)
    before = on_the_server(box)

    by, note = factories.actor("officer"), "A code to the account of 2024."
    services.verify_identity(case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note=note, by=by)
    hourly_look(box)

    assert before == {"document": {"Processed"}, "control": {"Processed"}}, "the search finds what lies there"
    assert on_the_server(box) == {"document": set(), "control": {"Processed"}}
    copy = ServerCopy.objects.get(message__sender="ada@example.org")
    decided = factories.again(case).verified_at
    assert (copy.state, decided is not None) == (CopyState.EXPUNGED.value, True)
    assert copy.ended_at - decided < timedelta(hours=72)


def test_one_that_stays_longer_than_72_hours_after_the_decision_is_told(box: Box) -> None:
    case = taken_in(box)
    by, note = factories.actor("officer"), "A code to the account of 2024."
    services.verify_identity(case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note=note, by=by)
    account = MailAccount.objects.get()

    told = [cleaning.overdue(account, timezone.now() + timedelta(hours=hours)) for hours in (71, 73)]
    hourly_look(box)

    assert told == [False, True]
    assert not cleaning.overdue(account, timezone.now() + timedelta(hours=73))
