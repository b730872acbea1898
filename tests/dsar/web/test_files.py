"""Files and messages: what leaves the desk, what stays behind bars, and that each look is recorded."""

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from dsar.exports import services as exports
from dsar.intake import services as intake
from dsar.intake.models import InboundMessage, MessagePart, MessageState, PartScan
from dsar.sources import by_hand
from dsar.vault import services as vault
from tests import factories
from tests.dsar.web.conftest import As
from tests.fakes.clamd import clamd
from workflow.models import Case, Event
from workflow.states import EventKind, Right

HTML_MAIL = b"""From: Ada <ada@example.org>
To: vieprivee@assistool.com
Subject: Mes donnees
Message-ID: <files-1@example.org>
Date: Mon, 01 Feb 2027 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=cut

--cut
Content-Type: multipart/alternative; boundary=alt

--alt
Content-Type: text/plain; charset=utf-8

Bonjour, je voudrais recevoir une copie de toutes les donnees que vous avez sur moi. <script>alert(1)</script>
--alt
Content-Type: text/html; charset=utf-8

<p onclick="x()">Bonjour <b>vous</b></p><script>alert(1)</script><img src="https://pixel.example/1.gif">
<a href="https://phish.example/">lien</a><p style="position:fixed">fin</p>
--alt--
--cut
Content-Type: text/html; name="=?utf-8?q?liste=2Ehtml?="
Content-Disposition: attachment; filename="../../liste.html"

<script>alert(2)</script>
--cut--
"""
SPAM = b"""From: Daemon <mailer-daemon@example.org>
To: vieprivee@assistool.com
Subject: Undelivered Mail Returned to Sender
Message-ID: <files-2@example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=cut

--cut
Content-Type: text/plain

Your message could not be delivered.
--cut
Content-Type: message/delivery-status

Final-Recipient: rfc822; x@example.org
Action: failed
Status: 5.1.1

--cut--
"""


def _arrived(raw: bytes) -> InboundMessage:
    factories.installation()
    message = intake.accept(
        raw, source="smtp", received_at=factories.utc(2026, 2, 1, 9), envelope_to=["vieprivee@assistool.com"]
    )
    intake.process(message.pk)
    message.refresh_from_db()
    return message


def _case(message: InboundMessage) -> Case:
    assert message.case is not None
    return message.case


def _looks(kind: EventKind) -> int:
    return Event.objects.filter(kind=kind.value, stream__startswith="access:").count()


def test_text_is_shown_with_the_words_that_gave_the_right(as_: As) -> None:
    case = _case(_arrived(HTML_MAIL))

    page = as_("officer").get(f"/cases/{case.uuid}/").content.decode()

    assert "<mark>" in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_formatted_version_keeps_no_script_no_picture_and_no_link(as_: As) -> None:
    message = _arrived(HTML_MAIL)

    answer = as_("officer").get(f"/cases/{_case(message).uuid}/messages/{message.uuid}/html/")

    text = answer.content.decode()
    assert "<b>vous</b>" in text
    for thing in ("script", "pixel.example", "phish.example", "onclick", "style", "alert"):
        assert thing not in text
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert _looks(EventKind.MESSAGE_VIEWED) == 1


def test_attachment_is_only_ever_downloaded(as_: As) -> None:
    message = _arrived(HTML_MAIL)
    part = message.parts.get()

    answer = as_("reviewer").get(f"/cases/{_case(message).uuid}/parts/{part.uuid}/")

    assert b"".join(answer.streaming_content) == vault.read(part.blob)  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="liste.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert _looks(EventKind.ATTACHMENT_DOWNLOADED) == 1


def test_identity_document_needs_an_officer_and_a_reason(as_: As) -> None:
    message = _arrived(HTML_MAIL)
    MessagePart.objects.filter(message=message).update(identity_document=True)
    part, case = message.parts.get(), _case(message)
    door = f"/cases/{case.uuid}/parts/{part.uuid}/"

    answers = {
        "plain": as_("officer").get(door).status_code,
        "reviewer": as_("reviewer").post(f"{door}identity/", {"reason": "voir"}).status_code,
        "no reason": as_("officer").post(f"{door}identity/", {"reason": " "}).status_code,
        "get": as_("officer").get(f"{door}identity/").status_code,
    }
    before = _looks(EventKind.ATTACHMENT_DOWNLOADED)
    opened = as_("officer").post(f"{door}identity/", {"reason": "comparer le nom"})

    assert answers == {"plain": 403, "reviewer": 403, "no reason": 409, "get": 405}
    assert (before, opened.status_code, _looks(EventKind.ATTACHMENT_DOWNLOADED)) == (0, 200, 1)
    event = Event.objects.get(kind=EventKind.ATTACHMENT_DOWNLOADED.value)
    assert "comparer" not in bytes(event.body).decode()
    opened.close()


