"""Mails per second taken in by one worker, beside the limit: the bare parser and one insert for each mail."""

import base64
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from dsar.intake import services
from dsar.intake.models import InboundMessage
from dsar.intake.parsing import parse
from tests.dsar.intake.conftest import install

COUNT = 300
TEXT, ATTACHMENT = 20_000, 200_000
ASKS = "Bonjour,\r\n\r\nJe souhaite recevoir une copie de toutes mes données personnelles.\r\n\r\nAda Lovelace\r\n"

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600), pytest.mark.django_db(transaction=True)]


def mails(count: int) -> list[bytes]:
    """Requests of 20 kB with an old conversation below; three of ten with 200 kB attached."""
    made = []
    for number in range(count):
        quoted = "".join(
            f"> ligne {line} de la conversation {number}, que personne ne relit\r\n" for line in range(400)
        )
        text = (f"{ASKS}\r\nLe lun. 2 mars 2026, Ada a écrit :\r\n{quoted}")[:TEXT]
        head = f"From: Ada <ada{number}@example.org>\r\nTo: vieprivee@assistool.com\r\nSubject: Mes données\r\n"
        head += f"Message-ID: <{number}@example.org>\r\nMIME-Version: 1.0\r\n"
        if number % 10 < 3:
            made.append(_with_attachment(head, text, Random(number).randbytes(ATTACHMENT)))
        else:
            made.append(f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode())
    return made


def _with_attachment(head: str, text: str, data: bytes) -> bytes:
    encoded = base64.encodebytes(data).decode().replace("\n", "\r\n")
    return (
        f"{head}Content-Type: multipart/mixed; boundary=cut\r\n\r\n"
        f"--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        "--cut\r\nContent-Type: application/pdf; name=lettre.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{encoded}--cut--\r\n"
    ).encode()


@pytest.fixture
def worker(monkeypatch: Any, tmp_path: Path) -> None:
    """An installation that writes as durably as the real one."""
    backend = {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": tmp_path / "sealed"}}
    monkeypatch.setattr(settings, "STORAGES", {**settings.STORAGES, "sealed": backend})
    install()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("CREATE TABLE bare (raw %s)" % ("bytea" if connection.vendor == "postgresql" else "blob"))
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bare")


def rate(raws: list[bytes], work: Callable[[bytes], None]) -> tuple[float, float]:
    """Mails per second on the clock, and CPU of this process for one in milliseconds."""
    wall, cpu = time.monotonic(), time.process_time()
    for raw in raws:
        work(raw)
    return len(raws) / (time.monotonic() - wall), (time.process_time() - cpu) / len(raws) * 1000


def bare(raw: bytes) -> None:
    parse(raw)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare VALUES (%s)", [raw])


def accept(raw: bytes) -> None:
    services.accept(raw, source="smtp", received_at=timezone.now())


def test_mails_per_second_on_one_worker(worker: None) -> None:
    warm, *raws = mails(COUNT + 1)
    services.process(
        services.accept(warm, source="smtp", received_at=timezone.now()).pk
    )  # word lists are compiled once
    limit, limit_cpu = rate(raws, bare)
    accepted, accepted_cpu = rate(raws, accept)
    began, cpu = time.monotonic(), time.process_time()
    while waiting := services.waiting():
        for message in waiting:
            services.process(message)
    processed = COUNT / (time.monotonic() - began)
    both = 1 / (1 / accepted + 1 / processed)

    assert InboundMessage.objects.filter(state="opened").count() == COUNT + 1
    print(f"\n{COUNT} mails, {sum(map(len, raws)) / COUNT / 1000:.0f} kB each, one worker, {connection.vendor}")
    print(f"bare parser and insert: {limit:.0f} mails/s ({limit_cpu:.1f} ms of CPU each)")
    print(f"taken in durably:       {accepted:.0f} mails/s ({accepted_cpu:.1f} ms)")
    print(f"read and opened:        {processed:.0f} mails/s ({(time.process_time() - cpu) / COUNT * 1000:.1f} ms)")
    print(f"both:                   {both:.0f} mails/s, the limit is {limit / both:.1f} times that")
