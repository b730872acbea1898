"""The look at a sender: after a message has its place, tried again when it fails, and never in anybody's way."""

import json
from pathlib import Path
from typing import Any

import pytest

from dsar.identity.findings import FindingCode
from dsar.intake import inspecting, tasks
from dsar.intake.models import InboundMessage, Inspection, MessagePart, SenderFinding
from dsar.vault import services as vault
from tests.dsar.identity import chain
from tests.dsar.intake.post import mail, take_in
from workflow.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


def with_pdf(data: bytes) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ada@example.org", "vieprivee@assistool.com", "Mes données"
    message["Message-ID"] = "<pdf@example.org>"
    message.set_content("Veuillez trouver ma demande d'accès à mes données en annexe.\n\nAda Lovelace")
    message.add_attachment(data, maintype="image", subtype="png", filename="demande.png")
    return bytes(message)


def codes(message: InboundMessage) -> list[str]:
    return list(SenderFinding.objects.filter(inspection__message=message).values_list("code", flat=True))


def test_the_sweep_looks_into_each_message_of_a_case_once(installed: Path) -> None:
    message = take_in(mail(extra=["Reply-To: eve@example.net"]))

    before = inspecting.due()
    tasks.inspect()
    tasks.inspect()

    assert (before, inspecting.due()) == ([message.pk], [])
    assert codes(message) == ["sender_not_proven", "reply_elsewhere"]
    (found,) = inspecting.findings_of([message]).values()
    assert found[1].values == {"address": "ada@example.org", "reply": "eve@example.net"}


def test_what_a_finding_names_is_sealed_under_the_case_and_never_holds_the_register_number(
    installed: Path, settings: Any
) -> None:
    signer = chain.signer()
    settings.SIGNATURE_ROOTS = [signer.root_der]
    message = take_in(with_pdf(chain.signed_pdf(signer)), at=chain.NOW)

    inspecting.inspect(message.pk)

    details = Inspection.objects.get(message=message).details
    assert details is not None
    case = Case.objects.get(pk=message.case_id)
    written = vault.read(details).decode()
    assert codes(message) == ["sender_not_proven", "signature_valid"]
    assert (details.holder, chain.NUMBER in written) == (case.uuid, False)
    assert json.loads(written)[1]["name"] == "Ada Lovelace (Signature)"


def test_a_part_is_typed_by_its_bytes_whatever_its_sender_calls_it(installed: Path) -> None:
    message = take_in(with_pdf(chain.pdf()))

    part = MessagePart.objects.get(message=message)
    assert (part.content_type, part.found_type) == ("image/png", "application/pdf")


def test_a_look_that_fails_is_tried_again_and_says_so_after_three_times(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = take_in(mail())
    monkeypatch.setattr(inspecting, "_look", lambda message: 1 / 0)

    for _ in range(3):
        tasks.inspect()
        Inspection.objects.update(next_try_at=None)
    unfinished = Inspection.objects.get(message=message).done_at
    tasks.inspect()

    assert unfinished is None
    assert codes(message) == [FindingCode.NOT_INSPECTED.value]
    assert message.state == "opened"


def test_a_message_read_anew_is_looked_into_anew(installed: Path) -> None:
    message = take_in(mail())
    inspecting.inspect(message.pk)
    first = Inspection.objects.get(message=message).details

    inspecting.again(message)
    inspecting.inspect(message.pk)

    assert first is not None
    first.refresh_from_db()
    assert (first.destroyed_at is not None, codes(message)) == (True, ["sender_not_proven"])


def test_robots_that_were_filed_are_not_looked_into(installed: Path) -> None:
    take_in(mail(extra=["Auto-Submitted: auto-replied"], subject="Absence du bureau"))

    assert inspecting.due() == []