def test_original_is_handed_out_byte_for_byte_with_a_reason(as_: As) -> None:
    message = _arrived(HTML_MAIL)
    door = f"/cases/{_case(message).uuid}/messages/{message.uuid}/original/"

    refused = as_("officer").post(door, {"reason": ""})
    answer = as_("officer").post(door, {"reason": "illisible"})

    assert refused.status_code == 409
    assert b"".join(answer.streaming_content) == HTML_MAIL  # type: ignore[attr-defined]


def test_file_of_another_case_is_not_found(as_: As) -> None:
    message = _arrived(HTML_MAIL)
    other = factories.received(person_email="b@example.org")

    for path in (f"parts/{message.parts.get().uuid}/", f"messages/{message.uuid}/html/"):
        assert as_("officer").get(f"/cases/{other.uuid}/{path}").status_code == 404


def test_auditor_reads_no_mail(as_: As) -> None:
    message = _arrived(HTML_MAIL)
    case = _case(message)

    page = as_("auditor").get(f"/cases/{case.uuid}/").content.decode()

    assert "je voudrais recevoir" not in page
    assert as_("auditor").get(f"/cases/{case.uuid}/messages/{message.uuid}/html/").status_code == 403


def test_export_is_downloaded_and_recorded(as_: As) -> None:
    case = factories.in_progress((Right.PORTABILITY,))
    officer = factories.actor("officer")
    by_hand.attach(case.pk, name="account.json", stream=io.BytesIO(b'{"account": [{"id": 1}]}'), by=officer)
    asked = as_("officer").post(f"/cases/{case.uuid}/export/")
    bundle = case.export_bundles.get()
    door = f"/cases/{case.uuid}/exports/{bundle.uuid}/"
    early = as_("officer").get(door)
    exports.build(bundle.pk)

    answer = as_("officer").get(door)

    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert (asked.status_code, early.status_code, as_("auditor").get(door).status_code) == (302, 409, 403)
    assert "data.json" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert _looks(EventKind.EXPORT_DOWNLOADED) == 1


@pytest.mark.parametrize(("role", "status"), [("officer", 200), ("auditor", 200), ("reviewer", 403)])
def test_history_is_printed_for_those_who_may_and_recorded(as_: As, role: str, status: int) -> None:
    case = factories.received()

    answer = as_(role).get(f"/cases/{case.uuid}/history.pdf")

    if answer.status_code == 503:
        pytest.skip("Pango is not installed, so no PDF is drawn here: run `make test-services`.")
    assert answer.status_code == status
    assert answer.content.startswith(b"%PDF") is (status == 200)
    assert _looks(EventKind.HISTORY_DOWNLOADED) == (status == 200)


def test_filed_message_that_tells_of_a_breach_opens_its_case_and_alarm_in_one_act(as_: As) -> None:
    message = _arrived(SPAM)
    officer = as_("officer")

    empty = officer.post(f"/messages/{message.uuid}/breach/", {"words": " "})
    nothing_yet = InboundMessage.objects.get(pk=message.pk).case
    raised = officer.post(f"/messages/{message.uuid}/breach/", {"words": "Une liste de clients est en ligne."})

    message.refresh_from_db()
    assert (empty.status_code, nothing_yet, raised.status_code) == (409, None, 302)
    assert message.case.possible_breach
    assert message.case.breaches.get().aware_at == message.received_at


def test_filed_message_becomes_a_case_with_its_own_receipt(as_: As) -> None:
    message = _arrived(SPAM)
    officer = as_("officer")
    tray = officer.get("/messages/").content.decode()
    looked = officer.get(f"/messages/{message.uuid}/")

    answer = officer.post(f"/messages/{message.uuid}/promote/")
    again = officer.post(f"/messages/{message.uuid}/promote/")

    message.refresh_from_db()
    assert "Undelivered Mail" in tray
    assert looked.status_code == 200
    assert (answer.status_code, again.status_code) == (302, 409)
    assert message.state == MessageState.OPENED.value
    assert _case(message).received_at == message.received_at


