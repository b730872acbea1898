"""Looks for planted bytes in everything that is kept, opened as far as it can be opened, and in every spelling."""

import base64
import gzip
import io
import quopri
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import connections, models

from dsar.vault import services as vault
from dsar.vault.models import Blob
from workflow.models import EventPayload
from workflow.models.key import unseal_for
from workflow.sealing import KeyGone

_BASE64 = re.compile(rb"[A-Za-z0-9+/\r\n]{24,}={0,2}")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_DEEPEST = 5
_COLUMNS = (models.BinaryField, models.CharField, models.TextField)


def found(needles: dict[str, bytes], *, folders: list[Path], texts: list[str] = ()) -> dict[str, set[str]]:  # type: ignore[assignment]
    """Which needle lies where: places by name, of each needle."""
    where: dict[str, set[str]] = {name: set() for name in needles}
    for place, data in _everything(folders, texts):
        for seen in _opened(data, 0):
            for name, needle in needles.items():
                if any(form in seen for form in _spellings(needle)):
                    where[name].add(place)
    return where


def _spellings(needle: bytes) -> list[bytes]:
    text = needle.decode("latin-1")
    wide = [text.encode("utf-16-le"), text.encode("utf-16-be")]
    plain = [needle, *wide, quopri.encodestring(needle), needle.hex().encode()]
    # The three ways base64 can begin inside a longer text, without the signs that depend on the neighbours.
    shifted = [base64.b64encode(b"\0" * shift + needle).rstrip(b"=") for shift in range(3)]
    return [*plain, *(one[4 if shift else 0 : -2] for shift, one in enumerate(shifted))]


def _everything(folders: list[Path], texts: list[str]) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            yield f"file {path.name}", path.read_bytes()
    for alias in connections:
        yield from _database(alias)
    for blob in Blob.objects.all():
        try:
            yield f"blob {blob.kind}", vault.read(blob)
        except (KeyGone, vault.BlobMissing):
            continue
    for row in EventPayload.objects.exclude(sealed=None).select_related("event"):
        aad = f"event-payload:v1:{row.event.stream}:{row.event.seq}".encode()
        try:
            yield "payload", unseal_for(row.holder, bytes(row.sealed), aad=aad)
        except KeyGone:
            continue
    yield from (("log", text.encode()) for text in texts)


def _database(alias: str) -> Iterator[tuple[str, bytes]]:
    """The bytes of the database file with its write-ahead log; of a server its columns."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        for path in (name, Path(f"{name}-wal"), Path(f"{name}-journal")):
            if path.is_file():
                yield f"database {path.name}", path.read_bytes()
    for model in apps.get_models():
        columns = [one for one in model._meta.concrete_fields if isinstance(one, _COLUMNS)]
        if _alias(model) != alias or not columns:
            continue
        for values in model._default_manager.using(alias).values_list(*[one.attname for one in columns]):
            for column, value in zip(columns, values, strict=True):
                if value:
                    yield f"column {column}", value.encode() if isinstance(value, str) else bytes(value)


def _alias(model: type[models.Model]) -> str:
    return "keys" if model.__name__ in {"HolderKey", "DataKey"} else "default"


def _opened(data: bytes, depth: int) -> Iterator[bytes]:
    """The bytes, and whatever is packed or encoded in them."""
    yield data
    if depth >= _DEEPEST:
        return
    inner: list[bytes] = []
    for match in _STREAM.finditer(data):
        inner += _inflated(match[1])
    if data[:4] == b"PK\3\4":
        inner += _members(data)
    if data[:2] == b"\x1f\x8b":
        inner += _inflated(data)
    if b"=3D" in data or b"=\r\n" in data or re.search(rb"=[0-9A-F]{2}", data):
        inner.append(quopri.decodestring(data))
    for match in _BASE64.finditer(data):
        inner += _decoded(match[0])
    for one in inner:
        if one and one != data:
            yield from _opened(one, depth + 1)


def _inflated(data: bytes) -> list[bytes]:
    try:
        return [gzip.decompress(data) if data[:2] == b"\x1f\x8b" else zlib.decompressobj().decompress(data)]
    except (zlib.error, OSError, EOFError):
        return []


def _members(data: bytes) -> list[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return [packed.read(name) for name in packed.namelist()]
    except (zipfile.BadZipFile, RuntimeError, ValueError):  # also of a piece of one, as bytes beside it may make
        return []


def _decoded(text: bytes) -> list[bytes]:
    packed = re.sub(rb"[\r\n]", b"", text)
    return [base64.b64decode(packed[: len(packed) // 4 * 4] + b"", validate=False)] if len(packed) >= 24 else []
