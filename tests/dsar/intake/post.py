"""Mails for the tests of intake: made here, or taken from the development set."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from dsar.intake import services
from dsar.intake.models import InboundMessage

FOLDER = Path(__file__).resolve().parents[2] / "mails"
LABELS: dict[str, dict[str, Any]] = {
    label["file"]: label for label in map(json.loads, (FOLDER / "labels.jsonl").read_text().splitlines())
}
ASKS = "Bonjour,\n\nJe souhaite recevoir une copie de toutes mes données personnelles.\n\nAda Lovelace"


def development_mail(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def mail(
    text: str = ASKS,
    *,
    sender: str = "ada@example.org",
    message_id: str = "<one@example.org>",
    subject: str = "Accès à mes données",
    extra: Iterable[str] = (),
) -> bytes:
    """A plain mail as a mail server hands it on: CRLF, UTF-8; no Message-ID when that is empty."""
    headers = [
        f"From: Ada <{sender}>",
        f"To: {settings.MAILBOX}",
        f"Subject: {subject}",
        "Date: Mon, 01 Feb 2027 10:00:00 +0100",
        *([f"Message-ID: {message_id}"] if message_id else []),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        *extra,
    ]
    return "\r\n".join([*headers, "", *text.splitlines(), ""]).encode()


def traced(raw: bytes, by: str = "relay7.example.net") -> bytes:
    """The same mail by another route: more and other trace headers."""
    trace = (
        f"Return-Path: <someone@example.org>\r\n"
        f"Received: from elsewhere ([192.0.2.7]) by {by} with ESMTPS; Mon, 01 Feb 2027 10:05:00 +0100\r\n"
    )
    return trace.encode() + raw


def take_in(raw: bytes, *, at: datetime | None = None, source: str = "smtp", **envelope: Any) -> InboundMessage:
    """Accept and process one mail; the message as it ended."""
    message = services.accept(raw, source=source, received_at=at or timezone.now(), **envelope)
    services.process(message.pk)
    message.refresh_from_db()
    return message
