"""The only writer of events (design §4.8): the audit line, the line in the dossier and the order to act.

Event v1, never to be repaired later::

    body = RFC 8785 bytes of {schema, stream, seq, utc, actor, actor_kind, role, kind, claim,
                              data, payload, prev}
    hash = SHA-256(0x00 || body)
    prev = hash of the event before, or SHA-256("dsar-event-v1:" + stream) for the first
    payload = SHA-256(salt || RFC 8785 bytes of the payload), or "" without one

``data`` holds codes, counts and dates only. Text, labels and names go to the payload, which
is sealed and can be erased without breaking the chain; a national register number is hidden before that.
"""

import hashlib
import json
import re
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import rfc8785
from django.db import transaction

from workflow import signals
from workflow.actors import Actor
from workflow.models import Event, EventPayload, Pending, Stream
from workflow.models.key import seal_for, unseal_for
from workflow.register_number import masked
from workflow.sealing import KeyGone, SealBroken
from workflow.states import Consumer, EventKind

SCHEMA = 1
_CODE = re.compile(r"[0-9a-f-]{32,}")
Plain = str | int | bool | None
# What a caller may give: dates and instants get their one spelling here.
Value = Plain | date | datetime


def genesis(stream: str) -> str:
    """What the first event of a stream is chained to."""
    return hashlib.sha256(f"dsar-event-v1:{stream}".encode()).hexdigest()


def digest(body: bytes) -> str:
    """Hash of an event: a leaf hash as RFC 6962 makes it."""
    return hashlib.sha256(b"\x00" + body).hexdigest()


def instant(moment: datetime) -> str:
    """UTC with microseconds. Raises ValueError on a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("An event needs an instant with a time zone.")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def record(
    stream: str,
    kind: EventKind,
    *,
    by: Actor,
    at: datetime,
    claim: uuid.UUID | None = None,
    data: Mapping[str, Value] | None = None,
    payload: Mapping[str, Any] | None = None,
    holder: uuid.UUID | None = None,
    consumers: tuple[Consumer, ...] = (),
) -> Event:
    """Append one event, its sealed payload and its orders, in the caller's transaction.

    ``holder`` owns the key the payload is sealed under and is needed with a payload.
    Raises ``ValueError`` on a value the schema does not know, ``TransactionManagementError``
    outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An event is written in the transaction of the change it tells.")
    values = {name: plain(name, value) for name, value in (data or {}).items()}
    salted, commitment = _payload(payload)
    link, _ = Stream.objects.get_or_create(name=stream, defaults={"head": genesis(stream)})
    link = Stream.objects.select_for_update().get(pk=link.pk)
    link.seq += 1
    body = rfc8785.dumps(
        {
            "schema": SCHEMA,
            "stream": stream,
            "seq": link.seq,
            "utc": instant(at),
            "actor": by.code,
            "actor_kind": by.kind.value,
            "role": "+".join(sorted(by.roles)),
            "kind": kind.value,
            "claim": str(claim) if claim else "",
            "data": values,
            "payload": commitment,
            "prev": link.head,
        }
    )
    link.head = digest(body)
    event = Event.objects.create(
        stream=stream, seq=link.seq, kind=kind.value, utc=at, actor=by.code, body=body, hash=link.head
    )
    link.save(update_fields=["seq", "head"])
    if salted:
        if holder is None:
            raise ValueError("A payload needs the holder whose key seals it.")
        sealed = seal_for(holder, salted, aad=payload_aad(stream, link.seq))
        EventPayload.objects.create(event=event, holder=holder, sealed=sealed)
    Pending.objects.bulk_create([Pending(event=event, consumer=consumer.value) for consumer in consumers])
    if consumers:
        transaction.on_commit(lambda: signals.event_recorded.send_robust(sender=None, event_id=event.pk), robust=True)
    return event


def plain(name: str, value: Value) -> Plain:
    """One spelling each: instants as UTC with microseconds, dates as YYYY-MM-DD, nothing as null."""
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int | bool | None):
        return value
    raise ValueError(f"Event data {name!r} must be a string, an integer, a boolean or null.")


def _payload(payload: Mapping[str, Any] | None) -> tuple[bytes, str]:
    if not payload:
        return b"", ""
    salted = secrets.token_bytes(16) + rfc8785.dumps(_masked(dict(payload)))
    return salted, hashlib.sha256(salted).hexdigest()


def _masked(value: Any) -> Any:
    """The same without a national register number, whoever typed it; digests and ids stay as they are."""
    if isinstance(value, str):
        return value if _CODE.fullmatch(value) else masked(value)
    if isinstance(value, Mapping):
        return {name: _masked(one) for name, one in value.items()}
    return [_masked(one) for one in value] if isinstance(value, list | tuple) else value


def payload_aad(stream: str, seq: int) -> bytes:
    """Binds a sealed payload to its place."""
    return f"event-payload:v1:{stream}:{seq}".encode()


def fields(event: Event) -> dict[str, Any]:
    """The event as it was hashed, read back from its bytes."""
    values: dict[str, Any] = json.loads(bytes(event.body))
    return values


def payload_of(event: Event) -> dict[str, Any] | None:
    """The payload in clear, None when there is none or it was erased."""
    salted = salted_payload(event)
    return None if salted is None else json.loads(salted[16:])


def salted_payload(event: Event) -> bytes | None:
    """Salt and payload bytes as committed to; None when there is none, or it (or its key) was erased."""
    row = EventPayload.objects.filter(event_id=event.pk).first()
    if row is None or row.sealed is None:
        return None
    try:
        return unseal_for(row.holder, bytes(row.sealed), aad=payload_aad(event.stream, event.seq))
    except KeyGone:
        return None  # shredded: the commitment stays, the content is gone


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """What recomputing a stream showed; ``broken_at`` is the first event that does not hold."""

    count: int
    head: str
    broken_at: int | None = None
    why: str = ""

    @property
    def intact(self) -> bool:
        return self.broken_at is None


def verify(stream: str) -> ChainVerdict:
    """Recompute every hash of a stream from the stored bytes, and compare it with the stream's end."""
    previous, expected = genesis(stream), 1
    for event in Event.objects.filter(stream=stream).order_by("seq").iterator(chunk_size=500):
        body = bytes(event.body)
        why = _fault(event, body, previous, expected)
        if why:
            return ChainVerdict(expected - 1, previous, broken_at=expected, why=why)
        previous, expected = event.hash, expected + 1
    end = Stream.objects.filter(name=stream).first()
    if end is not None and (end.seq, end.head) != (expected - 1, previous):
        return ChainVerdict(expected - 1, previous, broken_at=expected, why="missing")
    return ChainVerdict(expected - 1, previous)


def _fault(event: Event, body: bytes, previous: str, expected: int) -> str:
    if event.seq != expected:
        return "gap"
    if digest(body) != event.hash:
        return "hash"
    try:
        values = json.loads(body)
    except ValueError:
        return "bytes"
    if values.get("prev") != previous:
        return "link"
    columns = (event.stream, event.seq, event.kind, instant(event.utc), event.actor)
    if columns != tuple(values.get(name) for name in ("stream", "seq", "kind", "utc", "actor")):
        return "columns"
    return _payload_fault(event, str(values.get("payload", "")))


def _payload_fault(event: Event, commitment: str) -> str:
    try:
        salted = salted_payload(event)
    except SealBroken:
        return "payload"
    if salted is None:
        return ""  # none, or lawfully erased
    return "" if hashlib.sha256(salted).hexdigest() == commitment else "payload"
