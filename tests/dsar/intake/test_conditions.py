"""What intake writes on the admissibility sheet of a case, from the mail alone."""

from pathlib import Path

import pytest

from tests.dsar.intake.post import mail, take_in
from workflow.models import Requirement

pytestmark = pytest.mark.django_db(transaction=True)


def sheet(raw: bytes, **envelope: object) -> dict[str, tuple[str, str]]:
    message = take_in(raw, **envelope)
    return {row.code: (row.state, row.evidence) for row in Requirement.objects.filter(case=message.case)}


def test_a_plain_request_is_dated_by_its_mail_and_signed_by_a_typed_name(installed: Path) -> None:
    found = sheet(mail())

    assert found == {
        "sent_to_mailbox": ("met", "mailbox"),
        "dated": ("met", "mail_date"),
        "signed": ("met", "typed"),
        "reasons_given": ("missing", "not_found"),
        "identity_copy": ("missing", "not_found"),
        "right_stated": ("met", "proposed"),
        "identity_established": ("missing", "not_found"),
    }


def test_an_unsigned_one_says_so(installed: Path) -> None:
    raw = mail("Bonjour,\n\nJe souhaite recevoir une copie de toutes mes données personnelles.").replace(b"Ada <", b"<")

    assert sheet(raw)["signed"] == ("missing", "not_found")


def test_the_misprinted_address_of_the_policy_counts_and_another_does_not(installed: Path) -> None:
    alias = mail().replace(b"To: vieprivee@", b"To: mailvieprivee@")
    other = mail(message_id="<two@example.org>").replace(b"To: vieprivee@", b"To: info@")

    assert sheet(alias)["sent_to_mailbox"] == ("met", "mailbox_alias")
    assert sheet(other)["sent_to_mailbox"] == ("missing", "other_address")


def test_a_reply_token_in_the_address_is_the_same_mailbox(installed: Path) -> None:
    found = sheet(mail(), envelope_to=["vieprivee+k3y@assistool.com"])

    assert found["sent_to_mailbox"] == ("met", "mailbox")


def test_of_a_message_that_cannot_be_read_nothing_else_is_said(installed: Path) -> None:
    raw = (
        b"From: Ada <ada@example.org>\r\nTo: vieprivee@assistool.com\r\nSubject: x\r\nMessage-ID: <e@example.org>\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; name="smime.p7m"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\nMAA=\r\n"
    )

    assert sheet(raw)["dated"] == ("missing", "unreadable")


def test_who_writes_for_another_is_asked_for_a_mandate_and_one_attached_still_has_to_be_seen(installed: Path) -> None:
    text = (
        "Dear Sir or Madam,\n\nI act on behalf of my client Mrs Ada Lovelace. She asks for access to all her personal "
        "data under Article 15 GDPR.\n\nKind regards\nGrace Hopper, lawyer"
    )
    attached = (
        b"From: Grace Hopper <grace@law.example>\r\nTo: vieprivee@assistool.com\r\nSubject: Access request\r\n"
        b"Message-ID: <m@law.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\n" + text.encode() + b"\r\n"
        b"--b\r\nContent-Type: text/plain; name=mandate.txt\r\n"
        b"Content-Disposition: attachment; filename=mandate.txt\r\n\r\nI give power of attorney to Grace Hopper.\r\n"
        b"--b--\r\n"
    )

    alone = sheet(mail(text, sender="grace@law.example"))["mandate_shown"]

    assert alone == ("missing", "not_found")
    assert sheet(attached)["mandate_shown"] == ("missing", "attached")