def pictured(name: str = "photo.png", text: str = "Une question sur mes donnees.") -> MessagePart:
    """A part of a fresh case that holds a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "PNG")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ada@example.org", "vieprivee@assistool.com", "Mes donnees"
    message["Message-ID"] = f"<{name}@example.org>"
    message.set_content(f"Bonjour, je voudrais une copie de toutes mes donnees. {text}\n\nAda Lovelace\n")
    message.add_attachment(out.getvalue(), maintype="application", subtype="pdf", filename=name)
    factories.installation()
    row = intake.accept(bytes(message), source="smtp", received_at=timezone.now())
    intake.process(row.pk)
    return MessagePart.objects.get(message=row)


def test_picture_is_shown_as_pixels_and_named_by_its_bytes(as_: As) -> None:
    part = pictured()
    officer, address = as_("officer"), f"/cases/{part.message.case.uuid}/"

    page = officer.get(address).content.decode()
    shown = officer.get(f"{address}parts/{part.uuid}/picture/")

    assert "image/png" in page
    assert (shown.status_code, shown["Content-Type"], shown["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
    assert shown["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"PNG" not in shown.content
    assert Event.objects.filter(kind=EventKind.ATTACHMENT_VIEWED.value).count() == 1


def test_identity_document_is_shown_only_with_a_reason(as_: As) -> None:
    part = pictured()
    MessagePart.objects.filter(pk=part.pk).update(identity_document=True)
    officer, address = as_("officer"), f"/cases/{part.message.case.uuid}/parts/{part.uuid}/"

    answers = [
        officer.get(f"{address}picture/"),
        officer.post(f"{address}identity/", {"view": "1", "reason": ""}),
        officer.post(f"{address}identity/", {"view": "1", "reason": "nom à comparer"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 409, 200]
    assert answers[2]["Content-Type"] == "image/jpeg"


def test_nothing_is_opened_that_a_configured_scanner_did_not_call_clean(as_: As, settings: Any, tmp_path: Path) -> None:
    part = pictured()
    officer, case = as_("officer"), f"/cases/{part.message.case.uuid}/"
    doors = [f"{case}parts/{part.uuid}/", f"{case}parts/{part.uuid}/picture/"]

    settings.CLAMD_URL = "unix:///nowhere/clamd.ctl"
    refused = [officer.get(door).status_code for door in doors]
    refused.append(officer.post(f"{case}messages/{part.message.uuid}/original/", {"reason": "motif"}).status_code)
    looks = Event.objects.filter(kind__in=[EventKind.ATTACHMENT_VIEWED.value, EventKind.ATTACHMENT_DOWNLOADED.value])
    seen = looks.count()
    with clamd(tmp_path) as settings.CLAMD_URL:
        opened = [officer.get(door) for door in doors]
    for answer in opened:
        answer.close()

    assert (refused, seen, [answer.status_code for answer in opened]) == ([409, 409, 409], 0, [200, 200])


@pytest.mark.parametrize(
    ("verdict", "says", "said", "opens"),
    [
        ("found", "Eicar-Test-Signature", "Un virus a été trouvé dans ce fichier (Eicar-Test-Signature)", False),
        ("refused", "size limit exceeded", "L’antivirus n’a pas pu analyser ce fichier (size limit exceeded)", True),
        ("clean", "", "aucun virus trouvé le", True),
        ("", "", "pas encore analysé", True),
    ],
)
def test_what_the_scanner_said_on_arrival_stands_beside_the_file(
    verdict: str, says: str, said: str, opens: bool, as_: As, settings: Any
) -> None:
    settings.CLAMD_URL = "unix:///nowhere/clamd.ctl"
    part = pictured()
    if verdict:
        PartScan.objects.create(part=part, verdict=verdict, says=says, scanned_at=timezone.now())
    case = f"/cases/{part.message.case.uuid}/"

    page = as_("officer").get(case).content.decode()

    assert said in page
    assert (f'href="{case}parts/{part.uuid}/"' in page) is opens


def test_register_number_in_a_message_is_hidden_everywhere_but_in_the_original(as_: As) -> None:
    part = pictured(name="85.07.30-033.28.png", text="Mon numero national est le 85.07.30-033.28.")
    officer, case = as_("officer"), f"/cases/{part.message.case.uuid}/"

    shown = officer.get(case).content.decode()
    formatted = officer.get(f"{case}messages/{part.message.uuid}/html/").content.decode()
    original = officer.post(f"{case}messages/{part.message.uuid}/original/", {"reason": "à vérifier"})

    whole = b"".join(original.streaming_content)
    original.close()
    assert "033.28" not in shown + formatted
    assert "••.••.••-•••.••" in shown
    assert b"85.07.30-033.28" in whole
